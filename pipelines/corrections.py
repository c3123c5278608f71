"""A correction by ids → a line in the ledger by raw values, and the dataset resolved anew."""

import sqlite3
from collections.abc import Iterable

from pipelines.resolve import resolve
from store import corrections, stages
from store.corrections import Anchor, Correction
from store.dataset import Dataset
from store.faults import DatasetFault, Unknown

__all__ = ["Correction", "different", "rename", "same", "undo"]


def same(dataset: Dataset, left: str, right: str, *, reason: str, by: str) -> Correction:
    """Raises Unknown, and DatasetFault where the two are of different kinds."""
    (kind, a), (other, b) = anchors(dataset.db, left), anchors(dataset.db, right)
    if kind != other:
        raise DatasetFault(dataset.path, f"{left} и {right} разного рода: {kind}, {other}")
    return written(
        dataset, Correction(action="same", kind=kind, left=a, right=b, reason=reason, by=by, at=stages.now())
    )


def different(dataset: Dataset, id_: str, others: Iterable[str], *, reason: str, by: str) -> Correction:
    """`others`: ids of the same kind, or releases in which the name means somebody else."""
    kind, mine = anchors(dataset.db, id_)
    apart = {anchor for other in others for anchor in meant(dataset.db, kind, mine, other)}
    stay = tuple(anchor for anchor in mine if anchor not in apart)
    if not stay or not apart:
        raise DatasetFault(dataset.path, f"{id_}: разделять нечего: останется пусто")
    return written(
        dataset,
        Correction(
            action="different", kind=kind, left=stay, right=tuple(sorted(apart)), reason=reason, by=by, at=stages.now()
        ),
    )


def rename(dataset: Dataset, id_: str, name: str, *, reason: str, by: str) -> Correction:
    kind, mine = anchors(dataset.db, id_)
    if not name.strip():
        raise DatasetFault(dataset.path, "имя не может быть пустым")
    return written(
        dataset,
        Correction(action="rename", kind=kind, left=mine, name=name.strip(), reason=reason, by=by, at=stages.now()),
    )


def undo(dataset: Dataset, number: int, *, reason: str, by: str) -> Correction:
    active = {correction.number: correction for correction in corrections.load(dataset.folder)}
    if number not in active:
        raise Unknown(f"нет действующего исправления {number}")
    kind = active[number].kind
    return written(
        dataset, Correction(action="undo", kind=kind, left=(), undoes=number, reason=reason, by=by, at=stages.now())
    )


def written(dataset: Dataset, correction: Correction) -> Correction:
    corrections.append(dataset.folder, correction)
    resolve(dataset)
    return correction


def meant(db: sqlite3.Connection, kind: str, mine: Iterable[Anchor], other: str) -> list[Anchor]:
    if db.execute("SELECT 1 FROM release WHERE id = ?", (other,)).fetchone():
        found = [anchor for anchor in mine if anchor.release == other]
        if not found:
            raise Unknown(f"в сообщении {other} его нет")
        return found
    other_kind, found_there = anchors(db, other)
    if other_kind != kind:
        raise Unknown(f"{other}: другого рода ({other_kind})")
    return list(found_there)


def anchors(db: sqlite3.Connection, id_: str) -> tuple[str, tuple[Anchor, ...]]:
    """Kind and appearances of an entity or event. Raises Unknown."""
    row = db.execute("SELECT kind, coalesce(merged_into, id) FROM entity WHERE id = ?", (id_,)).fetchone()
    if row is not None:
        sql = "SELECT r.id, a.name FROM appearance a JOIN release r ON r.n = a.release WHERE a.entity = ? ORDER BY 1, 2"
        return row[0], tuple(Anchor(*found) for found in db.execute(sql, (row[1],)))
    row = db.execute("SELECT coalesce(merged_into, id) FROM event WHERE id = ?", (id_,)).fetchone()
    if row is not None:
        sql = "SELECT r.id, m.key FROM meeting m JOIN release r ON r.n = m.release WHERE m.event = ? ORDER BY 1, 2"
        return "event", tuple(Anchor(*found) for found in db.execute(sql, row))
    raise Unknown(f"нет такого идентификатора: {id_}")
