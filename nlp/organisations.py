"""Mentions of bodies put together: full names, acronyms, and «Агентство» with a capital."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from nlp.annotation import Entity, Mention
from nlp.doc import Doc
from nlp.gazetteers import fold
from nlp.inflection import core, nominative, readings
from nlp.mentions import Found
from nlp.mentions.vocabulary import own_nominative
from nlp.tokens import Tokens

WORD = re.compile(r"[\w-]+")
SMALL = frozenset("и по в во на при с со для о об из от имени им города г".split())
STATES = frozenset("россии рф российской федерации".split())


@dataclass(slots=True)
class Body:
    mentions: list[Mention]
    words: tuple[str, ...]
    """Of the fullest name: lower case, without quotation marks."""
    name: str
    acronym: str | None = None
    others: set[tuple[str, ...]] = field(default_factory=set)


def read(doc: Doc, tokens: Tokens, spans: Iterable[Found]) -> list[Entity]:
    """One entity per body, by first mention."""
    mentions = [mention(doc, tokens, f) for f in spans if f.type == "ORG"]
    bodies = linked(doc, grouped(mentions))
    return sorted((entity(b) for b in bodies), key=lambda e: e.mentions[0].start)


def mention(doc: Doc, tokens: Tokens, found: Found) -> Mention:
    first, last = tokens.between(found.start, found.stop)
    normal = in_quotes(doc, first, last) or tidy(acronyms(own(nominative(doc, first, last))))
    changed = normal != tidy(doc.text[found.start : found.stop])
    return Mention(
        start=found.start,
        stop=found.stop,
        normal=normal,
        rule=found.rule,
        form_rule="body: head and its adjectives" if changed else "as written",
    )


def in_quotes(doc: Doc, first: int, last: int) -> str | None:
    """«ректор «Интерфакса»»: a name in quotation marks alone, unless it may be in the nominative already."""
    words = doc.words
    if last - first < 3 or words[first] not in OPENING or words[last - 1] not in CLOSING or not governed(doc, first):
        return None
    inner, head = core(doc, first + 1, last - 1)
    if head <= inner or any(r.case == "nomn" for r in readings(words[head - 1])):
        return None
    return tidy(f"«{nominative(doc, first + 1, last - 1)}»")


OPENING, CLOSING = frozenset('«"„'), frozenset('»"“')


def governed(doc: Doc, first: int) -> bool:
    """Whether a word stands before that asks for a case."""
    return first > 0 and doc.pos[first - 1] in ("NOUN", "ADP", "VERB", "PROPN", "CCONJ")


DECLINED_ACRONYM = re.compile(r"\b([А-ЯЁ]{3,})(?:а|у|ом|ем|е)(?![\w-])")


@lru_cache(20_000)
def acronyms(name: str) -> str:
    """«ГИТИСа» → «ГИТИС»."""
    return DECLINED_ACRONYM.sub(r"\1", name)


@lru_cache(20_000)
def own(name: str) -> str:
    """«Росмолодёжи» → «Росмолодёжь», «Минцифра» → «Минцифры»: bodies with one name of their own."""
    first, space, rest = name.partition(" ")
    return (own_nominative(first) or first) + space + rest


@lru_cache(20_000)
def tidy(name: str) -> str:
    """Plain spaces; «ёлочки» for straight quotation marks."""
    name = re.sub(r"\s+", " ", name)
    if '"' in name:
        name = re.sub(r'"([^"]*)"', r"«\1»", name)
    if name.count("»") > name.count("«") and name.endswith("»"):
        name = name[:-1]
    return name.rstrip(' «„"')


@lru_cache(20_000)
def words(name: str) -> tuple[str, ...]:
    return tuple(fold(w) for w in WORD.findall(name))


def grouped(mentions: Sequence[Mention]) -> list[Body]:
    out: dict[tuple[str, ...], Body] = {}
    for m in mentions:
        key = words(m.normal)
        if key in out:
            out[key].mentions.append(m)
        else:
            out[key] = Body([m], key, m.normal, m.normal if is_acronym(m.normal) else None)
    return list(out.values())


@lru_cache(20_000)
def is_acronym(name: str) -> bool:
    """«ЕЭК», «АмГУ», «КСОРС Чили»: the first word has two capitals and is no word of the language."""
    first = name.split(" ")[0].strip("«»")
    return len(first) < 12 and sum(c.isupper() for c in first) > 1 and "-" not in first[1:-1]


# ---------------------------------------------------------------- which names are one body


def linked(doc: Doc, bodies: list[Body]) -> list[Body]:
    """Short names join the full name that they stand for."""
    out = list(bodies)
    for short in sorted(bodies, key=lambda b: len(b.words)):
        full = in_brackets(doc, short, out) or by_initials(short, out) or by_part(short, out) or by_kind(short, out)
        if full is not None:
            full.mentions = sorted(full.mentions + short.mentions, key=lambda m: m.start)
            full.acronym = full.acronym or short.acronym
            full.others |= {short.words, *short.others}
            out.remove(short)
    return out


def in_brackets(doc: Doc, short: Body, bodies: Sequence[Body]) -> Body | None:
    """«Федеральное агентство по делам молодёжи (Росмолодёжь)», «(далее – Институт)»."""
    ends = {m.stop: b for b in bodies for m in b.mentions if b is not short}
    for m in short.mentions:
        match = BRACKET.search(doc.text[max(0, m.start - 24) : m.start])
        if match and doc.text[m.stop : m.stop + 1] == ")":
            stop = m.start - len(match[0])
            full = ends.get(stop) or ends.get(stop - 1)
            if full is not None and len(full.words) > 1:
                return full
    return None


BRACKET = re.compile(r"\s*\((?:далее\s*[–—-]?\s*)?[«\"]?$")


def by_initials(short: Body, bodies: Sequence[Body]) -> Body | None:
    """«ЕЭК» is «Евразийская экономическая комиссия», «АмГУ» is «Амурский государственный университет»."""
    if short.acronym is None:
        return None
    head, *tail = WORD.findall(short.name)
    known = set(map(fold, tail))
    for full in bodies:
        if full is not short and full.acronym is None and len(full.words) > 1:
            rest = tuple(w for w in full.words if w not in known) if known else full.words
            if spells(head, rest):
                return full
    return None


@lru_cache(20_000)
def spells(acronym: str, name: tuple[str, ...]) -> bool:
    """Whether the acronym is made of beginnings of the words, one letter of each where it is all capitals."""
    low = fold(acronym)
    plain = acronym.isupper()

    def fits(at: int, word: int) -> bool:
        if at == len(low):
            return word == len(name) or set(name[word:]) <= STATES or (word >= 3 and name[word] in SMALL)
        if word == len(name):
            return False
        if name[word] in SMALL and fits(at, word + 1):
            return True
        most = 1 if plain else min(5, len(name[word]))
        return any(
            low[at : at + n] == name[word][:n] and (plain or acronym[at].isupper()) and fits(at + n, word + 1)
            for n in range(1, most + 1)
            if at + n <= len(low)
        )

    return len(low) > 1 and fits(0, 0)


def by_part(short: Body, bodies: Sequence[Body]) -> Body | None:
    """«Агентство», «Русский дом»: the nearest body named before, else after, that has all these words in this order."""
    if short.acronym is not None and len(short.words) == 1 and short.name.isupper():
        holders = [b for b in bodies if b is not short and b.words[0] == short.words[0] and len(b.words) == 2]
        return holders[0] if len(holders) == 1 and set(holders[0].words[1:]) <= STATES else None
    first = short.mentions[0].start
    fitting = [b for b in bodies if b is not short and len(b.words) > len(short.words) and contains(b, short)]
    before = [b for b in fitting if b.mentions[0].start < first]
    if before:
        return max(before, key=lambda b: max(m.start for m in b.mentions if m.start < first))
    return fitting[0] if len(fitting) == 1 else None


OFFICES = {
    "агентство": re.compile(r"рос(?!си|гварди|атом|тех|космос)[а-я]{4,}(?<!надзор)"),
    "ведомство": re.compile(r"(?:рос(?!си)|мин)[а-я]{4,}|мид|мчс|мвд"),
    "министерство": re.compile(r"мин[а-я]{4,}|мид|мчс|мвд"),
    "корпорация": re.compile(r"росатом|ростех|роскосмос"),
}
"""Short names of bodies, by the word that their full names begin with."""


def by_kind(short: Body, bodies: Sequence[Body]) -> Body | None:
    """«Агентство» is «Россотрудничество», «Министерство» is «МИД»: the only such body, named before."""
    shape = OFFICES.get(short.words[0]) if len(short.words) == 1 else None
    if shape is None:
        return None
    fitting = [b for b in bodies if b is not short and shape.fullmatch(b.words[0])]
    return fitting[0] if len(fitting) == 1 and fitting[0].mentions[0].start < short.mentions[0].start else None


def contains(full: Body, short: Body) -> bool:
    few = short.words
    longer = (words for words in (full.words, *full.others) if len(words) > len(few))
    return any(subsequence(few, words) for words in longer if not few or few[0] in words[:3])


def subsequence(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether all words stand in the full name in order, the head among its first three and no other body's parent."""
    at = 0
    for i, word in enumerate(full):
        if at < len(short) and word == short[at]:
            if at == 0 and i > 2:
                return False
            at += 1
    return at == len(short)


# ---------------------------------------------------------------- the entity


def entity(body: Body) -> Entity:
    names = [m.normal for m in body.mentions]
    name = max(names, key=lambda n: (not is_acronym(n) or len(n.split()) > 2, len(words(n)), -names.index(n)))
    acronym = next((n for n in names if is_acronym(n) and len(n) < len(name)), None)
    return Entity(kind="organisation", name=name, mentions=tuple(body.mentions), acronym=acronym)
