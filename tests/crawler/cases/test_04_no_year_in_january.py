"""4. No year in January for 31 December."""

from datetime import UTC, datetime

import pytest

from crawler.dates import Clock, read
from crawler.page import read as read_page
from tests.crawler.layouts import bitrix_new, labelled
from tests.crawler.pages import news, prose, raw


@pytest.mark.parametrize(
    ("now", "line", "day"),
    [
        ("2025-01-03T09:00", "31 декабря", "2024-12-31"),
        ("2025-01-03T09:00", "2 января", "2025-01-02"),
        ("2024-12-31T20:00", "1 января", "2025-01-01"),  # it is January in Moscow's clock within the hour
        ("2025-11-22T09:00", "23 декабря, 15:30", "2024-12-23"),
        ("2025-06-01T09:00", "29 февраля", "2024-02-29"),
    ],
)
def test_the_last_such_day(now: str, line: str, day: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = read(line, Clock(now=moment))
    assert found is not None
    assert found.at.date().isoformat() == day
    assert read_page(raw(news(prose(), date=line), now=moment)).published_at == found.at


def test_day_and_month_in_boxes_of_their_own() -> None:
    told = labelled("a-005")
    page = bitrix_new(told, [labelled("b-005"), labelled("c-007"), labelled("d-009")])
    later = told.published.replace(tzinfo=UTC)
    article = read_page(raw(page.body, url=page.url, now=later))
    assert article.published_at is not None
    assert article.published_at.date() == told.published.date()
