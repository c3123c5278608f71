"""The crawler's memory in the dataset's file, and the pages it kept as the next stage reads them.

`SqliteFrontier` implements `crawler.frontier.Frontier`; `Pages` gives what was kept. Writes of pages are gathered and
committed together by `flush`, in short transactions, so that other stages may write beside a crawl.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from crawler.frontier import Found, Link, Place, RobotsFile, Span, StoredPage, Validators
from store.parameters import numbered

SCHEMA = """
CREATE TABLE IF NOT EXISTS crawl_run (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    report TEXT
);
CREATE INDEX IF NOT EXISTS crawl_run_source ON crawl_run (source, id);
CREATE TABLE IF NOT EXISTS crawl_way (
    source TEXT NOT NULL,
    way TEXT NOT NULL,
    covered INTEGER NOT NULL,
    PRIMARY KEY (source, way)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS crawl_link (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    url TEXT NOT NULL,
    run INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    found_at TEXT NOT NULL,
    published TEXT,
    hints TEXT,
    etag TEXT,
    last_modified TEXT,
    digest TEXT,
    fetched_at TEXT,
    checked_at TEXT,
    due_at TEXT,
    UNIQUE (source, key)
);
CREATE INDEX IF NOT EXISTS crawl_link_new ON crawl_link (source, id) WHERE state = 'new';
CREATE INDEX IF NOT EXISTS crawl_link_due ON crawl_link (source, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS crawl_link_published ON crawl_link (source, published) WHERE published IS NOT NULL;
CREATE INDEX IF NOT EXISTS crawl_link_digest ON crawl_link (source, digest) WHERE digest IS NOT NULL;
CREATE TABLE IF NOT EXISTS crawl_alias (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    url TEXT NOT NULL,
    link INTEGER NOT NULL REFERENCES crawl_link (id),
    UNIQUE (source, key)
);
CREATE INDEX IF NOT EXISTS crawl_alias_link ON crawl_alias (link);
CREATE TABLE IF NOT EXISTS crawl_page (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    link INTEGER NOT NULL REFERENCES crawl_link (id),
    run INTEGER NOT NULL,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    digest TEXT NOT NULL,
    hints TEXT,
    file TEXT NOT NULL,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS crawl_page_link ON crawl_page (link);
CREATE TABLE IF NOT EXISTS crawl_document (
    link INTEGER NOT NULL REFERENCES crawl_link (id),
    url TEXT NOT NULL,
    file TEXT NOT NULL,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    PRIMARY KEY (link, url)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS crawl_validators (
    url TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    digest TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS crawl_robots (
    host TEXT PRIMARY KEY,
    status INTEGER NOT NULL,
    body BLOB NOT NULL,
    fetched_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS crawl_archive (
    file TEXT PRIMARY KEY,
    length INTEGER NOT NULL
) WITHOUT ROWID;
"""

LINK = "id, source, url, key, hints, etag, last_modified, digest, published, found_at, tries"


class SqliteFrontier:
    """See `crawler.frontier.Frontier`. One process at a time; `path` is the dataset's file or a file of its own."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, timeout=30, isolation_level=None)
        self.db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -4096;")
        self.db.executescript(SCHEMA)
        self.waiting: list[tuple[str, tuple[object, ...]]] = []
        self.taken: set[int] = set()
        self.done: set[int] = set()
        self.bodies: dict[tuple[str, str], int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives up what was not flushed."""
        self.db.close()

    def start(self, source: str) -> int:
        sql = "INSERT INTO crawl_run (source, started_at) VALUES (?, ?)"
        run = self.db.execute(sql, (source, text(datetime.now(UTC)))).lastrowid
        assert run is not None  # noqa: S101 SQLite gives one for every insert
        return run

    def finish(self, run: int, report: Mapping[str, object]) -> None:
        sql = "UPDATE crawl_run SET finished_at = ?, report = ? WHERE id = ?"
        self.db.execute(sql, (text(datetime.now(UTC)), dump(report), run))

    def reports(self, source: str, count: int) -> list[dict[str, object]]:
        """What the last finished runs told, the newest first."""
        sql = "SELECT report FROM crawl_run WHERE source = ? AND finished_at IS NOT NULL ORDER BY id DESC LIMIT ?"
        return [json.loads(row[0]) for row in self.db.execute(sql, (source, count))]

    def covered(self, source: str, way: str) -> int:
        sql = "SELECT covered FROM crawl_way WHERE source = ? AND way = ?"
        row = self.db.execute(sql, (source, way)).fetchone()
        return int(row[0]) if row else 0

    def cover(self, source: str, way: str, run: int) -> None:
        self.db.execute("INSERT OR REPLACE INTO crawl_way (source, way, covered) VALUES (?, ?, ?)", (source, way, run))

    def runs_of(self, source: str, keys: Iterable[str]) -> dict[str, int]:
        wanted = json.dumps(list(keys))
        sql = """
            SELECT key, run FROM crawl_link WHERE source = :p1 AND key IN (SELECT value FROM json_each(:p2))
            UNION ALL
            SELECT crawl_alias.key, run FROM crawl_alias JOIN crawl_link ON crawl_link.id = link
            WHERE crawl_alias.source = :p1 AND crawl_alias.key IN (SELECT value FROM json_each(:p2))
        """
        return dict(self.db.execute(sql, numbered(source, wanted)).fetchall())

    def add(
        self, source: str, run: int, found: Iterable[Found], *, skip: bool = False, wake: bool = False
    ) -> int:  # fmt: skip
        now = text(datetime.now(UTC))
        several = list(found)
        known = self.runs_of(source, [one.key for one in several])
        fresh = {one.key: one for one in several if one.key not in known}
        changed = [(one, at) for one in several if one.key in known and (at := one.modified) is not None]
        state, due = ("skipped", None) if skip else ("new", now)
        with self.transaction():
            self.db.executemany(
                "INSERT INTO crawl_link (source, key, url, run, state, found_at, published, hints, due_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (source, one.key, one.url, run, state, now, text(one.published), dump(one.hints), due)
                    for one in fresh.values()
                ],
            )
            self.db.executemany(
                "UPDATE crawl_link SET due_at = checked_at WHERE state = 'kept' AND checked_at < :p1 AND id = "
                "coalesce((SELECT link FROM crawl_alias WHERE source = :p2 AND key = :p3), "
                "(SELECT id FROM crawl_link WHERE source = :p2 AND key = :p3))",
                [numbered(text(at), source, one.key) for one, at in changed],
            )
            self.db.executemany(
                "UPDATE crawl_link SET state = 'new', due_at = found_at "
                "WHERE source = ? AND key = ? AND state = 'skipped' AND reason IS NULL",
                [(source, one.key) for one in several if wake and one.key in known],
            )
        return len(fresh)

    def due(self, source: str, before: datetime, count: int, *, recheck: bool = False) -> list[Link]:
        taken, at = json.dumps(list(self.taken)), text(before)
        new = f"""
            SELECT {LINK} FROM crawl_link WHERE source = ? AND state = 'new'
            AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?
        """
        again = f"""
            SELECT {LINK} FROM crawl_link WHERE source = ? AND due_at IS NOT NULL AND state != 'new' AND
            {"state = 'kept' AND checked_at < ?" if recheck else "due_at <= ?"}
            AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY due_at LIMIT ?
        """
        links = [link_of(row) for row in self.db.execute(new, (source, taken, count))]
        if len(links) < count:
            links += [link_of(row) for row in self.db.execute(again, (source, at, taken, count - len(links)))]
        self.taken.update(link.id for link in links)
        return links

    def waiting_count(self, source: str) -> int:
        """Addresses found and never fetched yet."""
        sql = "SELECT count(*) FROM crawl_link WHERE source = ? AND state = 'new'"
        return int(self.db.execute(sql, (source,)).fetchone()[0])

    def keep(
        self, link: Link, *, url: str, fetched_at: datetime, status: int, digest: str, place: Place,
        etag: str | None, last_modified: str | None, due_at: datetime | None, run: int, hints: Mapping[str, str],
    ) -> None:  # fmt: skip
        at = text(fetched_at)
        self.done.add(link.id)
        self.bodies[link.source, digest] = link.id
        self.later(
            "INSERT INTO crawl_page (link, run, source, url, fetched_at, status, digest, hints, file, offset, length) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(link.id, run, link.source, url, at, status, digest, dump(hints)),
                *(place.file, place.offset, place.length),
            ),
        )
        self.later(
            "UPDATE crawl_link SET state = 'kept', reason = NULL, tries = 0, etag = ?, last_modified = ?, digest = ?, "
            "fetched_at = ?, checked_at = ?, due_at = ? WHERE id = ?",
            (etag, last_modified, digest, at, at, text(due_at), link.id),
        )

    def attach(self, link: Link, url: str, place: Place) -> None:
        values = (link.id, url, place.file, place.offset, place.length)
        self.later("INSERT OR REPLACE INTO crawl_document VALUES (?, ?, ?, ?, ?)", values)

    def attached(self, link: Link) -> frozenset[str]:
        rows = self.db.execute("SELECT url FROM crawl_document WHERE link = ?", (link.id,))
        return frozenset(row[0] for row in rows)

    def unchanged(self, link: Link, checked_at: datetime, due_at: datetime) -> None:
        self.done.add(link.id)
        sql = "UPDATE crawl_link SET state = 'kept', reason = NULL, tries = 0, checked_at = ?, due_at = ? WHERE id = ?"
        self.later(sql, (text(checked_at), text(due_at), link.id))

    def drop(self, link: Link, state: str, reason: str, *, due_at: datetime | None = None) -> None:
        """A page once kept stays «kept»: only its next look is put off."""
        self.done.add(link.id)
        self.later(
            "UPDATE crawl_link SET state = CASE WHEN digest IS NULL THEN ? ELSE 'kept' END, reason = ?, "
            "tries = tries + 1, checked_at = ?, due_at = ? WHERE id = ?",
            (state, reason, text(datetime.now(UTC)), text(due_at), link.id),
        )

    def date(self, link: Link, published: datetime) -> None:
        self.later("UPDATE crawl_link SET published = coalesce(published, ?) WHERE id = ?", (text(published), link.id))

    def dates_of(self, source: str, keys: Iterable[str]) -> dict[str, datetime]:
        sql = """
            SELECT key, published FROM crawl_link WHERE source = ? AND published IS NOT NULL
            AND key IN (SELECT value FROM json_each(?))
        """
        rows = self.db.execute(sql, (source, json.dumps(list(keys))))
        return {key: datetime.fromisoformat(published) for key, published in rows}

    def alias(self, source: str, key: str, url: str, link: int) -> None:
        self.later(
            "INSERT OR IGNORE INTO crawl_alias (source, key, url, link) VALUES (?, ?, ?, ?)", (source, key, url, link)
        )

    def rename(self, link: Link, key: str, url: str) -> Link:
        self.later("UPDATE OR IGNORE crawl_link SET key = ?, url = ? WHERE id = ?", (key, url, link.id))
        self.alias(link.source, link.key, link.url, link.id)
        return replace(link, key=key, url=url)

    def find(self, source: str, key: str) -> Link | None:
        sql = f"""
            SELECT {LINK} FROM crawl_link WHERE source = :p1 AND id =
            coalesce((SELECT link FROM crawl_alias WHERE source = :p1 AND key = :p2),
                     (SELECT id FROM crawl_link WHERE source = :p1 AND key = :p2))
        """
        row = self.db.execute(sql, numbered(source, key)).fetchone()
        return link_of(row) if row else None

    def forget(self, link: Link) -> None:
        self.db.execute("DELETE FROM crawl_link WHERE id = ?", (link.id,))

    def urls(self, source: str, start: str) -> Iterator[str]:
        sql = "SELECT url FROM crawl_link WHERE source = ? AND substr(url, 1, ?) = ? AND state != 'skipped'"
        for row in self.db.execute(sql, (source, len(start), start)):
            yield row[0]

    def same_body(self, source: str, digest: str) -> int | None:
        if (source, digest) in self.bodies:
            return self.bodies[source, digest]
        sql = "SELECT id FROM crawl_link WHERE source = ? AND digest = ? ORDER BY id LIMIT 1"
        row = self.db.execute(sql, (source, digest)).fetchone()
        return int(row[0]) if row else None

    def validators(self, url: str) -> Validators:
        row = self.db.execute(
            "SELECT etag, last_modified, digest FROM crawl_validators WHERE url = ?", (url,)
        ).fetchone()
        return Validators(etag=row[0], last_modified=row[1], digest=row[2]) if row else Validators()

    def validate(self, source: str, url: str, validators: Validators) -> None:
        values = (url, source, validators.etag, validators.last_modified, validators.digest)
        self.later("INSERT OR REPLACE INTO crawl_validators VALUES (?, ?, ?, ?, ?)", values)

    def robots(self, host: str) -> RobotsFile | None:
        row = self.db.execute("SELECT status, body, fetched_at FROM crawl_robots WHERE host = ?", (host,)).fetchone()
        return RobotsFile(status=row[0], body=row[1], fetched_at=datetime.fromisoformat(row[2])) if row else None

    def keep_robots(self, host: str, robots: RobotsFile) -> None:
        values = (host, robots.status, robots.body, text(robots.fetched_at))
        self.later("INSERT OR REPLACE INTO crawl_robots VALUES (?, ?, ?, ?)", values)

    def archived(self) -> dict[str, int]:
        return dict(self.db.execute("SELECT file, length FROM crawl_archive").fetchall())

    def flush(self, archive: Mapping[str, int] | None = None) -> None:
        for name, length in (archive or {}).items():
            self.later("INSERT OR REPLACE INTO crawl_archive VALUES (?, ?)", (name, length))
        if self.waiting:
            with self.transaction():
                for sql, values in self.waiting:
                    self.db.execute(sql, values)
            self.waiting.clear()
        self.taken -= self.done
        self.done.clear()
        self.bodies.clear()

    def later(self, sql: str, values: tuple[object, ...]) -> None:
        self.waiting.append((sql, values))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def published_since(self, source: str, day: datetime) -> int:
        sql = "SELECT count(*) FROM crawl_link WHERE source = ? AND published >= ?"
        return int(self.db.execute(sql, (source, text(day))).fetchone()[0])

    def span(self, source: str) -> Span:
        sql = "SELECT min(published), max(published), min(found_at), max(found_at) FROM crawl_link WHERE source = ?"
        oldest, newest, first, last = map(moment, self.db.execute(sql, (source,)).fetchone())
        return Span(oldest=oldest, newest=newest, first_found=first, last_found=last)


class Pages:
    """The pages that were kept, for whoever reads releases out of them. Read-only; any number of processes."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """`db`: a connection to the dataset's file (`Dataset.db`)."""
        self.db = db

    def since(self, page: int = 0, *, source: str | None = None, run: int | None = None) -> Iterator[StoredPage]:
        """Versions kept after the one with this id, oldest first; remember the last id seen and nothing is missed."""
        sql = """
            SELECT crawl_page.id, link, crawl_page.source, crawl_page.url, crawl_page.fetched_at, status,
                   crawl_page.digest, crawl_page.hints, file, offset, length, crawl_link.url
            FROM crawl_page JOIN crawl_link ON crawl_link.id = link
            WHERE crawl_page.id > :p1 AND (:p2 IS NULL OR crawl_page.source = :p2)
              AND (:p3 IS NULL OR crawl_page.run = :p3)
            ORDER BY crawl_page.id LIMIT 500
        """
        while rows := self.db.execute(sql, numbered(page, source, run)).fetchall():
            for row in rows:
                yield self.page_of(row)
            page = rows[-1][0]

    def count(self, page: int = 0, *, source: str | None = None) -> int:
        """How many `since` would give."""
        sql = "SELECT count(*) FROM crawl_page WHERE id > :p1 AND (:p2 IS NULL OR source = :p2)"
        return int(self.db.execute(sql, numbered(page, source)).fetchone()[0])

    def addresses(self, link: int) -> tuple[str, ...]:
        """All addresses of a page, its own first."""
        sql = """
            SELECT url FROM (SELECT 0 AS place, url FROM crawl_link WHERE id = :p1
                             UNION ALL SELECT id, url FROM crawl_alias WHERE link = :p1) ORDER BY place
        """
        return tuple(dict.fromkeys(row[0] for row in self.db.execute(sql, numbered(link))))

    def aliases(self, alias: int = 0) -> Iterator[tuple[int, int, str, str]]:
        """Addresses learnt after the one with this id: (id, link, source, address). A page may gain some unchanged."""
        sql = "SELECT id, link, source, url FROM crawl_alias WHERE id > ? ORDER BY id"
        yield from self.db.execute(sql, (alias,))

    def documents(self, link: int) -> dict[str, Place]:
        """Files kept with a page, by address."""
        rows = self.db.execute("SELECT url, file, offset, length FROM crawl_document WHERE link = ?", (link,))
        return {row[0]: Place(file=row[1], offset=row[2], length=row[3]) for row in rows}

    def page_of(self, row: tuple[Any, ...]) -> StoredPage:
        own = dict.fromkeys((row[11], row[3], *self.addresses(row[1])))
        return StoredPage(
            id=row[0], link=row[1], source=row[2], url=row[11], addresses=tuple(own),
            fetched_at=datetime.fromisoformat(row[4]), status=row[5], digest=row[6], hints=load(row[7]),
            place=Place(file=row[8], offset=row[9], length=row[10]), documents=self.documents(row[1]),
        )  # fmt: skip


def link_of(row: tuple[Any, ...]) -> Link:
    return Link(
        id=row[0], source=row[1], url=row[2], key=row[3], hints=load(row[4]), etag=row[5], last_modified=row[6],
        digest=row[7], published=moment(row[8]), found_at=moment(row[9]), tries=row[10],
    )  # fmt: skip


def text(at: datetime | None) -> str | None:
    """UTC in one format, so that moments compare as text."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="milliseconds")


def moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def dump(value: Mapping[str, object]) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value else None


def load(value: str | None) -> dict[str, str]:
    return json.loads(value) if value else {}
