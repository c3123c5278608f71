"""Which places a body's name points to: «Казанский университет» to Kazan, «правительство Сербии» to Belgrade."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from nlp.gazetteers import fold

COMMON = frozenset("республика область край округ район автономная автономный городской муниципальный город".split())
ADJECTIVE = r"(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)"
NOUN = r"(?:[аеиоуыэюяьй]{0,3}|ом|ем|ам|ами|ах|ов)"


@cache
def territories() -> dict[str, tuple[str, ...]]:
    """City → the countries and regions whose capital it is."""
    out: dict[str, list[str]] = {}
    for line in (files("data") / "events" / "seats.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            territory, city = line.split("\t")
            out.setdefault(fold(city), []).append(territory)
    return {city: tuple(names) for city, names in out.items()}


@lru_cache(maxsize=4096)
def pattern(name: str) -> re.Pattern[str]:
    """A place's own case forms and the adjective made of it, at the beginning of a word."""
    words = [w for w in fold(name).split() if w not in COMMON] or [fold(name)]
    word = words[-1]
    stem = word.rstrip("аеиоуыэюяьй")
    stem = stem if len(stem) > 1 else word
    for ending in ("ск", "сск"):
        if stem.endswith(ending):
            return re.compile(rf"\b{re.escape(stem)}(?:{ADJECTIVE}|{NOUN})\b")
    short = stem if len(stem) < 5 else stem[:-1]
    return re.compile(rf"\b{re.escape(short)}[а-я]{{0,4}}ск{ADJECTIVE}\b|\b{re.escape(stem)}{NOUN}\b")


@lru_cache(maxsize=16384)
def tie(body: str, place: str) -> str:
    """«own» where the body's name holds the place, «capital» where it holds the place's country or region, else «»."""
    said = fold(body)
    if pattern(place).search(said):
        return "own"
    return "capital" if any(pattern(t).search(said) for t in territories().get(fold(place), ())) else ""
