"""Lemmas of a title and a text in, known words and phrases out, each with how often it occurs."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The lemmas of one release as the model reads them: the first paragraph stands apart."""

    title: Sequence[str]
    lead: Sequence[str]
    body: Sequence[str]


def ngrams(lemmas: Sequence[str]) -> Iterator[str]:
    """Words, and pairs of neighbouring words; a number or a punctuation mark parts neighbours."""
    before = ""
    for lemma in lemmas:
        if not lemma[:1].isalpha():
            before = ""
            continue
        yield lemma
        if before:
            yield f"{before} {lemma}"
        before = lemma


class Finder:
    """Finds known phrases (lemmas joined by blanks): one look-up a word, and more only where a phrase may begin."""

    def __init__(self, phrases: Collection[str]) -> None:
        self.known = frozenset(phrases)
        self.longest: dict[str, int] = {}
        for phrase in phrases:
            lemmas = phrase.split(" ")
            self.longest[lemmas[0]] = max(self.longest.get(lemmas[0], 1), len(lemmas))

    def add(self, lemmas: Sequence[str], weight: float, found: dict[str, float]) -> None:
        known, longest = self.known, self.longest
        for i, lemma in enumerate(lemmas):
            length = longest.get(lemma)
            if length is None:
                continue
            if lemma in known:
                found[lemma] = found.get(lemma, 0.0) + weight
            for stop in range(i + 2, min(i + length, len(lemmas)) + 1):
                phrase = " ".join(lemmas[i:stop])
                if phrase in known:
                    found[phrase] = found.get(phrase, 0.0) + weight

    def find(self, parts: Parts, title: float, lead: float) -> dict[str, float]:
        """Occurrences of each phrase; those in the title and the lead count `title` and `lead` times."""
        found: dict[str, float] = {}
        self.add(parts.title, title, found)
        self.add(parts.lead, lead, found)
        self.add(parts.body, 1.0, found)
        return found
