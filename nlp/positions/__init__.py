"""Who holds what post where: positions beside a person's name, before it, after it, in a predicate, in a list.

A position is a noun phrase whose head is an animate noun («заместитель», «ректор») standing in the case of the name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
    """A post before it is worded: its employer where the words name one."""

    found: Found
    body: Employer | None
    rule: str
    confidence: float = 0.9

    @property
    def open(self) -> bool:
        return self.body is None


def drafted(r: Reading, found: Found) -> Draft:
    if found.leads is not None:
        return Draft(found, Employer(found.leads.name, (found.leads.start, found.leads.stop)), "")
    return Draft(found, *named(r, found.phrase))


def as_position(r: Reading, draft: Draft) -> Position | None:
    found, phrase = draft.found, draft.found.phrase
    position = LEADER if found.leads is not None else worded(r, phrase, draft.body)
    if not position:
        return None
    return Position(
        person=found.unit.name,
        position=position,
        person_span=(found.unit.start, found.unit.stop),
        position_span=r.span(phrase.first, phrase.last),
        organisation=None if draft.body is None else draft.body.name,
        organisation_span=None if draft.body is None else draft.body.span,
        former=is_former(r, found),
        acting=position.startswith(ACTING),
        rule=found.rule + (f"+{draft.rule}" if draft.rule else ""),
        confidence=draft.confidence,
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
    if judge is not None:
        drafts = employed(ground_of(reading, drafts, release.title), drafts, judge)
    out: dict[tuple[str, str], Position] = {}
    for draft in drafts:
        position = as_position(reading, draft)
        if position is not None:
            out.setdefault((position.person, position.position), position)
    return tuple(out.values())


def drafts_in(r: Reading) -> list[Draft]:
    """Every post of the text with the employer that its words name."""
    out: list[Draft] = []
    known: list[Position] = []
    for unit in r.people:
        here: list[Position] = []
        for rule in (*BESIDE, *BY_VERBS):
            for found in rule(r, unit):
                draft = drafted(r, found)
                position = as_position(r, draft)
                if position is not None and not repeats(position, known):
                    here.append(position)
                    out.append(draft)
        known += here
    return out


def ground_of(r: Reading, drafts: Sequence[Draft], title: str) -> Ground:
    told = [Told(d.found, d.body.name) for d in drafts if d.body is not None]
    return Ground(r, told, title.casefold().replace("ё", "е"))


def employed(ground: Ground, drafts: Sequence[Draft], judge: Judge) -> list[Draft]:
    """Gives posts that name no employer the likeliest one spoken of, where it is likely enough."""
    thought = [options(ground, d.found) if d.open else [] for d in drafts]
    rows = [option.row for one in thought for option in one]
    if not rows:
        return list(drafts)
    likely = iter(judge.probabilities(rows)[:, 1].tolist())
    out = []
    for draft, one in zip(drafts, thought, strict=True):
        p, unit = max(((next(likely), o.unit) for o in one), key=lambda pair: pair[0], default=(0.0, None))
        if unit is None or p < EMPLOYER_FLOOR:
            out.append(draft)
        else:
            body = spoken_of(ground.r, draft.found.phrase, unit)
            sure = float(judge.calibrated(np.array(p)))
            out.append(replace(draft, body=body, rule="employer_judged", confidence=sure))
    return out
