"""What data/positions knows: nouns that head a post, adjectives that belong to one, who employs whom."""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from pymorphy3.analyzer import Parse

from nlp.inflection import CASES, dictionary

PREFIXES = ("вице", "экс", "пресс", "шеф", "генерал", "замест", "гос", "соц", "тренер", "врач", "инженер", "статс")


def listed(name: str) -> frozenset[str]:
    lines = (files("data") / "positions" / name).read_text(encoding="utf-8").splitlines()
    return frozenset(w.replace("ё", "е") for line in lines if not line.startswith("#") for w in line.split())


@cache
def heads() -> frozenset[str]:
    return listed("heads.txt")


LEAST_SECOND = 5
"""Letters of a known post at the end of a longer word: «нейропсихолог», «электромонтёр», «сурдопереводчик»."""


@cache
def adjectives() -> frozenset[str]:
    return listed("adjectives.txt")


@cache
def others() -> frozenset[str]:
    return listed("not_positions.txt")


@cache
def employers() -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = tomllib.loads(
        (files("data") / "positions" / "employers.toml").read_text(encoding="utf-8")
    )
    return table


@lru_cache(50_000)
def lemmas(word: str) -> frozenset[str]:
    """Every dictionary form of a noun or a noun-like adjective, ё as е."""
    return frozenset(
        form
        for p in dictionary().parse(word)
        if p.tag.POS in ("NOUN", "ADJF", "PRTF", None)
        for form in (p.normal_form.replace("ё", "е"), own_form(p))
    )


def own_form(parse: Parse) -> str:
    """«заведующий», «заведующая»: an adjective or participle that stands for somebody keeps its own gender."""
    if parse.tag.POS in ("ADJF", "PRTF"):
        form = parse.inflect({"nomn", "sing", "femn" if parse.tag.gender == "femn" else "masc"})
        if form is not None:
            return str(form.word).replace("ё", "е")
    return str(parse.normal_form).replace("ё", "е")


@lru_cache(50_000)
def is_head(word: str) -> bool:
    """Whether a word can head a position: listed, or made of a listed word with a prefix or a hyphen."""
    forms = lemmas(word.lower())
    if forms & heads():
        return True
    if "-" in word:
        parts = word.lower().replace("ё", "е").split("-")
        return is_listed(parts[-1]) or (is_listed(parts[0]) and is_somebody(parts[-1]))
    return any(form.startswith(p) and form[len(p) :] in heads() for form in forms for p in PREFIXES) or any(
        form[start:] in heads() for form in forms for start in range(3, len(form) - LEAST_SECOND + 1)
    )


@lru_cache(50_000)
def is_listed(word: str) -> bool:
    """Whether a form of the word is a head of `heads.txt` as it stands."""
    return bool(lemmas(word) & heads())


@lru_cache(50_000)
def is_other(word: str) -> bool:
    """Kin, ranks, honours, roles in an event: somebody, but no post."""
    return bool(lemmas(word) & others())


@lru_cache(50_000)
def is_of_post(word: str) -> bool:
    """An adjective that belongs to a post."""
    return bool(lemmas(word) & adjectives())


@lru_cache(50_000)
def is_somebody(word: str) -> bool:
    """Not a thing by the dictionary («руль», «монгольская»), whatever the net makes of it; unknown words may be."""
    known = dictionary()
    return not known.word_is_known(word) or any(
        p.tag.POS == "NOUN" and p.tag.animacy == "anim" for p in known.parse(word)
    )


@lru_cache(50_000)
def always_somebody(word: str) -> bool:
    """«ткачиха», «аспирантке»: nothing else by the dictionary, whatever the net makes of it; nobody's name."""
    parses = dictionary().parse(word)
    if is_listed(word) and not dictionary().word_is_known(word):
        return True
    if any(p.tag.POS != "NOUN" for p in parses):
        return False
    if is_listed(word):
        return True
    names = ("Name", "Surn", "Patr", "Geox")
    return dictionary().word_is_known(word) and all(
        p.tag.animacy == "anim" and not any(name in p.tag for name in names) for p in parses
    )


OF_NET = {theirs: ours for ours, theirs in CASES.items()}


@lru_cache(50_000)
def case_by_dictionary(word: str) -> str:
    """The one case that the form may stand in, «» where there are several."""
    cases = {OF_NET.get(str(p.tag.case), "") for p in dictionary().parse(word) if p.tag.number == "sing"}
    return cases.pop() if len(cases) == 1 else ""


@lru_cache(50_000)
def is_townsman(word: str) -> bool:
    """«петербурженка», «египтянин»: where somebody is from."""
    return any(form.endswith(TOWNSMEN) for form in lemmas(word))


TOWNSMEN = ("чанин", "чанка", "жанин", "жанка", "женка", "женец", "янин", "янка")
