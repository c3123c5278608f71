"""Meetings out of the dataset: rows of a listing, one with everything told of it, filters."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from store import entities, topics
from store.faults import Unknown
from store.records import Attendee, Evidence, Involved, Meeting, MeetingRow, Named, Page, Telling

Order = Literal["newest", "oldest", "people"]
ORDERS = {
    "newest": "e.date IS NULL, e.date DESC, e.id",
    "oldest": "e.date IS NULL, e.date, e.id",
    "people": "e.people DESC, e.date DESC, e.id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFilter:
    """Everything that is set must hold; names are matched in any case form, an id stands for itself."""

    since: str | None = None
    """ISO date; a meeting that ends later still counts."""
    until: str | None = None
    persons: tuple[str, ...] = ()
    """All of these attended."""
    organisation: str | None = None
    """Took part, or somebody represented it."""
    place: str | None = None
    topic: str | None = None
    source: str | None = None
    kind: str | None = None
    format: str | None = None
    status: str | None = None
    shared: bool = False
    """Only those told of by more than one release."""


EVERY = MeetingFilter()


def listing(
    db: sqlite3.Connection,
    wanted: MeetingFilter = EVERY,
    limit: int = 50,
    offset: int = 0,
    order: Order = "newest",
) -> Page[MeetingRow]:
    where, values = condition(db, wanted)
    total = int(db.execute(f"SELECT count(*) FROM event e WHERE {where}", values).fetchone()[0])
    ids = [
        row[0]
        for row in db.execute(
            f"SELECT e.id FROM event e WHERE {where} ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?",
            [*values, limit, offset],
        )
    ]
    after = str(offset + limit) if offset + limit < total else None
    return Page(rows=tuple(rows(db, ids)), total=total, after=after)


ATTENDED = (
    "e.id IN (SELECT m.event FROM attendance t JOIN meeting m ON m.n = t.meeting JOIN appearance a ON a.n = t.person"
    " WHERE a.entity IN (SELECT value FROM json_each(?)))"
)
TOOK_PART = (
    "e.id IN (SELECT m.event FROM appearance a JOIN ("
    "SELECT meeting, organisation FROM meeting_organisation UNION SELECT meeting, organisation FROM attendance) t"
    " ON t.organisation = a.n JOIN meeting m ON m.n = t.meeting"
    " WHERE a.entity IN (SELECT value FROM json_each(?)))"
)


def condition(db: sqlite3.Connection, wanted: MeetingFilter) -> tuple[str, list[Any]]:
    parts: list[tuple[str, Any]] = [
        ("coalesce(e.date_end, e.date) >= ?", wanted.since),
        ("e.date <= ?", wanted.until),
        ("fold(e.kind) = fold(?)", wanted.kind),
        ("e.format = ?", wanted.format),
        ("e.status = ?", wanted.status),
        ("e.id IN (SELECT m.event FROM meeting m JOIN release r ON r.n = m.release WHERE r.source = ?)", wanted.source),
    ]
    if wanted.topic is not None:
        codes = json.dumps(topics.codes(wanted.topic))
        told = "SELECT m.event FROM meeting m JOIN topic t ON t.release = m.release WHERE t.topic IN"
        parts.append((f"e.id IN ({told} (SELECT value FROM json_each(?)))", codes))
    parts += [(ATTENDED, entities.ids_json(entities.named(db, "person", person))) for person in wanted.persons]
    if wanted.organisation is not None:
        ids = entities.ids_json(entities.named(db, "organisation", wanted.organisation))
        parts.append((TOOK_PART, ids))
    if wanted.place is not None:
        ids = entities.ids_json(entities.named(db, "place", wanted.place))
        parts.append(("e.place IN (SELECT value FROM json_each(?))", ids))
    present = [(text, value) for text, value in parts if value is not None]
    fixed = ["e.tellings > 0", *(["e.tellings > 1"] if wanted.shared else [])]
    return " AND ".join([*fixed, *(text for text, _ in present)]), [value for _, value in present]


def rows(db: sqlite3.Connection, ids: Sequence[str]) -> list[MeetingRow]:
    """In the order asked for."""
    if not ids:
        return []
    wanted = json.dumps(list(ids))
    heads = db.execute(
        "SELECT e.id, e.kind, e.name, e.date, e.date_end, e.place, coalesce(p.name, e.place_name), e.format, e.status,"
        " e.tellings FROM event e LEFT JOIN entity p ON p.id = e.place WHERE e.id IN (SELECT value FROM json_each(?))",
        (wanted,),
    ).fetchall()
    told: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for event, source, release in db.execute(
        "SELECT m.event, r.source, r.id FROM meeting m JOIN release r ON r.n = m.release WHERE m.event IN"
        " (SELECT value FROM json_each(?)) ORDER BY r.day, r.id",
        (wanted,),
    ):
        told[event].append((source, release))
    people = company(db, wanted, "attendance", "person")
    bodies = company(db, wanted, "meeting_organisation", "organisation")
    made = {
        id_: MeetingRow(
            id=id_,
            kind=kind,
            name=name,
            date=date,
            date_end=end,
            place=Named(id=place, name=place_name) if place_name else None,
            format=form,
            status=status,
            tellings=tellings,
            sources=tuple(dict.fromkeys(source for source, _ in told[id_])),
            attendees=tuple(people.get(id_, ())),
            organisations=tuple(bodies.get(id_, ())),
            releases=tuple(dict.fromkeys(release for _, release in told[id_])),
        )
        for id_, kind, name, date, end, place, place_name, form, status, tellings in heads
    }
    return [made[id_] for id_ in ids if id_ in made]


def company(db: sqlite3.Connection, events: str, table: str, column: str) -> dict[str, list[Named]]:
    """Those of each event, each once, in the order in which they are told."""
    found: dict[str, dict[Named, None]] = defaultdict(dict)
    for event, id_, name in db.execute(
        f"SELECT m.event, a.entity, coalesce(e.name, a.name) FROM {table} t JOIN meeting m ON m.n = t.meeting"
        f" JOIN appearance a ON a.n = t.{column} LEFT JOIN entity e ON e.id = a.entity"
        " WHERE m.event IN (SELECT value FROM json_each(?)) ORDER BY m.n, a.n",
        (events,),
    ):
        found[event][Named(id=id_, name=name)] = None
    return {event: list(names) for event, names in found.items()}


def living(db: sqlite3.Connection, id_: str) -> str:
    row = db.execute("SELECT coalesce(merged_into, id) FROM event WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise Unknown(f"нет такой встречи: {id_}")
    return str(row[0])


def one(db: sqlite3.Connection, id_: str) -> Meeting:
    """Raises Unknown. A merged id gives the meeting that it redirects to."""
    id_, asked = living(db, id_), id_
    head = rows(db, [id_])[0]
    rule = db.execute("SELECT rule FROM event WHERE id = ?", (id_,)).fetchone()[0]
    return Meeting(
        id=id_,
        kind=head.kind,
        name=head.name,
        date=head.date,
        date_end=head.date_end,
        place=head.place,
        format=head.format,
        status=head.status,
        rule=rule,
        organisations=head.organisations,
        attendees=attendees(db, "m.event = ?", id_),
        involved=involved(db, "m.event = ?", id_),
        tellings=tellings(db, "m.event = ?", id_),
        earlier=tuple(rows(db, linked(db, id_, "later", "earlier"))),
        later=tuple(rows(db, linked(db, id_, "earlier", "later"))),
        redirected_from=asked if asked != id_ else None,
    )


def linked(db: sqlite3.Connection, id_: str, here: str, there: str) -> list[str]:
    sql = (
        f"SELECT l.{there} FROM event_link l JOIN event e ON e.id = l.{there} WHERE l.{here} = ? ORDER BY e.date, e.id"
    )
    return [row[0] for row in db.execute(sql, (id_,))]


TELLING = (
    "r.id, r.source, r.url, v.title, v.published, m.kind, m.name, m.date, m.date_end, m.date_raw, m.place_name,"
    " m.format, m.status, m.start, m.stop, m.mentions, m.rule, m.confidence, m.why, m.event"
)


def tellings(db: sqlite3.Connection, where: str, value: object) -> tuple[Telling, ...]:
    found = db.execute(
        f"SELECT {TELLING} FROM meeting m JOIN release r ON r.n = m.release JOIN version v ON v.n = r.version"
        f" WHERE {where} ORDER BY r.day, r.id, m.n",
        (value,),
    )
    return tuple(telling(row) for row in found)


def telling(row: Sequence[Any]) -> Telling:
    return Telling(
        release=row[0],
        source=row[1],
        url=row[2],
        title=row[3],
        published=row[4],
        kind=row[5],
        name=row[6],
        date=row[7],
        date_end=row[8],
        date_raw=row[9],
        place=row[10],
        format=row[11],
        status=row[12],
        start=row[13],
        stop=row[14],
        mentions=tuple((start, stop) for start, stop in json.loads(row[15])),
        rule=row[16],
        confidence=row[17],
        why=row[18],
        event=row[19],
    )


EVIDENCE = (
    "r.id, r.source, v.title, v.published, t.evidence_start, t.evidence_stop, t.exact, t.prefix, t.suffix, t.rule,"
    " t.confidence, t.start, t.stop"
)
EVIDENCE_FROM = (
    " t JOIN meeting m ON m.n = t.meeting JOIN release r ON r.n = m.release JOIN version v ON v.n = r.version"
    " JOIN appearance a ON a.n = t.person LEFT JOIN entity e ON e.id = a.entity"
)


def evidence(row: Sequence[Any]) -> Evidence:
    keys = ("release", "source", "title", "published", "start", "stop", "exact", "prefix", "suffix", "rule")
    named = dict(zip((*keys, "confidence", "person_start", "person_stop"), row, strict=True))
    return Evidence(**named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attending:
    """One row of `attendance`, joined."""

    event: str | None
    person: Named
    role: str
    position: str | None
    organisation: Named | None
    side: str | None
    confidence: float
    evidence: Evidence


def attendings(db: sqlite3.Connection, where: str, value: object) -> list[Attending]:
    found = db.execute(
        "SELECT m.event, a.entity, coalesce(e.name, a.name), t.role, t.position, o.entity,"
        f" coalesce(oe.name, o.name, t.organisation_name), t.side, {EVIDENCE} FROM attendance{EVIDENCE_FROM}"
        " LEFT JOIN appearance o ON o.n = t.organisation LEFT JOIN entity oe ON oe.id = o.entity"
        f" WHERE {where} ORDER BY m.n, t.n",
        (value,),
    )
    return [
        Attending(
            event=row[0],
            person=Named(id=row[1], name=row[2]),
            role=row[3],
            position=row[4],
            organisation=Named(id=row[5], name=row[6]) if row[6] else None,
            side=row[7],
            confidence=row[8 + 10],
            evidence=evidence(row[8:]),
        )
        for row in found
    ]


ROLES = ("chair", "speaker", "participant")


def attendees(db: sqlite3.Connection, where: str, value: object) -> tuple[Attendee, ...]:
    """Chairs first, then speakers, then the others; what several releases tell of one person stands together."""
    grouped: dict[Named, list[Attending]] = defaultdict(list)
    for row in attendings(db, where, value):
        grouped[row.person].append(row)
    people = [attendee(rows_) for rows_ in grouped.values()]
    return tuple(sorted(people, key=lambda one_: ROLES.index(one_.role)))


def attendee(told: Sequence[Attending]) -> Attendee:
    """The weightiest role told; position and body from the first telling that has them."""
    return Attendee(
        person=told[0].person,
        role=min((row.role for row in told), key=ROLES.index),
        position=next((row.position for row in told if row.position), None),
        organisation=next((row.organisation for row in told if row.organisation), None),
        side=next((row.side for row in told if row.side), None),
        confidence=max(row.confidence for row in told),
        evidence=tuple(row.evidence for row in told),
    )


def involved(db: sqlite3.Connection, where: str, value: object) -> tuple[Involved, ...]:
    grouped: dict[tuple[Named, str], list[Evidence]] = defaultdict(list)
    for _, person, status, words in involvements(db, where, value):
        grouped[person, status].append(words)
    return tuple(Involved(person=p, status=s, evidence=tuple(words)) for (p, s), words in grouped.items())


def involvements(
    db: sqlite3.Connection, where: str, value: object
) -> Iterable[tuple[str | None, Named, str, Evidence]]:
    found = db.execute(
        f"SELECT m.event, a.entity, coalesce(e.name, a.name), t.status, {EVIDENCE} FROM involvement{EVIDENCE_FROM}"
        f" WHERE {where} ORDER BY m.n, t.n",
        (value,),
    )
    return ((row[0], Named(id=row[1], name=row[2]), row[3], evidence(row[4:])) for row in found)
