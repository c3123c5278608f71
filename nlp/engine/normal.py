"""A name span put into the nominative, as Natasha's `normalize` (people, places) and `syntax_normalize` (bodies) do."""

import re
from bisect import bisect_left
from functools import cache, lru_cache

from nlp.doc import Doc, Span
from nlp.engine.dictionary import Nominatives

PART = re.compile(r"(?P<letters>[а-яёa-z]+)|[^а-яёa-z]+", re.I)


@cache
def without_memory() -> Nominatives:
    return Nominatives(None)


def normal(doc: Doc, span: Span, nominatives: Nominatives | None = None) -> str:
    nominatives = nominatives or without_memory()
    first, last = bisect_left(doc.starts, span.start), bisect_left(doc.starts, span.stop)
    chosen = inflectable(doc, first, last) if span.type == "ORG" else None
    out, place = [], span.start
    for i in range(first, last):
        out.append(" " * (doc.starts[i] - place))
        place, word = doc.stops[i], doc.words[i]
        if not chosen or i in chosen:
            word = recased(nominatives.of(word, doc.pos[i], doc.feats[i]), word)
        out.append(word)
    return "".join(out)


def inflectable(doc: Doc, first: int, last: int) -> set[int]:
    """The heads of a body's name and the adjectives and participles that hang on them."""
    heads, pos = doc.heads, doc.pos
    chosen = {i for i in range(first, last) if not first <= heads[i] < last}
    stack = list(chosen)
    while stack:
        head = stack.pop()
        for i in range(first, last):
            if heads[i] == head and i not in chosen and pos[i] in ("ADJ", "VERB"):
                chosen.add(i)
                stack.append(i)
    return chosen


@lru_cache(65_536)
def recased(word: str, like: str) -> str:
    """The word with the letter case of another, part by part («санкт-петербург», «Санкт-Петербурга»)."""
    if word.lower() == like.lower():
        return like
    ours, theirs = list(PART.finditer(word)), list(PART.finditer(like))
    if [part.lastgroup for part in ours] != [part.lastgroup for part in theirs]:
        return word
    out = []
    for part, model in zip(ours, theirs, strict=True):
        if part.lastgroup is None:
            out.append(part.group())
        elif model.group().islower():
            out.append(part.group().lower())
        elif model.group().isupper():
            out.append(part.group().upper())
        elif model.group().istitle():
            out.append(part.group().capitalize())
        else:
            return word
    return "".join(out)
