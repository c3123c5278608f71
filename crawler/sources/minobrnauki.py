"""Минобрнауки России (1С-Битрикс): the feed holds 40 releases; pages print no year. Unverified."""

from crawler.source import Expect, bitrix

SOURCE = bitrix(
    id="minobrnauki",
    name="Минобрнауки России",
    home="https://minobrnauki.gov.ru",
    section="/press-center/news/",
    # One release has an address in words and one by its number.
    same=(
        (r"^/press-center/news/(?:.*/)?(\d+)/$", r"/press-center/news/\1"),
        (r".*[?&]ELEMENT_ID=(\d+).*", r"/press-center/news/\1"),
    ),
    expect=Expect(a_week=50, fresh_days=5),
)
