"""What a page says of itself in its markup: meta tags, JSON-LD, microdata, the language, the canonical address."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from crawler.document import Element, words

NEWS_TYPES = frozenset(
    ("newsarticle", "article", "blogposting", "reportagenewsarticle", "report", "event", "webpage", "pressrelease")
)
PUBLISHED_META = (
    *("article:published_time", "og:published_time", "datepublished", "mediator_published_time", "date", "pubdate"),
    *(
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "dcterms.issued",
        "sailthru.date",
        "parsely-pub-date",
        "publish_date",
    ),
)
TITLE_META = ("og:title", "twitter:title", "dc.title", "mediator_title")
BROKEN_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    meta: dict[str, str] = field(default_factory=dict)
    """Names and properties in small letters; the first of each."""
    tags: tuple[str, ...] = ()
    """article:tag, which may stand many times."""
    title: str = ""
    """The <title>."""
    language: str = ""
    canonical: str = ""
    linked: dict[str, Any] = field(default_factory=dict)
    """The JSON-LD object that describes the release, empty if none does."""
    embedded: tuple[str, ...] = ()
    """Other JSON in the markup, from which scripts build the page."""

    def titles(self) -> Iterator[tuple[str, str]]:
        """Titles with where they stand, the best first; none is cleaned of the site's name."""
        headline = self.linked.get("headline") or self.linked.get("name")
        if isinstance(headline, str):
            yield "json-ld", headline
        for name in TITLE_META:
            if self.meta.get(name):
                yield f"meta {name}", self.meta[name]
        if self.title:
            yield "title", self.title

    def published(self) -> Iterator[tuple[str, str]]:
        value = self.linked.get("datePublished")
        if isinstance(value, str) and value.strip():
            yield "json-ld", value
        for name in PUBLISHED_META:
            if self.meta.get(name):
                yield f"meta {name}", self.meta[name]


def read(root: Element) -> Metadata:
    """Before anything is taken out of the tree."""
    meta: dict[str, str] = {}
    tags: list[str] = []
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = " ".join((element.get("content") or "").split())
        if name == "article:tag" and content:
            tags.append(content)
        elif name and content and not in_scope_of_another(element):
            meta.setdefault(name, content)
    title = next((words(element) for element in root.iter("title")), "")
    canonical = next(
        (link.get("href", "") for link in root.iter("link") if link.get("rel", "").lower() == "canonical"), ""
    )
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").split("-")[0].lower()
    return Metadata(
        meta=meta,
        tags=tuple(tags),
        title=title,
        language=language,
        canonical=canonical.strip(),
        linked=release_of(root),
        embedded=embedded(root),
    )


def embedded(root: Element) -> tuple[str, ...]:
    scripts = (script for script in root.iter("script") if script.get("type") == "application/json")
    return tuple(script.text for script in scripts if script.text)


def in_scope_of_another(element: Element) -> bool:
    """A meta tag with `itemprop` belongs to its own item (an organisation, an image), not to the page."""
    return element.get("itemprop") is not None and element.get("property") is None and element.get("name") is None


def release_of(root: Element) -> dict[str, Any]:
    for script in root.iter("script"):
        if "ld+json" in script.get("type", "").lower():
            found = [item for item in flattened(parsed(script.text or "")) if type_of(item) & NEWS_TYPES]
            # A page describes itself as WebPage too: the article wins.
            found.sort(key=lambda item: (bool(type_of(item) <= {"webpage", "event"}), "datePublished" not in item))
            if found and ("datePublished" in found[0] or "headline" in found[0]):
                return found[0]
    return {}


def parsed(text: str) -> Any:
    """JSON as sites write it: in comments, with raw line ends and wrong escapes; None when it is beyond repair."""
    text = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*;?\s*$", "", text).strip().rstrip(";")
    for attempt in (text, BROKEN_ESCAPE.sub(r"\\\\", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def flattened(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, list) and depth < 4:
        for item in data[:50]:
            yield from flattened(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from flattened(data.get("@graph"), depth + 1)
        if depth < 4 and isinstance(data.get("mainEntity"), dict):
            yield from flattened(data["mainEntity"], depth + 1)


def type_of(item: dict[str, Any]) -> set[str]:
    kind = item.get("@type", "")
    return {str(one).lower() for one in (kind if isinstance(kind, list) else [kind])}


def names_in(value: Any) -> tuple[str, ...]:
    """Names of JSON-LD authors or keywords: a string, an object with a name, or a list of these."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    if isinstance(value, dict):
        return names_in(value.get("name"))
    if isinstance(value, list):
        return unique(name for one in value for name in ((one,) if isinstance(one, str) else names_in(one)))
    return ()


def unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
