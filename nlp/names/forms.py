"""The forms of one word of a name: in which gender and case it may stand, and its nominative."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from nlp.annotation import Gender
from nlp.gazetteers import given_names, surnames
from nlp.inflection import entries
from nlp.names.endings import (
    ADJECTIVAL,
    CASES,
    GIVEN,
    LETTER,
    LIKE_ADJECTIVES,
    OTHER_SURNAMES,
    RUSSIAN,
    RUSSIAN_MEN,
    SERBIAN,
    Guess,
)

Role = Literal["given", "patronymic", "surname", "initial", "particle"]


class Form(NamedTuple):
    """One way in which a word of a name may stand in the text."""

    nominative: str
    """Lower case."""
    gender: Gender
    case: str
    weight: float


WRITTEN = re.compile(r"[а-яё]+(?:[-‑'’][а-яё]+)*")


@lru_cache(50_000)
def forms(word: str, role: Role) -> tuple[Form, ...]:
    """Every (gender, case) in which the word may stand as this part of a name, each with its nominative."""
    low = word.lower()
    if role in ("initial", "particle") or not WRITTEN.fullmatch(low):
        return tuple(Form(low, g, c, 0.0) for g in ("m", "f") for c in CASES)
    if "-" in low or "‑" in low:
        return double(low, role)
    if role == "patronymic":
        return patronymic(low)
    return best_of(given(low) if role == "given" else surname(low))


def best_of(found: Sequence[Form]) -> tuple[Form, ...]:
    out: dict[tuple[str, str, str], Form] = {}
    for form in found:
        key = (form.nominative, form.gender, form.case)
        if key not in out or out[key].weight < form.weight:
            out[key] = form
    return tuple(out.values())


HARDLY = -1.0
"""What a woman's surname like «Петров» is worth."""
LISTED = 2.0
GENDERS: tuple[Gender, Gender] = ("m", "f")
RUSSIAN_WEIGHT = 2.5
"""Of forms with a Russian surname's ending, which tells the gender."""


def double(word: str, role: Role) -> tuple[Form, ...]:
    """«Мусин-Пушкин», «Абу-Рашид», «Анна-Мария»: both halves in one case, or only the last declined."""
    *front, last = re.split(r"[-‑]", word)
    head, tail = "-".join(front), forms(last, role)
    declined = {(f.gender, f.case): f for f in sorted(forms(head, role), key=lambda f: f.weight)}
    strict = role == "surname" and any(f.weight >= RUSSIAN_WEIGHT for f in declined.values())
    out = []
    for form in tail:
        before = declined.get((form.gender, form.case))
        fits = before is not None and (not strict or before.weight >= RUSSIAN_WEIGHT)
        out.append(
            Form(
                f"{head}-{form.nominative}", form.gender, form.case, form.weight - (0.2 if fits or not strict else 1.5)
            )
        )
        if before is not None and before.weight > 0.9 and before.nominative != head:
            out.append(Form(f"{before.nominative}-{form.nominative}", form.gender, form.case, form.weight))
    return best_of(out)


def patronymic(word: str) -> tuple[Form, ...]:
    for ending, case in (
        ("", "nomn"),
        ("а", "gent accs"),
        ("у", "datv"),
        ("ем", "ablt"),
        ("ом", "ablt"),
        ("е", "loct"),
    ):
        if word.endswith("ич" + ending):
            stem = word[: len(word) - len(ending)]
            return tuple(Form(stem, "m", c, 3.0) for c in case.split())
    for ending, case in (
        ("а", "nomn"),
        ("ы", "gent"),
        ("е", "datv loct"),
        ("у", "accs"),
        ("ой", "ablt"),
        ("ою", "ablt"),
    ):
        if word.endswith("н" + ending):
            return tuple(Form(word[: len(word) - len(ending)] + "а", "f", c, 3.0) for c in case.split())
    return tuple(Form(word, g, c, 0.0) for g in ("m", "f") for c in CASES)


def given(word: str) -> list[Form]:
    """As the dictionary and the gazetteer have it; the gazetteer is believed where they differ on the gender."""
    out = []
    listed = {known.gender for known in given_names().get(word, ()) if known.nominative == word}
    for entry in entries(word):
        if "Name" not in entry.marks or entry.number == "plur" or entry.case in ("", "voct"):
            continue
        either = "ms-f" in entry.marks or not entry.gender
        genders: tuple[Gender, ...] = ("m", "f") if either else (LETTER[entry.gender],)
        out += [
            Form(entry.lemma, g, entry.case, 3.0 + 0.3 * entry.score)
            for g in genders
            if not listed or g in listed or entry.lemma != word
        ]
    for known in given_names().get(word, ()):
        weight = 2.0 if len(known.cases) == len(CASES) and word[-1] in "еи" else 3.0
        out += [Form(known.nominative, known.gender, c, weight) for c in known.cases]
    return usual(word, out) or [*men_declined(word, guessed(word, GIVEN)), *compounds(word)]


def usual(word: str, found: list[Form]) -> list[Form]:
    """«Анне» is of «Анна» before it is a foreign name that stays as it is; «Игоре» is of «Игорь», not of «Игор»."""
    names = {form.nominative for form in found}
    kept = [f for f in found if f.nominative + "ь" not in names]
    if word[-1] != "е" or word in STAYING:
        return kept
    declined = {f.gender for f in kept if f.nominative != word}
    return [f for f in kept if f.nominative != word or f.gender not in declined]


STAYING = frozenset("гаяне лусине марине наринэ фирузе зохре ульрике афсане хайке аннике фредерике".split())
"""Names in -е that stay as they are, of which a form in -а exists too."""


