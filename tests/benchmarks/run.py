"""`svodka run` over stored pages against the plain loop that a user would write.

    python -m tests.benchmarks.run [--pages 20000] [--plain 200] [--workers 2] [--keep DIR]

Pages are made from the labelled releases with names and dates varied, and put into a dataset as a crawl would. The
plain loop takes the same pages through parsel, natasha (segment, NER, morphology, syntax, lemmas, normal forms, names)
and sqlite3, one process, a commit per item. Both are timed in this run; the ratio is what counts. On a machine that
others use as well only the ratio of processor time is worth anything; starting the workers (models, compiled code) is
in it.
"""

import argparse
import os
import random
import re
import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from crawler.archive import Answer, Archive
from crawler.frontier import Found
from crawler.source import Source
from pipelines import annotate, read, resolve
from store.dataset import FILE, Dataset
from store.frontier import SqliteFrontier
from tests.store import labelled

SYLLABLES = [a + b for a in "БВГДЖЗКЛМНПРСТФХЧШ" for b in "аеиоуыюя"]
MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})\b")
SOURCE = Source(id="bench", name="Измерение", home="https://bench.example")


def pages(count: int) -> Iterator[tuple[str, datetime, bytes]]:
    """Address, date, HTML; the same for the same count."""
    ids = labelled.ids()
    for number in range(count):
        copy, place = divmod(number, len(ids))
        fields = varied(labelled.label(ids[place]), copy)
        day = datetime(2023, 1, 1, 9, tzinfo=UTC) + timedelta(days=(number * 37) % 1000)
        yield f"https://bench.example/news/{number}/", day, page(fields["title"], fields["text"], day)


def varied(fields: dict[str, Any], copy: int) -> dict[str, str]:
    """Copy 0 is the release itself; in the others every surname begins with a syllable of its own, days are moved."""
    title, text = fields["title"], fields["text"]
    if copy:
        chance = random.Random(f"{fields['id']} {copy}")
        for person in fields["people"]:
            syllable = chance.choice(SYLLABLES)
            forms = {form.split()[-1] for form in person["mentions"]}
            for form in sorted(forms, key=len, reverse=True):
                new = syllable + form.lower()
                text, title = (re.sub(rf"\b{re.escape(form)}\b", new, part) for part in (text, title))
        text = DAY.sub(lambda m: f"{1 + (int(m[1]) + copy) % 28} {m[2]}", text)
        title = f"{title} ({copy})"
    return {"title": title, "text": text}


def page(title: str, text: str, day: datetime) -> bytes:
    paragraphs = "".join(f"<p>{escape(part)}</p>\n" for part in text.split("\n\n"))
    return (
        f"<!DOCTYPE html><html lang=ru><head><meta charset=utf-8><title>{escape(title)} | Измерение</title></head>"
        "<body>"
        "<header><nav><a href=/>Главная</a> <a href=/news/>Новости</a> <a href=/contacts/>Контакты</a></nav></header>"
        f"<main><article><h1>{escape(title)}</h1><time datetime='{day.isoformat()}'>{day:%d.%m.%Y}</time>"
        f"<div class=text>{paragraphs}</div></article></main>"
        "<aside><h3>Читайте также</h3><a href=/news/1/>Первая новость агентства</a></aside>"
        "<footer>© Измерение, все права защищены</footer></body></html>"
    ).encode()


def store(folder: Path, count: int) -> None:
    """As a crawl leaves them."""
    Dataset.open(folder, create=True).close()
    with SqliteFrontier(folder / FILE) as frontier:
        archive = Archive(folder / "warc", frontier.archived(), agent="benchmark")
        run = frontier.start(SOURCE.id)
        contents = {}
        for url, day, body in pages(count):
            contents[url] = (day, body)
            if len(contents) == 500:
                keep(frontier, archive, run, contents)
        keep(frontier, archive, run, contents)
        frontier.finish(run, {})
        archive.close()


def keep(frontier: SqliteFrontier, archive: Archive, run: int, contents: dict[str, tuple[datetime, bytes]]) -> None:
    frontier.add(SOURCE.id, run, [Found(url=url, key=url) for url in contents])
    for link in frontier.due(SOURCE.id, datetime.now(UTC) + timedelta(days=1), len(contents)):
        day, body = contents[link.url]
        answer = Answer(
            url=link.url, status=200, headers=(("Content-Type", "text/html; charset=utf-8"),), body=body, fetched_at=day
        )
        frontier.keep(
            link,
            url=link.url,
            fetched_at=day,
            status=200,
            digest=f"{link.id:040x}",
            place=archive.page(answer),
            etag=None,
            last_modified=None,
            due_at=day + timedelta(days=10_000),
            run=run,
            hints={},
        )
    frontier.flush(archive.flush())
    contents.clear()


@dataclass(frozen=True, slots=True)
class Took:
    wall: float
    processor: float
    """Seconds of this process and of its workers that have ended."""


def clock() -> Took:
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(time.perf_counter(), own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime)


def since(start: Took) -> Took:
    now = clock()
    return Took(now.wall - start.wall, now.processor - start.processor)


class Watch:
    """The resident memory of this process and of its workers, every five seconds."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, list[int]]] = []
        self.over = Event()
        self.thread = Thread(target=self.look, daemon=True)
        self.thread.start()

    def look(self) -> None:
        while not self.over.wait(5):
            children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
            self.seen.append((resident("self"), sorted(map(resident, children))))

    def report(self) -> None:
        self.over.set()
        self.thread.join()
        for part in range(10):
            rows = self.seen[len(self.seen) * part // 10 : len(self.seen) * (part + 1) // 10]
            if rows:
                here, workers = max(row[0] for row in rows), max((max(row[1], default=0) for row in rows), default=0)
                print(f"memory, tenth {part + 1:2}: this process {here:4} MiB, largest worker {workers:4} MiB")


def resident(process: str) -> int:
    """MiB; 0 for a process that has ended."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize() >> 20
    except OSError:
        return 0


