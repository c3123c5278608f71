"""Labelled releases → the judges of meetings: which words bring in events, who attends, as what, in which setting."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from nlp import positions
from nlp.annotation import Entity, EntityKind, Mention
from nlp.doc import Doc
from nlp.engine import Engine
from nlp.meetings import consensus, days, hosts, introduces, pairs, presence, roles, settings, venues
from nlp.meetings.model import Judge
from nlp.meetings.reader import EVENT_FLOOR, Judges, anchored
from nlp.meetings.rows import Array, Table, Words
from nlp.meetings.scene import Scene
from nlp.meetings.segments import Anchor, Segments
from nlp.reading import Reading
from pipelines.gold import Gold, releases
from pipelines.training.alignment import align
from pipelines.training.employers import choices, train_employers
from pipelines.training.employers import held_out as held_out_employers
from pipelines.training.judge import SECOND, Sample, curve, fit

FOLDS = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled release as training sees it."""

    id: str
    scene: Scene
    meetings: list[dict[str, Any]]
    anchors: list[int | None]
    """For each meeting the number of the candidate that brings it in."""
    words: Table
    people: Table
    second: bool
    """Labelled by the second hand."""

    @property
    def introduced(self) -> list[str]:
        own = set(self.anchors)
        return [str(int(i in own)) for i in range(len(self.words))]

    @property
    def present(self) -> list[str]:
        somewhere = {a["person"] for m in self.meetings for a in m["attendees"]}
        return [str(int(n in somewhere)) for n in self.scene.names]


def example(gold: Gold, scene: Scene, words: Words) -> Example:
    """`words` learns every word met; the examples of one training share it."""
    meetings = gold.fields["meetings"]
    tables = introduces.features(scene, words), presence.features(scene, words)
    return Example(gold.id, scene, meetings, align(scene, meetings), *tables, gold.second)


def folds(examples: Sequence[Example], count: int) -> list[tuple[list[Example], list[Example]]]:
    """Every `count`-th release is judged by what the others teach; the order of ids decides."""
    return [
        ([e for i, e in enumerate(examples) if i % count != f], [e for i, e in enumerate(examples) if i % count == f])
        for f in range(count)
    ]


def fit_tables(examples: Sequence[Example], tables: Sequence[Table], answers: Sequence[str], **settings: Any) -> Judge:
    """Each table stands beside its example."""
    sample = Sample.of_tables(tables, [e.second for e in examples])
    return fit(sample, answers, **settings).bound(tables[0].bags.words)


def fit_words(examples: Sequence[Example]) -> Judge:
    answers = [a for e in examples for a in e.introduced]
    return fit_tables(examples, [e.words for e in examples], answers, frequent=35, share=0.45)


def fit_people(examples: Sequence[Example]) -> Judge:
    answers = [a for e in examples for a in e.present]
    return fit_tables(examples, [e.people for e in examples], answers, frequent=35, share=0.35)


@dataclass(frozen=True, slots=True)
class Laid:
    """Events laid over a release, with what each pair's row and answer is."""

    example: Example
    anchors: list[Anchor]
    gold: list[dict[str, Any] | None]
    company: pairs.Company
    rows: Table


def laid(e: Example, anchors: list[Anchor], gold: list[dict[str, Any] | None], present: Sequence[float]) -> Laid:
    co = pairs.company(e.scene, Segments(e.scene, anchors), present, e.words.bags.words)
    return Laid(e, anchors, gold, co, pairs.features(co))


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


def pair_answers(all_laid: Sequence[Laid]) -> list[str]:
    out = []
    for one in all_laid:
        for gold in one.gold:
            who = {a["person"] for a in gold["attendees"]} if gold else set()
            out += [str(int(name in who)) for name in one.example.scene.names]
    return out


def fit_pairs(all_laid: Sequence[Laid]) -> Judge:
    examples, tables = [one.example for one in all_laid], [one.rows for one in all_laid]
    return fit_tables(examples, tables, pair_answers(all_laid), frequent=60, share=0.3)


def fit_roles(all_laid: Sequence[Laid]) -> Judge:
    examples: list[Example] = []
    tables: list[Table] = []
    answers: list[str] = []
    for one in all_laid:
        known = {
            (k, i): attendee["role"]
            for k, gold in enumerate(one.gold)
            for attendee in (gold["attendees"] if gold else ())
            for i in [named(one.example.scene, attendee["person"])]
            if i is not None
        }
        if known:
            examples.append(one.example)
            tables.append(roles.features(one.company, one.rows, list(known)))
            answers += known.values()
    return fit_tables(examples, tables, answers, frequent=40, share=0.4, rounds=50)


