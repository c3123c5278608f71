"""A JSON answer, or the text that a feed or listing gave with the address → the release's fields."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from crawler import blocks, body, dates, document, language
from crawler.document import EmptyPage
from crawler.items import Article, RawPage
from crawler.metadata import names_in, parsed

TITLES = ("title", "headline", "name", "header", "caption", "Title", "NAME")
BODIES = (
    *("full_text", "fulltext", "full", "text", "body", "content", "articleBody", "article_body", "detail_text", "html"),
    *("DETAIL_TEXT", "Text", "description"),
)
DATES = (
    *(
        "published_at",
        "publishedAt",
        "datePublished",
        "date_published",
        "pub_date",
        "pubDate",
        "publish_date",
        "published",
    ),
    *("date", "date_gmt", "datetime", "created_at", "createdAt", "created", "timestamp", "active_from", "ACTIVE_FROM"),
)
LEADS = (
    "lead",
    "preview_text",
    "preview",
    "announce",
    "anons",
    "summary",
    "excerpt",
    "subtitle",
    "intro",
    "PREVIEW_TEXT",
)
MAX_DEPTH = 6
CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W*$")


def is_json(text: str) -> bool:
    head = text.lstrip("\ufeff \t\r\n")[:200]
    return head.startswith(("{", "[")) and re.match(r'[{\[]\s*(?:["{\[}\]]|-?\d|true|false|null)', head) is not None


def from_json(text: str, page: RawPage, clock: dates.Clock) -> Article:
    """The object of the answer that has a title and the longest text. Raises EmptyPage when there is none."""
    objects = [item for item in dictionaries(parsed(text)) if pick(item, TITLES) and pick(item, BODIES + LEADS)]
    if not objects:
        raise EmptyPage(page.url, "в ответе JSON нет объекта с заголовком и текстом")
    item = max(objects, key=lambda item: len((pick(item, BODIES + LEADS) or ("", ""))[1]))
    title, content, lead = pick(item, TITLES), pick(item, BODIES + LEADS), pick(item, LEADS)
    assert title is not None and content is not None  # noqa: S101 the list above holds no other
    told = of_markup(content[1])
    before = of_markup(lead[1]) if lead and lead != content else None
    before = None if not before or before in told or CUT_OFF.search(before) else before
    raw = next(((name, str(item[name])) for name in DATES if isinstance(item.get(name), str | int)), None)
    moment = dates.read(raw[1], clock) if raw else None
    witnesses = {"title": title, "body": content, "lead": before and lead, "published_at": raw if moment else None}
    return Article(
        source=page.source,
        url=page.url,
        title=" ".join(of_markup(title[1]).split()),
        lead=before,
        body=f"{before}\n\n{told}" if before else told,
        published_at=moment.at if moment else None,
        published_raw=raw[1] if raw and moment else None,
        language=language.of(told),
        authors=names_in(item.get("author") or item.get("authors")),
        tags=names_in(item.get("tags") or item.get("keywords")),
        provenance={field: f"json {found[0]}" for field, found in witnesses.items() if found},
    )


def longest(text: str) -> str:
    """The longest text of a release in a JSON answer, empty where there is none."""
    objects = [item for item in dictionaries(parsed(text)) if pick(item, TITLES) and pick(item, BODIES)]
    told = (of_markup((pick(item, BODIES) or ("", ""))[1]) for item in objects)
    return max(told, key=len, default="")


def of_markup(text: str) -> str:
    """The paragraphs of a fragment: HTML, HTML escaped once more, or plain text with line ends."""
    if "&lt;p" in text or "&lt;br" in text:
        text = unescape(text)
    if not re.search(r"<[a-zA-Z!/][^>]*>|&\w+;|&#\d+;", text):
        return "\n\n".join(" ".join(line.split()) for line in re.split(r"\n\s*\n|\n(?=\S)", text) if line.strip())
    root = document.tree(f"<div>{document.CONTROL.sub('', text)}</div>")
    document.drop_unseen(root)
    return body.render(body.kept(blocks.read(root)))


def is_whole(text: str) -> bool:
    """A feed's text that is not cut off: a release of its own, not its announcement."""
    return len(text) >= 200 and not CUT_OFF.search(text)


def dictionaries(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(data, dict):
        yield data
    for child in data.values() if isinstance(data, dict) else data[:200] if isinstance(data, list) else ():
        yield from dictionaries(child, depth + 1)


def pick(item: dict[str, Any], names: Iterable[str]) -> tuple[str, str] | None:
    """The first field of these names that holds words, with its name."""
    return next(((name, text) for name in names if (text := item_text(item, name))), None)


def item_text(item: dict[str, Any], name: str) -> str:
    """WordPress wraps its texts: `{"rendered": "<p>…"}`."""
    held = item.get(name)
    if isinstance(held, dict):
        held = held.get("rendered") or held.get("text") or held.get("value")
    return held if isinstance(held, str) and re.search(r"[^\W\d]{2}", held) else ""
