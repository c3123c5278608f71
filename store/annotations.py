"""One release's annotation → rows; a new annotation replaces the old one whole."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import sha256

from nlp.annotation import Annotation, Attendance, Entity, Involvement, Meeting, iso
from store import index
from store.blocks import block
from store.lemmas import Indexed
from store.parameters import numbered

STAGE = "annotate"
CONTEXT = 32
"""Characters of a TextQuote selector's prefix and suffix."""

Appearances = dict[tuple[str, str], int]
"""(kind, name) → row number."""


def write(db: sqlite3.Connection, n: int, text: str, annotation: Annotation, indexed: Indexed) -> None:
    """Inside a transaction of the caller's; `text` is the body that the spans point into."""
    erase(db, n)
    entities = (*annotation.people, *annotation.organisations, *annotation.places)
    rows: Appearances = {}
    for entity in entities:
        if (entity.kind, entity.name) in rows:
            write_mentions(db, n, rows[entity.kind, entity.name], entity)
        else:
            rows[entity.kind, entity.name] = write_appearance(db, n, entity)
    write_positions(db, n, annotation, rows)
    keys: set[str] = set()
    for meeting in annotation.meetings:
        write_meeting(db, n, text, meeting, rows, unused(meeting_key(meeting), keys))
    write_quotes(db, n, annotation, rows)
    topics = enumerate(annotation.topics)
    db.executemany(
        "INSERT INTO topic VALUES (?, ?, ?, ?, ?)",
        [(n, rank, t.topic, t.score, json.dumps(t.words, ensure_ascii=False)) for rank, t in topics],
    )
    index.put(db, n, indexed)


def erase(db: sqlite3.Connection, n: int) -> None:
    mine = "(SELECT n FROM meeting WHERE release = ?)"
    for table in ("attendance", "involvement", "meeting_organisation"):
        db.execute(f"DELETE FROM {table} WHERE meeting IN {mine}", (n,))
    for table in ("meeting", "position", "quote", "topic", "mention", "appearance"):
        db.execute(f"DELETE FROM {table} WHERE release = ?", (n,))


def write_appearance(db: sqlite3.Connection, n: int, entity: Entity) -> int:
    row = db.execute(
        "INSERT INTO appearance (release, kind, name, block, gender, acronym, place_kind, country, latitude, longitude)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            n,
            entity.kind,
            entity.name,
            block(entity.kind, entity.name),
            entity.gender,
            entity.acronym,
            entity.place_kind,
            entity.country,
            entity.latitude,
            entity.longitude,
        ),
    ).lastrowid
    assert row is not None  # noqa: S101 SQLite gives the row number of every insert
    write_mentions(db, n, row, entity)
    return row


def write_mentions(db: sqlite3.Connection, n: int, row: int, entity: Entity) -> None:
    db.executemany(
        "INSERT INTO mention (release, appearance, start, stop, normal, rule, form_rule) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(n, row, m.start, m.stop, m.normal, m.rule, m.form_rule) for m in entity.mentions],
    )


def body_or_place(rows: Appearances, name: str | None) -> int | None:
    """«президент Сербии» has a place for employer; «министр» none."""
    if name is None:
        return None
    return rows.get(("organisation", name), rows.get(("place", name)))


def write_positions(db: sqlite3.Connection, n: int, annotation: Annotation, rows: Appearances) -> None:
    db.executemany(
        "INSERT INTO position (release, person, position, organisation, person_start, person_stop, position_start,"
        " position_stop, organisation_start, organisation_stop, former, acting, rule, confidence)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                n,
                rows["person", p.person],
                p.position,
                body_or_place(rows, p.organisation),
                *p.person_span,
                *p.position_span,
                *(p.organisation_span or (None, None)),
                p.former,
                p.acting,
                p.rule,
                p.confidence,
            )
            for p in annotation.positions
            if ("person", p.person) in rows
        ],
    )


