"""Convolutions over a stream of tokens: what every net computes before its own head.

Natasha's nets read a word as its vector beside the vector of its shape, and a convolution is a sum over the places of
its window: so what a word adds to the first convolution from each of three places depends on the word alone. It is kept
in a table for all nets, the words longest unused giving way; what shapes add stands in a small table per net. The
further convolutions multiply blocks of tokens that follow each other in memory, sentence after sentence, without
padding; three tokens on either side of a block are computed twice.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.engine import kernels
from nlp.engine.weights import BadWeights, Floats, Pack, Vectors

Flags = NDArray[np.uint8]
Indexes = NDArray[np.int32]
Ids = NDArray[np.int64]

ROWS = 8_192
"""Words in the table; 9 KB each for the three nets together."""
SLICE = 512
"""Words whose products are computed at once; bounds the memory they take on the way into the table."""


class Layer:
    """A convolution of window 3, ReLU, and a batch norm reduced to scale and shift."""

    def __init__(self, pack: Pack, number: int) -> None:
        name = f"encoder.layers.{number}"
        taps = pack[f"{name}.conv.weight"]
        if taps.ndim != 3 or taps.shape[2] != 3:
            raise BadWeights(f"{pack.path}: {name}: a window of 3 is expected, the shape is {taps.shape}")
        self.width = taps.shape[0]
        self.taps: Floats = np.ascontiguousarray(taps.transpose(1, 2, 0)).reshape(taps.shape[1], -1)
        """inputs × (3 · outputs): the three places of the window side by side"""
        self.bias = pack[f"{name}.conv.bias"]
        self.scale = pack[f"{name}.norm.weight"] / pack[f"{name}.norm.std"]
        self.shift = pack[f"{name}.norm.bias"] - pack[f"{name}.norm.mean"] * self.scale


class Table:
    """What the words met lately add to the first convolutions of the nets in `packs`."""

    def __init__(self, packs: Sequence[Pack], vectors: Vectors) -> None:
        layers = [Layer(pack, 0) for pack in packs]
        places = [layer.taps[: vectors.dim].reshape(vectors.dim, 3, layer.width) for layer in layers]
        joined = np.concatenate(places, axis=2)
        self.vectors = vectors
        self.taps: Floats = joined.reshape(vectors.dim, -1)
        self.values: Floats = np.zeros((ROWS, 3, joined.shape[2]), np.float32)
        self.row: dict[int, int] = {}
        self.words = np.full(ROWS, -1, np.int64)
        self.used = np.zeros(ROWS, np.int64)
        self.turn = 0

    def rows(self, words: Ids) -> Indexes:
        """Rows of the table for these words (at most `ROWS` different ones); they hold until the next call."""
        self.turn += 1
        distinct, places = np.unique(words, return_inverse=True)
        find = self.row.get
        rows = np.array([find(word, -1) for word in distinct.tolist()], np.int32)
        missing = rows < 0
        self.used[rows[~missing]] = self.turn
        if missing.any():
            rows[missing] = self.add(distinct[missing])
        return rows[places]

    def add(self, words: Ids) -> Ids:
        fresh = np.arange(len(self.row), len(self.row) + len(words))
        rows = fresh if len(self.row) + len(words) <= ROWS else np.argsort(self.used, kind="stable")[: len(words)]
        for old in self.words[rows].tolist():
            self.row.pop(old, None)
        self.row.update(zip(words.tolist(), rows.tolist(), strict=True))
        self.words[rows], self.used[rows] = words, self.turn
        for start in range(0, len(words), SLICE):
            part = slice(start, start + SLICE)
            products = self.vectors[words[part]] @ self.taps
            self.values[rows[part]] = products.reshape(-1, *self.values.shape[1:])
        return rows


class Encoder:
    """The convolutions of one or more nets that read the same shapes; their words stand at `place` in the table."""

    def __init__(self, packs: Sequence[Pack], table: Table, place: int) -> None:
        first = [Layer(pack, 0) for pack in packs]
        self.table, self.place = table, place
        self.nets, self.width = len(packs), first[0].width
        self.shapes: Floats = np.concatenate([shape_table(*pair) for pair in zip(packs, first, strict=True)], axis=2)
        self.scale: Floats = np.concatenate([layer.scale for layer in first])
        self.shift: Floats = np.concatenate([layer.shift for layer in first])
        self.zero: Floats = np.zeros(table.values.shape[2], np.float32)
        self.further = [[Layer(pack, number) for number in range(1, pack.layers)] for pack in packs]

    def run(self, rows: Indexes, shapes: Indexes, first: Flags) -> list[Floats]:
        """A vector per token for each net; right for all but the three tokens at either end, unless the text ends."""
        inputs: Floats = np.empty((self.nets, len(rows), self.width), np.float32)
        words = self.table.values
        kernels.first_layer(
            rows, shapes, first, words, self.place, self.shapes, self.zero, self.scale, self.shift, inputs
        )
        out = []
        for vectors, layers in zip(inputs, self.further, strict=True):
            for layer in layers:
                products = vectors @ layer.taps
                vectors = np.empty((len(rows), layer.width), np.float32)
                kernels.next_layer(products, first, self.zero, layer.bias, layer.scale, layer.shift, vectors)
            out.append(vectors)
        return out


def shape_table(pack: Pack, layer: Layer) -> Floats:
    """What each shape adds to the first convolution from each place; the bias is in the middle one."""
    shapes = pack["emb.shape.weight"]
    table: Floats = (shapes @ layer.taps[-shapes.shape[1] :]).reshape(len(shapes), 3, layer.width)
    table[:, 1] += layer.bias
    return table
