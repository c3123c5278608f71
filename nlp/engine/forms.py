"""What pymorphy's dictionary says of a word, with no more work than the question needs.

`MorphAnalyzer.parse` builds normal forms and probabilities of all readings; tags alone decide most lemmas.
The readings here stand in pymorphy's order before probabilities; `likeliest` asks for these where it matters.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import pymorphy3
from pymorphy3.units import (
    DictionaryAnalyzer,
    KnownPrefixAnalyzer,
    KnownSuffixAnalyzer,
    UnknAnalyzer,
    UnknownPrefixAnalyzer,
)

LETTERS = re.compile(r"[а-яё]+")
GUESSING = (KnownPrefixAnalyzer, UnknownPrefixAnalyzer, KnownSuffixAnalyzer, UnknAnalyzer)


class Form(NamedTuple):
    word: str
    tag: str
    paradigm: int
    place: int
    """In the paradigm; without a meaning for a guess."""
    guess: Any = None
    """pymorphy's reading of a word that its dictionary does not hold."""


@cache
def analyzer() -> pymorphy3.MorphAnalyzer:
    """pymorphy with plain tuples; one for the process, since its dictionary takes memory and a quarter of a second."""
    return pymorphy3.MorphAnalyzer(result_type=None)


@cache
def guesser(letters: bool) -> pymorphy3.MorphAnalyzer:
    """The same dictionary, but the readings stay in their order before probabilities.

    For words of Cyrillic letters alone the units that look for digits, signs, Latin letters and hyphens are left out.
    """
    whole = analyzer()
    part = object.__new__(pymorphy3.MorphAnalyzer)  # a copy.copy would load the dictionary once more
    part.__dict__.update(whole.__dict__, prob_estimator=None)
    if letters:
        part._units = [unit for unit in whole._units if isinstance(unit.analyzer, GUESSING)]
    return part


@cache
def tag_names() -> list[str]:
    return [str(tag) for tag in analyzer().dictionary.gramtab]


@lru_cache(4_096)
def forms(word: str) -> Sequence[Form]:
    """Readings of a word in lower case."""
    morph, names = analyzer(), tag_names()
    paradigms, found = morph.dictionary.paradigms, []
    for spelt, places in morph.dictionary.words.similar_items(word, morph.char_substitutes):
        for number, index in places:
            paradigm = paradigms[number]
            found.append(Form(spelt, names[paradigm[len(paradigm) // 3 + index]], number, index))
    if not found:
        guesses = guesser(LETTERS.fullmatch(word) is not None).parse(word)
        return [Form(guess[0], str(guess[1]), -1, -1, guess) for guess in guesses]
    return found


def likeliest(word: str, readings: Sequence[Form]) -> Form:
    """The reading with the largest P(tag | word) of OpenCorpora, the first of equals."""
    known = analyzer().prob_estimator.p_t_given_w
    return max(readings, key=lambda form: int(known.get(f"{word}:{form.tag}", 0)))


def lemma(form: Form) -> str:
    if form.guess is not None:
        return str(form.guess[2])
    return str(analyzer().dictionary.build_normal_form(form.paradigm, form.place, form.word))


def nominative(form: Form) -> str | None:
    """The form of the lexeme that differs least but for its case; what pymorphy's `inflect({"nomn"})` gives."""
    if form.guess is None:
        return put(form.word, form.paradigm, form.place)
    analyzers = [method[0] for method in form.guess[4]]
    base = form.guess[4][0]
    if isinstance(analyzers[0], DictionaryAnalyzer) and len(analyzers) == 2:
        if isinstance(analyzers[1], KnownSuffixAnalyzer):
            return put(*base[1:])
        if isinstance(analyzers[1], UnknownPrefixAnalyzer):
            ending = put(*base[1:])
            return form.guess[4][1][1] + ending if ending is not None else None
    lexeme = analyzers[-1].get_lexeme(form.guess)
    best = closest(form.guess[1], [other[1] for other in lexeme])
    return None if best is None else str(lexeme[best][0])


def put(word: str, paradigm: int, index: int) -> str | None:
    place = nominative_place(paradigm, index)
    if place is None:
        return None
    dictionary = analyzer().dictionary
    prefix, _, suffix = dictionary.build_paradigm_info(paradigm)[place]
    return str(prefix + dictionary.build_stem(dictionary.paradigms[paradigm], index, word) + suffix)


@lru_cache(8_192)
def nominative_place(paradigm: int, index: int) -> int | None:
    tags = [tag for _, tag, _ in analyzer().dictionary.build_paradigm_info(paradigm)]
    return closest(tags[index], tags)


def closest(tag: Any, others: Sequence[Any]) -> int | None:
    """Index of the nominative that shares most grammemes with the tag put into the nominative."""
    wanted = tag.updated_grammemes({"nomn"})
    candidates = [place for place, other in enumerate(others) if "nomn" in other.grammemes]

    def likeness(place: int) -> float:
        grammemes = others[place].grammemes
        return len(wanted & grammemes) - 0.1 * len(wanted ^ grammemes)

    return max(candidates, key=likeness, default=None)
