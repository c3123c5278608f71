"""Agencies' sites → pages in the dataset's archive and rows that point at them, and a health report of each source.

Fetching runs in a process of its own (`python -m pipelines.crawl`), because Twisted's reactor cannot be started twice
and because a crawl that is killed must not take its caller along. Sources go in through standard input, news of
progress and the reports come out of standard output, one JSON object a line.
"""

import fcntl
import json
import logging
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import crawler
from crawler import archive, page
from crawler.frontier import StoredPage
from crawler.health import HealthReport, Read, from_json, judged
from crawler.items import Article
from crawler.robots import PRODUCT
from crawler.source import Source
from crawler.trust import environment
from crawler.visit import Memory, Plan, Visit
from store.dataset import FILE, Dataset
from store.frontier import Pages, SqliteFrontier, dump

log = logging.getLogger(__name__)

Progress = Callable[[str, dict[str, int]], None]
"""Source id and its counts so far: found, new, changed, unchanged, same, failed, blocked."""
SAMPLE = 20
"""Pages of each source that are read after a run to see whether they can be."""
COUNTS = ("found", "new", "changed", "unchanged", "same", "failed", "blocked", "waiting")


class CrawlFailed(Exception):
    """The crawl could not run or broke off; the message is one line. What it kept before stays."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """What the fetching process is told."""

    folder: Path
    sources: tuple[Source, ...]
    plan: Plan
    agent: str
    verbose: int = logging.WARNING
    modules: tuple[Path, ...] = field(default=())
    """Source files outside the package, to be loaded before the sources are."""


def user_agent(contact: str | None = None) -> str:
    """With an address that a site's owner can write to: `contact`, else the environment's SVODKA_CONTACT."""
    told = contact or os.environ.get("SVODKA_CONTACT") or "contact not set"
    return f"{PRODUCT}/1.0 (press release monitor; {told})"


def crawl(
    folder: Path,
    sources: Iterable[Source],
    *,
    plan: Plan | None = None,
    contact: str | None = None,
    ca_file: Path | None = None,
    progress: Progress | None = None,
) -> list[HealthReport]:
    """Visits all sources once. The dataset in `folder` is made when there is none.

    Raises CrawlFailed when the dataset can't be written or the process died; a source that gives nothing is no error
    but an alarm in its report.
    """
    several = tuple(sources)
    Dataset.open(folder, create=True).close()
    job = Job(
        folder=folder,
        sources=several,
        plan=plan or Plan(),
        agent=user_agent(contact),
        verbose=logging.getLogger().getEffectiveLevel(),
        modules=outside(several),
    )
    reports = [report for message in messages(job, ca_file) if (report := heard(message, progress)) is not None]
    by_id = {source.id: source for source in several}
    order = list(by_id)
    return [
        with_reading(folder, by_id[report.source], report)
        for report in sorted(reports, key=lambda report: order.index(report.source))
    ]


def with_reading(folder: Path, source: Source, report: HealthReport) -> HealthReport:
    """Reads some of the run's pages, so that a page that opens and tells nothing raises its alarm at once."""
    with Dataset.open(folder) as dataset:
        pages = list(islice(Pages(dataset.db).since(run=report.run), SAMPLE))
        told = replace(report, read=sample(folder, source, pages)) if pages else report
        told = told.with_alarms(judged(source, told))
        with dataset.transaction() as db:
            db.execute("UPDATE crawl_run SET report = ? WHERE id = ?", (dump(told.as_json()), report.run))
    return told


def sample(folder: Path, source: Source, pages: list[StoredPage]) -> Read:
    articles: list[Article] = []
    for stored in pages:
        try:
            articles.append(page.read(archive.raw(folder / "warc", stored), source))
        except page.Unreadable as error:
            log.info("%s: %s", source.id, error)
    return Read(
        pages=len(pages),
        lengths=tuple(len(article.body) for article in articles),
        dated=sum(article.published_at is not None for article in articles),
        failed=len(pages) - len(articles),
    )


def replay(
    folder: Path, sources: Iterable[Source], archives: Iterable[Path], *, progress: Progress | None = None
) -> list[HealthReport]:
    """Takes pages from WARC files instead of the network. Raises CrawlFailed, crawler.archive.BrokenArchive."""
    from crawler.replay import files_in
    from crawler.replay import replay as replayed

    files = files_in(archives)
    own = (folder / "warc").resolve()
    if not files or any(own in path.resolve().parents for path in files):
        raise CrawlFailed("нет файлов WARC или это архив самого набора данных: укажите другую папку")
    Dataset.open(folder, create=True).close()
    tell = (lambda visit: progress(visit.source.id, counts(visit))) if progress else (lambda visit: None)
    reports = []
    with alone(folder), SqliteFrontier(folder / FILE) as frontier:
        memory = Memory(frontier, archive.Archive(own, frontier.archived(), agent="replay"))
        for source in sources:
            visit = replayed(files, source, memory, tell)
            report = visit.report(alarms=False)
            frontier.finish(visit.run, report.as_json())
            reports.append(report)
        memory.archive.close()
    return reports


def counts(visit: Visit) -> dict[str, int]:
    return {name: getattr(visit.tally, name) for name in COUNTS}


def outside(sources: tuple[Source, ...]) -> tuple[Path, ...]:
    """The files of those sources that bring functions of their own."""
    functions = [function for source in sources for function in (source.amend, source.links) if function is not None]
    modules = {sys.modules[function.__module__] for function in functions}
    return tuple(Path(str(module.__file__)) for module in modules if module.__name__.startswith("svodka_source_"))


def heard(message: dict[str, Any], progress: Progress | None) -> HealthReport | None:
    match message:
        case {"report": dict() as values}:
            return from_json(values)
        case {"progress": str() as source, "counts": dict() as counts}:
            if progress is not None:
                progress(source, counts)
        case {"fault": str() as fault}:
            raise CrawlFailed(fault)
    return None


def messages(job: Job, ca_file: Path | None) -> Iterator[dict[str, Any]]:
    """Starts the fetching process and gives what it says. It ends in good order when the caller stops listening."""
    with TemporaryDirectory(prefix="svodka-") as scratch:
        trusted = environment(ca_file, Path(scratch) / "authorities.pem") if ca_file is not None else {}
        yield from spoken(job, trusted)


def spoken(job: Job, trusted: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "pipelines.crawl"]
    root = Path(crawler.__file__).resolve().parent.parent
    variables = {**os.environ, **trusted, "PYTHONPATH": os.pathsep.join((str(root), os.environ.get("PYTHONPATH", "")))}
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=variables, start_new_session=True
    )
    assert process.stdin is not None and process.stdout is not None  # noqa: S101 asked for above
    try:
        process.stdin.write(pickle.dumps(replace(job, sources=())) + pickle.dumps(job.sources))
        process.stdin.close()
        for line in process.stdout:
            yield json.loads(line)
        if process.wait() != 0:
            raise CrawlFailed(f"обход прерван (код {process.returncode}), скачанное сохранено в {job.folder}")
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
        process.stdout.close()


# The fetching process


def main() -> None:
    job = pickle.load(sys.stdin.buffer)  # noqa: S301 from our own parent process
    for path in job.modules:
        from crawler.source import read

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
def opened(job: Job) -> Iterator[tuple[SqliteFrontier, archive.Archive]]:
    with SqliteFrontier(job.folder / FILE) as frontier:
        store = archive.Archive(job.folder / "warc", frontier.archived(), agent=job.agent)
        yield frontier, store
        store.close()


def arguments(job: Job, frontier: SqliteFrontier, store: archive.Archive) -> dict[str, Any]:
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
