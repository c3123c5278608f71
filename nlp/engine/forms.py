"""What pymorphy's dictionary says of a word, with no more work than the question needs.

`MorphAnalyzer.parse` builds normal forms and probabilities of all readings; tags alone decide most lemmas.
The readings here stand in pymorphy's order before probabilities; `likeliest` asks for these where it matters.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

import pymorphy3
from pymorphy3.units import (
    HyphenatedWordsAnalyzer,
    HyphenSeparatedParticleAnalyzer,
    KnownPrefixAnalyzer,
    KnownSuffixAnalyzer,
)
from pymorphy3.utils import word_splits

LETTERS = re.compile(r"[а-яё]+")
HYPHENATED = re.compile(r"(?!по-)([а-яё0-9]+)-([а-яё]+)")
SAME = {"gen1": "gent", "loc1": "loct"}


class Form(NamedTuple):
    word: str
    """Without the prefix."""
    tag: str
    paradigm: int
    place: int
    """In the paradigm."""
    prefix: str = ""
    """What stands before a word of the dictionary, as in «медиа|группа»."""
    guess: Any = None
    """pymorphy's own reading, where the rest has no meaning."""
    halves: Any = None
    """Readings of what stands before and after a hyphen; the first may be a mere word. `place` is then pymorphy's."""


Seen = set[tuple[str, int, int]]
"""Word, tag and paradigm of the guesses made so far."""


@cache
def analyzer() -> pymorphy3.MorphAnalyzer:
    """pymorphy with plain tuples; one for the process, since its dictionary takes memory and a quarter of a second."""
    return pymorphy3.MorphAnalyzer(result_type=None)


@cache
def guesser() -> pymorphy3.MorphAnalyzer:
    """The same dictionary, but the readings stay in their order before probabilities."""
    unordered = object.__new__(pymorphy3.MorphAnalyzer)  # a copy.copy would load the dictionary once more
    unordered.__dict__.update(analyzer().__dict__, prob_estimator=None)
    return unordered


@cache
def tags() -> tuple[list[str], list[bool]]:
    """Names of the dictionary's tags, and whether new words may bear them."""
    known = analyzer().dictionary.gramtab
    return [str(tag) for tag in known], [tag.is_productive() for tag in known]


@lru_cache(4_096)
def forms(word: str) -> Sequence[Form]:
    """Readings of a word in lower case."""
    found = listed(word)
    if not found and LETTERS.fullmatch(word) and not with_known_prefix(word):
        seen: Seen = set()
        found = [*with_unknown_prefix(word, seen), *with_known_suffix(word, seen)]
    return (
        found
        or hyphenated(word)
        or [Form(guess[0], str(guess[1]), -1, -1, "", guess) for guess in guesser().parse(word)]
    )


@lru_cache(4_096)
def listed(word: str) -> list[Form]:
    """Readings that the dictionary has of a word in lower case."""
    return [
        Form(spelt, paradigm_tags(paradigm)[place], paradigm, place)
        for spelt, places in similar(word)
        for paradigm, place in places
    ]


def weighed(word: str, found: Sequence[Form]) -> list[tuple[float, Form]]:
    """Readings of the dictionary with pymorphy's estimates of P(tag | word), likeliest first; all alike without any."""
    known = analyzer().prob_estimator.p_t_given_w
    if known.has_keys_with_prefix(f"{word}:"):
        scored = [(known.get(f"{word}:{form.tag}", 0) / known.MULTIPLIER, form) for form in found]
        if any(score for score, _ in scored):
            return sorted(scored, key=itemgetter(0), reverse=True)
    return [(1.0 / len(found), form) for form in found]


def similar(word: str) -> Any:
    """Spellings of the word in the dictionary (е may stand for ё), each with its paradigms and places therein."""
    search, substitutes = speller()
    return search(word, substitutes)


