"""The dataset → files for other programs: JSON lines, CSV, XLSX, FollowTheMoney, GEXF."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import quoteattr

from store.dataset import Dataset
from store.meetings import EVERY, MeetingFilter
from store.records import MeetingRow

CHUNK = 500
Table = tuple[tuple[str, ...], Iterator[Sequence[Any]]]


def ids(dataset: Dataset, sql: str) -> Iterator[str]:
    """By keyset, so that an export of any size holds one chunk in memory."""
    last = ""
    while rows := dataset.db.execute(f"{sql} LIMIT {CHUNK}", (last,)).fetchall():
        yield from (row[0] for row in rows)
        last = rows[-1][0]


def releases(dataset: Dataset) -> Iterator[str]:
    return ids(dataset, "SELECT id FROM release WHERE id > ? ORDER BY id")


def people(dataset: Dataset) -> Iterator[str]:
    return entities(dataset, "person")


def entities(dataset: Dataset, kind: str) -> Iterator[str]:
    sql = f"SELECT id FROM entity WHERE id > ? AND kind = '{kind}' AND merged_into IS NULL AND EXISTS"
    return ids(dataset, f"{sql} (SELECT 1 FROM appearance WHERE entity = entity.id) ORDER BY id")


def meetings(dataset: Dataset, wanted: MeetingFilter = EVERY) -> Iterator[MeetingRow]:
    offset = 0
    while rows := dataset.meetings(wanted, CHUNK, offset, "oldest").rows:
        yield from rows
        offset += CHUNK


def json_lines(dataset: Dataset) -> Iterator[dict[str, Any]]:
    """Everything: releases, people, organisations, places and meetings with all evidence; `type` says which."""
    for id_ in releases(dataset):
        yield {"type": "release", **dataset.release(id_).as_json()}
    for id_ in people(dataset):
        yield {"type": "person", **dataset.person(id_).as_json()}
    for id_ in entities(dataset, "organisation"):
        yield {"type": "organisation", **dataset.organisation(id_).as_json()}
    for id_ in entities(dataset, "place"):
        yield {"type": "place", **dataset.place(id_).as_json()}
    for row in meetings(dataset):
        yield {"type": "meeting", **dataset.meeting(row.id).as_json()}


# Flat tables: one row a fact.

ATTENDANCE = (
    "meeting",
    "date",
    "date_end",
    "kind",
    "meeting_name",
    "place",
    "format",
    "status",
    "person",
    "person_name",
    "role",
    "position",
    "organisation",
    "organisation_name",
    "side",
    "confidence",
    "rule",
    "release",
    "source",
    "url",
    "published",
    "evidence",
    "start",
    "stop",
)


def attendance(dataset: Dataset) -> Table:
    """Person × meeting × release that says so."""
    rows = dataset.db.execute(
        "SELECT m.event, ev.date, ev.date_end, ev.kind, ev.name, coalesce(pl.name, ev.place_name), ev.format,"
        " ev.status, a.entity, e.name, t.role, t.position, o.entity, coalesce(oe.name, t.organisation_name), t.side,"
        " t.confidence, t.rule, r.id, r.source, r.url, v.published, t.exact, t.evidence_start, t.evidence_stop"
        " FROM attendance t JOIN meeting m ON m.n = t.meeting JOIN event ev ON ev.id = m.event"
        " LEFT JOIN entity pl ON pl.id = ev.place JOIN appearance a ON a.n = t.person JOIN entity e ON e.id = a.entity"
        " LEFT JOIN appearance o ON o.n = t.organisation LEFT JOIN entity oe ON oe.id = o.entity"
        " JOIN release r ON r.n = m.release JOIN version v ON v.n = r.version ORDER BY ev.date, m.event, t.n"
    )
    return ATTENDANCE, rows


MEETINGS = ("id", "date", "date_end", "kind", "name", "place", "format", "status", "people", "organisations", "sources")


def meeting_table(dataset: Dataset) -> Table:
    rows = (
        (
            m.id,
            m.date,
            m.date_end,
            m.kind,
            m.name,
            m.place.name if m.place else None,
            m.format,
            m.status,
            "; ".join(person.name for person in m.attendees),
            "; ".join(body.name for body in m.organisations),
            "; ".join(m.sources),
        )
        for m in meetings(dataset)
    )
    return MEETINGS, rows


def person_table(dataset: Dataset) -> Table:
    rows = dataset.db.execute(
        "SELECT e.id, e.name, e.gender, count(DISTINCT a.release) FROM entity e JOIN appearance a ON a.entity = e.id"
        " WHERE e.kind = 'person' GROUP BY e.id ORDER BY e.name, e.id"
    )
    return ("id", "name", "gender", "releases"), rows


def position_table(dataset: Dataset) -> Table:
    rows = dataset.db.execute(
        "SELECT a.entity, e.name, p.position, o.entity, coalesce(oe.name, o.name), p.former, p.acting, p.confidence,"
        " r.id, r.source, r.day FROM position p JOIN appearance a ON a.n = p.person JOIN entity e ON e.id = a.entity"
        " LEFT JOIN appearance o ON o.n = p.organisation LEFT JOIN entity oe ON oe.id = o.entity"
        " JOIN release r ON r.n = p.release ORDER BY e.name, r.day, p.n"
    )
    columns = ("person", "person_name", "position", "organisation", "organisation_name", "former", "acting")
    return (*columns, "confidence", "release", "source", "day"), rows


def release_table(dataset: Dataset) -> Table:
    rows = dataset.db.execute(
        "SELECT r.id, r.source, r.url, v.published, v.title, (SELECT group_concat(topic, '; ') FROM topic"
        " WHERE release = r.n) FROM release r JOIN version v ON v.n = r.version ORDER BY r.day, r.id"
    )
    return ("id", "source", "url", "published", "title", "topics"), rows


TABLES: dict[str, Callable[[Dataset], Table]] = {
    "attendance": attendance,
    "meetings": meeting_table,
    "people": person_table,
    "positions": position_table,
    "releases": release_table,
}


def write_csv(dataset: Dataset, table: str, file: TextIO) -> None:
    columns, rows = TABLES[table](dataset)
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)


def safe(cell: Any) -> Any:
    """A spreadsheet must not take a quotation for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "@", "\t", "\r") else cell


