"""Word lists of `data/gazetteers`, read once."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nlp.annotation import Gender

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")


@dataclass(frozen=True, slots=True)
class Given:
    nominative: str
    gender: Gender
    cases: tuple[str, ...]


@cache
def given_names() -> dict[str, tuple[Given, ...]]:
    """Given names that the dictionary lacks: word form → what it may be."""
    out: dict[str, list[Given]] = {}
    text = (files("data") / "gazetteers" / "given_names.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        gender, *names = line.split()
        for name in (n.lower() for n in names):
            for form, cases in paradigm(name, gender).items():
                out.setdefault(form, []).append(Given(name, gender, tuple(cases)))  # type: ignore[arg-type]
    return {form: tuple(found) for form, found in out.items()}


@cache
def surnames() -> dict[str, tuple[tuple[str, str], ...]]:
    """Surnames in -а: word form → nominative and case."""
    out: dict[str, list[tuple[str, str]]] = {}
    text = (files("data") / "gazetteers" / "surnames.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        for name in () if line.startswith("#") else line.lower().split():
            for form, cases in paradigm(name, "m").items():
                out.setdefault(form, []).extend((name, case) for case in cases)
    return {form: tuple(found) for form, found in out.items()}


def paradigm(name: str, gender: str) -> dict[str, list[str]]:
    """The case forms of a given name by its ending."""
    stem = name[:-1]
    if name[-1] in "ая":
        soft = name[-1] == "я"
        genitive = "и" if soft or stem[-1] in "гкхжчшщ" else "ы"
        dative = "и" if name.endswith("ия") else "е"
        endings = [name[-1], genitive, dative, "ю" if soft else "у", "ей" if soft else "ой", dative]
    elif gender == "m" and name[-1] in "йь":
        endings = [name[-1], "я", "ю", "я", "ем", "и" if name.endswith("ий") else "е"]
    elif gender == "f" and name[-1] == "ь":
        endings = ["ь", "и", "и", "ь", "ью", "и"]
    elif gender == "m" and name[-1] not in "оеэиыуюё":
        stem, endings = name, ["", "а", "у", "а", "ем" if name[-1] in "жшчщц" else "ом", "е"]
    else:
        return {name: list(CASES)}
    out: dict[str, list[str]] = {}
    for case, ending in zip(CASES, endings, strict=True):
        out.setdefault(stem + ending, []).append(case)
    if gender == "f" and name[-1] == "ь":
        out[name] = list(CASES)
    return out


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the gazetteers."""

    name: str
    """The usual name, which other names of the same place share."""
    kind: str
    country: str | None
    latitude: float | None = None
    longitude: float | None = None
    thousands: int = 0
    """People, for cities."""


def rows(name: str) -> list[list[str]]:
    text = (files("data") / "gazetteers" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def known_places() -> dict[str, Known]:
    """Nominative in lower case without ё → the place; countries and regions before cities of the same name."""
    out: dict[str, Known] = {}
    for name, country, latitude, longitude, people in rows("cities.tsv"):
        out[fold(name)] = Known(name, "city", country, float(latitude), float(longitude), int(people))
    for name, country, *others in rows("regions.tsv"):
        city = out.get(fold(name))
        place = city or Known(name, "region", country or None)
        for other in (name, *filter(None, others[0].split("; ") if others else ())):
            out[fold(other)] = place
    for country, name, *others in rows("countries.tsv"):
        place = Known(name, "country", country)
        for other in (name, *filter(None, others[0].split("; ") if others else ())):
            out[fold(other)] = place
    return out


def fold(name: str) -> str:
    return name.lower().replace("ё", "е").replace("\xa0", " ").replace("‑", "-")
