"""How long a search takes over many releases.

    python -m tests.benchmarks.search [--releases 20000]

Releases are the labelled ones with names and dates varied; every name counts as found. Times are per query, p50 and
p99 over many queries, with snippets and totals.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from crawler.items import Article
from store import articles
from store.dataset import Dataset
from tests.benchmarks.run import pages, varied
from tests.store import labelled

WORDS = "выставка министр форум подписание соглашение ректор библиотека Пермь делегация музей губернатор спорт".split()


def fill(dataset: Dataset, count: int) -> None:
    ids = labelled.ids()
    with dataset.transaction() as db:
        for number, (url, day, _) in enumerate(pages(count)):
            copy, place = divmod(number, len(ids))
            fields = varied(labelled.label(ids[place]), copy)
            articles.save(
                db,
                Article(
                    source=f"s{number % 7}",
                    url=url,
                    title=fields["title"],
                    body=fields["text"],
                    published_at=day,
                    published_raw=None,
                ),
            )


def timed(title: str, ask: Callable[[str], object], queries: list[str]) -> None:
    took = []
    for query in queries:
        started = time.perf_counter()
        ask(query)
        took.append(1000 * (time.perf_counter() - started))
    cuts = quantiles(took, n=100)
    print(f"{title:34} p50 {cuts[49]:7.1f} ms   p99 {cuts[98]:7.1f} ms   over {len(took)} queries", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", type=int, default=20_000)
    count = parser.parse_args().releases
    with TemporaryDirectory() as folder, Dataset.open(Path(folder), create=True) as dataset:
        started = time.perf_counter()
        fill(dataset, count)
        seconds = time.perf_counter() - started
        print(f"{count} releases stored and indexed in {seconds:.0f} s, {1000 * seconds / count:.2f} ms each")
        pairs = [f"{a} {b}" for a in WORDS for b in WORDS if a != b]
        timed("two words, by date", dataset.search, pairs)
        timed("two words, by relevance", lambda query: dataset.search(query, order="relevance"), pairs)
        timed("one frequent word, by date", dataset.search, WORDS * 5)
        timed("a phrase", dataset.search, [f'"{pair}"' for pair in pairs])
        timed(
            "a word in a month of a source",
            dataset.search,
            [f"{w} date:2024-04 source:s{n}" for w in WORDS for n in range(7)],
        )
        timed("facets of two words", dataset.facets, pairs[:40])


if __name__ == "__main__":
    main()
