"""icbci.info, an NGO that republishes Россотрудничество: old pages print no date. Unverified."""

from crawler.source import Expect, Listing, Source

SOURCE = Source(
    id="icbci",
    name="icbci.info",
    home="https://icbci.info",
    discovery=(Listing(url="/ru/news/", pages="/ru/news/?page={n}"), Listing(url="/news", fallback=True)),
    article=r"^/(?:ru/)?news/\d+/?$",
    same=((r"^/ru/", "/"),),
    # The only dates on the old pages belong to a widget of events.
    expect=Expect(a_week=3, fresh_days=30, dated=0.0),
)
