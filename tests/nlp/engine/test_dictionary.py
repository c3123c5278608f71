"""Lemmas and nominatives against pymorphy's own parse, order of readings and inflection."""

import re

import pymorphy3
import pytest

from nlp.engine.dictionary import AGREEMENT, INFLECTED, Lemmas, Nominatives, plain, put
from nlp.engine.grammemes import PERFECT, similarity, universal

TAGS = [
    ("NOUN", {"Animacy": "Inan", "Case": "Gen", "Gender": "Fem", "Number": "Sing"}),
    ("PROPN", {"Animacy": "Anim", "Case": "Dat", "Gender": "Masc", "Number": "Sing"}),
    ("PROPN", {"Animacy": "Anim", "Case": "Gen", "Gender": "Masc", "Number": "Sing"}),
    ("ADJ", {"Case": "Ins", "Degree": "Pos", "Number": "Plur"}),
    ("VERB", {"Aspect": "Perf", "Gender": "Masc", "Mood": "Ind", "Number": "Sing", "Tense": "Past", "VerbForm": "Fin"}),
    ("NUM", {}),
    ("PUNCT", {}),
    ("ADV", {"Degree": "Pos"}),
]


@pytest.fixture(scope="module")
def words(releases: list[str]) -> list[str]:
    found = {word for text in releases[::6] for word in re.findall(r"[\w-]+|[^\w\s]", plain(text))}
    return sorted(found)[::3]


@pytest.fixture(scope="module")
def pymorphy() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@pytest.fixture(scope="module")
def lemmas() -> Lemmas:
    return Lemmas([pos for pos, _ in TAGS], [feats for _, feats in TAGS], None)


def test_lemma_is_that_of_the_best_reading(lemmas: Lemmas, words: list[str], pymorphy: pymorphy3.MorphAnalyzer) -> None:
    assert len(words) > 1_500
    for word in words:
        readings = pymorphy.parse(word)
        for table, (pos, feats) in zip(lemmas.tables, TAGS, strict=True):
            best, expected = 0, word
            for reading in readings:
                fit = similarity(str(reading.tag), pos, feats)
                if fit > best:
                    best, expected = fit, plain(reading.normal_form)
                if fit == PERFECT:
                    break
            assert table.look_up(word) == expected, (word, pos, feats)


def test_nominative_is_that_of_the_first_agreeing_reading(words: list[str], pymorphy: pymorphy3.MorphAnalyzer) -> None:
    def described(reading: pymorphy3.analyzer.Parse) -> tuple[str, tuple[str | None, ...]]:
        pos, feats = universal(str(reading.tag))
        return pos, tuple(feats.get(key) for key in AGREEMENT)

    tried = 0
    for word in words[::2]:
        readings = pymorphy.parse(word)
        for pos, agreement in {described(reading) for reading in readings if "nomn" not in reading.tag}:
            if pos in INFLECTED:
                first = next(reading for reading in readings if described(reading) == (pos, agreement))
                inflected = first.inflect({"nomn"})
                assert put(word, pos, agreement) == (plain(inflected.word) if inflected else word), word
                tried += 1
    assert tried > 500


def test_letter_case_and_yo_do_not_matter(lemmas: Lemmas) -> None:
    assert lemmas.of(["Ёлки", "ёлки", "елки"], [0, 0, 0]) == ["елка"] * 3


def test_a_word_that_fits_no_reading_is_its_own_lemma(lemmas: Lemmas) -> None:
    assert lemmas.of(["москвы"], [6]) == ["москвы"]


def test_answers_survive_the_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("cache")
    pos, feats = [pos for pos, _ in TAGS], [feats for _, feats in TAGS]
    first = Lemmas(pos, feats, folder)
    assert first.of(["министра", "Петрову"], [2, 1]) == ["министр", "петров"]
    first.memory.flush()
    again = Lemmas(pos, feats, folder)
    assert again.tables[2]["министра"] == "министр"
    assert again.count == first.memory.count == 2


def test_too_many_lemmas_leave_those_on_disk(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.engine.dictionary.LIMIT", 2)
    lemmas = Lemmas(["NOUN"], [{}], tmp_path_factory.mktemp("cache"))
    words = ["Школе", "Дому", "Лесу"]
    expected = lemmas.of(words, [0, 0, 0])
    assert expected == ["школа", "дом", "лес"]
    assert lemmas.of([], []) == []
    assert not lemmas.tables[0]
    assert set(lemmas.known) == {"0 школе", "0 дому", "0 лесу"}
    assert lemmas.of(words, [0, 0, 0]) == expected


def test_nominatives_of_what_is_not_inflected() -> None:
    nominatives = Nominatives(None)
    assert nominatives.of("Быстро", "ADV", {}) == "быстро"
    assert nominatives.of("Москва", "PROPN", {"Case": "Nom"}) == "москва"
    assert nominatives.of("Москвой", "PROPN", {"Case": "Ins", "Gender": "Fem", "Number": "Sing"}) == "москва"
