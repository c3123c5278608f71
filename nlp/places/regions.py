"""The country of a region that is called after a city: «Щёлковский район», «Павлодарская область»."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from nlp.gazetteers import fold, known_places

REGION = re.compile(
    r"([а-я-]+[сц]к)(?:ая|ий|ое) (?:городск(?:ой|ая) |муниципальн(?:ый|ая) |сельск(?:ий|ая) )?"
    r"(?:область|край|район|округ|уезд|губерния|провинция|воеводство|поселение)"
)


@lru_cache(5_000)
def country_of_region(name: str) -> str | None:
    """ISO 3166-1 code; None where no city or cities of several countries could have given the name."""
    match = REGION.fullmatch(fold(name))
    countries = adjectives().get(match[1], frozenset()) if match else frozenset()
    return next(iter(countries)) if len(countries) == 1 else None


@cache
def adjectives() -> dict[str, frozenset[str]]:
    """Adjective without its ending → countries of the cities that it may be made from."""
    out: dict[str, set[str]] = {}
    for name, place in known_places().items():
        if place.kind == "city" and place.country is not None:
            for stem in stems(name):
                out.setdefault(stem, set()).add(place.country)
    return {stem: frozenset(countries) for stem, countries in out.items()}


def stems(city: str) -> Iterator[str]:
    """«Псков» → «псковск», «Витебск» → «витебск», «Тверь» → «тверск», «Самара» → «самарск», «Елец» → «елецк»."""
    if city.endswith(("ск", "цк")):
        yield city
    elif city.endswith("ец"):
        yield city[:-2] + "ецк"
    elif city[-1] in "ьаяоеы":
        yield city[:-1] + "ск"
        if city[-1] == "ь":
            yield city + "ск"
    else:
        yield city + "ск"
