"""A name found in a text together with what stands around it: what the rules of repair look at."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from nlp.doc import Doc
from nlp.tokens import Tokens

Kind = Literal["PER", "ORG", "LOC"]


class Found(NamedTuple):
    """A name in the text with the model or rule that made the span what it is."""

    start: int
    stop: int
    type: str
    rule: str


class Near:
    """A name with its own words, the words around it on the same line, and the other names of the text.

    Made once for each span and read by every rule.
    """

    __slots__ = ("_tokens", "after", "before", "doc", "found", "names", "previous", "said", "start", "stop", "type")

    def __init__(self, doc: Doc, tokens: Tokens, found: Found) -> None:
        self.doc, self.found = doc, found
        self.start, self.stop, self.type = found.start, found.stop, found.type
        text = doc.text
        self.said = text[found.start : found.stop]
        self.before = text[max(0, found.start - 90) : found.start].rpartition("\n")[2]
        """Ninety characters at most."""
        self.after = text[found.stop : found.stop + 60].partition("\n")[0]
        bare = self.before.rstrip(' \xa0\t«"„')
        self.previous = bare[bare.rfind(" ") + 1 :].rpartition("\xa0")[2]
        """The word before, without the quotation mark that opens the name."""
        self.names: Sequence[Found] = ()
        self._tokens: Tokens | tuple[int, int] = tokens

    @property
    def tokens(self) -> tuple[int, int]:
        """First and last (exclusive) token of the name."""
        if isinstance(self._tokens, Tokens):
            self._tokens = self._tokens.between(self.start, self.stop)
        return self._tokens

    def cut(self, rule: str, start: int | None = None, stop: int | None = None, type_: str | None = None) -> Found:
        """The name with another beginning, end or type."""
        return Found(
            self.start if start is None else start, self.stop if stop is None else stop, type_ or self.type, rule
        )