def named(scene: Scene, name: str) -> int | None:
    return scene.names.index(name) if name in scene.names else None


def fit_settings(all_laid: Sequence[Laid]) -> tuple[Judge, Judge, Judge]:
    """Kinds and formats from both hands, statuses from the first: the second's told nothing more of them."""
    around, placed, kinds, words, statuses, formats, second = [], [], [], [], [], [], []
    for one in all_laid:
        for k, (anchor, gold) in enumerate(zip(one.anchors, one.gold, strict=True)):
            if gold is None:
                continue
            row = settings.features(one.example.scene, anchor, k)
            second.append(one.example.second)
            if not one.example.second:
                around.append(row)
                statuses.append(gold["status"])
            known = (gold["status"], gold["place"] is not None, gold["date"] is not None, len(gold["attendees"]))
            placed.append({**settings.of_format(row, *known), SECOND: one.example.second})
            words.append(one.example.words.only([anchor.index]))
            kinds.append(gold["kind"])
            formats.append(gold["format"] or "none")
    return (
        fit(
            Sample.of_tables(words, second).columns(settings.of_kind),
            kinds,
            frequent=5,
            share=0.8,
            strength=2,
            rounds=12,
        ),
        fit(Sample.of_rows(around), statuses, frequent=12, share=0.5, rounds=40),
        fit(Sample.of_rows(placed), formats, frequent=12, share=0.5, rounds=40),
    )


def fit_days(all_laid: Sequence[Laid]) -> Judge:
    """From the first hand's releases: the second's told nothing more of days."""
    rows, answers = [], []
    for one in all_laid:
        if one.example.second:
            continue
        segments = Segments(one.example.scene, one.anchors)
        told, running = days.told(one.example.scene)
        earlier: list[date | None] = []
        for k, gold in enumerate(one.gold):
            if gold is not None:
                found = days.options(one.example.scene, segments, k, told, running, earlier)
                earlier.append(date.fromisoformat(gold["date"]) if gold["date"] else None)
                rows += [o.row for o in found]
                answers += [str(int(o.day.first.isoformat() == gold["date"])) for o in found]
    return fit(Sample.of_rows(rows), answers, frequent=15, share=0.3, rounds=60)


def fit_venues(all_laid: Sequence[Laid]) -> Judge:
    rows, answers = [], []
    for one in all_laid:
        ground = venues.ground(one.example.scene, Segments(one.example.scene, one.anchors))
        earlier: list[str | None] = []
        for k, gold in enumerate(one.gold):
            if gold is not None:
                found = venues.options(ground, k, earlier)
                earlier.append(gold["place"])
                rows += [{**o.row, SECOND: one.example.second} for o in found]
                answers += [str(int(o.name == gold["place"])) for o in found]
    return fit(Sample.of_rows(rows), answers, frequent=10, share=0.3, rounds=100, leaves=31)


def fit_hosts(all_laid: Sequence[Laid]) -> Judge:
    rows, answers = [], []
    for one in all_laid:
        segments = Segments(one.example.scene, one.anchors)
        found = hosts.bodies(one.example.scene, segments)
        for k, gold in enumerate(one.gold):
            if gold is not None:
                thought = hosts.options(one.example.scene, segments, k, found)
                rows += [{**o.row, SECOND: one.example.second} for o in thought]
                answers += [str(int(o.name in gold["organisations"])) for o in thought]
    return fit(Sample.of_rows(rows), answers, frequent=20, share=0.4, rounds=80)


def fit_events(examples: Sequence[Example], first: Mapping[str, Array]) -> Judge:
    examples = [e for e in examples if len(e.words)]
    tables = [consensus.of_words(e.scene, e.words, first[e.id]) for e in examples]
    sample = Sample.of_tables(tables, [e.second for e in examples])
    answers = [a for e in examples for a in e.introduced]
    kept = sample.columns(lambda name: consensus.narrowed(name, consensus.KEPT_WORDS))
    return fit(kept, answers, frequent=35, share=0.3, rounds=60).bound(examples[0].words.bags.words)


def fit_attends(examples: Sequence[Example], again: Sequence[Table], answers: Sequence[str]) -> Judge:
    sample = Sample.of_tables(again, [e.second for e in examples])
    sample = sample.columns(lambda name: consensus.narrowed(name, consensus.KEPT_PAIRS))
    return fit(sample, answers, frequent=40, share=0.3, rounds=60).bound(again[0].bags.words)


def look_again(one: Laid, first: Array) -> Table:
    """Rows of the second judgement from the first one's probabilities."""
    return (
        consensus.of_pairs(one.example.scene, one.rows, first.reshape(len(one.anchors), -1)) if len(first) else one.rows
    )


