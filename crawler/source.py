"""One agency's site, declared: where its releases are listed, what their addresses look like, what to expect of it.

A source file in `crawler/sources/` (or in a user's own folder) exports one `SOURCE`, usually made by a preset:

    SOURCE = bitrix(
        id="minobrnauki", name="Минобрнауки России", home="https://minobrnauki.gov.ru", section="/press-center/news/"
    )
"""

import importlib
import importlib.util
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.items import Article, RawPage


class BadSource(ValueError):
    """A source file declares something that cannot be: the message names the source and the field."""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """RSS or Atom. Addresses may be relative to the source's home, here and in all other ways."""

    url: str
    pages: str | None = None
    """Address of further pages: `{n}` from 2 up, or `{day:%d.%m.%Y}` / `{month:%Y/%m}` for back-fill by date."""
    full_text: bool = False
    """The feed holds whole releases: the pages themselves are not fetched."""
    fallback: bool = False
    """Tried only when no way before it found anything."""


@dataclass(frozen=True, kw_only=True)
class Sitemap:
    """A sitemap or an index of sitemaps, plain or gzipped."""

    url: str
    """May hold `{day:…}` or `{month:…}`: one sitemap a day or a month."""
    only: str = ""
    """Of an index's sitemaps, those whose address this pattern finds something in; empty means all."""
    fallback: bool = False


@dataclass(frozen=True, kw_only=True)
class Listing:
    """An HTML page of links to releases, the newest first."""

    url: str
    pages: str | None = None
    """As in Feed; `{offset}` counts releases instead of pages."""
    next: str | None = None
    """CSS of the link to the next page, instead of `pages`."""
    items: str | None = None
    """CSS of one release's block; None: every link on the page whose address `Source.article` accepts."""
    link: str = "a"
    title: str | None = None
    """CSS inside the block, like the next two; `::text` and `::attr(name)` may end it."""
    published: str | None = None
    lead: str | None = None
    fallback: bool = False


@dataclass(frozen=True, kw_only=True)
class Api:
    """A JSON listing. Paths are dotted («data.items»), a number picks from a list («image.0.src»)."""

    url: str
    """May hold `{n}` (page), `{offset}`, `{size}`, `{cursor}` or `{day:…}`."""
    items: str = "items"
    """Path of the list; empty when the answer is the list."""
    address: str = "url"
    """Path of the release's address, or a template over the item's fields: `/news/item/{id}/`."""
    title: str | None = "title"
    published: str | None = "date"
    lead: str | None = None
    body: str | None = None
    """Path of the full text, HTML or plain."""
    next: str | None = None
    """Path of the cursor (or whole address) of the next page."""
    first: int = 1
    """Number of the first page."""
    size: int = 50
    """What `{size}` asks for; a server that gives fewer at once is noticed."""
    full_text: bool = False
    fallback: bool = False


@dataclass(frozen=True, kw_only=True)
class Ids:
    """Releases numbered in sequence: tries the numbers after the greatest one known (`--full`: from `first`)."""

    url: str
    """With `{id}`."""
    first: int = 1
    gap: int = 20
    """So many missing numbers in a row end the walk."""
    fallback: bool = False


Way = Feed | Sitemap | Listing | Api | Ids


@dataclass(frozen=True, kw_only=True)
class Selectors:
    """CSS of a release page's fields; commas give alternatives, `::attr(name)` may end one. None: found in general."""

    title: str | None = None
    lead: str | None = None
    body: str | None = None
    published: str | None = None
    authors: str | None = None
    tags: str | None = None
    captions: str | None = None
    attachments: str | None = None
    drop: tuple[str, ...] = ()
    """What is no part of the text although it stands inside the body: tooltips, galleries, «читайте также»."""


