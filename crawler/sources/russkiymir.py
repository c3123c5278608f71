"""Фонд «Русский мир»: filters percent-encoded in windows-1251, a calendar, relative addresses that grow. Unverified."""

from crawler.source import Expect, Listing, Source

SOURCE = Source(
    id="russkiymir",
    name="Фонд «Русский мир»",
    home="https://russkiymir.ru",
    discovery=(Listing(url="/news/", pages="/news/?PAGEN_1={n}"),),
    article=r"^/news/\d+/$",
    exclude=r"[?&](?:date|filter|tags|arr\w+)=|/news/.*/news/",
    expect=Expect(a_week=40, fresh_days=5),
)
