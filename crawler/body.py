"""Blocks of a page → those that are the text of the release."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from crawler import chrome
from crawler.blocks import Block
from crawler.document import Element, crowded, inside

BODY_CLASSES = frozenset(
    (
        *(
            "entry-content",
            "e-content",
            "articlebody",
            "article-body",
            "article-text",
            "article-content",
            "post-content",
        ),
        *(
            "news-detail",
            "news-text",
            "detail-text",
            "news-body",
            "field-name-body",
            "field--name-body",
            "body-text",
            "fulltext",
        ),
        *("content-text", "text-content", "news-content", "page-content", "wysiwyg", "ckeditor", "editor", "full-text"),
    )
)
"""Names that content systems give to the element that holds the text and nothing else."""

LEAD_CLASSES = frozenset(
    (
        *(
            "lead",
            "lede",
            "lid",
            "anons",
            "anonce",
            "announce",
            "intro",
            "introtext",
            "preview",
            "summary",
            "p-summary",
        ),
        *(
            "entry-summary",
            "subtitle",
            "subheader",
            "subhead",
            "standfirst",
            "annotation",
            "annotacia",
            "deck",
            "teaser",
        ),
        "description",
    )
)
CAPTION_CLASSES = frozenset(
    ("caption", "wp-caption-text", "figcaption", "photo-caption", "signature", "podpis", "photo-desc")
)
DOMINANT = 0.82
"""A child that holds so much of its parent's prose is the place to look further in."""

ENOUGH = 100
"""Characters of prose that make a body beyond doubt; a shorter one is taken only where the headline leads to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    blocks: list[Block]
    where: str
    holder: Element | None = None
    lead: Block | None = None
    lead_where: str = ""


def chosen(blocks: list[Block], headline: Block | None, elements: list[Element]) -> Body | None:
    """What stands in the elements that the source's selector found, the headline and what is above it left out."""
    text = [block for block in blocks if any(inside(block.element, element) for element in elements)]
    if headline is not None and headline in text:
        text = [block for block in text if block.order > headline.order]
    if not any(block.prose for block in text):
        return None
    after = [block for block in blocks if headline is None or block.order > headline.order]
    return with_lead(text, after, headline, elements[0])


def find(blocks: list[Block], headline: Block | None, root: Element) -> Body | None:
    """The element that holds nearly all the prose after the headline, and its blocks."""
    after = [block for block in blocks if headline is None or block.order > headline.order]
    holder = container(after, headline, root)
    if holder is None:
        return nearest(after, headline)
    text = [block for block in after if inside(block.element, holder)]
    return with_lead(joined_neighbours(text, after, holder), after, headline, holder)


def with_lead(text: list[Block], after: list[Block], headline: Block | None, holder: Element) -> Body:
    block, where = lead_of(after, text, headline, holder) or (None, "")
    text = [one for one in text if one is not block]
    return Body(blocks=text, where=name_of(holder), holder=holder, lead=block, lead_where=where)


def container(blocks: list[Block], headline: Block | None, root: Element) -> Element | None:
    mass = weights(blocks, headline)
    node, total = root, mass[root]
    if total < ENOUGH and not (headline is not None and total >= 40):
        return None
    while True:
        child = max(
            (child for child in node if isinstance(child.tag, str)), key=lambda child: mass[child], default=None
        )
        if child is None or mass[child] < threshold(child) * mass[node] or is_leaf(child, blocks):
            return node
        node = child


def weights(blocks: list[Block], headline: Block | None) -> Counter[Element]:
    """Prose under each element; what stands far from the headline in the tree counts half."""
    above = [headline.element, *headline.element.iterancestors()] if headline is not None else []
    depth = {node: len(above) - place for place, node in enumerate(above)}
    mass: Counter[Element] = Counter()
    for block in blocks:
        if not block.prose:
            continue
        chain = [block.element, *block.element.iterancestors()]
        shared = next((depth[node] for node in chain if node in depth), 0)
        weight = int(block.prose * (0.5 + 0.5 * shared / len(above))) if above else block.prose
        for node in chain:
            mass[node] += weight
    return mass


def threshold(child: Element) -> float:
    if chrome.is_body(child):
        return 0.3
    return 0.6 if chrome.class_words_of(child) & BODY_CLASSES else DOMINANT


def is_leaf(element: Element, blocks: list[Block]) -> bool:
    """A paragraph, not a box: going into it would lose its neighbours."""
    if element.tag in (
        "p",
        "li",
        "blockquote",
        "ul",
        "ol",
        "pre",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "table",
    ) and not layout(element):
        return True
    return all(block.element is element for block in blocks if inside(block.element, element)) and not several(
        element, blocks
    )


