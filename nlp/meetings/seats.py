"""Which places a body's name points to: «Казанский университет» to Kazan, «правительство Сербии» to Belgrade."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from nlp.gazetteers import fold

COMMON = frozenset("республика область край округ район автономная автономный городской муниципальный город".split())
BORDER = re.compile(r"\b")
INSIDE = re.compile(r"\b(?:в|во|на) (?:\w+ )?$")
ADJECTIVE = r"(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)"
NOUN = r"(?:[аеиоуыэюяьй]{0,3}|ом|ем|ам|ами|ах|ов)"
AS_NOUN = re.compile(rf"{NOUN}\b")
AS_EITHER = re.compile(rf"(?:{ADJECTIVE}|{NOUN})\b")
AS_ADJECTIVE = re.compile(rf"[а-я]{{0,4}}ск{ADJECTIVE}\b")


@cache
def territories() -> dict[str, tuple[str, ...]]:
    """City → the countries and regions whose capital it is."""
    out: dict[str, list[str]] = {}
    for line in (files("data") / "events" / "seats.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            territory, city = line.split("\t")
            out.setdefault(fold(city), []).append(territory)
    return {city: tuple(names) for city, names in out.items()}


@dataclass(frozen=True, slots=True)
class Stems:
    """What a place's own forms («Казани») and the adjectives made of it («казанский») begin with."""

    own: str
    endings: re.Pattern[str]
    adjective: str
    """Empty where the name is such an adjective itself («Красноярский край»)."""


@lru_cache(maxsize=4096)
def stems(name: str) -> Stems:
    words = [w for w in fold(name).split() if w not in COMMON] or [fold(name)]
    word = words[-1]
    stem = word.rstrip("аеиоуыэюяьй")
    stem = stem if len(stem) > 1 else word
    if stem.endswith("ск"):
        return Stems(stem, AS_EITHER, "")
    return Stems(stem, AS_NOUN, stem if len(stem) < 5 else stem[:-1])


def begun(text: str, stem: str, rest: re.Pattern[str]) -> list[int]:
    """Where words begin with a stem and go on as `rest`; no pattern is built for each place, for places are many."""
    out = []
    at = text.find(stem)
    while at >= 0:
        if BORDER.match(text, at) and rest.match(text, at + len(stem)):
            out.append(at)
        at = text.find(stem, at + 1)
    return out


def spells(text: str, place: str) -> bool:
    """Whether a folded text holds a place's own case forms or the adjective made of it, at the beginning of a word."""
    known = stems(place)
    if begun(text, known.own, known.endings):
        return True
    return bool(known.adjective and begun(text, known.adjective, AS_ADJECTIVE))


def spells_inside(text: str, place: str) -> bool:
    """«в Перми», «на пермском заводе»; where the name is no adjective, its noun counts without the preposition too."""
    known = stems(place)
    if known.adjective and begun(text, known.own, known.endings):
        return True
    adjectives = (known.adjective, AS_ADJECTIVE) if known.adjective else (known.own, known.endings)
    return any(INSIDE.search(text[:at]) for at in begun(text, *adjectives))


@lru_cache(maxsize=16384)
def tie(body: str, place: str) -> str:
    """«own» where the body's name holds the place, «capital» where it holds the place's country or region, else «»."""
    said = fold(body)
    if spells(said, place):
        return "own"
    return "capital" if any(spells(said, t) for t in territories().get(fold(place), ())) else ""
