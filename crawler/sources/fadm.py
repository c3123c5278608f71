"""Росмолодёжь: a feed of news. Unverified."""

from crawler.source import Expect, Feed, Listing, Source

SOURCE = Source(
    id="fadm",
    name="Росмолодёжь",
    home="https://fadm.gov.ru",
    discovery=(Feed(url="/rss/news"), Listing(url="/news", pages="/news?page={n}", fallback=True)),
    article=r"^/news/[\w-]+/?$",
    expect=Expect(a_week=25, fresh_days=6),
)
