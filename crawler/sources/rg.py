"""Российская газета: daily sitemaps; Moscow time is labelled as UTC. Unverified."""

from crawler.source import Expect, Sitemap, Source

SOURCE = Source(
    id="rg",
    name="Российская газета",
    home="https://rg.ru",
    discovery=(Sitemap(url="/sitemaps/index.xml"),),
    article=r"^/\d{4}/\d\d/\d\d/[\w-]+\.html$",
    false_offsets=("Z", "+00:00"),
    expect=Expect(a_week=1500, fresh_days=1),
)
