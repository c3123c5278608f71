"""A release's lemmas in, its cooperation topics out, most important first; none is an answer too."""

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from nlp.annotation import TopicScore
from nlp.doc import Doc
from nlp.topics import kernels
from nlp.topics.features import Finder, Parts
from nlp.topics.kernels import Array


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

    phrases: Array
    """Those found, by their index in `Finder.phrases`, ascending: the first `len(words)` are rows of `weights`."""
    counts: Array
    values: Array
    """Tf-idf of unit length of the words learnt, 0 of the telling phrases."""
    cues: Array
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
        return Finder((*self.words, *self.cues))

    @cached_property
    def telling(self) -> tuple[Array, Array]:
        """For each phrase of the finder where its topics end in the second array, one 0 before; a cue tells of some."""
        told = [self.cues.get(phrase, ()) for phrase in self.finder.phrases]
        return np.cumsum([0, *map(len, told)]), np.array(list(chain(*told)), np.int64)

    @cached_property
    def shares(self) -> Array:
        """How many times a phrase in the title, in the lead, in the body counts."""
        return np.array((self.settings.title, self.settings.lead, 1.0))

    @cached_property
    def filing(self) -> tuple[Any, ...]:
        """What `kernels.file` asks for after the lemmas."""
        learnt = (self.settings.cue, self.weights, self.bias, self.thresholds)
        decision = (self.nothing, self.something, self.settings.ordering)
        return (self.shares, *self.finder.tree, self.idf, *self.telling, *learnt, *decision)

    def classify(self, title: Doc, doc: Doc) -> tuple[TopicScore, ...]:
        """Topics in order of importance; empty where the release is about no cooperation."""
        return self.decide(parts(title, doc))

    def classify_lemmas(self, title: Sequence[str], text: Sequence[str], lead: int = 0) -> tuple[TopicScore, ...]:
        """The same from lemmas; the first `lead` of the text's lemmas are its first paragraph."""
        return self.decide(Parts(title=title, lead=text[:lead], body=text[lead:]))

    def decide(self, release: Parts) -> tuple[TopicScore, ...]:
        chosen, probable, heaviest, heavy = kernels.file(*self.finder.read(release), *self.filing)
        return tuple(map(self.told, chosen.tolist(), probable.tolist(), heaviest.tolist(), heavy.tolist()))

    def told(self, topic: int, probable: float, heaviest: Sequence[int], heavy: Sequence[float]) -> TopicScore:
        """With the words that decided: what each added to the topic's score, in log-odds."""
        names = self.finder.phrases
        words = tuple((names[phrase], added) for phrase, added in zip(heaviest, heavy, strict=True) if phrase >= 0)
        return TopicScore(topic=self.topics[topic], score=probable, words=words)

    def probabilities(self, release: Parts) -> tuple[dict[str, float], float]:
        """Of each topic, and of any topic at all."""
        read = self.features(release)
        scores = kernels.score(read.phrases, read.values, read.cues, self.settings.cue, self.weights, self.bias)
        probable = probability(scores).tolist()
        return dict(zip(self.topics, probable, strict=False)), probable[-1]

    def features(self, release: Parts) -> Features:
        phrases, counts = self.finder.find(release, self.shares)
        values, cues = kernels.weigh(phrases, counts, self.idf, *self.telling, len(self.topics))
        return Features(phrases, counts, values, cues)

    def choose(self, scores: Array) -> list[int]:
        """Topics above their thresholds, the main one first; the likeliest one where only the sum speaks for it."""
        settings = (self.nothing, self.something, self.settings.ordering)
        return list(kernels.choose(scores, self.thresholds, *settings).tolist())


def parts(title: Doc, doc: Doc) -> Parts:
    """The lead is all up to the first line break."""
    line_end = doc.text.find("\n", len(doc.text) - len(doc.text.lstrip()))
    lead = bisect_left(doc.starts, line_end) if line_end >= 0 else len(doc.lemmas)
    return Parts(title=title.lemmas, lead=doc.lemmas[:lead], body=doc.lemmas[lead:])


def probability(scores: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)
