"""Organisations and places out of the dataset."""

import sqlite3
from typing import Literal

from store import entities, meetings, people
from store.meetings import MeetingFilter
from store.records import Body, BodyRow, Page

Kind = Literal["organisation", "place"]
MOST = 100
"""People and meetings shown with one body."""


def one(db: sqlite3.Connection, kind: Kind, id_: str) -> Body:
    """Raises Unknown. A merged id gives the body that it redirects to."""
    id_, asked = entities.living(db, id_, kind), id_
    name, acronym, place_kind, country, latitude, longitude = db.execute(
        "SELECT name, acronym, place_kind, country, latitude, longitude FROM entity WHERE id = ?", (id_,)
    ).fetchone()
    wanted = MeetingFilter(organisation=id_) if kind == "organisation" else MeetingFilter(place=id_)
    employed = (
        "e.id IN (SELECT a.entity FROM appearance o JOIN position p ON p.organisation = o.n"
        " JOIN appearance a ON a.n = p.person WHERE o.entity = ?)"
    )
    return Body(
        id=id_,
        kind=kind,
        name=name,
        acronym=acronym,
        place_kind=place_kind,
        country=country,
        latitude=latitude,
        longitude=longitude,
        names=people.names(db, id_),
        people=people.listed(db, employed, (id_,), MOST, 0, "meetings").rows,
        meetings=meetings.listing(db, wanted, MOST).rows,
        releases=people.releases(db, id_),
        redirected_from=asked if asked != id_ else None,
    )


def listing(db: sqlite3.Connection, kind: Kind, name: str = "", limit: int = 50, offset: int = 0) -> Page[BodyRow]:
    """The most often named first."""
    values: list[object] = [kind]
    where = "1"
    if name.strip():
        ids = entities.named(db, kind, name) or entities.named(db, kind, name, prefix=True)
        where = "e.id IN (SELECT value FROM json_each(?))"
        values.append(entities.ids_json(ids))
    total = db.execute(
        "SELECT count(*) FROM entity e WHERE kind = ? AND EXISTS (SELECT 1 FROM appearance WHERE entity = e.id)"
        f" AND {where}",
        values,
    ).fetchone()[0]
    held = (
        "(SELECT count(DISTINCT m.event) FROM appearance b JOIN meeting_organisation t ON t.organisation = b.n"
        " JOIN meeting m ON m.n = t.meeting WHERE b.entity = e.id)"
        if kind == "organisation"
        else "(SELECT count(*) FROM event WHERE place = e.id AND tellings > 0)"
    )
    found = db.execute(
        f"SELECT e.id, e.name, e.acronym, e.country, count(DISTINCT a.release), {held} FROM entity e"
        f" JOIN appearance a ON a.entity = e.id WHERE e.kind = ? AND {where} GROUP BY e.id"
        " ORDER BY 5 DESC, 2 LIMIT ? OFFSET ?",
        [*values, limit, offset],
    )
    rows = tuple(
        BodyRow(id=id_, kind=kind, name=name_, acronym=acronym, country=country, releases=count, meetings=told)
        for id_, name_, acronym, country, count, told in found
    )
    return Page(rows=rows, total=total, after=str(offset + limit) if offset + limit < total else None)
