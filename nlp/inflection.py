"""Noun phrases put into the nominative: the head and what agrees with it, and nothing else."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import pymorphy3
from pymorphy3.analyzer import Parse

from nlp.doc import Doc
from nlp.engine.forms import Form, analyzer, lemma, listed, weighed
from nlp.engine.forms import nominative as nominative_form

CASES = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
"""The net's cases → pymorphy's."""
SECOND = {"gen2": "gent", "loc2": "loct", "acc2": "accs", "gen1": "gent", "loc1": "loct"}
GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}
NUMBERS = {"Sing": "sing", "Plur": "plur"}
ADJECTIVES = frozenset({"ADJF", "PRTF"})
WORD = re.compile(r"[А-Яа-яЁё]+(?:[-‑][А-Яа-яЁё]+)*$")
MIXED = re.compile(r"[А-ЯЁ].*(?<![-‑])[А-ЯЁ]")
"""Acronyms: «МИД», «АмГУ», «ИТ-компания»; capitals after a hyphen are those of double names."""
HOLDER = re.compile(r"(?:заведующ|исполняющ|командующ)(?:ий|его|ему|им|ем|ая|ей|ую|ие|их|ими)$", re.IGNORECASE)
"""Participles that stand as the head of a post and govern a noun: «заведующей кафедрой»."""


PLACE_ADJECTIVE = re.compile(r"(.+[сц]к)(?:ий|ого|ому|им|ом|ой|ую|ая|ое|их|ими|ие)$")
SINGULAR = {"masc": "ий", "femn": "ая", "neut": "ое"}
"""Endings of adjectives made from places, most of which no dictionary has: «Хобдинского района»."""


class Reading(NamedTuple):
    """One way to understand a word form."""

    pos: str
    case: str
    number: str
    gender: str
    """Empty for adjectives in the plural and for nouns without one."""
    weight: float
    """pymorphy's estimate of how often the form is read so."""
    fixed: bool
    form: Form


@lru_cache(1)
def dictionary() -> pymorphy3.MorphAnalyzer:
    """The engine's dictionary, loaded once for the process, with readings that can be inflected."""
    whole = object.__new__(pymorphy3.MorphAnalyzer)
    whole.__dict__.update(analyzer().__dict__)
    whole._result_type = type("Parse", (Parse,), {"_morph": whole, "_dict": whole.dictionary})
    return whole


class Entry(NamedTuple):
    """A reading that the dictionary has, nothing guessed."""

    pos: str
    case: str
    """Empty where there is none; second genitives and locatives count as plain ones."""
    number: str
    gender: str
    marks: frozenset[str]
    """All grammemes, among them Name, Surn, Patr, Geox, Fixd."""
    lemma: str
    score: float
    """pymorphy's estimate of how often the form is read so."""
    form: Form

    def nominative(self) -> str | None:
        """The word of the same number and gender in the nominative."""
        return nominative_form(self.form)


@lru_cache(2_048)
def grammemes(tag: str) -> tuple[str, str, str, str, frozenset[str]]:
    """Part of speech, case, number, gender and everything of one of pymorphy's tags."""
    known = analyzer().TagClass(tag)
    of = (known.POS, SECOND.get(known.case or "", known.case), known.number, known.gender)
    pos, case, number, gender = (plain(g or "") for g in of)
    return pos, case, number, gender, frozenset(map(plain, known.grammemes))


def plain(grammeme: str) -> str:
    """pymorphy's grammemes refuse to be compared with what is none of theirs."""
    return "".join(grammeme)


@lru_cache(50_000)
def entries(word: str) -> tuple[Entry, ...]:
    """Readings of a word of the dictionary, likeliest first; none for other words, whose guessing takes long."""
    low = word.lower()
    return tuple(Entry(*grammemes(form.tag), lemma(form), score, form) for score, form in weighed(low, listed(low)))


@lru_cache(100_000)
def readings(word: str) -> tuple[Reading, ...]:
    """Readings of a noun, adjective or participle; none for other words, acronyms and foreign script."""
    if not WORD.match(word) or MIXED.search(word):
        return ()
    out = []
    low = word.lower()
    for score, form in weighed(low, listed(low)) or guesses(low):
        pos, case, number, gender, marks = grammemes(form.tag)
        if case and pos in DECLINED:
            out.append(Reading(pos, case, number or "sing", gender, score, "Fixd" in marks, form))
    return tuple(out)


DECLINED = frozenset({"NOUN", "ADJF", "PRTF"})


def guesses(word: str) -> Iterator[tuple[float, Form]]:
    """What pymorphy makes of a word that its dictionary lacks, with its estimates."""
    for parse in analyzer().parse(word):
        yield parse[3], Form(parse[0], str(parse[1]), -1, -1, "", parse)


DOUBLE = re.compile(r"([-‑'’])")
CAPITALISED = re.compile(r"[-‑'’][А-ЯЁ]")


def like(word: str, form: str) -> str:
    """`form` with the capitals and the е of `word`."""
    if word.isupper() and len(word) > 1:
        form = form.upper()
    else:
        first = word[:1].isupper()
        if not word.isalpha() and ((first and DOUBLE.search(word)) or CAPITALISED.search(word)):
            pairs = zip(DOUBLE.split(form), DOUBLE.split(word), strict=False)
            form = "".join(f[:1].upper() + f[1:] if w[:1].isupper() else f for f, w in pairs)
        form = form[:1].upper() + form[1:] if first else form
    if "ё" in form.lower() and "ё" not in word.lower():
        form = "".join(w if w in "еЕ" and f in "ёЁ" else f for f, w in zip(form, word.ljust(len(form)), strict=False))
    return form


