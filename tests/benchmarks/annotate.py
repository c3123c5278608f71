"""What each stage of annotation costs beside the engine: `python -m tests.benchmarks.annotate`.

Prints processor seconds per stage over the labelled releases, each stage's share of the engine's time, and the sum:
everything but the engine is to stay within 40 % of it. Caches are warm: the releases are read once before.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from collections import defaultdict
from collections.abc import Callable
from time import process_time
from typing import Any

from nlp import positions, quotes
from nlp.annotate import Annotator
from pipelines.gold import labels_folder, releases


def main() -> None:
    annotator = Annotator()
    batch = [gold.release for gold in releases(labels_folder())]
    annotator.annotate(batch)
    spent: dict[str, float] = defaultdict(float)

    def timed(stage: str, function: Callable[..., Any], *arguments: Any) -> Any:
        start = process_time()
        result = function(*arguments)
        spent[stage] += process_time() - start
        return result

    texts = [text for release in batch for text in (release.text, release.title)]
    docs = timed("engine", annotator.engine.parse, texts)
    for release, doc, title in zip(batch, docs[::2], docs[1::2], strict=True):
        named = timed("names", annotator.entities.read, release, doc, title)
        bodies = (named.people, named.organisations, named.places)
        held = timed("positions", positions.read, release, doc, *bodies)
        timed("meetings", annotator.meetings.read, release, doc, title, *bodies, held)
        timed("quotes", quotes.read, doc, named.people)
        timed("topics", annotator.topics.classify, title, doc)
    for stage, seconds in spent.items():
        print(f"{stage:<10}{seconds:8.2f} s{seconds / spent['engine']:8.0%} of the engine")
    rest = sum(spent.values()) - spent["engine"]
    characters = sum(map(len, texts))
    print(f"{'the rest':<10}{rest:8.2f} s{rest / spent['engine']:8.0%} of the engine")
    print(f"{len(batch)} releases, {1e6 * sum(spent.values()) / characters:.1f} ms per 1,000 characters")


if __name__ == "__main__":
    main()
