import pytest

from svodka.web.labels import clock, counted, day, days, translator


@pytest.mark.parametrize(
    ("number", "noun"),
    [(0, "встреч"), (1, "встреча"), (2, "встречи"), (5, "встреч"), (11, "встреч"), (21, "встреча"), (112, "встреч")],
)
def test_the_noun_agrees_with_the_number(number: int, noun: str) -> None:
    assert counted(number, "meetings") == noun


def test_days_as_people_write_them() -> None:
    assert day("2024-04-16T12:00:00+03:00") == "16 апреля 2024"
    assert days("2024-05-14", "2024-05-16") == "14–16 мая 2024"
    assert days("2024-04-30", "2024-05-02") == "30 апреля 2024 – 2 мая 2024"
    assert days("2024-05-14", None, "en") == "14 May 2024"


def test_midnight_is_a_day_without_a_time() -> None:
    assert (clock("2024-05-14T00:00:00+03:00"), clock("2024-05-14T09:05:00+03:00")) == ("", "09:05")


def test_codes_are_words_in_both_languages() -> None:
    assert (translator("ru")("chair"), translator("en")("chair")) == ("ведущий", "chair")
    assert translator("en")("слово, которого в словаре нет") == "слово, которого в словаре нет"