@dataclass(frozen=True, kw_only=True)
class Expect:
    """What a healthy source gives; the health report raises an alarm outside of it."""

    a_week: float = 5.0
    """Releases a week, on average."""
    fresh_days: float = 7.0
    """The newest release is at most so old; count the long holidays in."""
    length: tuple[int, int] = (200, 60_000)
    """Characters of nine bodies in ten."""
    dated: float = 0.9
    """Share of releases whose page tells a publication date; 0 for sites that print none."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A site that is watched."""

    id: str
    """Latin letters, digits, «-» and «_»: names the source in commands, files and rows; never reused."""
    name: str
    """Russian, as shown to readers."""
    home: str
    """Scheme and host (and port); relative addresses are read against it."""
    hosts: tuple[str, ...] = ()
    """Hosts whose pages are this source's; empty means home's own, with and without «www.».

    One that names a port («127.0.0.1:8001») means that port only.
    """
    timezone: str = "Europe/Moscow"
    false_offsets: tuple[str, ...] = ()
    """Offsets the site prints beside its own local time by mistake («+04:00», «Z»): dropped, `timezone` holds."""
    discovery: tuple[Way, ...] = ()
    """All are walked and merged; those marked `fallback` only when nothing was found before them."""
    article: str = r"."
    """Pattern searched in the path and query of a release's address."""
    exclude: str = r"(?!)"
    """Pattern of addresses that are never releases although `article` accepts them."""
    same: tuple[tuple[str, str], ...] = ()
    """(pattern, replacement) on path and query: addresses that become equal are one release (`(r"^/ru/", "/")`)."""
    selectors: Selectors = field(default_factory=Selectors)
    language: str = "ru"
    encoding: str | None = None
    """Of the pages, where neither their bytes nor their labels can be trusted; None: found out."""
    delay: float = 2.0
    """Seconds between two requests to one host; slower when the server is slow, robots.txt or Retry-After ask."""
    concurrency: int = 1
    """Requests to one host at a time."""
    timeout: float = 60.0
    max_bytes: int = 10_000_000
    documents: int = 5
    """PDF and DOCX files of its own hosts fetched with one page at most, each once; 0: none."""
    cookies: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    """Sent with every request besides the crawler's own."""
    robots: Literal["obey", "ignore"] = "obey"
    """«ignore» only by the site owner's leave, which the source file's comment records."""
    private: bool = False
    """May live in a private address range: an intranet, the demo."""
    expect: Expect = field(default_factory=Expect)
    verified: date | None = None
    """The day `svodka sources check` last read its live pages; None: written from descriptions, never seen live."""
    amend: Callable[[RawPage, Article], Article] | None = None
    """A site's quirk that no selector expresses: has the last word on what was read of a page."""
    links: Callable[[str, bytes], Iterable[str]] | None = None
    """Likewise for listings: the addresses of releases in the answer (url, body)."""

    def __post_init__(self) -> None:
        checks = (
            ("id", bool(re.fullmatch(r"[a-z0-9][a-z0-9_-]*", self.id)), "латинские буквы, цифры, «-» и «_»"),
            ("name", bool(self.name.strip()), "название не может быть пустым"),
            ("home", urlsplit(self.home).scheme in ("http", "https"), "нужен адрес с http:// или https://"),
            ("timezone", is_timezone(self.timezone), f"нет часового пояса {self.timezone}"),
            ("article", is_pattern(self.article), f"ошибка в выражении {self.article}"),
            ("exclude", is_pattern(self.exclude), f"ошибка в выражении {self.exclude}"),
            ("same", all(is_pattern(pattern) for pattern, _ in self.same), "ошибка в выражении"),
            ("delay", self.delay >= 0, "не может быть отрицательной"),
            ("concurrency", self.concurrency >= 1, "не меньше одного"),
        )
        for name, holds, why in checks:
            if not holds:
                raise BadSource(f"источник {self.id!r}, поле {name}: {why}")
        if not self.hosts:
            parts = urlsplit(self.home)
            bare = (parts.hostname or "").removeprefix("www.")
            object.__setattr__(self, "hosts", (parts.netloc,) if is_address(bare) else (bare, f"www.{bare}"))

    def url(self, address: str) -> str:
        """An absolute address, read against home."""
        return urljoin(self.home, address)

    def mislabels(self, at: datetime) -> bool:
        """Whether this moment carries an offset that the site prints by mistake."""
        offset = at.strftime("%z")
        label = f"{offset[:3]}:{offset[3:5]}"
        return label in self.false_offsets or (label == "+00:00" and "Z" in self.false_offsets)

    def at(self, base: str) -> "Source":
        """The same site served elsewhere, as the demo's agencies are on a loopback port; private addresses allowed."""
        home, new = self.home.rstrip("/"), base.rstrip("/")
        ways = tuple(moved(way, home, new) for way in self.discovery)
        return replace(self, home=new, hosts=(), discovery=ways, private=True, delay=0.0)


def moved(way: Way, home: str, new: str) -> Way:
    texts = {
        name: new + value[len(home) :]
        for name in ("url", "pages")
        if isinstance(value := getattr(way, name, None), str) and value.startswith(home)
    }
    return replace(way, **texts)  # type: ignore[arg-type]


def is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def is_address(host: str) -> bool:
    return host == "localhost" or ":" in host or bool(re.fullmatch(r"[\d.]+", host))


# Presets. Each takes any field of Source besides; what is given wins over what the preset would say.


def bitrix(*, section: str, **fields: Any) -> Source:
    """1С-Битрикс: `section` («/press-center/news/») with its RSS, then its pages by PAGEN_1.

    Such sites often forbid `/*PAGEN` in robots.txt; then the feed and the first page are what is read, polled often.
    """
    return Source(
        **{
            "discovery": (
                Feed(url=f"{section}rss/"),
                Listing(url=section, pages=f"{section}?PAGEN_1={{n}}"),
            ),
            "article": rf"^{re.escape(section)}(?:[^?]*[?&]ELEMENT_ID=\d+|[^?]*\w[^?]*(?:\?|$))",
            "exclude": rf"[?&](?:PAGEN_\d+|print|set_filter|bxajaxid)|^{re.escape(section)}(?:rss/|index\.php$)",
            "selectors": Selectors(
                title="h1",
                body=".news-detail .news-text, .news-detail .detail-text, .news-detail__text, .news-detail",
                published=".news-detail .news-date-time, .news-date-time, .news-detail__date, .date",
                drop=(".news-detail .share", ".bx-share", ".news-list"),
            ),
            **fields,
        }
    )