def several(element: Element, blocks: list[Block]) -> bool:
    """Paragraphs divided by line breaks only."""
    return sum(block.element is element for block in blocks) > 1


def layout(element: Element) -> bool:
    return element.tag == "table" and next(element.iter("td"), None) is not None


def nearest(blocks: list[Block], headline: Block | None) -> Body | None:
    """A release of one or two short lines: what stands between the headline and the next heading."""
    if headline is None:
        return None
    text: list[Block] = []
    for block in blocks[:12]:
        if block.kind == "heading" and text:
            break
        if block.link_share < 0.5 and len(block.text) >= 15 and not chrome.is_line(block.text):
            text.append(block)
    return Body(blocks=text, where="after the headline") if text else None


def joined_neighbours(text: list[Block], after: list[Block], holder: Element) -> list[Block]:
    """The text in several boxes of one kind, as page builders make it: the like-named neighbours of the holder join."""
    names = holder.get("class")
    parent = holder.getparent()
    if not names or parent is None:
        return text
    alike = [node for node in parent if node.tag == holder.tag and node.get("class") == names]
    if len(alike) < 2:
        return text
    return [block for block in after if any(inside(block.element, node) for node in alike)]


def lead_of(after: list[Block], text: list[Block], headline: Block | None, holder: Element) -> tuple[Block, str] | None:
    """The paragraph before the text, outside of it or marked inside it."""
    first = next((block for block in text if block.prose or block.kind == "item"), None)
    if first is None:
        return None
    named = [
        block for block in after if block.order <= first.order and len(block.text) >= 15 and (is_lead(block, holder))
    ]
    if named and (len(text) > 1 or named[0] is not first):
        return named[0], f"class {name_of(named[0].element)}"
    before = [block for block in after if block.order < text[0].order and block.prose >= 40]
    if headline is not None and len(before) == 1:
        return before[0], "between the headline and the body"
    return None


def is_lead(block: Block, holder: Element) -> bool:
    """Named so, and a box of its own: a wrapper called «intro» around all of the text is none."""
    for node in (block.element, *block.element.iterancestors()):
        if node is holder or crowded(node, 3):
            return False
        if "description" in node.get("itemprop", "").lower() or lead_named(node):
            return True
    return False


def lead_named(node: Element) -> bool:
    return bool(chrome.class_words_of(node) & LEAD_CLASSES)


def name_of(element: Element) -> str:
    names = element.get("class", "").split() or [element.get("id", "")]
    return f"{element.tag}.{names[0]}" if names[0] else str(element.tag)


def kept(blocks: Iterable[Block]) -> list[Block]:
    """Without lines of furniture, captions, lists of links, and the ragged end."""
    blocks = [block for block in blocks if not any(rule(block) for rule in DROPPED)]
    while blocks and (blocks[-1].kind == "heading" or is_loose_end(blocks[-1])):
        blocks.pop()
    return blocks


def furniture_line(block: Block) -> bool:
    """«Версия для печати», «Просмотров: 12»"""
    return chrome.is_line(block.text) or (chrome.heads_box(block.text) and block.kind != "item")


def caption(block: Block) -> bool:
    """A picture's caption: kept in its own field."""
    return is_caption(block)


def list_of_links(block: Block) -> bool:
    """A line that is one link, unless it is the long sentence of an announcement."""
    return block.link_share > 0.85 and len(block.text) < 200 and not block.text.endswith((".", "!", "?", "…"))


DROPPED: tuple[Callable[[Block], bool], ...] = (furniture_line, caption, list_of_links)


def is_caption(block: Block) -> bool:
    if block.kind == "caption":
        return True
    nodes = (block.element, block.element.getparent())
    return len(block.text) < 300 and any(
        node is not None and chrome.class_words_of(node) & CAPTION_CLASSES and node.tag not in ("body", "main")
        for node in nodes
    )


def is_loose_end(block: Block) -> bool:
    """A short linked line at the end: «Подробнее на сайте», a tag, a file."""
    return block.link_share > 0.6 and len(block.text) < 120


def render(blocks: Iterable[Block]) -> str:
    """Paragraphs joined by a blank line; items of one list, one below the other."""
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        same_list = (
            before is not None and before.kind == block.kind == "item" and list_around(before) is list_around(block)
        )
        parts.append(("\n" if same_list else "\n\n") + block.text)
        before = block
    return re.sub(r"\n{3,}", "\n\n", "".join(parts)).strip()


def list_around(block: Block) -> Element | None:
    nodes = (block.element, *block.element.iterancestors())
    around = [node for node in nodes if node.tag in ("ul", "ol", "dl")]
    return around[-1] if around else None
