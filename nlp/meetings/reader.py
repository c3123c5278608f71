"""A release and its entities in, its meetings out: candidates, events, who attends, as what, when, where, how."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nlp.annotation import Attendance, Entity, Involvement, Meeting, Position, Release
from nlp.doc import Doc
from nlp.event_dates import Named
from nlp.meetings import consensus, introduces, nonevents, pairs, presence, roles, settings
from nlp.meetings.days import days_of
from nlp.meetings.evidence import Evidence, Ties, evidence_for, involvement, ties
from nlp.meetings.hosts import bodies_of
from nlp.meetings.model import Judge
from nlp.meetings.roles import speaks
from nlp.meetings.rows import Array, Words
from nlp.meetings.scene import Scene
from nlp.meetings.segments import Anchor, Segments
from nlp.meetings.titles import title
from nlp.meetings.venues import places_of

JUDGES = (
    "introduces",
    "events",
    "presence",
    "pairs",
    "attends",
    "roles",
    "kinds",
    "statuses",
    "formats",
    "days",
    "venues",
    "hosts",
)
EVENT_FLOOR = 0.36
"""Probability from which a word is taken to bring in an event."""
BARE_EVENT_FLOOR = 0.48
"""The same for an event that nobody attends by name."""
ATTENDANCE_FLOOR = 0.42
"""Calibrated probability from which an attendance goes into the dataset."""
HEARD = 0.9
"""Confidence of `heard_at_only_event`: right for 32 of 33 people of the labelled releases."""
REVIEW_FLOOR = 0.25
"""Between this and `ATTENDANCE_FLOOR` it goes to review."""


@dataclass(frozen=True, slots=True)
class Judges:
    """The trained parts, by name."""

    introduces: Judge
    events: Judge
    presence: Judge
    pairs: Judge
    attends: Judge
    roles: Judge
    kinds: Judge
    statuses: Judge
    formats: Judge
    days: Judge
    venues: Judge
    hosts: Judge

    words: Words
    """The columns of all of them; tables for the judges hold their numbers."""

    @classmethod
    def of(cls, judges: Mapping[str, Judge]) -> "Judges":
        words = Words(sorted({column for judge in judges.values() for column in judge.columns}))
        return cls(**{name: judge.bound(words) for name, judge in judges.items()}, words=words)

    @classmethod
    def load(cls, folder: Path) -> "Judges":
        return cls.of({name: Judge.load(folder, name) for name in JUDGES})

    def save(self, folder: Path) -> None:
        for name in JUDGES:
            getattr(self, name).save(folder, name)


class MeetingReader:
    """Loads the models of `models/attendance` once; `read` keeps no state between releases."""

    def __init__(self, models: Path) -> None:
        self.judges = Judges.load(models / "attendance")

    def read(
        self,
        release: Release,
        doc: Doc,
        title: Doc,
        people: Sequence[Entity],
        organisations: Sequence[Entity],
        places: Sequence[Entity],
        positions: Sequence[Position] = (),
    ) -> tuple[Meeting, ...]:
        scene = Scene(release, doc, title, people, organisations, places, positions)
        return read_scene(scene, self.judges)


def read_scene(scene: Scene, judges: Judges) -> tuple[Meeting, ...]:
    if not scene.candidates:
        return ()
    table = introduces.features(scene, judges.words)
    at_first = judges.introduces.of_table(table)[:, 1]
    likely = judges.events.of_table(consensus.of_words(scene, table, at_first))[:, 1]
    real = [0.0 if nonevents.is_none(scene, c) else p for c, p in zip(scene.candidates, likely.tolist(), strict=True)]
    anchors = pairs.anchors(scene, real, EVENT_FLOOR)
    if not anchors:
        return ()
    segments = Segments(scene, anchors)
    around = [settings.features(scene, a, k) for k, a in enumerate(anchors)]
    statuses = chosen(judges.statuses, judges.statuses.probabilities(around))
    kinds = chosen(judges.kinds, judges.kinds.of_table(table.only([a.index for a in anchors])))
    attending = who_attends(scene, segments, judges)
    days = days_of(scene, segments, judges.days)
    places = places_of(scene, segments, judges.venues)
    placed = [
        settings.of_format(row, statuses[k], places[k] is not None, days[k] is not None, len(attending[k][0]))
        for k, row in enumerate(around)
    ]
    formats = chosen(judges.formats, judges.formats.probabilities(placed))
    bodies = bodies_of(scene, segments, judges.hosts)
    out = []
    for k, anchor in enumerate(anchors):
        taking, unsure = attending[k]
        if statuses[k] == "cancelled":
            taking, unsure = (), ()
        if not taking and anchor.probability < BARE_EVENT_FLOOR:
            continue
        form = settings.format_by_rule(scene, anchor, kinds[k]) or formats[k]
        out.append(
            meeting(scene, segments, k, (kinds[k], statuses[k], form), (days[k], places[k]), bodies[k], taking, unsure)
        )
    return tuple(out)


def chosen(judge: Judge, probabilities: Array) -> list[str]:
    return [judge.classes[i] for i in probabilities.argmax(axis=1)]


Attending = tuple[tuple[Attendance, ...], tuple[Involvement, ...]]


def who_attends(scene: Scene, segments: Segments, judges: Judges) -> list[Attending]:
    """For each event its attendances, and the people left to review or tied to it otherwise."""
    if not scene.names:
        return [((), ()) for _ in segments.anchors]
    present = judges.presence.of_table(presence.features(scene, judges.words))[:, 1]
    co = pairs.company(scene, segments, present.tolist(), judges.words)
    table = pairs.features(co)
    at_first = judges.pairs.of_table(table)[:, 1].reshape(len(co.events), -1)
    again = consensus.of_pairs(scene, table, at_first)
    sure = judges.attends.calibrated(judges.attends.of_table(again)[:, 1]).reshape(at_first.shape)
    tied = ties(scene)
    verdicts = [judged(scene, segments, k, row, tied) for k, row in enumerate(sure.tolist())]
    shown = [(k, i) for k, (taking, _) in enumerate(verdicts) for i in taking]
    led = chosen(judges.roles, judges.roles.of_table(roles.features(co, table, shown))) if shown else []
    roles_of = dict(zip(shown, led, strict=True))
    return [
        (
            tuple(attendance(scene, scene.names[i], roles_of[k, i], *told) for i, told in taking.items()),
            tuple(unsure),
        )
        for k, (taking, unsure) in enumerate(verdicts)
    ]


def judged(
    scene: Scene, segments: Segments, k: int, sure: Sequence[float], tied: Ties
) -> tuple[dict[int, tuple[Evidence, float]], list[Involvement]]:
    """The people who attend event `k`, by number, with what says so and how surely; and those who may or do not."""
    certain = [name for name, p in zip(scene.names, sure, strict=True) if p >= ATTENDANCE_FLOOR]
    taking: dict[int, tuple[Evidence, float]] = {}
    unsure: list[Involvement] = []
    for i, (name, p) in enumerate(zip(scene.names, sure, strict=True)):
        tie = involvement(scene, segments, k, tied[name])
        if tie is not None and tie.status != "signed":
            unsure.append(tie)
            continue
        evidence = evidence_for(scene, segments, k, name) if p >= REVIEW_FLOOR else None
        if evidence is not None and p >= ATTENDANCE_FLOOR:
            taking[i] = evidence, p
        elif evidence is not None and heard_at_only_event(scene, segments, name, certain):
            taking[i] = replace(evidence, rule="heard_at_only_event"), HEARD
        elif tie is not None:
            unsure.append(tie)
        elif evidence is not None:
            unsure.append(for_review(name, evidence, p))
    return taking, unsure


def for_review(name: str, evidence: Evidence, sure: float) -> Involvement:
    return Involvement(
        person=name,
        status="review",
        span=evidence.span,
        evidence=evidence.sentence,
        rule=evidence.rule,
        confidence=sure,
    )


def heard_at_only_event(scene: Scene, segments: Segments, name: str, certain: Sequence[str]) -> bool:
    """«Иван Петров отметил …» between those who attend, in a release that tells of one event."""
    if len(segments.anchors) != 1 or not certain:
        return False
    anchor = segments.anchors[0].candidate.token
    last = max(scene.mentions[other][0].token for other in certain)
    first = scene.mentions[name][0].token
    return first < last and any(speaks(scene, m.token) for m in scene.mentions[name] if m.token > anchor)


def attendance(scene: Scene, name: str, role: str, evidence: Evidence, sure: float) -> Attendance:
    held = next((p for p in scene.positions if p.person == name and not p.former), None)
    return Attendance(
        person=name,
        role=role,  # type: ignore[arg-type]
        span=evidence.span,
        evidence=evidence.sentence,
        rule=evidence.rule,
        confidence=sure,
        position=None if held is None else held.position,
        organisation=None if held is None else held.organisation,
        side=evidence.side,
    )


def meeting(
    scene: Scene,
    segments: Segments,
    k: int,
    setting: tuple[str, str, str],
    where: tuple[Named | None, str | None],
    bodies: tuple[str, ...],
    taking: tuple[Attendance, ...],
    unsure: tuple[Involvement, ...],
) -> Meeting:
    anchor = segments.anchors[k]
    token = anchor.candidate.token
    kind, status, form = setting
    day, place = where
    postponed = settings.postponed(scene, anchor)
    mentions = sorted(
        {(scene.starts[x.token], scene.stops[x.token]) for links in segments.links for x in links if x.event == k}
    )
    return Meeting(
        kind=kind,
        name=title(scene, anchor.candidate),
        span=(scene.starts[token], scene.stops[token]),
        date=None if day is None else day.first,
        date_end=None if day is None else day.last,
        date_raw=None if day is None else scene.text[day.start : day.stop],
        place=place,
        format=None if form == "none" else form,  # type: ignore[arg-type]
        status="planned" if postponed else status,  # type: ignore[arg-type]
        postponed=postponed,
        attendees=taking,
        involved=unsure,
        organisations=bodies,
        mentions=tuple(mentions),
        rule="verb" if anchor.candidate.verbal else "noun",
        confidence=float(np.clip(anchor.probability, 0, 1)),
    )


def anchored(scene: Scene, indices: Sequence[int], likely: Sequence[float]) -> list[Anchor]:
    """Anchors at given candidates: how training lays gold events over a scene."""
    return [Anchor(scene.candidates[i], i, likely[i]) for i in sorted(indices)]
