"""A trained judge of feature rows: a linear part and boosted trees, stored as npz and json, evaluated with numpy."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

Array = npt.NDArray[Any]


class ModelMissing(FileNotFoundError):
    """Raised by `Judge.load` where a folder holds no model: train it, or reinstall the package's data."""


@njit(cache=True)
def descend(
    x: Array, feature: Array, threshold: Array, left: Array, right: Array, value: Array, classes: Array, out: Array
) -> None:
    """Adds to `out` the leaf that each row reaches in each tree; a leaf points at itself."""
    for row in range(x.shape[0]):
        for tree in range(feature.shape[0]):
            node = 0
            while left[tree, node] != node:
                node = left[tree, node] if x[row, feature[tree, node]] <= threshold[tree, node] else right[tree, node]
            out[row, classes[tree]] += value[tree, node]


@njit(cache=True)
def weigh(ends: Array, columns: Array, values: Array, weights: Array, dense: Array, linear: Array, x: Array) -> None:
    """Adds each row's weighted features to `linear` and lays those that the trees know into `x`."""
    at = 0
    for row in range(ends.shape[0]):
        while at < ends[row]:
            column = columns[at]
            for output in range(weights.shape[1]):
                linear[row, output] += values[at] * weights[column, output]
            if dense[column] >= 0:
                x[row, dense[column]] = values[at]
            at += 1


@dataclass(frozen=True, slots=True)
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

    def raw(self, x: Array) -> Array:
        """Summed leaves for dense rows, one column for each output."""
        out = np.tile(self.base, (x.shape[0], 1))
        descend(x, self.feature, self.threshold, self.left, self.right, self.value, self.classes, out)
        return out


@dataclass(frozen=True, slots=True)
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

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> Array:
        if not rows:
            return np.zeros((0, len(self.classes)))
        linear = np.tile(self.bias, (len(rows), 1))
        x = np.zeros((len(rows), int(self.dense.max()) + 1), dtype=np.float32)
        place = self.columns.get
        known = [[(c, v) for k, v in row.items() if v and (c := place(k)) is not None] for row in rows]
        columns = np.array([c for row in known for c, _ in row], dtype=np.int64)
        values = np.array([v for row in known for _, v in row], dtype=np.float64)
        ends = np.cumsum([len(row) for row in known])
        weigh(ends, columns, values, self.weights, self.dense, linear, x)
        return self.share * squash(linear) + (1 - self.share) * squash(self.trees.raw(x))

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


def squash(raw: Array) -> Array:
    """Probabilities of raw scores: one column is the second of two classes."""
    if raw.shape[1] == 1:
        second = 1 / (1 + np.exp(-raw))
        return np.hstack([1 - second, second])
    e = np.exp(raw - raw.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))
