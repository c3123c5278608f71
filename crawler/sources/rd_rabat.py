"""Русский дом в Рабате: one of Россотрудничество's sites under <country>.rs.gov.ru, in local time. Unverified."""

from crawler.source import Expect, Listing, Source

SOURCE = Source(
    id="rd_rabat",
    name="Русский дом в Рабате",
    home="https://morocco.rs.gov.ru",
    timezone="Africa/Casablanca",
    discovery=(Listing(url="/news/", pages="/news/?PAGEN_1={n}"),),
    article=r"^/(?:ru/)?news/[\w-]+/?$",
    expect=Expect(a_week=4, fresh_days=20),
)
