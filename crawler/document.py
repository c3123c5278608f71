"""A page's bytes → its tree, within limits; and the errors of pages that cannot be read."""

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, TypeAlias

from lxml import etree
from lxml.cssselect import CSSSelector

from crawler import charset

MAX_BYTES = 12_000_000
"""The longest transcripts of agencies are under 1 MB of markup; more is a mistake or an attack."""

UNSEEN = (
    *("script", "style", "noscript", "template", "iframe", "svg", "canvas", "object", "embed", "video", "audio", "map"),
    *("input", "select", "textarea", "button", "option", "datalist", "frameset", "applet"),
)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
GZIP = b"\x1f\x8b"

SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "архив или документ Office"),
    (b"\x89PNG", "изображение PNG"),
    (b"\xff\xd8\xff", "изображение JPEG"),
    (b"GIF8", "изображение GIF"),
    (b"\x7fELF", "программа"),
    (b"MZ\x90", "программа"),
    (b"Rar!", "архив RAR"),
    (b"7z\xbc\xaf", "архив 7z"),
    (b"\xd0\xcf\x11\xe0", "документ Office прежних версий"),
    (b"SQLite format 3\0", "база SQLite"),
)

Element: TypeAlias = Any
"""lxml.etree._Element, of which lxml ships no types."""


class Unreadable(ValueError):
    """No release can be read from the page: the message begins with the page's address."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url}: {why}" if url else why)
        self.url = url
        self.why = why


class EmptyPage(Unreadable):
    """The page has no text of a release: an empty answer, a listing, a frame filled in by JavaScript."""


class Blocked(Unreadable):
    """The site answered with a challenge or a refusal instead of the page; ask again later and slower."""


class LayoutChanged(Unreadable):
    """A verified source's selector finds nothing on a page: the site was redesigned and its file must be mended."""


class NotAPage(Unreadable):
    """Bytes that are no text: an image, an archive, a program."""


class TooLarge(Unreadable):
    """More bytes than any release has."""


def inflate(body: bytes, url: str = "") -> bytes:
    """Undoes a gzip that the server forgot to declare; what can be saved of a broken one is saved."""
    if not body.startswith(GZIP):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise NotAPage(url, f"испорченный gzip ({error})") from None
    return plain


def text_of(body: bytes, *, url: str = "", header: str | None = None, declared: str | None = None) -> str:
    """The page's text without control characters. Raises TooLarge and NotAPage."""
    body = inflate(body, url)
    if len(body) > MAX_BYTES:
        raise TooLarge(url, f"больше {MAX_BYTES // 1_000_000} МБ")
    text = charset.decode(body, header=header, declared=declared).text
    return CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|div|p|h[1-6]|article|section|table|span|br|ul|li|a|b|i|meta)\b[^>]*>", re.I
)


def is_markup(text: str) -> bool:
    """HTML, even a fragment; a text that only mentions a tag is not."""
    return len(MARKUP.findall(text[:20_000])) >= 2 or text.lstrip()[:15].lower().startswith(("<!doctype", "<html"))


def refuse_binary(body: bytes, url: str = "") -> None:
    """Raises NotAPage for images, archives, programs, PDF: told by their first bytes or by bytes no text has."""
    if body.startswith(GZIP):
        return
    for signature, what in SIGNATURES:
        if body.startswith(signature):
            raise NotAPage(url, f"это не текст, а {what}")
    if charset.utf16_without_mark(body) or body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    head = body[:8000]
    strange = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
    if strange > max(3, len(head) // 100):
        raise NotAPage(url, "это не текст, а двоичный файл")


def tree(text: str, url: str = "") -> Element:
    """The page's root, with what no reader sees taken out. Raises EmptyPage when there is no element at all."""
    # lxml.html's own parser looks a Python class up for each element; the plain one is a third faster to walk.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise EmptyPage(url, "на странице нет ни одного элемента")
    return root


def markup(root: Element) -> str:
    return str(etree.tostring(root, encoding="unicode", method="html"))


def visible(root: Element) -> Element:
    """The <body>, or everything where a page has none or several."""
    bodies = root.findall("body")
    return bodies[0] if len(bodies) == 1 else root


def drop_unseen(root: Element) -> None:
    """Removes scripts, controls and hidden elements, keeping the text that follows them."""
    for element in list(root.iter(*UNSEEN)):
        drop(element)
    for element in root.xpath("//*[@hidden or @style or @aria-hidden='true']"):
        if (
            element.get("hidden") is not None
            or element.get("aria-hidden")
            or HIDDEN_STYLE.search(element.get("style", ""))
        ):
            drop(element)


def drop(element: Element) -> None:
    """Takes an element out, its tail kept, its neighbours' words not glued together."""
    parent = element.getparent()
    if parent is None:
        return
    tail = f" {element.tail}" if element.tail else ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def inside(element: Element, ancestor: Element) -> bool:
    return element is ancestor or any(node is ancestor for node in element.iterancestors())


def crowded(element: Element, most: int) -> bool:
    """More than so many children; `len` would count all of a hostile page's."""
    return next(islice(element, most, None), None) is not None


def words(element: Element) -> str:
    """The element's text on one line."""
    return " ".join(" ".join(element.itertext()).split())


def select(root: Element, css: str) -> Iterator[tuple[Element, str]]:
    """Elements matching a selector with their values: the text, or the attribute that `::attr(name)` names.

    Alternatives between commas are tried in the order written; the first that finds something gives all.
    """
    for one in split_alternatives(css):
        found = list(matches(root, one))
        if found:
            yield from found
            return


def matches(root: Element, css: str) -> Iterator[tuple[Element, str]]:
    path, _, ending = css.partition("::")
    attribute = ending.removeprefix("attr(").rstrip(") ") if ending.startswith("attr(") else None
    for element in compiled(path.strip())(root):
        value = element.get(attribute) if attribute else words(element)
        if value and value.strip():
            yield element, value.strip()


@lru_cache(maxsize=1024)
def compiled(css: str) -> CSSSelector:
    return CSSSelector(css, translator="html")


@lru_cache(maxsize=1024)
def split_alternatives(css: str) -> tuple[str, ...]:
    """Commas outside of parentheses and brackets divide a selector."""
    return tuple(part.strip() for part in re.split(r",(?![^(\[]*[)\]])", css) if part.strip())
