"""МЧС России: numbered releases and a feed; each region has the same site under NN.mchs.gov.ru. Unverified."""

from crawler.source import Expect, Feed, Listing, Source

SOURCE = Source(
    id="mchs",
    name="МЧС России",
    home="https://mchs.gov.ru",
    discovery=(
        Feed(url="/deyatelnost/press-centr/novosti/rss"),
        Listing(url="/deyatelnost/press-centr/novosti", pages="/deyatelnost/press-centr/novosti?page={n}"),
    ),
    article=r"^/deyatelnost/press-centr/novosti/\d+$",
    expect=Expect(a_week=100, fresh_days=3),
)
