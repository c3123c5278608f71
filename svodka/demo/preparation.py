"""The demo's way from the served agencies to a filled dataset: crawl, read, annotate, resolve."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from svodka.demo.folder import Remembered, remember, remembered
from svodka.demo.server import Agencies
from svodka.demo.sources import sources

if TYPE_CHECKING:
    from crawler.health import HealthReport
    from crawler.source import Source


def served(folder: Path) -> Agencies:
    """The agencies on the ports that the folder's earlier run gave them."""
    return Agencies(remembered(folder).ports)


def prepare(folder: Path, agencies: Agencies) -> "list[HealthReport]":
    """Takes up where an earlier run ended, however it ended; where nothing has changed, changes nothing."""
    from pipelines.annotate import annotate
    from pipelines.read import read
    from pipelines.resolve import resolve
    from store.dataset import Dataset

    known = replace(remembered(folder), ports=agencies.ports)
    remember(folder, known)
    watched = {source.id: source for source in sources(agencies.addresses)}
    reports = fetch(folder, watched, known)
    with Dataset.open(folder) as dataset:
        read(dataset, watched)
        annotate(dataset)
        resolve(dataset)
    return reports


def fetch(folder: Path, watched: "dict[str, Source]", known: Remembered) -> "list[HealthReport]":
    """The first visit goes back to the beginning; later ones ask what is new."""
    from crawler.visit import Plan
    from pipelines.crawl import crawl
    from pipelines.progress import progress

    with progress("Обход сайтов", None) as advance:
        reports = crawl(
            folder, watched.values(), plan=Plan(full=not known.crawled), progress=counter(advance),
            contact="demo@svodka.invalid",
        )  # fmt: skip
    if not known.crawled and not any(report.tally.waiting for report in reports):
        remember(folder, replace(known, crawled=True))
    return reports


def counter(advance: Callable[[int], None]) -> Callable[[str, dict[str, int]], None]:
    """Turns each source's totals into steps of one progress bar."""
    told: dict[str, int] = {}

    def progress(source: str, counts: dict[str, int]) -> None:
        pages = sum(counts[name] for name in ("new", "changed", "unchanged", "same"))
        advance(pages - told.get(source, 0))
        told[source] = pages

    return progress
