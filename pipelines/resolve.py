"""Appearances → people, bodies and places under stable ids; meetings told of by several agencies → one event."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any

from pipelines.identity import bodies, events, people
from pipelines.identity.evidence import Cluster, Sighting
from pipelines.identity.ledger import Ledger
from pipelines.progress import progress
from store import corrections, entities, stages
from store.blocks import block
from store.corrections import Anchor
from store.dataset import Dataset
from store.lemmas import WORD
from store.parameters import numbered

STAGE = "resolve"
KINDS = ("place", "organisation", "person")
LETTERS = {"person": "p", "organisation": "o", "place": "l", "event": "m"}
COLUMNS = ("gender", "acronym", "place_kind", "country", "latitude", "longitude")
BLOCKS = 200
"""Of one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    appearances: int = 0
    """Looked at in this run."""
    entities: int = 0
    merged: int = 0
    events: int = 0


def resolve(dataset: Dataset, everything: bool = False) -> Outcome:
    """Only names that are new since the last run, unless the rules or the ledger have changed."""
    ledger = Ledger(corrections.load(dataset.folder))
    fingerprint = f"{version()}-{ledger.fingerprint}"
    again = everything or not stages.is_done(dataset.db, STAGE, "all", "", fingerprint)
    if again:
        with dataset.transaction() as db:
            reblock(db)
    looked_at = 0
    for kind in KINDS:
        units = units_of(dataset.db, kind, again, ledger)
        with progress(TITLES[kind], len(units)) as advance:
            for start in range(0, len(units), BLOCKS):
                some = units[start : start + BLOCKS]
                with dataset.transaction() as db:
                    looked_at += sum(resolve_unit(db, kind, keys, ledger) for keys in some)
                advance(len(some))
    told = events.resolve(dataset, ledger, again)
    if again:
        with dataset.transaction() as db:
            stages.done(db, STAGE, "all", "", fingerprint)
    return counted(dataset.db, looked_at, told)


@cache
def version() -> str:
    """Changes whenever the rules or their data do."""
    digest = sha256()
    rules = Path(__file__).parent / "identity"
    known = Path(str(files("data"))) / "identity"
    for path in (*sorted(rules.glob("*.py")), *sorted(known.glob("*.toml")), Path(str(files("store"))) / "blocks.py"):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def reblock(db: sqlite3.Connection) -> None:
    """Keys under which names are compared may have changed with the rules."""
    for kind, name, key in db.execute("SELECT DISTINCT kind, name, block FROM appearance").fetchall():
        if (now := block(kind, name)) != key:
            db.execute("UPDATE appearance SET block = ? WHERE kind = ? AND name = ?", (now, kind, name))


TITLES = {"person": "Люди", "organisation": "Организации", "place": "Места"}


def units_of(db: sqlite3.Connection, kind: str, everything: bool, ledger: Ledger) -> list[tuple[str, ...]]:
    """Blocks to look at, those that belong together in one tuple."""
    where = "" if everything else "AND entity IS NULL"
    rows = db.execute(f"SELECT DISTINCT block FROM appearance WHERE kind = ? {where} ORDER BY block", (kind,))
    together = linked_blocks(db, kind, ledger)
    return sorted({together.get(row[0], (row[0],)) for row in rows})


