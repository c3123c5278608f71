"""A release's lemmas in, its cooperation topics out, most important first; none is an answer too."""

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.annotation import TopicScore
from nlp.doc import Doc
from nlp.topics.features import Finder, Found, Parts

Array = NDArray[np.float32]

EXPLAINING = 8
"""Words told with each topic."""
CERTAIN = 0.9
"""Probability of a topic that outweighs a doubt whether there is any."""


class BadTopicModel(ValueError):
    """The folder holds no topic model that this version reads; `svodka train topics` makes one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    title: float
    """How many times a word of the title counts."""
    lead: float
    cue: float
    """Weight of the topics' telling phrases beside the words learnt from labels."""
    ordering: float
    """How much the model of the main topic says when topics are put in order."""


class Features(NamedTuple):
    """What a model reads of one release."""

    found: Found
    rows: NDArray[np.intp]
    """The row of `weights` of each phrase found, or -1."""
    learnt: NDArray[np.bool_]
    """Those that have a row."""
    values: Array
    """Of the learnt ones."""
    cues: NDArray[Any]
    """Occurrences of each topic's telling phrases."""


@dataclass(frozen=True, kw_only=True)
class TopicModel:
    """Linear models over one set of features; columns of `weights`: each topic, each topic as the main one, any topic.

    All scores are calibrated: the logistic function of a column is a probability.
    """

    topics: tuple[str, ...]
    words: tuple[str, ...]
    """Words and pairs of words learnt from labels, in the order of `idf` and the first rows of `weights`."""
    cues: dict[str, tuple[int, ...]]
    """Telling phrases, and the topics that they tell of."""
    idf: Array
    weights: Array
    bias: Array
    thresholds: Array
    nothing: float
    """Below this probability of any topic the release is filed nowhere, unless one topic is `CERTAIN`."""
    something: float
    """From this probability of any topic on the likeliest is given even below its threshold."""
    settings: Settings

    @classmethod
    def load(cls, models: Path) -> "TopicModel":
        """From `models/topics/`; raises BadTopicModel where the files are missing or of another version."""
        folder = models / "topics"
        try:
            about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
                return cls(
                    topics=tuple(about["topics"]),
                    words=tuple(about["words"]),
                    cues={phrase: tuple(topics) for phrase, topics in about["cues"].items()},
                    idf=arrays["idf"].astype(np.float32),
                    weights=arrays["weights"].astype(np.float32),
                    bias=arrays["bias"].astype(np.float32),
                    thresholds=arrays["thresholds"].astype(np.float32),
                    nothing=about["nothing"],
                    something=about["something"],
                    settings=Settings(**about["settings"]),
                )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadTopicModel(f"{folder}: {error}; build it with `svodka train topics`") from error

    def save(self, models: Path) -> None:
        """The same model makes the same bytes."""
        folder = models / "topics"
        folder.mkdir(parents=True, exist_ok=True)
        about: dict[str, Any] = {
            "topics": self.topics,
            "nothing": self.nothing,
            "something": self.something,
            "settings": {name: getattr(self.settings, name) for name in Settings.__slots__},
            "cues": self.cues,
            "words": self.words,
        }
        text = json.dumps(about, ensure_ascii=False, indent=0)
        (folder / "model.json").write_text(text + "\n", encoding="utf-8")
        np.savez_compressed(
            folder / "weights.npz",
            idf=self.idf,
            weights=self.weights.astype(np.float16),
            bias=self.bias,
            thresholds=self.thresholds,
        )

    @cached_property
    def finder(self) -> Finder:
        return Finder({*self.words, *self.cues})

    @cached_property
    def rows(self) -> NDArray[np.intp]:
        """For each phrase of the finder its row of `weights`, or -1."""
        row = {word: n for n, word in enumerate(self.words)}
        return np.array([row.get(phrase, -1) for phrase in self.finder.phrases], np.intp)

    @cached_property
    def telling(self) -> Array:
        """For each phrase of the finder 1 under the topics that it is a cue of."""
        out = np.zeros((len(self.finder.phrases), len(self.topics)), np.float32)
        for n, phrase in enumerate(self.finder.phrases):
            out[n, list(self.cues.get(phrase, ()))] = 1
        return out

    def classify(self, title: Doc, doc: Doc) -> tuple[TopicScore, ...]:
        """Topics in order of importance; empty where the release is about no cooperation."""
        return self.decide(parts(title, doc))

    def classify_lemmas(self, title: Sequence[str], text: Sequence[str], lead: int = 0) -> tuple[TopicScore, ...]:
        """The same from lemmas; the first `lead` of the text's lemmas are its first paragraph."""
        return self.decide(Parts(title=title, lead=text[:lead], body=text[lead:]))

    def decide(self, release: Parts) -> tuple[TopicScore, ...]:
        read = self.features(release)
        scores = self.scores(read)
        chosen = self.choose(scores)
        if not chosen:
            return ()
        probable = probability(scores)
        return tuple(
            TopicScore(topic=self.topics[t], score=float(probable[t]), words=self.explain(t, read)) for t in chosen
        )

    def probabilities(self, release: Parts) -> tuple[dict[str, float], float]:
        """Of each topic, and of any topic at all."""
        probable = probability(self.scores(self.features(release))).tolist()
        return dict(zip(self.topics, probable, strict=False)), probable[-1]

    def features(self, release: Parts) -> Features:
        """Tf-idf of unit length for the words, damped counts for the cues of each topic."""
        found = self.finder.find(release, self.settings.title, self.settings.lead)
        rows = self.rows[found.phrases]
        learnt = rows >= 0
        values = np.log1p(found.counts[learnt]) * self.idf[rows[learnt]]
        values /= np.sqrt(values @ values) or 1.0
        cues = found.counts @ self.telling[found.phrases]
        return Features(found, rows, learnt, values.astype(np.float32), cues)

    def scores(self, read: Features) -> Array:
        cues = np.log1p(read.cues) * self.settings.cue
        words = read.values @ self.weights[read.rows[read.learnt]]
        return np.asarray(words + cues @ self.weights[len(self.words) :] + self.bias, np.float32)

    def choose(self, scores: Array) -> list[int]:
        """Topics above their thresholds, the main one first; the likeliest one where only the sum speaks for it."""
        count = len(self.topics)
        anything = probability(scores)[-1]
        probable = probability(scores[:count])
        if anything < self.nothing and probable.max() < CERTAIN:
            return []
        order = scores[:count] + self.settings.ordering * scores[count : 2 * count]
        chosen = np.flatnonzero(probable >= self.thresholds)
        if not len(chosen):
            return [int(np.argmax(order))] if anything >= self.something else []
        return [int(t) for t in sorted(chosen, key=lambda t: -order[t])]

    def explain(self, topic: int, read: Features) -> tuple[tuple[str, float], ...]:
        """What each word or phrase added to the topic's score (in log-odds), the heaviest first."""
        added = np.zeros(len(read.rows))
        added[read.learnt] = read.values * self.weights[read.rows[read.learnt], topic]
        if read.cues[topic]:
            cue = np.log1p(read.cues[topic]) * self.settings.cue * self.weights[len(self.words) + topic, topic]
            told = self.telling[read.found.phrases, topic] * read.found.counts
            added += told * (cue / read.cues[topic])
        heaviest = np.argsort(-added, kind="stable")[:EXPLAINING]
        names = self.finder.phrases
        return tuple((names[read.found.phrases[i]], float(added[i])) for i in heaviest if added[i] > 0)


def parts(title: Doc, doc: Doc) -> Parts:
    """The lead is all up to the first line break."""
    line_end = doc.text.find("\n", len(doc.text) - len(doc.text.lstrip()))
    lead = bisect_left(doc.starts, line_end) if line_end >= 0 else len(doc.lemmas)
    return Parts(title=title.lemmas, lead=doc.lemmas[:lead], body=doc.lemmas[lead:])


def probability(scores: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)
