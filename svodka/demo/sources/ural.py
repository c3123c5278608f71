"""Ассоциация «Муниципальный Урал»: Госвеб; dates in Yekaterinburg's time."""

from crawler.source import Expect, Listing, gosweb

SECTION = "/dlya-zhiteley/novosti-i-reportazhi/"

SOURCE = gosweb(
    id="ural",
    name="Муниципальный Урал",
    home="https://ural.example",
    timezone="Asia/Yekaterinburg",
    # «Главные новости» beside the list would be counted into the offset.
    discovery=(Listing(url=SECTION, pages=f"{SECTION}?cur_cc=2471&curPos={{offset}}", items=".gw-news-item"),),
    article=r"^/(?:dlya-zhiteley/novosti-i-reportazhi|glavnye-novosti)/novosti_\d+\.html$",
    same=((r"^/glavnye-novosti/", SECTION),),
    expect=Expect(a_week=0, fresh_days=36500),
)
