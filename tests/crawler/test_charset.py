"""Bytes to text; the combinations that sites show are case 9."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.charset import decode

RUSSIAN = "Министр прибыл на Кубу и встретился с руководителем Института кино. «Мы договорились», — сказал он."


def test_the_witnesses_in_their_order() -> None:
    assert decode(b"\xef\xbb\xbf" + RUSSIAN.encode(), declared="cp1251").rule == "mark"
    assert decode(RUSSIAN.encode("cp1251"), declared="cp1251").rule == "source"
    assert decode(RUSSIAN.encode(), header="text/html; charset=windows-1251").rule == "utf-8"
    assert decode(RUSSIAN.encode("cp1251"), header="text/html; charset=utf-8").rule == "letters"
    assert decode("Café fermé".encode("latin-1"), header="text/html; charset=iso-8859-1").rule == "header"
    assert decode('<meta charset="latin-1">Café fermé'.encode("latin-1")).rule == "meta"
    assert decode("Café".encode("latin-1")).rule == "none"
    assert decode(b"plain").text == "plain"


def test_each_old_encoding_is_told_by_its_letters() -> None:
    for encoding in ("cp1251", "koi8-r", "cp866", "iso8859-5"):
        text = RUSSIAN.replace("«", '"').replace("»", '"').replace("—", "-")
        assert decode(text.encode(encoding)).encoding == encoding


def test_one_broken_byte_among_many_does_not_change_the_encoding() -> None:
    body = (RUSSIAN * 20).encode()
    assert decode(body[:101] + b"\xff" + body[101:]).encoding == "utf-8"


def test_a_label_that_is_no_text_encoding_is_ignored() -> None:
    assert decode("Café".encode("latin-1"), header="text/html; charset=hex").rule == "none"


@given(st.binary(max_size=400), st.sampled_from([None, "text/html; charset=utf-8", "text/html; charset=zip"]))
def test_any_bytes_become_text(body: bytes, header: str | None) -> None:
    assert isinstance(decode(body, header=header).text, str)
