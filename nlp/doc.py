"""One text as the engine read it: sentences, tokens with morphology and syntax, and Natasha's name spans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    stop: int
    text: str
    pos: str
    """Universal Dependencies part of speech, as Natasha's model gives it."""
    feats: Mapping[str, str]
    lemma: str
    """Lower case, ё written as е, as Natasha's lemmatiser gives it."""
    head: int
    """Index of the head token in the document; -1 for a root."""
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


@dataclass(slots=True)
class Doc:
    """Tokens that stand in no sentence do not occur: razdel's sentences cover all of them."""

    text: str
    sentences: Sequence[Sentence] = field(default=())
    tokens: Sequence[Token] = field(default=())
    ner: Sequence[Span] = field(default=())
