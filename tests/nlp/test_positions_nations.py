"""Which country a word or a name points to."""

import pytest

from nlp.positions.nations import country_of, country_of_word


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("вьетнамский", "VN"),
        ("Сербии", "RS"),
        ("саратовского", "RU"),
        ("мира", ""),
        ("советник", ""),
        ("маленький", ""),
    ],
)
def test_a_word(word: str, country: str) -> None:
    assert country_of_word(word) == country


@pytest.mark.parametrize(
    ("name", "country"),
    [("Белградский университет", "RS"), ("Посольство России во Вьетнаме", "RU"), ("Палата депутатов", "")],
)
def test_the_first_word_that_tells(name: str, country: str) -> None:
    assert country_of(name) == country
