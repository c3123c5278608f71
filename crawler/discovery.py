"""What a feed, sitemap, listing or JSON answer tells: addresses of releases, their dates and titles, the next page."""

import html
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from string import Formatter
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml import etree
from lxml.html import HtmlElement, document_fromstring
from lxml.html import fromstring as fragment

from crawler import address, charset, dates
from crawler.archive import Answer
from crawler.frontier import Found
from crawler.source import Api, Feed, Ids, Listing, Sitemap, Source, Way

MAX_UNPACKED = 200_000_000
"""Bytes of an unpacked sitemap: four times what sitemaps.org allows."""

AHEAD = timedelta(days=2)
"""A date later than that is of an event announced, not of a release."""
XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
DATED = re.compile(
    r"(?i)(?<!\d)\d{1,2}[./]\d{2}[./](?:20)?\d{2}(?!\d)|(?<!\d)20\d\d-\d{2}-\d{2}(?!\d)|"
    r"(?<!\d)\d{1,2}\s+(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]*"
    r"(?:\s+20\d\d)?(?:\s*г\.?)?(?:[,\s/|]+\d{1,2}:\d{2})?|сегодня(?:,?\s+(?:в\s+)?\d{1,2}:\d{2})?|"
    r"вчера(?:,?\s+(?:в\s+)?\d{1,2}:\d{2})?"
)
ALONE = re.compile(rf"[\s|/,·—–-]*({DATED.pattern.removeprefix('(?i)')})[\s|/,.·—–-]*", re.IGNORECASE)
"""A text that is a date and nothing else."""
LEADING = re.compile(rf"({DATED.pattern.removeprefix('(?i)')})(?:(?<=:\d\d)|\s*[|/·—–])\s*(?=\S{{2}})", re.IGNORECASE)
"""A headline printed after its date: the date ends with the time of day or is set off by a sign."""


class Unreadable(Exception):
    """An answer isn't what the source's file says stands there: a feed that is HTML, JSON without the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer, read."""

    found: tuple[Found, ...] = ()
    count: int = 0
    """Entries in the answer, ours or not."""
    next: str | None = None
    """Address of the next page, where the answer itself tells."""
    cursor: str | None = None
    total: int | None = None
    sitemaps: tuple[str, ...] = ()


def read(way: Way, answer: Answer, source: Source) -> Page:
    """Raises Unreadable."""
    if source.links is not None and isinstance(way, Listing):
        return hooked(answer, source)
    match way:
        case Feed():
            return read_feed(way, answer, source)
        case Sitemap():
            return read_sitemap(way, answer, source)
        case Listing():
            return read_listing(way, answer, source)
        case Api():
            return read_api(way, answer, source)
        case Ids():
            raise Unreadable("у номеров нет списка")


def hooked(answer: Answer, source: Source) -> Page:
    """A listing that the source's own `links` reads."""
    assert source.links is not None  # noqa: S101 read has looked
    links = [found(href, answer.url, source) for href in source.links(answer.url, answer.body)]
    kept = tuple(link for link in links if link is not None)
    return Page(found=unique(kept), count=len(links))


def found(
    href: str,
    base: str,
    source: Source,
    *,
    encoding: str = "utf-8",
    published: datetime | None = None,
    modified: datetime | None = None,
    hints: Mapping[str, str] | None = None,
) -> Found | None:
    """A link as the frontier keeps it; None when no release of this source stands there."""
    url = address.absolute(base, href, encoding)
    if url is None or not address.is_article(url, source):
        return None
    told = {name: value for name, value in (hints or {}).items() if value}
    return Found(url=url, key=address.key(url, source), published=published, modified=modified, hints=told)


def unique(several: Iterable[Found]) -> tuple[Found, ...]:
    """One of each key; of doubles the one that tells more (a picture's link has no title)."""
    best: dict[str, Found] = {}
    for one in several:
        other = best.get(one.key)
        if other is None or told(one) > told(other):
            best[one.key] = one
    return tuple(best.values())


def told(one: Found) -> int:
    return sum(len(value) for value in one.hints.values()) + 100 * (one.published is not None)


