"""A whole name: every gender and case in which all its words may stand at once."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, product
from operator import itemgetter
from typing import NamedTuple

from nlp.annotation import Gender
from nlp.inflection import like
from nlp.names.endings import CASES, VOWELS
from nlp.names.forms import GENDERS, WRITTEN, Form, Role, best_of, forms, others, russian, surname_endings, told_of
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


LONGEST = 5
"""Letters of an ending at most."""
KEYS = tuple((g, c) for g in GENDERS for c in CASES)
Slot = tuple[tuple[str, float], ...]
Options = tuple[Slot, ...]
"""For each of `KEYS` the two likeliest nominatives of a word; none where it cannot stand so."""


@lru_cache(50_000)
def options(word: str, role: Role) -> Options:
    regular = role == "surname" and len(word) > LONGEST and word[1:].islower() and word.isalpha()
    if regular and (len(word) > LONGEST + 2 or WRITTEN.fullmatch(word.lower())):
        return of_surname(word)
    return likeliest(word, forms(word, role))


def of_surname(word: str) -> Options:
    """By sound; where a dictionary or list knows a form in some gender and case, it has its say there."""
    low = word.lower()
    size = next((n for n in range(LONGEST, 0, -1) if low[-n:] in surname_endings()), 0)
    front, low_front = word[: len(word) - size], low[: len(word) - size]
    best, every = by_ending(low[len(word) - size :])
    out = [tuple((front + end, worth) for end, worth in slot) for slot in best]
    told: dict[tuple[Gender, str], list[Form]] = {}
    for form in told_of(low):
        told.setdefault((form.gender, form.case), []).append(form)
    for key, said in told.items():
        before, after = ([f._replace(nominative=low_front + f.nominative) for f in part] for part in every[key])
        out[KEYS.index(key)] = two_best(word, best_of([*before, *said, *after]))
    return tuple(out)


Sounds = dict[tuple[Gender, str], tuple[list[Form], list[Form]]]
"""Gender and case → the ends of nominatives, those of Russian surnames first."""


@lru_cache(2_048)
def by_ending(ending: str) -> tuple[Options, Sounds]:
    """What sound alone says of words in which no longer ending is known: the two best of each key, and all."""
    front = "···"
    every: Sounds = {key: ([], []) for key in KEYS}
    for number, several in enumerate((russian(front + ending), others(front + ending))):
        for form in several:
            every[form.gender, form.case][number].append(form._replace(nominative=form.nominative[len(front) :]))
    return tuple(two_best(ending, best_of([*before, *after])) for before, after in every.values()), every


def likeliest(word: str, several: Iterable[Form]) -> Options:
    found: dict[tuple[Gender, str], list[Form]] = {key: [] for key in KEYS}
    for form in several:
        found[form.gender, form.case].append(form)
    return tuple(two_best(word, here) if here else () for here in found.values())


def two_best(word: str, several: Sequence[Form]) -> Slot:
    best = sorted(several, key=itemgetter(3), reverse=True)[:2]
    return tuple((like(word, form.nominative), form.weight) for form in best)


def cost(word: str, place: int, length: int) -> float:
    """Of a word that has no form in the gender and case of the others."""
    if place + 1 == length:
        return MISSING
    if is_syllable(word) or word.endswith(("ын", "ийн")):
        return STIFF
    return MIDDLE if place else MISSING


@lru_cache(50_000)
def hypotheses(name: tuple[str, ...], part: tuple[Role, ...]) -> tuple[Hypothesis, ...]:
    """Every gender and case of the name with its nominative, best first; what the text says is not weighed yet."""
    table = [filled(options(w, r), w, i, len(name)) for i, (w, r) in enumerate(zip(name, part, strict=True))]
    found = [Hypothesis(*key, words, part, score) for key, words, score in ways(table)]
    found.sort(key=itemgetter(4), reverse=True)
    least = found[0].score - HOPELESS
    return tuple(found) if found[-1].score > least else tuple(h for h in found if h.score > least)


def ways(table: Sequence[Options]) -> Iterator[tuple[tuple[Gender, str], tuple[str, ...], float]]:
    """Nominatives of all words with the sum of their weights; eight at most of a gender and case."""
    if len(table) == 2:  # nearly all names
        for key, given, surname in zip(KEYS, *table, strict=True):
            for one, worth in given:
                for other, more in surname:
                    yield key, (one, other), worth + more
        return
    for key, here in zip(KEYS, zip(*table, strict=True), strict=True):
        for chosen in islice(product(*here), 8):
            yield key, tuple(word for word, _ in chosen), sum(worth for _, worth in chosen)


def filled(known: Options, word: str, place: int, length: int) -> Options:
    """With what it costs where the word has no form in the gender and case of the others."""
    if all(known):
        return known
    missing = ((word, cost(word, place, length)),)
    return tuple(slot or missing for slot in known)
