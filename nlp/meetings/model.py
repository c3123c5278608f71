"""A trained judge of feature rows: a linear part and boosted trees, stored as npz and json, evaluated with numba."""

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit

from nlp.meetings.rows import Array, Table, Words


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


@njit(cache=True, inline="always")
def put(
    linear: Array, x: Array, filled: Array, count: int, column: int, value: float, weights: Array, dense: Array
) -> int:
    """One column of a row: weighed, and laid down for the trees; how many these have now."""
    for output in range(linear.shape[0]):
        linear[output] += value * weights[column, output]
    if dense[column] >= 0:
        x[dense[column]] = value
        filled[count] = dense[column]
        return count + 1
    return count


@njit(cache=True, inline="always")
def ask(column: int, v: float, firsts: Array, threshold: Array, owner: Array, masks: Array, left: Array) -> None:
    """All questions about one column, of all trees, asked in one go: thresholds ascend."""
    for i in range(firsts[column], firsts[column + 1]):
        if v <= threshold[i]:
            break
        left[owner[i]] &= masks[i]


@njit(cache=True, inline="always")
def squash(raw: Array, share: float, out: Array) -> None:
    """Adds a share of the probabilities of raw scores: one column is the second of two classes."""
    if raw.shape[0] == 1:
        second = 1 / (1 + np.exp(-raw[0]))
        out[0] += share * (1 - second)
        out[1] += share * second
    else:
        e = np.exp(raw - raw.max())
        out += share * e / e.sum()


@njit(cache=True)
def weigh(
    numbers: Array,
    places: Array,
    bags: Array,
    values: Array,
    bag_ends: Array,
    held: Array,
    row_ends: Array,
    own: Array,
    weights: Array,
    bias: Array,
    dense: Array,
    share: float,
    base: Array,
    firsts: Array,
    threshold: Array,
    owner: Array,
    masks: Array,
    leaves: Array,
    classes: Array,
    signed: Array,
    met: Array,
    out: Array,
) -> None:
    """Class probabilities of rows, both parts weighted: each row's columns summed, and answered by the trees.

    `values` of the bags' words, all 1 where it is empty; `signed`: the columns that have questions below 0, which are
    asked even where a row holds nothing; `met`: when each column was last met, its last place counts the rows.
    """
    x, filled = np.zeros(firsts.shape[0] + 1, np.float32), np.empty(firsts.shape[0] + 1, np.int64)
    left = np.empty(leaves.shape[0], np.uint64)
    linear, raw = np.empty(bias.shape[0]), np.empty(base.shape[0])
    at = 0
    for row in range(row_ends.shape[0]):
        linear[:], raw[:], left[:] = bias, base, np.uint64(0xFFFFFFFFFFFFFFFF)
        met[-1] += 1
        now, count = met[-1], 0
        for i in range(places.shape[0]):
            if numbers[row, i] != 0 and places[i] >= 0:
                count = put(linear, x, filled, count, places[i], numbers[row, i], weights, dense)
        while at < row_ends[row]:
            bag = held[at]
            for i in range(bag_ends[bag - 1] if bag else 0, bag_ends[bag]):
                column = own[bags[i]] if bags[i] < own.shape[0] else -1  # -1: learnt after this judge
                if column >= 0 and met[column] != now:
                    met[column] = now
                    value = values[i] if values.shape[0] else 1.0
                    count = put(linear, x, filled, count, column, value, weights, dense)
            at += 1
        for i in range(signed.shape[0]):
            ask(signed[i], x[signed[i]], firsts, threshold, owner, masks, left)
        for i in range(count):
            if x[filled[i]] > 0:
                ask(filled[i], x[filled[i]], firsts, threshold, owner, masks, left)
        for i in range(count):
            x[filled[i]] = 0
        for tree in range(leaves.shape[0]):
            bits, leaf = left[tree], 0
            while not bits & np.uint64(1):
                bits >>= np.uint64(1)
                leaf += 1
            raw[classes[tree]] += leaves[tree, leaf]
        squash(linear, share, out[row])
        squash(raw, 1 - share, out[row])


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

    def questions(self, width: int) -> tuple[Array, Array, Array, Array, Array]:
        """The nodes of all trees by column and threshold, as in QuickScorer (Lucchese et al., 2015).

        Where each column's begin, thresholds, trees, the leaves that «more» leaves over; then each tree's leaves.
        """
        masks, leaves = lay_out(self.threshold, self.left, self.right, self.value)
        tree, node = np.nonzero(np.isfinite(self.threshold))
        feature, threshold = self.feature[tree, node], self.threshold[tree, node]
        order = np.lexsort((threshold, feature))
        firsts = np.searchsorted(feature[order], np.arange(width + 1))
        return firsts, threshold[order], tree[order], masks[tree, node][order], leaves


NONE, ONES = np.zeros(0, dtype=np.int32), np.zeros(0)
Block = tuple[list[int], list[float]]


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
    def scales(self) -> tuple[Any, ...]:
        """What `weigh` needs of this judge, the same for all rows."""
        trees, width = self.trees, int(self.dense.max(initial=-1)) + 1
        firsts, threshold, *asked = trees.questions(width)
        below = [c for c in range(width) if (threshold[firsts[c] : firsts[c + 1]] < 0).any()]
        weighed = self.weights, self.bias, self.dense, self.share, trees.base
        met = np.zeros(len(self.weights) + 1, np.int64)
        return *weighed, firsts, threshold, *asked, trees.classes, np.array(below, np.int64), met

    @cached_property
    def every(self) -> Array:
        """Each column for itself: rows written out hold the judge's own numbers."""
        return np.arange(len(self.columns), dtype=np.int32)

    def block(self, row: Mapping[str, float]) -> Block:
        """The columns of a row, or of a part that rows share, with their values."""
        place = self.columns.get
        known = [(c, v) for k, v in row.items() if v and (c := place(k)) is not None]
        return [c for c, _ in known], [v for _, v in known]

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> Array:
        """For rows written out one by one, each value under its column's name."""
        return self.of_blocks([(self.block(row),) for row in rows])

    def of_blocks(self, rows: Sequence[Sequence[Block]]) -> Array:
        """For rows of blocks, of which no two in a row hold the same column."""
        columns, values, ends = array("i"), array("d"), array("q")
        for row in rows:
            for own, weights in row:
                columns.fromlist(own)
                values.fromlist(weights)
            ends.append(len(columns))
        each = np.arange(len(rows), dtype=np.int32)
        bags = np.array(columns, np.int32), np.array(values, np.float64), np.array(ends, np.int64)
        return self.weighed(np.zeros((len(rows), 0)), NONE, *bags, each, each + 1, self.every)

    def of_table(self, table: Table) -> Array:
        bags, ends, held, row_ends = table.columns
        return self.weighed(table.numbers, self.places(table.names), bags, ONES, ends, held, row_ends, self.own)

    def weighed(self, *laid: Array) -> Array:
        out = np.zeros((len(laid[0]), len(self.classes)))
        given: tuple[Any, ...] = (*laid, *self.scales, out)
        weigh(*given)
        return out

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
