"""Tokens of a text found by character offset."""

from bisect import bisect_left, bisect_right

from nlp.doc import Doc


class Tokens:
    """Where the tokens of one text begin and end."""

    __slots__ = ("starts", "stops")

    def __init__(self, doc: Doc) -> None:
        self.starts, self.stops = doc.starts, doc.stops

    def between(self, start: int, stop: int) -> tuple[int, int]:
        """First and last (exclusive) token that shares a character with `start` to `stop`."""
        return bisect_right(self.stops, start), bisect_left(self.starts, stop)
