"""ТАСС: pages answer 403, so the feed with whole texts is all; it spans 3 to 14 hours: poll hourly. Unverified."""

from crawler.source import Expect, Feed, Source

SOURCE = Source(
    id="tass",
    name="ТАСС",
    home="https://tass.ru",
    discovery=(Feed(url="/rss/yandex.xml", full_text=True), Feed(url="/rss/v2.xml", fallback=True)),
    article=r"^/[\w-]+/\d+$",
    expect=Expect(a_week=2000, fresh_days=0.5),
)
