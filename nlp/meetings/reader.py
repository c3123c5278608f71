"""A release and its entities in, its meetings out: candidates, events, who attends, as what, when, where, how."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nlp.annotation import Attendance, Entity, Involvement, Meeting, Position, Release
from nlp.doc import Doc
from nlp.event_dates import Named
from nlp.meetings import consensus, introduces, nonevents, pairs, presence, settings
from nlp.meetings.days import days_of
from nlp.meetings.evidence import Evidence, evidence_for, involvement
from nlp.meetings.hosts import bodies_of
from nlp.meetings.model import Judge
from nlp.meetings.roles import role_rows, speaks
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

    @classmethod
    def load(cls, folder: Path) -> "Judges":
        return cls(**{name: Judge.load(folder, name) for name in JUDGES})

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
    rows = introduces.features(scene)
    at_first = judges.introduces.probabilities(rows)[:, 1]
    likely = judges.events.probabilities(consensus.of_words(scene, rows, at_first.tolist()))[:, 1]
    real = [0.0 if nonevents.is_none(scene, c) else p for c, p in zip(scene.candidates, likely.tolist(), strict=True)]
    anchors = pairs.anchors(scene, real, EVENT_FLOOR)
    if not anchors:
        return ()
    segments = Segments(scene, anchors)
    around = [settings.features(scene, a, k) for k, a in enumerate(anchors)]
    statuses = chosen(judges.statuses, around)
    kinds = chosen(judges.kinds, [settings.of_kind(rows[a.index]) for a in anchors])
    attending = who_attends(scene, segments, judges)
    days = days_of(scene, segments, judges.days)
    places = places_of(scene, segments, judges.venues)
    formats = chosen(
        judges.formats,
        [
            settings.of_format(row, statuses[k], places[k] is not None, days[k] is not None, len(attending[k][0]))
            for k, row in enumerate(around)
        ],
    )
    out = []
    for k, anchor in enumerate(anchors):
        taking, unsure = attending[k]
        if statuses[k] == "cancelled":
            taking, unsure = (), ()
        if not taking and anchor.probability < BARE_EVENT_FLOOR:
            continue
        form = settings.format_by_rule(scene, anchor, kinds[k]) or formats[k]
        out.append(meeting(scene, segments, k, (kinds[k], statuses[k], form), (days[k], places[k]), taking, unsure))
    return tuple(out)


def chosen(judge: Judge, rows: Sequence[introduces.Features]) -> list[str]:
    return [judge.classes[i] for i in judge.probabilities(rows).argmax(axis=1)]


def who_attends(
    scene: Scene, segments: Segments, judges: Judges
) -> list[tuple[tuple[Attendance, ...], tuple[Involvement, ...]]]:
    """For each event its attendances, and the people left to review or tied to it otherwise."""
    if not scene.names:
        return [((), ()) for _ in segments.anchors]
    present = judges.presence.probabilities(presence.features(scene))[:, 1]
    co = pairs.company(scene, segments, dict(zip(scene.names, present.tolist(), strict=True)))
    rows = pairs.features(co)
    at_first = judges.pairs.probabilities([r for event in rows for r in event])[:, 1].reshape(len(rows), -1)
    again = consensus.of_pairs(scene, segments, rows, at_first.tolist())
    sure_of = judges.attends.calibrated(judges.attends.probabilities([r for event in again for r in event])[:, 1])
    roles_of = chosen(judges.roles, [r for k, event in enumerate(rows) for r in role_rows(co, k, event)])
    width = len(scene.names)
    out = []
    for k in range(len(rows)):
        sure, roles = sure_of[k * width : (k + 1) * width], roles_of[k * width : (k + 1) * width]
        taking, unsure = [], []
        certain = [name for name, p in zip(scene.names, sure, strict=True) if p >= ATTENDANCE_FLOOR]
        for i, name in enumerate(scene.names):
            evidence = evidence_for(scene, segments, k, name)
            tie = involvement(scene, segments, k, name, evidence)
            if tie is not None and tie.status != "signed":
                unsure.append(tie)
            elif sure[i] >= ATTENDANCE_FLOOR:
                taking.append(attendance(scene, name, roles[i], evidence, float(sure[i])))
            elif sure[i] >= REVIEW_FLOOR and heard_at_only_event(scene, segments, name, certain):
                said = replace(evidence, rule="heard_at_only_event")
                taking.append(attendance(scene, name, roles[i], said, HEARD))
            elif tie is not None:
                unsure.append(tie)
            elif sure[i] >= REVIEW_FLOOR:
                unsure.append(
                    Involvement(
                        person=name,
                        status="review",
                        span=evidence.span,
                        evidence=evidence.sentence,
                        rule=evidence.rule,
                        confidence=float(sure[i]),
                    )
                )
        out.append((tuple(taking), tuple(unsure)))
    return out


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
    taking: tuple[Attendance, ...],
    unsure: tuple[Involvement, ...],
) -> Meeting:
    anchor = segments.anchors[k]
    token = anchor.candidate.token
    kind, status, form = setting
    day, place = where
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
        status=status,  # type: ignore[arg-type]
        attendees=taking,
        involved=unsure,
        organisations=bodies_of(scene, segments, k),
        mentions=tuple(mentions),
        rule="verb" if anchor.candidate.verbal else "noun",
        confidence=float(np.clip(anchor.probability, 0, 1)),
    )


def anchored(scene: Scene, indices: Sequence[int], likely: Sequence[float]) -> list[Anchor]:
    """Anchors at given candidates: how training lays gold events over a scene."""
    return [Anchor(scene.candidates[i], i, likely[i]) for i in sorted(indices)]
