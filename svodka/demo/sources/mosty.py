"""Центр «Мосты»: an old NGO site without publication dates; the new site's addresses begin with /ru/."""

from crawler.source import Expect, listing

SOURCE = listing(
    id="mosty",
    name="Центр «Мосты»",
    home="https://mosty.example",
    url="/news/",
    pages="/news/?page={n}",
    article=r"^/(?:ru/)?news/\d+/$",
    same=((r"^/ru/", "/"),),
    expect=Expect(a_week=0, fresh_days=36500, dated=0),
)