def moment(raw: str | None, source: Source, now: datetime) -> datetime | None:
    """A date as a listing prints it, on the source's clock, its false offsets corrected; None for days to come."""
    if not raw:
        return None
    zone = ZoneInfo(source.timezone)
    told = dates.read(raw, dates.Clock(now=now, zone=zone))
    if told is None:
        return None
    at = told.at.replace(tzinfo=zone) if told.offset and source.mislabels(told.at) else told.at
    return at if at <= now + AHEAD else None


def edited(raw: str | None, source: Source, now: datetime) -> datetime | None:
    """The latest moment that a «changed on» may mean: where only the day is told, the end of it."""
    at = moment(raw, source, now)
    return at + timedelta(days=1) if at is not None and raw is not None and len(raw.strip()) <= 10 else at


# Feeds


def read_feed(way: Feed, answer: Answer, source: Source) -> Page:
    root = xml(answer)
    entries = [element for element in root.iter(etree.Element) if local(element) in ("item", "entry")]
    if not entries and local(root) not in ("rss", "feed", "RDF"):
        raise Unreadable(f"вместо ленты — {kind(answer)}")
    links = [entry(element, way, answer, source) for element in entries]
    return Page(found=unique(link for link in links if link), count=len(entries), next=next_link(root))


def entry(element: Any, way: Feed, answer: Answer, source: Source) -> Found | None:
    texts: dict[str, str] = {}
    for child in element:
        if isinstance(child.tag, str):
            texts.setdefault(f"{space(child)}{local(child)}", inner(child))
    href = entry_link(element, texts)
    if href is None:
        return None
    published = first(texts, "pubDate", "published", "date", "issued", "updated", "modified")
    body = first(texts, "full-text", "encoded", "content") or (first(texts, "description") if way.full_text else None)
    return found(
        href,
        answer.url,
        source,
        published=moment(published, source, answer.fetched_at),
        modified=edited(first(texts, "updated", "modified"), source, answer.fetched_at),
        hints={
            "title": plain(first(texts, "title")),
            "published": published or "",
            "lead": plain(first(texts, "summary", "description")),
            "body": body or "",
        },
    )


def entry_link(element: Any, texts: Mapping[str, str]) -> str | None:
    """RSS `link`, Atom `link[rel=alternate]`, else a guid that is an address."""
    for child in element:
        if isinstance(child.tag, str) and local(child) == "link":
            href = child.get("href") or (child.text or "").strip()
            if href and child.get("rel", "alternate") == "alternate":
                return str(href)
    guid = first(texts, "guid", "id")
    return guid if guid and guid.startswith("http") else None


def next_link(root: Any) -> str | None:
    for child in root.iter("{http://www.w3.org/2005/Atom}link"):
        if child.get("rel") == "next" and child.get("href"):
            return str(child.get("href"))
    return None


def first(texts: Mapping[str, str], *names: str) -> str | None:
    """Of the names in this order, whatever their namespace, but no media description for the item's own."""
    for name in names:
        for key, value in texts.items():
            if key.rpartition("}")[2] == name and "mrss" not in key and value.strip():
                return value.strip()
    return None


def inner(element: Any) -> str:
    """An element's text; for XHTML inside Atom its markup."""
    if len(element) == 0:
        return element.text or ""
    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)


def xml(answer: Answer) -> Any:
    """Parsed as written: HTML's entities are known, undefined ones and broken markup forgiven, nothing fetched."""
    data = unpacked(answer.body)
    text = charset.decode(data, header=answer.header("content-type")).text.lstrip("\ufeff \t\r\n")
    text = re.sub(r"^<\?xml.*?\?>", "", text, count=1, flags=re.DOTALL)
    text = re.sub(r"&(\w+);", html_entity, re.sub(r"<!DOCTYPE[^\[>]*(?:\[.*?\])?>", "", text, count=1, flags=re.DOTALL))
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"вместо XML — {kind(answer)}: {error}") from error
    if root is None or local(root).lower() == "html":
        raise Unreadable(f"вместо XML — {kind(answer)}")
    return root


