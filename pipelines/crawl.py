"""Agencies' sites → pages in the dataset's archive and rows that point at them, and a health report of each source.

Fetching runs in a process of its own (`pipelines.fetch`), because Twisted's reactor cannot be started twice and because
a crawl that is killed must not take its caller along.
"""

import json
import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
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
from crawler.visit import Memory, Plan
from pipelines.fetch import CrawlFailed, Job, alone, counts
from store.dataset import FILE, Dataset
from store.frontier import Pages, SqliteFrontier, dump

__all__ = ["CrawlFailed", "Progress", "crawl", "replay", "user_agent"]

log = logging.getLogger(__name__)

Progress = Callable[[str, dict[str, int]], None]
"""Source id and its counts so far: found, new, changed, unchanged, same, failed, blocked."""
SAMPLE = 20
"""Pages of each source that are read after a run to see whether they can be."""


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
        file=folder / FILE,
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
    # -P, and no empty entry in the path: a file of the user's folder must not stand in for a module of ours.
    command = [sys.executable, "-P", "-m", "pipelines.fetch"]
    root = Path(crawler.__file__).resolve().parent.parent
    variables = {
        **os.environ,
        **trusted,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH")))),
    }
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
