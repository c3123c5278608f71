"""One text as the engine read it: sentences, tokens with morphology and syntax, and name spans.

A Doc of the engine holds columns (`doc.words`, `doc.lemmas`, …: one value per token); `doc.tokens` builds its objects
when first asked for. A Doc may as well be written down from sentences, tokens and spans, then the columns are read off
the tokens.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Token(NamedTuple):
    """A tuple because a document has a thousand of them and frozen dataclasses take five times as long to make."""

    start: int
    stop: int
    text: str
    pos: str
    """Universal Dependencies part of speech, as Natasha's model gives it."""
    feats: Mapping[str, str]
    """Shared by all tokens of the same tag."""
    lemma: str
    """Lower case, ё written as е, as Natasha's lemmatiser gives it."""
    head: int
    """Index of the head token in the document; -1 for a root. The model may answer the token itself, or in a circle."""
    rel: str
    sentence: int
    """Index of the sentence in the document."""


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    stop: int
    first: int
    """Index of its first token in the document."""
    last: int
    """Index after its last token."""


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    stop: int
    type: str
    """PER, ORG or LOC."""


class Columns(NamedTuple):
    """The fields of `Token`, in its order: one list each, one value per token."""

    starts: Sequence[int] = ()
    stops: Sequence[int] = ()
    words: Sequence[str] = ()
    pos: Sequence[str] = ()
    feats: Sequence[Mapping[str, str]] = ()
    lemmas: Sequence[str] = ()
    heads: Sequence[int] = ()
    rels: Sequence[str] = ()
    sentence_numbers: Sequence[int] = ()


class Doc:
    """Every token stands in a sentence, and every sentence has a token."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence] = (),
        tokens: Sequence[Token] | None = None,
        ner: Sequence[Span] = (),
        columns: Columns | None = None,
        normal: "Callable[[Doc, Span], str] | None" = None,
    ) -> None:
        self.text, self.sentences, self.ner, self.engine_normal = text, sentences, ner, normal
        if tokens is not None:
            self.tokens = tokens
        if columns is None:
            columns = Columns(*map(list, zip(*tokens, strict=True))) if tokens else Columns()
        self.columns = columns
        # Attributes of their own, not properties: the rules read them a thousand times for each text.
        self.starts, self.stops, self.words, self.pos, self.feats, self.lemmas, self.heads, self.rels = columns[:8]

    def __repr__(self) -> str:
        return f"Doc({self.text[:40]!r}, {len(self.words)} tokens)"

    @cached_property
    def tokens(self) -> Sequence[Token]:
        return list(map(Token._make, zip(*self.columns, strict=True)))

    def normal(self, span: Span) -> str:
        """The name in the nominative, letter case as in the text, as Natasha's `span.normalize` gives it."""
        if self.engine_normal is None:
            from nlp.engine.normal import normal  # the engine imports this module

            self.engine_normal = normal
        return self.engine_normal(self, span)
