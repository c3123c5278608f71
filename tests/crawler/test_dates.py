# ruff: noqa: DTZ001 hypothesis draws naive moments, the test gives them their zone
"""Dates as agencies print them; the sense of each rule is in the cases 1 and 3-8."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dates import MONTH_STEMS, Clock, printed, read

CLOCK = Clock(now=datetime(2024, 4, 6, 9, tzinfo=UTC))
GENITIVE = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("28 марта 2024 / 15:30", "2024-03-28T15:30:00+03:00"),
        ("Четверг, 28 марта 2024 года, 15:30 (МСК)", "2024-03-28T15:30:00+03:00"),
        ("15:30, 28 марта 2024", "2024-03-28T15:30:00+03:00"),
        ("28 марта 2024 г. в 15.30", "2024-03-28T15:30:00+03:00"),
        ("28 мар. 2024 г.", "2024-03-28T00:00:00+03:00"),
        ("28 Май 2023", "2023-05-28T00:00:00+03:00"),
        ("28.03.2024, 15:30 (МСК+2)", "2024-03-28T15:30:00+05:00"),
        ("28.03.2024 15:30 UTC+5", "2024-03-28T15:30:00+05:00"),
        ("Thu, 28 Mar 2024 15:30:00 +0300", "2024-03-28T15:30:00+03:00"),
        ("Thu, 28 Mar 2024 12:30:00 GMT", "2024-03-28T12:30:00+00:00"),
        ("28 Mar 2024 15:30:00 +0300", "2024-03-28T15:30:00+03:00"),
        ("2024-03-28T15:30:00.123+0300", "2024-03-28T15:30:00+03:00"),
        ("2024-03-28 15:30", "2024-03-28T15:30:00+03:00"),
        ("2024-03-28", "2024-03-28T00:00:00+03:00"),
        ("2024.03.28", "2024-03-28T00:00:00+03:00"),
        ("1711629000", "2024-03-28T15:30:00+03:00"),
        ("1711629000123", "2024-03-28T15:30:00+03:00"),
        ("March 28, 2024", "2024-03-28T00:00:00+03:00"),
        ("28 Mart 2024", "2024-03-28T00:00:00+03:00"),
        ("час назад", "2024-04-06T11:00:00+03:00"),
        ("2 дня назад", "2024-04-04T00:00:00+03:00"),
    ],
)
def test_read(raw: str, moment: str) -> None:
    found = read(raw, CLOCK)
    assert found is not None
    assert found.at.isoformat() == moment


@pytest.mark.parametrize(
    "raw",
    [
        "", "марта", "мая 2024", "2024", "маршрут 12", "12 майоров", "28 мартовских дней", "00.00.2024",
        "31 ноября 2024",
        "2024-13-01", "2024-03-28T25:00:00", "1234567", "Thu, 99 Mar 2024 15:30:00", "0" * 300,
    ],
)  # fmt: skip
def test_not_a_date(raw: str) -> None:
    assert read(raw, CLOCK) is None


@given(st.text(max_size=80))
def test_nothing_breaks_it(raw: str) -> None:
    read(raw, CLOCK)
    printed(raw, CLOCK)


@given(st.datetimes(datetime(1995, 1, 1), datetime(2024, 4, 5)), st.booleans())
def test_every_day_is_read_back(day: datetime, clock: bool) -> None:
    line = f"{day.day} {GENITIVE[day.month - 1]} {day.year}" + (f", {day:%H:%M}" if clock else "")
    found = printed(line, CLOCK)
    assert found is not None
    expected = day.replace(second=0, microsecond=0, tzinfo=ZoneInfo("Europe/Moscow"))
    assert found.at == (expected if clock else expected.replace(hour=0, minute=0))
    assert found.clock is clock


def test_months_are_twelve() -> None:
    assert [word[: len(stem)] for word, stem in zip(GENITIVE, MONTH_STEMS, strict=True)] == list(MONTH_STEMS)


def test_old_offsets_follow_the_law_of_their_year() -> None:
    """Moscow kept +04:00 from 2011 to 2014: the zone knows."""
    found = read("28 марта 2013, 15:30", CLOCK)
    assert found is not None
    assert found.at.isoformat() == "2013-03-28T15:30:00+04:00"
