"""A trained judge of feature rows: a linear part and boosted trees, stored as npz and json, evaluated with numba."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numba import njit

from nlp.meetings.rows import Array, Table, Words, flat


class ModelMissing(FileNotFoundError):
    """Raised by `Judge.load` where a folder holds no model: train it, or reinstall the package's data."""


@njit(cache=True)
def lay_out(threshold: Array, left: Array, right: Array, value: Array) -> tuple[Array, Array]:
    """For each node the leaves that remain where its question is answered «more», as bits; and each tree's leaves.

    Nodes stand in preorder, so leaves are numbered from left to right; unused places have an infinite threshold.
    """
    trees, size = left.shape
    masks = np.full((trees, size), np.uint64(0xFFFFFFFFFFFFFFFF))
    leaves = np.zeros((trees, size // 2 + 1))
    under, start = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for tree in range(trees):
        for node in range(size - 1, -1, -1):
            inner = np.isfinite(threshold[tree, node])
            under[node] = under[left[tree, node]] + under[right[tree, node]] if inner else 1
        start[0] = 0
        for node in range(size):
            if np.isfinite(threshold[tree, node]):
                below = left[tree, node]
                start[below], start[right[tree, node]] = start[node], start[node] + under[below]
                bits = ((np.uint64(1) << np.uint64(under[below])) - np.uint64(1)) << np.uint64(start[node])
                masks[tree, node] = ~bits
            elif left[tree, node] == node:
                leaves[tree, start[node]] = value[tree, node]
    return masks, leaves


@njit(cache=True)
def climb(
    x: Array, firsts: Array, threshold: Array, owner: Array, masks: Array, leaves: Array, classes: Array, out: Array
) -> None:
    """Adds to `out` the leaf that each row reaches in each tree, all questions about one column asked in one go."""
    left = np.empty(leaves.shape[0], np.uint64)
    for row in range(x.shape[0]):
        left[:] = np.uint64(0xFFFFFFFFFFFFFFFF)
        for column in range(firsts.shape[0] - 1):
            v = x[row, column]
            for i in range(firsts[column], firsts[column + 1]):
                if v <= threshold[i]:
                    break
                left[owner[i]] &= masks[i]
        for tree in range(leaves.shape[0]):
            bits, leaf = left[tree], 0
            while not bits & np.uint64(1):
                bits >>= np.uint64(1)
                leaf += 1
            out[row, classes[tree]] += leaves[tree, leaf]


@njit(cache=True)
def blank(rows: int, bias: Array, width: int) -> tuple[Array, Array]:
    linear = np.empty((rows, bias.shape[0]))
    linear[:] = bias
    return linear, np.zeros((rows, width), np.float32)


@njit(cache=True, inline="always")
def put(linear: Array, x: Array, row: int, column: int, value: float, weights: Array, dense: Array) -> None:
    for output in range(linear.shape[1]):
        linear[row, output] += value * weights[column, output]
    if dense[column] >= 0:
        x[row, dense[column]] = value


@njit(cache=True)
def weigh(
    numbers: Array,
    places: Array,
    bags: Array,
    bag_ends: Array,
    held: Array,
    row_ends: Array,
    own: Array,
    weights: Array,
    bias: Array,
    dense: Array,
    width: int,
) -> tuple[Array, Array]:
    """Each row's weighted columns summed, and those of its columns that the trees know."""
    linear, x = blank(numbers.shape[0], bias, width)
    met = np.full(weights.shape[0], -1, np.int64)
    at = 0
    for row in range(numbers.shape[0]):
        for i in range(numbers.shape[1]):
            if numbers[row, i] != 0 and places[i] >= 0:
                put(linear, x, row, places[i], numbers[row, i], weights, dense)
        while at < row_ends[row]:
            bag = held[at]
            for i in range(bag_ends[bag - 1] if bag else 0, bag_ends[bag]):
                if bags[i] >= own.shape[0]:  # learnt after this judge
                    continue
                column = own[bags[i]]
                if column >= 0 and met[column] != row:
                    met[column] = row
                    put(linear, x, row, column, 1.0, weights, dense)
            at += 1
    return linear, x


@njit(cache=True)
def add(
    ends: Array, columns: Array, values: Array, weights: Array, bias: Array, dense: Array, width: int
) -> tuple[Array, Array]:
    """The same for rows that hold column numbers and values themselves."""
    linear, x = blank(ends.shape[0], bias, width)
    at = 0
    for row in range(ends.shape[0]):
        while at < ends[row]:
            put(linear, x, row, columns[at], values[at], weights, dense)
            at += 1
    return linear, x


@njit(cache=True)
def squash(raw: Array, share: float, out: Array) -> None:
    """Adds to `out` a share of the probabilities of raw scores: one column is the second of two classes."""
    for row in range(raw.shape[0]):
        if raw.shape[1] == 1:
            second = 1 / (1 + np.exp(-raw[row, 0]))
            out[row, 0] += share * (1 - second)
            out[row, 1] += share * second
        else:
            e = np.exp(raw[row] - raw[row].max())
            out[row] += share * e / e.sum()


@njit(cache=True)
def mean(
    linear: Array,
    x: Array,
    share: float,
    outputs: int,
    base: Array,
    firsts: Array,
    threshold: Array,
    owner: Array,
    masks: Array,
    leaves: Array,
    classes: Array,
) -> Array:
    """Class probabilities of both parts, weighted."""
    raw = np.empty((x.shape[0], base.shape[0]))
    raw[:] = base
    climb(x, firsts, threshold, owner, masks, leaves, classes, raw)
    out = np.zeros((x.shape[0], outputs))
    squash(linear, share, out)
    squash(raw, 1 - share, out)
    return out


@dataclass(frozen=True)
class Trees:
    """Boosted trees as flat arrays: one row for each tree, one column for each node; leaves point at themselves."""

    feature: Array
    threshold: Array
    left: Array
    right: Array
    value: Array
    classes: Array
    """The output column that each tree adds to."""
    base: Array
    depth: int

    @cached_property
    def questions(self) -> tuple[Array, Array, Array, Array, Array]:
        """The nodes of all trees by column and threshold, as in QuickScorer (Lucchese et al., 2015).

        Where each column's begin, thresholds, trees, the leaves that «more» leaves over; then each tree's leaves.
        """
        masks, leaves = lay_out(self.threshold, self.left, self.right, self.value)
        tree, node = np.nonzero(np.isfinite(self.threshold))
        feature, threshold = self.feature[tree, node], self.threshold[tree, node]
        order = np.lexsort((threshold, feature))
        firsts = np.searchsorted(feature[order], np.arange(int(feature.max(initial=-1)) + 2))
        return firsts, threshold[order], tree[order], masks[tree, node][order], leaves

    def raw(self, x: Array) -> Array:
        """Summed leaves for dense rows, one column for each output."""
        out = np.empty((x.shape[0], len(self.base)))
        out[:] = self.base
        climb(x, *self.questions, self.classes, out)
        return out


NONE = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class Judge:
    """Class probabilities of feature rows: a weighted mean of both parts, calibrated where a curve is given."""

    classes: tuple[str, ...]
    columns: Mapping[str, int]
    weights: Array
    """A row for each column of `columns`, scaling folded in; one output where there are two classes."""
    bias: Array
    dense: Array
    """For each column its place among the trees' features, -1 for none."""
    trees: Trees
    share: float
    """Weight of the linear part."""
    curve: tuple[Array, Array] | None = None
    """Calibration of the second of two classes: raw probability → share that was right in cross-validation."""
    own: Array = field(default_factory=NONE.copy)
    """For each number of the `Words` that this judge is bound to its column, -1 for none."""
    _places: dict[tuple[str, ...], Array] = field(default_factory=dict, repr=False)

    def bound(self, words: Words) -> "Judge":
        """This judge for tables whose bags hold numbers of these words."""
        place = self.columns.get
        return replace(self, own=np.array([place(name, -1) for name in words.names], dtype=np.int32), _places={})

    def places(self, names: tuple[str, ...]) -> Array:
        found = self._places.get(names)
        if found is None:
            found = self._places[names] = np.array([self.columns.get(n, -1) for n in names], dtype=np.int32)
        return found

    @cached_property
    def width(self) -> int:
        return int(self.dense.max(initial=-1)) + 1

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> Array:
        """For rows written out one by one, each value under its column's name."""
        place = self.columns.get
        own = [[c for k, v in row.items() if v and (c := place(k)) is not None] for row in rows]
        columns, ends = flat(own)
        values = [v for row in rows for k, v in row.items() if v and k in self.columns]
        laid = ends, columns, np.fromiter(values, np.float64, len(values))
        return self.mean(*add(*laid, self.weights, self.bias, self.dense, self.width))

    def of_table(self, table: Table) -> Array:
        laid = table.numbers, self.places(table.names), *table.columns
        return self.mean(*weigh(*laid, self.own, self.weights, self.bias, self.dense, self.width))

    def mean(self, linear: Array, x: Array) -> Array:
        trees = self.trees
        return np.asarray(mean(linear, x, self.share, len(self.classes), trees.base, *trees.questions, trees.classes))

    def calibrated(self, p: Array) -> Array:
        return p if self.curve is None else np.interp(p, *self.curve)

    def save(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        curve = np.zeros((2, 0)) if self.curve is None else np.stack(self.curve)
        arrays = {
            "weights": self.weights.astype(np.float32),
            "bias": self.bias,
            "dense": self.dense.astype(np.int32),
            "feature": self.trees.feature,
            "threshold": self.trees.threshold,
            "left": self.trees.left,
            "right": self.trees.right,
            "value": self.trees.value,
            "tree_classes": self.trees.classes,
            "base": self.trees.base,
            "curve": curve,
        }
        np.savez_compressed(folder / f"{name}.npz", **arrays)  # type: ignore[arg-type]
        about = {
            "classes": list(self.classes),
            "share": self.share,
            "depth": self.trees.depth,
            "columns": list(self.columns),
        }
        (folder / f"{name}.json").write_text(json.dumps(about, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, name: str) -> "Judge":
        if not (folder / f"{name}.npz").is_file():
            raise ModelMissing(f"no model {name}.npz in {folder}: run `svodka train attendance`")
        about = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        with np.load(folder / f"{name}.npz", allow_pickle=False) as a:
            trees = Trees(
                a["feature"],
                a["threshold"],
                a["left"],
                a["right"],
                a["value"],
                a["tree_classes"],
                a["base"],
                about["depth"],
            )
            return cls(
                classes=tuple(about["classes"]),
                columns={c: i for i, c in enumerate(about["columns"])},
                weights=a["weights"].astype(np.float64),
                bias=a["bias"],
                dense=a["dense"],
                trees=trees,
                share=about["share"],
                curve=(a["curve"][0], a["curve"][1]) if a["curve"].size else None,
            )
