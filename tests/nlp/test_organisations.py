"""Bodies: full names in the nominative, acronyms and short names linked to them."""

import pytest

from nlp.organisations import spells
from tests.nlp.reading import read


def test_acronym_in_brackets_joins_the_full_name() -> None:
    got = read("Открыл встречу руководитель [ORG Федерального агентства по делам молодёжи] ([ORG Росмолодёжь]).")
    assert [(o.name, len(o.mentions)) for o in got.organisations] == [("Федеральное агентство по делам молодёжи", 2)]


def test_acronym_by_initials() -> None:
    got = read("[ORG Евразийская экономическая комиссия] собралась. Член [ORG ЕЭК] выступил.")
    assert [(o.name, o.acronym) for o in got.organisations] == [("Евразийская экономическая комиссия", "ЕЭК")]


@pytest.mark.parametrize(
    ("acronym", "name", "expected"),
    [
        ("АмГУ", "амурский государственный университет", True),
        ("МИД", "министерство иностранных дел россии", True),
        ("МЧС", "министерство иностранных дел", False),
        ("ЕЭК", "европейская комиссия", False),
    ],
)
def test_spells(acronym: str, name: str, expected: bool) -> None:
    assert spells(acronym, tuple(name.split())) is expected


def test_word_with_a_capital_is_the_body_named_before() -> None:
    got = read(
        "Гостей принял [ORG Русский дом в Аммане]. Директор [ORG Русского дома] выступил. Позже [ORG Дом] закрыли."
    )
    assert [(o.name, len(o.mentions)) for o in got.organisations] == [("Русский дом в Аммане", 3)]


def test_another_body_stays_apart() -> None:
    got = read("Приехали [ORG МИД России] и [ORG МИД Беларуси].")
    assert [o.name for o in got.organisations] == ["МИД России", "МИД Беларуси"]


def test_a_text_without_names_has_no_entities() -> None:
    got = read("Погода хорошая.")
    assert (got.people, got.organisations, got.places) == ((), (), ())


def test_agency_with_a_capital_is_the_only_agency_named_before() -> None:
    got = read("[ORG Россотрудничество] поддержит обмен. В [ORG Агентстве] готов учебный план.")
    assert [(o.name, len(o.mentions)) for o in got.organisations] == [("Россотрудничество", 2)]


def test_agency_stays_apart_where_two_agencies_might_be_meant() -> None:
    got = read("[ORG Россотрудничество] и [ORG Росмолодёжь] поддержат обмен. В [ORG Агентстве] готов план.")
    assert "Агентство" in [o.name for o in got.organisations]
