"""Минэкономразвития России: releases at /material/news/….html, the listing grows as one scrolls. Unverified."""

from crawler.source import Expect, Listing, Source

SOURCE = Source(
    id="economy",
    name="Минэкономразвития России",
    home="https://www.economy.gov.ru",
    discovery=(Listing(url="/material/news/", pages="/material/news/?page={n}"),),
    article=r"^/material/news/[\w-]+\.html$",
    expect=Expect(a_week=50, fresh_days=5),
)