def ours(folder: Path, workers: int | None) -> dict[str, tuple[Took, int]]:
    """By stage, with the pages that it took: fewer than there are where an earlier run was cut short."""
    took: dict[str, tuple[Took, int]] = {}
    with Dataset.open(folder) as dataset:
        started = clock()
        pages_read = read.read(dataset, {SOURCE.id: SOURCE}, workers=workers)
        took["read"] = since(started), pages_read.new + pages_read.edited + pages_read.same + pages_read.failed
        print(took["read"], pages_read, flush=True)
        started = clock()
        annotated = annotate.annotate(dataset, workers=workers)
        took["annotate"] = since(started), annotated.done + annotated.failed
        print(took["annotate"], annotated, flush=True)
        started = clock()
        resolved = resolve.resolve(dataset)
        (stored,) = dataset.db.execute("SELECT count(*) FROM release").fetchone()
        took["resolve"] = since(started), stored
        print(took["resolve"], resolved, flush=True)
    return took


class Plain:
    """The loop, with everything loaded beforehand."""

    def __init__(self, path: Path) -> None:
        import natasha

        embedding = natasha.NewsEmbedding()
        self.natasha = natasha
        self.segmenter, self.vocab = natasha.Segmenter(), natasha.MorphVocab()
        self.ner = natasha.NewsNERTagger(embedding)
        self.morph, self.syntax = natasha.NewsMorphTagger(embedding), natasha.NewsSyntaxParser(embedding)
        self.names = natasha.NamesExtractor(self.vocab)
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE item (url TEXT PRIMARY KEY, title TEXT, date TEXT, text TEXT, lemmas TEXT)")
        self.db.execute("CREATE TABLE name (url TEXT, type TEXT, text TEXT, normal TEXT, first TEXT, last TEXT)")

    def take(self, url: str, body: bytes) -> None:
        from parsel import Selector

        root = Selector(text=body.decode())
        title, day = root.css("h1::text").get(), root.css("time::attr(datetime)").get()
        text = "\n\n".join(root.css(".text p::text").getall())
        doc = self.natasha.Doc(text)
        doc.segment(self.segmenter)
        doc.tag_ner(self.ner)
        doc.tag_morph(self.morph)
        doc.parse_syntax(self.syntax)
        for token in doc.tokens:
            token.lemmatize(self.vocab)
        for span in doc.spans:
            span.normalize(self.vocab)
            if span.type == "PER":
                span.extract_fact(self.names)
        self.db.execute(
            "INSERT INTO item VALUES (?, ?, ?, ?, ?)",
            (url, title, day, text, " ".join(token.lemma for token in doc.tokens)),
        )
        self.db.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", [self.row(url, span) for span in doc.spans])
        self.db.commit()

    def row(self, url: str, span: Any) -> tuple[Any, ...]:
        fact = span.fact.as_dict if span.fact else {}
        return url, span.type, span.text, span.normal, fact.get("first"), fact.get("last")


def plain(folder: Path, count: int, every: int) -> Took:
    """A page's share, over `count` of the pages, evenly taken."""
    loop = Plain(folder / "plain.sqlite")
    sample = [(url, body) for number, (url, _, body) in enumerate(pages(every)) if number % max(1, every // count) == 0]
    sample = sample[:count]
    loop.take("warm-up", sample[0][1])
    started = clock()
    for url, body in sample:
        loop.take(url, body)
    took = since(started)
    return Took(took.wall / len(sample), took.processor / len(sample))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--plain", type=int, default=200, help="pages for the plain loop, half before and half after")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--keep", type=Path, help="leave the dataset here; taken up where it ended")
    args = parser.parse_args()
    with TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch) / "data"
        if not (folder / FILE).exists():
            started = time.perf_counter()
            store(folder, args.pages)
            print(f"{args.pages} pages stored in {time.perf_counter() - started:.0f} s", flush=True)
        before = plain(Path(scratch), max(1, args.plain // 2), args.pages)
        (Path(scratch) / "plain.sqlite").unlink()
        watch = Watch()
        took = ours(folder, args.workers)
        watch.report()
        with suppress(FileNotFoundError):
            (Path(scratch) / "plain.sqlite").unlink()
        after = plain(Path(scratch), max(1, args.plain // 2), args.pages)
        once = Took((before.wall + after.wall) / 2, (before.processor + after.processor) / 2)
        report(took, once, (folder / FILE).stat().st_size)


def report(took: dict[str, tuple[Took, int]], plain_page: Took, size: int) -> None:
    wall, processor = 0.0, 0.0
    for name, (t, count) in took.items():
        if count:
            wall, processor = wall + t.wall / count, processor + t.processor / count
            print(line(name, Took(t.wall / count, t.processor / count)), f"  {count} pages, {t.wall:.0f} s")
    print(line("together", Took(wall, processor)))
    print(line("plain loop", plain_page))
    print(f"ratio: {plain_page.wall / wall:.1f} by the clock, {plain_page.processor / processor:.1f} in processor time")
    print(f"dataset {size / 2**20:.0f} MiB")


def line(name: str, a_page: Took) -> str:
    return f"{name:10} {1 / a_page.wall:8.1f} pages/s {1000 * a_page.processor:8.1f} ms of processor a page"


if __name__ == "__main__":
    main()
