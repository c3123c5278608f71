"""Endings of names in each gender and case, with the nominative's and how much each is to be believed."""

from typing import Any

from nlp.annotation import Gender

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")

LETTER: dict[str, Gender] = {"masc": "m", "femn": "f", "neut": "m"}
"""Of the dictionary's genders."""

Guess = tuple[str, str, Any, str, float]
"""Ending in the text, ending in the nominative, gender, cases, weight."""

UNCHANGED = " ".join(CASES)
CONSONANTS = "бвгджзклмнпрстфхцчшщ"
VOWELS = "аеёиоуыэюя"

RUSSIAN: tuple[Guess, ...] = tuple(
    (stem + a, stem + b, gender, cases, 2.5)
    for stem in ("ов", "ев", "ёв", "ин", "ын")
    for a, b, gender, cases in (
        ("", "", "m", "nomn"),
        ("а", "", "m", "gent accs"),
        ("у", "", "m", "datv"),
        ("ым", "", "m", "ablt"),
        ("е", "", "m", "loct"),
        ("а", "а", "f", "nomn"),
        ("ой", "а", "f", "gent datv ablt loct"),
        ("ою", "а", "f", "ablt"),
        ("у", "а", "f", "accs"),
    )
)
SERBIAN: tuple[Guess, ...] = (
    *(
        ("ич" + a, "ич", "m", cases, 2.2)
        for a, cases in (("", "nomn"), ("а", "gent accs"), ("у", "datv"), ("ем", "ablt"))
    ),
    ("иче", "ич", "m", "loct", 2.0),
    ("ич", "ич", "f", UNCHANGED, 1.9),
)
ADJECTIVAL: tuple[Guess, ...] = tuple(
    (stem + a, stem + b, gender, cases, 2.5)
    for stem in ("ск", "цк")
    for a, b, gender, cases in (
        ("ий", "ий", "m", "nomn"),
        ("ого", "ий", "m", "gent accs"),
        ("ому", "ий", "m", "datv"),
        ("им", "ий", "m", "ablt"),
        ("ом", "ий", "m", "loct"),
        ("ая", "ая", "f", "nomn"),
        ("ой", "ая", "f", "gent datv ablt loct"),
        ("ую", "ая", "f", "accs"),
        ("ой", "ой", "m", "nomn"),
    )
)
LIKE_ADJECTIVES: tuple[Guess, ...] = tuple(
    (a, b, gender, cases, weight)
    for a, b, gender, cases, weight in (
        ("ый", "ый", "m", "nomn", 2.0),
        ("ого", "ый", "m", "gent accs", 1.9),
        ("ого", "ой", "m", "gent accs", 1.7),
        *((c + "ого", c + "ий", "m", "gent accs", 1.95) for c in "гкх"),
        ("его", "ий", "m", "gent accs", 1.4),
        ("ому", "ый", "m", "datv", 1.9),
        ("ому", "ой", "m", "datv", 1.7),
        *((c + "ому", c + "ий", "m", "datv", 1.95) for c in "гкх"),
        ("ым", "ый", "m", "ablt", 1.4),
        ("ым", "ой", "m", "ablt", 1.3),
        *((c + "ой", c + "ой", "m", "nomn", 1.0) for c in "нвтхгз"),
        ("ая", "ая", "f", "nomn", 2.0),
        ("ой", "ая", "f", "gent datv ablt loct", 1.2),
        ("ую", "ая", "f", "accs", 2.0),
        ("яя", "яя", "f", "nomn", 1.6),
    )
)
FIRST = tuple(
    (a, b, gender, cases, weight)
    for gender, much in (("f", 1.4), ("m", 1.1))
    for a, b, cases, weight in (
        ("а", "а", "nomn", much),
        ("ы", "а", "gent", much),
        ("ги", "га", "gent", much),
        ("ки", "ка", "gent", much),
        ("хи", "ха", "gent", much),
        ("е", "а", "datv loct", much * 0.8),
        ("у", "а", "accs", much),
        ("ой", "а", "ablt", much),
        ("я", "я", "nomn", much),
        ("и", "я", "gent", much * 0.8),
        ("ии", "ия", "gent datv loct", much),
        ("ю", "я", "accs", much),
        ("ей", "я", "ablt", much * 0.9),
        ("ией", "ия", "ablt", much),
    )
)
SECOND_DECLENSION: tuple[Guess, ...] = (
    *((c, c, "m", "nomn", 1.6) for c in CONSONANTS if c != "м"),
    *((v + "м", v + "м", "m", "nomn", 1.0 if v in "ое" else 1.6) for v in VOWELS),
    *((c + "а", c, "m", "gent accs", 1.4) for c in CONSONANTS),
    *(
        (c + "ц" + a, c + "ец", "m", k, 1.6)
        for c in "влн"
        for a, k in (("а", "gent accs"), ("у", "datv"), ("ем", "ablt"))
    ),
    *((c + "у", c, "m", "datv", 1.4) for c in CONSONANTS),
    *((c + "ом", c, "m", "ablt", 1.5) for c in CONSONANTS),
    *((c + "ем", c, "m", "ablt", 1.5) for c in "жшчщц"),
    *((c + "е", c, "m", "loct", 1.0) for c in CONSONANTS),
    ("ь", "ь", "m", "nomn", 1.6),
    *((v + "й", v + "й", "m", "nomn", {"о": 0.4, "е": 0.8}.get(v, 1.6)) for v in VOWELS),
    *((c + "я", c + "ь", "m", "gent accs", 1.1) for c in "лнрт"),
    *((c + "ю", c + "ь", "m", "datv", 1.1) for c in "лнрт"),
    *((c + "ем", c + "ь", "m", "ablt", 1.2) for c in "лнрт"),
    *((v + "я", v + "й", "m", "gent accs", 1.4) for v in "аеиоуэюяы"),
    *((v + "ю", v + "й", "m", "datv", 1.4) for v in "аеиоуэюяы"),
    *((v + "ем", v + "й", "m", "ablt", 1.4) for v in "аеиоуэюяы"),
)
STILL: tuple[Guess, ...] = tuple(
    (v, v, g, UNCHANGED, weight)
    for v, weight in (("о", 1.4), ("э", 1.4), ("е", 1.2), ("и", 1.25), ("ю", 1.1), ("у", 0.3), ("ы", 0.5))
    for g in ("m", "f")
)
LAST_STILL: tuple[Guess, ...] = (
    *((x, x, "f", UNCHANGED, 1.5) for x in (*CONSONANTS, "ь")),
    *((v + "й", v + "й", "f", UNCHANGED, {"о": 0.4, "е": 0.8}.get(v, 1.5)) for v in VOWELS),
    *((x, x, g, UNCHANGED, 2.5) for x in ("ко", "аго", "яго", "ых", "их", "дзе") for g in ("m", "f")),
)
GIVEN_STILL: tuple[Guess, ...] = (
    *((x, x, "f", UNCHANGED, 0.8) for x in (*CONSONANTS, "й")),
    *((a, "ь", "f", cases, 1.2) for a, cases in (("ь", "nomn accs"), ("и", "gent datv loct"), ("ью", "ablt"))),
)
GIVEN: tuple[Guess, ...] = (*FIRST, *SECOND_DECLENSION, *STILL, *GIVEN_STILL)
LAST_FIRST = tuple((a, b, g, cases, weight * 0.7 if cases == "nomn" else weight) for a, b, g, cases, weight in FIRST)
"""Surnames in -а are rarer than genitives of others: «Дональда Трампа»."""
RUSSIAN_MEN = ("ов", "ев", "ёв", "ский", "цкий")
"""Surnames with these endings women hardly bear unchanged."""
OTHER_SURNAMES: tuple[Guess, ...] = (*LAST_FIRST, *SECOND_DECLENSION, *STILL, *LAST_STILL)
