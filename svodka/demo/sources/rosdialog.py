"""Росдиалог: 1С-Битрикс in windows-1251; a feed of the latest and pages by PAGEN_1."""

from crawler.source import Expect, bitrix

SOURCE = bitrix(
    id="rosdialog",
    name="Росдиалог",
    home="https://rosdialog.example",
    section="/press/news/",
    same=((r"^/press/news/index\.php\?ELEMENT_ID=(\d+)$", r"/press/news/\1/"),),
    expect=Expect(a_week=0, fresh_days=36500),
)