LONGEST_CELL = 32_000
"""Characters that a spreadsheet's cell holds."""


def write_xlsx(dataset: Dataset, path: Path) -> None:
    """All tables, one a sheet."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    for name, table in TABLES.items():
        sheet = book.create_sheet(name)
        columns, rows = table(dataset)
        for row in chain([columns], rows):
            sheet.append(
                [ILLEGAL_CHARACTERS_RE.sub("", safe(c))[:LONGEST_CELL] if isinstance(c, str) else c for c in row]
            )
    book.save(path)


# Graphs.


def follow_the_money(dataset: Dataset) -> Iterator[dict[str, Any]]:
    """Person, Organization, Membership, Event, PublicBody and Address, as FollowTheMoney entities."""
    for id_ in people(dataset):
        person = dataset.person(id_)
        yield ftm(id_, "Person", name=[person.name], alias=list(person.names), gender=gender(person.gender))
        for held in person.positions:
            if held.organisation and held.organisation.id:
                yield ftm(
                    f"{id_}-{held.organisation.id}-{short_hash(held.position)}",
                    "Membership",
                    member=[id_],
                    organization=[held.organisation.id],
                    role=[held.position],
                    startDate=[held.first] if held.first else [],
                    endDate=[held.last] if held.former and held.last else [],
                )
    for id_ in entities(dataset, "organisation"):
        body = dataset.organisation(id_)
        yield ftm(id_, "Organization", name=[body.name], alias=list(body.names))
    for id_ in entities(dataset, "place"):
        place = dataset.place(id_)
        yield ftm(id_, "PublicBody" if place.people else "Address", **place_fields(place.name, bool(place.people)))
    for row in meetings(dataset):
        yield ftm(
            row.id,
            "Event",
            name=[row.name],
            startDate=[row.date] if row.date else [],
            endDate=[row.date_end] if row.date_end else [],
            location=[row.place.name] if row.place else [],
            involved=[person.id for person in row.attendees if person.id],
            organizer=[body.id for body in row.organisations if body.id],
        )


def ftm(id_: str, schema: str, **properties: list[Any]) -> dict[str, Any]:
    return {"id": id_, "schema": schema, "properties": {name: values for name, values in properties.items() if values}}


def gender(value: str | None) -> list[str]:
    return {"m": ["male"], "f": ["female"]}.get(value or "", [])


def place_fields(name: str, employs: bool) -> dict[str, list[Any]]:
    return {"name": [name]} if employs else {"full": [name]}


def short_hash(text: str) -> str:
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()[:8]


def write_gexf(dataset: Dataset, file: TextIO) -> None:
    """People as nodes, meetings in common as the weight of an edge."""
    nodes = {row[0]: row[1] for row in person_table(dataset)[1]}
    edges = dataset.db.execute(
        "SELECT a.entity, b.entity, count(DISTINCT m.event) FROM attendance t JOIN meeting m ON m.n = t.meeting"
        " JOIN appearance a ON a.n = t.person JOIN meeting m2 ON m2.event = m.event"
        " JOIN attendance t2 ON t2.meeting = m2.n JOIN appearance b ON b.n = t2.person"
        " WHERE a.entity < b.entity GROUP BY 1, 2 ORDER BY 1, 2"
    )
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n')
    file.write('<graph defaultedgetype="undirected"><nodes>\n')
    file.writelines(f"<node id={quoteattr(id_)} label={quoteattr(name)}/>\n" for id_, name in nodes.items())
    file.write("</nodes><edges>\n")
    file.writelines(edge_lines(edges))
    file.write("</edges></graph></gexf>\n")


def edge_lines(edges: Iterable[tuple[str, str, int]]) -> Iterator[str]:
    for number, (a, b, weight) in enumerate(edges):
        yield f'<edge id="{number}" source={quoteattr(a)} target={quoteattr(b)} weight="{weight}"/>\n'
