"""Articles → releases with their versions and addresses; the same story is one release wherever it stands."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.items import Article
from nlp.annotation import Release
from store import index, lemmas, stages
from store.parameters import numbered

TRACKING = re.compile(r"utm_\w+|yclid|gclid|fbclid|phpsessid|sid|from|print|_openstat", re.IGNORECASE)
"""Query fields that never choose another document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    id: str
    """Of the release."""
    change: Literal["new", "edited", "reread", "same"]
    """`reread`: the same page as before, read better; it replaces the version instead of adding one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    n: int
    hash: str
    release: Release


def address_key(url: str) -> str:
    """http and https, with and without www, with tracking fields and without: one address."""
    parts = urlsplit(url)
    if not parts.netloc:
        return url
    host = (parts.hostname or "").removeprefix("www.") + (f":{parts.port}" if parts.port not in (None, 80, 443) else "")
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(k)])
    return host + (parts.path.rstrip("/") or "/") + (f"?{query}" if query else "")


def release_id(source: str, key: str) -> str:
    return "r" + sha256(f"{source}\n{key}".encode()).hexdigest()[:15]


def text_hash(article: Article) -> str:
    """What makes a new version: title, words of the text, date; not spacing, not what surrounds them."""
    published = article.published_at.isoformat() if article.published_at else ""
    parts = (article.title, " ".join(article.body.split()), published)
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def save(db: sqlite3.Connection, article: Article, page: str | None = None, addresses: Iterable[str] = ()) -> Saved:
    """Inside a transaction of the caller's. `page` names the stored bytes that the article was read from,
    `addresses` further addresses of the same page."""
    hash_ = text_hash(article)
    keys = {address_key(url): url for url in (article.url, *addresses)}
    row = known(db, article.source, keys, hash_)
    if row is None:
        return add(db, article, keys, hash_, page)
    n, id_, current, number = row
    remember_addresses(db, keys, n)
    if page is not None and (read_before := version_of_page(db, n, page)):
        return reread(db, n, id_, article, hash_, page, read_before)
    if current == hash_:
        return Saved(id=id_, change="same")
    store_version(db, n, article, hash_, page, number + 1)
    return Saved(id=id_, change="edited")


def reread(
    db: sqlite3.Connection, n: int, id_: str, article: Article, hash_: str, page: str, before: tuple[int, str]
) -> Saved:
    """The same bytes, read by better code: the version is replaced, no edit of the agency's is made up."""
    number, read_then = before
    if read_then == hash_:
        return Saved(id=id_, change="same")
    store_version(db, n, article, hash_, page, number)
    return Saved(id=id_, change="reread")


def version_of_page(db: sqlite3.Connection, n: int, page: str) -> tuple[int, str] | None:
    row: tuple[int, str] | None = db.execute(
        "SELECT number, hash FROM version WHERE release = ? AND page = ?", (n, page)
    ).fetchone()
    return row


BY_ADDRESS = """
    SELECT r.n, r.id, v.hash, v.number
    FROM address a CROSS JOIN release r ON r.n = a.release CROSS JOIN version v ON v.n = r.version
    WHERE a.key IN (SELECT value FROM json_each(?)) AND r.source = ? ORDER BY r.n
"""
"""CROSS, so that SQLite does not look through all releases of a source: it may have half of them."""
BY_TEXT = """
    SELECT r.n, r.id, v.hash, v.number FROM version v CROSS JOIN release r ON r.n = v.release AND r.version = v.n
    WHERE v.hash = ? AND r.source = ? ORDER BY r.n
"""


def known(db: sqlite3.Connection, source: str, keys: Iterable[str], hash_: str) -> tuple[int, str, str, int] | None:
    """The release at one of these addresses, or the source's release with this very text and date at another one."""
    row: tuple[int, str, str, int] | None = db.execute(BY_ADDRESS, (json.dumps(list(keys)), source)).fetchone()
    return row or db.execute(BY_TEXT, (hash_, source)).fetchone()


