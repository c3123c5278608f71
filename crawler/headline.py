"""Which of a page's lines is the headline of the release."""

import re
from dataclasses import dataclass

from crawler.blocks import HEADINGS, Block
from crawler.chrome import Mass, always, class_words_of, heads_box, normal
from crawler.document import Element, crowded
from crawler.metadata import Metadata

SECTIONS = frozenset(
    normal(name)
    for name in (
        *(
            "новости",
            "новость",
            "пресс-центр",
            "пресс-служба",
            "пресс-релизы",
            "пресс-релиз",
            "события",
            "главная",
            "сообщения",
        ),
        *(
            "лента новостей",
            "все новости",
            "новости и события",
            "новости министерства",
            "новости ведомства",
            "медиа",
            "статья",
        ),
        *(
            "информация",
            "публикации",
            "мероприятия",
            "анонсы",
            "архив",
            "документы",
            "материалы",
            "новости компании",
            "блог",
        ),
        *(
            "новости и репортажи",
            "новости региона",
            "новости города",
            "деятельность",
            "поиск",
            "меню",
            "news",
            "home",
            "press",
        ),
    )
)
"""Titles of a site's sections, which old sites put into <title> and <h1> alike."""

DIVIDERS = re.compile(r"\s+(?:[|/•·»›:]+|::|[-–—])\s+|\s*\|\s*|::")
HEADLINE_CLASSES = frozenset(
    ("headline", "title", "heading", "zagolovok", "caption", "header", "name", "subject", "h1", "zag")
)
RELEASE_CLASSES = frozenset(
    ("news", "article", "post", "page", "detail", "material", "publication", "content", "release")
)
"""«news-title», «page__title», «detailTitle»"""

SECTION = re.compile(r"(?:все |главные |последние )?новости(?: [а-я-]+)?")
DATE_LINE = re.compile(r"(?i)опубликован|дата |просмотр|\d\d\.\d\d\.\d\d|^\W*\d{1,2} [а-я]{3,8}\.? \d{4}")
MIN, MAX = 8, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    text: str
    where: str
    block: Block | None
    """None when the headline stands only in the markup's head or in a hint."""


def find(blocks: list[Block], metadata: Metadata, hint: str = "") -> Headline | None:
    """The line that agrees best with what the page, or the listing, calls the release; else the best-marked heading."""
    named = [*stated(metadata, hint), *crumbs(blocks)]
    mass = Mass.of(blocks)
    scored = [
        (score(block, named, blocks, mass), -block.order, block) for block in blocks if MIN <= len(block.text) <= MAX
    ]
    best, _, block = max(scored, key=lambda item: item[:2], default=(0.0, 0, None))
    if block is not None and best >= 4:
        return Headline(text=one_line(block.text), where=where(block), block=block)
    above = line_above(blocks)
    for place, text in (("hint", hint), *metadata.titles()):
        if text and not is_section(text) and (place == "hint" or above is None or is_told(text, blocks)):
            return Headline(text=without_site(one_line(text), metadata), where=place, block=None)
    return Headline(text=one_line(above.text), where="line above the text", block=above) if above else None


def line_above(blocks: list[Block]) -> Block | None:
    """On pages without headings: the short line, no sentence, right above the longest run of prose."""
    start = longest_run(blocks)
    if start is None:
        return None
    for block in reversed(blocks[max(0, start - 3) : start]):
        text = block.text
        if block.link_share > 0.5 or is_section(text) or heads_box(text):
            return None
        whole = not text.endswith((".", ";", ":", ","))
        if 15 <= len(text) <= 250 and text.count(" ") >= 2 and whole and not DATE_LINE.search(text):
            return block
    return None


def longest_run(blocks: list[Block]) -> int | None:
    """Where it begins; two lines that are no prose do not break it."""
    best, best_mass = None, 0
    start, mass, gap = None, 0, 0
    for block in blocks:
        if block.prose:
            start, mass, gap = (block.order if start is None else start), mass + block.prose, 0
            if mass > best_mass:
                best, best_mass = start, mass
        elif (gap := gap + 1) > 2:
            start, mass, gap = None, 0, 0
    return best


def is_told(title: str, blocks: list[Block]) -> bool:
    """The prose speaks of what the title names: a site's own name is seldom in it."""
    stems = {word[:5] for word in re.findall(r"[а-яёa-z]{5,}", title.lower())}
    text = " ".join(block.text.lower() for block in blocks if block.prose)
    return len(title) > 15 and sum(stem in text for stem in stems) >= 0.5 * len(stems)


