"""The whole way: crawl → read → annotate → resolve; every stage takes what is new, so a second run changes nothing."""

import fcntl
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.source import Source
from pipelines import annotate, read, resolve
from store.dataset import Dataset
from store.faults import DatasetFault

if TYPE_CHECKING:
    from crawler.health import HealthReport
    from crawler.visit import Plan

LOCK = "run.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    crawled: "tuple[HealthReport, ...]" = ()
    read: read.Outcome
    annotated: annotate.Outcome
    resolved: resolve.Outcome


def run(
    folder: Path,
    sources: Iterable[Source],
    *,
    folders: Sequence[Path] = (),
    visit: bool = True,
    plan: "Plan | None" = None,
    contact: str | None = None,
    ca_file: Path | None = None,
    crawling: Callable[[str, dict[str, int]], None] | None = None,
    workers: int | None = None,
) -> Report:
    """`visit=False` works on what is stored already. The dataset is made where there is none.

    Raises CrawlFailed, DatasetFault and WorkersBroken; what was done before stays done.
    """
    several = tuple(sources)
    with Dataset.open(folder, create=True) as dataset, alone(folder):
        crawled: tuple[HealthReport, ...] = ()
        if visit and several:
            from pipelines.crawl import crawl

            crawled = tuple(crawl(folder, several, plan=plan, contact=contact, ca_file=ca_file, progress=crawling))
        return Report(
            crawled=crawled,
            read=read.read(dataset, {source.id: source for source in several}, folders, workers),
            annotated=annotate.annotate(dataset, workers=workers),
            resolved=resolve.resolve(dataset),
        )


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One run of a dataset at a time; the lock goes with the process, however it ends."""
    with (folder / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DatasetFault(folder, "с этим набором данных уже работает другой процесс") from error
        yield
