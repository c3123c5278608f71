"""Rows that judges weigh: a few named numbers each, and words that many rows share.

Rows of one text are built from blocks: what depends on the event alone, on the person, on the mention, on the pair. A
block of numbers is a dict that always has the same keys; a block of words is a list of column numbers (`Words`),
looked up once and held by every row that it belongs to. A word met twice in a row counts once.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Numbers = Mapping[str, float]
Features = dict[str, float]
"""A row written out with all its columns: what days, places and settings are judged by."""


def raise_to(f: Features, key: str, value: float) -> None:
    """The most that any mention says for a sign; one that none speaks for stays out of the row."""
    if value > f.get(key, 0):
        f[key] = value


class Known(dict[str, int]):
    """Word → column number for words in one part («ks=»: of the mention's sentence); 0 for a word that none knows."""

    def __missing__(self, word: str) -> int:
        return 0

    def of(self, words: Iterable[str]) -> list[int]:
        known = self.get
        return [number for word in words if (number := known(word))]


class Learnt(Known):
    """While training every word gets a number when it is first met."""

    def __init__(self, part: str, names: list[str]) -> None:
        super().__init__()
        self.part, self.names = part, names

    def __missing__(self, word: str) -> int:
        self[word] = len(self.names)
        self.names.append(self.part + word)
        return self[word]

    def of(self, words: Iterable[str]) -> list[int]:
        return [self[word] for word in words]


class Words:
    """Column numbers by part and word: `words["lem="]["встреча"]`; part and word together are the column's name."""

    def __init__(self, names: Iterable[str] | None = None) -> None:
        """`names`: the columns that judges know; without them every word met is learnt."""
        self.learning = names is None
        self.names = ["", *(() if names is None else names)]
        self.parts: dict[str, Known] = {}
        for number, name in enumerate(self.names):
            part, sign, word = name.partition("=")
            if number:
                self.parts.setdefault(part + sign if sign else "", Known())[word if sign else name] = number

    def __getitem__(self, part: str) -> Known:
        try:
            return self.parts[part]
        except KeyError:
            return self.parts.setdefault(part, Learnt(part, self.names) if self.learning else Known())


class Bags:
    """Word blocks of one text, each put down once."""

    def __init__(self, words: Words, lemmas: Sequence[str], bounds: Sequence[tuple[int, int]]) -> None:
        """`bounds`: first and last (exclusive) token of each sentence."""
        self.words, self.lemmas, self.bounds = words, lemmas, bounds
        self.all: list[list[int]] = []
        self._sentences: dict[tuple[str, int], int] = {}

    def add(self, bag: list[int]) -> int:
        self.all.append(bag)
        return len(self.all) - 1

    def sentence(self, part: str, sentence: int) -> int:
        """The bag of a sentence's lemmas."""
        number = self._sentences.get((part, sentence))
        if number is None:
            first, last = self.bounds[sentence]
            number = self._sentences[part, sentence] = self.add(self.words[part].of(self.lemmas[first:last]))
        return number


class Table:
    """Rows with their numbers as a matrix, and which bags of words each holds."""

    def __init__(self, names: tuple[str, ...], numbers: Array, held: Sequence[list[int]], bags: Bags) -> None:
        self.names, self.numbers, self.held, self.bags = names, numbers, held, bags

    @classmethod
    def of(cls, rows: Sequence[Sequence[Numbers]], held: Sequence[list[int]], bags: Bags) -> "Table":
        """`rows`: for each row its blocks of numbers, which have the same names in every row."""
        names = tuple(chain.from_iterable(rows[0])) if rows else ()
        flat = chain.from_iterable(block.values() for row in rows for block in row)
        numbers = np.fromiter(flat, np.float64, len(rows) * len(names)).reshape(len(rows), len(names))
        return cls(names, numbers, held, bags)

    def __len__(self) -> int:
        return len(self.held)

    @cached_property
    def columns(self) -> tuple[Array, Array, Array, Array]:
        """Column numbers of all bags and where each bag ends; bag numbers of all rows and where each row ends."""
        return *flat(self.bags.all), *flat(self.held)

    def beside(self, names: tuple[str, ...], numbers: Array) -> "Table":
        """The same rows with further numbers."""
        table = Table(self.names + names, np.hstack([self.numbers, numbers]), self.held, self.bags)
        table.columns = self.columns
        return table

    def only(self, rows: Sequence[int]) -> "Table":
        return Table(self.names, self.numbers[list(rows)], [self.held[i] for i in rows], self.bags)


def flat(lists: Sequence[list[int]]) -> tuple[Array, Array]:
    """All lists in one, and where each ends."""
    together = array("i")
    ends = array("q")
    for one in lists:
        together.fromlist(one)
        ends.append(len(together))
    return np.array(together, np.int32), np.array(ends, np.int64)
