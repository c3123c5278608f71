"""A parsed text with its entities laid over the tokens: what rules about positions, meetings and quotes look at."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from nlp.annotation import Entity
from nlp.doc import Doc, Sentence

QUOTES = {"«": 1, "»": -1, "„": 1, "“": -1}
CLOSING = ("»", "“", '"')
MARKS = (*QUOTES, '"')


@dataclass(frozen=True, slots=True)
class Unit:
    """A mention of an entity as tokens `first` to `last` (exclusive)."""

    kind: str
    name: str
    first: int
    last: int
    start: int
    stop: int
    order: int
    """Which mention of its entity this is, from 0."""


def lines(doc: Doc) -> Iterator[Sentence]:
    starts, stops = doc.starts, doc.stops
    for s in doc.sentences:
        if "\n" not in doc.text[s.start : s.stop]:
            yield s
            continue
        first = s.first
        for token in range(s.first + 1, s.last):
            if "\n" in doc.text[stops[token - 1] : starts[token]]:
                yield Sentence(starts[first], stops[token - 1], first, token)
                first = token
        yield Sentence(starts[first], stops[s.last - 1], first, s.last)


class Reading:
    """Columns over the tokens of one text; built once, read by every rule."""

    def __init__(
        self,
        doc: Doc,
        people: Iterable[Entity],
        organisations: Iterable[Entity] = (),
        places: Iterable[Entity] = (),
    ) -> None:
        self.text = doc.text
        self.words, self.starts, self.stops = doc.words, doc.starts, doc.stops
        self.pos, self.feats, self.lemmas = doc.pos, doc.feats, doc.lemmas
        self.heads, self.rels = doc.heads, doc.rels
        self.sentences = list(lines(doc))
        """The engine's sentences, parted at line breaks: a heading without a full stop is one of its own."""
        self.sentence = [i for i, s in enumerate(self.sentences) for _ in range(s.first, s.last)]
        self.low = "\n".join(self.words).lower().replace("ё", "е").split("\n")  # no token holds a line break
        self.unit: list[Unit | None] = [None] * len(self.words)
        """The longest entity mention over each token."""
        self.units: list[Unit] = []
        for entity in (*people, *organisations, *places):
            for order, mention in enumerate(entity.mentions):
                self._lay(entity, order, mention.start, mention.stop)
        self.units.sort(key=lambda u: (u.first, -u.last))
        for unit in sorted(self.units, key=lambda u: u.last - u.first):
            self.unit[unit.first : unit.last] = [unit] * (unit.last - unit.first)
        self.people = [u for u in self.units if u.kind == "person" and self.unit[u.first] is u]

    def _lay(self, entity: Entity, order: int, start: int, stop: int) -> None:
        first = self.at(start)
        last = first
        while last < len(self.words) and self.starts[last] < stop:
            last += 1
        if last > first:
            self.units.append(Unit(entity.kind, entity.name, first, last, start, stop, order))

    def at(self, offset: int) -> int:
        """Index of the token that covers `offset`, else of the next one."""
        return bisect_right(self.stops, offset)

    @cached_property
    def children(self) -> list[list[int]]:
        out: list[list[int]] = [[] for _ in self.words]
        for token, head in enumerate(self.heads):
            if head >= 0 and head != token:
                out[head].append(token)
        return out

    @cached_property
    def quoted(self) -> list[bool]:
        """Whether each token stands inside quotation marks, the marks included."""
        out = [False] * len(self.words)
        depth, since, paragraph = 0, 0, -1
        marks = [t for t, word in enumerate(self.words) if word in MARKS]
        for token in marks:
            here = self.paragraph[self.sentence[token]]
            if depth:
                end = token if here == paragraph else self.paragraph_end(paragraph)
                out[since:end] = [True] * (end - since)
            if here != paragraph:
                depth, paragraph = 0, here
            word = self.words[token]
            depth = int(not depth) if word == '"' else max(0, depth + QUOTES[word])
            out[token], since = depth > 0 or word in CLOSING, token + 1
        if depth:
            end = self.paragraph_end(paragraph)
            out[since:end] = [True] * (end - since)
        return out

    def paragraph_end(self, paragraph: int) -> int:
        """Index after the last token of a paragraph."""
        return self.sentences[bisect_right(self.paragraph, paragraph) - 1].last

    @cached_property
    def paragraph(self) -> list[int]:
        """Number of the paragraph of each sentence: a line break parts paragraphs."""
        out, number, last = [], 0, 0
        for sentence in self.sentences:
            number += "\n" in self.text[last : sentence.start]
            last = sentence.stop
            out.append(number)
        return out

    def case(self, token: int) -> str:
        return self.feats[token].get("Case", "")

    def first(self, token: int) -> int:
        """Index of the first token of this token's sentence."""
        return self.sentences[self.sentence[token]].first

    def last(self, token: int) -> int:
        return self.sentences[self.sentence[token]].last

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of tokens `first` to `last` (exclusive)."""
        return self.starts[first], self.stops[last - 1]

    def said(self, tokens: Sequence[int]) -> str:
        """The words of these tokens with the spaces that the text has between neighbours."""
        out = ""
        for i, token in enumerate(tokens):
            if i and self.stops[tokens[i - 1]] != self.starts[token]:
                out += " "
            out += self.words[token]
        return out
