"""What each stage of annotation costs beside the engine: `python -m tests.benchmarks.annotate`.

Prints processor seconds per stage on unseen releases with warm caches: two thirds of the labelled releases are read
first (the cache of lemmas on disk is empty before that), the other third is measured. The engine's time is that of
segmentation to lemmas and normal forms, though annotation does not ask for the latter; everything but the engine is to
stay within 40 % of it.
"""

import os
from tempfile import TemporaryDirectory

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from collections import defaultdict
from collections.abc import Callable, Sequence
from time import process_time
from typing import Any

from nlp import positions, quotes
from nlp.annotate import Annotator
from nlp.annotation import Release
from pipelines.gold import labels_folder, releases

PIECE = 16
Spent = dict[str, float]


def timed(owner: Any, name: str, stage: str, spent: Spent) -> None:
    """Adds the time of this function to its stage from now on."""
    inner: Callable[..., Any] = getattr(owner, name)

    def outer(*arguments: Any, **options: Any) -> Any:
        start = process_time()
        try:
            return inner(*arguments, **options)
        finally:
            spent[stage] += process_time() - start

    setattr(owner, name, outer)


def annotated(annotator: Annotator, batch: Sequence[Release], spent: Spent) -> None:
    """Annotates, then does what the engine is measured with besides."""
    pairs = annotator.annotate_with_docs(batch)
    start = process_time()
    for _, doc in pairs:
        for span in doc.ner:
            doc.normal(span)
    spent["engine"] += process_time() - start


def in_pieces(batch: Sequence[Release], work: Callable[[Sequence[Release]], Any]) -> None:
    for place in range(0, len(batch), PIECE):
        work(batch[place : place + PIECE])


def main() -> None:
    with TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        measure()


def measure() -> None:
    annotator = Annotator()
    everything = [gold.release for gold in releases(labels_folder())]
    measured = everything[::3]
    in_pieces(
        [release for place, release in enumerate(everything) if place % 3],
        lambda piece: annotated(annotator, piece, defaultdict(float)),
    )
    spent: Spent = defaultdict(float)
    for owner, name, stage in (
        (type(annotator.engine), "parse", "engine"),
        (type(annotator.entities), "read", "names"),
        (positions, "read", "positions"),
        (type(annotator.meetings), "read", "meetings"),
        (quotes, "read", "quotes"),
        (type(annotator.topics), "classify", "topics"),
    ):
        timed(owner, name, stage, spent)
    start = process_time()
    in_pieces(measured, lambda piece: annotated(annotator, piece, spent))
    spent["assembly"] = process_time() - start - sum(spent.values())
    report(spent, sum(len(release.text) + len(release.title) for release in measured), len(measured))


def report(spent: Spent, characters: int, count: int) -> None:
    engine, whole = spent["engine"], sum(spent.values())
    print(f"{'':10}{'s':>8}{'ms/1,000':>10}{'of engine':>11}{'of all':>8}")
    for stage, seconds in [*spent.items(), ("the rest", whole - engine), ("all", whole)]:
        per_thousand = 1e6 * seconds / characters
        print(f"{stage:10}{seconds:8.2f}{per_thousand:10.2f}{seconds / engine:11.0%}{seconds / whole:8.0%}")
    print(f"{count} releases, {characters:,} characters")


if __name__ == "__main__":
    main()
