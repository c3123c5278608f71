"""Минздрав России: an Atom feed; the day stands in the address (/news/2024/03/28/…). Unverified."""

from crawler.source import Expect, Feed, Listing, Source

SOURCE = Source(
    id="minzdrav",
    name="Минздрав России",
    home="https://minzdrav.gov.ru",
    discovery=(Feed(url="/news.atom"), Listing(url="/news", pages="/news?page={n}")),
    article=r"^/news/\d{4}/\d\d/\d\d/\d+[\w-]*$",
    expect=Expect(a_week=40, fresh_days=5),
)
