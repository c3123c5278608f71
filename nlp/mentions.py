"""Spans of names: what the net found, repaired by named rules."""

from dataclasses import dataclass

from nlp.doc import Doc


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the text with the model or rule that made the span what it is."""

    start: int
    stop: int
    type: str
    rule: str


def found(doc: Doc) -> list[Found]:
    """Every name of the text, in order, none overlapping."""
    return [Found(s.start, s.stop, s.type, "net") for s in doc.ner]
