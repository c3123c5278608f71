"""What the crawler hands on: the page as fetched, and the release read from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """Bytes as the server sent them; everything else can be recomputed from these."""

    source: str
    url: str
    """Where the answer came from, redirects followed."""
    body: bytes
    """Content encoding (gzip, br) undone, character encoding not."""
    fetched_at: datetime
    """UTC."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """What the listing or feed said of this address: title, published, lead, body (a feed's or API's full text)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    url: str
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of one release."""

    source: str
    url: str
    """Canonical address."""
    title: str
    body: str
    """Paragraphs joined by a blank line; every span downstream is an offset into this."""
    published_at: datetime | None
    """With a time zone; None where the page does not tell, never a guess."""
    published_raw: str | None
    """The date as the page prints it, kept so a parsing mistake can be traced."""
    lead: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)
    """Field → where it came from: «feed», «meta», «microdata», «selector …», «readability», …"""