def html_entity(match: re.Match[str]) -> str:
    """«&laquo;» in a feed is HTML's, not XML's."""
    return match[0] if match[1] in XML_ENTITIES else html.unescape(match[0]).replace("&", "&amp;")


def unpacked(data: bytes) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        unpacker = zlib.decompressobj(31)
        out = unpacker.decompress(data, MAX_UNPACKED)
    except zlib.error as error:
        raise Unreadable(f"испорченный gzip: {error}") from error
    if unpacker.unconsumed_tail:
        raise Unreadable(f"после распаковки больше {MAX_UNPACKED} байт")
    return out


def kind(answer: Answer) -> str:
    return f"{answer.header('content-type') or 'неизвестно что'}, {len(answer.body)} байт"


def local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def space(element: Any) -> str:
    return str(element.tag).rpartition("}")[0] + "}" if "}" in str(element.tag) else ""


def plain(text: str | None) -> str:
    """Without markup, in one line."""
    if not text:
        return ""
    if "<" in text or "&" in text:
        try:
            text = fragment(f"<div>{text}</div>").text_content()
        except (etree.ParserError, ValueError):
            text = re.sub(r"<[^>]+>", " ", html.unescape(text))
    return " ".join(text.split())


# Sitemaps


def read_sitemap(way: Sitemap, answer: Answer, source: Source) -> Page:
    data = unpacked(answer.body)
    if data[:5].lstrip()[:4].startswith(b"http"):
        return text_sitemap(data, answer, source)
    root = xml(answer)
    if local(root) == "sitemapindex":
        several = [child_texts(child).get("loc", "") for child in root if isinstance(child.tag, str)]
        only = tuple(url for url in several if url and re.search(way.only, url))
        return Page(sitemaps=only, count=len(several))
    if local(root) != "urlset":
        raise Unreadable(f"вместо карты сайта — {kind(answer)}")
    links = [sitemap_url(child, answer, source) for child in root if isinstance(child.tag, str)]
    return Page(found=unique(link for link in links if link), count=len(links))


def text_sitemap(data: bytes, answer: Answer, source: Source) -> Page:
    lines = data.decode("utf-8", "replace").split()
    links = (found(line, answer.url, source) for line in lines)
    return Page(found=unique(link for link in links if link), count=len(lines))


def sitemap_url(element: Any, answer: Answer, source: Source) -> Found | None:
    texts = child_texts(element)
    news = next((child_texts(child) for child in element if local(child) == "news"), {})
    published = news.get("publication_date", "")
    return found(
        texts.get("loc", ""),
        answer.url,
        source,
        published=moment(published, source, answer.fetched_at),
        modified=edited(texts.get("lastmod"), source, answer.fetched_at),
        hints={"title": plain(news.get("title")), "published": published},
    )


def child_texts(element: Any) -> dict[str, str]:
    return {local(child): (child.text or "").strip() for child in element if isinstance(child.tag, str)}


# Listings


def read_listing(way: Listing, answer: Answer, source: Source) -> Page:
    decoded = charset.decode(answer.body, header=answer.header("content-type"), declared=source.encoding)
    try:
        root = document_fromstring(decoded.text.encode("utf-8", "replace"), parser=HTML)
    except (etree.ParserError, ValueError) as error:
        raise Unreadable(f"пустая страница: {kind(answer)}") from error
    base = address.absolute(answer.url, root.xpath("string(//base/@href)") or answer.url) or answer.url
    blocks = root.cssselect(way.items) if way.items else [root]
    links = [link for block in blocks for link in block_links(block, way, base, decoded.encoding, answer, source)]
    after = next((a.get("href") for a in root.cssselect(way.next) if a.get("href")), None) if way.next else None
    following = address.absolute(base, after, decoded.encoding) if after else None
    several = unique(links)  # a headline and a picture often lead to the same release
    return Page(found=several, count=len(blocks) if way.items else len(several), next=following)


HTML = etree.HTMLParser(encoding="utf-8", remove_comments=True)