def meeting_key(meeting: Meeting) -> str:
    """Within its release, from raw values: the same words give the same key on every run."""
    return sha256(f"{meeting.kind}\n{meeting.name}\n{iso(meeting.date)}".encode()).hexdigest()[:12]


def unused(key: str, taken: set[str]) -> str:
    """Two meetings of one release may read alike: the second becomes «key-2»."""
    candidate, number = key, 1
    while candidate in taken:
        number += 1
        candidate = f"{key}-{number}"
    taken.add(candidate)
    return candidate


def write_meeting(db: sqlite3.Connection, n: int, text: str, meeting: Meeting, rows: Appearances, key: str) -> None:
    number = db.execute(
        "INSERT INTO meeting (release, key, day, kind, name, start, stop, mentions, date, date_end, date_raw, place,"
        " place_name, format, status, rule, confidence) VALUES (:p1, :p2, coalesce(:p3, (SELECT day FROM release"
        " WHERE n = :p1)), :p4, :p5, :p6, :p7, :p8, :p3, :p9, :p10, :p11, :p12, :p13, :p14, :p15, :p16)",
        numbered(
            n,
            key,
            iso(meeting.date),
            meeting.kind,
            meeting.name,
            *meeting.span,
            json.dumps(meeting.mentions or (meeting.span,)),
            iso(meeting.date_end),
            meeting.date_raw,
            rows.get(("place", meeting.place or "")),
            meeting.place,
            meeting.format,
            "postponed" if meeting.postponed else meeting.status,
            meeting.rule,
            meeting.confidence,
        ),
    ).lastrowid
    assert number is not None  # noqa: S101 SQLite gives the row number of every insert
    organisations = {row for name in meeting.organisations if (row := rows.get(("organisation", name)))}
    db.executemany("INSERT INTO meeting_organisation VALUES (?, ?)", [(number, row) for row in sorted(organisations)])
    write_attendees(db, number, text, meeting.attendees, rows)
    write_involved(db, number, text, meeting.involved, rows)


def selectors(text: str, fact: Attendance | Involvement) -> tuple[int, int, int, int, str, str, str]:
    """The mention's span, then the evidence as TextPosition and as TextQuote (exact, prefix, suffix)."""
    start, stop = fact.evidence
    around = text[max(0, start - CONTEXT) : start], text[stop : stop + CONTEXT]
    return (*fact.span, start, stop, text[start:stop], *around)


def write_attendees(
    db: sqlite3.Connection, meeting: int, text: str, attendees: Iterable[Attendance], rows: Appearances
) -> None:
    db.executemany(
        "INSERT INTO attendance (meeting, person, role, position, organisation, organisation_name, side, start, stop,"
        " evidence_start, evidence_stop, exact, prefix, suffix, rule, confidence)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                meeting,
                rows["person", a.person],
                a.role,
                a.position,
                body_or_place(rows, a.organisation),
                a.organisation,
                a.side,
                *selectors(text, a),
                a.rule,
                a.confidence,
            )
            for a in attendees
            if ("person", a.person) in rows
        ],
    )


def write_involved(
    db: sqlite3.Connection, meeting: int, text: str, involved: Sequence[Involvement], rows: Appearances
) -> None:
    db.executemany(
        "INSERT INTO involvement (meeting, person, status, start, stop, evidence_start, evidence_stop, exact, prefix,"
        " suffix, rule, confidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (meeting, rows["person", i.person], i.status, *selectors(text, i), i.rule, i.confidence)
            for i in involved
            if ("person", i.person) in rows
        ],
    )


def write_quotes(db: sqlite3.Connection, n: int, annotation: Annotation, rows: Appearances) -> None:
    db.executemany(
        "INSERT INTO quote (release, person, start, stop, person_start, person_stop, rule)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (n, rows["person", q.person], *q.span, *q.person_span, q.rule)
            for q in annotation.quotes
            if ("person", q.person) in rows
        ],
    )
