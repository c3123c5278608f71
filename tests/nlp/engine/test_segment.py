"""Tokens and sentences against razdel's own."""

import random

import razdel
from hypothesis import given, settings
from hypothesis import strategies as st
from razdel.segmenters.tokenize import ATOM

from nlp.engine.segment import KINDS, classes, sentenize, tokenize

PIECES = [
    *"аб Ё.,!?…;:=-)(»«\"'/\\_*5\nxY|",
    "67",
    "yahoo",
    "YAHOO!",
    "т.",
    "г.",
    "им. ",
    "и т. д.",
    "Кн. ",
    "—",
    "–",
    "😀",
    "²",
    "٣",
    "\u00a0",
    "\u2028",
    "\x1c",
    "İ",
    "K",
    "Δ",
    "т.е.",
    "А.",
    "5)",
    ":-)",
    "1.",
    "§",
    "IV.",
    "сказал",
    "Он",
]


def same_as_razdel(text: str) -> None:
    starts, stops = tokenize(text)
    assert list(zip(starts.tolist(), stops.tolist(), strict=True)) == [(t.start, t.stop) for t in razdel.tokenize(text)]
    if text.strip():
        assert sentenize(text) == [(s.start, s.stop) for s in razdel.sentenize(text)]
    else:
        assert sentenize(text) == []


def test_every_code_point_has_the_class_that_razdel_gives_it() -> None:
    table = classes()
    for code in range(0x110000):
        atom = ATOM.match(chr(code))
        assert table[code] & 7 == (KINDS[atom.lastgroup or ""] if atom else 0), hex(code)


def test_releases(releases: list[str]) -> None:
    for text in releases:
        same_as_razdel(text)


def test_random_joins_of_what_the_rules_look_at() -> None:
    draw = random.Random(7)
    for _ in range(3_000):
        same_as_razdel("".join(draw.choice(PIECES) for _ in range(draw.randint(0, 40))))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    same_as_razdel(text)


def test_a_lone_surrogate_is_a_token_like_another() -> None:
    same_as_razdel("до \ud800 после. Ещё")


def test_a_mark_joins_its_neighbours_even_over_a_space() -> None:
    text = "5, 6 кто -то"
    starts, stops = tokenize(text)
    assert [text[a:b] for a, b in zip(starts, stops, strict=True)] == ["5,", "6", "кто", "-то"]


def test_initials_and_abbreviations_do_not_end_a_sentence() -> None:
    text = "А. С. Петров прибыл в г. Тверь. Он выступил."
    assert [text[a:b] for a, b in sentenize(text)] == ["А. С. Петров прибыл в г. Тверь.", "Он выступил."]
