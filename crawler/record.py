"""A page as it was fetched and what a person confirmed of it: two files, read back as a test."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.address import slug
from crawler.items import Article, RawPage


class Exists(ValueError):
    """This page was recorded on this day already; the message names the file."""


def fields(article: Article) -> dict[str, Any]:
    """As JSON, the lead apart from the body that begins with it."""
    body = article.body
    if article.lead and body.startswith(article.lead):
        body = body[len(article.lead) :].lstrip("\n")
    return {
        "title": article.title,
        "lead": article.lead,
        "body": body,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "published_raw": article.published_raw,
        "language": article.language,
        "authors": list(article.authors),
        "tags": list(article.tags),
        "captions": list(article.captions),
        "attachments": [{"url": one.url, "title": one.title} for one in article.attachments],
        "url": article.url,
        "provenance": dict(article.provenance),
    }


def save(folder: Path, page: RawPage, article: Article) -> Path:
    """Writes `<folder>/<source>/<day>_<slug>.html` and the JSON beside it; returns the JSON's path. Raises Exists."""
    name = re.sub(r"[^\w-]+", "-", slug(page.url))[:60] or "page"
    path = folder / page.source / f"{page.fetched_at:%Y-%m-%d}_{name}.json"
    if path.exists():
        raise Exists(f"{path} уже есть")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".html").write_bytes(page.body)
    fetched = {
        "url": page.url,
        "fetched_at": page.fetched_at.isoformat(),
        "content_type": page.headers.get("content-type", ""),
        "hints": dict(page.hints),
    }
    text = json.dumps({"fetched": fetched, "expected": fields(article)}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def load(path: Path) -> tuple[RawPage, dict[str, Any]]:
    """The page of a recorded JSON, and the fields it is expected to give."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    fetched = stored["fetched"]
    page = RawPage(
        source=path.parent.name,
        url=fetched["url"],
        body=path.with_suffix(".html").read_bytes(),
        fetched_at=datetime.fromisoformat(fetched["fetched_at"]),
        headers={"content-type": fetched["content_type"]} if fetched["content_type"] else {},
        hints=fetched["hints"],
    )
    return page, stored["expected"]
