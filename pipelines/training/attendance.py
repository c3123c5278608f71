"""Labelled releases → the judges of meetings: which words bring in events, who attends, as what, in which setting."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from nlp import positions
from nlp.annotation import Entity, EntityKind, Mention
from nlp.engine import Engine
from nlp.meetings import consensus, days, introduces, pairs, presence, settings, venues
from nlp.meetings.introduces import Features
from nlp.meetings.model import Array, Judge
from nlp.meetings.reader import EVENT_FLOOR, Judges, anchored
from nlp.meetings.roles import role_rows
from nlp.meetings.scene import Scene
from nlp.meetings.segments import Anchor, Segments
from pipelines.gold import Gold, releases
from pipelines.training.alignment import align
from pipelines.training.judge import curve, fit

FOLDS = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled release as training sees it."""

    id: str
    scene: Scene
    meetings: list[dict[str, Any]]
    anchors: list[int | None]
    """For each meeting the number of the candidate that brings it in."""
    words: list[Features]
    people: list[Features]

    @property
    def introduced(self) -> list[str]:
        own = set(self.anchors)
        return [str(int(i in own)) for i in range(len(self.words))]

    @property
    def present(self) -> list[str]:
        somewhere = {a["person"] for m in self.meetings for a in m["attendees"]}
        return [str(int(n in somewhere)) for n in self.scene.names]


def example(id_: str, scene: Scene, meetings: list[dict[str, Any]]) -> Example:
    return Example(id_, scene, meetings, align(scene, meetings), introduces.features(scene), presence.features(scene))


def folds(examples: Sequence[Example], count: int) -> list[tuple[list[Example], list[Example]]]:
    """Every `count`-th release is judged by what the others teach; the order of ids decides."""
    return [
        ([e for i, e in enumerate(examples) if i % count != f], [e for i, e in enumerate(examples) if i % count == f])
        for f in range(count)
    ]


def fit_words(examples: Sequence[Example]) -> Judge:
    return fit(
        [r for e in examples for r in e.words], [a for e in examples for a in e.introduced], frequent=35, share=0.45
    )


def fit_people(examples: Sequence[Example]) -> Judge:
    return fit(
        [r for e in examples for r in e.people], [a for e in examples for a in e.present], frequent=35, share=0.35
    )


@dataclass(frozen=True, slots=True)
class Laid:
    """Events laid over a release, with what each pair's row and answer is."""

    example: Example
    anchors: list[Anchor]
    gold: list[dict[str, Any] | None]
    rows: list[list[Features]]
    roles: list[list[Features]]


def laid(e: Example, anchors: list[Anchor], gold: list[dict[str, Any] | None], present: Sequence[float]) -> Laid:
    segments = Segments(e.scene, anchors)
    co = pairs.company(e.scene, segments, dict(zip(e.scene.names, present, strict=True)))
    rows = pairs.features(co)
    return Laid(e, anchors, gold, rows, [role_rows(co, k, r) for k, r in enumerate(rows)])


def with_gold_events(e: Example, likely: Sequence[float], present: Sequence[float]) -> Laid:
    """The release with its labelled events at their anchors."""
    own = {i: m for i, m in zip(e.anchors, e.meetings, strict=True) if i is not None}
    return laid(e, anchored(e.scene, list(own), likely), [own[i] for i in sorted(own)], present)


def with_read_events(e: Example, likely: Sequence[float], present: Sequence[float]) -> Laid:
    """The release with the events that the first judge finds; one that is no labelled event is attended by nobody."""
    anchors = pairs.anchors(e.scene, list(likely), EVENT_FLOOR)
    return laid(e, anchors, matched(e, anchors), present)


def matched(e: Example, anchors: Sequence[Anchor]) -> list[dict[str, Any] | None]:
    """The labelled meeting of each event found, aligned anew among them."""
    where = align(e.scene, e.meetings, [a.index for a in anchors])
    back = {i: m for i, m in zip(where, e.meetings, strict=True) if i is not None}
    return [back.get(a.index) for a in anchors]


def pair_rows(all_laid: Sequence[Laid]) -> tuple[list[Features], list[str]]:
    rows, answers = [], []
    for one in all_laid:
        for k, gold in enumerate(one.gold):
            who = {a["person"] for a in gold["attendees"]} if gold else set()
            for name, row in zip(one.example.scene.names, one.rows[k], strict=True):
                rows.append(row)
                answers.append(str(int(name in who)))
    return rows, answers


