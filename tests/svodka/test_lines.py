from datetime import date

import pytest

from nlp.annotation import Release
from svodka.lines import BadLine, releases


def test_a_line_becomes_a_release() -> None:
    line = '{"id": "a", "published": "2024-04-16", "title": "Встреча", "text": "Текст."}'.encode()
    assert list(releases([line])) == [Release(id="a", text="Текст.", title="Встреча", published=date(2024, 4, 16))]


def test_title_and_date_may_be_missing_or_null() -> None:
    assert list(releases([b'{"id": "a", "text": "", "title": null}'])) == [Release(id="a", text="")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "не JSON"),
        (b"[]", "ожидается объект"),
        (b'{"id": 1, "text": ""}', "поле «id» должно быть строкой"),
        (b'{"id": "a"}', "поле «text» должно быть строкой"),
        (b'{"id": "a", "text": "", "published": "\xd0\xb2\xd1\x87\xd0\xb5\xd1\x80\xd0\xb0"}', "поле «published»"),
        (b'{"id": "a", "text": "\xff"}', "не UTF-8 (байт 22)"),
        (b'{"id": "a", "text": "\\ud800"}', "половина суррогатной пары"),
    ],
)
def test_a_bad_line_is_an_error_with_its_number_and_the_rest_goes_on(line: bytes, reason: str) -> None:
    bad, good = releases([b"\n", line, b'{"id": "b", "text": "x"}'][1:])
    assert isinstance(bad, BadLine)
    assert str(bad).startswith("строка 1: ")
    assert reason in str(bad)
    assert good == Release(id="b", text="x")


def test_blank_lines_are_passed_over_but_counted() -> None:
    (bad,) = releases([b"\n", b"  \n", b"?"])
    assert isinstance(bad, BadLine)
    assert bad.number == 3


def test_a_text_too_long_is_refused_before_any_work() -> None:
    (bad,) = releases([b'{"id": "a", "text": "' + b"a" * 1_000_001 + b'"}'])
    assert isinstance(bad, BadLine)
    assert "длиннее" in bad.reason
