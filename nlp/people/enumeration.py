"""Names in a row, «Р. Н. Махалиной, О. О. Стужину и Б. К. Ермекову», stand in one case."""

import re
from collections.abc import Iterator, Sequence

from nlp.doc import Doc
from nlp.names.endings import CASES
from nlp.people.named import Named, Way, distinct

BETWEEN = re.compile(r"\s*(?:,|,?\s(?:и|или))\s+")
WORST = -3.0
"""What one name may say against a case at most."""


def enumerated(doc: Doc, named: Sequence[Named]) -> Iterator[list[Named]]:
    """Runs of two names and more with nothing but commas and «и» between them."""
    run: list[Named] = []
    for one in named:
        if run and BETWEEN.fullmatch(doc.text, run[-1].found.stop, one.found.start):
            run.append(one)
            continue
        if len(run) > 1:
            yield run
        run = [one]
    if len(run) > 1:
        yield run


def in_one_case(run: Sequence[Named]) -> None:
    """Adds to each way of reading a name what the others say of its case."""
    says = [by_case(one) for one in run]
    for one, mine in zip(run, says, strict=True):
        others = {case: sum(say[case] for say in says if say is not mine) / (len(run) - 1) for case in CASES}
        one.ways = sorted(
            (Way(way.score + others[way.hypothesis.case], way.hypothesis) for way in one.ways),
            key=lambda way: -way.score,
        )
        one.distinct = distinct(one.ways)


def by_case(one: Named) -> dict[str, float]:
    """How much worse than the best its best reading in each case is."""
    top = one.ways[0].score
    found = dict.fromkeys(CASES, WORST)
    for way in reversed(one.ways):
        found[way.hypothesis.case] = max(WORST, way.score - top)
    return found
