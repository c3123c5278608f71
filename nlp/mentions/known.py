"""Names that the net does not see and a list does: countries, firms of one word, a few famous bodies."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from nlp.doc import Doc
from nlp.gazetteers import known_places
from nlp.inflection import dictionary
from nlp.mentions.bodies import event_or_venue
from nlp.mentions.edges import inside_title
from nlp.mentions.near import Found, Near
from nlp.mentions.places import named_unit, street
from nlp.mentions.vocabulary import stems
from nlp.tokens import Tokens

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
HOMONYMS = frozenset("чад того мали гана панама доминика перу оман иордания куба конго гвинея англия америка".split())
"""Countries that are words, names or parts of longer names."""
ENDINGS = ("", "а", "у", "ом", "е", "ы", "ой")


@cache
def countries() -> frozenset[str]:
    """Case forms of countries of one word, as they are written."""
    out: set[str] = set()
    for name, place in known_places().items():
        if place.kind != "country" or " " in name or "-" in name or name in HOMONYMS or len(name) < 4:
            continue
        for parse in dictionary().parse(name):
            if "Geox" in parse.tag and parse.tag.case == "nomn":
                forms = (parse.inflect({case}) for case in CASES)
                out.update(form.word[:1].upper() + form.word[1:] for form in forms if form is not None)
    return frozenset(out | {"США", "КНР", "ФРГ", "ОАЭ", "КНДР"})


@cache
def firms() -> frozenset[str]:
    return frozenset(stems("brands"))


@cache
def quoted() -> frozenset[str]:
    """Case forms of names that are firms and clubs where they stand in quotation marks alone."""
    return frozenset(name.rstrip("а") + ending for name in stems("quoted_brands") for ending in ENDINGS)


@cache
def famous() -> re.Pattern[str]:
    pairs = (name.split(".") for name in stems("famous"))
    return re.compile("|".join(rf"{a}\w* [{b[0]}{b[0].upper()}]{b[1:]}\w*" for a, b in pairs))


@cache
def listed() -> frozenset[str]:
    return countries() | firms() | quoted()


def candidates(doc: Doc) -> Iterator[Found]:
    words, every = doc.words, listed()
    for i in [i for i, word in enumerate(words) if word in every]:
        word = words[i]
        if word in countries():
            yield Found(doc.starts[i], doc.stops[i], "LOC", "country")
        elif word in firms() or (word in quoted() and alone_in_quotes(words, i)):
            yield Found(doc.starts[i], doc.stops[i], "ORG", "firm")
    for match in famous().finditer(doc.text):
        yield Found(match.start(), match.end(), "ORG", "famous")
    for match in QUOTED_BODY.finditer(doc.text):
        yield Found(match.start(), match.end(), "ORG", "quoted_body")


QUOTED_BODY = re.compile(
    r"«(?:Движение|Союз|Ассоциация|Фонд|Комитет|Федерация|Объединение|Альянс|Лига|Партия) [а-яё][^«»\n]{2,60}»"
)
"""«Рыбаки вступили в «Союз свободных сетей»»: a body whose quoted name begins with what it is."""


def alone_in_quotes(words: Sequence[str], i: int) -> bool:
    return 0 < i < len(words) - 1 and words[i - 1] in OPENING and words[i + 1] in CLOSING


OPENING, CLOSING = frozenset('«„"'), frozenset('»“"')


def stands(near: Near) -> bool:
    """Whether no rule would take the name away, and it is no part of a title in quotation marks."""
    if near.type == "LOC" and near.before.rfind("«") > near.before.rfind("»"):
        return False
    return all(rule(near) is None for rule in (inside_title, event_or_venue, street, named_unit))


def known(doc: Doc, tokens: Tokens, names: Sequence[Found]) -> Sequence[Found]:
    """«Google», «Билайн», «Белоруссия» where no name of the net's covers them and no rule would take them away."""
    more = [found for found in candidates(doc) if not any(n.start < found.stop and found.start < n.stop for n in names)]
    kept = [f for f in more if stands(Near(doc, tokens, f))]
    return sorted([*names, *kept], key=lambda n: n.start) if kept else names
