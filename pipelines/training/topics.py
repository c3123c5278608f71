"""Labelled releases in, the topic model out: linear, calibrated, with thresholds by cross-validation."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from nlp.doc import Doc
from nlp.engine import Engine
from nlp.topics import Topic, TopicModel, read_topics
from nlp.topics.features import Parts, ngrams
from nlp.topics.model import Settings, parts, probability
from pipelines.gold import BadLabels
from pipelines.training.labels import Labelled, gate_ids, read_labels

Matrix = NDArray[np.float32]

SETTINGS = Settings(title=3.0, lead=2.0, cue=0.2, ordering=2.0)
SEEN = 2
"""Releases that must hold a word before it becomes a feature."""
STRENGTH = 10.0
"""Inverse regularisation (scikit-learn's C)."""
FOLDS = 8
GRID = np.round(np.arange(0.10, 0.91, 0.02), 2)
TRUST = 30.0
"""Labelled releases of a topic at which its own best threshold counts as much as the common one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    label: Labelled
    parts: Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """F1 of what was filed against the labels; `first` is the main topic, `none` abstention."""

    micro: float
    macro: float
    first: float
    none: float
    topics: Mapping[str, tuple[float, float, float, int]]
    """Precision, recall, F1, labelled releases."""

    def __str__(self) -> str:
        return (
            f"micro-F1 {self.micro:.3f}, macro-F1 {self.macro:.3f}, main topic {self.first:.3f}, "
            f"abstention {self.none:.3f} (cross-validated)"
        )


def shipped_topics() -> Path:
    return Path(str(files("data"))) / "topics"


def train(
    labels: Path,
    out: Path,
    *,
    exclude: frozenset[str] = frozenset(),
    topics: Path | None = None,
) -> Quality:
    """Writes `out/topics/` (model.json, weights.npz, README.md) and returns its cross-validated quality.

    Releases whose ids are in `exclude` are not looked at; a model that excludes anything is one for judging, and does
    without the ids of `topics-gate.txt` too. The quality is that on full releases (`releases/`) where there are enough
    of them, else on all.
    """
    known = read_topics(topics or shipped_topics())
    aside = exclude | gate_ids(labels) if exclude else exclude
    read = [release for release in read_labels(labels) if release.id not in aside]
    check_topics(read, known)
    examples, cues = lemmatised(read, known)
    model, quality = build(examples, [topic.code for topic in known], cues)
    model.save(out)
    (out / "topics" / "README.md").write_text(card(examples, quality, model), encoding="utf-8")
    return quality


def check_topics(releases: Sequence[Labelled], known: Sequence[Topic]) -> None:
    codes = {topic.code for topic in known}
    for release in releases:
        if unknown := sorted(set(release.topics) - codes):
            raise BadLabels(
                f"{release.where}: field 'topics': unknown topic {unknown[0]!r}, known are {', '.join(sorted(codes))}"
            )


def lemmatised(releases: Sequence[Labelled], topics: Sequence[Topic]) -> tuple[list[Example], dict[str, list[int]]]:
    """The releases as the model reads them, and the topics' phrases in lemmas."""
    phrases = [(t, phrase) for t, topic in enumerate(topics) for phrase in topic.phrases]
    docs = Engine().parse([*(x for r in releases for x in (r.title, r.text)), *(phrase for _, phrase in phrases)])
    held, told = docs[: 2 * len(releases)], docs[2 * len(releases) :]
    examples = [
        Example(label=release, parts=parts(title, doc))
        for release, title, doc in zip(releases, held[::2], held[1::2], strict=True)
    ]
    return examples, cue_table(phrases, told)


def cue_table(phrases: Sequence[tuple[int, str]], docs: Sequence[Doc]) -> dict[str, list[int]]:
    table: dict[str, list[int]] = {}
    for (topic, _), doc in zip(phrases, docs, strict=True):
        held = table.setdefault(" ".join(doc.lemmas), [])
        if topic not in held:
            held.append(topic)
    return dict(sorted(table.items()))


def build(
    examples: Sequence[Example], topics: Sequence[str], cues: Mapping[str, Sequence[int]]
) -> tuple[TopicModel, Quality]:
    """The calibrated model of all examples, and the quality that cross-validation gives."""
    scores = out_of_fold(examples, lambda some: fit(some, topics, cues))
    return settle(fit(examples, topics, cues), scores, examples)


def settle(model: TopicModel, scores: Matrix, examples: Sequence[Example]) -> tuple[TopicModel, Quality]:
    """The model with its columns made log-odds and its thresholds set, by scores out of fold; and their quality."""
    judged = judges(examples)
    some = [examples[i] for i in judged]
    slope, offset = calibration(scores[judged], targets(some, model.topics))
    calibrated = (scores[judged] * slope + offset).astype(np.float32)
    draft = with_(model, weights=model.weights * slope, bias=model.bias * slope + offset)
    final = with_thresholds(draft, calibrated, some)
    filed = [[model.topics[t] for t in final.choose(row)] for row in calibrated]
    return final, quality([example.label.topics for example in some], filed, model.topics)


def judges(examples: Sequence[Example]) -> list[int]:
    """Those by which probabilities and thresholds are set: full releases (real length), all where these are few."""
    full = [i for i, example in enumerate(examples) if example.label.full]
    return full if len(full) >= 10 * FOLDS else list(range(len(examples)))


def fit(examples: Sequence[Example], topics: Sequence[str], cues: Mapping[str, Sequence[int]]) -> TopicModel:
    """Uncalibrated: the columns are logistic regressions with classes in balance."""
    empty = vocabulary(examples, topics, cues)
    wanted = targets(examples, topics)
    matrix = matrix_of(empty, [example.parts for example in examples])
    fitted = [column(matrix, wanted[:, j]) for j in range(wanted.shape[1])]
    return with_(
        empty,
        weights=np.stack([weights for weights, _ in fitted], axis=1).astype(np.float32),
        bias=np.array([bias for _, bias in fitted], np.float32),
    )


def vocabulary(examples: Sequence[Example], topics: Sequence[str], cues: Mapping[str, Sequence[int]]) -> TopicModel:
    """A model that knows its features and has no weights yet."""
    seen = Counter(gram for example in examples for gram in set(grams(example.parts)))
    words = tuple(sorted(gram for gram, count in seen.items() if count >= SEEN))
    idf = np.array([np.log((1 + len(examples)) / (1 + seen[word])) + 1 for word in words], np.float32)
    columns = 2 * len(topics) + 1
    rows = len(words) + len(topics)
    return TopicModel(
        topics=tuple(topics),
        words=words,
        cues={phrase: tuple(held) for phrase, held in cues.items()},
        idf=idf,
        weights=np.zeros((rows, columns), np.float32),
        bias=np.zeros(columns, np.float32),
        thresholds=np.full(len(topics), 0.5, np.float32),
        nothing=0.5,
        something=0.5,
        settings=SETTINGS,
    )


def grams(release: Parts) -> list[str]:
    return [gram for lemmas in (release.title, release.lead, release.body) for gram in ngrams(lemmas)]


def targets(examples: Sequence[Example], topics: Sequence[str]) -> NDArray[np.bool_]:
    """Columns as in TopicModel: has the topic, has it as the main one, has any."""
    held = [example.label.topics for example in examples]
    return np.array(
        [[*(t in own for t in topics), *(own[:1] == (t,) for t in topics), bool(own)] for own in held], np.bool_
    )


def matrix_of(model: TopicModel, releases: Sequence[Parts]) -> csr_matrix:
    read = [model.features(release) for release in releases]
    learnt = [found.phrases < len(model.words) for found in read]
    starts = np.cumsum([0, *(own.sum() for own in learnt)])
    rows = np.concatenate([found.phrases[own] for found, own in zip(read, learnt, strict=True)])
    values = np.concatenate([found.values[own] for found, own in zip(read, learnt, strict=True)])
    words = csr_matrix((values, rows, starts), (len(read), len(model.words)))
    cues = np.log1p(np.stack([found.cues for found in read])) * model.settings.cue
    return hstack([words, csr_matrix(cues, dtype=np.float32)]).tocsr()


def column(matrix: csr_matrix, wanted: NDArray[np.bool_]) -> tuple[Matrix, float]:
    """A topic that no release has, or all have, gets no weights and a bias that says so."""
    if wanted.all() or not wanted.any():
        return np.zeros(matrix.shape[1], np.float32), 6.0 if wanted.all() else -6.0
    regression = LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear", max_iter=1000)
    regression.fit(matrix, wanted)
    return regression.coef_[0].astype(np.float32), float(regression.intercept_[0])


def with_(model: TopicModel, **changed: object) -> TopicModel:
    fields = {name: getattr(model, name) for name in TopicModel.__dataclass_fields__}
    return TopicModel(**{**fields, **changed})


def folds(examples: Sequence[Example]) -> list[list[int]]:
    """Indices in `FOLDS` parts; the releases of one story are always together."""
    stories = sorted({example.label.story for example in examples})
    order = np.random.default_rng(0).permutation(len(stories))
    fold = {stories[s]: k % FOLDS for k, s in enumerate(order)}
    return [[i for i, e in enumerate(examples) if fold[e.label.story] == k] for k in range(FOLDS)]


def out_of_fold(examples: Sequence[Example], train_on: Callable[[Sequence[Example]], TopicModel]) -> Matrix:
    """Scores of every example by a model that has not seen its story."""
    out: dict[int, Matrix] = {}
    for held in folds(examples):
        aside = set(held)
        model = train_on([example for i, example in enumerate(examples) if i not in aside])
        if held:
            scores = matrix_of(model, [examples[i].parts for i in held]) @ model.weights + model.bias
            out.update(zip(held, scores, strict=True))
    return np.stack([out[i] for i in range(len(examples))])


def calibration(scores: Matrix, wanted: NDArray[np.bool_]) -> tuple[Matrix, Matrix]:
    """Slope and offset of each column that turn its scores into log-odds (Platt)."""
    slope, offset = np.ones(scores.shape[1], np.float32), np.zeros(scores.shape[1], np.float32)
    for j in range(scores.shape[1]):
        if wanted[:, j].sum() >= 3 and (~wanted[:, j]).sum() >= 3:
            regression = LogisticRegression(C=1.0, solver="liblinear").fit(scores[:, [j]], wanted[:, j])
            slope[j], offset[j] = regression.coef_[0, 0], regression.intercept_[0]
    return slope, offset


def with_thresholds(model: TopicModel, calibrated: Matrix, examples: Sequence[Example]) -> TopicModel:
    """Thresholds for the best F1: one for all, then each topic's own as far as its number of labels can be trusted."""
    count = len(model.topics)
    wanted = targets(examples, model.topics)
    probable, has = probability(calibrated[:, :count]), wanted[:, :count]
    common = float(max(GRID, key=partial(at_threshold, has, probable)))
    own = np.array([max(GRID, key=partial(at_threshold, has[:, j], probable[:, j])) for j in range(count)])
    trust = has.sum(0) / (has.sum(0) + TRUST)
    thresholds = (own * trust + common * (1 - trust)).astype(np.float32)
    model = with_(model, thresholds=thresholds)
    labels = [example.label.topics for example in examples]

    def goodness(pair: tuple[float, float]) -> float:
        gated = with_(model, nothing=pair[0], something=pair[1])
        filed = [[model.topics[t] for t in gated.choose(row)] for row in calibrated]
        found = quality(labels, filed, model.topics)
        return found.micro + found.none / 2

    pairs = [(a, b) for a in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6) for b in (0.5, 0.6, 0.7, 0.8, 0.9) if a <= b]
    nothing, something = max(pairs, key=goodness)
    return with_(model, nothing=nothing, something=something)


