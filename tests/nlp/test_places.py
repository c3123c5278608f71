"""Places: the usual name, what it is, and other names of the same place."""

import pytest

from tests.nlp.reading import read


@pytest.mark.parametrize(
    ("text", "name", "kind", "country"),
    [
        ("Гости приехали в [LOC Пулу].", "Пула", "city", "HR"),
        ("Делегация из [LOC Лиепаи] уехала.", "Лиепая", "city", "LV"),
        ("Завод открыт в [LOC Иванове].", "Иваново", "city", "RU"),
        ("Губернатор [LOC Свердловской области] выступил.", "Свердловская область", "region", "RU"),
        ("Товары из [LOC КНР].", "КНР", "country", "CN"),
        ("Посол [LOC Республики Сербской] уехал.", "Республика Сербская", "region", "BA"),
        ("Глава [LOC Щёлковского района] уехал.", "Щёлковский район", "region", "RU"),
        ("Глава [LOC Белослудского района] уехал.", "Белослудский район", "region", None),
        ("Выставка открыта в [LOC Париже].", "Париж", "city", "FR"),
        ("Музей открыт в [LOC Селивановке].", "Селивановка", None, None),
    ],
)
def test_nominative_and_kind(text: str, name: str, kind: str, country: str | None) -> None:
    (place,) = read(text).places
    assert (place.name, place.place_kind, place.country) == (name, kind, country)


def test_cities_have_coordinates() -> None:
    (place,) = read("Встреча прошла в [LOC Перми].").places
    assert place.latitude == pytest.approx(58.0, abs=0.1)
    assert place.longitude == pytest.approx(56.2, abs=0.1)


def test_names_of_one_country_are_one_place() -> None:
    got = read("Посол [LOC Российской Федерации] сказал, что [LOC Россия] готова; [LOC РФ] поможет.")
    assert [(p.name, len(p.mentions)) for p in got.places] == [("Россия", 3)]


def test_part_of_a_name_joins_the_whole() -> None:
    got = read("[LOC Великий Новгород] встретил гостей. В [LOC Новгороде] тепло.")
    assert [(p.name, len(p.mentions)) for p in got.places] == [("Великий Новгород", 2)]


def test_two_cities_stay_two() -> None:
    got = read("Из [LOC Перми] в [LOC Пензу].")
    assert [p.name for p in got.places] == ["Пермь", "Пенза"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Губернаторы [LOC Псковской] и [LOC Витебской областей] уехали.", ["Псковская область", "Витебская область"]),
        (
            "Лидируют [LOC Аннинский], [LOC Лискинский] и [LOC Бобровский районы].",
            ["Аннинский район", "Лискинский район", "Бобровский район"],
        ),
        ("Гости из [LOC Псковской области] и [LOC Минска].", ["Псковская область", "Минск"]),
    ],
)
def test_adjectives_before_one_noun_are_regions_each(text: str, names: list[str]) -> None:
    assert [p.name for p in read(text).places] == names


def test_places_in_a_row_share_the_preposition() -> None:
    got = read("Гости приехали из [LOC Ерги], [LOC Варзуги] и [LOC Аксарки].")
    assert [p.name for p in got.places] == ["Ерга", "Варзуга", "Аксарка"]
