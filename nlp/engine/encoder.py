"""Convolutions over a stream of tokens: what every net computes before its own head.

Natasha's nets read a word as its vector and the vector of its shape, so the first convolution of a word in each of
three places of the window depends on the pair alone: it is kept in a table of `ROWS` rows, those longest unused giving
way. The further convolutions multiply blocks of tokens that follow each other in memory, sentence after sentence,
without padding; three tokens on either side of a block are computed twice.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.engine import kernels
from nlp.engine.weights import BadWeights, Floats, Pack, Vectors

Keys = NDArray[np.int64]
Flags = NDArray[np.uint8]

ROWS = 12_288
"""Pairs of word and shape in a table; 9 KB each for the three nets together."""
SEGMENT = 4_096
"""Tokens whose rows must be in the table at the same time: at most `ROWS` - 1."""
BLOCK = 512
"""Tokens multiplied at once: the fastest of 128, 256, 512 and 1024; they stay in the second-level cache."""


class Layer:
    """A convolution of window 3, ReLU, and a batch norm reduced to scale and shift."""

    def __init__(self, pack: Pack, number: int) -> None:
        name = f"encoder.layers.{number}"
        taps = pack[f"{name}.conv.weight"]
        if taps.ndim != 3 or taps.shape[2] != 3:
            raise BadWeights(f"{pack.path}: {name}: a window of 3 is expected, the shape is {taps.shape}")
        self.width = taps.shape[0]
        self.taps: Floats = np.ascontiguousarray(taps.transpose(1, 2, 0))
        """inputs × 3 × outputs"""
        self.bias = pack[f"{name}.conv.bias"]
        self.scale = pack[f"{name}.norm.weight"] / pack[f"{name}.norm.std"]
        self.shift = pack[f"{name}.norm.bias"] - pack[f"{name}.norm.mean"] * self.scale


class Table:
    """First convolutions of the pairs of word and shape met lately, for nets that read the same shapes."""

    def __init__(self, packs: Sequence[Pack], vectors: Vectors) -> None:
        layers = [Layer(pack, 0) for pack in packs]
        self.vectors = vectors
        self.shapes = [pack["emb.shape.weight"] for pack in packs]
        self.count = len(self.shapes[0])
        """Number of shapes: a key is the word's id times this, plus the shape's id."""
        self.nets, self.width = len(packs), layers[0].width
        self.taps = [layer.taps.reshape(len(layer.taps), -1) for layer in layers]
        self.bias: Floats = np.concatenate([layer.bias for layer in layers])
        self.scale: Floats = np.concatenate([layer.scale for layer in layers])
        self.shift: Floats = np.concatenate([layer.shift for layer in layers])
        self.values: Floats = np.zeros((ROWS, 3, self.nets * self.width), np.float32)
        self.row: dict[int, int] = {}
        self.keys = np.full(ROWS, -1, np.int64)
        self.used = np.zeros(ROWS, np.int64)
        self.turn = 0

    def rows(self, keys: Keys) -> NDArray[np.int32]:
        """Rows of the table for these keys (at most `ROWS` different ones); they hold until the next call."""
        self.turn += 1
        distinct, places = np.unique(keys, return_inverse=True)
        find = self.row.get
        rows = np.array([find(key, -1) for key in distinct.tolist()], np.int32)
        missing = rows < 0
        self.used[rows[~missing]] = self.turn
        if missing.any():
            rows[missing] = self.add(distinct[missing])
        return rows[places]

    def add(self, keys: Keys) -> NDArray[np.int64]:
        free = np.argsort(self.used, kind="stable")[: len(keys)] if len(self.row) + len(keys) > ROWS else None
        rows = np.arange(len(self.row), len(self.row) + len(keys)) if free is None else free
        for old in self.keys[rows].tolist():
            self.row.pop(old, None)
        self.row.update(zip(keys.tolist(), rows.tolist(), strict=True))
        self.keys[rows], self.used[rows] = keys, self.turn
        self.values[rows] = self.convolved(keys)
        return rows

    def convolved(self, keys: Keys) -> Floats:
        words, shapes = np.divmod(keys, self.count)
        vectors = self.vectors[words]
        parts = []
        for taps, table in zip(self.taps, self.shapes, strict=True):
            inputs = np.concatenate((vectors, table[shapes]), axis=1)
            parts.append((inputs @ taps).reshape(len(keys), 3, self.width))
        values: Floats = np.concatenate(parts, axis=2)
        values[:, 1] += self.bias
        return values


class Encoder:
    """The convolutions of one or more nets that share a table."""

    def __init__(self, packs: Sequence[Pack], vectors: Vectors) -> None:
        self.table = Table(packs, vectors)
        self.further = [[Layer(pack, number) for number in range(1, pack.layers)] for pack in packs]
        self.halo = max(pack.layers for pack in packs)
        self.weights = [[layer.taps.reshape(len(layer.taps), -1) for layer in net] for net in self.further]

    def run(self, keys: Keys, first: Flags, read: Callable[[int, int, list[Floats]], None]) -> None:
        """Calls `read(start, stop, vectors of each net)` for successive blocks of the stream."""
        for start in range(0, len(keys), SEGMENT):
            stop = min(start + SEGMENT, len(keys))
            low, high = max(0, start - self.halo), min(stop + self.halo, len(keys))
            rows = self.table.rows(keys[low:high])
            for a in range(start, stop, BLOCK):
                b = min(a + BLOCK, stop)
                lo, hi = max(0, a - self.halo), min(b + self.halo, len(keys))
                vectors = self.block(rows[lo - low : hi - low], first[lo:hi])
                read(a, b, [v[a - lo : b - lo] for v in vectors])

    def block(self, rows: NDArray[np.int32], first: Flags) -> list[Floats]:
        table = self.table
        inputs: Floats = np.empty((table.nets, len(rows), table.width), np.float32)
        kernels.first_layer(rows, first, table.values, table.scale, table.shift, inputs)
        out = []
        for vectors, layers, weights in zip(inputs, self.further, self.weights, strict=True):
            for layer, taps in zip(layers, weights, strict=True):
                products = vectors @ taps
                vectors = np.empty((len(rows), layer.width), np.float32)
                kernels.next_layer(products, first, layer.bias, layer.scale, layer.shift, vectors)
            out.append(vectors)
        return out
