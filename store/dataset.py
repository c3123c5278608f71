"""The dataset: one folder with one SQLite file and the archive of raw pages; everything else asks this class."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Self

from store import bodies, frontier, meetings, people, releases, search, stages, summary
from store.faults import CorruptDataset, DatasetFault, NewerDataset, NoDataset
from store.meetings import MeetingFilter
from store.records import Body, BodyRow, Facets, Hit, Meeting, MeetingRow, Page, Person, PersonRow, Release, Summary

FILE = "svodka.sqlite"
APPLICATION_ID = 0x53564F44
"""«SVOD» at byte 68 of the file: tells our files from other SQLite files."""
SCHEMA_VERSION = 1
HEADER = 100
"""Bytes that every SQLite file has at least."""


class Dataset:
    """Open with `Dataset.open`; usable from several threads, each has a connection of its own.

    Raises DatasetFault (NoDataset, NewerDataset, CorruptDataset) with a one-line message that names the file.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE
        self.local = threading.local()
        self.connections: list[sqlite3.Connection] = []

    @classmethod
    def open(cls, folder: Path | str, create: bool = False) -> Self:
        dataset = cls(Path(folder))
        if not dataset.path.exists():
            if not create:
                raise NoDataset(dataset.path, "набора данных нет; создать: svodka init")
            dataset.make()
        dataset.check_header()
        dataset.check_schema()
        return dataset

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        while self.connections:
            self.connections.pop().close()
        self.local = threading.local()

    @property
    def db(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode: writes go through `transaction`."""
        connection: sqlite3.Connection | None = getattr(self.local, "db", None)
        if connection is None:
            connection = self.local.db = connect(self.path)
            self.connections.append(connection)
        return connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; waits for another writer for half a minute at most."""
        db = self.db
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    def make(self) -> None:
        """The file appears whole or not at all: it is filled under another name first."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / "warc").mkdir(exist_ok=True)
            draft = self.folder / f"{FILE}.new"
            for stale in self.folder.glob(f"{draft.name}*"):  # of a process killed while making it, with its -wal
                stale.unlink()
            with_schema(draft)
            draft.replace(self.path)
        except (OSError, sqlite3.Error) as error:
            raise DatasetFault(self.path, f"не создать: {reason(error)}") from error

    def check_header(self) -> None:
        """Reads the two numbers in the file's header only, so that a foreign file stays untouched.

        Through SQLite: closing a file of our own here would drop the locks of this process's other connections
        (POSIX), another process would then take itself for the last one, and the file would be torn.
        """
        try:
            if self.path.stat().st_size < HEADER:
                raise CorruptDataset(self.path, "повреждён или не SQLite")
            application, version = header(self.path)
        except OSError as error:
            raise DatasetFault(self.path, f"не читается: {reason(error)}") from error
        except sqlite3.OperationalError as error:
            raise DatasetFault(self.path, f"не читается: {error}") from error
        except sqlite3.DatabaseError as error:
            raise CorruptDataset(self.path, "повреждён или не SQLite") from error
        if application != APPLICATION_ID:
            raise CorruptDataset(self.path, "это SQLite, но не набор данных «Сводки»")
        if version > SCHEMA_VERSION:
            raise NewerDataset(
                self.path, f"записан более новой «Сводкой» (версия {version}, эта программа знает {SCHEMA_VERSION})"
            )

    def check_schema(self) -> None:
        try:
            self.db.execute("SELECT count(*) FROM release, version WHERE 0").fetchone()
        except sqlite3.DatabaseError as error:
            self.close()
            raise CorruptDataset(self.path, f"повреждён: {error}") from error

    def search(self, text: str, limit: int = 20, after: str | None = None, order: search.Order = "date") -> Page[Hit]:
        """Releases that match, with highlighted snippets. Raises BadQuery (names the position) and BadToken."""
        return search.search(self.db, text, limit, after, order)

    def facets(self, text: str = "") -> Facets:
        """Counts of all that a query matches, by source, topic, person, organisation, place and year."""
        return search.facets(self.db, text)

    def release(self, id_: str) -> Release:
        """Like the next four: raises Unknown; an id that was merged gives what it redirects to."""
        return releases.one(self.db, id_)

    def person(self, id_: str) -> Person:
        return people.one(self.db, id_)

    def organisation(self, id_: str) -> Body:
        return bodies.one(self.db, "organisation", id_)

    def place(self, id_: str) -> Body:
        return bodies.one(self.db, "place", id_)

    def meeting(self, id_: str) -> Meeting:
        return meetings.one(self.db, id_)

    def meetings(
        self,
        wanted: MeetingFilter = meetings.EVERY,
        limit: int = 50,
        offset: int = 0,
        order: meetings.Order = "newest",
    ) -> Page[MeetingRow]:
        return meetings.listing(self.db, wanted, limit, offset, order)

    def people(
        self, name: str = "", limit: int = 50, offset: int = 0, order: people.Order = "meetings"
    ) -> Page[PersonRow]:
        """`name`: words in any case form, or beginnings of them."""
        return people.listing(self.db, name, limit, offset, order)

    def organisations(self, name: str = "", limit: int = 50, offset: int = 0) -> Page[BodyRow]:
        return bodies.listing(self.db, "organisation", name, limit, offset)

    def places(self, name: str = "", limit: int = 50, offset: int = 0) -> Page[BodyRow]:
        return bodies.listing(self.db, "place", name, limit, offset)

    def summary(self) -> Summary:
        return summary.summary(self.db)

    def failures(self) -> list[stages.Failure]:
        """Documents that a stage has set aside."""
        return stages.failures(self.db)

    def problems(self) -> list[str]:
        """What SQLite's own check finds wrong; reads the whole file."""
        try:
            rows = [str(row[0]) for row in self.db.execute("PRAGMA quick_check(20)")]
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return [row for row in rows if row != "ok"]


def header(path: Path) -> tuple[int, int]:
    """Whose file it is and of which version."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
    try:
        application, version = (
            db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        )
        return int(application), int(version)
    finally:
        db.close()


def connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        db.executescript(
            "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;"
            "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"
        )
    except sqlite3.Error:
        db.close()
        raise
    db.create_function("fold", 1, fold, deterministic=True)
    return db


def fold(text: str | None) -> str | None:
    """SQLite compares letters without case in ASCII only."""
    return None if text is None else text.casefold().replace("ё", "е")


def with_schema(path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        schema = files("store").joinpath("schema.sql").read_text(encoding="utf-8")
        db.executescript(f"BEGIN; {schema} {frontier.SCHEMA} COMMIT;")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        db.close()


def reason(error: BaseException) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)
