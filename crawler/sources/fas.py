"""ФАС России: numbered releases under /news/. Unverified."""

from crawler.source import Expect, Listing, Source

SOURCE = Source(
    id="fas",
    name="ФАС России",
    home="https://fas.gov.ru",
    discovery=(Listing(url="/news", pages="/news?page={n}"),),
    article=r"^/news/\d+$",
    expect=Expect(a_week=40, fresh_days=5),
)
