"""Минфин России: the press centre numbers its releases in the query (?id_4=…). Unverified."""

from crawler.source import Expect, Listing, Source

SOURCE = Source(
    id="minfin",
    name="Минфин России",
    home="https://minfin.gov.ru",
    discovery=(Listing(url="/ru/press-center/", pages="/ru/press-center/?page_4={n}"),),
    article=r"^/ru/press-center/\?id_4=\d+",
    expect=Expect(a_week=25, fresh_days=6),
)
