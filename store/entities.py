"""Rows of people, bodies and places: put, merged, found by id or by name."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from store.faults import Unknown
from store.lemmas import WORD, normal_forms, plain
from store.parameters import numbered


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    id: str
    kind: str
    name: str
    names: tuple[str, ...]
    """Every form under which releases name it: all of them find it."""
    gender: str | None = None
    acronym: str | None = None
    place_kind: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


def put(db: sqlite3.Connection, entity: Described) -> None:
    names = "\n".join((entity.name, *entity.names, entity.acronym or ""))
    indexed = db.execute("SELECT n, words, merged_into FROM entity WHERE id = ?", (entity.id,)).fetchone()
    row = db.execute(
        "INSERT INTO entity (id, kind, name, words, gender, acronym, place_kind, country, latitude, longitude)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
        " words = excluded.words, gender = excluded.gender, acronym = excluded.acronym,"
        " place_kind = excluded.place_kind, country = excluded.country, latitude = excluded.latitude,"
        " longitude = excluded.longitude, merged_into = NULL RETURNING n",
        (
            *(entity.id, entity.kind, entity.name, names, entity.gender, entity.acronym),
            *(entity.place_kind, entity.country, entity.latitude, entity.longitude),
        ),
    ).fetchone()
    if indexed is None or indexed[1] != names or indexed[2] is not None:
        db.execute("DELETE FROM entity_words WHERE rowid = ?", row)
        db.execute("INSERT INTO entity_words (rowid, words) VALUES (?, ?)", (row[0], searchable(names.split("\n"))))


def searchable(names: Iterable[str]) -> str:
    """Each word with its normal forms: «Асланова» is found by «Аслановой» and by «Асланов»."""
    words = dict.fromkeys(plain(match[0]) for name in names for match in WORD.finditer(name))
    return " ".join(dict.fromkeys(form for word in words for form in normal_forms(word)))


def merge(db: sqlite3.Connection, old: str, into: str) -> None:
    """The old id redirects, and so does whatever redirected to it."""
    db.execute("DELETE FROM entity_words WHERE rowid = (SELECT n FROM entity WHERE id = ?)", (old,))
    db.execute("UPDATE entity SET merged_into = :p1 WHERE id = :p2 OR merged_into = :p2", numbered(into, old))


def living(db: sqlite3.Connection, id_: str, kind: str | None = None) -> str:
    """The id itself or the one it was merged into. Raises Unknown."""
    row = db.execute("SELECT coalesce(merged_into, id), kind FROM entity WHERE id = ?", (id_,)).fetchone()
    if row is None or kind not in (None, row[1]):
        raise Unknown(f"нет такого идентификатора: {id_}")
    return str(row[0])


def matching(words: Iterable[str], prefix: bool = False) -> str:
    """An expression of the full-text index over entity_words: every word, in any case form."""
    terms = []
    for word in words:
        forms = " OR ".join(quoted(form) for form in normal_forms(plain(word)))
        terms.append(f"({forms} OR {quoted(plain(word))}*)" if prefix else f"({forms})")
    return " AND ".join(terms)


def quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def named(db: sqlite3.Connection, kind: str, name: str, prefix: bool = False) -> list[str]:
    """Ids of those whose names hold all these words; an id stands for itself."""
    if (row := db.execute("SELECT coalesce(merged_into, id) FROM entity WHERE id = ?", (name,)).fetchone()) is not None:
        return [str(row[0])]
    words = [match[0] for match in WORD.finditer(name)]
    if not words:
        return []
    rows = db.execute(
        "SELECT e.id FROM entity_words w JOIN entity e ON e.n = w.rowid WHERE entity_words MATCH ? AND e.kind = ?"
        " AND e.merged_into IS NULL ORDER BY e.id",
        (matching(words, prefix), kind),
    )
    return [str(row[0]) for row in rows]


def ids_json(ids: Iterable[str]) -> str:
    """For `IN (SELECT value FROM json_each(?))`: any number of ids in one parameter."""
    return json.dumps(list(ids))