def block_links(
    block: HtmlElement, way: Listing, base: str, encoding: str, answer: Answer, source: Source
) -> Iterator[Found]:
    for anchor in block.cssselect(way.link) if way.link != "a" else block.iter("a"):
        href = anchor.get("href")
        if not href:
            continue
        link = found(href, base, source, encoding=encoding)
        if link is None:
            continue
        around = block if way.items else surroundings(anchor, href)
        raw = picked(around, way.published) if way.published else near_date(around)
        title = picked(around, way.title) if way.title else title_of(anchor)
        lead = picked(around, way.lead) if way.lead else ""
        hints = {"title": plain(title), "published": plain(raw), "lead": plain(lead)}
        yield Found(
            url=link.url,
            key=link.key,
            published=moment(plain(raw), source, answer.fetched_at),
            hints={name: value for name, value in hints.items() if value},
        )
        if way.items:
            return


def surroundings(anchor: HtmlElement, href: str) -> HtmlElement:
    """The largest block around a link, three levels up at most, that holds no other link's target."""
    best = anchor
    for parent in list(anchor.iterancestors())[:3]:
        if any(other.get("href") not in (href, None) for other in parent.iter("a")):
            break
        best = parent
    return best


def near_date(block: HtmlElement) -> str:
    """The date printed in a release's block: an attribute before a text; never one that stands inside a sentence."""
    for element in block.iter("time"):
        if element.get("datetime"):
            return str(element.get("datetime"))
    for element in block.iter(etree.Element):
        whole = " ".join(" ".join(element.itertext()).split())
        if alone := ALONE.fullmatch(whole):
            return str(alone[1])
        if element.tag == "a" and (leading := LEADING.match(whole)):
            return str(leading[1])
    pieces = (" ".join(str(piece).split()) for piece in block.itertext())
    return next((alone[1] for piece in pieces if (alone := ALONE.fullmatch(piece))), "")


def title_of(anchor: HtmlElement) -> str:
    """The link's text, unless it is a «читать далее»; the date before or after the headline, if any, left out."""
    text = " ".join(" ".join(anchor.itertext()).split())
    if leading := LEADING.match(text):
        text = text[leading.end() :]
    elif printed := next((p for p in anchor.itertext() if ALONE.fullmatch(" ".join(p.split()))), None):
        text = text.replace(" ".join(printed.split()), " ", 1)
    text = " ".join(text.split()).strip(" ,|/—-")
    return text if len(text) >= 20 else str(anchor.get("title") or "")


def picked(block: HtmlElement, css: str) -> str:
    """First match of a selector that may end in `::text` or `::attr(name)`."""
    for choice in css.split(","):
        selector, _, pseudo = choice.strip().partition("::")
        for element in block.cssselect(selector) if selector else [block]:
            value = element.get(pseudo[5:-1]) if pseudo.startswith("attr(") else " ".join(element.itertext())
            if value and value.strip():
                return str(value).strip()
    return ""


# JSON


def read_api(way: Api, answer: Answer, source: Source) -> Page:
    try:
        data = json.loads(answer.body)
    except ValueError as error:
        raise Unreadable(f"вместо JSON — {kind(answer)}") from error
    items = at(data, way.items)
    if not isinstance(items, list):
        raise Unreadable(f"в ответе JSON нет списка «{way.items}»")
    links = [api_item(item, way, answer, source) for item in items]
    cursor = at(data, way.next) if way.next else None
    return Page(
        found=unique(link for link in links if link),
        count=len(items),
        cursor=None if cursor in (None, "", False) else str(cursor),
    )


def api_item(item: Any, way: Api, answer: Answer, source: Source) -> Found | None:
    href = filled(way.address, item) if "{" in way.address else at(item, way.address)
    if not isinstance(href, str) or not href:
        return None
    told = {name: value_of(item, getattr(way, name)) for name in ("title", "published", "lead", "body")}
    return found(
        href,
        source.url("/"),
        source,
        published=moment(told["published"], source, answer.fetched_at),
        hints={**told, "title": plain(told["title"]), "lead": plain(told["lead"])},
    )


