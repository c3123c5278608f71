"""What on a page is furniture and not the release: told by tags, class names, headings, whole lines, sibling pages."""

import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from crawler.blocks import HEADINGS, Block
from crawler.document import Element, drop, words

TAGS = frozenset(("nav", "aside", "footer", "dialog", "menu"))
ROLES = frozenset(
    ("navigation", "complementary", "contentinfo", "search", "dialog", "alert", "banner", "menu", "tooltip")
)
NEGATED = frozenset(
    ("with", "has", "no", "without", "is", "have", "not", "show", "use", "text", "pull", "align", "float")
)
"""«page-with-sidebar» is no sidebar, «text-right» no right column."""
DATED = frozenset(("date", "time", "published", "datetime", "pubdate"))

DAY = re.compile(r"\d{1,2}[.\s]+(?:\d\d|[а-я]{3,8})(?:[.\s]+\d{2,4})?")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
CARD_PARENTS = ("div", "ul", "ol", "section", "tbody", "table", "td", "dl", "article", "main", "body", "form")
HEADING_LENGTH = 60
KEPT = 90
"""Characters of prose that must remain on a page after a box is taken out."""


@dataclass(frozen=True, slots=True)
class Words:
    always: frozenset[str]
    unless_main: frozenset[str]
    compound: re.Pattern[str]
    boxes: frozenset[str]
    lines: re.Pattern[str]


@cache
def known() -> Words:
    """data/chrome.toml, compiled."""
    table = tomllib.loads(files("data").joinpath("chrome.toml").read_text("utf-8"))
    whole, starts = "|".join(table["lines"]["whole"]), "|".join(table["lines"]["starts"])
    return Words(
        always=frozenset(table["classes"]["always"]),
        unless_main=frozenset(table["classes"]["unless_main"]),
        compound=re.compile(table["classes"]["compound"], re.IGNORECASE),
        boxes=frozenset(normal(heading) for heading in table["headings"]["box"]),
        lines=re.compile(rf"(?:(?:{whole})\W*$|(?:{starts}))".replace("ё", "е")),
    )


def normal(text: str) -> str:
    """Small letters, «ё» as «е», nothing around: as headings and lines are compared."""
    return " ".join(text.lower().replace("ё", "е").split()).strip(" :.…!→»>|-–—")


def is_line(text: str) -> bool:
    """«Версия для печати», «Просмотров: 12», a cookie notice: a whole line of furniture."""
    line = " ".join(text.lower().replace("ё", "е").split())
    return known().lines.match(line) is not None or not any(map(str.isalnum, line))


def heads_box(text: str) -> bool:
    """«Читайте также», «Облако тегов»: the heading of a box that is no part of the release."""
    return len(text) <= HEADING_LENGTH and normal(re.sub(r"\s*\(?\d+\)?\s*:?\s*$", "", text)) in known().boxes


@cache
def class_words(names: str) -> frozenset[str]:
    """Words of a class attribute, those after «with», «has», «no» left out."""
    found = set()
    for name in names.split():
        parts = re.split(r"[-_]+|(?<=[a-z])(?=\d)", CAMEL.sub("-", name).lower())
        found |= {part for before, part in zip(["", *parts], parts, strict=False) if before not in NEGATED}
        found.add(name.lower())
    return frozenset(found)


def class_words_of(element: Element) -> frozenset[str]:
    names = f"{element.get('class', '')} {element.get('id', '')}".strip()
    return class_words(names) if names and len(names) < 400 else frozenset()


@cache
def is_compound(names: str) -> bool:
    return known().compound.search(names) is not None


def always(element: Element) -> str | None:
    """The rule by which an element is furniture wherever it stands."""
    in_article = element.tag == "footer" and next(element.iterancestors("article", "blockquote"), None) is not None
    if element.tag in TAGS and not in_article:
        return f"<{element.tag}>"
    if element.get("role", "") in ROLES:
        return f"role {element.get('role')}"
    if found := class_words_of(element) & known().always:
        return f"class {min(found)}"
    names = element.get("class", "")
    return f"class {names}" if names and len(names) < 400 and is_compound(names) else None