def at_threshold(wanted: NDArray[np.bool_], probable: Matrix, threshold: float) -> float:
    return f1(wanted, probable >= threshold)


def f1(wanted: NDArray[np.bool_], filed: NDArray[np.bool_]) -> float:
    both = float((wanted & filed).sum())
    return 2 * both / max(float(wanted.sum() + filed.sum()), 1.0)


def ratio(hits: int, filed: int, wanted: int) -> float:
    return 2 * hits / (filed + wanted) if filed + wanted else 1.0


def quality(labels: Sequence[Sequence[str]], filed: Sequence[Sequence[str]], topics: Collection[str]) -> Quality:
    pairs = list(zip(labels, filed, strict=True))
    table = {}
    for topic in topics:
        hits = sum(topic in own and topic in said for own, said in pairs)
        wanted, given = sum(topic in own for own, _ in pairs), sum(topic in said for _, said in pairs)
        table[topic] = (
            hits / given if given else 0.0,
            hits / wanted if wanted else 0.0,
            ratio(hits, given, wanted),
            wanted,
        )
    hits = sum(len(set(own) & set(said)) for own, said in pairs)
    first = sum(bool(own) and list(own[:1]) == list(said[:1]) for own, said in pairs)
    none = sum(not own and not said for own, said in pairs)
    return Quality(
        micro=ratio(hits, sum(len(said) for _, said in pairs), sum(len(own) for own, _ in pairs)),
        macro=sum(row[2] for row in table.values()) / len(table),
        first=ratio(first, sum(bool(said) for _, said in pairs), sum(bool(own) for own, _ in pairs)),
        none=ratio(none, sum(not said for _, said in pairs), sum(not own for own, _ in pairs)),
        topics=table,
    )


