"""Five kinds of topic model on the same releases and folds, and what more labels would buy.

    python -m pipelines.training.comparison models           the table of models, in Markdown
    python -m pipelines.training.comparison curve curve.svg  the learning curve: figures, and a drawing

Every kind gets the same features (but for navec, which gets averaged word vectors in place of words), the same
calibration and the same choice of thresholds as the shipped model; what differs is how a column is learnt.
"""

import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from navec import Navec
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_selection import SelectKBest, chi2
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from nlp.engine import natasha_file
from nlp.topics import TopicModel, read_topics
from nlp.topics.features import Parts
from pipelines.gold import labels_folder
from pipelines.training.labels import read_labels
from pipelines.training.topics import (
    STRENGTH,
    Example,
    Matrix,
    Quality,
    folds,
    lemmatised,
    matrix_of,
    settle,
    shipped_topics,
    targets,
    vocabulary,
)

Wanted = NDArray[np.bool_]
Learner = Callable[[csr_matrix, Wanted, csr_matrix], Matrix]
"""Training matrix, what is wanted of it, matrix to score: scores."""
Features = Callable[[TopicModel, Sequence[Parts]], csr_matrix]

VECTORS = "emb/navec_news_v1_1B_250K_300d_100q.tar"
SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)


def logistic_regression(known: csr_matrix, wanted: Wanted, asked: csr_matrix) -> Matrix:
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear", max_iter=1000)
    return np.asarray(model.fit(known, wanted).decision_function(asked))


def linear_svm(known: csr_matrix, wanted: Wanted, asked: csr_matrix) -> Matrix:
    model = LinearSVC(C=0.3, class_weight="balanced", random_state=0, max_iter=5000)
    return np.asarray(model.fit(known, wanted).decision_function(asked))


def naive_bayes(known: csr_matrix, wanted: Wanted, asked: csr_matrix) -> Matrix:
    said = ComplementNB(alpha=0.3).fit(known, wanted).predict_log_proba(asked)
    return np.asarray(said[:, 1] - said[:, 0])


def gradient_boosting(known: csr_matrix, wanted: Wanted, asked: csr_matrix) -> Matrix:
    """Over the 200 features that tell most: trees take no sparse matrix, and twenty thousand columns are too many."""
    best = SelectKBest(chi2, k=min(200, known.shape[1])).fit(known, wanted)
    model = HistGradientBoostingClassifier(
        max_iter=40, max_leaf_nodes=8, class_weight="balanced", early_stopping=False, random_state=0
    )
    model.fit(best.transform(known).toarray(), wanted)
    return np.asarray(model.decision_function(best.transform(asked).toarray()))


@cache
def navec() -> Navec:
    return Navec.load(natasha_file(VECTORS))


def averaged_vectors(model: TopicModel, releases: Sequence[Parts]) -> csr_matrix:
    """Mean vectors of the known words, weighted as in the other models, and the cue columns."""
    known = navec()
    held = {word: known[word] for word in model.words if word in known}
    means = np.stack([mean_vector(model, held, release) for release in releases])
    cues = matrix_of(model, releases)[:, len(model.words) :]
    return hstack([csr_matrix(means), cues]).tocsr()


def mean_vector(model: TopicModel, held: dict[str, Any], release: Parts) -> NDArray[np.float64]:
    found = model.features(release)
    total = np.zeros(300)
    for phrase, value in zip(found.phrases, found.values, strict=True):
        word = model.finder.phrases[phrase]
        if phrase < len(model.words) and word in held:
            total += held[word] * value
    return total / (np.linalg.norm(total) or 1.0)


KINDS: dict[str, tuple[Learner, Features]] = {
    "logistic regression (shipped)": (logistic_regression, matrix_of),
    "linear SVM": (linear_svm, matrix_of),
    "naive Bayes (complement)": (naive_bayes, matrix_of),
    "gradient boosting": (gradient_boosting, matrix_of),
    "navec averaged + logistic regression": (logistic_regression, averaged_vectors),
}


def examples_of(labels: Path, topics: Path) -> tuple[list[Example], list[str], dict[str, list[int]]]:
    known = read_topics(topics)
    examples, cues = lemmatised(read_labels(labels), known)
    return examples, [topic.code for topic in known], cues


