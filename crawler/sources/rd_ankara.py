"""Русский дом в Турции: one of Россотрудничество's sites under <country>.rs.gov.ru, in local time. Unverified."""

from crawler.source import Expect, Listing, Source

SOURCE = Source(
    id="rd_ankara",
    name="Русский дом в Турции",
    home="https://turkiye.rs.gov.ru",
    timezone="Europe/Istanbul",
    discovery=(Listing(url="/news/", pages="/news/?PAGEN_1={n}"),),
    article=r"^/(?:ru/)?news/[\w-]+/?$",
    expect=Expect(a_week=4, fresh_days=20),
)
