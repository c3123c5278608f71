"""Lemmas of a title and a text in, known words and phrases found, each with how often it occurs."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np

from nlp.topics import kernels
from nlp.topics.kernels import Array


class Parts(NamedTuple):
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


class Tree(NamedTuple):
    """Phrases as nodes, in the arrays that `kernels` describes."""

    firsts: Array
    nexts: Array
    held: Array
    deepest: int


class Finder:
    """Known phrases (lemmas joined by blanks), found in all places of a text at once."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.phrases = tuple(dict.fromkeys(phrases))
        paths = [phrase.split(" ") for phrase in self.phrases]
        self.lemmas = {lemma: n for n, lemma in enumerate(sorted({x for path in paths for x in path}), 1)}
        """Numbers from 1 on; 0 is any lemma that stands in no phrase."""
        self.tree = tree_of([[self.lemmas[lemma] for lemma in path] for path in paths], len(self.lemmas) + 1)

    def read(self, parts: Parts) -> tuple[Array, Array]:
        """The numbers of the lemmas, and where title, lead and body end."""
        title, lead = len(parts.title), len(parts.title) + len(parts.lead)
        end = lead + len(parts.body)
        numbers = np.fromiter(map(self.lemmas.get, chain(*parts), repeat(0)), np.int64, end)
        return numbers, np.array((title, lead, end))

    def find(self, parts: Parts, shares: Array) -> tuple[Array, Array]:
        """Indices of phrases, ascending, and how often each occurs: one in part i counts `shares[i]` times."""
        tree, (lemmas, ends) = self.tree, self.read(parts)
        phrases, counts = kernels.find(lemmas, ends, shares, tree.firsts, tree.nexts, tree.held, tree.deepest)
        return phrases, counts


def tree_of(paths: Sequence[Sequence[int]], size: int) -> Tree:
    """`paths` are numbers of lemmas below `size`."""
    nodes = [path[0] for path in paths]
    edges: list[tuple[int, int]] = []
    deepest = max(map(len, paths), default=1)
    for depth in range(1, deepest):
        longer = [i for i, path in enumerate(paths) if len(path) > depth]
        steps = {i: (nodes[i], paths[i][depth]) for i in longer}
        number = {step: size + n for n, step in enumerate(sorted(set(steps.values())), len(edges))}
        edges += number
        for i in longer:
            nodes[i] = number[steps[i]]
    held = np.full(size + len(edges), -1)
    held[nodes] = np.arange(len(nodes))
    starts = np.array([start for start, _ in edges], np.int64)
    return Tree(
        firsts=starts.searchsorted(np.arange(size + len(edges) + 1)),
        nexts=np.array([lemma for _, lemma in edges], np.int64),
        held=held,
        deepest=deepest,
    )
