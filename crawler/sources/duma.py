"""Государственная Дума: tooltips about deputies stand inside the text. Unverified."""

from crawler.source import Expect, Feed, Listing, Selectors, Source

SOURCE = Source(
    id="duma",
    name="Государственная Дума",
    home="http://duma.gov.ru",
    discovery=(Feed(url="/news/rss/"), Listing(url="/news/duma/", pages="/news/duma/page/{n}/")),
    article=r"^/news/\d+/$",
    selectors=Selectors(
        title="h1.article__title, h1",
        lead=".article__lead",
        body=".article__content",
        published="time[itemprop=datePublished]::attr(datetime)",
        drop=(".person-tip__popup", ".tooltip", ".article__gallery", ".article__contents"),
    ),
    expect=Expect(a_week=70, fresh_days=5),
)
