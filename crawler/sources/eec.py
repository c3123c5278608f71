"""Евразийская экономическая комиссия (1С-Битрикс): addresses in words under /news/. Unverified."""

from crawler.source import Expect, bitrix

SOURCE = bitrix(
    id="eec",
    name="Евразийская экономическая комиссия",
    home="https://eec.eaeunion.org",
    section="/news/",
    expect=Expect(a_week=30, fresh_days=6),
)
