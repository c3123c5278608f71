"""Минтранс России: numbered releases under /press-center/news/. Unverified."""

from crawler.source import Expect, Listing, Source

SOURCE = Source(
    id="mintrans",
    name="Минтранс России",
    home="https://mintrans.gov.ru",
    discovery=(Listing(url="/press-center/news", pages="/press-center/news?page={n}"),),
    article=r"^/press-center/news/\d+$",
    expect=Expect(a_week=40, fresh_days=5),
)