def linked_blocks(db: sqlite3.Connection, kind: str, ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """Blocks that corrections or acronyms tie to one another."""
    ties: list[Sequence[str]] = [blocks_of(db, kind, anchors) for anchors in ledger.links(kind)]
    if kind == "organisation":
        ties += acronym_ties(db)
    groups: dict[str, set[str]] = {}
    for tie in ties:
        whole = set(tie).union(*(groups.get(key, ()) for key in tie))
        groups.update(dict.fromkeys(whole, whole))
    return {key: tuple(sorted(whole)) for key, whole in groups.items() if len(whole) > 1}


def blocks_of(db: sqlite3.Connection, kind: str, anchors: Iterable[Anchor]) -> list[str]:
    query = (
        "SELECT a.block FROM appearance a JOIN release r ON r.n = a.release"
        " WHERE r.id = ? AND a.kind = ? AND a.name = ?"
    )
    return [row[0] for a in anchors for row in db.execute(query, (a.release, kind, a.key))]


def acronym_ties(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """«Межпарламентская ассамблея (МПА)»: the short name leads to the full one where only one is known by it."""
    full: dict[str, set[str]] = defaultdict(set)
    rows = db.execute(
        "SELECT DISTINCT acronym, block FROM appearance WHERE kind = 'organisation' AND acronym IS NOT NULL"
    )
    for acronym, key in rows:
        if (short := block("organisation", acronym)) != key:
            full[short].add(key)
    return [(short, keys.pop()) for short, keys in sorted(full.items()) if len(keys) == 1]


def resolve_unit(db: sqlite3.Connection, kind: str, keys: tuple[str, ...], ledger: Ledger) -> int:
    sightings = load(db, kind, keys)
    if kind == "person":
        clusters = [made for key in keys for made in people.cluster([s for s in sightings if s.block == key])]
    else:
        clusters = bodies.cluster(kind, sightings)
    write(db, kind, ledger.applied(kind, clusters), ledger)
    return len(sightings)


def load(db: sqlite3.Connection, kind: str, keys: tuple[str, ...]) -> list[Sighting]:
    rows = db.execute(
        "SELECT a.n, r.id, a.name, r.source, i.entity, a.gender, a.acronym, a.country, a.place_kind, a.latitude,"
        " a.longitude, r.day, a.release, a.block FROM appearance a JOIN release r ON r.n = a.release"
        " LEFT JOIN identity i ON i.kind = a.kind AND i.release = r.id AND i.key = a.name"
        " WHERE a.kind = ? AND a.block IN (SELECT value FROM json_each(?)) ORDER BY a.n",
        (kind, json.dumps(keys)),
    ).fetchall()
    compared = kind == "person" and len(rows) > 1  # a name that stands alone needs no evidence
    posts, employers = positions(db, keys) if compared else ({}, {})
    company = companions(db, keys) if compared else {}
    return [
        Sighting(
            n=n,
            anchor=Anchor(id_, name),
            name=name,
            block=key,
            source=source,
            before=before,
            gender=gender,
            acronym=acronym,
            country=country,
            place_kind=place_kind,
            latitude=latitude,
            longitude=longitude,
            day=date.fromisoformat(day) if day else None,
            posts=frozenset(posts.get(n, ())),
            bodies=frozenset(employers.get(n, ())),
            people=frozenset(company.get((release, "person"), ())),
            organisations=frozenset(company.get((release, "organisation"), ())),
            places=frozenset(company.get((release, "place"), ())),
        )
        for (n, id_, name, source, before, gender, acronym, country, place_kind), (
            latitude,
            longitude,
            day,
            release,
            key,
        ) in ((row[:9], row[9:]) for row in rows)
    ]


def positions(db: sqlite3.Connection, keys: tuple[str, ...]) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    posts: dict[int, set[str]] = defaultdict(set)
    employers: dict[int, set[str]] = defaultdict(set)
    rows = db.execute(
        "SELECT p.person, p.position, o.block FROM position p JOIN appearance a ON a.n = p.person"
        " LEFT JOIN appearance o ON o.n = p.organisation WHERE a.kind = 'person' AND a.block IN"
        " (SELECT value FROM json_each(?))",
        (json.dumps(keys),),
    )
    for person, position, organisation in rows:
        posts[person].add(position)
        if organisation:
            employers[person].add(organisation)
    return posts, employers


def companions(db: sqlite3.Connection, keys: tuple[str, ...]) -> dict[tuple[int, str], set[str]]:
    """Other names of the same releases; of people only those named in full."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    rows = db.execute(
        "SELECT b.release, b.kind, b.block, b.name FROM appearance b WHERE b.release IN"
        " (SELECT release FROM appearance WHERE kind = 'person' AND block IN (SELECT value FROM json_each(:p1)))"
        " AND NOT (b.kind = 'person' AND b.block IN (SELECT value FROM json_each(:p1)))",
        numbered(json.dumps(keys)),
    )
    for release, other, other_key, name in rows:
        if other != "person":
            found[release, other].add(other_key)
        elif people.parse(name).full:
            found[release, other].add(name)
    return found


def write(db: sqlite3.Connection, kind: str, clusters: Sequence[Cluster], ledger: Ledger) -> None:
    before = {s.anchor: s.before for cluster in clusters for s in cluster.members}
    elsewhere = held_elsewhere(db, clusters, {id_ for id_ in before.values() if id_})
    ids = chosen_ids(kind, clusters, before, elsewhere)
    by_row = {s.n: id_ for cluster, id_ in zip(clusters, ids, strict=True) for s in cluster.members}
    for cluster, id_ in zip(clusters, ids, strict=True):
        entities.put(db, described(kind, id_, cluster, ledger))
    for cluster, id_ in zip(clusters, ids, strict=True):
        for s in cluster.members:
            doubts = sorted({by_row[n] for n in cluster.doubts.get(s.n, ()) if n in by_row} - {id_})
            db.execute(
                "UPDATE appearance SET entity = ?, rule = ?, candidates = ? WHERE n = ?",
                (id_, cluster.rules[s.n], json.dumps(doubts) if doubts else None, s.n),
            )
            db.execute(
                "INSERT OR REPLACE INTO identity VALUES (?, ?, ?, ?)", (kind, s.anchor.release, s.anchor.key, id_)
            )
    redirect(db, clusters, ids, before, elsewhere)


def held_elsewhere(db: sqlite3.Connection, clusters: Sequence[Cluster], ids: set[str]) -> set[str]:
    """Ids that names of other blocks hold as well: a correction joined them once and does no more."""
    rows = {s.n for cluster in clusters for s in cluster.members}
    sql = "SELECT n FROM appearance WHERE entity = ?"
    return {id_ for id_ in ids if any(row[0] not in rows for row in db.execute(sql, (id_,)))}


def chosen_ids(
    kind: str, clusters: Sequence[Cluster], before: dict[Anchor, str | None], elsewhere: set[str]
) -> list[str]:
    """A cluster keeps the id that most of its members had, a new one hashes raw values.

    An id that others hold too stays with those whose raw values it was made of.
    """
    wanted = sorted(
        (-times, place, id_)
        for place, cluster in enumerate(clusters)
        for id_, times in Counter(before[s.anchor] for s in cluster.members).items()
        if id_ is not None and (id_ not in elsewhere or any(hashed(kind, s.anchor) == id_ for s in cluster.members))
    )
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for _, place, id_ in wanted:
        if place not in ids and id_ not in taken:
            ids[place] = id_
            taken.add(id_)
    for place, cluster in enumerate(clusters):
        if place not in ids:
            ids[place] = fresh_id(kind, min(s.anchor for s in cluster.members), taken)
            taken.add(ids[place])
    return [ids[place] for place in range(len(clusters))]


def fresh_id(kind: str, first: Anchor, taken: set[str]) -> str:
    """Taken where a correction has sent the entity's first appearance away from it."""
    return next(id_ for number in count() if (id_ := hashed(kind, first, number)) not in taken)


def hashed(kind: str, anchor: Anchor, number: int = 0) -> str:
    salt = f"\n{number}" if number else ""
    return LETTERS[kind] + sha256(f"{kind}\n{anchor.release}\n{anchor.key}{salt}".encode()).hexdigest()[:12]


def described(kind: str, id_: str, cluster: Cluster, ledger: Ledger) -> entities.Described:
    return entities.Described(
        id=id_,
        kind=kind,
        name=ledger.named(kind, [s.anchor for s in cluster.members]) or best_name(cluster),
        names=tuple(sorted({s.name for s in cluster.members})),
        **{column: most_common(cluster, column) for column in COLUMNS},
    )


def best_name(cluster: Cluster) -> str:
    """The fullest form, initials counting little; among equally full the most frequent."""
    names = Counter(s.name for s in cluster.members)
    return max(sorted(names), key=lambda name: (fullness(name), names[name], -len(name)))


def fullness(name: str) -> int:
    return sum(3 if len(match[0]) > 1 else 1 for match in WORD.finditer(name))


def most_common(cluster: Cluster, column: str) -> Any:
    values = Counter(v for s in cluster.members if (v := getattr(s, column)) is not None)
    return max(sorted(values), key=lambda value: values[value]) if values else None


def redirect(
    db: sqlite3.Connection,
    clusters: Sequence[Cluster],
    ids: Sequence[str],
    before: dict[Anchor, str | None],
    elsewhere: set[str],
) -> None:
    """An id that no cluster kept points at the one that took most of its members."""
    for old in sorted({id_ for id_ in before.values() if id_} - set(ids) - elsewhere):
        went = Counter(id_ for c, id_ in zip(clusters, ids, strict=True) for s in c.members if before[s.anchor] == old)
        entities.merge(db, old, max(sorted(went), key=lambda id_: went[id_]))


def counted(db: sqlite3.Connection, looked_at: int, told: int) -> Outcome:
    alive, merged = db.execute(
        "SELECT count(*) FILTER (WHERE merged_into IS NULL), count(merged_into) FROM entity"
    ).fetchone()
    return Outcome(appearances=looked_at, entities=alive, merged=merged, events=told)