def compare(labels: Path, topics: Path | None = None) -> dict[str, Quality]:
    """Cross-validated quality of each kind of model."""
    examples, codes, cues = examples_of(labels, topics or shipped_topics())
    return {name: judged(examples, codes, cues, *kind) for name, kind in KINDS.items()}


def judged(
    examples: Sequence[Example],
    codes: Sequence[str],
    cues: dict[str, list[int]],
    learner: Learner = logistic_regression,
    features: Features = matrix_of,
    share: float = 1.0,
) -> Quality:
    """`share`: how much of the training part of each fold is learnt from."""
    scores = np.zeros((len(examples), 2 * len(codes) + 1), np.float32)
    for held in folds(examples):
        aside = set(held)
        rest = [i for i in range(len(examples)) if i not in aside]
        kept = np.random.default_rng(1).permutation(rest)[: max(1, round(share * len(rest)))]
        train = [examples[i] for i in sorted(kept)]
        empty = vocabulary(train, codes, cues)
        known = features(empty, [example.parts for example in train])
        asked = features(empty, [examples[i].parts for i in held])
        wanted = targets(train, codes)
        for j in range(wanted.shape[1]):
            whole = wanted[:, j].all() or not wanted[:, j].any()
            scores[held, j] = (6.0 if wanted[0, j] else -6.0) if whole else learner(known, wanted[:, j], asked)
    return settle(vocabulary(examples, codes, cues), scores, examples)[1]


def curve(labels: Path, topics: Path | None = None) -> dict[int, Quality]:
    """Number of releases learnt from → quality, for the shipped kind of model."""
    examples, codes, cues = examples_of(labels, topics or shipped_topics())
    size = len(examples) - max(len(held) for held in folds(examples))
    return {round(share * size): judged(examples, codes, cues, share=share) for share in SHARES}


def table(rows: dict[str, Quality], head: str) -> str:
    lines = [f"| {head} | micro-F1 | macro-F1 | main topic | abstention |", "| --- | ---: | ---: | ---: | ---: |"]
    lines += [f"| {name} | {q.micro:.3f} | {q.macro:.3f} | {q.first:.3f} | {q.none:.3f} |" for name, q in rows.items()]
    return "\n".join(lines)


def drawing(points: dict[int, Quality]) -> str:
    """The curve as an SVG of 640 × 360: F1 from .4 to 1 over the number of releases."""
    lines = (("micro", "#1f5fa8", "micro-F1"), ("first", "#b5541c", "main topic"), ("none", "#3b7d3a", "abstention"))
    most = max(points)

    def at(count: float, value: float) -> tuple[float, float]:
        return 50 + 460 * count / most, 320 - 290 * (value - 0.4) / 0.6

    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" font-family="sans-serif" font-size="12">']
    out.append('<rect width="640" height="360" fill="white"/>')
    for tenth in range(4, 11):
        x, y = at(0, tenth / 10)
        out.append(
            f'<path d="M{x:.0f} {y:.1f}H510" stroke="#ddd"/><text x="20" y="{y + 4:.1f}">{tenth / 10:.1f}</text>'
        )
    out += [f'<text x="{at(count, 0)[0] - 10:.0f}" y="340">{count}</text>' for count in points]
    for name, colour, label in lines:
        path = " ".join("{:.1f},{:.1f}".format(*at(n, getattr(q, name))) for n, q in points.items())
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        y = at(0, getattr(points[most], name))[1]
        out.append(f'<text x="518" y="{y + 4:.1f}" fill="{colour}">{label}</text>')
    return "\n".join([*out, '<text x="200" y="356">releases learnt from</text>', "</svg>"]) + "\n"


def main(arguments: Sequence[str]) -> None:
    labels = labels_folder()
    if list(arguments) == ["models"]:
        print(table(compare(labels), "model"))
    elif len(arguments) == 2 and arguments[0] == "curve":
        points = curve(labels)
        Path(arguments[1]).write_text(drawing(points), encoding="utf-8")
        print(table({str(count): found for count, found in points.items()}, "releases"))
    else:
        sys.exit(f"usage:{(__doc__ or '').split(chr(10) * 2)[1]}")


if __name__ == "__main__":
    main(sys.argv[1:])
