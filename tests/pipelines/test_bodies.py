"""One body under its several spellings; generic names within their source."""

import pytest

from pipelines.identity.bodies import cluster
from pipelines.identity.evidence import Sighting
from store.blocks import body, is_generic
from store.corrections import Anchor


def seen(number: int, name: str, source: str = "agency", country: str | None = None) -> Sighting:
    return Sighting(
        n=number, anchor=Anchor(f"r{number}", name), name=name, block=body(name), source=source, country=country
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("МИД России", "Министерство иностранных дел Российской Федерации"),
        ("МИД РФ", "МИД России"),
        ("Госдума", "Государственная Дума Федерального Собрания Российской Федерации"),
        ("администрация г. Перми", "Администрация города Перми"),
        ("Фонд «Терек»", 'Фонд "Терек"'),
        ("Росмолодёжь", "Федеральное агентство по делам молодёжи"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert body(one) == body(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("МИД России", "МИД Сербии"),
        ("Министерство культуры Татарстана", "Министерство культуры России"),
        ("Фонд «Терек»", "Фонд «Кубань»"),
        ("Русский дом в Белграде", "Русский дом в Праге"),
    ],
)
def test_not_alike(one: str, other: str) -> None:
    assert body(one) != body(other)


@pytest.mark.parametrize("name", ["Министерство культуры", "Фонд", "администрация города", "Русский дом"])
def test_generic(name: str) -> None:
    assert is_generic(name)


@pytest.mark.parametrize("name", ["Министерство культуры России", "Фонд «Терек»", "Россотрудничество", "Школа № 5"])
def test_not_generic(name: str) -> None:
    assert not is_generic(name)


def test_a_generic_name_is_one_body_within_one_source() -> None:
    made = cluster("organisation", [seen(1, "Фонд", "a"), seen(2, "Фонд", "a"), seen(3, "Фонд", "b")])
    assert sorted(len(one.members) for one in made) == [1, 2]
    assert made[0].doubts[1] == (3,)


def test_places_of_one_name_in_two_countries() -> None:
    made = cluster("place", [seen(1, "Брест", country="BY"), seen(2, "Брест", country="FR"), seen(3, "Брест")])
    assert len(made) == 3
    assert len(cluster("place", [seen(1, "Пермь", country="RU"), seen(2, "Пермь")])) == 1
