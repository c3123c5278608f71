"""CPU that a page costs: Svodka's crawl against a minimal Scrapy spider and trafilatura's own crawler, in one run.

    python -m tests.benchmarks.crawl [--pages 2000] [--rounds 3] [--memory 20000]

Each contestant fetches the same pages of about 25 KB from one server on loopback, in a process of its own; what is
compared is the processor time of that process, start-up measured apart and taken off. Svodka keeps every answer in a
WARC file and a row, follows a listing, asks robots.txt; the minimal spider only follows the same listing and counts
bytes; trafilatura's crawler is given the addresses (it takes none from pages of a host without a domain), looks for
further links in each page and keeps addresses. `--memory` has Svodka crawl so many pages and prints its
memory on the way.
"""

import argparse
import asyncio
import json
import os
import pickle
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.source import Listing, Source
from crawler.visit import Plan
from pipelines.fetch import Job
from store.dataset import FILE, Dataset

PER_PAGE = 50
SIZE = 25_000
SYLLABLES = (
    "ра бо та го су дар ство ми ни стр об ра зо ва ни е ку ль ту ры со ве ща ни я про ве де но в мо ск ве".split()
)


def body(number: int) -> bytes:
    """About 25 KB of UTF-8, as compressible as a page of prose and chrome is."""
    chance = random.Random(number)
    menu = "".join(f'<li><a href="/about/{n}">Раздел сайта номер {n}</a></li>' for n in range(60))
    words = ("".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(2000))
    text = f"<html><head><title>Новость {number}</title></head><body><ul>{menu}</ul><h1>Новость {number}</h1><p>"
    while len(text.encode()) < SIZE:
        text += " ".join(next(words, "слово") for _ in range(40)) + "</p><p>"
    return (text + "</p></body></html>").encode()


class Server:
    """Keep-alive HTTP in one thread; bodies repeat every hundred pages but for their number."""

    def __init__(self, pages: int) -> None:
        self.pages, self.etags = pages, True
        self.bodies = [body(number) for number in range(100)]
        self.asked = 0
        self.loop = asyncio.new_event_loop()
        self.port = 0

    def answer(self, path: str, headers: bytes) -> tuple[str, bytes, str]:
        self.asked += 1
        where, _, query = path.partition("?")
        if where == "/news/":
            start = (int(query.partition("=")[2] or 1) - 1) * PER_PAGE
            numbers = range(start, min(start + PER_PAGE, self.pages))
            links = "".join(f'<p><a href="/news/{n}/">Новость под номером {n}</a></p>' for n in numbers)
            return "200 OK", f"<html><body>{links}</body></html>".encode(), ""
        name = where.removeprefix("/news/").rstrip("/")
        if not name.isdigit() or int(name) >= self.pages:
            return "404 Not Found", b"", ""
        tag = f'"{name}"'
        if self.etags and f"if-none-match: {tag}".encode() in headers.lower():
            return "304 Not Modified", b"", tag
        return "200 OK", self.bodies[int(name) % 100] + f"<!-- {name} -->".encode(), tag if self.etags else ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ", 2)[1].decode()
                status, data, tag = self.answer(path, head)
                etag = f"ETag: {tag}\r\n" if tag else ""
                length = "" if status.startswith("304") else f"Content-Length: {len(data)}\r\n"
                writer.write(
                    f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{etag}{length}\r\n".encode() + data
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def start(self) -> None:
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]


@contextmanager
def serving(pages: int) -> Iterator[Server]:
    server = Server(pages)
    server.loop.run_until_complete(server.start())
    thread = threading.Thread(target=server.loop.run_forever, daemon=True)
    thread.start()
    yield server
    server.loop.call_soon_threadsafe(server.loop.stop)
    thread.join()


@dataclass(frozen=True)
class Cost:
    cpu: float
    """Seconds of the child, user and system."""
    wall: float
    output: str


def child(command: list[str], stdin: bytes = b"") -> Cost:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, input=stdin, capture_output=True, check=True, env={**os.environ, "PYTHONPATH": "."})
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(cpu, wall, done.stdout.decode())


def source(server: Server) -> Source:
    return Source(
        id="bench", name="Замер", home=f"http://127.0.0.1:{server.port}", private=True, delay=0.0, concurrency=8,
        discovery=(Listing(url="/news/", pages="/news/?page={n}"),), article=r"^/news/\d+/$",
    )  # fmt: skip


def svodka(server: Server, folder: Path, pages: int, plan: Plan) -> Cost:
    job = Job(folder=folder, file=folder / FILE, sources=(source(server),), plan=plan, agent="Svodka/1.0 (benchmark)")
    told = pickle.dumps(replace(job, sources=())) + pickle.dumps(job.sources)
    cost = child([sys.executable, "-m", "pipelines.fetch"], told)
    report = json.loads(cost.output.splitlines()[-1])["report"]["tally"]
    got = report["new"] + report["unchanged"]
    assert got == pages, report
    return cost


