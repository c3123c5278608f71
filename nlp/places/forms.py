"""Nominatives that the name of a place may have: by the dictionary, by its ending, by fame."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from nlp.gazetteers import fold, known_places
from nlp.inflection import CASES, entries


@dataclass(frozen=True, slots=True)
class Form:
    nominative: str
    """Lower case."""
    case: str
    weight: float


def table() -> tuple[tuple[str, str, str, float], ...]:
    """Ending in the text, in the nominative, cases, weight: for names that no dictionary knows."""
    out: list[tuple[str, str, str, float]] = []
    for consonant in "бвгджзклмнпрстфхцчшщ":
        out += [(consonant, consonant, "nomn accs", 1.5), (consonant + "а", consonant, "gent", 1.0)]
        out += [(consonant + "у", consonant, "datv", 1.0), (consonant + "ом", consonant, "ablt", 1.3)]
        out += [(consonant + "е", consonant, "loct", 1.0), (consonant + "ем", consonant, "ablt", 0.8)]
        out += [(consonant + "а", consonant + "а", "nomn", 1.2), (consonant + "ы", consonant + "а", "gent", 1.2)]
        out += [(consonant + "е", consonant + "а", "datv loct", 0.9), (consonant + "у", consonant + "а", "accs", 1.1)]
        out += [(consonant + "ой", consonant + "а", "ablt", 1.3), (consonant + "и", consonant + "а", "gent", 0.5)]
        out += [(consonant + "я", consonant + "ь", "gent", 0.9), (consonant + "ю", consonant + "ь", "datv", 0.9)]
        out += [
            (consonant + "и", consonant + "ь", "gent datv loct", 0.7),
            (consonant + "ью", consonant + "ь", "ablt", 1.5),
        ]
        out += [(consonant + "е", consonant + "ь", "loct", 0.8), (consonant + "и", consonant + "ы", "nomn", 0.2)]
    for vowel in "аеиоуэ":
        out += [(vowel + "й", vowel + "й", "nomn accs", 1.5), (vowel + "я", vowel + "й", "gent", 1.0)]
        out += [(vowel + "ю", vowel + "й", "datv", 1.0), (vowel + "ем", vowel + "й", "ablt", 1.3)]
        out += [(vowel + "е", vowel + "й", "loct", 0.9), (vowel + "я", vowel + "я", "nomn", 1.2)]
        out += [(vowel + "и", vowel + "я", "gent datv loct", 0.8), (vowel + "е", vowel + "я", "datv loct", 0.9)]
        out += [(vowel + "ю", vowel + "я", "accs", 1.1), (vowel + "ей", vowel + "я", "ablt", 1.2)]
    out += [("ии", "ия", "gent datv loct", 1.4), ("ию", "ия", "accs", 1.4), ("ией", "ия", "ablt", 1.5)]
    for stem in ("ов", "ев", "ин", "ын"):
        out += [
            (stem + "а", stem + "о", "gent", 0.7),
            (stem + "у", stem + "о", "datv", 0.7),
            (stem + "е", stem + "о", "loct", 0.9),
        ]
        out += [(stem + "ом", stem + "о", "ablt", 0.9), (stem + "ым", stem, "ablt", 1.0)]
        out += [(stem + "е", stem + "о", "loct", 1.1)]
    for back in "гк":
        out += [(back + "и", back + "а", "gent", 1.2), (back + "ах", back + "и", "loct", 1.2)]
    out += [(x + "ке", x + "ка", "datv loct", 1.3) for x in "авейлнорть"]
    for hushing in "чшжщ":
        out += [(hushing + "ах", hushing + "и", "loct", 1.2), (hushing + "ами", hushing + "и", "ablt", 1.2)]
    out += [(x + "ах", x + "ы", "loct", 1.0) for x in "бвдзлмнпрстф"]
    out += [("ьи", "ья", "gent datv loct", 1.2), ("ьей", "ья", "ablt", 1.2), ("ью", "ья", "accs", 0.9)]
    out += [
        ("ья", "ье", "gent", 1.1),
        ("ью", "ье", "datv", 1.0),
        ("ьем", "ье", "ablt", 1.3),
        ("ье", "ье", "nomn loct accs", 1.2),
    ]
    out += [
        ("ья", "ья", "nomn", 1.2),
        ("лем", "ль", "ablt", 1.0),
        ("нем", "нь", "ablt", 1.0),
        ("рем", "рь", "ablt", 1.0),
    ]
    out += [(x + "ую", x + "ая", "accs", 1.5) for x in ("ск", "н", "цк", "в", "л", "т")]
    out += [(x + "ого", x + "ый", "gent", 0.6) for x in "нвлт"] + [("ского", "ский", "gent", 0.6)]
    out += [(x + "ой", x + "ая", "gent datv ablt loct", 1.4) for x in ("ск", "н", "цк", "ров")]
    out += [(x + "ом", x + "ое", "loct", 1.2) for x in ("ск", "н")] + [
        (x + "ого", x + "ое", "gent", 1.2) for x in ("ск", "н")
    ]
    out += [
        (x, x, " ".join(CASES.values()), weight)
        for x, weight in (("о", 1.3), ("э", 1.3), ("у", 0.5), ("и", 0.8), ("е", 0.5), ("ы", 0.7), ("ю", 0.8))
    ]
    return tuple(out)


GUESSES: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
for ending, base, cases, weight in table():
    GUESSES[ending].append((base, cases, weight))


@lru_cache(20_000)
def forms(word: str) -> tuple[Form, ...]:
    """Every nominative that the last word of a place's name may have, with the case that it then stands in."""
    low = word.lower()
    out: dict[tuple[str, str], float] = {}
    front, dash, last = low.rpartition("-")
    for entry in entries(word):
        if not entry.case or entry.pos != "NOUN":
            continue
        still = "Fixd" in entry.marks or not entry.number
        key = (low if still else entry.nominative() or low, entry.case)
        person = "Name" in entry.marks or "Surn" in entry.marks
        worth = 3.0 if "Geox" in entry.marks else 0.8 if person or entry.number == "plur" else 1.4
        out[key] = max(out.get(key, 0.0), worth)
    for n in (1, 2, 3, 4):
        for base, cases, weight in GUESSES.get(last[-n:], ()) if len(low) - n > 1 and len(last) > n else ():
            for case in cases.split():
                key = (front + dash + last[: len(last) - n] + base, case)
                out[key] = max(out.get(key, 0.0), weight)
    return tuple(Form(name, case, weight) for (name, case), weight in out.items())


FAMOUS = 2.0
"""What a gazetteer's knowing the name is worth; large cities a little more."""


@lru_cache(20_000)
def fame(name: str) -> float:
    known = known_places().get(fold(name))
    return 0.0 if known is None else FAMOUS + min(1.0, known.thousands / 2000) + (known.kind != "city")


def likeliest(word: str, expected: Mapping[str, float], voted: Mapping[str, float]) -> Form | None:
    """The nominative that fame, the words around and the other mentions speak for."""
    best, top = None, -1.0
    for form in forms(word):
        worth = form.weight + fame(form.nominative) + expected.get(form.case, 0.0) + voted.get(form.nominative, 0.0)
        if worth > top:
            best, top = form, worth
    return best