def fit_pairs(all_laid: Sequence[Laid]) -> Judge:
    rows, answers = pair_rows(all_laid)
    return fit(rows, answers, frequent=60, share=0.3)


def fit_roles(all_laid: Sequence[Laid]) -> Judge:
    rows, answers = [], []
    for one in all_laid:
        for k, gold in enumerate(one.gold):
            roles = {a["person"]: a["role"] for a in gold["attendees"]} if gold else {}
            for name, row in zip(one.example.scene.names, one.roles[k], strict=True):
                if name in roles:
                    rows.append(row)
                    answers.append(roles[name])
    return fit(rows, answers, frequent=40, share=0.4, rounds=50)


def fit_settings(all_laid: Sequence[Laid]) -> tuple[Judge, Judge, Judge]:
    around, placed, kinds, kind_rows, statuses, formats = [], [], [], [], [], []
    for one in all_laid:
        for k, (anchor, gold) in enumerate(zip(one.anchors, one.gold, strict=True)):
            if gold is None:
                continue
            row = settings.features(one.example.scene, anchor, k)
            around.append(row)
            known = (gold["status"], gold["place"] is not None, gold["date"] is not None, len(gold["attendees"]))
            placed.append(settings.of_format(row, *known))
            kind_rows.append(settings.of_kind(one.example.words[anchor.index]))
            kinds.append(gold["kind"])
            statuses.append(gold["status"])
            formats.append(gold["format"] or "none")
    return (
        fit(kind_rows, kinds, frequent=5, share=0.8, strength=2, rounds=12),
        fit(around, statuses, frequent=12, share=0.5, rounds=40),
        fit(placed, formats, frequent=12, share=0.5, rounds=40),
    )


def fit_days(all_laid: Sequence[Laid]) -> Judge:
    rows, answers = [], []
    for one in all_laid:
        segments = Segments(one.example.scene, one.anchors)
        told, running = days.told(one.example.scene)
        earlier: list[date | None] = []
        for k, gold in enumerate(one.gold):
            if gold is not None:
                found = days.options(one.example.scene, segments, k, told, running, earlier)
                earlier.append(date.fromisoformat(gold["date"]) if gold["date"] else None)
                rows += [o.row for o in found]
                answers += [str(int(o.day.first.isoformat() == gold["date"])) for o in found]
    return fit(rows, answers, frequent=15, share=0.3, rounds=60)


def fit_venues(all_laid: Sequence[Laid]) -> Judge:
    rows, answers = [], []
    for one in all_laid:
        segments = Segments(one.example.scene, one.anchors)
        earlier: list[str | None] = []
        for k, gold in enumerate(one.gold):
            if gold is not None:
                found = venues.options(one.example.scene, segments, k, earlier)
                earlier.append(gold["place"])
                rows += [o.row for o in found]
                answers += [str(int(o.name == gold["place"])) for o in found]
    return fit(rows, answers, frequent=15, share=0.3, rounds=60)


def fit_events(examples: Sequence[Example], first: Mapping[str, Sequence[float]]) -> Judge:
    rows = [r for e in examples for r in consensus.of_words(e.scene, e.words, first[e.id])]
    return fit(rows, [a for e in examples for a in e.introduced], frequent=35, share=0.3, rounds=60)


def fit_attends(all_laid: Sequence[Laid], again: Sequence[list[list[Features]]]) -> Judge:
    rows = [row for told in again for event in told for row in event]
    return fit(rows, pair_rows(all_laid)[1], frequent=40, share=0.3, rounds=60)


def look_again(all_laid: Sequence[Laid], raw: Sequence[float]) -> list[list[list[Features]]]:
    """Rows of the second judgement from the first one's probabilities, which come in the order of `pair_rows`."""
    out, at = [], 0
    for one in all_laid:
        width = len(one.example.scene.names)
        first = [list(raw[at + k * width : at + (k + 1) * width]) for k in range(len(one.rows))]
        at += len(one.rows) * width
        out.append(consensus.of_pairs(one.example.scene, Segments(one.example.scene, one.anchors), one.rows, first))
    return out


