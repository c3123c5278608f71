"""Releases new or changed since the stage's version → annotations in the dataset, by worker processes."""

import logging
import os
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.annotation import Annotation
from pipelines.progress import progress
from pipelines.workers import Crew, Failed, batched
from store import annotations, articles, lemmas, stages
from store.articles import Pending
from store.dataset import Dataset
from store.lemmas import Indexed

if TYPE_CHECKING:
    from nlp.annotate import Annotator

log = logging.getLogger(__name__)

STAGE = annotations.STAGE
BATCH = 32
CHARACTERS = 100_000
"""Of one batch, about: a worker's memory grows with it."""
LIMIT = 120.0
"""Seconds for a batch, then for each of its documents alone; an ordinary release takes a twentieth of a second."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a worker sends back for one release."""

    annotation: Annotation
    indexed: Indexed


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    done: int = 0
    failed: int = 0
    stale: int = 0
    """Changed under the stage's hands: the next run takes them."""


Reader = Callable[[Sequence[Pending]], Sequence[Read | Failed]]


def reader(models: Path | None = None) -> Reader:
    """Called once in each worker: loads the models."""
    from nlp.annotate import Annotator

    return partial(read, Annotator(models))


def read(annotator: "Annotator", batch: Sequence[Pending]) -> list[Read]:
    releases = [item.release for item in batch]
    return [
        Read(replace(annotation, lemmas=()), lemmas.annotated(release.title, release.text, annotation, doc.tokens))
        for release, (annotation, doc) in zip(releases, annotator.annotate_with_docs(releases), strict=True)
    ]


def annotate(
    dataset: Dataset,
    version: str | None = None,
    make: Callable[[], Reader] = reader,
    workers: int | None = None,
    limit: float = LIMIT,
) -> Outcome:
    """Takes up where the last run ended, however it ended. `version` is that of nlp's code and models by default."""
    version = version or current_version()
    total = articles.pending_count(dataset.db, STAGE, version)
    outcome = Outcome()
    if not total:
        return outcome
    size = min(workers or os.cpu_count() or 1, -(-total // BATCH))
    batches = batched(articles.pending(dataset.db, STAGE, version), batch_size(total, size), characters, CHARACTERS)
    with progress("Чтение фактов", total) as advance:
        for results in Crew(make, size, limit).run(batches):
            outcome = added(outcome, save(dataset, results, version))
            advance(len(results))
    return outcome


def batch_size(total: int, workers: int) -> int:
    """Small runs are shared out evenly; large ones go in full batches."""
    return max(1, min(BATCH, -(-total // (workers * 4))))


def characters(item: Pending) -> int:
    return len(item.release.text)


def current_version() -> str:
    from nlp.annotate import version

    return version()


def save(dataset: Dataset, results: Sequence[tuple[Pending, Read | Failed]], version: str) -> Outcome:
    """One batch, one transaction."""
    outcome = Outcome()
    with dataset.transaction() as db:
        for item, result in results:
            outcome = added(outcome, save_one(db, item, result, version))
    return outcome


def save_one(db: sqlite3.Connection, item: Pending, result: Read | Failed, version: str) -> Outcome:
    release = item.release
    if not still_current(db, item):
        return Outcome(stale=1)
    if isinstance(result, Failed):
        log.warning("%s: %s", release.id, result.reason)
        stages.failed(db, STAGE, release.id, item.hash, version, result.reason)
        return Outcome(failed=1)
    annotations.write(db, item.n, release.text, result.annotation, result.indexed)
    stages.done(db, STAGE, release.id, item.hash, version)
    return Outcome(done=1)


def still_current(db: sqlite3.Connection, item: Pending) -> bool:
    query = "SELECT v.hash FROM release r JOIN version v ON v.n = r.version WHERE r.n = ?"
    return bool(db.execute(query, (item.n,)).fetchone() == (item.hash,))


def added(a: Outcome, b: Outcome) -> Outcome:
    return Outcome(done=a.done + b.done, failed=a.failed + b.failed, stale=a.stale + b.stale)
