"""Words → the lemmas that the index holds, each piece with its place in the surface text."""

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.annotation import Annotation
from nlp.doc import Token
from nlp.inflection import dictionary

WORD = re.compile(r"\w+(?:[-‑]\w+)*")
"""A run of letters and digits, hyphens inside: what both the query and unannotated texts are cut into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """One column of the index."""

    lemmas: str
    """Joined by single spaces, none inside a lemma."""
    places: bytes
    """Pairs of uint32: start and stop of each piece's token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    title: Pieces
    text: Pieces
    names: Pieces


def plain(word: str) -> str:
    """As the index writes a word: lower case, ё as е, plain hyphens."""
    return word.lower().replace("ё", "е").replace("‑", "-")


@lru_cache(200_000)
def lemma(word: str) -> str:
    """The likeliest normal form of a lower-case word."""
    return plain(dictionary().parse(word)[0].normal_form)


@lru_cache(10_000)
def normal_forms(word: str) -> tuple[str, ...]:
    """Every lemma that the word may be a form of, itself first: the index holds the one that the context chose."""
    low = word.lower()
    return tuple(dict.fromkeys([plain(low), *(plain(parse.normal_form) for parse in dictionary().parse(low))]))


def pieces(words: Iterable[tuple[str, int, int]]) -> Pieces:
    lemmas: list[str] = []
    places = array("I")
    for word, start, stop in words:
        lemmas.append(word.replace(" ", "_") or "_")
        places.extend((start, stop))
    return Pieces(lemmas=" ".join(lemmas), places=places.tobytes())


def places(blob: bytes) -> list[tuple[int, int]]:
    flat = array("I")
    flat.frombytes(blob)
    return list(zip(flat[::2], flat[1::2], strict=True))


def of_text(text: str) -> Pieces:
    """Without the models' context: for titles, and for texts that are not annotated yet."""
    return pieces((lemma(match[0].lower()), match.start(), match.end()) for match in WORD.finditer(text))


def of_tokens(tokens: Sequence[Token]) -> Pieces:
    return pieces((token.lemma, token.start, token.stop) for token in tokens)


def of_names(annotation: Annotation, text: str) -> Pieces:
    """The nominative of every mention: surnames that a dictionary lacks are found by it in every case form."""
    entities = (*annotation.people, *annotation.organisations, *annotation.places)
    return pieces(
        piece
        for entity in entities
        for mention in entity.mentions
        for piece in name_pieces(mention.normal, text, mention.start, mention.stop)
    )


def name_pieces(normal: str, text: str, start: int, stop: int) -> Iterable[tuple[str, int, int]]:
    """Each word of the nominative beside the word it stands for; beside the whole mention where the counts differ."""
    words = [plain(match[0]) for match in WORD.finditer(normal)]
    surface = [(start + match.start(), start + match.end()) for match in WORD.finditer(text[start:stop])]
    if len(words) == len(surface):
        return [(word, *place) for word, place in zip(words, surface, strict=True)]
    return [(word, start, stop) for word in words]


def unannotated(title: str, text: str) -> Indexed:
    return Indexed(title=of_text(title), text=of_text(text), names=pieces(()))


def annotated(title: str, text: str, annotation: Annotation, tokens: Sequence[Token]) -> Indexed:
    return Indexed(title=of_text(title), text=of_tokens(tokens), names=of_names(annotation, text))
