"""The query language, example by example."""

from datetime import date

import pytest

from store.query import All, BadQuery, Dates, Either, Filter, Node, Not, Words, parse

EXAMPLES: list[tuple[str, Node | None]] = [
    ("", None),
    ("   ", None),
    ("форум", Words(("форум",))),
    ("культура фестиваль", All((Words(("культура",)), Words(("фестиваль",))))),
    ("культура AND фестиваль", All((Words(("культура",)), Words(("фестиваль",))))),
    ('"рабочая встреча"', Words(("рабочая", "встреча"))),
    ("«рабочая встреча»", Words(("рабочая", "встреча"))),
    ("форум OR съезд", Either((Words(("форум",)), Words(("съезд",))))),
    ("форум ИЛИ съезд", Either((Words(("форум",)), Words(("съезд",))))),
    ("форум NOT спорт", All((Words(("форум",)), Not(Words(("спорт",)))))),
    ("форум -спорт", All((Words(("форум",)), Not(Words(("спорт",)))))),
    ("онлайн-встреча", Words(("онлайн-встреча",))),
    ("меж*", Words(("меж",), prefix=True)),
    ("a OR b c", Either((Words(("a",)), All((Words(("b",)), Words(("c",))))))),
    ("(a OR b) c", All((Either((Words(("a",)), Words(("b",)))), Words(("c",))))),
    ("person:Асланова", Filter("person", "Асланова")),
    ('org:"МИД России"', Filter("organisation", "МИД России")),
    ("место:Пермь", Filter("place", "Пермь")),
    ("topic:culture", Filter("topic", "culture")),
    ("date:2024", Dates(date(2024, 1, 1), date(2024, 12, 31))),
    ("date:2024-02", Dates(date(2024, 2, 1), date(2024, 2, 29))),
    ("date:2024-04-16", Dates(date(2024, 4, 16), date(2024, 4, 16))),
    ("date:2024-04..2024-06", Dates(date(2024, 4, 1), date(2024, 6, 30))),
    ("date:2024-04..", Dates(date(2024, 4, 1), None)),
    ("date:..2023-12", Dates(None, date(2023, 12, 31))),
]


@pytest.mark.parametrize(("text", "tree"), EXAMPLES)
def test_reads(text: str, tree: Node | None) -> None:
    assert parse(text) == tree


BAD = [
    ("(форум", 1, "не закрыта"),
    ("форум)", 6, "лишняя"),
    ('форум "рабочая', 7, "кавычка"),
    ("форум OR", 9, "обрывается"),
    ("OR форум", 1, "нужно слово"),
    ("цвет:синий", 1, "нет поля «цвет»"),
    ("person:", 8, "нужно значение"),
    ("date:вчера", 6, "не дата"),
    ("date:2024-02-30", 6, "нет такой даты"),
    ("date:2024-01..2023-01", 6, "кончается раньше"),
    ("date:..", 6, "ни начала, ни конца"),
    ("date:2024-01..завтра", 15, "не дата"),
    ("...", 1, "нет слов"),
    ("(" * 60 + "a" + ")" * 60, 41, "скобок"),
    ("а" * 3000, 2000, "длиннее"),
]


@pytest.mark.parametrize(("text", "position", "words"), BAD)
def test_says_what_is_wrong_and_where(text: str, position: int, words: str) -> None:
    with pytest.raises(BadQuery, match=words) as caught:
        parse(text)
    assert caught.value.position == position
    assert str(caught.value).startswith(f"запрос, знак {position}: ")
