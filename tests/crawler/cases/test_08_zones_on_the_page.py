"""8. +04:00, Moscow time labelled UTC, regional time zones."""

import pytest

from crawler.page import read
from crawler.source import Source
from tests.crawler.pages import news, prose, raw


def page(stamp: str, printed: str) -> str:
    return news(prose(), date=printed).replace(
        "<head>", f'<head><meta property="article:published_time" content="{stamp}">'
    )


@pytest.mark.parametrize(
    ("stamp", "printed", "moment", "why"),
    [
        (
            "2024-03-28T15:30:00+04:00",
            "28 марта 2024, 15:30",
            "2024-03-28T15:30:00+03:00",
            "the printed clock is local",
        ),
        ("2024-03-28T15:30:00Z", "28 марта 2024, 15:30", "2024-03-28T15:30:00+03:00", "Moscow time labelled UTC"),
        (
            "2024-03-28T12:30:00Z",
            "28 марта 2024, 15:30",
            "2024-03-28T15:30:00+03:00",
            "a true UTC is told on the agency's clock",
        ),
        ("2024-03-28T15:30:00+04:00", "28 марта 2024", "2024-03-28T15:30:00+04:00", "nothing contradicts the label"),
        ("2024-03-28T15:30:00", "28 марта 2024", "2024-03-28T15:30:00+03:00", "no label: the agency's own clock"),
        ("2024-03-28T15:30:00+03:00", "28 марта 2024, 15:30", "2024-03-28T15:30:00+03:00", "both agree"),
        ("2024-03-28", "28 марта 2024, 15:30", "2024-03-28T15:30:00+03:00", "the page knows the clock"),
        ("2024-03-28", "29 марта 2024, 15:30", "2024-03-28T00:00:00+03:00", "of another day it says nothing"),
    ],
)
def test_the_moment(stamp: str, printed: str, moment: str, why: str) -> None:
    article = read(raw(page(stamp, printed)))
    assert article.published_at is not None
    assert article.published_at.isoformat() == moment, why


def test_the_source_names_its_false_labels_and_its_zone() -> None:
    source = Source(
        id="s", name="С", home="https://agency.example", timezone="Asia/Yekaterinburg", false_offsets=("Z", "+00:00")
    )
    article = read(raw(page("2024-03-28T15:30:00Z", "")), source)
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2024-03-28T15:30:00+05:00"
    assert article.published_raw == "2024-03-28T15:30:00Z"


def test_a_printed_zone_is_heard() -> None:
    article = read(raw(news(prose(), date="28.03.2024, 15:30 (МСК+2)")))
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2024-03-28T15:30:00+05:00"
