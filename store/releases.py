"""One release out of the dataset, with everything read out of it."""

import json
import sqlite3
from collections import defaultdict
from typing import Any

from store import meetings, people
from store.faults import Unknown
from store.records import (
    Appearance,
    AttachmentRow,
    MentionSpan,
    Named,
    PositionFact,
    Release,
    ToldMeeting,
    Topic,
    VersionRow,
)


def one(db: sqlite3.Connection, id_: str) -> Release:
    """Raises Unknown."""
    row = db.execute(
        "SELECT r.n, r.source, r.url, v.title, v.lead, v.body, v.published, v.published_raw, v.language, v.details,"
        " v.hash FROM release r JOIN version v ON v.n = r.version WHERE r.id = ?",
        (id_,),
    ).fetchone()
    if row is None:
        raise Unknown(f"нет такого сообщения: {id_}")
    n, source, url, title, lead, body, published, published_raw, language, packed, hash_ = row
    details: dict[str, Any] = json.loads(packed)
    found = appearances(db, n)
    return Release(
        id=id_,
        source=source,
        url=url,
        addresses=tuple(
            r[0] for r in db.execute("SELECT url FROM address WHERE release = ? ORDER BY first_seen, url", (n,))
        ),
        title=title,
        lead=lead,
        text=body,
        published=published,
        published_raw=published_raw,
        language=language,
        authors=tuple(details.get("authors", ())),
        tags=tuple(details.get("tags", ())),
        captions=tuple(details.get("captions", ())),
        attachments=tuple(AttachmentRow(**fields) for fields in details.get("attachments", ())),
        provenance=tuple(details.get("provenance", {}).items()),
        versions=versions(db, n),
        annotated=db.execute(
            "SELECT 1 FROM stage WHERE stage = 'annotate' AND document = ? AND hash = ?", (id_, hash_)
        ).fetchone()
        is not None,
        failure=failure(db, id_, hash_),
        topics=topics(db, n),
        people=found["person"],
        organisations=found["organisation"],
        places=found["place"],
        positions=positions(db, n),
        meetings=told(db, n),
        quotes=people.quotes(db, "q.release = ?", n),
    )


def failure(db: sqlite3.Connection, id_: str, hash_: str) -> str | None:
    row = db.execute("SELECT reason FROM failure WHERE document = ? AND hash = ?", (id_, hash_)).fetchone()
    return str(row[0]) if row else None


def versions(db: sqlite3.Connection, n: int) -> tuple[VersionRow, ...]:
    rows = db.execute(
        "SELECT number, title, body, published, read_at FROM version WHERE release = ? ORDER BY number", (n,)
    )
    return tuple(
        VersionRow(number=number, title=title, text=body, published=published, read_at=read_at)
        for number, title, body, published, read_at in rows
    )


def topics(db: sqlite3.Connection, n: int) -> tuple[Topic, ...]:
    rows = db.execute("SELECT topic, score, words FROM topic WHERE release = ? ORDER BY rank", (n,))
    return tuple(
        Topic(topic=topic, score=score, words=tuple((word, weight) for word, weight in json.loads(words)))
        for topic, score, words in rows
    )


def appearances(db: sqlite3.Connection, n: int) -> dict[str, tuple[Appearance, ...]]:
    spans: dict[int, list[MentionSpan]] = defaultdict(list)
    mentions = "SELECT appearance, start, stop, normal, rule, form_rule FROM mention WHERE release = ? ORDER BY start"
    for appearance, start, stop, normal, rule, form_rule in db.execute(mentions, (n,)):
        spans[appearance].append(MentionSpan(start=start, stop=stop, normal=normal, rule=rule, form_rule=form_rule))
    found: dict[str, list[Appearance]] = {"person": [], "organisation": [], "place": []}
    rows = db.execute(
        "SELECT a.n, a.entity, a.kind, coalesce(e.name, a.name), a.name, a.gender, a.acronym, a.place_kind,"
        " a.country, a.rule, a.candidates FROM appearance a LEFT JOIN entity e ON e.id = a.entity WHERE a.release = ?"
        " ORDER BY a.n",
        (n,),
    ).fetchall()
    for row, entity, kind, name, local, gender, acronym, place_kind, country, rule, candidates in rows:
        found[kind].append(
            Appearance(
                id=entity,
                kind=kind,
                name=name,
                local_name=local,
                gender=gender,
                acronym=acronym,
                place_kind=place_kind,
                country=country,
                rule=rule,
                candidates=tuple(people.named(db, json.loads(candidates))) if candidates else (),
                mentions=tuple(spans[row]),
            )
        )
    return {kind: tuple(rows_) for kind, rows_ in found.items()}


def positions(db: sqlite3.Connection, n: int) -> tuple[PositionFact, ...]:
    rows = db.execute(
        "SELECT a.entity, coalesce(e.name, a.name), p.position, o.entity, coalesce(oe.name, o.name), p.former,"
        " p.acting, p.person_start, p.person_stop, p.position_start, p.position_stop, "
        " p.organisation_start, p.organisation_stop,"
        " p.rule, p.confidence FROM position p JOIN appearance a ON a.n = p.person"
        " LEFT JOIN entity e ON e.id = a.entity LEFT JOIN appearance o ON o.n = p.organisation "
        " LEFT JOIN entity oe ON oe.id = o.entity WHERE p.release = ?"
        " ORDER BY p.n",
        (n,),
    )
    return tuple(
        PositionFact(
            person=Named(id=r[0], name=r[1]),
            position=r[2],
            organisation=Named(id=r[3], name=r[4]) if r[4] else None,
            former=bool(r[5]),
            acting=bool(r[6]),
            person_span=(r[7], r[8]),
            position_span=(r[9], r[10]),
            organisation_span=None if r[11] is None else (r[11], r[12]),
            rule=r[13],
            confidence=r[14],
        )
        for r in rows
    )


def told(db: sqlite3.Connection, n: int) -> tuple[ToldMeeting, ...]:
    numbers = [r[0] for r in db.execute("SELECT n FROM meeting WHERE release = ? ORDER BY n", (n,))]
    return tuple(
        ToldMeeting(
            telling=meetings.tellings(db, "m.n = ?", number)[0],
            attendees=meetings.attendees(db, "m.n = ?", number),
            involved=meetings.involved(db, "m.n = ?", number),
            organisations=organisations(db, number),
        )
        for number in numbers
    )


def organisations(db: sqlite3.Connection, meeting: int) -> tuple[Named, ...]:
    rows = db.execute(
        "SELECT a.entity, coalesce(e.name, a.name) FROM meeting_organisation t"
        " JOIN appearance a ON a.n = t.organisation LEFT JOIN entity e ON e.id = a.entity"
        " WHERE t.meeting = ? ORDER BY a.n",
        (meeting,),
    )
    return tuple(Named(id=id_, name=name) for id_, name in rows)
