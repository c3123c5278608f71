"""The country that a word points to: «вьетнамский», «Нанкинский», «Сербии»."""

import re
from functools import cache, lru_cache

from nlp.gazetteers import fold, known_places

KNOWN_CITY = 150
"""Thousands of people of a city whose name is thought of."""
COMMON = frozenset("республика область край округ район автономная автономный".split())
NOUN = re.compile(r"[аеиоуыэюяьй]{0,3}|ом|ем|ов|ам|ах")
ADJECTIVE = re.compile(
    r"(?:[аеиойуыьян]{0,3}|иан|инск)(?:с|дс|тс|ц|ъ)?(?:с?к|н)(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)"
)
WORD = re.compile(r"[^\W\d_]+")


@cache
def roots() -> dict[str, tuple[float, str]]:
    """Beginnings of place names, without their last vowels → size and country; the greater place wins."""
    out: dict[str, tuple[float, str]] = {}
    for name, place in known_places().items():
        if place.country is None or (place.kind == "city" and place.thousands < KNOWN_CITY):
            continue
        words = [w for w in fold(name).split() if w not in COMMON]
        if len(words) != 1:
            continue
        root = words[0].rstrip("аеиоуыэюяь")
        if root.endswith(("ск", "цк")) and place.kind == "city":
            root = root[:-1]
        size = float(place.thousands) if place.kind == "city" else 1e6 if place.kind == "region" else 1e7
        if len(root) >= (3 if place.kind == "country" else 4) and out.get(root, (0.0, ""))[0] < size:
            out[root] = (size, place.country)
    return out


@lru_cache(50_000)
def country_of_word(word: str) -> str:
    """ISO code, «» where the word tells none. A noun counts with a capital letter only."""
    known, low = roots(), word.lower().replace("ё", "е")
    if low.startswith(("совет", "мален", "семей", "мобил")):
        return ""
    found = (0.0, "")
    for stop in range(len(low), 2, -1):
        here = known.get(low[:stop])
        if here is not None and here > found:
            rest = low[stop:]
            if (word[0].isupper() and NOUN.fullmatch(rest)) or (rest and ADJECTIVE.fullmatch(rest)):
                found = here
    return found[1]


@lru_cache(10_000)
def country_of(name: str) -> str:
    """The country of the first word of a name that tells one."""
    return next(filter(None, map(country_of_word, WORD.findall(name))), "")
