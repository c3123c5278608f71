"""A fetched page, its source and its sibling pages → the release told there.

Each field has an order of trust, and `Article.provenance` records which witness was heard. Nothing is guessed: a date
that the page does not tell is None.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from crawler import (
    attachments,
    blocks,
    body,
    byline,
    chrome,
    dates,
    document,
    feedtext,
    headline,
    metadata,
    plain,
    published,
    secondopinion,
)
from crawler import language as languages
from crawler.address import absolute, same_release
from crawler.blocks import Block
from crawler.challenge import challenge
from crawler.chrome import Siblings
from crawler.document import Blocked, Element, EmptyPage, LayoutChanged, NotAPage, TooLarge, Unreadable, select
from crawler.headline import Headline
from crawler.items import Article, RawPage
from crawler.source import Selectors, Source

__all__ = [
    "Blocked",
    "EmptyPage",
    "LayoutChanged",
    "NotAPage",
    "Siblings",
    "TooLarge",
    "Unreadable",
    "fingerprint",
    "learn",
    "read",
    "read_file",
]


NUMBER = re.compile(r"[\W\d_]+")
"""A line without letters: «15:30», «567-28-03-2024»."""


def read(page: RawPage, source: Source | None = None, siblings: Siblings | None = None) -> Article:
    """The release on this page.

    Raises Blocked for a challenge or refusal, LayoutChanged when a verified source's body selector finds nothing,
    EmptyPage when there is no text, TooLarge and NotAPage for what is no page at all; all name the address.
    """
    wall = challenge(page.status, page.headers, page.body[: document.MAX_BYTES])
    if wall is not None and not (page.status == 200 and describes_release(page.body)):
        raise Blocked(page.url, f"вместо страницы — защита от роботов или отказ: {wall}")
    text = document.text_of(page.body, url=page.url, header=page.headers.get("content-type"))
    if feedtext.is_json(text):
        article = feedtext.from_json(text, page, clock_of(page, source))
    elif not text.strip() and not page.hints.get("body"):
        raise EmptyPage(page.url, "страница пуста")
    else:
        article = Reading(page, source, siblings or Siblings(), text).article()
    return source.amend(page, article) if source is not None and source.amend is not None else article


def describes_release(markup: bytes) -> bool:
    """Says of itself that it is an article, as no wall does: a feedback form with a captcha stands on many pages."""
    head = markup[:200_000].lower()
    return b"articlebody" in head or b"datepublished" in head or b"article:published_time" in head


def clock_of(page: RawPage, source: Source | None) -> dates.Clock:
    return dates.Clock(now=page.fetched_at, zone=ZoneInfo(source.timezone) if source is not None else dates.MOSCOW)


def learn(pages: Iterable[RawPage]) -> Siblings:
    """What several pages of one source have in common; pages that cannot be read teach nothing."""
    return Siblings.learn(filter(None, map(visible_blocks, pages)))


def visible_blocks(page: RawPage) -> list[Block]:
    try:
        root = document.tree(
            document.text_of(page.body, url=page.url, header=page.headers.get("content-type")), page.url
        )
    except Unreadable:
        return []
    root = document.visible(root)
    document.drop_unseen(root)
    return blocks.read(root)


def fingerprint(article: Article) -> str:
    """Of what the release says: title and text, spaces aside. A changed sidebar or counter leaves it alone."""
    told = "\n".join(" ".join(line.split()) for line in (article.title, *article.body.split("\n")) if line.strip())
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def read_file(
    path: Path, *, url: str = "", source: Source | None = None, fetched_at: datetime | None = None
) -> Article:
    """The release in a file: a saved page, a JSON answer, text as a person copied it from a browser, PDF or DOCX.

    Raises OSError, and EmptyPage, NotAPage, TooLarge, Blocked whose messages say why; the caller knows the path.
    """
    if path.stat().st_size > document.MAX_BYTES:
        raise TooLarge(url, f"больше {document.MAX_BYTES // 1_000_000} МБ")
    contents = path.read_bytes()
    if attachments.is_document(contents):
        return plain.read_text(attachments.text(contents, url), url)
    document.refuse_binary(contents, url)
    text = document.text_of(contents, url=url)
    if not text.strip():
        raise EmptyPage(url, "файл пуст")
    if not document.is_markup(text) and not feedtext.is_json(text):
        return plain.read_text(text, url)
    page = RawPage(
        source=source.id if source else "", url=url, body=contents, fetched_at=fetched_at or datetime.now(UTC)
    )
    return read(page, source)


class Reading:
    """One page being read: the tree loses its furniture on the way, so the order of the steps matters."""

    def __init__(self, page: RawPage, source: Source | None, siblings: Siblings, text: str) -> None:
        self.page, self.source, self.siblings, self.text = page, source, siblings, text
        self.selectors = source.selectors if source is not None else Selectors()
        self.clock = clock_of(page, source)
        self.provenance: dict[str, str] = {}
        self.visible = 0
        self.headline: str | None = None
        whole = document.tree(text if document.is_markup(text) else "<p></p>", page.url)
        self.metadata = metadata.read(whole)
        self.root = document.visible(whole)
        document.drop_unseen(self.root)
        self.linked_tags = byline.linked_tags(self.root)
        self.chosen = self.choose("body")

    def article(self) -> Article:
        head = self.prune()
        parts = blocks.read(self.root)
        line = self.relocated(head, parts)
        found = self.date(parts, line)
        text, lead, holder = self.told(parts, line)
        title, text = self.title(head, text)
        if not text:
            raise EmptyPage(self.page.url, "нет текста сообщения")
        scope = byline.scope(line, holder, self.root)
        return Article(
            source=self.page.source,
            url=self.address(),
            title=title,
            lead=lead,
            body=f"{lead}\n\n{text}" if lead else text,
            published_at=found.at if found else None,
            published_raw=found.raw if found else None,
            language=languages.of(text, self.metadata.language or (self.source.language if self.source else "")),
            authors=byline.authors(parts, scope, self.metadata, self.selectors, self.provenance),
            tags=byline.tags(parts, scope, self.metadata, self.linked_tags, self.selectors, self.provenance),
            captions=byline.captions(parts, scope, self.selectors, self.provenance),
            attachments=attachments.linked(scope, self.page.url),
            provenance=self.provenance,
        )

    def choose(self, field: str) -> list[Element]:
        """Elements that the source's own selector finds, in the page as it came."""
        css: str | None = getattr(self.selectors, field)
        found = [element for element, _ in select(self.root, css)] if css else []
        if css and not found and field == "body" and self.source is not None and self.source.verified is not None:
            raise LayoutChanged(self.page.url, f"источник {self.source.id}: селектор текста {css!r} ничего не находит")
        return found

    def prune(self) -> Headline | None:
        """Finds the headline and takes the furniture out of the tree."""
        for css in self.selectors.drop:
            for element, _ in [*select(self.root, css)]:
                document.drop(element)
        parts = blocks.read(self.root)
        self.visible = sum(len(part.text) for part in parts)
        head = self.selected_title(parts) or headline.find(parts, self.metadata, self.page.hints.get("title", ""))
        element = head.block.element if head and head.block else None
        self.headline = head.text if head else None
        chrome.prune(self.root, parts, [*self.chosen, *([element] if element is not None else [])])
        if self.siblings.pages:
            chrome.drop_shared(blocks.read(self.root), self.siblings, element)
        return head

    def selected_title(self, parts: list[Block]) -> Headline | None:
        """The source's own selector, when what it finds is not the name of a section."""
        for element in self.choose("title"):
            block = next((part for part in parts if document.inside(part.element, element)), None)
            text = document.words(element)
            if text and not headline.is_section(text):
                return Headline(text=text, where=f"selector {self.selectors.title}", block=block)
        return None

    def relocated(self, head: Headline | None, parts: list[Block]) -> Block | None:
        """The headline's block among those that were left."""
        if head is None or head.block is None:
            return None
        element, text = head.block.element, head.block.text
        return next((part for part in parts if part.element is element and part.text == text), None)

    def date(self, parts: list[Block], line: Block | None) -> published.Published | None:
        place = published.Place(
            root=self.root,
            blocks=parts,
            headline=line,
            metadata=self.metadata,
            clock=self.clock,
            url=self.page.url,
            hint=self.page.hints.get("published", ""),
            false_offsets=self.source.false_offsets if self.source is not None else (),
            zone_known=self.source is not None,
        )
        found = published.selected(self.selectors.published, place) or published.find(place)
        if found is not None:
            self.provenance["published_at"] = found.where
        return found

    def told(self, parts: list[Block], line: Block | None) -> tuple[str, str | None, Element | None]:
        """Body and lead, and the element that holds them."""
        found = body.chosen(parts, line, self.chosen) or body.find(parts, line, self.root)
        kept = body.kept(self.undated(found.blocks)) if found else []
        text, lead = body.render(kept), self.lead_of(found, parts)
        holder = found.holder if found else None
        if found is not None:
            self.provenance["body"] = f"selector {self.selectors.body}" if holder in self.chosen else found.where
        if len(text) < secondopinion.DOUBTFUL < self.visible:
            text, where = secondopinion.longer(document.markup(self.root), self.page.url, text)
            if where:
                self.provenance["body"] = where
        hinted = feedtext.of_markup(self.page.hints.get("body", ""))
        if not text:
            text = self.embedded()
        if (feedtext.is_whole(hinted) and len(hinted) > 0.7 * len(text)) or (hinted and not text):
            text, self.provenance["body"] = hinted, "hint"
        if lead and text.startswith(lead[: len(lead) // 2 + 1]):
            lead = None
            self.provenance.pop("lead", None)
        return text, lead, holder

    def embedded(self) -> str:
        """The text that a page built by a script carries in its markup."""
        stated = self.metadata.linked.get("articleBody")
        if isinstance(stated, str) and stated.strip():
            self.provenance["body"] = "json-ld"
            return feedtext.of_markup(stated)
        for data in self.metadata.embedded:
            if found := feedtext.longest(data):
                self.provenance["body"] = "embedded json"
                return found
        return ""

    def undated(self, parts: list[Block]) -> list[Block]:
        """Without the headline again, and the date, clock and number that stand before the text in the same box."""
        parts = [part for part in parts if part.text != self.headline]
        first = next((number for number, part in enumerate(parts) if part.prose), 0)
        return [
            part
            for number, part in enumerate(parts)
            if number >= first or not (NUMBER.fullmatch(part.text) or dates.printed(part.text, self.clock))
        ]

    def lead_of(self, found: body.Body | None, parts: list[Block]) -> str | None:
        by_selector = next(iter(self.choose("lead")), None)
        if by_selector is not None:
            self.provenance["lead"] = f"selector {self.selectors.lead}"
            return document.words(by_selector)
        if found is None or found.lead is None:
            return None
        self.provenance["lead"] = found.lead_where
        return found.lead.text

    def title(self, head: Headline | None, text: str) -> tuple[str, str]:
        """With the body, which loses its first line when that is all the headline there is."""
        if head is not None:
            self.provenance["title"] = head.where
            return head.text, text
        self.provenance["title"] = "first line"
        first, _, rest = text.partition("\n")
        if rest and len(first) < 250 and not first.endswith((".", "!", "?", "…", ":", ";")):
            return first, rest.lstrip("\n")
        return first[:200], text

    def address(self) -> str:
        """The canonical address where the page's own word on it can be believed."""
        url = absolute(self.page.url, "") if self.page.url else ""
        canonical = (
            absolute(self.page.url, self.metadata.canonical) if self.page.url and self.metadata.canonical else None
        )
        if canonical and url and same_release(canonical, url):
            self.provenance["url"] = "canonical"
            return canonical
        return url or self.page.url
