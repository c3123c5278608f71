"""Фонд «Орион»: WordPress; the feed and its pages hold whole texts."""

from crawler.source import Expect, wordpress

SOURCE = wordpress(
    id="orion",
    name="Фонд «Орион»",
    home="https://orion.example",
    article=r"^/\d{4}/\d{2}/[\w-]+/$",
    expect=Expect(a_week=0, fresh_days=36500),
)
