"""Россотрудничество: nobody has described its markup yet; everything is found by general rules. Unverified."""

from crawler.source import Expect, Listing, Source

SOURCE = Source(
    id="rossotrudnichestvo",
    name="Россотрудничество",
    home="https://rs.gov.ru",
    discovery=(Listing(url="/news/", pages="/news/?PAGEN_1={n}"),),
    article=r"^/(?:ru/)?news/[\w-]+/?$",
    expect=Expect(a_week=25, fresh_days=6),
)
