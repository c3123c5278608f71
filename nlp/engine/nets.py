"""Natasha's three nets over a stream of tokens: name tags, morphological tags, heads and relations."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.engine import kernels
from nlp.engine.arbiter import Arbiter
from nlp.engine.encoder import Encoder, Flags, Ids, Indexes, Table
from nlp.engine.weights import Floats, Pack, Vectors

SEGMENT = 4_096
"""Tokens whose words must be in the table at the same time."""
BLOCK = 512
"""Tokens multiplied at once: the fastest of 128, 256, 512 and 1024; they stay in the second-level cache."""
HALO = 3
"""Tokens on either side on which a vector depends: one per convolution."""
LONG_SENTENCE = 512
"""Tokens beyond which matrices beat the loop over a sentence."""
SCORES = 1 << 21
"""Scores of a long sentence that are held at once."""
RELATION_BLOCK = 256
"""Heads whose relation kernels (5.8 KB each) are held at once."""


class Stream(NamedTuple):
    """Tokens of several documents, one after another."""

    words: Ids
    shapes: Indexes
    name_shapes: Indexes
    """Shapes as the net of names reads them."""
    sentences: Ids
    """Index of the first token of each sentence, and the number of tokens."""
    documents: Ids


class Reading(NamedTuple):
    """One value per token."""

    tags: Ids
    heads: Indexes
    """Index of the head in the stream; -1 for a root."""
    relations: NDArray[np.uint8]
    names: NDArray[np.uint8]


class Nets:
    def __init__(self, morphology: Pack, syntax: Pack, names: Pack, vectors: Vectors) -> None:
        table = Table([morphology, syntax, names], vectors)
        self.table = table
        self.grammar = Encoder([morphology, syntax], table, 0)
        self.name_encoder = Encoder([names], table, self.grammar.nets * self.grammar.width)
        self.morphology, self.syntax, self.names = Morphology(morphology), Syntax(syntax), Names(names)
        self.arbiter = Arbiter(morphology, syntax, names, vectors)

    def read(self, stream: Stream) -> Reading:
        n = len(stream.words)
        tags: Ids = np.empty(n, np.int64)
        emissions: Floats = np.empty((n, len(self.names.bias)), np.float32)
        parses = [np.empty((n, self.syntax.hidden), np.float32) for _ in range(4)]
        doubt = np.zeros(n, np.uint8)
        sentences, documents = firsts(n, stream.sentences), firsts(n, stream.documents)
        for start in range(0, n, SEGMENT):
            stop = min(start + SEGMENT, n)
            low = max(0, start - HALO)
            rows = self.table.rows(stream.words[low : stop + HALO])
            for a in range(start, stop, BLOCK):
                b = min(a + BLOCK, stop)
                near = slice(max(0, a - HALO), min(n, b + HALO))
                inner = slice(a - near.start, b - near.start)
                here = rows[near.start - low : near.stop - low]
                morphology, syntax = self.grammar.run(here, stream.shapes[near], sentences[near])
                (names,) = self.name_encoder.run(here, stream.name_shapes[near], documents[near])
                self.morphology.read(morphology[inner], tags[a:b], doubt[a:b])
                self.syntax.project(syntax[inner], [parse[a:b] for parse in parses])
                np.matmul(names[inner], self.names.weight, out=emissions[a:b])
        heads, relations = self.syntax.read(parses, stream.sentences, doubt)
        name_tags, name_doubt = self.names.read(emissions, stream.documents)
        reading = Reading(tags, heads, relations, name_tags)
        self.settle(stream, reading, doubt, name_doubt)
        return reading

    def settle(self, stream: Stream, reading: Reading, doubt: Flags, name_doubt: Flags) -> None:
        """Lets slovnet decide between answers that are as good as equal."""
        for start, stop in around(doubt, stream.sentences):
            if stop - start <= LONG_SENTENCE:
                part = slice(start, stop)
                tags, heads, relations = self.arbiter.sentence(stream.words[part], stream.shapes[part])
                reading.tags[part], reading.relations[part] = tags, relations
                reading.heads[part] = np.where(heads == 0, -1, heads + start - 1)
        for start, stop in around(name_doubt, stream.documents):
            part = slice(start, stop)
            reading.names[part] = self.arbiter.document(stream.words[part], stream.name_shapes[part])


class Names:
    """Name tags by the best path through a whole document."""

    def __init__(self, pack: Pack) -> None:
        self.weight, self.bias = pack["head.proj.weight"], pack["head.proj.bias"]
        self.transitions = pack["head.crf.transitions"]
        self.tags = [(part, kind) for part, _, kind in (tag.partition("-") for tag in pack.items("tag"))]
        """«B-PER» as ("B", "PER")."""

    def read(self, emissions: Floats, documents: Ids) -> tuple[NDArray[np.uint8], Flags]:
        emissions += self.bias
        tags, doubt = np.zeros(len(emissions), np.uint8), np.zeros(len(emissions), np.uint8)
        score, fresh = np.empty((2, len(self.tags)), np.float32)
        history, doubts = np.zeros((2, *emissions.shape), np.uint8)
        kernels.viterbi(emissions, documents, self.transitions, score, fresh, history, doubts, tags, doubt)
        return tags, doubt


class Morphology:
    def __init__(self, pack: Pack) -> None:
        self.weight: Floats = np.concatenate([pack["head.proj.weight"], pack["head.proj.bias"][None]])
        """The bias is the weight of an input that is always 1."""
        parsed = [parse_tag(tag) for tag in pack.items("tag")]
        self.pos = [pos for pos, _ in parsed]
        self.feats: list[Mapping[str, str]] = [feats for _, feats in parsed]
        """One mapping per tag, shared by all tokens: never change it."""

    def read(self, vectors: Floats, tags: Ids, doubt: Flags) -> None:
        scores = np.concatenate([vectors, np.ones((len(vectors), 1), np.float32)], axis=1) @ self.weight
        scores.argmax(axis=1, out=tags)
        kernels.rivals(scores, tags, doubt)


class Syntax:
    """Heads by a biaffine score over each sentence, relations by another for the chosen head."""

    def __init__(self, pack: Pack) -> None:
        parts = ("head.head", "head.tail", "rel.head", "rel.tail")
        weights = [pack[f"{part}.proj.weight"] for part in parts]
        biases = [pack[f"{part}.proj.bias"] for part in parts]
        self.weight: Floats = np.concatenate(weights, axis=1)
        self.bias: Floats = np.concatenate(biases)
        self.hidden = weights[0].shape[1]
        self.head_kernel = pack["head.kernel"]
        self.labels = pack.items("rel")
        by_label = pack["rel.kernel"].reshape(self.hidden, len(self.labels), self.hidden)
        self.relation_kernel: Floats = np.ascontiguousarray(by_label.transpose(0, 2, 1)).reshape(self.hidden, -1)
        self.root: Floats = np.maximum(pack["head.root"] @ weights[1] + biases[1], 0)
        self.relation_root: Floats = np.maximum(pack["rel.root"] @ weights[2] + biases[2], 0)

    def project(self, vectors: Floats, parses: list[Floats]) -> None:
        projected = vectors @ self.weight
        projected += self.bias
        np.maximum(projected, 0, out=projected)
        dependents, *others = np.split(projected, 4, axis=1)
        np.matmul(dependents, self.head_kernel, out=parses[0])
        for whole, part in zip(parses[1:], others, strict=True):
            whole[:] = part

    def read(self, parses: list[Floats], sentences: Ids, doubt: Flags) -> tuple[Indexes, NDArray[np.uint8]]:
        dependents, candidates, rel_heads, rel_dependents = parses
        heads, doubtful = np.empty(len(dependents), np.int32), np.zeros(len(dependents), np.uint8)
        kernels.heads(dependents, candidates, self.root, sentences, LONG_SENTENCE, heads, doubtful)
        for s in np.flatnonzero(np.diff(sentences) > LONG_SENTENCE).tolist():
            self.heads_of_long(dependents, candidates, sentences[s], sentences[s + 1], heads)
        relations = self.relate(heads, rel_heads, rel_dependents, doubtful)
        doubt |= doubtful
        return heads, relations

    def heads_of_long(self, dependents: Floats, candidates: Floats, start: int, stop: int, heads: Indexes) -> None:
        """A text without full stops has n² scores: they are multiplied, and forgotten, a few rows at a time."""
        rows = max(1, SCORES // (stop - start))
        for a in range(start, stop, rows):
            b = min(a + rows, stop)
            scores = dependents[a:b] @ candidates[start:stop].T
            best = scores.argmax(axis=1)
            top = scores[np.arange(b - a), best]
            heads[a:b] = np.where(top > dependents[a:b] @ self.root, best + start, -1)

    def relate(self, heads: Indexes, rel_heads: Floats, rel_dependents: Floats, doubt: Flags) -> NDArray[np.uint8]:
        """The relation of every token to its head; each head's kernel is multiplied out once."""
        out, score = np.empty(len(heads), np.uint8), np.empty(len(self.labels), np.float32)
        order = np.argsort(heads, kind="stable")
        distinct, row = np.unique(heads[order], return_inverse=True)
        for start in range(0, len(distinct), RELATION_BLOCK):
            block = distinct[start : start + RELATION_BLOCK]
            vectors = np.where((block < 0)[:, None], self.relation_root, rel_heads[block])
            a, b = np.searchsorted(row, (start, start + len(block)))
            products = (vectors @ self.relation_kernel).reshape(len(block), self.hidden, -1)
            kernels.relations(products, rel_dependents, row[a:b] - start, order[a:b], score, out, doubt)
        return out


def around(doubt: Flags, borders: Ids) -> list[tuple[int, int]]:
    """Starts and stops of the sequences in which there is a doubt."""
    places = np.unique(np.searchsorted(borders, np.flatnonzero(doubt), side="right"))
    return [(int(borders[place - 1]), int(borders[place])) for place in places]


def firsts(count: int, borders: Ids) -> Flags:
    """1 for each token that begins a sequence."""
    first = np.zeros(count, np.uint8)
    first[borders[:-1][borders[:-1] < count]] = 1
    return first


def parse_tag(tag: str) -> tuple[str, dict[str, str]]:
    """«NOUN|Case=Nom|Number=Sing» as part of speech and features."""
    pos, _, feats = tag.partition("|")
    return pos, dict(pair.split("=", 1) for pair in feats.split("|")) if feats else {}
