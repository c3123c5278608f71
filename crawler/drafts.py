"""A site's address → a draft of its source file: feeds, sitemap, content system, patterns and selectors guessed.

A draft is what a person begins from: every guess that a page confirmed says so in a comment, and the rest says that it
was not seen.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from crawler import document, page
from crawler.address import MEDIA, absolute, locator
from crawler.archive import Answer
from crawler.document import Element, words
from crawler.items import Article, RawPage

Look = Callable[[Iterable[str]], Mapping[str, Answer]]
"""Asks for several addresses of the site; what can't be had is missing from the answer."""

SYSTEMS = (
    ("gosweb", re.compile(r"tpl-component-gw|gosweb\.gosuslugi|netcat_files")),
    ("wordpress", re.compile(r"/wp-content/|/wp-includes/|content=\"WordPress")),
    ("bitrix", re.compile(r"/bitrix/(?:templates|js|cache|panel)|BX\.message|/local/templates/")),
    ("drupal", re.compile(r"drupalSettings|Drupal\.settings|/sites/default/files|content=\"Drupal")),
)
NEWS_SECTION = re.compile(r"(?i)новост|пресс-центр|пресс-релиз|сообщени")
NEWS_PATH = re.compile(r"(?i)/(?:news|novosti|press|press-center|press-centr|events|media)(?:/[\w-]+)*/?$")
USUAL_FEEDS = ("{section}rss/", "{section}feed/", "/rss.xml", "/rss/", "/feed/", "/rss")
PAGES = (
    (re.compile(r"[?&]PAGEN_1=\d+"), "{section}?PAGEN_1={{n}}"),
    (re.compile(r"/page/\d+/?$"), "{section}page/{{n}}/"),
    (re.compile(r"[?&]page=\d+"), "{section}?page={{n}}"),
    (re.compile(r"[?&]curPos=\d+"), "{section}?curPos={{offset}}"),
)
HEADLINE_LENGTH = 25
"""Characters of a link's text from which it may be a release's headline."""


