"""Правительство Камчатского края: nine hours east of Moscow; a feed of news. Unverified."""

from crawler.source import Expect, Feed, Source

SOURCE = Source(
    id="kamchatka",
    name="Правительство Камчатского края",
    home="https://www.kamgov.ru",
    timezone="Asia/Kamchatka",
    discovery=(Feed(url="/rss"),),
    article=r"^/news/[\w-]+",
    expect=Expect(a_week=80, fresh_days=3),
)