@cache
def speller() -> tuple[Any, Any]:
    morph = analyzer()
    return morph.dictionary.words.similar_items, morph.char_substitutes


def tag_at(paradigm: int, place: int) -> int:
    numbers = analyzer().dictionary.paradigms[paradigm]
    return int(numbers[len(numbers) // 3 + place])


@cache
def paradigm_tags(paradigm: int) -> list[str]:
    """The tag of each form of the paradigm; as many lists as paradigms were met, of strings that they share."""
    names, numbers = tags()[0], analyzer().dictionary.paradigms[paradigm]
    third = len(numbers) // 3
    return [names[number] for number in numbers[third : 2 * third]]


@cache
def unit(kind: type) -> Any:
    return next(unit.analyzer for unit in analyzer()._units if isinstance(unit.analyzer, kind))


def with_known_prefix(word: str) -> bool:
    """«псевдо|наука»: left to pymorphy."""
    return bool(unit(KnownPrefixAnalyzer).parse(word, word, set()))


def with_unknown_prefix(word: str, seen: Seen) -> Iterator[Form]:
    """«байт|код»: read as the word of the dictionary that it ends with."""
    names, productive = tags()
    for prefix, rest in word_splits(word):
        for spelt, places in similar(rest):
            for paradigm, place in places:
                tag = tag_at(paradigm, place)
                key = (prefix + spelt, tag, paradigm)
                if productive[tag] and key not in seen:
                    seen.add(key)
                    yield Form(spelt, names[tag], paradigm, place, prefix)


def with_known_suffix(word: str, seen: Seen) -> list[Form]:
    """«бутя|вкать»: read as words of the dictionary that end alike, the commoner paradigms first."""
    morph, (names, productive) = analyzer(), tags()
    dictionary, found = morph.dictionary, []
    if len(word) < unit(KnownSuffixAnalyzer).min_word_length:
        return []
    longest = dictionary.meta["compile_options"]["max_suffix_length"]
    for number in reversed(range(len(dictionary.paradigm_prefixes))):
        if not word.startswith(dictionary.paradigm_prefixes[number]):
            continue
        total, forms_here = 1, []
        for size in range(longest, 0, -1):
            endings = dictionary.prediction_suffixes_dawgs[number].similar_items(word[-size:], morph.char_substitutes)
            for ending, readings in endings:
                spelt = word[:-size] + ending
                for count, paradigm, place in readings:
                    tag = tag_at(paradigm, place)
                    if not productive[tag]:
                        continue
                    total += count
                    if (spelt, tag, paradigm) not in seen:
                        seen.add((spelt, tag, paradigm))
                        forms_here.append((count, Form(spelt, names[tag], paradigm, place)))
            if total > 1:
                break
        found += [(count / total, form) for count, form in forms_here]
    found.sort(key=lambda scored: scored[0], reverse=True)
    return [form for _, form in found]


def hyphenated(word: str) -> list[Form]:
    """«города-побратима»: both parts in the same form, else «российско-сербском»: the first one stays as it is."""
    parts = HYPHENATED.fullmatch(word)
    if parts is None or word.endswith(particles()) or unit(HyphenatedWordsAnalyzer)._has_skip_prefix(word):
        return []
    before, after = parts.groups()
    firsts, seconds = inflected(before), inflected(after)
    alike: dict[frozenset[str], list[Form]] = {}
    for second in seconds:
        alike.setdefault(features(second.tag), []).append(second)
    pairs: list[tuple[Form | str, Form]] = [(first, s) for first in firsts for s in alike.get(features(first.tag), ())]
    pairs += [(before, second) for second in seconds]
    return [
        Form(word, (second if isinstance(first, str) else first).tag, -1, place, halves=(first, second))
        for place, (first, second) in enumerate(pairs)
    ]


def inflected(word: str) -> list[Form]:
    """Readings with a part of speech, the likeliest first, as pymorphy gives them to the words made of this one."""
    known, found = analyzer().prob_estimator.p_t_given_w, forms(word)
    if known.has_keys_with_prefix(f"{word}:"):
        found = sorted(found, key=lambda form: -int(known.get(f"{word}:{form.tag}", 0)))
    return [form for form in found if has_part_of_speech(form.tag)]


@lru_cache(8_192)
def has_part_of_speech(tag: str) -> bool:
    """Numbers, marks and foreign words have none."""
    return tag.replace(" ", ",").split(",")[0] in analyzer().TagClass.PARTS_OF_SPEECH


@cache
def particles() -> tuple[str, ...]:
    return tuple(unit(HyphenSeparatedParticleAnalyzer).particles_after_hyphen)


@lru_cache(8_192)
def features(tag: str) -> frozenset[str]:
    """What parts of a compound word must have in common."""
    kinds = analyzer().TagClass
    wanted = kinds.PARTS_OF_SPEECH | kinds.NUMBERS | kinds.CASES | kinds.PERSONS | kinds.TENSES
    return frozenset(SAME.get(g, g) for g in tag.replace(" ", ",").split(",") if g in wanted)


def likeliest(word: str, readings: Sequence[Form]) -> Form:
    """The reading with the largest P(tag | word) of OpenCorpora, the first of equals."""
    known = analyzer().prob_estimator.p_t_given_w
    return max(readings, key=lambda form: int(known.get(f"{word}:{form.tag}", 0)))


def lemma(form: Form) -> str:
    if form.guess is not None:
        return str(form.guess[2])
    if form.halves is not None:
        first, second = form.halves
        return f"{first if isinstance(first, str) else lemma(first)}-{lemma(second)}"
    return form.prefix + at_place(form.word, form.paradigm, form.place, 0)


def nominative(form: Form, of: tuple[str, ...] = ()) -> str | None:
    """The form of the lexeme, with these grammemes, that differs least but for its case.

    What pymorphy's `inflect({"nomn", *of})` gives.
    """
    if form.halves is not None:
        form = form._replace(guess=guesser().parse(form.word)[form.place])
    if form.guess is None:
        place = nominative_place(form.paradigm, form.place, of)
        return None if place is None else form.prefix + at_place(form.word, form.paradigm, form.place, place)
    lexeme = form.guess[4][-1][0].get_lexeme(form.guess)
    best = closest(form.guess[1], [other[1] for other in lexeme], of)
    return None if best is None else str(lexeme[best][0])


def at_place(word: str, paradigm: int, place: int, other: int) -> str:
    """The word at one place of a paradigm put into another place: a paradigm lists suffixes, tags, then prefixes."""
    if place == other:
        return word
    dictionary = analyzer().dictionary
    numbers, suffixes, prefixes = dictionary.paradigms[paradigm], dictionary.suffixes, dictionary.paradigm_prefixes
    of_prefixes = 2 * (len(numbers) // 3)
    stem = word[len(prefixes[numbers[of_prefixes + place]]) : len(word) - len(suffixes[numbers[place]])]
    return str(prefixes[numbers[of_prefixes + other]] + stem + suffixes[numbers[other]])


@lru_cache(8_192)
def nominative_place(paradigm: int, index: int, of: tuple[str, ...]) -> int | None:
    tags = [tag for _, tag, _ in analyzer().dictionary.build_paradigm_info(paradigm)]
    return closest(tags[index], tags, of)


def closest(tag: Any, others: Sequence[Any], of: tuple[str, ...]) -> int | None:
    """Index of the nominative with these grammemes that shares most of them with the tag put so."""
    needed = {"nomn", *of}
    wanted = tag.updated_grammemes(needed)
    candidates = [place for place, other in enumerate(others) if needed <= other.grammemes]

    def likeness(place: int) -> float:
        grammemes = others[place].grammemes
        return len(wanted & grammemes) - 0.1 * len(wanted ^ grammemes)

    return max(candidates, key=likeness, default=None)