def add(db: sqlite3.Connection, article: Article, keys: Mapping[str, str], hash_: str, page: str | None) -> Saved:
    id_ = release_id(article.source, address_key(article.url))
    n = db.execute(
        "INSERT INTO release (id, source, url, first_seen) VALUES (?, ?, ?, ?)",
        (id_, article.source, article.url, stages.now()),
    ).lastrowid
    assert n is not None  # noqa: S101 SQLite gives the row number of every insert
    remember_addresses(db, keys, n)
    store_version(db, n, article, hash_, page, 1)
    return Saved(id=id_, change="new")


def remember_addresses(db: sqlite3.Connection, keys: Mapping[str, str], n: int) -> None:
    at = stages.now()
    db.executemany(
        "INSERT OR IGNORE INTO address VALUES (?, ?, ?, ?)", [(key, url, n, at) for key, url in keys.items()]
    )


def store_version(db: sqlite3.Connection, n: int, article: Article, hash_: str, page: str | None, number: int) -> None:
    published = article.published_at
    fields = (
        hash_,
        article.title,
        article.body,
        article.lead,
        published.isoformat() if published else None,
        article.published_raw,
        article.language,
        details(article),
        page,
        stages.now(),
    )
    db.execute(
        "INSERT INTO version (release, number, hash, title, body, lead, published, published_raw, language, details,"
        " page, read_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (release, number) DO UPDATE SET"
        " hash = excluded.hash, title = excluded.title, body = excluded.body, lead = excluded.lead,"
        " published = excluded.published, published_raw = excluded.published_raw, language = excluded.language,"
        " details = excluded.details, page = excluded.page, read_at = excluded.read_at",
        (n, number, *fields),
    )
    if db.execute("SELECT max(number) FROM version WHERE release = ?", (n,)).fetchone()[0] != number:
        return  # an older version read again: the current one stands
    db.execute(
        "UPDATE release SET version = (SELECT n FROM version WHERE release = :p1 AND number = :p2), day = :p3"
        " WHERE n = :p1",
        numbered(n, number, published.date().isoformat() if published else None),
    )
    index.put(db, n, lemmas.unannotated(article.title, article.body))


def details(article: Article) -> str:
    fields = {
        "authors": article.authors,
        "tags": article.tags,
        "captions": article.captions,
        "attachments": [asdict(attachment) for attachment in article.attachments],
        "provenance": dict(article.provenance),
    }
    return json.dumps({k: v for k, v in fields.items() if v}, ensure_ascii=False)


PENDING = """
FROM release r JOIN version v ON v.n = r.version
LEFT JOIN stage s ON s.stage = :stage AND s.document = r.id
LEFT JOIN failure f ON f.stage = :stage AND f.document = r.id AND f.hash = v.hash AND f.version = :version
WHERE (s.hash IS NOT v.hash OR s.version IS NOT :version) AND f.stage IS NULL AND r.n > :after
"""


def pending_count(db: sqlite3.Connection, stage: str, version: str) -> int:
    values = {"stage": stage, "version": version, "after": 0}
    return int(db.execute("SELECT count(*)" + PENDING, values).fetchone()[0])


def pending(db: sqlite3.Connection, stage: str, version: str, chunk: int = 256) -> Iterator[Pending]:
    """What is new or changed since the stage's own last run, in order; reads a chunk ahead, never everything."""
    after = 0
    while True:
        rows = db.execute(
            "SELECT r.n, r.id, v.hash, v.title, v.body, r.day" + PENDING + " ORDER BY r.n LIMIT :chunk",
            {"stage": stage, "version": version, "after": after, "chunk": chunk},
        ).fetchall()
        for n, id_, hash_, title, body, day in rows:
            published = date.fromisoformat(day) if day else None
            yield Pending(n=n, hash=hash_, release=Release(id=id_, text=body, title=title, published=published))
        if len(rows) < chunk:
            return
        after = rows[-1][0]