def wordpress(*, section: str = "/", **fields: Any) -> Source:
    """WordPress: the feed with full texts and its pages `?paged={n}`, then the listing `page/{n}/`."""
    return Source(
        **{
            "discovery": (
                Feed(url=f"{section}feed/", pages=f"{section}feed/?paged={{n}}"),
                Listing(url=section, pages=f"{section}page/{{n}}/", fallback=True),
            ),
            "article": r"^/(?!(?:category|tag|author|page|feed|wp-[\w-]+)/)(?:[^/?]+/)*[^/?]+/?$|[?&]p=\d+",
            "exclude": r"/(?:feed|amp|page/\d+)/?$|^/?$|[?&]replytocom=",
            "selectors": Selectors(
                title="h1.entry-title, h1",
                body=".entry-content",
                published="time.entry-date::attr(datetime), time.published::attr(datetime)",
                tags="a[rel~=tag]",
                drop=(".sharedaddy", ".jp-relatedposts", ".wp-block-gallery", ".addtoany_share_save_container"),
            ),
            **fields,
        }
    )


def drupal(*, section: str = "/news", **fields: Any) -> Source:
    """Drupal: `rss.xml`, then the listing by `?page={n}` (counted from 0: the second page is 1)."""
    return Source(
        **{
            "discovery": (
                Feed(url="/rss.xml", fallback=False),
                Listing(url=section, next=".pager__item--next a, .pager-next a, a[rel=next]"),
            ),
            "article": rf"^(?:{re.escape(section.rstrip('/'))}/[^?]+|/node/\d+)",
            "exclude": r"[?&]page=\d+",
            "selectors": Selectors(
                title="h1.page-title, h1.page-header, h1",
                body=".field--name-body, .field-name-body",
                published=".field--name-created time::attr(datetime), time::attr(datetime), .submitted",
            ),
            **fields,
        }
    )


def gosweb(*, section: str = "/dlya-zhiteley/novosti-i-reportazhi/", **fields: Any) -> Source:
    """Госвеб (*.gosuslugi.ru, NetCat): no feed; pages by `?curPos=`; schema.org NewsArticle in local time."""
    return Source(
        **{
            "discovery": (Listing(url=section, pages=f"{section}?curPos={{offset}}"),),
            "article": rf"^{re.escape(section)}[\w-]+(?:_\d+)?\.html",
            "selectors": Selectors(
                title="[itemprop=headline], h1",
                body="[itemprop=articleBody]",
                published="[itemprop=datePublished]::attr(content), [itemprop=datePublished]::attr(datetime)",
            ),
            **fields,
        }
    )


def feed(*, url: str, pages: str | None = None, full_text: bool = False, **fields: Any) -> Source:
    """A plain RSS or Atom feed."""
    return Source(**{"discovery": (Feed(url=url, pages=pages, full_text=full_text),), **fields})


def sitemap(*, url: str = "/sitemap.xml", only: str = "", **fields: Any) -> Source:
    """A site that is best read by its sitemap."""
    return Source(**{"discovery": (Sitemap(url=url, only=only),), **fields})


def api(*, url: str, **fields: Any) -> Source:
    """A JSON listing; fields of `Api` may stand beside the source's own."""
    own = {name: fields.pop(name) for name in Api.__dataclass_fields__ if name in fields}
    return Source(**{"discovery": (Api(url=url, **own),), **fields})


def listing(*, url: str, pages: str | None = None, next: str | None = None, **fields: Any) -> Source:  # noqa: A002 the field's name
    """Plain pages of links."""
    return Source(**{"discovery": (Listing(url=url, pages=pages, next=next),), **fields})


def load(*folders: Path) -> dict[str, Source]:
    """The sources that ship with the crawler and those of a user's folders, by id; a user's own wins."""
    package = importlib.import_module("crawler.sources")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    found = [source_of(importlib.import_module(f"crawler.sources.{name}"), name) for name in names]
    for folder in folders:
        if not folder.is_dir():
            raise BadSource(f"нет папки с источниками {folder}")
        found += [read(path) for path in sorted(folder.glob("*.py")) if not path.name.startswith("_")]
    return {source.id: source for source in found}


def read(path: Path) -> Source:
    """The SOURCE of one file outside the package. Raises BadSource naming the file when it does not load."""
    name = f"svodka_source_{re.sub(r'[^0-9A-Za-z_]', '_', str(path.resolve()))}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise BadSource(f"{path}: это не файл Python")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # a function of the file must be found again by the fetching process
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # any mistake of a user's file is the file's
        raise BadSource(f"{path}: {type(error).__name__}: {error}") from error
    return source_of(module, str(path))


def source_of(module: object, where: str) -> Source:
    source = getattr(module, "SOURCE", None)
    if not isinstance(source, Source):
        raise BadSource(f"{where}: файл источника должен задать SOURCE = Source(...)")
    return source
