"""Crawls of small sites on loopback, by the real spider over real HTTP."""

import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler import archive
from crawler.health import HealthReport, from_json
from crawler.items import RawPage
from crawler.source import Listing, Source
from crawler.visit import Plan
from pipelines.fetch import Job
from store.dataset import FILE, Dataset
from store.frontier import Pages, SqliteFrontier
from tests.crawler.server import Site

TEXT = "Министр встретился с послом. Стороны обсудили сотрудничество в области образования и культуры. "
"""Of invented people."""


class Runner:
    """The process of `tests.crawler.runner`."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.crawler.runner"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(self, job: Job) -> list[HealthReport]:
        assert self.process.stdin is not None and self.process.stdout is not None
        pickle.dump(job, self.process.stdin)
        self.process.stdin.flush()
        reports: list[HealthReport] = []
        for line in self.process.stdout:
            message: dict[str, Any] = json.loads(line)
            if "done" in message:
                return reports
            if "fault" in message:
                raise RuntimeError(message["fault"])
            if "report" in message:
                reports.append(from_json(message["report"]))
        raise RuntimeError("the crawling process died")

    def close(self) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    one = Runner()
    yield one
    one.close()


class Crawls:
    """A dataset of its own, crawled as often as a test likes."""

    def __init__(self, runner: Runner, folder: Path) -> None:
        self.runner, self.folder = runner, folder
        Dataset.open(folder, create=True).close()

    def __call__(self, *sources: Source, **plan: Any) -> HealthReport:
        return self.all(*sources, **plan)[0]

    def all(self, *sources: Source, **plan: Any) -> list[HealthReport]:
        """`full` unless the test says otherwise; no waiting between tries."""
        told = Plan(**{"full": "since" not in plan, "pause": 0.01, **plan})
        return self.runner.run(
            Job(folder=self.folder, file=self.folder / FILE, sources=sources, plan=told, agent="Svodka/1.0 (tests)")
        )

    def pages(self) -> list[RawPage]:
        """All versions kept, oldest first."""
        with Dataset.open(self.folder) as dataset:
            return [archive.raw(self.folder / "warc", page) for page in Pages(dataset.db).since()]

    def paths(self) -> list[str]:
        """Of the pages kept, without the host."""
        return [page.url.split("/", 3)[3] for page in self.pages()]

    def addresses(self) -> list[set[str]]:
        """Of each page kept, all its addresses without the host."""
        with Dataset.open(self.folder) as dataset:
            pages = {page.link: page for page in Pages(dataset.db).since()}
            return [{url.split("/", 3)[3] for url in page.addresses} for page in pages.values()]

    def frontier(self) -> SqliteFrontier:
        return SqliteFrontier(self.folder / FILE)

    def let_pass(self, wait: timedelta) -> None:
        """As if so much time had passed since everything that was done."""
        with self.frontier() as frontier:
            for column in ("found_at", "checked_at", "due_at", "fetched_at"):
                frontier.db.execute(
                    f"UPDATE crawl_link SET {column} = strftime('%Y-%m-%dT%H:%M:%S+00:00', {column}, ?)",
                    (f"-{wait.total_seconds():.0f} seconds",),
                )

    def archives(self) -> list[Path]:
        return sorted((self.folder / "warc").glob("*.warc.gz"))


@pytest.fixture
def crawl(runner: Runner, tmp_path: Path) -> Crawls:
    return Crawls(runner, tmp_path / "data")


def release(number: int | str, text: str = TEXT, head: str = "") -> str:
    """A page that differs from its siblings."""
    return (
        f"<html><head><title>Новость {number}</title>{head}</head><body><h1>Новость номер {number}</h1>"
        f"<div class=text><p>{text * 6} № {number}</p></div></body></html>"
    )


def links(numbers: "range | list[int]", dates: Callable[[int], str] = lambda number: "") -> str:
    return "".join(
        f'<div class="item"><i>{dates(number)}</i><a href="/news/{number}/">Новость под номером {number}</a></div>'
        for number in numbers
    )


def agency(site: Site, **fields: Any) -> Source:
    """A listing at /news/ unless the test says otherwise."""
    told: dict[str, Any] = {
        "id": "agency",
        "name": "Ведомство",
        "home": site.base,
        "discovery": (Listing(url="/news/", pages="/news/?page={n}"),),
        "article": r"^/news/[\w-]+/?$",
        "private": True,
        "delay": 0.0,
        "timeout": 5.0,
    }
    return Source(**told | fields)


def at(source: Source, site: Site) -> Source:
    return replace(source.at(site.base), timeout=5.0)