def unless_main(element: Element) -> str | None:
    if element.tag == "header":
        return "<header>"
    names = class_words_of(element)
    found = names & known().unless_main
    return f"class {min(found)}" if found and not names & DATED else None


@dataclass(slots=True)
class Mass:
    """How much prose stands under each element."""

    under: Counter[Element] = field(default_factory=Counter)
    total: int = 0

    @classmethod
    def of(cls, blocks: Iterable[Block]) -> "Mass":
        mass = cls()
        for block in blocks:
            if weight := block.prose:
                mass.total += weight
                mass.under[block.element] += weight
                for node in block.element.iterancestors():
                    mass.under[node] += weight
        return mass

    def take(self, element: Element) -> None:
        gone = self.under[element]
        if gone:
            self.total -= gone
            for node in element.iterancestors():
                self.under[node] -= gone


def prune(root: Element, blocks: list[Block], kept: Iterable[Element]) -> None:
    """Takes furniture out of the tree: never the elements to be kept, never the last of the page's prose."""
    mass = Mass.of(blocks)
    sacred = {root}
    for element in kept:
        sacred |= {element, *element.iterancestors()}
    by_names(root, sacred, mass)
    by_headings(blocks, sacred, mass)
    by_cards(root, sacred, mass)


def by_names(root: Element, sacred: set[Element], mass: Mass) -> None:
    stack = [root]
    while stack:
        element = stack.pop()
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child not in sacred and is_furniture(child, mass, sacred):
                mass.take(child)
                drop(child)
            else:
                stack.append(child)


def is_furniture(element: Element, mass: Mass, sacred: set[Element]) -> bool:
    prose = mass.under[element]
    if element.tag in ("body", "html", "main") or is_body(element):
        return False
    if always(element) is not None:
        return mass.total - prose >= KEPT or prose == 0
    return unless_main(element) is not None and prose <= 0.3 * mass.total and not leads_to_headline(element, sacred)


def leads_to_headline(element: Element, sacred: set[Element]) -> bool:
    """«<div class=top>28 марта, 15:30</div><h1>…»: the line right above the headline is the release's own."""
    after = element.getnext()
    return after is not None and after.tag in HEADINGS and after in sacred


def is_body(element: Element) -> bool:
    """Marked by the site itself as the text of the release."""
    return "articlebody" in element.get("itemprop", "").lower() or "e-content" in element.get("class", "").split()


def by_headings(blocks: list[Block], sacred: set[Element], mass: Mass) -> None:
    """A box that begins with «Читайте также»: the whole box, or what follows the heading up to the next prose."""
    for block in blocks:
        element = block.element
        if not heads_box(block.text) or element in sacred or element.getparent() is None:
            continue
        box = widest(block, sacred, mass)
        if box is not None:
            mass.take(box)
            drop(box)


def widest(block: Block, sacred: set[Element], mass: Mass) -> Element | None:
    """The widest element that begins with this heading; the links after it go too when there is nothing around it."""
    element, heading = block.element, normal(block.text)
    whole = normal(words(element)[: len(block.text) + 10])
    if not whole.startswith(heading[:40]):
        return None
    while (parent := element.getparent()) is not None and parent not in sacred and parent.tag != "body":
        if not normal(words(parent)[: len(block.text) + 10]).startswith(heading[:40]):
            break
        if mass.total - mass.under[parent] < KEPT:
            break
        element = parent
    for sibling in following(element):
        mass.take(sibling)
        drop(sibling)
    return element


def following(heading: Element) -> list[Element]:
    """Links, lists of links and short lines after a heading that stands by itself."""
    if len(words(heading)) > HEADING_LENGTH:
        return []
    found = []
    for sibling in heading.itersiblings():
        if not isinstance(sibling.tag, str):
            continue
        text = words(sibling)
        linked = sum(len(words(link)) for link in sibling.iter("a"))
        if sibling.tag in ("h1", "h2", "h3", "h4") or (len(text) > HEADING_LENGTH and linked < 0.4 * len(text)):
            break
        found.append(sibling)
    return found


