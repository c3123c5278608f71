"""Минкультуры России (1С-Битрикс): the listing prints «28 марта 2024 / 15:30» inside the link's text. Unverified."""

from crawler.source import Expect, Listing, Selectors, bitrix

SOURCE = bitrix(
    id="culture",
    name="Минкультуры России",
    home="https://culture.gov.ru",
    section="/press/news/",
    discovery=(Listing(url="/press/news/", pages="/press/news/?PAGEN_1={n}"),),
    selectors=Selectors(title="h1"),
    expect=Expect(a_week=60, fresh_days=5),
)
