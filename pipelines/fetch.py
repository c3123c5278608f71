"""The fetching process: `python -m pipelines.fetch` with a pickled Job on standard input.

It imports neither the models nor the reader of pages, so that it starts quickly and stays small. Standard output gets
one JSON object a line: {"progress": source, "counts": {…}}, {"report": {…}}, {"fault": "…"}.
"""

import fcntl
import json
import logging
import pickle
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crawler.archive import Archive
from crawler.source import Source, read
from crawler.visit import Plan, Visit
from store.frontier import SqliteFrontier

log = logging.getLogger(__name__)

COUNTS = ("found", "new", "changed", "unchanged", "same", "failed", "blocked", "waiting")


class CrawlFailed(Exception):
    """The crawl could not run or broke off; the message is one line. What it kept before stays."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """What the fetching process is told."""

    folder: Path
    file: Path
    """The dataset's SQLite file inside it."""
    sources: tuple[Source, ...]
    plan: Plan
    agent: str
    verbose: int = logging.WARNING
    modules: tuple[Path, ...] = field(default=())
    """Source files outside the package, to be loaded before the sources are."""


def counts(visit: Visit) -> dict[str, int]:
    return {name: getattr(visit.tally, name) for name in COUNTS}


def main() -> None:
    job = pickle.load(sys.stdin.buffer)  # noqa: S301 from our own parent process
    for path in job.modules:
        read(path)
    job = replace(job, sources=pickle.load(sys.stdin.buffer))  # noqa: S301 likewise
    logging.basicConfig(level=job.verbose, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    for handler in logging.getLogger().handlers:
        handler.setLevel(job.verbose)  # Scrapy sets its loggers to DEBUG whatever it is told
    try:
        with alone(job.folder):
            fetch(job)
    except Exception as error:  # whatever it is, the parent tells it in one line
        log.debug("the fetching process broke", exc_info=True)
        say({"fault": f"{job.folder}: {error}"})
        sys.exit(1)


def fetch(job: Job) -> None:
    from scrapy.crawler import AsyncCrawlerProcess

    from crawler.settings import settings
    from crawler.spider import AgencySpider

    with opened(job) as (frontier, store):
        process = AsyncCrawlerProcess(settings(job.sources, agent=job.agent))
        for noisy in ("scrapy", "twisted", "asyncio", "protego"):  # Scrapy has just set its own
            logging.getLogger(noisy).setLevel(logging.ERROR)
        one = process.create_crawler(AgencySpider)
        process.crawl(one, **arguments(job, frontier, store))
        process.start()
        look_for_fault(one)


@contextmanager
def opened(job: Job) -> Iterator[tuple[SqliteFrontier, Archive]]:
    with SqliteFrontier(job.file) as frontier:
        store = Archive(job.folder / "warc", frontier.archived(), agent=job.agent)
        yield frontier, store
        store.close()


def arguments(job: Job, frontier: SqliteFrontier, store: Archive) -> dict[str, Any]:
    """The spider's."""
    return {
        "sources": list(job.sources),
        "frontier": frontier,
        "archive": store,
        "plan": job.plan,
        "progress": Teller(),
        "finished": lambda report: say({"report": report.as_json()}),
    }


def look_for_fault(one: Any) -> None:
    """What broke the dataset is raised here: Scrapy would only log it."""
    fault = getattr(one.spider, "fault", None)
    if fault is not None:
        raise fault


class Teller:
    """Tells of progress at most ten times a second."""

    def __init__(self) -> None:
        self.told_at: dict[str, float] = {}

    def __call__(self, visit: Visit) -> None:
        now = time.monotonic()
        if now - self.told_at.get(visit.source.id, 0.0) >= 0.1:
            self.told_at[visit.source.id] = now
            say({"progress": visit.source.id, "counts": counts(visit)})


def say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One crawl of a dataset at a time; the lock goes with the process, however it ends."""
    with (folder / "crawl.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CrawlFailed("этот набор данных уже обходит другой процесс") from error
        yield


if __name__ == "__main__":
    main()
