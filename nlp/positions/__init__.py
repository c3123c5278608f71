"""Who holds what post where: positions beside a person's name, before it, after it, in a predicate, in a list.

A position is a noun phrase whose head is an animate noun («заместитель», «ректор») standing in the case of the name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from nlp.annotation import Entity, Position, Release
from nlp.doc import Doc
from nlp.positions.employer import Employer, named, spoken_of
from nlp.positions.holder import BESIDE, Found
from nlp.positions.lexicon import heads
from nlp.positions.options import Ground, Told, options
from nlp.positions.verbs import BY_VERBS
from nlp.positions.wording import worded
from nlp.reading import Reading

__all__ = ["drafts_in", "ground_of", "heads", "read"]

EMPLOYER_FLOOR = 0.3
"""From this raw probability on the likeliest employer is given (precision .71 in cross-validation)."""
SAID = 0.9
"""Confidence of a post whose employer the words name, or that has none."""
RULES = (*BESIDE, *BY_VERBS)
LEADER = "руководитель"
"""The post of whom the words only say that they lead a body."""
ACTING = ("и.о", "и. о", "врио", "исполняющий обязанности", "исполняющая обязанности", "временно исполня")


class Judge(Protocol):
    """How likely each of several employers is: `nlp.meetings.model.Judge`, which would import this package."""

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> Any: ...

    def calibrated(self, p: Any) -> Any: ...


def is_former(r: Reading, found: Found) -> bool:
    return found.former or any(
        r.low[t].startswith(("бывш", "экс-")) for t in range(found.phrase.first, found.phrase.last)
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """A post as its own words tell it."""

    found: Found
    body: Employer | None
    position: Position


def drafted(r: Reading, found: Found) -> Draft | None:
    if found.leads is not None:
        body, rule = Employer(found.leads.name, (found.leads.start, found.leads.stop)), ""
    else:
        body, rule = named(r, found.phrase)  # type: ignore[assignment]
    position = as_position(r, found, body, rule, SAID)
    return None if position is None else Draft(found, body, position)


def as_position(r: Reading, found: Found, body: Employer | None, rule: str, confidence: float) -> Position | None:
    phrase = found.phrase
    position = LEADER if found.leads is not None else worded(r, phrase, body)
    if not position:
        return None
    return Position(
        person=found.unit.name,
        position=position,
        person_span=(found.unit.start, found.unit.stop),
        position_span=r.span(phrase.first, phrase.last),
        organisation=None if body is None else body.name,
        organisation_span=None if body is None else body.span,
        former=is_former(r, found),
        acting=position.startswith(ACTING),
        rule=found.rule + (f"+{rule}" if rule else ""),
        confidence=confidence,
    )


def repeats(position: Position, known: Iterable[Position]) -> bool:
    """A later paraphrase adds none: «министр» after «министр культуры»."""
    own = set(position.position.lower().replace("ё", "е").split())
    for other in known:
        if other.person == position.person:
            words_of_other = set(other.position.lower().replace("ё", "е").split())
            if own <= words_of_other or position.position.split()[-1][:5] == other.position.split()[-1][:5]:
                return True
    return False


def read(
    release: Release,
    doc: Doc,
    people: Sequence[Entity],
    organisations: Sequence[Entity],
    places: Sequence[Entity],
    judge: Judge | None = None,
) -> tuple[Position, ...]:
    """Positions in order of the text; each person's paraphrases are left out.

    Without a judge only employers that the words of the post name.
    """
    reading = Reading(doc, people, organisations, places)
    drafts = drafts_in(reading)
    if judge is None:
        found = [draft.position for draft in drafts]
    else:
        found = employed(ground_of(reading, drafts, release.title), drafts, judge)
    return tuple({(p.person, p.position): p for p in reversed(found)}.values())[::-1]


def drafts_in(r: Reading) -> list[Draft]:
    """Every post of the text with the employer that its words name."""
    out: list[Draft] = []
    known: list[Position] = []
    for unit in r.people:
        here = [draft for rule in RULES for found in rule(r, unit) if (draft := drafted(r, found)) is not None]
        here = [draft for draft in here if not repeats(draft.position, known)]
        known += [draft.position for draft in here]
        out += here
    return out


def ground_of(r: Reading, drafts: Sequence[Draft], title: str) -> Ground:
    told = [Told(d.found, d.body.name) for d in drafts if d.body is not None]
    return Ground(r, told, title.casefold().replace("ё", "е"))


def employed(ground: Ground, drafts: Sequence[Draft], judge: Judge) -> list[Position]:
    """Gives posts that name no employer the likeliest one spoken of, where it is likely enough."""
    thought = [options(ground, d.found) if d.body is None else [] for d in drafts]
    rows = [option.row for one in thought for option in one]
    likely = iter(judge.probabilities(rows)[:, 1].tolist() if rows else ())
    out = []
    for draft, one in zip(drafts, thought, strict=True):
        p, unit = max(((next(likely), o.unit) for o in one), key=lambda pair: pair[0], default=(0.0, None))
        judged = None
        if unit is not None and p >= EMPLOYER_FLOOR:
            body = spoken_of(ground.r, draft.found.phrase, unit)
            sure = float(judge.calibrated(np.array(p)))
            judged = as_position(ground.r, draft.found, body, "employer_judged", sure)
        out.append(judged or draft.position)
    return out
