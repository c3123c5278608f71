"""Pages kept by the crawler → versions of releases; files that people hand over likewise."""

import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from crawler.archive import BrokenArchive, raw
from crawler.archive import read as archived
from crawler.document import Unreadable
from crawler.frontier import StoredPage
from crawler.items import Article, Attachment, RawPage
from crawler.page import Siblings, learn, read_file
from crawler.source import Source
from pipelines.progress import progress
from pipelines.workers import Crew, Failed, batched, described
from store import articles, stages
from store.dataset import Dataset
from store.frontier import Pages

log = logging.getLogger(__name__)

STAGE = "read"
SAMPLE = 20
"""Pages of a source, the newest, that its furniture is learnt from: after a redesign the new one is learnt."""
BATCH = 16
LIMIT = 60.0
"""Seconds for a batch, then for each of its pages alone; a page takes about a hundredth of a second."""
IMPORTED = "import"
"""The source of files that people hand over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    new: int = 0
    edited: int = 0
    same: int = 0
    failed: int = 0


Reader = Callable[[Sequence[StoredPage]], Sequence[Article | Failed]]


def read(
    dataset: Dataset,
    sources: Mapping[str, Source],
    folders: Sequence[Path] = (),
    workers: int | None = None,
    limit: float = LIMIT,
) -> Outcome:
    """Takes what was kept since the last run, or everything again when the reader's code has changed.

    `folders`: where the files of users' own sources lie; their quirks (`Source.amend`) are loaded from there.
    """
    waiting = [page.id for page in unread(dataset.db)]
    if not waiting:
        return Outcome()
    warc = dataset.folder / "warc"
    names = {page.source for page in unread(dataset.db)}
    furniture = {name: furniture_of(dataset.db, warc, name) for name in sorted(names)}
    bare = {name: replace(source, amend=None, links=None) for name, source in sources.items()}
    make = partial(reader, warc, bare, furniture, tuple(folders))
    size = min(workers or os.cpu_count() or 1, -(-len(waiting) // (2 * BATCH)))
    outcome = Outcome()
    with progress("Чтение страниц", len(waiting)) as advance:
        batches = batched(unread(dataset.db), BATCH, lambda page: page.place.length, 2_000_000)
        for results in Crew(make, size, limit).run(batches):
            outcome = added(outcome, save(dataset, results))
            advance(len(results))
    return outcome


@cache
def version() -> str:
    """Changes whenever the code that reads pages does."""
    import crawler

    digest = sha256()
    for path in sorted(Path(crawler.__path__[0]).rglob("*.py")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def unread(db: sqlite3.Connection) -> Iterator[StoredPage]:
    """Oldest first, so that the newest version of a page is the release's last."""
    for page in Pages(db).since(0):
        if not stages.is_done(db, STAGE, str(page.id), page.digest, version()):
            yield page


def furniture_of(db: sqlite3.Connection, warc: Path, source: str) -> Siblings:
    """What the source's newest pages share."""
    rows = db.execute(
        "SELECT id FROM crawl_page WHERE source = ? ORDER BY id DESC LIMIT ?", (source, SAMPLE)
    ).fetchall()
    pages = [next(Pages(db).since(row[0] - 1)) for row in reversed(rows)]
    return learn([page for stored in pages if (page := present(warc, stored)) is not None])


def present(warc: Path, page: StoredPage) -> RawPage | None:
    try:
        return raw(warc, page)
    except BrokenArchive as error:
        log.warning("%s: %s", page.url, error)
        return None


def reader(
    warc: Path, sources: Mapping[str, Source], furniture: Mapping[str, Siblings], folders: tuple[Path, ...]
) -> Reader:
    """Called once in each worker."""
    from crawler.source import load

    own = load(*folders)
    whole = {
        name: replace(source, amend=own[name].amend) if name in own else source for name, source in sources.items()
    }
    return partial(read_pages, warc, whole, furniture)


def read_pages(
    warc: Path, sources: Mapping[str, Source], furniture: Mapping[str, Siblings], pages: Sequence[StoredPage]
) -> list[Article | Failed]:
    return [read_page(warc, sources.get(page.source), furniture.get(page.source), page) for page in pages]


def read_page(warc: Path, source: Source | None, furniture: Siblings | None, page: StoredPage) -> Article | Failed:
    from crawler import page as pages

    try:
        return with_documents(warc, page, pages.read(raw(warc, page), source, furniture))
    except Exception as error:  # whatever a page does to its reader is that page's failure
        return Failed(described(error))


def with_documents(warc: Path, page: StoredPage, article: Article) -> Article:
    """The texts of those attachments that were fetched with the page."""
    told = tuple(with_text(warc, page, attachment) for attachment in article.attachments)
    return replace(article, attachments=told) if told != article.attachments else article


def with_text(warc: Path, page: StoredPage, attachment: Attachment) -> Attachment:
    from crawler import attachments

    place = page.documents.get(attachment.url)
    if place is None or attachment.text:
        return attachment
    try:
        return replace(attachment, text=attachments.text(archived(warc, place).body, attachment.url))
    except (BrokenArchive, Unreadable) as error:
        log.warning("%s", error)
        return attachment


def save(dataset: Dataset, results: Iterable[tuple[StoredPage, Article | Failed]]) -> Outcome:
    """One batch, one transaction."""
    outcome = Outcome()
    with dataset.transaction() as db:
        for page, result in results:
            outcome = added(outcome, save_one(db, page, result))
    return outcome


def save_one(db: sqlite3.Connection, page: StoredPage, result: Article | Failed) -> Outcome:
    document = str(page.id)
    if isinstance(result, Failed):
        log.warning("%s: %s", page.url, result.reason)
        stages.failed(db, STAGE, document, page.digest, version(), f"{page.url}: {result.reason}")
        return Outcome(failed=1)
    saved = articles.save(db, result, page=page.digest, addresses=page.addresses)
    stages.done(db, STAGE, document, page.digest, version())
    return outcome_of(saved.change)


def outcome_of(change: str) -> Outcome:
    return Outcome(new=int(change == "new"), edited=int(change in ("edited", "reread")), same=int(change == "same"))


def added(a: Outcome, b: Outcome) -> Outcome:
    return Outcome(new=a.new + b.new, edited=a.edited + b.edited, same=a.same + b.same, failed=a.failed + b.failed)


def import_file(dataset: Dataset, path: Path, source: str = IMPORTED) -> articles.Saved:
    """Raises OSError, ValueError or the reader's own faults, which name the file; the dataset is then unchanged."""
    article = replace(read_file(path), source=source, url=path.resolve().as_uri())
    with dataset.transaction() as db:
        return articles.save(db, article)
