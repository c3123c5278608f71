"""Bytes of a page → its text, whatever encoding the server, the page and the bytes themselves claim.

Russian sites lie in every combination: windows-1251 under a UTF-8 header, UTF-8 under an old windows-1251 meta, KOI8-R
under nothing at all. The bytes are the better witness, so they are heard first and the labels only after them.
"""

import codecs
import re
from dataclasses import dataclass

LABEL = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
XML_LABEL = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""")
HEADER_LABEL = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
"""Tried in this order, so that equal scores go to the commonest."""

FREQUENT = "оеаинтсрвлкмдпу"
"""Four letters of five in Russian prose are one of these; read in a wrong encoding, fewer than one in three."""

ENOUGH_FREQUENT = 0.45
SAMPLE = 60_000
"""Bytes above 127 looked at when single-byte encodings are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    text: str
    encoding: str
    """Python's name of the encoding."""
    rule: str
    """Which witness decided: mark, utf-8, letters, header, meta, source, or none."""


def decode(body: bytes, *, header: str | None = None, declared: str | None = None) -> Decoded:
    """Never raises: bytes that fit nothing come out as U+FFFD.

    `header` is the Content-Type as sent; `declared` is the encoding that the source's file states, which is believed
    above all but a byte order mark.
    """
    for mark, encoding in MARKS:
        if body.startswith(mark):
            return decoded(body[len(mark) :], encoding, "mark")
    if declared:
        return decoded(body, declared, "source")
    if wide := utf16_without_mark(body):
        return decoded(body, wide, "letters")
    return from_utf8(body) or from_letters(body) or from_labels(body, header)


def decoded(body: bytes, encoding: str, rule: str) -> Decoded:
    return Decoded(text=body.decode(encoding, "replace"), encoding=encoding, rule=rule)


def utf16_without_mark(body: bytes) -> str | None:
    """Markup in UTF-16 has a zero beside each ASCII character; a few stray NULs in a page are not that."""
    head = body[:4000]
    if len(head) < 40 or head.count(0) < len(head) * 0.2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return "utf-16-le" if odd > 4 * even else "utf-16-be" if even > 4 * odd else None


def from_utf8(body: bytes) -> Decoded | None:
    """Valid UTF-8 with anything beyond ASCII in it is UTF-8: other encodings of Russian never are by chance.

    A cut-off last character or a few broken bytes among thousands of good ones change nothing.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        if len(re.findall("[а-яёА-ЯЁ]", text)) < 20 * broken:
            return None
    return Decoded(text=text, encoding="utf-8", rule="utf-8")


def from_letters(body: bytes) -> Decoded | None:
    """The single-byte encoding in which the page reads most like Russian, if it does in any."""
    high = bytes(byte for byte in body[: SAMPLE * 4] if byte > 127)[:SAMPLE]
    if not high:
        return None
    scores = [(likeness(high.decode(encoding, "replace")), -order) for order, encoding in enumerate(CYRILLIC)]
    best, order = max(scores)
    return decoded(body, CYRILLIC[-order], "letters") if best >= ENOUGH_FREQUENT else None


def likeness(text: str) -> float:
    """Share of the frequent lower-case letters: prose has few capitals, and KOI8-R read as cp1251 is all capitals."""
    return sum(map(text.count, FREQUENT)) / len(text)


def from_labels(body: bytes, header: str | None) -> Decoded:
    for rule, label in (("header", header_label(header)), ("meta", meta_label(body))):
        if label and known(label):
            return decoded(body, label, rule)
    return decoded(body, "cp1251" if any(byte > 127 for byte in body[:SAMPLE]) else "utf-8", "none")


def header_label(header: str | None) -> str | None:
    found = HEADER_LABEL.search(header or "")
    return found.group(1) if found else None


def meta_label(body: bytes) -> str | None:
    found = XML_LABEL.search(body[:200]) or LABEL.search(body[:4096])
    return found.group(1).decode("ascii") if found else None


def known(label: str) -> bool:
    try:
        # Codecs such as «hex» are no text encodings.
        return codecs.lookup(label)._is_text_encoding
    except LookupError:
        return False
