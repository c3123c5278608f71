"""Noun phrases in the nominative: the head and what agrees with it."""

import pytest

from nlp.inflection import nominative
from tests.nlp.marked import engine


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("заместителя исполнительного директора", "заместитель исполнительного директора"),
        ("Общероссийским конгрессом муниципальных образований", "Общероссийский конгресс муниципальных образований"),
        ("советником-посланником", "советник-посланник"),
        ("военного атташе", "военный атташе"),
        ("заведующей кафедрой", "заведующая кафедрой"),
        ("управляющим директором", "управляющий директор"),
        ("ректором и главным редактором", "ректор и главный редактор"),
        ("Малгобекских районных электрических сетей", "Малгобекские районные электрические сети"),
        ("Хобдинского района", "Хобдинский район"),
        ("компании «Терек»", "компания «Терек»"),
        ("Русском доме в Ханое", "Русский дом в Ханое"),
    ],
)
def test_head_and_adjectives(said: str, expected: str) -> None:
    doc = engine().parse([said])[0]
    assert nominative(doc, 0, len(doc.tokens)) == expected


@pytest.mark.parametrize("said", ["МИД России", "АмГУ", "The Hindu", "Совет Федерации", "и.о. ректора"])
def test_left_alone(said: str) -> None:
    doc = engine().parse([said])[0]
    assert nominative(doc, 0, len(doc.tokens)) == said


def test_yo_is_kept_as_written() -> None:
    plain, dotted = engine().parse(["Федеральной службой учета", "заслуженного актёра"])
    assert nominative(plain, 0, 3) == "Федеральная служба учета"
    assert nominative(dotted, 0, 2) == "заслуженный актёр"
