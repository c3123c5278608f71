"""One mention of a person with every way of reading it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from nlp.annotation import Gender
from nlp.doc import Doc
from nlp.mentions import Found
from nlp.names import Hypothesis, Role, hypotheses, is_asian, plain, roles, words
from nlp.names.syllables import womanly
from nlp.people.evidence import Evidence, evidence
from nlp.tokens import Tokens

MARKERS: dict[str, Gender] = {
    "тхи": "f",
    "кызы": "f",
    "бинт": "f",
    "бинти": "f",
    "оглы": "m",
    "бин": "m",
    "ибн": "m",
    "бен": "m",
}
"""Words inside a name that tell the gender: Vietnamese, Turkic, Arabic."""


class Way(NamedTuple):
    """A reading of a name with the score that the text around adds to the words' own."""

    score: float
    hypothesis: Hypothesis


class Shape(NamedTuple):
    """What a name tells by itself."""

    words: tuple[str, ...]
    roles: tuple[Role, ...]
    stems: frozenset[str]
    """First letters of its words: mentions of one person share some."""
    fullness: int
    gender: tuple[tuple[Gender, float], ...]
    """Words like «Тхи» and «оглы», which only women or men have in their names."""


@dataclass(slots=True)
class Named:
    """A mention of a person with every way of reading it, best first."""

    found: Found
    shape: Shape
    ways: list[Way]
    distinct: list[Way]
    """The best way of each gender and nominative: what grouping looks at."""

    @property
    def words(self) -> tuple[str, ...]:
        return self.shape.words

    @property
    def roles(self) -> tuple[Role, ...]:
        return self.shape.roles


@lru_cache(20_000)
def shape(said: str) -> Shape:
    written = tuple(words(said.replace("\xa0", " ")))
    part = tuple(roles(written))
    stems = frozenset(plain(w)[:2] for w, r in zip(written, part, strict=True) if r not in ("initial", "particle"))
    told = [(MARKERS[w.lower()], 8.0) for w in written if w.lower() in MARKERS]
    if is_asian(written) and (points := womanly(written)):
        told.append(("f" if points > 0 else "m", abs(points)))
    return Shape(written, part, stems, sum(r in ("given", "patronymic", "surname") for r in part), tuple(told))


def name(doc: Doc, tokens: Tokens, found: Found) -> Named:
    form = shape(doc.text[found.start : found.stop])
    shown = evidence(doc, tokens, found.start, found.stop)
    for gender, much in form.gender:
        shown.gender(gender, much)
    ways = weighed(hypotheses(form.words, form.roles), shown)
    return Named(found, form, ways, distinct(ways))


def weighed(known: Sequence[Hypothesis], shown: Evidence) -> list[Way]:
    cases, genders = shown.cases, shown.genders
    scores = [worth + cases.get(case, 0.0) + genders.get(gender, 0.0) for gender, case, _, _, worth in known]
    ways = list(map(Way, scores, known))
    ways.sort(key=itemgetter(0), reverse=True)
    return ways


def distinct(ways: list[Way]) -> list[Way]:
    best: dict[tuple[str, tuple[str, ...]], Way] = {}
    for way in ways[:12]:
        gender, _, nominatives, _, _ = way[1]
        best.setdefault((gender, nominatives), way)
    return list(best.values())