def train_judges(examples: Sequence[Example]) -> Judges:
    """Later judges learn from what earlier ones say of releases that they did not learn from."""
    first: dict[str, Array] = {}
    present: dict[str, list[float]] = {}
    for known, held in folds(examples, FOLDS):
        words, people = fit_words(known), fit_people(known)
        for e in held:
            first[e.id] = words.of_table(e.words)[:, 1]
            present[e.id] = people.of_table(e.people)[:, 1].tolist()
    likely: dict[str, list[float]] = {}
    for known, held in folds(examples, FOLDS):
        events = fit_events(known, first)
        for e in held:
            likely[e.id] = events.of_table(consensus.of_words(e.scene, e.words, first[e.id]))[:, 1].tolist()
    gold = [with_gold_events(e, likely[e.id], present[e.id]) for e in examples]
    read = [with_read_events(e, likely[e.id], present[e.id]) for e in examples]
    both = [*gold, *read]
    by_pairs = held_out(both, [one.rows for one in both], fit_pairs)
    again = [look_again(one, raw) for one, raw in zip(both, by_pairs, strict=True)]
    told = dict(zip(map(id, both), again, strict=True))
    by_attends = held_out(
        both,
        again,
        lambda known: fit_attends([o.example for o in known], [told[id(o)] for o in known], pair_answers(known)),
    )
    first_hand = [(one, raw) for one, raw in zip(read, by_attends[len(gold) :], strict=True) if not one.example.second]
    answers = np.array([a == "1" for a in pair_answers([one for one, _ in first_hand])], dtype=float)
    kinds, statuses, formats = fit_settings(gold)
    return Judges.of(
        {
            "introduces": fit_words(examples),
            "events": fit_events(examples, first),
            "presence": fit_people(examples),
            "pairs": fit_pairs(both),
            "attends": replace(
                fit_attends([one.example for one in both], again, pair_answers(both)),
                curve=curve(np.concatenate([raw for _, raw in first_hand]), answers),
            ),
            "roles": fit_roles(gold),
            "kinds": kinds,
            "statuses": statuses,
            "formats": formats,
            "days": fit_days(gold),
            "venues": fit_venues(gold),
            "hosts": fit_hosts(gold),
        }
    )


def held_out(both: Sequence[Laid], tables: Sequence[Table], teach: Callable[[list[Laid]], Judge]) -> list[Array]:
    """For each release with gold, then with read events: what a judge says that learned from other releases only."""
    half = len(both) // 2
    out: list[Array] = [np.zeros(0)] * len(both)
    for f in range(FOLDS):
        judge = teach([one for i, one in enumerate(both) if i % half % FOLDS != f])
        for i, table in enumerate(tables):
            if i % half % FOLDS == f and len(table):
                out[i] = judge.of_table(table)[:, 1]
    return out


def train(labels: Path, out: Path, *, exclude: frozenset[str]) -> dict[str, int]:
    """Writes the judges to `out/attendance`; returns how many releases, events and attendances they learned from."""
    examples, employers = read_examples([gold for gold in releases(labels) if gold.id not in exclude])
    employers.save(out / "attendance", "employers")
    train_judges(examples).save(out / "attendance")
    return {
        "releases": len(examples),
        "events": sum(len(e.meetings) for e in examples),
        "attendances": sum(len(m["attendees"]) for e in examples for m in e.meetings),
    }


def read_examples(golds: Sequence[Gold]) -> tuple[list[Example], Judge]:
    """Each release with posts whose employers are told by a judge that did not learn from it; and the judge of all."""
    engine = Engine()
    parsed = [Parsed.of(engine, gold) for gold in golds]
    known = [choice for one in parsed for choice in choices(one.gold, Reading(one.doc, *one.named))]
    judges, order = held_out_employers(known, FOLDS)
    words = Words()
    return [one.example(judges[order.get(one.gold.id, 0)], words) for one in parsed], train_employers(known)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A labelled release with its labelled people, organisations and places."""

    gold: Gold
    doc: Doc
    title: Doc
    named: tuple[tuple[Entity, ...], tuple[Entity, ...], tuple[Entity, ...]]

    @classmethod
    def of(cls, engine: Engine, gold: Gold) -> "Parsed":
        doc, title = engine.parse([gold.release.text, gold.release.title])
        people, organisations, places = (entities(gold, group, kind) for group, kind in KINDS)
        return cls(gold, doc, title, (people, organisations, places))

    def example(self, employers: Judge, words: Words) -> Example:
        held = positions.read(self.gold.release, self.doc, *self.named, employers)
        scene = Scene(self.gold.release, self.doc, self.title, *self.named, held)
        return example(self.gold, scene, words)


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
