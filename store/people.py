"""People out of the dataset: one with everything known, listings, who may be meant by a name."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from nlp.annotation import INDIRECT
from store import entities, meetings
from store.parameters import numbered
from store.records import Attended, Counted, Evidence, Held, Named, Page, Person, PersonRow, ReleaseRow, Said

Order = Literal["meetings", "releases", "name"]
ORDERS = {"meetings": "meetings DESC, releases DESC, e.name", "releases": "releases DESC, e.name", "name": "e.name"}
COUNTS = (
    "SELECT e.id, e.name, e.gender, count(DISTINCT a.release) AS releases,"
    " (SELECT count(DISTINCT m.event) FROM appearance b JOIN attendance t ON t.person = b.n"
    " JOIN meeting m ON m.n = t.meeting WHERE b.entity = e.id) AS meetings, max(r.day)"
    " FROM entity e JOIN appearance a ON a.entity = e.id JOIN release r ON r.n = a.release"
    " WHERE e.kind = 'person'"
)


def listing(
    db: sqlite3.Connection, name: str = "", limit: int = 50, offset: int = 0, order: Order = "meetings"
) -> Page[PersonRow]:
    """`name`: words in any case form, or beginnings of them; an id stands for itself."""
    if not name.strip():
        return listed(db, "1", (), limit, offset, order)
    ids = entities.ids_json(entities.named(db, "person", name) or entities.named(db, "person", name, prefix=True))
    return listed(db, "e.id IN (SELECT value FROM json_each(?))", (ids,), limit, offset, order)


def listed(
    db: sqlite3.Connection, where: str, values: Sequence[object], limit: int, offset: int, order: Order
) -> Page[PersonRow]:
    total = db.execute(
        "SELECT count(*) FROM entity e WHERE kind = 'person' AND EXISTS (SELECT 1 FROM appearance WHERE entity = e.id)"
        f" AND ({where})",
        values,
    ).fetchone()[0]
    found = db.execute(
        f"{COUNTS} AND ({where}) GROUP BY e.id ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?", (*values, limit, offset)
    ).fetchall()
    after = str(offset + limit) if offset + limit < total else None
    return Page(rows=tuple(row(db, *one_) for one_ in found), total=total, after=after)


def row(
    db: sqlite3.Connection, id_: str, name: str, gender: str | None, releases: int, met: int, last: str | None
) -> PersonRow:
    held = positions(db, id_)
    current = next((one_ for one_ in held if not one_.former), None)
    return PersonRow(
        id=id_,
        name=name,
        gender=gender,
        position=current.position if current else None,
        organisation=current.organisation if current else None,
        releases=releases,
        meetings=met,
        last=last,
    )


def positions(db: sqlite3.Connection, id_: str) -> list[Held]:
    """The latest first; among those of one day the most often told."""
    found = db.execute(
        "SELECT p.position, o.entity, coalesce(oe.name, o.name), max(p.former), min(r.day), max(r.day),"
        " count(DISTINCT p.release) FROM appearance a JOIN position p ON p.person = a.n"
        " JOIN release r ON r.n = p.release LEFT JOIN appearance o ON o.n = p.organisation"
        " LEFT JOIN entity oe ON oe.id = o.entity WHERE a.entity = ?"
        " GROUP BY p.position, coalesce(oe.name, o.name, ''), p.former ORDER BY 4, 6 DESC, 7 DESC, 1",
        (id_,),
    )
    return [
        Held(
            position=position,
            organisation=Named(id=body, name=name) if name else None,
            former=bool(former),
            first=first,
            last=last,
            releases=count,
        )
        for position, body, name, former, first, last, count in found
    ]


def one(db: sqlite3.Connection, id_: str) -> Person:
    """Raises Unknown. A merged id gives the person that it redirects to."""
    id_, asked = entities.living(db, id_, "person"), id_
    name, gender = db.execute("SELECT name, gender FROM entity WHERE id = ?", (id_,)).fetchone()
    return Person(
        id=id_,
        name=name,
        gender=gender,
        names=names(db, id_),
        positions=tuple(positions(db, id_)),
        meetings=attended(db, id_),
        involved=tied(db, id_),
        quotes=quotes(db, "a.entity = ?", id_),
        met=met(db, id_),
        releases=releases(db, id_),
        candidates=candidates(db, id_),
        redirected_from=asked if asked != id_ else None,
    )


def names(db: sqlite3.Connection, id_: str) -> tuple[str, ...]:
    """The most frequent first."""
    sql = "SELECT name FROM appearance WHERE entity = ? GROUP BY name ORDER BY count(*) DESC, name"
    return tuple(row_[0] for row_ in db.execute(sql, (id_,)))


def attended(db: sqlite3.Connection, id_: str) -> tuple[Attended, ...]:
    told: dict[str, list[meetings.Attending]] = defaultdict(list)
    for row_ in meetings.attendings(db, "a.entity = ?", id_):
        if row_.event is not None:
            told[row_.event].append(row_)
    made = []
    for event in meetings.rows(db, list(told)):
        one_ = meetings.attendee(told[event.id])
        made.append(
            Attended(
                meeting=event,
                role=one_.role,
                position=one_.position,
                organisation=one_.organisation,
                side=one_.side,
                confidence=one_.confidence,
                evidence=one_.evidence,
            )
        )
    return latest_first(made)


def tied(db: sqlite3.Connection, id_: str) -> tuple[Attended, ...]:
    told: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for event, _, status, words in meetings.involvements(db, "a.entity = ?", id_):
        if event is not None:
            told[event, status].append(words)
    found = {event.id: event for event in meetings.rows(db, [event for event, _ in told])}
    made = [
        Attended(
            meeting=found[event],
            role=status,
            position=None,
            organisation=None,
            side=None,
            confidence=max(e.confidence for e in words),
            evidence=tuple(words),
        )
        for (event, status), words in told.items()
    ]
    return latest_first(made)


def latest_first(rows: Sequence[Attended]) -> tuple[Attended, ...]:
    return tuple(sorted(rows, key=lambda row_: (row_.meeting.date or "", row_.meeting.id), reverse=True))


def quotes(db: sqlite3.Connection, where: str, value: object) -> tuple[Said, ...]:
    found = db.execute(
        "SELECT a.entity, coalesce(e.name, a.name), q.start, q.stop, q.person_start, q.person_stop, r.id, v.title,"
        " v.published, q.rule, v.body FROM quote q JOIN appearance a ON a.n = q.person"
        " LEFT JOIN entity e ON e.id = a.entity JOIN release r ON r.n = q.release JOIN version v ON v.n = r.version"
        f" WHERE {where} ORDER BY r.day DESC, r.n DESC, q.start",
        (value,),
    )
    return tuple(
        Said(
            person=Named(id=entity, name=name),
            text=body[start:stop],
            start=start,
            stop=stop,
            person_span=(first, last),
            release=release,
            title=title,
            published=published,
            rule=rule,
            indirect=rule in INDIRECT,
        )
        for entity, name, start, stop, first, last, release, title, published, rule, body in found
    )


def met(db: sqlite3.Connection, id_: str, most: int = 30) -> tuple[Counted, ...]:
    found = db.execute(
        "WITH mine AS (SELECT DISTINCT m.event FROM appearance a JOIN attendance t ON t.person = a.n"
        " JOIN meeting m ON m.n = t.meeting WHERE a.entity = :p1)"
        " SELECT e.id, e.name, count(DISTINCT m.event) FROM mine JOIN meeting m ON m.event = mine.event"
        " JOIN attendance t ON t.meeting = m.n JOIN appearance a ON a.n = t.person JOIN entity e ON e.id = a.entity"
        " WHERE e.id != :p1 GROUP BY e.id ORDER BY 3 DESC, 2 LIMIT :p2",
        numbered(id_, most),
    )
    return tuple(Counted(id=other, name=name, count=count) for other, name, count in found)


def releases(db: sqlite3.Connection, id_: str) -> tuple[ReleaseRow, ...]:
    found = db.execute(
        "SELECT DISTINCT r.id, r.source, r.url, v.title, v.published, r.day, r.n FROM appearance a"
        " JOIN release r ON r.n = a.release JOIN version v ON v.n = r.version WHERE a.entity = ?"
        " ORDER BY r.day DESC, r.n DESC",
        (id_,),
    )
    return tuple(
        ReleaseRow(id=release, source=source, url=url, title=title, published=published)
        for release, source, url, title, published, _, _ in found
    )


def candidates(db: sqlite3.Connection, id_: str) -> tuple[Named, ...]:
    """Both ways: whom this one may be, and who may be this one."""
    mine = db.execute("SELECT candidates FROM appearance WHERE entity = ? AND candidates IS NOT NULL", (id_,))
    ids = {other for row_ in mine for other in json.loads(row_[0])}
    ids |= {
        row_[0]
        for row_ in db.execute(
            "SELECT DISTINCT entity FROM appearance WHERE candidates LIKE ? AND entity IS NOT NULL", (f'%"{id_}"%',)
        )
    }
    return tuple(named(db, sorted(ids - {id_})))


def named(db: sqlite3.Connection, ids: Sequence[str]) -> list[Named]:
    found = db.execute(
        "SELECT DISTINCT coalesce(e.merged_into, e.id), coalesce(m.name, e.name) FROM entity e"
        " LEFT JOIN entity m ON m.id = e.merged_into WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY 2, 1",
        (entities.ids_json(ids),),
    )
    return [Named(id=id_, name=name) for id_, name in found]