FEMININE = (
    "гуль",
    "гюль",
    "гозель",
    "бану",
    "кызы",
    "доттир",
    "маа",
    "цэцэг",
    "чимэг",
    "жамал",
    "бегим",
    "хон",
    "нигор",
)
MASCULINE = (
    "бек",
    "бай",
    "мурат",
    "мурод",
    "жан",
    "джон",
    "дин",
    "улла",
    "уллах",
    "оглы",
    "улы",
    "берды",
    "батор",
    "баатар",
)


def compounds(word: str) -> list[Form]:
    """Turkic and Mongolian given names by their second half: «Нургуль», «Жандарбек»."""
    if word.endswith(FEMININE):
        return [Form(word, "f", c, 2.2) for c in CASES]
    return [Form(word, "m", "nomn", 2.2)] if word.endswith(MASCULINE) else []


def guessed(word: str, table: tuple[Guess, ...]) -> list[Form]:
    index, out = indexed(table), []
    for size in (1, 2, 3, 4, 5):
        if len(word) <= size:
            break
        for base, gender, cases, weight, same in index.get(word[-size:], ()):
            if same:
                out += [Form(word, gender, case, weight) for case in cases]
            elif len(word) - size + len(base) > 2:
                nominative = word[:-size] + base
                out += [Form(nominative, gender, case, weight) for case in cases]
    return out


Row = tuple[str, Gender, tuple[str, ...], float, bool]
"""Ending of the nominative, gender, cases, weight; whether the nominative ends as the word does."""


@lru_cache(8)
def indexed(table: tuple[Guess, ...]) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    for ending, base, gender, cases, weight in table:
        out.setdefault(ending, []).append((base, gender, tuple(cases.split()), weight, ending == base))
    return out


def surname(word: str) -> list[Form]:
    """Russian surnames by their endings, words of the language as the dictionary has them, others by sound."""
    return russian(word) + told_of(word) + others(word)


@cache
def surname_endings() -> frozenset[str]:
    """All that `russian` and `others` look at."""
    tables = (RUSSIAN, ADJECTIVAL, SERBIAN, OTHER_SURNAMES, LIKE_ADJECTIVES)
    return frozenset((*RUSSIAN_MEN, *OBLIQUE, *(guess[0] for table in tables for guess in table)))


def told_of(word: str) -> list[Form]:
    """What the list of surnames and the dictionary know."""
    listed = [Form(name, gender, case, LISTED) for name, case in surnames().get(word, ()) for gender in GENDERS]
    return listed + from_dictionary(word)


def russian(word: str) -> list[Form]:
    out = guessed(word, RUSSIAN) if len(word) > 4 else []
    return out + guessed(word, ADJECTIVAL) + guessed(word, SERBIAN)


OBLIQUE = ("ого", "его", "ому", "ему")


def others(word: str) -> list[Form]:
    found = guessed(word, OTHER_SURNAMES)
    if word.endswith(OBLIQUE):
        found = [f for f in found if f.nominative != word]
    if word.endswith(RUSSIAN_MEN):
        found = [f._replace(weight=HARDLY) if (f.gender, f.nominative) == ("f", word) else f for f in found]
    return men_declined(word, found) + guessed(word, LIKE_ADJECTIVES)


FOREIGN_INSTRUMENTAL = re.compile(r"(?:[бвгджзклмнпрстфхцчшщ]ом|[жшчщцлнрт]ем)$")
RUSSIAN_INSTRUMENTAL = re.compile(r"(?:(?:[оеё]в|[иы]н)ым|[сц]ким)$")
SELDOM: dict[Gender, float] = {"m": 0.7, "f": 0.2}
"""What a name like «Блом» is worth as it is."""


def men_declined(word: str, found: list[Form]) -> list[Form]:
    """«С. Квапонгом», «Э. Гордеевым» are of men; that the name stays as it is, is the last thing to think of."""
    if RUSSIAN_INSTRUMENTAL.search(word):
        most: dict[Gender, float] = {"m": HARDLY, "f": HARDLY}
    elif FOREIGN_INSTRUMENTAL.search(word):
        most = SELDOM
    else:
        return found
    return [f._replace(weight=min(f.weight, most[f.gender])) if f.nominative == word else f for f in found]


def from_dictionary(word: str) -> list[Form]:
    """«Воробья» → «Воробей», «Кузнец», «Чёрного»; women bear masculine nouns unchanged."""
    out: list[Form] = []
    for entry in entries(word):
        if entry.number == "plur" or entry.case not in CASES or entry.pos not in ("NOUN", "ADJF"):
            continue
        case, normal, marks = entry.case, entry.lemma, entry.marks
        if "Name" in marks or "Patr" in marks:
            continue
        if entry.pos == "ADJF" and entry.gender in ("masc", "femn"):
            nominative = entry.nominative()
            if nominative is not None and "Apro" not in marks:
                out.append(Form(nominative, LETTER[entry.gender], case, 1.7))
        elif "Surn" in marks and entry.gender in ("masc", "femn") and "Fixd" not in marks:
            out.append(Form(entry.nominative() or normal, LETTER[entry.gender], case, 2.2))
        elif entry.pos == "NOUN" and entry.gender == "masc":
            if case != "accs":
                out += [Form(normal, "m", c, 1.9) for c in ((case, "accs") if case == "gent" else (case,))]
        elif entry.pos == "NOUN" and entry.gender == "femn" and normal[-1] in "ая":
            out += [Form(normal, "f", case, 1.8), Form(normal, "m", case, 1.7)]
    return out