MINIMAL = """
import sys, scrapy
from scrapy.crawler import AsyncCrawlerProcess
class Minimal(scrapy.Spider):
    name = "minimal"
    start_urls = [sys.argv[1] + "/news/"] if sys.argv[1] else []
    got, page = 0, 1
    def parse(self, response):
        found = response.css("a::attr(href)").getall()
        yield from (response.follow(href, self.release) for href in found)
        if found:
            self.page += 1
            yield response.follow(f"/news/?page={self.page}", self.parse)
    def release(self, response):
        Minimal.got += 1
        Minimal.size = len(response.body)
settings = {"LOG_LEVEL": "ERROR", "DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 8}
if sys.argv[2] == "tuned":
    settings |= {"CONCURRENT_ITEMS": 1, "COOKIES_ENABLED": False, "RETRY_ENABLED": False}
process = AsyncCrawlerProcess(settings)
process.crawl(Minimal)
process.start()
print(Minimal.got)
"""

TRAFILATURA = """
import sys
from trafilatura import spider
from trafilatura.settings import DEFAULT_CONFIG
DEFAULT_CONFIG["DEFAULT"]["SSRF_PROTECTION"] = "off"
spider.sleep = lambda seconds: None
if sys.argv[1]:
    todo = [f"{sys.argv[1]}/news/{number}/" for number in range(int(sys.argv[2]))]
    spider.focused_crawler(sys.argv[1] + "/news/", max_seen_urls=len(todo), max_known_urls=10**6, todo=todo)
"""


def minimal(folder: Path, base: str, mode: str) -> Cost:
    """From a file, because Scrapy looks at the source of callbacks."""
    script = folder / "minimal.py"
    script.write_text(MINIMAL)
    return child([sys.executable, str(script), base, mode])


def trafilatura(base: str, pages: int) -> Cost:
    return child([sys.executable, "-c", TRAFILATURA, base, str(pages)])


def each(cost: Cost, idle: Cost, pages: int) -> float:
    """Milliseconds of CPU a page."""
    return 1000 * (cost.cpu - idle.cpu) / pages


def once(pages: int, place: Path) -> dict[str, float]:
    """Milliseconds a page of each contestant, in one round."""
    place.mkdir()
    with serving(pages) as server:
        base = f"http://127.0.0.1:{server.port}"
        folder, empty = place / "data", place / "empty"
        for one in (folder, empty):
            Dataset.open(one, create=True).close()
        with serving(0) as nothing:
            idle = svodka(nothing, empty, 0, Plan(full=True))
        told = {"Svodka: fetched and kept": each(svodka(server, folder, pages, Plan(full=True)), idle, pages)}
        again = svodka(server, folder, pages, Plan(recheck=True))
        told["Svodka: unchanged, by ETag"] = each(again, idle, pages)
        server.etags = False
        again = svodka(server, folder, pages, Plan(recheck=True))
        told["Svodka: unchanged, by its bytes"] = each(again, idle, pages)
        for mode in ("tuned", "default"):
            cost = minimal(place, base, mode)
            assert int(cost.output) == pages, cost.output
            told[f"minimal Scrapy spider, {mode}"] = each(cost, minimal(place, "", mode), pages)
        some = min(pages, 300)
        before = server.asked
        cost = trafilatura(base, some)
        assert server.asked - before >= some, server.asked
        told["trafilatura.spider"] = each(cost, trafilatura("", some), some)
    return told


def compare(pages: int, rounds: int) -> None:
    """The least of several rounds: other work on the machine only ever adds."""
    with tempfile.TemporaryDirectory() as name:
        several = [once(pages, Path(name) / str(number)) for number in range(rounds)]
    least = {label: min(told[label] for told in several) for label in several[0]}
    ours = least["Svodka: fetched and kept"]
    print(f"{pages} pages of {SIZE} bytes, least of {rounds} rounds; CPU of the fetching process, start-up taken off")
    for label, cpu in least.items():
        print(f"{label:<36}{cpu:7.2f} ms a page {cpu / ours:7.2f} of Svodka's")


def memory(pages: int) -> None:
    """Resident size of the crawling process at each tenth of a long crawl."""
    with tempfile.TemporaryDirectory() as name, serving(pages) as server:
        folder = Path(name) / "data"
        Dataset.open(folder, create=True).close()
        job = Job(
            folder=folder, file=folder / FILE, sources=(source(server),), plan=Plan(full=True), agent="Svodka/1.0"
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "pipelines.fetch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(pickle.dumps(replace(job, sources=())) + pickle.dumps(job.sources))
        process.stdin.close()
        step = pages // 10
        due = step
        for line in process.stdout:
            counts = json.loads(line).get("counts")
            if counts and counts["new"] >= due:
                status = Path(f"/proc/{process.pid}/status").read_text()
                resident = int(status.partition("VmRSS:")[2].split()[0]) // 1024
                print(f"{counts['new']:>7} pages {resident:>5} MB")
                due += step
        process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, metavar="PAGES")
    told = parser.parse_args()
    if told.memory:
        memory(told.memory)
    else:
        compare(told.pages, told.rounds)


if __name__ == "__main__":
    main()
