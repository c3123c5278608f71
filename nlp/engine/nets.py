"""Natasha's three nets over a stream of tokens: name tags, morphological tags, heads and relations."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.engine import kernels
from nlp.engine.encoder import Encoder, Flags, Keys
from nlp.engine.weights import Floats, Pack, Vectors

Borders = NDArray[np.int64]

RELATION_BLOCK = 256
"""Heads whose relation kernels (5.8 KB each) are held at once."""


class Names:
    """Name tags by the best path through a whole document."""

    def __init__(self, pack: Pack, vectors: Vectors) -> None:
        self.encoder = Encoder([pack], vectors)
        self.weight, self.bias = pack["head.proj.weight"], pack["head.proj.bias"]
        self.transitions = pack["head.crf.transitions"]
        self.tags = pack.items("tag")

    def read(self, keys: Keys, documents: Borders) -> NDArray[np.uint8]:
        emissions: Floats = np.empty((len(keys), len(self.bias)), np.float32)

        def read(start: int, stop: int, vectors: list[Floats]) -> None:
            emissions[start:stop] = vectors[0] @ self.weight + self.bias

        self.encoder.run(keys, firsts(len(keys), documents), read)
        tags = np.zeros(len(keys), np.uint8)
        kernels.viterbi(emissions, documents, self.transitions, tags)
        return tags


class Grammar(NamedTuple):
    tags: NDArray[np.int64]
    heads: NDArray[np.int32]
    """Index of the head in the stream; -1 for a root."""
    relations: NDArray[np.uint8]


class Morphology:
    def __init__(self, pack: Pack) -> None:
        self.weight, self.bias = pack["head.proj.weight"], pack["head.proj.bias"]
        parsed = [parse_tag(tag) for tag in pack.items("tag")]
        self.pos = [pos for pos, _ in parsed]
        self.feats: list[Mapping[str, str]] = [feats for _, feats in parsed]
        """One mapping per tag, shared by all tokens: never change it."""

    def read(self, vectors: Floats) -> NDArray[np.int64]:
        scores = vectors @ self.weight
        scores += self.bias
        best: NDArray[np.int64] = scores.argmax(axis=1)
        return best


class Syntax:
    """Heads by a biaffine score over each sentence, relations by another for the chosen head."""

    def __init__(self, pack: Pack) -> None:
        parts = ("head.head", "head.tail", "rel.head", "rel.tail")
        weights = [pack[f"{part}.proj.weight"] for part in parts]
        biases = [pack[f"{part}.proj.bias"] for part in parts]
        self.weight: Floats = np.concatenate(weights, axis=1)
        self.bias: Floats = np.concatenate(biases)
        self.hidden = weights[0].shape[1]
        self.head_kernel, self.relation_kernel = pack["head.kernel"], pack["rel.kernel"]
        self.root: Floats = np.maximum(pack["head.root"] @ weights[1] + biases[1], 0)
        self.relation_root: Floats = np.maximum(pack["rel.root"] @ weights[2] + biases[2], 0)
        self.relations = pack.items("rel")

    def project(self, vectors: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        projected = vectors @ self.weight
        projected += self.bias
        np.maximum(projected, 0, out=projected)
        dependents, candidates, rel_heads, rel_dependents = np.split(projected, 4, axis=1)
        return dependents @ self.head_kernel, candidates, rel_heads, rel_dependents

    def relate(self, heads: NDArray[np.int32], rel_heads: Floats, rel_dependents: Floats) -> NDArray[np.uint8]:
        """The relation of every token to its head; each head's kernel is multiplied out once."""
        out = np.empty(len(heads), np.uint8)
        order = np.argsort(heads, kind="stable")
        distinct, row = np.unique(heads[order], return_inverse=True)
        for start in range(0, len(distinct), RELATION_BLOCK):
            block = distinct[start : start + RELATION_BLOCK]
            vectors = np.where((block < 0)[:, None], self.relation_root, rel_heads[block])
            a, b = np.searchsorted(row, (start, start + len(block)))
            kernels.relations(vectors @ self.relation_kernel, rel_dependents, row[a:b] - start, order[a:b], out)
        return out


class Grammarian:
    """Morphology and syntax read the same sentences, so they share the table of first convolutions."""

    def __init__(self, morphology: Pack, syntax: Pack, vectors: Vectors) -> None:
        self.encoder = Encoder([morphology, syntax], vectors)
        self.morphology, self.syntax = Morphology(morphology), Syntax(syntax)

    def read(self, keys: Keys, sentences: Borders) -> Grammar:
        n = len(keys)
        tags = np.empty(n, np.int64)
        projections = [np.empty((n, self.syntax.hidden), np.float32) for _ in range(4)]

        def read(start: int, stop: int, vectors: list[Floats]) -> None:
            tags[start:stop] = self.morphology.read(vectors[0])
            for whole, part in zip(projections, self.syntax.project(vectors[1]), strict=True):
                whole[start:stop] = part

        self.encoder.run(keys, firsts(n, sentences), read)
        dependents, candidates, rel_heads, rel_dependents = projections
        heads = np.empty(n, np.int32)
        kernels.heads(dependents, candidates, self.syntax.root, sentences, heads)
        return Grammar(tags, heads, self.syntax.relate(heads, rel_heads, rel_dependents))


def firsts(count: int, borders: Borders) -> Flags:
    """1 for each token that begins a sequence."""
    first = np.zeros(count, np.uint8)
    first[borders[:-1][borders[:-1] < count]] = 1
    return first


def parse_tag(tag: str) -> tuple[str, dict[str, str]]:
    """«NOUN|Case=Nom|Number=Sing» as part of speech and features."""
    pos, _, feats = tag.partition("|")
    return pos, dict(pair.split("=", 1) for pair in feats.split("|")) if feats else {}
