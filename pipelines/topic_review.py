"""Releases of a dataset whose topics a person should tell: those that would teach the topic model most come first."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.engine import Engine
from nlp.topics import TopicModel
from nlp.topics.model import parts
from pipelines.training.labels import NEAR, shingles
from store.dataset import Dataset

BATCH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    id: str
    source: str
    published: str | None
    title: str
    text: str
    topics: tuple[str, ...]
    """What the model would file it under now."""
    doubt: float
    """0: the model is sure of every topic; 1: some topic is as near its threshold as can be."""
    nearest: str
    """The topic that the model hesitates about most; "" where it is whether there is any."""


def proposals(dataset: Dataset, models: Path, labels: Path, limit: int, newest: int = 2000) -> list[Proposal]:
    """The `limit` most doubtful of the `newest` releases that `labels` does not answer, no two of them alike."""
    answered = answers(labels)
    rows = [row for row in texts(dataset, newest) if row[0] not in answered]
    model, engine = TopicModel.load(models), Engine()
    found = [
        proposal
        for start in range(0, len(rows), BATCH)
        for proposal in judged(rows[start : start + BATCH], model, engine)
    ]
    return apart(sorted(found, key=lambda p: (-p.doubt, p.id)), limit)


def texts(dataset: Dataset, newest: int) -> list[tuple[str, str, str | None, str, str]]:
    return dataset.db.execute(
        "SELECT r.id, r.source, r.day, v.title, v.body FROM release r JOIN version v ON v.n = r.version"
        " WHERE v.body != '' ORDER BY r.day DESC, r.n DESC LIMIT ?",
        (newest,),
    ).fetchall()


def judged(
    rows: Sequence[tuple[str, str, str | None, str, str]], model: TopicModel, engine: Engine
) -> Iterator[Proposal]:
    docs = engine.parse([text for *_, title, body in rows for text in (title, body)])
    for (id_, source, day, title, body), heading, doc in zip(rows, docs[::2], docs[1::2], strict=True):
        release = parts(heading, doc)
        topics, anything = model.probabilities(release)
        doubts = {"": closeness(anything, model.nothing)}
        for (topic, probable), threshold in zip(topics.items(), model.thresholds.tolist(), strict=True):
            doubts[topic] = closeness(probable, threshold)
        nearest = max(doubts, key=lambda topic: doubts[topic])
        yield Proposal(
            id=id_,
            source=source,
            published=day,
            title=title,
            text=body,
            topics=tuple(score.topic for score in model.decide(release)),
            doubt=doubts[nearest],
            nearest=nearest,
        )


def closeness(probable: float, threshold: float) -> float:
    """1 at the threshold, 0 at certainty on either side."""
    room = 1 - threshold if probable >= threshold else threshold
    return 1 - abs(probable - threshold) / max(room, 1e-9)


def apart(ordered: Sequence[Proposal], limit: int) -> list[Proposal]:
    """The first `limit`; a retelling of one already chosen teaches nothing new and is left out."""
    chosen: list[Proposal] = []
    seen: list[frozenset[tuple[str, ...]]] = []
    for proposal in ordered:
        if len(chosen) == limit:
            break
        own = shingles(proposal.text)
        if all(len(own & other) < NEAR * max(min(len(own), len(other)), 1) for other in seen):
            chosen.append(proposal)
            seen.append(own)
    return chosen


def answers(path: Path) -> frozenset[str]:
    """Ids that the file answers; a line cut short by a crash is no answer."""
    if not path.exists():
        return frozenset()
    out = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            out.add(str(json.loads(line)["id"]))
        except (ValueError, KeyError, TypeError):
            continue
    return frozenset(out)


def answer(path: Path, proposal: Proposal, topics: Sequence[str]) -> None:
    """One line in the format of `data/labels/topics`, on the disk before the next question is asked."""
    path.parent.mkdir(parents=True, exist_ok=True)
    line = {
        "id": proposal.id,
        "source": proposal.source,
        "published": proposal.published,
        "title": proposal.title,
        "text": proposal.text,
        "topics": list(topics),
        "story": proposal.id,
    }
    with path.open("a", encoding="utf-8") as file:
        if file.tell() and not path.read_text(encoding="utf-8").endswith("\n"):
            file.write("\n")
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