def value_of(item: Any, path: str | None) -> str:
    value = at(item, path) if path else None
    return "" if value is None or isinstance(value, dict | list | bool) else str(value)


def at(data: Any, path: str) -> Any:
    """A dotted path into JSON; None where it leads nowhere."""
    for part in path.split(".") if path else ():
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and part.isdigit() and int(part) < len(data):
            data = data[int(part)]
        else:
            return None
    return data


def filled(template: str, item: Any) -> str | None:
    """«/news/{id}/» over the item's fields; None when one is missing."""
    names = [name for _, name, _, _ in Formatter().parse(template) if name]
    values = {name: at(item, name) for name in names}
    if any(value is None for value in values.values()):
        return None
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", str(value))
    return template


# Addresses of further pages


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def by_date(template: str, newest: date, oldest: date) -> Iterator[str]:
    """Dated addresses, the newest first: one a day, or one a month."""
    if "month" in placeholders(template):
        month = newest.replace(day=1)
        while month >= oldest.replace(day=1):
            yield template.format(month=month)
            month = (month - timedelta(days=1)).replace(day=1)
        return
    for back in range((newest - oldest).days + 1):
        yield template.format(day=newest - timedelta(days=back))


# A date inside a page, for stopping by date where the listing prints none and for the health report.

SNIFFED = re.compile(
    rb"""(?:article:published_time["'][^>]{0,80}?content=|datePublished["'][^>]{0,80}?(?:content|datetime)=|"""
    rb"""["']datePublished["']\s*:\s*|<time\b[^>]{0,200}?datetime=)["']([0-9T:+Z. -]{10,35})["']"""
)
MARKS = (b"published_time", b"datePublished", b"datetime=")
"""The pattern is ten times as slow as these on a page that has none."""
PATH_DATE = re.compile(r"/(20\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")


def sniff(answer: Answer, source: Source) -> datetime | None:
    """A machine-readable date of publication in the page's head or address: good enough to stop by, not to publish."""
    for rule in (sniff_markup, sniff_path):
        at = rule(answer, source)
        if at is not None:
            return at
    return None


def sniff_markup(answer: Answer, source: Source) -> datetime | None:
    if not any(mark in answer.body for mark in MARKS):
        return None
    match = SNIFFED.search(answer.body)
    return moment(match[1].decode(), source, answer.fetched_at) if match else None


def sniff_path(answer: Answer, source: Source) -> datetime | None:
    match = PATH_DATE.search(urlsplit(answer.url).path)
    try:
        year, month, day = (int(part) for part in match.groups()) if match else (0, 0, 0)
        return datetime(year, month, day, tzinfo=ZoneInfo(source.timezone)) if year else None
    except ValueError:
        return None


# When a walk through pages ends.


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One page of a walk, as the rules below see it."""

    page: Page
    fresh: tuple[Found, ...]
    """Releases that no earlier page of this walk had: sidebars and repeated last pages have none."""
    known: frozenset[str]
    """Keys found in a run that walked this way to its end."""
    dates: Mapping[str, datetime]
    """Key → date, of those fresh ones whose date is known."""
    floor: datetime | None
    """Nothing older is wanted."""
    stop_at_known: bool


def empty(step: Step) -> bool:
    """страница без материалов"""
    return step.page.count == 0


def repeated(step: Step) -> bool:
    """страница повторяет прежние"""
    return not step.fresh


def known(step: Step) -> bool:
    """всё на странице уже известно"""
    return step.stop_at_known and all(link.key in step.known for link in step.fresh)


def too_old(step: Step) -> bool:
    """всё на странице раньше нужной даты"""
    if step.floor is None or not step.dates:
        return False
    return all(at < step.floor for at in step.dates.values())


STOPS: tuple[Callable[[Step], bool], ...] = (empty, repeated, known, too_old)


def stop(step: Step) -> str | None:
    """Why the walk ends here; None: on to the next page."""
    rule = next((rule for rule in STOPS if rule(step)), None)
    return None if rule is None else str(rule.__doc__)