def by_cards(root: Element, sacred: set[Element], mass: Mass) -> None:
    """Three or more alike boxes in a row, each with a link for its headline: other releases, never this one."""
    for parent in list(root.iter(*CARD_PARENTS)):
        groups: dict[tuple[str, str], list[Element]] = {}
        for child in parent:
            if isinstance(child.tag, str) and child not in sacred and child.tag not in ("h2", "h3", "br", "hr"):
                groups.setdefault((child.tag, child.get("class", "")), []).append(child)
        for group in groups.values():
            cards = [child for child in group if is_card(child)] if len(group) >= 3 else []
            if len(cards) >= 3 and len(cards) >= 0.7 * len(group):
                for child in group:
                    if (
                        len(sacred) > 1
                        or len(group) > 3
                        or mass.total - mass.under[child] >= KEPT
                        or mass.under[child] == 0
                    ):
                        mass.take(child)
                        drop(child)


def is_card(element: Element) -> bool:
    """A linked headline of its own, with a day, a picture or an announcement beside it; or nothing but the link."""
    text = words(element)
    links = [words(link) for link in element.iter("a") if link.get("href")]
    longest = max(links, key=len, default="")
    if len(longest) < 12 or not text:
        return False
    dated = DAY.search(text[:40].lower()) is not None
    if element.tag == "p":
        return dated
    return (
        len(longest) >= 0.6 * len(text) or dated or next(element.iter("img", "h2", "h3", "h4", "h5"), None) is not None
    )


@dataclass(frozen=True, slots=True)
class Siblings:
    """Blocks that several pages of one source share: learned once, kept as JSON, dropped from every page after."""

    shared: frozenset[str] = frozenset()
    """Digests of blocks: their text without digits (counters change, their frames do not) and the boxes around."""
    pages: int = 0

    @classmethod
    def learn(cls, pages: Iterable[Iterable[Block]]) -> "Siblings":
        """Furniture is what at least two pages and a third of all have in the same boxes."""
        seen: Counter[str] = Counter()
        count = 0
        for page in pages:
            count += 1
            seen.update({digest(block) for block in page})
        enough = max(2, count / 3)
        return cls(shared=frozenset(key for key, times in seen.items() if times >= enough), pages=count)

    def has(self, block: Block) -> bool:
        return digest(block) in self.shared

    def as_json(self) -> str:
        return json.dumps({"pages": self.pages, "shared": sorted(self.shared)})

    @classmethod
    def from_json(cls, text: str) -> "Siblings":
        """Raises ValueError when it is not what `as_json` wrote."""
        data: Mapping[str, Any] = json.loads(text)
        try:
            return cls(shared=frozenset(data["shared"]), pages=int(data["pages"]))
        except (KeyError, TypeError) as error:
            raise ValueError(f"не список общих блоков: {error}") from None


def digest(block: Block) -> str:
    """The same words as another page's headline and as a link in this page's «последние новости» are not the same."""
    boxes = [block.element, *block.element.iterancestors()][:3]
    names = " ".join(f"{node.tag}.{node.get('class', '')}" for node in boxes)
    return hashlib.blake2b(f"{names} {re.sub(r'[0-9]+', '0', normal(block.text))}".encode(), digest_size=6).hexdigest()


def drop_shared(blocks: Iterable[Block], siblings: Siblings, sacred: Element | None) -> None:
    """Takes the blocks that sibling pages share out of the tree; a date line differs only in digits and stays."""
    if not siblings.shared:
        return
    for block in blocks:
        element = block.element
        if (
            element is sacred
            or element.getparent() is None
            or not siblings.has(block)
            or DAY.search(block.text.lower())
        ):
            continue
        if words(element) == " ".join(block.text.split()):
            drop(element)
