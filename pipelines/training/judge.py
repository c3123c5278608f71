"""Fits a `nlp.meetings.model.Judge` to feature rows with scikit-learn; the same rows give the same bytes."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from nlp.meetings.model import Judge, Trees
from nlp.meetings.rows import Array, Table

TEXTUAL = ("ks=", "ms=")
"""Whole-sentence words: many, weak, left to the linear part."""
SECOND = "second hand"
"""A column that is 1 for releases labelled by the second hand and never set in reading.

The two hands agree on what a word tells and differ in how much they take for an event; with the column between them
the judges learn the first from both and the second as the first hand has it (a small part of Daumé, 2007).
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows to learn from, one column for each name."""

    matrix: sparse.csr_matrix
    names: list[str]

    @classmethod
    def of_rows(cls, rows: Sequence[Mapping[str, float]]) -> "Sample":
        columns: dict[str, int] = {}
        where, what, starts = [], [], [0]
        for row in rows:
            for name, value in row.items():
                if value:
                    where.append(columns.setdefault(name, len(columns)))
                    what.append(float(value))
            starts.append(len(where))
        return cls(sparse.csr_matrix((what, where, starts), shape=(len(rows), len(columns))), list(columns))

    @classmethod
    def of_tables(cls, tables: Sequence[Table], second: Sequence[bool]) -> "Sample":
        """Numbers first, then which hand labelled it, then every word that the tables' `Words` have learnt."""
        hands = [np.full((len(table), 1), float(own)) for table, own in zip(tables, second, strict=True) if len(table)]
        tables = [table for table in tables if len(table)]
        numbers = sparse.csr_matrix(np.vstack([table.numbers for table in tables]))
        words = tables[0].bags.words
        held = sparse.vstack([word_matrix(table, len(words.names)) for table in tables])
        matrix = sparse.hstack([numbers, sparse.csr_matrix(np.vstack(hands)), held], format="csr")
        return cls(matrix, [*tables[0].names, SECOND, *words.names])

    def columns(self, wanted: Callable[[str], bool]) -> "Sample":
        kept = [i for i, name in enumerate(self.names) if wanted(name)]
        return Sample(self.matrix[:, kept], [self.names[i] for i in kept])


def word_matrix(table: Table, width: int) -> sparse.csr_matrix:
    bags, ends, held, row_ends = table.columns
    bag_matrix = sparse.csr_matrix((np.ones(len(bags)), bags, np.append(0, ends)), shape=(len(ends), width))
    holding = sparse.csr_matrix((np.ones(len(held)), held, np.append(0, row_ends)), shape=(len(table), len(ends)))
    matrix = holding @ bag_matrix
    matrix.data[:] = 1
    return matrix


def fit(
    sample: Sample,
    answers: Sequence[str],
    *,
    frequent: int,
    share: float,
    rounds: int = 80,
    strength: float = 0.3,
    leaves: int = 15,
) -> Judge:
    """`frequent`: how often a feature must occur for the trees to see it; `share`: weight of the linear part."""
    times = dict(zip(sample.names, sample.matrix.getnnz(axis=0).tolist(), strict=True))
    position = {name: i for i, name in enumerate(sample.names)}
    names = sorted(name for name, n in times.items() if n >= 2)
    matrix = sample.matrix[:, [position[name] for name in names]].tocsr()
    matrix.sort_indices()
    seen = [i for i, name in enumerate(names) if times[name] >= frequent and not name.startswith(TEXTUAL)]
    dense = np.full(len(names), -1, dtype=np.int32)
    dense[seen] = np.arange(len(seen))
    scale = np.maximum(abs(matrix).max(axis=0).toarray().ravel(), 1e-9)
    classes = sorted(set(answers))
    target = np.array([classes.index(a) for a in answers])
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # convergence within the set number of steps is not needed
        linear = LogisticRegression(C=strength, max_iter=150, tol=1e-3).fit(matrix @ sparse.diags(1 / scale), target)
    wide = matrix[:, seen].toarray().astype(np.float32)
    with threadpool_limits(1):  # with more threads these small tables take many times longer
        boosted = HistGradientBoostingClassifier(
            max_iter=rounds,
            learning_rate=0.1,
            max_leaf_nodes=leaves,
            min_samples_leaf=15,
            l2_regularization=1.0,
            max_features=0.3,
            random_state=0,
            early_stopping=False,
        ).fit(wide, target)
    return Judge(
        classes=tuple(classes),
        columns={name: i for i, name in enumerate(names)},
        weights=(linear.coef_ / scale).T,
        bias=linear.intercept_,
        dense=dense,
        trees=flattened(boosted),
        share=share,
    )


def flattened(model: HistGradientBoostingClassifier) -> Trees:
    """The fitted trees as arrays; scikit-learn keeps them in `_predictors`, the one place that has them."""
    rounds = model._predictors
    trees = [tree for step in rounds for tree in step]
    size = max(len(t.nodes) for t in trees)
    shape = (len(trees), size)
    feature, left, right = (np.zeros(shape, dtype=np.int32) for _ in range(3))
    threshold, value = np.full(shape, np.inf, dtype=np.float32), np.zeros(shape, dtype=np.float64)
    for i, tree in enumerate(trees):
        nodes = tree.nodes
        leaf = nodes["is_leaf"].astype(bool)
        own = np.arange(len(nodes))
        feature[i, own] = np.where(leaf, 0, nodes["feature_idx"])
        threshold[i, own] = np.where(leaf, np.inf, nodes["num_threshold"])
        left[i, own] = np.where(leaf, own, nodes["left"])
        right[i, own] = np.where(leaf, own, nodes["right"])
        value[i, own] = np.where(leaf, nodes["value"], 0)
    outputs = len(rounds[0])
    return Trees(
        feature=feature,
        threshold=threshold,
        left=left,
        right=right,
        value=value,
        classes=np.tile(np.arange(outputs), len(rounds)).astype(np.int32),
        base=np.asarray(model._baseline_prediction, dtype=np.float64).reshape(-1),
        depth=int(max(t.get_max_depth() for t in trees)),
    )


def curve(raw: Array, right: Array) -> tuple[Array, Array]:
    """Calibration from cross-validated probabilities: raw probability → share that was right, at 51 points.

    Beta calibration (Kull et al., 2017): logistic regression on ln p and −ln(1 − p). Unlike isotonic regression it has
    no steps, on which a threshold would fall to one side or the other with every training.
    """
    logs = np.log(np.clip(raw, 0.005, 0.995)), -np.log(1 - np.clip(raw, 0.005, 0.995))
    with threadpool_limits(1):
        model = LogisticRegression(C=1e3, max_iter=1000).fit(np.stack(logs, axis=1), right)
    points = np.linspace(0.005, 0.995, 51)
    told = model.predict_proba(np.stack([np.log(points), -np.log(1 - points)], axis=1))[:, 1]
    return points, np.maximum.accumulate(np.clip(told, 0.005, 0.995))