def train_judges(examples: Sequence[Example]) -> Judges:
    """Later judges learn from what earlier ones say of releases that they did not learn from."""
    first: dict[str, list[float]] = {}
    present: dict[str, list[float]] = {}
    for known, held in folds(examples, FOLDS):
        words, people = fit_words(known), fit_people(known)
        for e in held:
            first[e.id] = words.probabilities(e.words)[:, 1].tolist()
            present[e.id] = people.probabilities(e.people)[:, 1].tolist()
    likely: dict[str, list[float]] = {}
    for known, held in folds(examples, FOLDS):
        events = fit_events(known, first)
        for e in held:
            likely[e.id] = events.probabilities(consensus.of_words(e.scene, e.words, first[e.id]))[:, 1].tolist()
    gold = [with_gold_events(e, likely[e.id], present[e.id]) for e in examples]
    read = [with_read_events(e, likely[e.id], present[e.id]) for e in examples]
    both = [*gold, *read]
    raw = held_out(gold, read, lambda known: fit_pairs(known), lambda one: one.rows)
    again = look_again(both, np.concatenate(raw).tolist())
    told = {id(one): rows for one, rows in zip(both, again, strict=True)}
    second = held_out(
        gold, read, lambda known: fit_attends(known, [told[id(one)] for one in known]), lambda one: told[id(one)]
    )
    answers = np.array([a == "1" for a in pair_rows(read)[1]], dtype=float)
    kinds, statuses, formats = fit_settings(gold)
    return Judges(
        introduces=fit_words(examples),
        events=fit_events(examples, first),
        presence=fit_people(examples),
        pairs=fit_pairs(both),
        attends=replace(fit_attends(both, again), curve=curve(np.concatenate(second[len(gold) :]), answers)),
        roles=fit_roles(gold),
        kinds=kinds,
        statuses=statuses,
        formats=formats,
        days=fit_days(gold),
        venues=fit_venues(gold),
    )


def held_out(
    gold: Sequence[Laid],
    read: Sequence[Laid],
    teach: Callable[[list[Laid]], Judge],
    rows_of: Callable[[Laid], list[list[Features]]],
) -> list[Array]:
    """For each of gold, then read: what a judge says of it that learned from other releases only."""
    both = [*gold, *read]
    out: list[Array] = [np.zeros(0)] * len(both)
    for f in range(FOLDS):
        judge = teach([one for i, one in enumerate(both) if i % len(gold) % FOLDS != f])
        for i, one in enumerate(both):
            if i % len(gold) % FOLDS == f:
                out[i] = judge.probabilities([row for event in rows_of(one) for row in event])[:, 1]
    return out


def train(labels: Path, out: Path, *, exclude: frozenset[str]) -> dict[str, int]:
    """Writes the judges to `out/attendance`; returns how many releases, events and attendances they learned from."""
    engine = Engine()
    examples = [read_example(engine, gold) for gold in releases(labels) if gold.id not in exclude]
    train_judges(examples).save(out / "attendance")
    return {
        "releases": len(examples),
        "events": sum(len(e.meetings) for e in examples),
        "attendances": sum(len(m["attendees"]) for e in examples for m in e.meetings),
    }


def read_example(engine: Engine, gold: Gold) -> Example:
    doc, title = engine.parse([gold.release.text, gold.release.title])
    people, organisations, places = (entities(gold, group, kind) for group, kind in KINDS)
    held = positions.read(gold.release, doc, people, organisations, places)
    scene = Scene(gold.release, doc, title, people, organisations, places, held)
    return example(gold.id, scene, gold.fields["meetings"])


KINDS: tuple[tuple[str, EntityKind], ...] = (
    ("people", "person"),
    ("organisations", "organisation"),
    ("places", "place"),
)


def entities(gold: Gold, group: str, kind: EntityKind) -> tuple[Entity, ...]:
    """The labelled entities, each mention under its entity's name."""
    return tuple(
        Entity(
            kind=kind,
            name=e["name"],
            gender=e.get("gender"),
            mentions=tuple(
                Mention(start=a, stop=b, normal=e["name"]) for a, b in sorted(gold.offsets[group][e["name"]])
            ),
        )
        for e in gold.fields[group]
    )
