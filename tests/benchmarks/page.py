"""Main text and time of our reading against plain readability and trafilatura, on the layouts of the tests.

    python -m tests.benchmarks.page [--releases 12] [--names kept|scrambled|removed]

Prints, for each layout, the words' F1 of the body (title and date apart), then the mean, the worst page and the CPU
time of a page: compare the times of one run only with each other.
"""

import argparse
import hashlib
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.resources import files

from crawler import blocks, body, document
from crawler.items import RawPage
from crawler.page import Siblings, Unreadable, learn, read
from tests.crawler.layouts import LAYOUTS, Told, labelled
from tests.crawler.pages import expected_day, fetched, likeness

Reader = Callable[[RawPage, Siblings], str]


def ours(page: RawPage, siblings: Siblings) -> str:
    try:
        return read(page).body
    except Unreadable:
        return ""


def ours_with_siblings(page: RawPage, siblings: Siblings) -> str:
    return read(page, siblings=siblings).body


def readability(page: RawPage, siblings: Siblings) -> str:
    from readability import Document

    summary = Document(document.text_of(page.body), url=page.url).summary(html_partial=True)
    return body.render(blocks.read(document.tree(summary)))


def trafilatura(page: RawPage, siblings: Siblings) -> str:
    import trafilatura as library

    return library.extract(document.text_of(page.body), include_comments=False, include_tables=True) or ""


READERS: tuple[Reader, ...] = (ours, ours_with_siblings, readability, trafilatura)


def releases(count: int) -> list[Told]:
    names = sorted(entry.name.removesuffix(".json") for entry in (files("data") / "labels" / "releases").iterdir())
    return [labelled(name) for name in names[3 :: max(1, len(names) // count)]][:count]


def scrambled(markup: bytes) -> bytes:
    """Class names and ids that tell nothing, equal ones alike."""

    def nonsense(found: re.Match[bytes]) -> bytes:
        return (
            found[1] + b" ".join(b"c" + hashlib.md5(name).hexdigest()[:6].encode() for name in found[2].split()) + b'"'
        )

    return re.sub(rb'((?:class|id)=")([^"]*)"', nonsense, markup)


def removed(markup: bytes) -> bytes:
    return re.sub(rb' (?:class|id|itemprop|role)="[^"]*"', b"", markup)


NAMES: dict[str, Callable[[bytes], bytes]] = {"kept": bytes, "scrambled": scrambled, "removed": removed}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--releases", type=int, default=12)
    arguments.add_argument("--names", choices=NAMES, default="kept", help="class names and ids of the pages")
    chosen = arguments.parse_args()
    told = releases(chosen.releases)
    print(f"{'':18}" + "".join(f"{reader.__name__:>20}" for reader in READERS))
    scores: dict[str, list[float]] = {reader.__name__: [] for reader in READERS}
    seconds = dict.fromkeys(scores, 0.0)
    titles = dates = pages = size = 0
    for layout in LAYOUTS:
        if layout.__name__.endswith("json"):
            continue
        made = [layout(one, others(told, number)) for number, one in enumerate(told)]
        made = [replace(page, body=NAMES[chosen.names](page.body)) for page in made]
        siblings = learn(fetched(page) for page in made[:4])
        means = []
        for reader in READERS:
            started = time.process_time()
            texts = [reader(fetched(page), siblings) for page in made]
            seconds[reader.__name__] += time.process_time() - started
            found = [likeness(text, one.text) for text, one in zip(texts, told, strict=True)]
            scores[reader.__name__] += found
            means.append(mean(found))
        for page, one in zip(made, told, strict=True):
            article = read(fetched(page))
            pages, size = pages + 1, size + len(page.body)
            titles += article.title == one.title
            wanted = expected_day(one, page)
            dates += layout.__name__ == "bitrix_new" or article.published_at == wanted
        print(f"{layout.__name__:18}" + "".join(f"{value:20.3f}" for value in means))
    print(f"{'mean F1':18}" + "".join(f"{mean(found):20.4f}" for found in scores.values()))
    print(f"{'worst page':18}" + "".join(f"{min(found):20.3f}" for found in scores.values()))
    print(f"{'ms a page':18}" + "".join(f"{1000 * spent / pages:20.1f}" for spent in seconds.values()))
    print(f"{pages} pages of {size / pages / 1024:.0f} KB; titles {titles / pages:.3f}, dates {dates / pages:.3f}")


def others(told: list[Told], number: int) -> list[Told]:
    return [told[(number + step) % len(told)] for step in range(1, 6)]


def mean(values: Iterable[float]) -> float:
    several = list(values)
    return sum(several) / len(several)


if __name__ == "__main__":
    main()
