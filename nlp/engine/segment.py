"""A text cut into tokens and sentences: razdel's rules, its patterns run only where they can matter."""

import re
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from razdel.segmenters.punct import CLOSE_BRACKETS, CLOSE_QUOTES, DASHES, ENDINGS, GENERIC_QUOTES
from razdel.segmenters.sentenize import (
    BULLET_BOUNDS,
    BULLET_SIZE,
    DELIMITER,
    DELIMITERS,
    FIRST_TOKEN,
    LAST_TOKEN,
    PAIR_SOKR,
    SMILE_PREFIX,
    TOKEN,
    WORD,
    is_bullet,
    is_lower_alpha,
    is_sokr,
)
from razdel.segmenters.sokr import HEAD_PAIR_SOKRS, HEAD_SOKRS, INITIALS, PAIR_SOKRS, SOKRS
from razdel.segmenters.tokenize import ATOM

from nlp.engine import kernels

Ints = NDArray[np.int32]

BORDER = re.compile(f"(?:{DELIMITER})(?=\\s)")
"""A delimiter before a space: razdel's rule `no_space_prefix` joins at all others, whatever stands around them."""
WINDOW = 10
"""Characters on either side of a delimiter that razdel's rules see."""

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
    kinds, (starts, stops) = np.empty(len(text), np.uint8), np.empty((2, len(text)), np.int32)
    count = kernels.tokens(code_points, classes(), kinds, starts, stops)
    return starts[:count].copy(), stops[:count].copy()


def sentenize(text: str) -> list[tuple[int, int]]:
    """Starts and stops of razdel's sentences; none for a text of spaces alone."""
    cuts = [0]
    for match in BORDER.finditer(text):
        if ends(text, match.start(), match.end(), cuts[-1]):
            cuts.append(match.end())
    cuts.append(len(text))
    found = (stripped(text, start, stop) for start, stop in pairwise(cuts))
    return [(start, stop) for start, stop in found if start < stop]


def ends(text: str, start: int, stop: int, since: int) -> bool:
    """Does the delimiter from start to stop end the sentence that began at `since`?"""
    delimiter, after, before = text[start:stop], text[stop : stop + WINDOW], text[max(0, start - WINDOW) : start]
    first, last = FIRST_TOKEN.match(after), LAST_TOKEN.search(before)
    if first is None or last is None:
        return False
    left, right = last.group(1), first.group(1)
    return not (
        goes_on(right, after)
        or (delimiter == "." and abbreviated(left, right, before))
        or (delimiter in BULLET_BOUNDS and numbers(text[since:start]))
        or (closes(delimiter, before) and left not in ENDINGS)
        or (delimiter in GENERIC_QUOTES and before[-1:].isspace())
        or (right in DASHES and remarks(after))
    )


def goes_on(right: str, after: str) -> bool:
    """«США? и», «1982!; а», «конец. :)»: a small letter, a further mark or a smile follows."""
    if is_lower_alpha(right):
        return True
    return right not in GENERIC_QUOTES and (right in DELIMITERS or SMILE_PREFIX.match(after) is not None)


def abbreviated(left: str, right: str, before: str) -> bool:
    """«ул. Мира», «и т. д. 5», «А. Петров»: the point belongs to the word before it."""
    pair = PAIR_SOKR.search(before)
    if pair is not None:
        known = (pair.group(1).lower(), pair.group(2).lower())
        if known in HEAD_PAIR_SOKRS or (known in PAIR_SOKRS and is_sokr(right)):
            return True
        alone = known not in PAIR_SOKRS
    else:
        alone = True
    word = left.lower()
    if alone and (word in HEAD_SOKRS or (word in SOKRS and is_sokr(right))):
        return True
    return (word, right.lower()) in PAIR_SOKRS or (left.isupper() and len(left) == 1) or word in INITIALS


def numbers(sentence: str) -> bool:
    """«1.», «IV)», «8.1.»: all that there is so far numbers a list."""
    return len(sentence) <= BULLET_SIZE and all(map(is_bullet, TOKEN.findall(sentence)))


def closes(delimiter: str, before: str) -> bool:
    """«текст» Он», «(1999) Он»: a quotation or a bracket ends, which ends a sentence only after its own ending."""
    if delimiter in CLOSE_QUOTES or delimiter in CLOSE_BRACKETS:
        return True
    return delimiter in GENERIC_QUOTES and not before[-1:].isspace()


def remarks(after: str) -> bool:
    """«Да! – сказал он»: after the dash the author speaks."""
    word = WORD.search(after)
    return word is not None and is_lower_alpha(word.group(1))


def stripped(text: str, start: int, stop: int) -> tuple[int, int]:
    chunk = text[start:stop]
    return start + len(chunk) - len(chunk.lstrip()), stop - len(chunk) + len(chunk.rstrip())
