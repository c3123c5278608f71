"""33. SIGKILL at any point: nothing lost, nothing twice."""

import pickle
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler import archive
from crawler.visit import Plan
from pipelines.crawl import crawl
from pipelines.fetch import CrawlFailed, Job, alone
from store.dataset import FILE, Dataset
from store.frontier import Pages
from tests.crawler.conftest import agency, links, release
from tests.crawler.server import Asked, Reply, Site, html

PER_PAGE = 20


class Big(Site):
    """Listing pages of twenty; calls `alarm` when it is asked for the n-th time."""

    def __init__(self, count: int) -> None:
        super().__init__({f"/news/{number}/": release(number) for number in range(count)})
        self.count, self.requests = count, 0
        self.deadline, self.due = -1, threading.Event()

    def reply(self, asked: Asked) -> Reply:
        self.requests += 1
        if self.requests == self.deadline:
            self.due.set()
        path, _, query = asked.path.partition("?")
        if path != "/news/":
            return super().reply(asked)
        start = (int(query.partition("=")[2] or 1) - 1) * PER_PAGE
        return html(links(range(start, min(start + PER_PAGE, self.count))))


def crawl_until(site: Big, job: Job, requests: int | None) -> int:
    """Starts the crawling process and kills it after so many requests; its exit code."""
    site.due.clear()
    site.deadline = -1 if requests is None else site.requests + requests
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines.fetch"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    assert process.stdin is not None
    process.stdin.write(pickle.dumps(replace(job, sources=())) + pickle.dumps(job.sources))
    process.stdin.close()
    if requests is not None:
        assert site.due.wait(60)
        process.kill()
    return process.wait(120)


def survives(folder: Path, count: int, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    Dataset.open(folder, create=True).close()
    with Big(count) as site:
        job = Job(
            folder=folder,
            file=folder / FILE,
            sources=(agency(site, concurrency=4),),
            plan=Plan(full=True),
            agent="Svodka",
        )
        for _ in range(kills):
            assert crawl_until(site, job, chance.randint(1, max(2, 2 * count // kills))) == -signal.SIGKILL
        assert crawl_until(site, job, None) == 0
    with Dataset.open(folder) as dataset:
        pages = list(Pages(dataset.db).since())
        waiting = dataset.db.execute("SELECT count(*) FROM crawl_link WHERE state = 'new'").fetchone()[0]
    assert Counter(page.url.split("/")[-2] for page in pages) == Counter(str(number) for number in range(count))
    assert waiting == 0
    assert all(archive.raw(folder / "warc", page).body.count(b"<h1>") == 1 for page in pages)
    assert Counter(archived(folder)) == Counter(page.url for page in pages)


def archived(folder: Path) -> list[str]:
    """Addresses of releases in the archive, read to its last byte by warcio."""
    found = []
    for path in sorted((folder / "warc").glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content_stream().read()
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                if record.rec_type == "response" and url.rstrip("/").rpartition("/")[2].isdigit():
                    found.append(url)
    return found


def test_three_kills_of_a_small_crawl(tmp_path: Path) -> None:
    survives(tmp_path / "data", count=80, kills=3, seed=33)


@pytest.mark.slow
def test_twenty_kills_of_a_crawl_of_600_pages(tmp_path: Path) -> None:
    survives(tmp_path / "data", count=600, kills=20, seed=2033)


def test_a_second_crawl_of_the_same_dataset_is_refused_while_the_first_runs(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    Dataset.open(folder, create=True).close()
    with Big(5) as site, alone(folder), pytest.raises(CrawlFailed, match="другой процесс"):
        crawl(folder, [agency(site)])
