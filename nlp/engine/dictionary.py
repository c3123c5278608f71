"""Lemmas and nominatives by pymorphy's dictionary, chosen as Natasha chooses them, and remembered."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

from nlp.engine.forms import analyzer, forms, lemma, likeliest, nominative
from nlp.engine.grammemes import FEATURE, POS, SAME_POS, similarity, universal
from nlp.engine.memory import Memory

FORMAT = 2
LIMIT = 150_000
"""Lemmas held in memory; beyond, only those on disk are kept."""

RUSSIAN = re.compile("[а-яё]")
"""Numbers, marks and foreign words have no other forms."""
INFLECTED = {"NOUN", "ADJ", "VERB", "PROPN"}
AGREEMENT = ("Gender", "Number", "Case")


@cache
def dictionary_version() -> str:
    """Of pymorphy, its dictionary and the tables of `nlp.engine.grammemes`."""
    meta = analyzer().dictionary.meta
    parts = (FORMAT, version("pymorphy3"), meta["source_revision"], meta["compiled_at"], POS, FEATURE, SAME_POS)
    return repr(parts)


def plain(word: str) -> str:
    return word.lower().replace("ё", "е")


class Lemmas:
    """`lemmas.of(words, tags)`, where a tag is a number in the lists `pos` and `feats` of the morphology net."""

    def __init__(self, pos: Sequence[str], feats: Sequence[Mapping[str, str]], folder: Path | None) -> None:
        self.tables = [Answers(self, number, *tag) for number, tag in enumerate(zip(pos, feats, strict=True))]
        self.memory = Memory(folder, "lemmas", repr((dictionary_version(), pos, feats)))
        self.load()

    def load(self) -> None:
        for table in self.tables:
            table.clear()
        self.known = self.memory.load()
        """Of earlier runs, by tag and word; they move to the tables when first asked for."""
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
        self.lemmas, self.number, self.fits = lemmas, number, Fits(pos, feats)

    def __missing__(self, word: str) -> str:
        bare = plain(word)
        if bare != word:
            found = self[bare]
            self.lemmas.count += 1
        else:
            key = f"{self.number} {word}"
            known = self.lemmas.known.pop(key, None)
            found = self.look_up(word) if known is None else known
            if known is None:
                self.lemmas.memory.note(key, found)
                self.lemmas.count += 1
        self[word] = found
        return found

    def look_up(self, word: str) -> str:
        """The reading that fits the tag best, the likeliest of equals; the word itself if none fits at all."""
        if not RUSSIAN.search(word):
            return word
        fits, best, chosen = self.fits, 0, []
        for form in forms(word):
            fit = fits[form.tag]
            if fit > best:
                best, chosen = fit, [form]
            elif fit == best:
                chosen.append(form)
        if best == 0:
            return word
        lemmas = {plain(lemma(form)) for form in chosen}
        return lemmas.pop() if len(lemmas) == 1 else plain(lemma(likeliest(word, chosen)))


class Fits(dict[str, int]):
    """How well the dictionary's tags fit one of the net's."""

    def __init__(self, pos: str, feats: Mapping[str, str]) -> None:
        self.pos, self.feats = pos, feats

    def __missing__(self, tag: str) -> int:
        found = self[tag] = similarity(tag, self.pos, self.feats)
        return found


class Nominatives:
    """`nominatives.of(word, pos, feats)`: the word put into the nominative, lower case."""

    def __init__(self, folder: Path | None) -> None:
        self.memory = Memory(folder, "nominatives", dictionary_version())
        self.answers = self.memory.load()

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
            found = self.answers[key] = put(bare, pos, agreement)
            self.memory.note(key, found)
        return found


def put(word: str, pos: str, agreement: tuple[str | None, ...]) -> str:
    """The word's likeliest reading of this gender, number and case, put into the nominative."""
    if not RUSSIAN.search(word):
        return word
    wanted = pos, agreement
    chosen = [form for form in forms(word) if declined(form.tag) == wanted]
    if not chosen:
        return word
    answers = {nominative(form) or word for form in chosen}
    return plain(answers.pop() if len(answers) == 1 else nominative(likeliest(word, chosen)) or word)


@lru_cache(8_192)
def declined(tag: str) -> tuple[str, tuple[str | None, ...]]:
    """Part of speech, gender, number and case."""
    pos, feats = universal(tag)
    return pos, tuple(feats.get(key) for key in AGREEMENT)
