"""A whole name: every gender and case in which all its words may stand at once."""

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from nlp.annotation import Gender
from nlp.gazetteers import surnames
from nlp.inflection import entries, like
from nlp.names.endings import CASES, VOWELS
from nlp.names.forms import GENDERS, Form, Role, by_sound, forms
from nlp.names.parts import is_given, plain

Parts = dict[Role, tuple[str, ...]]


class Hypothesis(NamedTuple):
    """The whole name in one gender and case."""

    gender: Gender
    case: str
    nominatives: tuple[str, ...]
    """One per word, as they would be written."""
    roles: tuple[Role, ...]
    score: float

    @property
    def parts(self) -> Parts:
        """The nominatives by the part that they are, lower case and without ё."""
        return by_role(self.roles, self.nominatives)


MISSING = -2.5
"""What a word costs that cannot stand in the gender and case of the others."""
HOPELESS = 9.0
"""Readings that much worse than the best are left out: no context makes up for it."""
STIFF, MIDDLE = 1.2, 0.3
"""The same for a syllable before the last word, «Данг Минь Кхоя», and for any word in the middle."""

ROLES: tuple[Role, ...] = ("given", "patronymic", "surname", "initial", "particle")


@lru_cache(50_000)
def by_role(part: tuple[Role, ...], nominatives: tuple[str, ...]) -> Parts:
    found: Parts = dict.fromkeys(ROLES, ())
    for role, word in zip(part, nominatives, strict=True):
        found[role] += (plain(word),)
    return found


def is_syllable(word: str) -> bool:
    return sum(c in VOWELS for c in word.lower()) == 1 and not is_given(word)


Options = dict[tuple[Gender, str], list[tuple[str, float]]]
"""Gender and case → the two likeliest nominatives of a word."""


@lru_cache(50_000)
def options(word: str, role: Role) -> Options:
    if role == "surname" and len(word) > TAIL + 2 and word[1:].islower() and word.isalpha() and unheard(word):
        front = word[:-TAIL]
        return {key: [(front + t, s) for t, s in here] for key, here in endings(word[-TAIL:]).items()}
    return likeliest(word, forms(word, role))


def unheard(word: str) -> bool:
    return not entries(word) and word.lower() not in surnames()


TAIL = 5
"""No ending is longer: surnames of no dictionary that share the last letters are declined alike."""


@lru_cache(20_000)
def endings(tail: str) -> Options:
    any_front = "ооо"
    found = likeliest(any_front + tail, by_sound(any_front + tail))
    return {key: [(word[len(any_front) :], worth) for word, worth in here] for key, here in found.items()}


def likeliest(word: str, several: Sequence[Form]) -> Options:
    found: Options = {}
    written: dict[str, str] = {}
    for form in sorted(several, key=itemgetter(3), reverse=True):
        here = found.setdefault((form.gender, form.case), [])
        if len(here) < 2:
            if form.nominative not in written:
                written[form.nominative] = like(word, form.nominative)
            here.append((written[form.nominative], form.weight))
    return found


def cost(word: str, place: int, length: int) -> float:
    """Of a word that has no form in the gender and case of the others."""
    if place + 1 == length:
        return MISSING
    if is_syllable(word) or word.endswith(("ын", "ийн")):
        return STIFF
    return MIDDLE if place else MISSING


def ways(here: Sequence[Sequence[tuple[str, float]]]) -> list[tuple[tuple[str, ...], float]]:
    """Nominatives of all words with the sum of their weights, from those of each word; eight at most."""
    found: list[tuple[tuple[str, ...], float]] = [((word,), worth) for word, worth in here[0]]
    for further in here[1:]:
        found = [((*words, word), sum_ + worth) for words, sum_ in found for word, worth in further][:8]
    return found


KEYS = tuple((g, c) for g in GENDERS for c in CASES)


@lru_cache(50_000)
def hypotheses(name: tuple[str, ...], part: tuple[Role, ...]) -> tuple[Hypothesis, ...]:
    """Every gender and case of the name with its nominative, best first; what the text says is not weighed yet."""
    table = [options(w, r) for w, r in zip(name, part, strict=True)]
    lost = [((w, cost(w, i, len(name))),) for i, w in enumerate(name)]
    found = [
        (key, w, s)
        for key in KEYS
        for w, s in ways([word.get(key, missing) for word, missing in zip(table, lost, strict=True)])
    ]
    least = max(s for _, _, s in found) - HOPELESS
    kept = [Hypothesis(gender, case, w, part, s) for (gender, case), w, s in found if s > least]
    return tuple(sorted(kept, key=itemgetter(4), reverse=True))
