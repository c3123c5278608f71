"""Lemmas and nominatives by pymorphy's dictionary, chosen as Natasha chooses them, and remembered."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pymorphy3

from nlp.engine.grammemes import FEATURE, POS, SAME_POS, similarity, universal
from nlp.engine.memory import Memory

FORMAT = 1
LIMIT = 400_000
"""Lemmas held in memory; beyond, only those on disk are kept."""

INFLECTED = {"NOUN", "ADJ", "VERB", "PROPN"}
AGREEMENT = ("Gender", "Number", "Case")


@cache
def analyzer() -> pymorphy3.MorphAnalyzer:
    """pymorphy with plain tuples; one for the process, since its dictionary takes memory and a quarter of a second."""
    return pymorphy3.MorphAnalyzer(result_type=None)


@cache
def dictionary_version() -> str:
    """Of pymorphy, its dictionary and the tables of `nlp.engine.grammemes`."""
    meta = analyzer().dictionary.meta
    parts = (FORMAT, version("pymorphy3"), meta["source_revision"], meta["compiled_at"], POS, FEATURE, SAME_POS)
    return repr(parts)


@lru_cache(4_096)
def parses(word: str) -> Sequence[Any]:
    found: Sequence[Any] = analyzer().parse(word)
    return found


def plain(word: str) -> str:
    return word.lower().replace("ё", "е")


class Lemmas:
    """`lemmas.of(words, tags)`, where a tag is a number in the lists `pos` and `feats` of the morphology net."""

    def __init__(self, pos: Sequence[str], feats: Sequence[Mapping[str, str]], folder: Path | None) -> None:
        self.tables = [Answers(self, number, *tag) for number, tag in enumerate(zip(pos, feats, strict=True))]
        self.memory = Memory(folder, "lemmas", repr((dictionary_version(), pos, feats)))
        self.count = 0
        self.load()

    def load(self) -> None:
        for table in self.tables:
            table.clear()
        pool: dict[str, str] = {}
        for key, lemma in self.memory.load():
            number, _, word = key.partition(" ")
            self.tables[int(number)][word] = pool.setdefault(lemma, lemma)
        self.count = self.memory.count

    def of(self, words: Sequence[str], tags: Sequence[int]) -> list[str]:
        if self.count > LIMIT:
            self.memory.flush()
            self.load()
        tables = self.tables
        return [tables[tag][word] for word, tag in zip(words, tags, strict=True)]


class Answers(dict[str, str]):
    """Lemmas of the words that bear one tag; an unknown word is looked up."""

    def __init__(self, lemmas: Lemmas, number: int, pos: str, feats: Mapping[str, str]) -> None:
        self.lemmas, self.number, self.pos, self.feats = lemmas, number, pos, feats
        self.fits: dict[str, int] = {}

    def __missing__(self, word: str) -> str:
        bare = plain(word)
        if bare != word:
            lemma = self[bare]
        else:
            lemma = self.look_up(word)
            self.lemmas.memory.note(f"{self.number} {word}", lemma)
        self.lemmas.count += 1
        self[word] = lemma
        return lemma

    def look_up(self, word: str) -> str:
        """The form that fits the tag best, the first of equals; the word itself if none fits at all."""
        best, lemma = 0, word
        for form in parses(word):
            fit = self.fit(str(form[1]))
            if fit < 0:
                return plain(form[2])
            if fit > best:
                best, lemma = fit, form[2]
        return plain(lemma)

    def fit(self, tag: str) -> int:
        found = self.fits.get(tag)
        if found is None:
            found = self.fits[tag] = similarity(tag, self.pos, self.feats)
        return found


class Nominatives:
    """`nominatives.of(word, pos, feats)`: the word put into the nominative, lower case."""

    def __init__(self, folder: Path | None) -> None:
        self.memory = Memory(folder, "nominatives", dictionary_version())
        self.answers = dict(self.memory.load())

    def of(self, word: str, pos: str, feats: Mapping[str, str]) -> str:
        bare = plain(word)
        if pos not in INFLECTED or feats.get("Case") == "Nom":
            return bare
        pos = SAME_POS.get(pos, pos) if pos == "PROPN" else pos
        agreement = tuple(feats.get(key) for key in AGREEMENT)
        key = f"{bare} {pos} {agreement[0]} {agreement[1]} {agreement[2]}"
        found = self.answers.get(key)
        if found is None:
            if len(self.answers) > LIMIT:
                self.answers.clear()
            found = self.answers[key] = nominative(bare, pos, agreement)
            self.memory.note(key, found)
        return found


def nominative(word: str, pos: str, agreement: tuple[str | None, ...]) -> str:
    for form in parses(word):
        its_pos, its_feats = described(str(form[1]))
        if its_pos == pos and all(its_feats.get(key) == value for key, value in zip(AGREEMENT, agreement, strict=True)):
            return plain(inflected(form) or word)
    return word


@lru_cache(8_192)
def described(tag: str) -> tuple[str, Mapping[str, str]]:
    return universal(tag)


def inflected(form: Any) -> str | None:
    """The form of the lexeme that is most like this one but for its case; what `Parse.inflect({"nomn"})` gives."""
    wanted = form[1].updated_grammemes({"nomn"})
    candidates = [other for other in analyzer().get_lexeme(form) if "nomn" in other[1].grammemes]

    def likeness(other: Any) -> float:
        grammemes = other[1].grammemes
        return len(wanted & grammemes) - 0.1 * len(wanted ^ grammemes)

    best: str | None = max(candidates, key=likeness)[0] if candidates else None
    return best
