"""Ассоциация «Муниципальный Урал»: Госвеб; dates in Yekaterinburg's time."""

from crawler.source import Expect, gosweb

SOURCE = gosweb(
    id="ural",
    name="Муниципальный Урал",
    home="https://ural.example",
    timezone="Asia/Yekaterinburg",
    article=r"^/(?:dlya-zhiteley/novosti-i-reportazhi|glavnye-novosti)/novosti_\d+\.html$",
    same=((r"^/glavnye-novosti/", "/dlya-zhiteley/novosti-i-reportazhi/"),),
    expect=Expect(a_week=0, fresh_days=36500),
)
