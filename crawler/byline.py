"""What stands about a release's text: its authors, tags, captions."""

import re
from collections.abc import Callable, Iterator

from crawler.blocks import Block
from crawler.body import is_caption
from crawler.chrome import class_words_of
from crawler.document import Element, inside, select, words
from crawler.metadata import Metadata, names_in, unique
from crawler.source import Selectors

AUTHOR_LINE = re.compile(
    r"^(?:автор(?:ы)?(?: текста| материала| публикации)?|текст|подготовил[аи]?)\s*[:—–-]\s*(?P<names>.{3,80})$", re.I
)
TAG_LINE = re.compile(r"^(?:теги|метки|ключевые слова)\s*:\s*(?P<tags>.+)$", re.IGNORECASE)
PERSON = re.compile(r"^[А-ЯЁA-Z][\w.-]+(?:\s+[А-ЯЁA-Zа-я][\w.-]*){0,3}$")
TAG_CLASSES = frozenset(("tags", "tag", "taglist", "keywords", "post-tags", "field--name-field-tags", "p-category"))
CLOUD = frozenset(("cloud", "tagcloud", "sidebar", "footer", "widget"))
MAX_TAG = 60


def scope(headline: Block | None, holder: Element | None, root: Element) -> Element:
    """The release's own part of the page: the nearest element around headline and text that is not the whole page."""
    if holder is None:
        return root
    for node in (holder, *holder.iterancestors()):
        if node.tag in ("body", "html"):
            break
        if headline is None or inside(headline.element, node):
            return node
        if next(node.iterancestors("article", "main"), None) is None and node.tag in ("article", "main"):
            return node
    return holder


def authors(
    parts: list[Block], scope: Element, metadata: Metadata, selectors: Selectors, provenance: dict[str, str]
) -> tuple[str, ...]:
    ways: tuple[tuple[str, Callable[[], tuple[str, ...]]], ...] = (
        ("selector", lambda: selected(scope, selectors.authors)),
        ("json-ld", lambda: tuple(filter(is_person, names_in(metadata.linked.get("author"))))),
        (
            "meta",
            lambda: tuple(
                filter(is_person, names_in(metadata.meta.get("author") or metadata.meta.get("article:author")))
            ),
        ),
        ("microdata", lambda: unique(filter(is_person, map(words, authored(scope))))),
        ("line", lambda: lines(parts, scope, AUTHOR_LINE, "names")),
    )
    return first("authors", ways, provenance)


def tags(
    parts: list[Block],
    scope: Element,
    metadata: Metadata,
    linked: tuple[str, ...],
    selectors: Selectors,
    provenance: dict[str, str],
) -> tuple[str, ...]:
    ways: tuple[tuple[str, Callable[[], tuple[str, ...]]], ...] = (
        ("selector", lambda: selected(scope, selectors.tags)),
        ("meta article:tag", lambda: unique(metadata.tags)),
        ("json-ld", lambda: names_in(metadata.linked.get("keywords"))),
        ("links", lambda: linked),
        ("line", lambda: lines(parts, scope, TAG_LINE, "tags")),
    )
    return first("tags", ways, provenance)


def first(
    field: str, ways: tuple[tuple[str, Callable[[], tuple[str, ...]]], ...], provenance: dict[str, str]
) -> tuple[str, ...]:
    for where, way in ways:
        if found := way():
            provenance[field] = where
            return found
    return ()


def selected(scope: Element, css: str | None) -> tuple[str, ...]:
    return unique(value for _, value in select(scope, css)) if css else ()


def is_person(name: str) -> bool:
    """A name of a person, not of the site: «Пресс-служба», «admin» and addresses are none."""
    return (
        PERSON.match(name) is not None
        and " " in name
        and not re.search(r"(?i)служба|админ|редакц|министер|пресс|отдел", name)
    )


def authored(scope: Element) -> Iterator[Element]:
    for element in scope.iter():
        if isinstance(element.tag, str) and (
            element.get("itemprop", "").lower() == "author"
            or "author" in element.get("rel", "").split()
            or class_words_of(element) & {"author", "byline", "p-author"}
        ):
            yield element


def lines(parts: list[Block], scope: Element, pattern: re.Pattern[str], group: str) -> tuple[str, ...]:
    for part in parts:
        if len(part.text) < 400 and (found := pattern.match(part.text)) and inside(part.element, scope):
            names = unique(re.split(r"[,;]\s*", found[group]))
            return tuple(name for name in names if group == "tags" or is_person(name))
    return ()


def captions(parts: list[Block], scope: Element, selectors: Selectors, provenance: dict[str, str]) -> tuple[str, ...]:
    if found := selected(scope, selectors.captions):
        provenance["captions"] = "selector"
        return found
    found = unique(part.text for part in parts if is_caption(part) and inside(part.element, scope))
    if found:
        provenance["captions"] = "figcaption"
    return found


def linked_tags(root: Element) -> tuple[str, ...]:
    """`rel=tag` links and links in a box called «tags», before furniture is taken out; a cloud's are the site's."""
    found = []
    for link in root.iter("a"):
        boxes = [link, *link.iterancestors()][:5]
        names = frozenset().union(*(class_words_of(box) for box in boxes))
        own = "tag" in link.get("rel", "").split()  # WordPress puts these into the article's own «entry-footer»
        if names & (CLOUD - {"footer"} if own else CLOUD) or not (own or names & TAG_CLASSES):
            continue
        text = words(link).lstrip("#")
        if 1 < len(text) <= MAX_TAG:
            found.append(text)
    return unique(found) if len(found) <= 25 else ()
