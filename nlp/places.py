"""Mentions of places put together: nominative names with kind, country and coordinates."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.annotation import Entity, Mention
from nlp.doc import Doc
from nlp.gazetteers import Known, fold, known_places
from nlp.inflection import CASES, entries, like, nominative
from nlp.mentions import Found
from nlp.tokens import Tokens

PREPOSITIONS = {
    "в": ("loct", "accs"),
    "во": ("loct", "accs"),
    "на": ("loct", "accs"),
    "о": ("loct",),
    "об": ("loct",),
    "при": ("loct",),
    "из": ("gent",),
    "от": ("gent",),
    "до": ("gent",),
    "для": ("gent",),
    "у": ("gent",),
    "около": ("gent",),
    "близ": ("gent",),
    "против": ("gent",),
    "к": ("datv",),
    "ко": ("datv",),
    "по": ("datv",),
    "с": ("ablt",),
    "со": ("ablt",),
    "под": ("ablt",),
    "над": ("ablt",),
    "между": ("ablt",),
    "за": ("ablt", "accs"),
    "через": ("accs",),
    "про": ("accs",),
}


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
    out += [(x + "ой", x + "ая", "gent datv ablt loct", 1.4) for x in ("ск", "н", "цк")]
    out += [(x + "ом", x + "ое", "loct", 1.2) for x in ("ск", "н")] + [
        (x + "ого", x + "ое", "gent", 1.2) for x in ("ск", "н")
    ]
    out += [
        (x, x, " ".join(CASES.values()), weight)
        for x, weight in (("о", 1.3), ("э", 1.3), ("у", 0.8), ("и", 0.8), ("е", 0.7), ("ы", 0.7), ("ю", 0.8))
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
        for base, cases, weight in GUESSES.get(last[-n:], ()) if len(last) - n > 1 else ():
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


def likeliest(word: str, expected: dict[str, float], voted: dict[str, float]) -> Form | None:
    """The nominative that fame, the words around and the other mentions speak for."""
    best, top = None, -1.0
    for form in forms(word):
        worth = form.weight + fame(form.nominative) + expected.get(form.case, 0.0) + voted.get(form.nominative, 0.0)
        if worth > top:
            best, top = form, worth
    return best


def expectation(doc: Doc, first: int, last: int) -> dict[str, float]:
    """Cases by the preposition before and, less so, by the net."""
    out: dict[str, float] = {"nomn": 0.2}
    case = CASES.get(doc.feats[last - 1].get("Case", ""))
    if case:
        out[case] = out.get(case, 0.0) + 0.6
    if first and (governed := PREPOSITIONS.get(doc.words[first - 1].lower())):
        for c in governed:
            out[c] = out.get(c, 0.0) + 1.0
    elif first and doc.pos[first - 1] == "NOUN":
        out["gent"] = out.get("gent", 0.0) + 0.6
    return out


ADJECTIVE_AFTER = re.compile(r"Республик\w+\s+([А-ЯЁ][а-яё]*ск)(?:ой|ую|ая)$")
ADJECTIVE_INSIDE = re.compile(r"(?:ый|ий|ой|ая|ого|ому|ым|им|ом|ую|ые|их|ых|ее|ое|его)\s")
GENERIC = re.compile(
    r"(?:област|кра[йяюе]|район|округ|республик|провинци|штат|остров|мор[еяю]|озер|ледник|кладбищ|уезд|губерни|полуостров|залив|пролив)",
    re.IGNORECASE,
)


def normal(doc: Doc, tokens: Tokens, found: Found, voted: dict[str, float]) -> tuple[str, str]:
    """The mention in the nominative, and the rule that made it."""
    first, last = tokens.between(found.start, found.stop)
    said = doc.text[found.start : found.stop].replace("\xa0", " ")
    if (last - first == 1 or " " not in said) and not said.isupper():
        best = likeliest(said, expectation(doc, first, last), voted)
        if best is not None:
            return like(said, best.nominative), f"place: {best.case}"
        return said, "as written"
    if said.isupper():
        return said, "as written"
    if match := ADJECTIVE_AFTER.match(said):
        return f"Республика {match[1]}ая", "adjective after"
    if GENERIC.search(said) is None and not ADJECTIVE_INSIDE.search(said):
        head, _, tail = said.rpartition(" ")
        if (
            doc.pos[last - 1] in ("NOUN", "PROPN")
            and tail[:1].isupper()
            and " " not in head
            and fold(said) not in known_places()
        ):
            best = likeliest(tail, expectation(doc, first, last), voted)
            whole = f"{head} {best.nominative.title()}" if best else said
            if fold(whole) in known_places():
                return known_places()[fold(whole)].name, "gazetteer"
    if fold(said) in known_places():
        return said, "gazetteer"
    return nominative(doc, first, last), "agreement"


# ---------------------------------------------------------------- the entity


def read(doc: Doc, tokens: Tokens, spans: Iterable[Found]) -> list[Entity]:
    """One entity per place, by first mention; «РФ» and «Россия» are one."""
    mentions = [f for f in spans if f.type == "LOC"]
    voted = votes(doc, tokens, mentions)
    groups: dict[str, list[tuple[str, Mention]]] = {}
    for found in mentions:
        name, rule = normal(doc, tokens, found, voted)
        mention = Mention(start=found.start, stop=found.stop, normal=name, rule=found.rule, form_rule=rule)
        groups.setdefault(identity(name), []).append((name, mention))
    return [entity(members) for members in merged(groups).values()]


def votes(doc: Doc, tokens: Tokens, mentions: Sequence[Found]) -> dict[str, float]:
    """Nominatives that several forms of the text could share: «Ниша» and «Нише» are of «Ниш»."""
    shared: dict[str, set[str]] = defaultdict(set)
    for found in mentions:
        said = doc.text[found.start : found.stop]
        if " " not in said and not said.isupper():
            for form in forms(said):
                shared[form.nominative].add(said)
    return {name: 0.8 * (len(words) - 1) for name, words in shared.items() if len(words) > 1}


STATE = re.compile(
    r"^(?:[А-ЯЁа-яё-]+\s+){0,2}(?:Республика|Королевство|Султанат|Княжество|Государство|Эмират)\s+(?=[А-ЯЁ])"
)


@lru_cache(20_000)
def place_of(name: str) -> Known | None:
    known = known_places().get(fold(name))
    return known or known_places().get(fold(STATE.sub("", name)))


@lru_cache(20_000)
def identity(name: str) -> str:
    known = place_of(name)
    return fold(known.name) if known is not None and known.kind != "city" else fold(STATE.sub("", name))


def merged(groups: dict[str, list[tuple[str, Mention]]]) -> dict[str, list[tuple[str, Mention]]]:
    """«Новгород» joins «Великий Новгород», «Ростов» joins «Ростов-на-Дону»."""
    out = dict(groups)
    for short in list(groups):
        fuller = [
            k for k in out if k != short and (k.endswith((" " + short, "-" + short)) or k.startswith(short + "-на-"))
        ]
        if len(fuller) == 1 and " " not in short and "обл" not in fuller[0]:
            out[fuller[0]] = sorted(out[fuller[0]] + out.pop(short), key=lambda m: m[1].start)
    return dict(sorted(out.items(), key=lambda item: item[1][0][1].start))


REGION = re.compile(
    r"(?:область|край|район|округ|уезд|губерния|провинция|штат|воеводство|аймак|департамент)$|^(?:Республика|провинция|штат)",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"море|океан|озер|остров|река|гор[аы]$|залив|пролив|полуостров|Азия|Африка|Европа|Америка|Восток|Кавказ|Сибирь|Урал|Поволжье|Арктика|Антарктика"
)


def entity(members: Sequence[tuple[str, Mention]]) -> Entity:
    names = [name for name, _ in members]
    known = next((k for k in map(place_of, names) if k is not None), None)
    usual = next((n for n in names if known is not None and known.kind != "city" and fold(n) == fold(known.name)), None)
    name = usual or max(names, key=lambda n: (not n.isupper(), STATE.match(n) is None, len(n), -names.index(n)))
    return Entity(
        kind="place",
        name=name,
        mentions=tuple(m for _, m in members),
        place_kind=known.kind if known is not None else kind_of(name),
        country=known.country if known is not None else None,
        latitude=known.latitude if known is not None else None,
        longitude=known.longitude if known is not None else None,
    )


def kind_of(name: str) -> str | None:
    """By the common noun in the name; None where nothing tells."""
    if REGION.search(name):
        return "region"
    return "other" if OTHER.search(name) else None