def stated(metadata: Metadata, hint: str) -> list[str]:
    return [normal(text) for text in (hint, *(text for _, text in metadata.titles())) if text and not is_section(text)]


def crumbs(blocks: list[Block]) -> list[str]:
    """«Главная / Новости / Министр прибыл на Кубу»: the end of the breadcrumbs names the release."""
    for block in blocks[:40]:
        parts = [part for part in re.split(r"\s+[/>»›→|•]+\s+", block.text, maxsplit=4) if part]
        if len(parts) > 1 and normal(parts[0]) == "главная" and not is_section(parts[-1]):
            return [normal(block.text.partition(part)[1] + block.text.partition(part)[2]) for part in parts[1:]]
    return []


def score(block: Block, named: list[str], blocks: list[Block], mass: Mass) -> float:
    """Above 4 is a headline. The weights order the signs; their sizes were set on the layouts of the tests."""
    element, text = block.element, normal(block.text)
    if is_section(text) or not re.search(r"[а-яa-z]{3}", text):
        return 0.0
    agrees = max((agreement(text, name) for name in named), default=0.0)
    if text.count(" ") < 3:
        agrees /= 2  # a site's own name stands in <title> and beside the logo alike
    marked = marks(element)
    if agrees + marked < 2:
        return 0.0
    total = agrees + marked + (2.0 if is_followed(block, blocks) else 0.0)
    if block.link_share > 0.8:
        total -= 5
    if in_furniture(element, mass):
        total -= 5
    return total


def agreement(text: str, name: str) -> float:
    if text == name:
        return 8.0
    if len(text) >= 15 and name.startswith(text):
        return 7.0
    if len(text) >= 20 and text in name:
        return 6.0
    # «Министр встретился с послом Кубы…»: cut off for the head of the page.
    return 5.0 if len(name) >= 25 and text.startswith(name.rstrip(" .…")) and len(text) < 2 * len(name) else 0.0


def marks(element: Element) -> float:
    total = 0.0
    for distance, node in enumerate((element, *element.iterancestors())):
        if distance > 2:
            break
        if "headline" in node.get("itemprop", "").lower().split() or node.get("itemprop") == "name":
            total += 5.0
        if node.tag in HEADINGS:
            total += {"h1": 5.0, "h2": 3.0, "h3": 2.0, "h4": 2.0}.get(node.tag, 1.0)
        names = class_words_of(node)
        if names & {"headline", "entry-title", "p-name"}:
            total += 3.0
        elif distance < 2 and names & HEADLINE_CLASSES:
            total += 3.0 if names & RELEASE_CLASSES else 1.5
        if crowded(node, 4):
            break
    return total


def is_followed(block: Block, blocks: list[Block]) -> bool:
    """Prose comes soon after it."""
    return any(after.prose >= 60 for after in blocks[block.order + 1 : block.order + 9])


def in_furniture(element: Element, mass: Mass) -> bool:
    """In a box named like furniture that does not hold most of the page's prose."""
    return any(
        always(node) is not None and (mass.total == 0 or mass.under[node] <= 0.5 * mass.total)
        for node in (element, *element.iterancestors())
        if node.tag not in ("body", "html")
    )


def is_section(text: str) -> bool:
    """«Новости», «Новости администрации»"""
    return normal(text) in SECTIONS or SECTION.fullmatch(normal(text)) is not None


def without_site(text: str, metadata: Metadata) -> str:
    """«Министр прибыл на Кубу | МИД России» without the site's name: its longest part, or what og:site_name is not."""
    site = normal(metadata.meta.get("og:site_name", ""))
    parts = [part for part in DIVIDERS.split(text) if part.strip()]
    if len(parts) < 2:
        return text
    kept = [part for part in parts if normal(part) != site and not is_section(part)]
    if site and len(kept) < len(parts):
        return text[text.index(kept[0]) : text.rindex(kept[-1]) + len(kept[-1])].strip() if kept else text
    return max(parts, key=len).strip()


def where(block: Block) -> str:
    element = block.element
    names = element.get("class", "").split()
    return f"{element.tag}.{names[0]}" if names else str(element.tag)


def one_line(text: str) -> str:
    return " ".join(text.split())