def card(examples: Sequence[Example], found: Quality, model: TopicModel) -> str:
    """The model card, in Markdown."""
    numbers = Counter(min(len(example.label.topics), 3) for example in examples)
    full = sum(example.label.full for example in examples)
    rows = "\n".join(
        f"| {topic} | {wanted} | {precision:.2f} | {recall:.2f} | {score:.2f} | {threshold:.2f} |"
        for (topic, (precision, recall, score, wanted)), threshold in zip(
            found.topics.items(), model.thresholds.tolist(), strict=True
        )
    )
    return f"""# Model card: cooperation topics

Files a Russian press release under cooperation topics, most important first, or under none.
Written by `svodka train topics`; do not edit.

**Model.** One logistic regression a topic over lemmas and pairs of lemmas (title ×{SETTINGS.title:g}, first paragraph
×{SETTINGS.lead:g}) and over the telling phrases of the topic files; a second set of regressions for the main topic puts
topics in order; one more tells whether there is any topic. All are calibrated on scores out of fold; thresholds are
chosen there too. {len(model.words):,} words and pairs, {len(model.cues):,} phrases, {len(model.topics)} topics.

**Data.** {len(examples)} releases written for this project, people invented: {full} with all facts
(`data/labels/releases`) and {len(examples) - full} with topics only (`data/labels/topics`).
{numbers[0]} have no topic, {numbers[1]} one, {numbers[2]} two, {numbers[3]} three or more.

**Figures.** {FOLDS}-fold cross-validation by story, measured on the releases with all facts:
micro-F1 {found.micro:.3f}, macro-F1 {found.macro:.3f}, main topic {found.first:.3f}, abstention {found.none:.3f}.
Thresholds are chosen on the same scores, so these are a little kind; the gate (`svodka evaluate`) is not.

| topic | labelled | precision | recall | F1 | threshold |
| --- | ---: | ---: | ---: | ---: | ---: |
{rows}

**Limits.** Texts in other languages than Russian are filed by chance. A release of a kind that the labels do not hold
(court reports, police bulletins) may be filed where its words suggest. Scores are probabilities for releases like
those of the data, where one in six has no topic; in a stream of mostly internal news they are too high.
"""