@lru_cache(100_000)
def inflected(word: str, reading: Reading, gender: str = "") -> str:
    """The word in the nominative of the same number; adjectives in the singular take `gender`."""
    if reading.case == "nomn" or reading.fixed:
        return word
    if reading.case == "accs" and any(
        (r.case, r.number, r.gender) == ("nomn", reading.number, reading.gender) for r in readings(word)
    ):
        return word
    if (
        reading.pos in ADJECTIVES
        and (reading.form.guess is not None or "-" in word)
        and (match := PLACE_ADJECTIVE.match(word))
    ):
        return match[1] + ("ие" if reading.number == "plur" else SINGULAR[gender or reading.gender])
    agreeing = (gender,) if gender and reading.number == "sing" and reading.pos in ADJECTIVES else ()
    form = nominative_form(reading.form, (reading.number, *agreeing))
    return word if form is None else like(word, form)


def agree(adjective: Reading, noun: Reading) -> bool:
    if adjective.pos not in ADJECTIVES or (adjective.case, adjective.number) != (noun.case, noun.number):
        return False
    return noun.number == "plur" or not noun.gender or adjective.gender == noun.gender


def expected(token: "Seen", reading: Reading) -> float:
    """How well a reading fits what the net says of the token."""
    _, case, number, gender = token
    worth = 1.0 * (CASES.get(case) == reading.case)
    worth += 0.5 * (NUMBERS.get(number) == reading.number)
    worth += 0.2 * (GENDERS.get(gender) == reading.gender)
    return worth + 0.3 * reading.weight


def chosen(tokens: "Sequence[Seen]") -> "list[tuple[Seen, Reading | None]] | None":
    """The reading in which the adjectives before a noun agree with it; None where there is none."""
    *before, head = tokens
    best, top = None, 0.0
    for noun in readings(head[0]):
        picked: list[tuple[Seen, Reading | None]] = []
        worth = expected(head, noun)
        for token in before:
            fitting = [r for r in readings(token[0]) if agree(r, noun)]
            adjective = max(fitting, key=lambda r: expected(token, r), default=None)
            picked.append((token, adjective))
            worth += 0.0 if adjective is None else expected(token, adjective) + 1.0
        if worth > top:
            best, top = [*picked, (head, noun)], worth
    return best


@lru_cache(50_000)
def kinds(word: str) -> frozenset[str]:
    return frozenset(r.pos for r in readings(word))


def core(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Tokens from the first word to the head noun: adjectives and the noun that they wait for."""
    words = doc.words
    at = first
    while at < last and WORD.match(words[at]):
        here = kinds(words[at])
        if HOLDER.match(words[at]):
            return first, at + 1
        if "NOUN" in here and (doc.pos[at] in ("NOUN", "PROPN") or not here & ADJECTIVES):
            return first, at + 1
        if not here & ADJECTIVES:
            break
        at += 1
    while at > first and "NOUN" not in kinds(words[at - 1]):
        at -= 1
    return first, at


def nominative(doc: Doc, first: int, last: int) -> str:
    """Tokens `first` to `last` (exclusive) with the head noun, its adjectives and joined heads in the nominative.

    The number stays as it is. Words in Latin script, acronyms and quoted names are left alone.
    """
    changed: dict[int, str] = {}
    start = first
    while True:
        begin, stop = core(doc, start, last)
        if stop > begin:
            changed.update(zip(range(begin, stop), forms(tuple(seen(doc, begin, stop))), strict=True))
        following = next((i for i in range(max(stop, begin + 1), last) if joined(doc, i, begin, stop)), None)
        if following is None:
            return written(doc, first, last, changed)
        start = following


def joined(doc: Doc, at: int, begin: int, stop: int) -> bool:
    """Whether a second head, with adjectives of its own, begins at this token: «ректор и главный врач»."""
    if stop <= begin or at < stop or doc.words[at - 1].lower() not in ("и", "-", "–", "—"):
        return False
    _, end = core(doc, at, min(at + 4, len(doc.words)))
    if end <= at:
        return False
    head, other = stop - 1, end - 1
    agreeing = doc.feats[other].get("Case") == doc.feats[head].get("Case")
    return doc.rels[other] == "conj" and doc.heads[other] == head and agreeing


Seen = tuple[str, str, str, str]
"""Of a token what declining looks at: the word, and its case, number and gender by the net."""


def seen(doc: Doc, first: int, last: int) -> Iterator[Seen]:
    for word, feats in zip(doc.words[first:last], doc.feats[first:last], strict=True):
        yield word, feats.get("Case", ""), feats.get("Number", ""), feats.get("Gender", "")


@lru_cache(50_000)
def forms(tokens: tuple[Seen, ...]) -> tuple[str, ...]:
    """The words in the nominative; those that agree with nothing stay."""
    picked = chosen(tokens)
    if picked is None:
        return tuple(t[0] for t in tokens)
    noun = picked[-1][1]
    return tuple(t[0] if r is None else inflected(t[0], r, noun.gender if noun else "") for t, r in picked)


def written(doc: Doc, first: int, last: int, changed: dict[int, str]) -> str:
    """The text of the tokens with some words exchanged, each run of white space as one space."""
    out, before = "", None
    for token in range(first, last):
        if before is not None and before < doc.starts[token]:
            out += " "
        out += changed.get(token) or doc.words[token]
        before = doc.stops[token]
    return out
