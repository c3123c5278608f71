"""Places that a release names for its events: bodies that point to a place, lines that set the scene."""

import pytest

from nlp.meetings.scene import Scene
from nlp.meetings.seats import tie
from nlp.meetings.spots import spots_of, stages
from tests.nlp.test_meetings import scene


@pytest.mark.parametrize(
    ("body", "place", "how"),
    [
        ("Казанский университет", "Казань", "own"),
        ("администрация города Перми", "Пермь", "own"),
        ("правительство Республики Узбекистан", "Ташкент", "capital"),
        ("правительство Республики Узбекистан", "Самарканд", ""),
        ("Тульский музей оружия", "Тула", "own"),
        ("Фонд «Мир»", "Пермь", ""),
    ],
)
def test_a_body_points_to_a_place(body: str, place: str, how: str) -> None:
    assert tie(body, place) == how


def inside(text: str) -> dict[str, bool]:
    laid: Scene = scene(text)
    names = tuple(dict.fromkeys(u.name for u in laid.units if u.kind == "place"))
    return {s.name: s.inside for s in spots_of(laid, names)}


def test_who_receives_an_event_is_where_it_is() -> None:
    assert inside("Первое заседание принимал [LOC Худжанд].") == {"Худжанд": True}
    assert inside("Первое заседание открыл гость из [LOC Худжанда|Худжанд].") == {"Худжанд": False}


def test_a_line_with_a_place_alone_sets_the_scene() -> None:
    laid = scene("Поездка началась.\n\n3 июля, [LOC Самарканд].\n\nВрачи встретились со студентами.")
    assert stages(laid, spots_of(laid, ("Самарканд",))) == ("", "Самарканд", "Самарканд")
    told = scene("Поездка началась.\n\nВ [LOC Самарканд] прибыли врачи.\n\nОни встретились со студентами.")
    assert set(stages(told, spots_of(told, ("Самарканд",)))) == {""}
