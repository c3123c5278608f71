"""A tree → its blocks of text in reading order: paragraphs, headings, list items, rows, quotations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from crawler.document import Element

BLOCK_TAGS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl"),
        *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hgroup", "hr", "html", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption"),
    )
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
KINDS = {
    **dict.fromkeys(HEADINGS, "heading"),
    **dict.fromkeys(("li", "dd", "dt"), "item"),
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
}
LINK_ON, LINK_OFF = "\ue000", "\ue001"
"""Private characters that mark linked text until it is counted."""

SPACES = re.compile(r"[\s\u200b\ufeff]+")
SPACE_BEFORE = re.compile(r" ([,.;:!?»)])(?= |$)")
SENTENCE_END = re.compile(r"[.!?…:;»\")]$")


@dataclass(slots=True, kw_only=True, eq=False)
class Block:
    """A run of text that the page sets apart."""

    text: str
    """One line, or several where the page broke lines inside the block."""
    kind: str
    element: Element
    """The nearest block element around it."""
    linked: int
    """Characters of it inside links."""
    order: int = 0

    @property
    def link_share(self) -> float:
        return self.linked / len(self.text) if self.text else 0.0

    @property
    def prose(self) -> int:
        """Characters that speak for running text: none for menus, headings, dates and lists of links."""
        if self.kind in ("heading", "caption") or self.link_share > 0.5:
            return 0
        if len(self.text) >= 80 or (
            len(self.text) >= 25 and SENTENCE_END.search(self.text) and self.text.count(" ") >= 3
        ):
            return len(self.text) - self.linked
        return 0


@dataclass(slots=True)
class Reader:
    """Walks the tree once and cuts its text at the borders of blocks."""

    found: list[Block] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    owners: list[Element] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    links: int = 0
    verbatim: int = 0
    """Elements <pre> around."""

    def read(self, root: Element) -> list[Block]:
        self.enter(root)
        self.add(root.text)
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if element is root or not isinstance(element.tag, str):
                continue
            if event == "start":
                if element.tag == "table" and (rows := data_rows(element)):
                    self.table(element, rows)
                    walker.skip_subtree()
                else:
                    self.start(element)
            else:
                self.end(element)
                self.add(element.tail)
        self.flush()
        for order, block in enumerate(self.found):
            block.order = order
        return self.found

    def enter(self, element: Element) -> None:
        self.owners.append(element)
        self.verbatim += element.tag == "pre"
        self.kinds.append(KINDS.get(element.tag) or (self.kinds[-1] if self.kinds else "paragraph"))

    def start(self, element: Element) -> None:
        if element.tag in BLOCK_TAGS:
            self.flush()
            self.enter(element)
        elif element.tag == "br":
            self.run.append("\n")
        elif element.tag == "a" and element.get("href"):
            self.links += 1
            self.run.append(LINK_ON)
        self.add(element.text)

    def end(self, element: Element) -> None:
        if element.tag in BLOCK_TAGS:
            self.flush()
            if self.owners[-1] is element:
                self.owners.pop()
                self.verbatim -= element.tag == "pre"
                self.kinds.pop()
        elif element.tag == "a" and element.get("href") and self.links:
            self.links -= 1
            self.run.append(LINK_OFF)

    def add(self, text: str | None) -> None:
        if text:
            self.run.append(text if self.verbatim else SPACES.sub(" ", text))

    def table(self, element: Element, rows: list[str]) -> None:
        self.flush()
        linked = sum(len(" ".join(link.itertext())) for link in element.iter("a"))
        self.found.append(Block(text="\n".join(rows), kind="table", element=element, linked=linked))

    def flush(self) -> None:
        text, self.run = "".join(self.run), [LINK_ON] if self.links else []
        if not text or text.isspace():
            return
        for piece in pieces(text):
            clean = tidy(piece.replace(LINK_ON, "").replace(LINK_OFF, ""))
            if clean:
                self.found.append(
                    Block(
                        text=clean,
                        kind=self.kinds[-1],
                        element=self.owners[-1],
                        linked=min(linked_in(piece), len(clean)),
                    )
                )


def pieces(text: str) -> Iterator[str]:
    """Two line breaks divide paragraphs; in a text that knows only single ones, a finished sentence does too.

    Each piece begins and ends with the link state it really has.
    """
    inside = False
    lines = divided(text)
    for line in lines:
        yield (LINK_ON if inside else "") + line
        inside = (inside or LINK_ON in line) and line.rfind(LINK_ON) >= line.rfind(LINK_OFF)


def divided(text: str) -> list[str]:
    if "\n" not in text:
        return [text]
    paragraphs = re.split(r"\n(?:\s|[\ue000\ue001])*\n", text)
    if len(paragraphs) > 2 or len(text) < 200:
        return paragraphs
    return [piece for paragraph in paragraphs for piece in by_sentences(paragraph)]


def by_sentences(text: str) -> list[str]:
    found: list[str] = []
    for line in text.split("\n"):
        finished = not found or SENTENCE_END.search(found[-1].rstrip(" \ue000\ue001\xa0"))
        if finished:
            found.append(line)
        else:
            found[-1] += "\n" + line
    return found


def linked_in(piece: str) -> int:
    total, rest = 0, piece
    while LINK_ON in rest:
        linked, _, after = rest.partition(LINK_ON)[2].partition(LINK_OFF)
        total += len(linked.strip())
        rest = after
    return total


def tidy(text: str) -> str:
    lines = (SPACE_BEFORE.sub(r"\1", " ".join(line.split())) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def data_rows(table: Element) -> list[str]:
    """Rows of a table of data, cells divided by a bar; none for a table that only lays the page out."""
    if next(table.iterdescendants("table"), None) is not None or table.get("role") == "presentation":
        return []
    rows = [
        [" ".join(" ".join(cell.itertext()).split()) for cell in row if cell.tag in ("td", "th")]
        for row in table.iter("tr")
    ]
    rows = [row for row in rows if any(row)]
    if len(rows) < 2 or sum(len([cell for cell in row if cell]) >= 2 for row in rows) < len(rows) * 0.6:
        return []
    cells = [cell for row in rows for cell in row if cell]
    if max(map(len, cells)) > 600 or sum(map(len, cells)) / len(cells) > 160:
        return []
    return [" | ".join(cell for cell in row if cell) for row in rows]


def read(root: Element) -> list[Block]:
    return Reader().read(root)