class NoDraft(ValueError):
    """The address can't be opened or is no site; the message names it."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    id: str
    text: str
    """A Python file that `crawler.source.read` loads."""
    notes: tuple[str, ...]
    """Russian: what was seen and what a person must look at."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """The page of links to releases."""

    path: str
    root: Element
    releases: tuple[str, ...]
    article: str
    pages: str | None


def draft(url: str, look: Look, id: str | None = None, name: str | None = None) -> Draft:  # noqa: A002 a source's field
    """Raises NoDraft."""
    home = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}"
    start = next(iter(look([url]).values()), None)
    if start is None:
        raise NoDraft(f"{url}: страница не открывается, заблокирована или закрыта robots.txt")
    root = parsed(start)
    section = find_section(url, root, look)
    system = system_of(text_of(start)) or system_of(document.markup(section.root))
    feeds = find_feeds(home, root, section, look)
    sitemaps = [] if feeds or section.releases else find_sitemaps(home, look)
    articles = read_pages(section.releases[:3], look)
    chosen = id or id_of(home)
    text = written(chosen, name or site_name(root) or chosen, home, section, feeds, sitemaps, selectors(articles))
    return Draft(id=chosen, text=text, notes=notes(system, feeds, sitemaps, section, articles))


def text_of(answer: Answer) -> str:
    return document.text_of(answer.body, url=answer.url, header=answer.header("content-type"))


def parsed(answer: Answer) -> Element:
    return document.tree(text_of(answer), answer.url)


def system_of(text: str) -> str | None:
    return next((name for name, pattern in SYSTEMS if pattern.search(text)), None)


def id_of(home: str) -> str:
    host = (urlsplit(home).hostname or "source").removeprefix("www.")
    first = host.split(".")[0] if not re.fullmatch(r"[\d.]+", host) else "source"
    return re.sub(r"[^a-z0-9_-]", "_", first.lower()).strip("_-") or "source"


def site_name(root: Element) -> str:
    for meta in root.iter("meta"):
        if meta.get("property") == "og:site_name" and meta.get("content"):
            return " ".join(meta.get("content").split())
    title = next((words(element) for element in root.iter("title")), "")
    return re.split(r"\s+[|•—–-]\s+", title)[-1][:80]


def find_section(url: str, root: Element, look: Look) -> Section:
    """The page itself when it lists releases; else the section of news that it links to."""
    own = section_of(url, root)
    if len(own.releases) >= 5 and NEWS_PATH.search(own.path):
        return own
    for address in news_links(url, root)[:2]:
        answer = next(iter(look([address]).values()), None)
        if answer is not None:
            found = section_of(answer.url, parsed(answer))
            if len(found.releases) >= max(3, len(own.releases) // 2):
                return found
    return own


def news_links(url: str, root: Element) -> list[str]:
    found: Counter[str] = Counter()
    for link in root.iter("a"):
        address = absolute(url, link.get("href") or "")
        if address and urlsplit(address).netloc == urlsplit(url).netloc and address != url:
            named = NEWS_SECTION.search(words(link)) is not None and len(words(link)) < 40
            found[address] += 2 * named + bool(NEWS_PATH.search(urlsplit(address).path))
    return [address for address, score in found.most_common(4) if score >= 2]


def section_of(url: str, root: Element) -> Section:
    path = urlsplit(url).path or "/"
    shapes: dict[str, list[str]] = {}
    for link in root.iter("a"):
        address = absolute(url, link.get("href") or "")
        if address is None or urlsplit(address).netloc != urlsplit(url).netloc or MEDIA.search(urlsplit(address).path):
            continue
        where = locator(address)
        if len(words(link)) >= HEADLINE_LENGTH and where.rstrip("/") != path.rstrip("/"):
            addresses = shapes.setdefault(shape(where), [])
            if address not in addresses:
                addresses.append(address)
    best = max(shapes, key=lambda one: len(shapes[one]), default="")
    return Section(
        path=path,
        root=root,
        releases=tuple(shapes.get(best, ())),
        article=f"^{best}$" if best else ".",
        pages=pagination(root, path),
    )


def shape(where: str) -> str:
    """«/news/2024/vizit-na-kubu/» → `/news/\\d+/[\\w-]+/`: the last part and all numbers become patterns."""
    path, mark, query = where.partition("?")
    parts = path.split("/")
    last = max((number for number, part in enumerate(parts) if part), default=0)
    made = [generalised(part, number == last and not query) for number, part in enumerate(parts)]
    return "/".join(made) + (r"\?" + re.sub(r"=\d+", r"=\\d+", query) if mark else "")


def generalised(part: str, last: bool) -> str:
    stem, dot, ending = part.rpartition(".") if re.search(r"\.(?:html?|php|aspx?)$", part) else (part, "", "")
    if stem.isdigit():
        made = r"\d+"
    elif last and stem:
        made = r"[\w%-]+"
    else:
        made = re.escape(re.sub(r"\d+", "0", stem)).replace("0", r"\d+")
    return made + (rf"\.{ending}" if dot else "")


def pagination(root: Element, path: str) -> str | None:
    section = path if path.endswith("/") else f"{path}/"
    for link in root.iter("a"):
        for pattern, template in PAGES:
            if pattern.search(link.get("href") or ""):
                return template.format(section=section if "page/" in template else path)
    return None


def find_feeds(home: str, root: Element, section: Section, look: Look) -> list[str]:
    """Feeds that the pages name; else the usual addresses, those that answer with a feed."""
    named = [
        urljoin(home + section.path, link.get("href", ""))
        for page_root in (section.root, root)
        for link in page_root.iter("link")
        if re.search(r"(?:rss|atom)\+xml", link.get("type") or "")
    ]
    folder = section.path if section.path.endswith("/") else f"{section.path}/"
    usual = [urljoin(home, one.format(section=folder)) for one in USUAL_FEEDS]
    answers = look(dict.fromkeys(named or usual))
    good = [url for url, answer in answers.items() if re.search(rb"<(?:rss|feed|rdf:RDF)\b", answer.body[:3000])]
    return [relative(home, url) for url in good if "comment" not in url][:2]


def find_sitemaps(home: str, look: Look) -> list[str]:
    answers = look([urljoin(home, "/sitemap.xml")])
    return [
        relative(home, url)
        for url, answer in answers.items()
        if b"<urlset" in answer.body[:5000] or b"<sitemapindex" in answer.body[:5000]
    ]


def relative(home: str, url: str) -> str:
    return url.removeprefix(home) or "/"


def read_pages(urls: Iterable[str], look: Look) -> list[Article]:
    found = []
    for answer in look(urls).values() if urls else ():
        raw = RawPage(
            source="draft", url=answer.url, body=answer.body, fetched_at=answer.fetched_at, headers=answer.lower()
        )
        try:
            found.append(page.read(raw))
        except page.Unreadable:
            continue
    return found


def selectors(articles: list[Article]) -> dict[str, str]:
    """Where general reading found each field, when it was the same place on all pages and has a name of its own."""
    chosen = {}
    for ours, theirs in (("title", "title"), ("body", "body"), ("published", "published_at")):
        places = {article.provenance.get(theirs, "") for article in articles}
        if len(places) == 1 and len(articles) > 1:
            found = re.fullmatch(r"(?:line )?([a-z0-9]+\.[A-Za-z][\w-]*)", places.pop())
            if found:
                chosen[ours] = found[1]
    return chosen


def written(
    id: str,  # noqa: A002 a source's field
    name: str,
    home: str,
    section: Section,
    feeds: list[str],
    sitemaps: list[str],
    chosen: dict[str, str],
) -> str:
    ways = [f"Feed(url={url!r})" for url in feeds] + [f"Sitemap(url={url!r})" for url in sitemaps]
    if section.releases or not ways:
        pages = f", pages={section.pages!r}" if section.pages else ""
        ways.append(f"Listing(url={section.path!r}{pages})")
    used = sorted({way.partition("(")[0] for way in ways} | {"Source", "Expect"} | ({"Selectors"} if chosen else set()))
    inner = "\n".join(f"        {way}," for way in ways)
    lines = [
        f'"""{name}: drafted by `svodka sources add {home}`. Unverified."""',
        "",
        f"from crawler.source import {', '.join(used)}",
        "",
        "SOURCE = Source(",
        f"    id={id!r},",
        f"    name={name!r},",
        f"    home={home!r},",
        f"    discovery=(\n{inner}\n    ),",
        f"    article=r{section.article!r},".replace("\\\\", "\\"),
    ]
    if chosen:
        inside = ", ".join(f"{field}={css!r}" for field, css in chosen.items())
        lines += [
            "    # Where general reading found them on the first pages.",
            f"    selectors=Selectors({inside}),",
        ]
    lines += [
        "    # How often the agency writes: look at its listing and correct.",
        "    expect=Expect(a_week=5, fresh_days=14),",
        ")",
        "",
    ]
    return "\n".join(lines)


def notes(
    system: str | None, feeds: list[str], sitemaps: list[str], section: Section, articles: list[Article]
) -> tuple[str, ...]:
    found = [
        f"система управления сайтом: {system or 'не узнана'}",
        f"ленты: {', '.join(feeds) or 'не найдены'}",
        (
            f"раздел новостей: {section.path}, ссылок на сообщения: {len(section.releases)},"
            f" образец адреса: {section.article}"
        ),
        f"следующие страницы: {section.pages or 'не найдены'}",
    ]
    if sitemaps:
        found.append(f"карта сайта: {', '.join(sitemaps)}")
    if not section.releases:
        found.append("ссылок на сообщения не видно: страница строится сценарием, или укажите адрес раздела новостей")
    dated = sum(article.published_at is not None for article in articles)
    found.append(f"прочитано страниц: {len(articles)}, с датой: {dated}")
    if system in ("bitrix", "wordpress", "drupal", "gosweb"):
        found.append(f"для этой системы есть заготовка crawler.source.{system}: с нею файл выйдет короче")
    return tuple(found)
