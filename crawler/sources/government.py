"""Правительство России: robots.txt answers with the home page; the headline stands in an h3. Unverified."""

from crawler.source import Expect, Feed, Listing, Selectors, Source

SOURCE = Source(
    id="government",
    name="Правительство России",
    home="http://government.ru",
    discovery=(
        Feed(url="/all/rss/"),
        Listing(url="/news/", pages="/news/?dt.since={day:%d.%m.%Y}&dt.till={day:%d.%m.%Y}"),
    ),
    article=r"^/news/\d+/?$",
    selectors=Selectors(
        title=".reader_article_headline",
        lead=".reader_article_lead",
        body=".reader_article_body",
        published=".reader_article_dateline, .reader_article_dateline__date",
        drop=(".reader_article_body .gallery", ".entry__share"),
    ),
    delay=4.0,
    expect=Expect(a_week=60, fresh_days=4),
)
