"""A text cut into tokens and sentences: razdel's rules, its patterns run only where they can matter."""

import re
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from razdel.rule import JOIN
from razdel.segmenters.punct import DASHES, ENDINGS
from razdel.segmenters.sentenize import DELIMITER, RULES, SentSplit
from razdel.segmenters.tokenize import ATOM

from nlp.engine import kernels

Ints = NDArray[np.int32]

BORDER = re.compile(f"(?:{DELIMITER})(?=\\s)")
"""A delimiter before a space: razdel's rule `no_space_prefix` joins at all others, whatever stands around them."""
WINDOW = 10
"""Characters on either side of a delimiter that razdel's rules see."""
DECISIONS = [rule.function for rule in RULES]

KINDS = {
    "RU": kernels.RU,
    "LAT": kernels.LAT,
    "INT": kernels.INT,
    "PUNCT": kernels.PUNCT,
    "OTHER": kernels.OTHER,
}
MARKS = {
    DASHES: kernels.DASH,
    "_": kernels.UNDERSCORE,
    ".,": kernels.POINT,
    "/\\": kernels.SLASH,
    ENDINGS: kernels.ENDING,
}
LETTERS_END, DIGITS_END = 0x3000, 0x20000
"""No letter of razdel's alphabets (in any case) and none of its marks lies beyond the first, no digit or space beyond
the second; a test looks at every code point."""


@cache
def classes() -> NDArray[np.uint8]:
    """The class of every code point, asked of razdel's own pattern."""
    table = np.full(0x110000, kernels.OTHER, np.uint8)
    table[:LETTERS_END] = kernels.SPACE
    for match in ATOM.finditer("".join(map(chr, range(LETTERS_END)))):
        table[match.start() : match.end()] = KINDS[match.lastgroup or ""]
    for match in re.finditer(r"[\d\s]", "".join(map(chr, range(LETTERS_END, DIGITS_END)))):
        table[ord(match.group())] = kernels.SPACE if match.group().isspace() else kernels.INT
    for marks, bit in MARKS.items():
        for mark in marks:
            table[ord(mark)] |= bit
    return table


def tokenize(text: str) -> tuple[Ints, Ints]:
    """Starts and stops of razdel's tokens."""
    code_points = np.frombuffer(bytearray(text.encode("utf-32-le", "surrogatepass")), np.uint32)
    starts, stops = np.empty(len(text), np.int32), np.empty(len(text), np.int32)
    count = kernels.tokens(code_points, classes(), starts, stops)
    return starts[:count].copy(), stops[:count].copy()


def sentenize(text: str) -> list[tuple[int, int]]:
    """Starts and stops of razdel's sentences; none for a text of spaces alone."""
    cuts = [0]
    for match in BORDER.finditer(text):
        if parts(text, match.start(), match.end(), cuts[-1]):
            cuts.append(match.end())
    cuts.append(len(text))
    found = (stripped(text, start, stop) for start, stop in pairwise(cuts))
    return [(start, stop) for start, stop in found if start < stop]


def parts(text: str, start: int, stop: int, since: int) -> bool:
    """Does the delimiter end the sentence that began at `since`?"""
    split = SentSplit(text[max(0, start - WINDOW) : start], text[start:stop], text[stop : stop + WINDOW])
    split.buffer = text[since:start]
    return not any(decide(split) == JOIN for decide in DECISIONS)


def stripped(text: str, start: int, stop: int) -> tuple[int, int]:
    chunk = text[start:stop]
    return start + len(chunk) - len(chunk.lstrip()), stop - len(chunk) + len(chunk.rstrip())
