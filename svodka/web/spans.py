"""A text and overlapping spans → paragraphs of pieces, each with the classes of all spans that cover it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    start: int
    stop: int
    kind: str
    """person, organisation, place, position, meeting, quote: the class that colours it."""
    href: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    at: int
    """Where it starts in the whole text."""
    text: str
    kinds: tuple[str, ...] = ()
    href: str | None = None
    title: str | None = None


def paragraphs(text: str, marks: Iterable[Mark]) -> Iterator[list[Piece]]:
    """Paragraphs are parted by blank lines; the pieces of all of them give the text back but for those lines."""
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.stop))
    at = 0
    for part in text.split("\n\n"):
        stop = at + len(part)
        if part.strip():
            yield list(pieces(text, at, stop, [m for m in ordered if m.start < stop and m.stop > at]))
        at = stop + 2


def pieces(text: str, start: int, stop: int, marks: list[Mark]) -> Iterator[Piece]:
    """The shortest covering span gives the link: the body inside a position keeps its own."""
    borders = {start, stop}
    for mark in marks:
        borders.update(border for border in (mark.start, mark.stop) if start < border < stop)
    edges = sorted(borders)
    for a, b in pairwise(edges):
        over = sorted((m for m in marks if m.start <= a and m.stop >= b), key=lambda m: m.stop - m.start)
        yield Piece(
            at=a,
            text=text[a:b],
            kinds=tuple(dict.fromkeys(m.kind for m in over)),
            href=next((m.href for m in over if m.href), None),
            title=next((m.title for m in over if m.title), None),
        )
