"""What the syllables of a Chinese, Korean or Vietnamese given name tell of the gender."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

Table = dict[str, tuple[str, ...]]
LAST, FIRST, DOUBLED = 0.9, 0.5, 1.0
"""Points for the last and the first syllable; doubled ones («Тинтин») are women's."""


@cache
def tables() -> dict[str, Table]:
    raw = tomllib.loads((files("data") / "gazetteers" / "syllables.toml").read_text(encoding="utf-8"))
    return {
        language: {key: tuple(sorted(words.split(), key=len, reverse=True)) for key, words in table.items()}
        for language, table in raw.items()
    }


def womanly(name: Sequence[str]) -> float:
    """Points for a woman's name, negative for a man's; 0 where the syllables tell nothing. The surname stands first."""
    surname, given = name[0].lower(), [word.lower() for word in name[1:]]
    if len(given) > 1:
        language = "vietnamese" if surname in tables()["vietnamese"]["surnames"] else "korean"
    else:
        language = "chinese"
    table = tables()[language]
    if len(given) == 1:
        return of_word(given[0], table)
    return weight(given[-1], table, "last", LAST, exact=True) + weight(given[0], table, "first", FIRST, exact=True)


def of_word(word: str, table: Table) -> float:
    half = len(word) // 2
    if len(word) > 3 and word[:half] == word[half:]:
        return DOUBLED
    last = weight(word, table, "last", LAST)
    return last + weight(word, table, "first", FIRST) if len(word) > 4 else last


def weight(word: str, table: Table, place: str, much: float, exact: bool = False) -> float:
    """The longest syllable that begins or ends the word decides."""
    bare = word.rstrip("аеоуюям") if exact else word
    found = [
        (len(syllable), points)
        for key, points in ((f"women_{place}", much), (f"men_{place}", -much))
        for syllable in table[key]
        if (
            syllable in (word, bare)
            if exact
            else word.endswith(syllable)
            if place == "last"
            else word.startswith(syllable)
        )
    ]
    longest = max((size for size, _ in found), default=0)
    return sum(points for size, points in found if size == longest)
