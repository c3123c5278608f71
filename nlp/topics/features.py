"""Lemmas of a title and a text in, known words and phrases out, each with how often it occurs."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

BREAK = ("",)
BEYOND = 2**62
"""A key that no phrase has; stands last, so that a search never ends outside the array."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The lemmas of one release as the model reads them: the first paragraph stands apart."""

    title: Sequence[str]
    lead: Sequence[str]
    body: Sequence[str]


def ngrams(lemmas: Sequence[str]) -> Iterator[str]:
    """Words, and pairs of neighbouring words; a number or a punctuation mark parts neighbours."""
    before = ""
    for lemma in lemmas:
        if not lemma[:1].isalpha():
            before = ""
            continue
        yield lemma
        if before:
            yield f"{before} {lemma}"
        before = lemma


class Found(NamedTuple):
    """Phrases by their index in `Finder.phrases`, ascending, and how often each occurs."""

    phrases: NDArray[np.intp]
    counts: NDArray[Any]


class Finder:
    """Finds known phrases (lemmas joined by blanks) in all places of a text at once.

    The phrases are a tree: a node for each beginning of a phrase, reached from a shorter one by the next lemma. Each
    level is one sorted array of keys (node × lemmas + lemma), so a level costs one binary search for the whole text.
    """

    def __init__(self, phrases: Collection[str]) -> None:
        self.phrases = tuple(sorted(set(phrases)))
        paths = [phrase.split(" ") for phrase in self.phrases]
        self.lemmas = {lemma: n for n, lemma in enumerate(sorted({x for path in paths for x in path}), 1)}
        """Numbers from 1 on; 0 is any lemma that stands in no phrase."""
        self.size = len(self.lemmas) + 1
        nodes = [self.lemmas[path[0]] for path in paths]
        self.words = index_of(self.size, [(nodes[i], i) for i, path in enumerate(paths) if len(path) == 1])
        self.levels: list[tuple[NDArray[np.int64], NDArray[np.intp]]] = []
        for depth in range(1, max(map(len, paths), default=1)):
            longer = [i for i, path in enumerate(paths) if len(path) > depth]
            keys = {i: nodes[i] * self.size + self.lemmas[paths[i][depth]] for i in longer}
            ordered = sorted(set(keys.values()))
            number = {key: n for n, key in enumerate(ordered)}
            for i in longer:
                nodes[i] = number[keys[i]]
            ends = [(nodes[i], i) for i in longer if len(paths[i]) == depth + 1]
            self.levels.append((np.array([*ordered, BEYOND], np.int64), index_of(len(ordered), ends)))

    def find(self, parts: Parts, title: float, lead: float) -> Found:
        """Those in the title and the lead count `title` and `lead` times; no phrase reaches from one into the next."""
        number = self.lemmas.get
        row = [number(lemma, 0) for lemma in chain(parts.title, BREAK, parts.lead, BREAK, parts.body, BREAK)]
        lemmas = np.array(row, np.int64)
        weights = np.ones(len(row))
        weights[: len(parts.title)] = title
        weights[len(parts.title) + 1 : len(parts.title) + 1 + len(parts.lead)] = lead
        starts = np.flatnonzero(lemmas[:-1])
        nodes = lemmas[starts]
        hits, places = [self.words[nodes]], [starts]
        for depth, (keys, ends) in enumerate(self.levels, 1):
            wanted = nodes * self.size + lemmas[starts + depth]
            at = keys.searchsorted(wanted)
            known = keys[at] == wanted
            starts, nodes = starts[known], at[known]
            if not len(starts):
                break
            hits.append(ends[nodes])
            places.append(starts)
        found = np.concatenate(hits)
        said = found >= 0
        weight = np.bincount(found[said], weights[np.concatenate(places)[said]], len(self.phrases))
        phrases = np.flatnonzero(weight)
        return Found(phrases, weight[phrases])


def index_of(size: int, pairs: Iterable[tuple[int, int]]) -> NDArray[np.intp]:
    """An array that gives for the first of each pair the second, for all else -1."""
    out = np.full(size, -1, np.intp)
    for node, phrase in pairs:
        out[node] = phrase
    return out
