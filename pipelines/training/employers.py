"""Labelled releases → the judge that finds the employer of a post which names none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from nlp import positions
from nlp.meetings.model import Judge
from nlp.positions.options import Row, options
from nlp.reading import Reading
from pipelines.evaluate import likeness
from pipelines.gold import Gold
from pipelines.training.judge import SECOND, Sample, curve, fit

FOLDS = 5
SAME_POSITION, SAME_BODY = 0.67, 0.6


@dataclass(frozen=True, slots=True)
class Choice:
    """A labelled post that names no employer: a row for each body it may be, and which of them it is."""

    release: str
    rows: list[Row]
    right: list[bool]
    second: bool


def choices(gold: Gold, reading: Reading) -> list[Choice]:
    """`reading` holds the labelled people, organisations and places."""
    drafts = positions.drafts_in(reading)
    ground = positions.ground_of(reading, drafts, gold.release.title)
    left = list(gold.fields["positions"])
    out = []
    for draft in drafts:
        label = next((own for own in left if same(own, draft.position.person, draft.position.position)), None)
        if label is None:
            continue
        left.remove(label)
        if draft.body is None and (thought := options(ground, draft.found)):
            right = [likeness(label["organisation"], o.unit.name) >= SAME_BODY for o in thought]
            rows = [{**o.row, SECOND: gold.second} for o in thought]
            out.append(Choice(gold.id, rows, right, gold.second))
    return out


def same(label: dict[str, Any], person: str, position: str) -> bool:
    return bool(label["person"] == person) and likeness(label["position"], position) >= SAME_POSITION


def fit_employers(known: Sequence[Choice]) -> Judge:
    sample = Sample.of_rows([row for choice in known for row in choice.rows])
    return fit(sample, [str(int(a)) for choice in known for a in choice.right], frequent=8, share=0.5, rounds=80)


def held_out(known: Sequence[Choice], count: int) -> tuple[list[Judge], dict[str, int]]:
    """Judges that each learned from the others' releases, and which of them is to judge a release."""
    order = {release: i % count for i, release in enumerate(sorted({c.release for c in known}))}
    return [fit_employers([c for c in known if order[c.release] != f]) for f in range(count)], order


def train_employers(known: Sequence[Choice]) -> Judge:
    """Calibrated by how often the likeliest body is right on first-hand releases that a judge did not learn from."""
    judges, order = held_out(known, FOLDS)
    told = [(judges[order[c.release]].probabilities(c.rows)[:, 1], c.right) for c in known if not c.second]
    raw = np.array([p.max() for p, _ in told])
    right = np.array([float(answers[int(p.argmax())]) for p, answers in told])
    return replace(fit_employers(known), curve=curve(raw, right))
