"""Rules for the names of places: streets and units are none, landforms belong to the name."""

import re
from functools import lru_cache

from nlp.mentions.near import Found, Near

STREET = re.compile(
    r"(?:\bул\.|\bулиц\w+|\bпроспект\w*|\bпр-т|\bпр\.|\bпереул\w+|"
    r"\bпер\.|\bплощад\w+|\bпл\.|\bбульвар\w*|\bнабережн\w+|\bшоссе|\bаэропорт\w* имени|\bпарк\w* имени)\s*$",
    re.IGNORECASE,
)
STREET_AFTER = re.compile(r"\s*(?:улиц|проспект|переул|площад|бульвар|набережн|шоссе|ярмарк)\w*")
STREET_INSIDE = re.compile(r"\b(?:улиц|проспект|переулк|площад|бульвар|набережн)[а-яё]*\b")


def street(near: Near) -> list[Found] | None:
    """«ул. Карла Либкнехта», «на Литейном проспекте»: streets and squares are left out."""
    if is_street(near.previous) and STREET.search(near.before[-24:]):
        return None if near.previous.lower() in STREETS else []
    if STREET_AFTER.match(near.after) or STREET_INSIDE.search(near.said):
        return []
    return None


STREETS = frozenset({"улицы", "улицам", "улицах", "улицами", "площадях", "проспектах"})
"""«На улицах Лондона»: several streets are a city's."""


@lru_cache(10_000)
def is_street(word: str) -> bool:
    """Whether the last word before the name may end a phrase like «на улице», «аэропорт имени»."""
    return word.lower() == "имени" or STREET.search(word) is not None


UNIT_BEFORE = re.compile(r"(?:[Дд]епартамент|[Оо]тдел|[Уу]правлени)\w*\s+(?:[А-ЯЁ][а-яё]+\s+){0,2}(?:и\s+)?$")


def named_unit(near: Near) -> list[Found] | None:
    """«директор Департамента Европы и Северной Америки»: the part of the world is the unit's name."""
    before = near.before[-50:]
    if not ("епартамент" in before or "тдел" in before or "правлени" in before):
        return None
    return [] if UNIT_BEFORE.search(before) and "-" not in near.said else None


LANDFORM = re.compile(r"(?:^|\s)((?:остров|полуостров|ледник|бархан|пад)(?:а|у|ом|е|ь|и|ью)?\s+)$")
WATERS = re.compile(r"\s+(?:озёр|озёра|озёрах|озера|озеро|озере|моря|море|морю|морем)\b")
WATER_ADJECTIVE = re.compile(r"(?:ое|ого|ому|ом|их|ых|им|ым)$")


def landform(near: Near) -> list[Found] | None:
    """«ледник Аксай», «остров Беринга», «Торейских озёр»: the common noun belongs to the name."""
    if near.previous.startswith(("остров", "полуостров", "ледник", "бархан", "пад")):
        match = LANDFORM.search(near.before[-16:])
        if match:
            return [near.cut("landform", start=near.start - len(match[1]))]
    after = WATERS.match(near.after[:12])
    if after and WATER_ADJECTIVE.search(near.said):
        return [near.cut("landform", stop=near.stop + after.end(), type_="LOC")]
    return None
