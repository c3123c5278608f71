"""Days named in a text, resolved against Monday 20 May 2024."""

from datetime import date

import pytest

from nlp.event_dates import When, named_in

MONDAY = date(2024, 5, 20)
NAMED = {
    "вчера": (date(2024, 5, 19), None),
    "в минувшую пятницу": (date(2024, 5, 17), None),
    "во вторник": (date(2024, 5, 14), None),
    "в следующую среду": (date(2024, 5, 22), None),
    "с 14 по 16 мая": (date(2024, 5, 14), date(2024, 5, 16)),
    "14–16 мая 2023 года": (date(2023, 5, 14), date(2023, 5, 16)),
    "с 30 апреля по 2 мая": (date(2024, 4, 30), date(2024, 5, 2)),
    "31 декабря": (date(2023, 12, 31), None),
    "в пятницу, 17 мая": (date(2024, 5, 17), None),
    "31.12.2023": (date(2023, 12, 31), None),
}


@pytest.mark.parametrize("said", NAMED)
def test_day(said: str) -> None:
    found = named_in(said, 0, len(said), When(MONDAY))
    assert [(n.first, n.last) for n in found] == [NAMED[said]]


@pytest.mark.parametrize("said", ["в мае", "в 2023 году", "по вторникам", "31 февраля", "осенью"])
def test_no_day(said: str) -> None:
    assert named_in(said, 0, len(said), When(MONDAY)) == []


def test_what_is_to_come_lies_ahead() -> None:
    said = "во вторник"
    assert named_in(said, 0, len(said), When(MONDAY, future=True))[0].first == date(2024, 5, 21)


def test_without_a_day_of_publication_only_full_dates_are_read() -> None:
    said = "во вторник, вчера, 14 мая и 15 мая 2024 года"
    assert [n.first for n in named_in(said, 0, len(said), When(None))] == [date(2024, 5, 15)]
