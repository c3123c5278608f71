"""What each stage has done with each document, and what it could not do: the state that makes every run resumable."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document set aside by a stage until the document or the stage's version changes."""

    stage: str
    document: str
    """Release id, or the page's key for the reading stage."""
    reason: str
    version: str
    at: str
    url: str | None = None

    def __str__(self) -> str:
        return f"{self.url or self.document} ({self.stage}): {self.reason}"


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def done(db: sqlite3.Connection, stage: str, document: str, hash_: str, version: str) -> None:
    db.execute("INSERT OR REPLACE INTO stage VALUES (?, ?, ?, ?, ?)", (stage, document, hash_, version, now()))
    db.execute("DELETE FROM failure WHERE stage = ? AND document = ?", (stage, document))


def failed(db: sqlite3.Connection, stage: str, document: str, hash_: str, version: str, reason: str) -> None:
    row = (stage, document, hash_, version, reason, now())
    db.execute("INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?, ?, ?)", row)


def is_done(db: sqlite3.Connection, stage: str, document: str, hash_: str, version: str) -> bool:
    """True as well for what failed at this very version: it would fail again."""
    for table in ("stage", "failure"):
        row = db.execute(
            f"SELECT 1 FROM {table} WHERE stage = ? AND document = ? AND hash = ? AND version = ?",
            (stage, document, hash_, version),
        ).fetchone()
        if row:
            return True
    return False


def failures(db: sqlite3.Connection) -> list[Failure]:
    rows = db.execute(
        "SELECT stage, document, reason, f.version, at, r.url FROM failure f LEFT JOIN release r ON r.id = f.document"
        " ORDER BY stage, document"
    )
    keys = ("stage", "document", "reason", "version", "at", "url")
    return [Failure(**dict(zip(keys, row, strict=True))) for row in rows]
