"""Events that the text puts off."""

import pytest

from nlp.meetings.segments import Anchor
from nlp.meetings.settings import postponed
from tests.nlp.test_meetings import scene


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Форум породнённых городов перенесён на 12 мая.", True),
        ("Заседание комиссии отложено.", True),
        ("Объявлено о переносе заседания на осень.", True),
        ("Форум породнённых городов перенесён в большой зал.", False),
        ("Форум породнённых городов пройдёт 12 мая.", False),
    ],
)
def test_put_off(text: str, expected: bool) -> None:
    laid = scene(text)
    assert any(postponed(laid, Anchor(c, i, 1.0)) for i, c in enumerate(laid.candidates)) is expected
