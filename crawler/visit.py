"""One source visited once: its ways walked, its pages fetched and kept, everything odd counted.

Knows nothing of Scrapy: `Fetch` may be the network (`crawler.spider`) or an archive (`crawler.replay`).
"""

import asyncio
import html
import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha1
from types import MappingProxyType
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from w3lib.url import safe_url_string

from crawler import address, discovery, guard, robots
from crawler.archive import SAME_BYTES, Answer, Archive
from crawler.challenge import challenge
from crawler.frontier import Found, Frontier, Link, RobotsFile
from crawler.health import HealthReport, Tally, earliest, judged
from crawler.source import Source

log = logging.getLogger(__name__)

MAX_HOPS = 8
MAX_WALLS = 3
"""In a row; the source is then left alone until the next run."""
MAX_FAILURES = 12
GIVE_UP = 8
"""Runs that failed to fetch an address, after which it is no longer tried."""

NONE: Mapping[str, Answer] = MappingProxyType({})

REDIRECTS = frozenset((301, 302, 303, 307, 308))
GONE = frozenset((404, 410))
TEXT = re.compile(r"(?i)^\s*(?:text/(?:html|plain|xml)|application/(?:xhtml\+xml|xml|octet-stream)|$)")
DOCUMENT = re.compile(rb"""\bhref\s*=\s*["']?([^"'<>\s]+\.(?:pdf|docx))(?=["'?#>\s])""", re.IGNORECASE)
ENDINGS = (b".pdf", b".docx", b".PDF", b".DOCX")
"""The pattern costs ten times as much on a page that links to none."""
CANONICAL = re.compile(rb"""<link\b[^>]*\brel\s*=\s*["']?canonical\b[^>]*>""", re.IGNORECASE)
HREF = re.compile(rb"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


class Unreachable(Exception):
    """No answer, or none worth keeping. `again`: worth asking once more."""

    def __init__(self, reason: str, *, again: bool = False) -> None:
        super().__init__(reason)
        self.again = again


class Wall(Exception):
    """A challenge page or a refusal: the source is blocked, not silent."""


class Forbidden(Exception):
    """robots.txt says no."""


class LeftAlone(Exception):
    """Walls or failures in a row, or a long Retry-After: the rest waits for the next run."""


class Fetch(Protocol):
    async def __call__(self, url: str, source: Source, headers: Mapping[str, str]) -> Answer:
        """One request, redirects not followed. Raises Unreachable."""

    def slow_down(self, url: str, source: Source, delay: float) -> None:
        """At least so many seconds between two requests to this host from now on."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is asked of a run; the same for all its sources."""

    since: datetime | None = None
    full: bool = False
    recheck: bool = False
    """Every page known is asked for again, due or not."""
    limit: int | None = None
    """Pages kept of each source at most."""
    tries: int = 3
    pause: float = 2.0
    """Seconds before the second try, doubled before each further one; Retry-After wins."""
    patience: float = 120.0
    """The longest Retry-After that is waited for; after a longer one the source is left until the next run."""


class Memory:
    """The frontier and the archive, committed together: records reach the disk before the rows that point at them."""

    def __init__(self, frontier: Frontier, archive: Archive, *, every: int = 32, seconds: float = 0.5) -> None:
        self.frontier, self.archive = frontier, archive
        self.every, self.seconds = every, seconds
        self.pending, self.committed_at = 0, time.monotonic()

    def changed(self) -> None:
        """Something was kept; commits when enough has gathered."""
        self.pending += 1
        if self.pending >= self.every or time.monotonic() - self.committed_at >= self.seconds:
            self.commit()

    def commit(self) -> None:
        self.frontier.flush(self.archive.flush())
        self.pending, self.committed_at = 0, time.monotonic()

    async def keep_committing(self) -> None:
        """What one slow source gathered does not wait for its next page."""
        while True:
            await asyncio.sleep(self.seconds)
            if self.pending:
                self.commit()


@dataclass(kw_only=True)
class Visit:
    """Everything that one run does with one source."""

    source: Source
    memory: Memory
    fetch: Fetch
    plan: Plan
    progress: Callable[["Visit"], None]
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self.frontier, self.archive = self.memory.frontier, self.memory.archive
        self.started_at = datetime.now(UTC)
        self.run = self.frontier.start(self.source.id)
        self.rules: dict[str, robots.Rules] = {}
        self.rules_lock = asyncio.Lock()
        self.walking = True
        self.news, self.idle = asyncio.Event(), asyncio.Event()
        self.busy = self.walls = self.failures = 0
        self.stopped: str | None = None
        self.not_before = 0.0
        self.seen: set[int] = set()

    def report(self, *, alarms: bool = True) -> HealthReport:
        """What came of it; called once, at the end. A replay is not held against expectations."""
        span = self.frontier.span(self.source.id)
        self.tally.waiting = self.frontier.waiting_count(self.source.id)
        report = HealthReport(
            source=self.source.id,
            name=self.source.name,
            run=self.run,
            started_at=self.started_at,
            seconds=round((datetime.now(UTC) - self.started_at).total_seconds(), 3),
            tally=self.tally,
            oldest=span.oldest,
            newest=span.newest,
            month=self.frontier.published_since(self.source.id, self.started_at - timedelta(days=28)),
            known_since=span.first_found,
            last_found=span.last_found,
        )
        return report.with_alarms(judged(self.source, report)) if alarms else report

    # What the walks found

    def remember(self, links: tuple[Found, ...], floor: datetime | None) -> None:
        """New addresses become due; those told to be older than `floor` are only remembered."""
        old = [link for link in links if floor is not None and (at := link.published or link.modified) and at < floor]
        too_old = {link.key for link in old}
        wanted = [link for link in links if link.key not in too_old]
        wake = self.plan.full or self.plan.since is not None
        new = self.frontier.add(self.source.id, self.run, wanted, wake=wake)
        self.frontier.add(self.source.id, self.run, old, skip=True)
        told = {hash(link.key) for link in links}  # the keys themselves would weigh three times as much
        self.tally.found += len(told - self.seen)
        self.seen |= told
        self.tally.fresh += new
        self.tally.reached = earliest((self.tally.reached, *(link.published for link in links)))
        if new:
            self.idle.clear()
            self.news.set()

    def keep_told(self, links: tuple[Found, ...], answer: Answer) -> None:
        """Releases that the feed or JSON answer holds whole: kept as pages of their own, nothing fetched."""
        self.memory.commit()
        for told in links:
            link = self.frontier.find(self.source.id, told.key)
            if link is None or not told.hints.get("body"):
                continue
            page = told_page(told)
            digest = sha1(page, usedforsecurity=False).hexdigest()
            if digest == link.digest:
                continue
            place = self.archive.conversion(told.url, page, answer.fetched_at, answer.url)
            self.frontier.keep(
                link, url=told.url, fetched_at=answer.fetched_at, status=200, digest=digest, place=place, etag=None,
                last_modified=None, due_at=None, run=self.run, hints=told.hints,
            )  # fmt: skip
            self.count(link)
        self.memory.commit()

    def count(self, link: Link) -> None:
        if link.digest is None:
            self.tally.new += 1
        else:
            self.tally.changed += 1
        self.memory.changed()
        self.progress(self)
        if self.plan.limit is not None and self.tally.new + self.tally.changed >= self.plan.limit:
            self.stopped = "limit"

    # Pages

    async def work(self) -> None:
        """Fetches what is due until the walks have ended and nothing is left."""
        try:
            while self.stopped is None and await self.work_once():
                pass
        except Exception:
            self.stopped = "broken"  # the walks end too; the error is told when the workers are gathered
            raise
        finally:
            self.idle.set()

    async def work_once(self) -> bool:
        """False: nothing is left to do, and nothing will come."""
        self.news.clear()
        links = self.frontier.due(self.source.id, self.started_at, 4, recheck=self.plan.recheck)
        if links:
            await self.pages(links)
            return True
        if self.busy == 0:
            self.idle.set()
        if self.walking:
            await self.news.wait()
            return True
        return False

    async def pages(self, links: list[Link]) -> None:
        self.busy += 1
        try:
            for link in links:
                if self.stopped is None:
                    await self.page(link)
        finally:
            self.busy -= 1

    async def page(self, link: Link) -> None:
        """Asks for one page and puts down what came of it."""
        try:
            answer = await self.ask(link.url, validators(link))
        except LeftAlone:
            return
        except Wall as wall:
            self.tally.blocked += 1
            self.put_off(link, "blocked", str(wall), timedelta(0))
        except Forbidden as error:
            self.tally.skipped += 1
            self.put_off(link, "skipped", str(error), timedelta(days=7))
        except (Unreachable, guard.Refused) as error:
            self.lost(link, str(error))
        else:
            documents = await self.documents(link, answer)
            self.read(link, answer, documents)
        self.memory.changed()

    async def documents(self, link: Link, answer: Answer) -> dict[str, Answer]:
        """Files that a changed page links to, fetched before it is kept, so that both are committed together."""
        if answer.status != 200 or not self.source.documents or not any(name in answer.body for name in ENDINGS):
            return {}
        kept = self.frontier.attached(link)
        hrefs = (html.unescape(match[1].decode("utf-8", "replace")) for match in DOCUMENT.finditer(answer.body))
        urls = dict.fromkeys(url for href in hrefs if (url := address.absolute(answer.url, href)) is not None)
        wanted = [url for url in urls if url not in kept and address.is_own(url, self.source)]
        found = {url: await self.document(url) for url in wanted[: self.source.documents]}
        return {url: told for url, told in found.items() if told is not None}

    async def document(self, url: str) -> Answer | None:
        """A file that does not come is noted; the page is kept without it."""
        try:
            answer = await self.ask(url)
        except (Wall, Forbidden, Unreachable, guard.Refused, LeftAlone) as error:
            log.info("%s: вложение %s: %s", self.source.id, url, error)
            return None
        return answer if answer.status == 200 and answer.body.startswith((b"%PDF", b"PK\x03\x04")) else None

    def read(self, link: Link, answer: Answer, documents: Mapping[str, Answer] = NONE) -> None:
        """First rule that fits, in this order: unchanged, gone, refused, no page, moved away, same bytes, a page."""
        self.walls = 0  # listings often stay open while pages are walled off: only a page ends a row of walls
        kind = answer.header("content-type") or ""
        digest = sha1(answer.body, usedforsecurity=False).hexdigest()
        if answer.status == 304 or (answer.status == 200 and digest == link.digest):
            self.unchanged(link, answer)
        elif answer.status in GONE:
            self.archive.page(answer)
            self.tally.gone += 1
            self.put_off(link, "gone", f"ответ {answer.status}", timedelta(days=30) if link.digest else None)
        elif answer.status != 200 or not answer.body.strip():
            self.archive.page(answer)
            self.lost(link, f"{answer.url}: ответ {answer.status}, {len(answer.body)} байт")
        elif not TEXT.match(kind) or answer.body.startswith((b"%PDF", b"PK\x03\x04")):
            self.archive.page(answer)
            self.tally.skipped += 1
            self.put_off(link, "skipped", f"не страница: {kind}", None)
        elif not address.is_article(answer.url, self.source):
            self.archive.page(answer)
            self.tally.gone += 1
            self.put_off(link, "gone", f"перенаправлен на {answer.url}", None)
        else:
            self.keep(link, answer, digest, documents)

    def unchanged(self, link: Link, answer: Answer) -> None:
        if answer.status == 304:
            self.archive.revisit(answer)
        else:
            self.archive.revisit(answer, profile=SAME_BYTES)
        self.tally.unchanged += 1
        self.frontier.unchanged(link, answer.fetched_at, next_look(link, answer.fetched_at))

    def keep(self, link: Link, answer: Answer, digest: str, documents: Mapping[str, Answer]) -> None:
        own = self.own_address(link, answer)
        if own != link.url and (key := address.key(own, self.source)) != link.key:
            link, known = self.moved(link, key, own)
            if known:
                return
        other = self.frontier.same_body(self.source.id, digest)
        if other not in (None, link.id) and link.digest is None:
            self.archive.revisit(answer, profile=SAME_BYTES)
            self.joined(link, other)
            return
        self.frontier.keep(
            link, url=answer.url, fetched_at=answer.fetched_at, status=answer.status, digest=digest,
            place=self.archive.page(answer), etag=answer.header("etag"), last_modified=answer.header("last-modified"),
            due_at=next_look(link, answer.fetched_at), run=self.run, hints=link.hints,
        )  # fmt: skip
        for url, document in documents.items():
            self.frontier.attach(link, url, self.archive.page(document))
        if link.published is None and (at := discovery.sniff(answer, self.source)) is not None:
            self.frontier.date(link, at)
        self.count(link)

    def moved(self, link: Link, key: str, own: str) -> tuple[Link, bool]:
        """A page says that its address is another: True when that one is kept already."""
        self.memory.commit()
        other = self.frontier.find(self.source.id, key)
        if other is None:
            return self.frontier.rename(link, key, own), False
        if other.id == link.id:
            return link, False
        self.joined(link, other.id)
        if other.digest is not None:
            return other, True
        return other, False

    def joined(self, link: Link, other: int | None) -> None:
        """Two addresses, one page."""
        assert other is not None  # noqa: S101 callers have looked
        self.tally.same += 1
        self.frontier.alias(self.source.id, link.key, link.url, other)
        self.put_off(link, "same", f"то же, что {other}", None)

    def own_address(self, link: Link, answer: Answer) -> str:
        """After redirects, and by `rel=canonical` where that can be believed."""
        match = CANONICAL.search(answer.body, 0, 60_000)
        href = HREF.search(match[0]) if match else None
        if href is None:
            return answer.url
        told = address.absolute(answer.url, html.unescape(href[1].decode("utf-8", "replace")))
        believed = (
            told is not None
            and address.is_article(told, self.source)
            and address.same_release(told, answer.url)
        )  # fmt: skip
        return told if believed and told is not None else answer.url

    def lost(self, link: Link, reason: str) -> None:
        self.tally.failed += 1
        self.tally.note(reason)
        self.put_off(link, "failed", reason, timedelta(0) if link.tries < GIVE_UP else None)

    def put_off(self, link: Link, state: str, reason: str, wait: timedelta | None) -> None:
        """Until the next run at least; `None`: for good."""
        log.debug("%s: %s: %s", link.url, state, reason)
        due_at = None if wait is None else datetime.now(UTC) + wait
        self.frontier.drop(link, state, reason, due_at=due_at)

    # Requests

    async def ask(self, url: str, headers: Mapping[str, str] | None = None, *, by_robots: bool = True) -> Answer:
        """Follows redirects inside the source. Raises Wall, Forbidden, Unreachable, guard.Refused, LeftAlone."""
        passed: set[str] = set()
        for _ in range(MAX_HOPS):
            guard.check(url, self.source)
            if by_robots and not (await self.rules_for(url)).allow(url):
                raise Forbidden(f"{url}: запрещено в robots.txt")
            answer = await self.send(url, headers or {})
            self.look_for_wall(answer)
            location = answer.header("location")
            if answer.status not in REDIRECTS or location is None:
                return answer
            self.archive.page(answer)
            passed.add(url)
            url = safe_url_string(urljoin(url, location.strip()))
            if url in passed and not self.source.cookies:
                raise Unreachable(f"{url}: перенаправления по кругу")
        raise Unreachable(f"{url}: больше {MAX_HOPS} перенаправлений")

    def look_for_wall(self, answer: Answer) -> None:
        told = challenge(answer.status, answer.lower(), answer.body)
        if told is None:
            return
        self.archive.page(answer)
        self.walls += 1
        self.tally.note(f"{answer.url}: {told}")
        if self.walls >= MAX_WALLS:
            self.stopped = "walls"
        raise Wall(told)

    async def send(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Tries again what may pass: no answer, 5xx, 429 and whatever Retry-After asks for."""
        for attempt in range(1, self.plan.tries + 1):
            last = attempt == self.plan.tries
            await self.wait_turn()
            self.tally.requests += 1
            try:
                answer = await self.fetch(url, self.source, headers)
            except Unreachable as error:
                if last or not error.again:
                    self.failed_once(error)
                    raise
                await asyncio.sleep(self.plan.pause * 2 ** (attempt - 1))
                continue
            self.tally.received += len(answer.body)
            if not is_passing(answer):
                self.failures = 0
                return answer
            self.archive.page(answer)
            self.pause(answer, attempt, last)
        raise Unreachable(f"{url}: ответ {answer.status}")

    def pause(self, answer: Answer, attempt: int, last: bool) -> None:
        """The whole source waits as long as the server asks for."""
        asked = retry_after(answer)
        if asked is not None and asked > self.plan.patience:
            self.stopped = "retry-after"
            self.tally.note(f"{answer.url}: ответ {answer.status}, просит подождать {asked:.0f} с")
            raise LeftAlone
        if last:
            self.failed_once(Unreachable(f"ответ {answer.status}"))
        seconds = asked if asked is not None else self.plan.pause * 2 ** (attempt - 1)
        self.not_before = max(self.not_before, time.monotonic() + seconds)

    def failed_once(self, error: Unreachable) -> None:
        self.failures += 1
        if self.failures >= MAX_FAILURES:
            self.stopped = "failures"
            self.tally.note(f"{MAX_FAILURES} неудач подряд, последняя: {error}")

    async def wait_turn(self) -> None:
        while (seconds := self.not_before - time.monotonic()) > 0:
            await asyncio.sleep(seconds)
        if self.stopped is not None:
            raise LeftAlone

    # robots.txt

    async def rules_for(self, url: str) -> robots.Rules:
        host = urlsplit(url).netloc
        async with self.rules_lock:
            if host not in self.rules:
                self.rules[host] = await self.read_rules(url, host)
        return self.rules[host]

    async def read_rules(self, url: str, host: str) -> robots.Rules:
        if self.source.robots == "ignore":
            return robots.Rules(None)
        before = self.frontier.robots(host)
        if before is not None and robots.is_fresh(before):
            file = before
        else:
            file = robots.chosen(await self.fetch_robots(f"{urlsplit(url).scheme}://{host}/robots.txt"), before)
            self.frontier.keep_robots(host, file)
        rules = robots.read(file)
        if rules.forbidden:
            self.tally.note(f"{host}: robots.txt не читается (ответ {file.status}), обход отложен")
        if rules.delay > self.source.delay:
            self.fetch.slow_down(url, self.source, rules.delay)
        return rules

    async def fetch_robots(self, url: str) -> RobotsFile:
        """A wall or a foreign host in its place forbids nothing, a server that does not answer everything."""
        try:
            answer = await self.ask(url, by_robots=False)
        except (Wall, guard.Refused):
            return RobotsFile(status=403, body=b"", fetched_at=datetime.now(UTC))
        except Unreachable:
            return RobotsFile(status=599, body=b"", fetched_at=datetime.now(UTC))
        self.archive.page(answer)
        return RobotsFile(status=answer.status, body=answer.body, fetched_at=answer.fetched_at)


def validators(link: Link) -> dict[str, str]:
    """Only for pages that are kept: an address never fetched must not be answered with 304."""
    if link.digest is None:
        return {}
    told = {"If-None-Match": link.etag, "If-Modified-Since": link.last_modified}
    return {name: value for name, value in told.items() if value}


def next_look(link: Link, at: datetime) -> datetime:
    """Half its age from now: a new release is looked at again within the hour, one of last year every few months."""
    age = at - (link.published or link.found_at or at)
    return at + min(max(age / 2, timedelta(hours=1)), timedelta(days=90))


def is_passing(answer: Answer) -> bool:
    """A trouble that may be over in a moment, and no wall."""
    return answer.status in (408, 429, 500, 502, 503, 504, 520, 522, 524) and not challenge(
        answer.status, answer.lower(), answer.body
    )


def retry_after(answer: Answer) -> float | None:
    """Seconds; the header may hold a number or a date."""
    value = answer.header("retry-after")
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - answer.fetched_at).total_seconds())
    except (ValueError, TypeError):
        return None


def told_page(told: Found) -> bytes:
    """A plain page of what the feed or JSON answer said, for whoever reads pages; the hints say the same in fields."""
    hints = told.hints
    body = hints["body"] if "<" in hints["body"] else paragraphs(hints["body"])
    title = html.escape(hints.get("title", ""))
    return (
        f'<!DOCTYPE html>\n<html lang="ru"><head><meta charset="utf-8"><title>{title}</title></head><body><article>'
        f'<h1>{title}</h1>\n<time class="published">{html.escape(hints.get("published", ""))}</time>\n'
        f'<div class="body">\n{body}\n</div></article></body></html>\n'
    ).encode("utf-8", "replace")


def paragraphs(text: str) -> str:
    return "\n".join(f"<p>{html.escape(line.strip())}</p>" for line in text.splitlines() if line.strip())
