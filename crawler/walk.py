"""One way of discovery walked: page after page, until its end, known releases, a date, or a circle."""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler import address, discovery, guard
from crawler.archive import SAME_BYTES, Answer
from crawler.discovery import Page, Step
from crawler.frontier import Found, Validators
from crawler.source import Api, Feed, Ids, Listing, Sitemap, Way
from crawler.visit import GONE, Forbidden, LeftAlone, Unreachable, Visit, Wall

log = logging.getLogger(__name__)

FIRST_LOOK = timedelta(days=30)
"""How far back the first visit goes when nobody says otherwise."""
MAX_PAGES = 5000
"""Of one walk: the longest listing seen has 3,200 pages."""


class Walk:
    """Of any way but Ids. `go` returns what came of it: ok, unchanged, empty or stuck."""

    def __init__(self, visit: Visit, way: Way) -> None:
        self.visit, self.way, self.source = visit, way, visit.source
        self.frontier, self.plan = visit.frontier, visit.plan
        self.name = name(way)
        self.covered = self.frontier.covered(self.source.id, self.name)
        self.seen: set[int] = set()
        self.page = Page()
        self.offset = 0
        self.count = 0
        self.outcome = "ok"
        self.met_known = False
        self.validators: dict[str, Validators] = {}
        self.newest_before = self.frontier.span(self.source.id).newest

    @property
    def again(self) -> bool:
        """An ordinary poll of a way that was walked to its end before."""
        return self.covered > 0 and not self.plan.full and self.plan.since is None

    @property
    def floor(self) -> datetime | None:
        if self.plan.full or self.again:
            return None
        return self.plan.since or self.visit.started_at - FIRST_LOOK

    async def go(self) -> str:
        reason = None
        for url in self.addresses():
            try:
                answer = await self.visit.ask(url, self.known_validators(url))
            except Forbidden as error:
                if self.count == 0:
                    raise
                log.info("%s: дальше не пускает robots.txt: %s", self.source.id, error)  # Bitrix often forbids PAGEN
                break
            if self.is_unchanged(url, answer):
                self.visit.archive.revisit(answer, profile=SAME_BYTES)
                self.met_known = True
                reason = "unchanged"
                if not self.is_branching():
                    break
                continue
            self.visit.archive.page(answer)
            reason = await self.take(url, answer)
            if reason is not None and not self.is_branching():
                log.info("%s: %s: %s", self.source.id, url, reason)
                break
        if self.outcome == "stuck":
            self.visit.tally.note(f"{self.name}: следующая страница та же, обход списка оборван")
            return "stuck"
        self.end()
        if self.count == 0:
            return "unchanged" if reason == "unchanged" else "empty"
        return "ok"

    def end(self) -> None:
        """The walk reached its end: the next poll may stop at what is known now."""
        self.visit.memory.commit()
        for url, validators in self.validators.items():
            self.frontier.validate(self.source.id, url, validators)
        self.frontier.cover(self.source.id, self.name, self.visit.run)
        if self.again and not self.met_known and self.count:
            self.visit.tally.gaps.append(self.name)
        self.visit.memory.commit()

    async def take(self, url: str, answer: Answer) -> str | None:
        """Reads one page and remembers what it holds; why the walk ends there, or None."""
        if answer.status in GONE and self.offset:
            return "дальше страниц нет"
        if answer.status != 200:
            raise Unreachable(f"{url}: ответ {answer.status}")
        self.page = discovery.read(self.way, answer, self.source)
        fresh = tuple(link for link in self.page.found if hash(link.key) not in self.seen)
        self.seen.update(hash(link.key) for link in fresh)
        runs = self.frontier.runs_of(self.source.id, [link.key for link in fresh])
        known = frozenset(key for key, run in runs.items() if run <= self.covered)
        self.met_known = self.met_known or bool(known)
        self.visit.remember(fresh, self.floor)
        if isinstance(self.way, Feed | Api) and self.way.full_text:
            self.visit.keep_told(fresh, answer)
        self.offset += self.page.count
        self.count += len(fresh)
        self.validators[url] = validators_of(answer)
        return discovery.stop(await self.dated(Step(
            page=self.page, fresh=fresh, known=known, floor=self.floor, stop_at_known=self.again,
            dates={link.key: link.published for link in fresh if link.published is not None},
        )))  # fmt: skip

    async def dated(self, step: Step) -> Step:
        """A listing without dates is read up to a date all the same: by the dates of the pages it lists."""
        if step.floor is None or step.dates or not step.fresh or not self.is_paged():
            return step
        await self.visit.idle.wait()
        self.visit.memory.commit()
        return replace(step, dates=self.frontier.dates_of(self.source.id, [link.key for link in step.fresh]))

    # Addresses

    def addresses(self) -> Iterator[str]:
        """One after another; each depends on the page that the one before it gave."""
        asked: set[str] = set()
        for url in self.sitemaps() if isinstance(self.way, Sitemap) else self.pages():
            absolute = self.source.url(url)
            if absolute in asked or len(asked) >= MAX_PAGES:
                self.outcome = "stuck" if self.page.cursor is not None else self.outcome
                return
            asked.add(absolute)
            yield absolute

    def pages(self) -> Iterator[str]:
        assert not isinstance(self.way, Sitemap | Ids)  # noqa: S101 walked otherwise
        way, template = self.way, self.way.url if isinstance(self.way, Api) else self.way.pages
        if is_dated(way.url):
            yield from self.by_date(way.url)
            return
        number = way.first if isinstance(way, Api) else 1
        yield self.filled(way.url, number)
        if template is not None and is_dated(template):
            if not (self.again and self.met_known):
                yield from self.by_date(template)
            return
        while (following := self.following(template, number + 1)) is not None:
            number += 1
            yield following

    def following(self, template: str | None, number: int) -> str | None:
        """The next page: the answer's own link, its cursor, or the next number."""
        way = self.way
        if isinstance(way, Listing) and way.next is not None:
            return self.page.next
        if isinstance(way, Api) and way.next is not None:
            cursor = self.page.cursor
            return cursor if cursor is None or "/" in cursor else self.filled(way.url, number)
        if template is None:
            return self.page.next if isinstance(way, Feed) else None
        return self.filled(template, number) if discovery.placeholders(template) & {"n", "offset"} else None

    def filled(self, template: str, number: int) -> str:
        size = self.way.size if isinstance(self.way, Api) else 0
        values = {"n": number, "offset": self.offset, "size": size, "cursor": self.page.cursor or ""}
        for key, value in values.items():
            template = template.replace(f"{{{key}}}", str(value))
        return template

    def by_date(self, template: str) -> Iterator[str]:
        """From today back to the floor, or to the day before the last run."""
        zone = ZoneInfo(self.source.timezone)
        newest = self.visit.started_at.astimezone(zone).date()
        since = self.floor or self.oldest()
        return discovery.by_date(template, newest, since.astimezone(zone).date())

    def oldest(self) -> datetime:
        """Of an ordinary poll: a day before the newest release known; of `--full`: 1999."""
        if self.plan.full:
            return datetime(1999, 1, 1, tzinfo=UTC)
        return (self.newest_before or self.visit.started_at) - timedelta(days=1)

    def sitemaps(self) -> Iterator[str]:
        """The index first, then what it names, the last named first: that is where most sites put the newest."""
        waiting = list(self.by_date(self.way.url)) if is_dated(self.way.url) else [self.way.url]
        while waiting:
            self.page = Page()
            yield waiting.pop(0)
            waiting += reversed(self.page.sitemaps)

    def is_branching(self) -> bool:
        """Each address stands for itself: one that holds nothing new says nothing of the others."""
        if isinstance(self.way, Sitemap) or is_dated(self.way.url):
            return True
        pages = None if isinstance(self.way, Api | Ids) else self.way.pages
        return pages is not None and is_dated(pages)

    def is_paged(self) -> bool:
        return isinstance(self.way, Listing | Api) and not self.is_branching()

    def known_validators(self, url: str) -> dict[str, str]:
        """Asked with only in ordinary polls: whoever wants more needs the answer."""
        if not self.again:
            return {}
        held = self.frontier.validators(url)
        told = {"If-None-Match": held.etag, "If-Modified-Since": held.last_modified}
        return {name: value for name, value in told.items() if value}

    def is_unchanged(self, url: str, answer: Answer) -> bool:
        if answer.status == 304:
            return True
        return self.again and answer.status == 200 and self.frontier.validators(url).digest == digest(answer)


class Count:
    """Ids: the numbers after the greatest known one, and before it when more is wanted."""

    def __init__(self, visit: Visit, way: Ids) -> None:
        self.visit, self.way, self.source = visit, way, visit.source
        self.frontier, self.name = visit.frontier, name(way)

    async def go(self) -> str:
        known = self.numbers()
        newest = max(known, default=self.way.first - 1)
        kept = await self.count(iter(range(newest + 1, newest + 1_000_000)), known)
        if self.visit.plan.full or self.visit.plan.since is not None:
            kept += await self.count(iter(range(newest, self.way.first - 1, -1)), known)
        self.frontier.cover(self.source.id, self.name, self.visit.run)
        return "ok" if kept else "unchanged" if known else "empty"

    def numbers(self) -> set[int]:
        before, after = self.source.url(self.way.url.replace("{id}", "\0")).split("\0")
        found = (url[len(before) : len(url) - len(after)] for url in self.frontier.urls(self.source.id, before))
        return {int(text) for text in found if text.isdigit()}

    async def count(self, numbers: Iterator[int], known: set[int]) -> int:
        """How many stood there; ends after `gap` numbers in a row that nothing stands at."""
        kept = missing = 0
        for number in numbers:
            if missing >= self.way.gap:
                break
            if number in known:
                missing = 0
            elif await self.stands(number):
                kept, missing = kept + 1, 0
                if self.is_too_old(number):
                    break
            else:
                missing += 1
        return kept

    async def stands(self, number: int) -> bool:
        """An address that turns out empty is forgotten: a release may stand there tomorrow."""
        url = self.source.url(self.way.url.replace("{id}", str(number)))
        key = address.key(url, self.source)
        self.frontier.add(self.source.id, self.visit.run, [Found(url=url, key=key)], skip=True)
        link = self.frontier.find(self.source.id, key)
        assert link is not None  # noqa: S101 just added
        gone, lost = self.visit.tally.gone, self.visit.tally.failed
        await self.visit.page(link)
        self.visit.memory.commit()
        if self.visit.tally.gone > gone or self.visit.tally.failed > lost:
            self.visit.tally.gone = gone
            self.frontier.forget(link)
            return False
        self.visit.tally.found += 1
        self.visit.tally.fresh += 1
        return True

    def is_too_old(self, number: int) -> bool:
        since = self.visit.plan.since
        if since is None:
            return False
        key = address.key(self.source.url(self.way.url.replace("{id}", str(number))), self.source)
        at = self.frontier.dates_of(self.source.id, [key]).get(key)
        return at is not None and at < since


def name(way: Way) -> str:
    """As it stands in reports and in the frontier: «feed /rss/»."""
    parts = urlsplit(way.url)
    where = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return f"{type(way).__name__.lower()} {where or '/'}"


def is_dated(template: str) -> bool:
    return bool(discovery.placeholders(template) & {"day", "month"})


def digest(answer: Answer) -> str:
    return sha1(answer.body, usedforsecurity=False).hexdigest()


def validators_of(answer: Answer) -> Validators:
    return Validators(etag=answer.header("etag"), last_modified=answer.header("last-modified"), digest=digest(answer))


async def visit_all(visit: Visit) -> None:
    """All ways of a source, and its pages meanwhile."""
    workers = [asyncio.ensure_future(visit.work()) for _ in range(visit.source.concurrency)]
    try:
        await walk_all(visit)
    except asyncio.CancelledError:
        visit.stopped = "interrupted"
        raise
    finally:
        visit.walking = False
        visit.news.set()
        try:
            await asyncio.gather(*workers)
        finally:
            visit.memory.commit()


async def walk_all(visit: Visit) -> None:
    covering = False
    for way in visit.source.discovery:
        if way.fallback and visit.tally.found:
            continue
        walk: Walk | Count = Count(visit, way) if isinstance(way, Ids) else Walk(visit, way)
        visit.tally.ways[walk.name] = await outcome(visit, walk)
        covering = covering or (isinstance(walk, Walk) and walk.met_known)
        if visit.stopped is not None:
            break
    if covering:
        visit.tally.gaps.clear()


async def outcome(visit: Visit, walk: Walk | Count) -> str:
    """What came of a walk, in a word; what went wrong is noted."""
    try:
        return await walk.go()
    except LeftAlone:
        return {"walls": "blocked", "limit": "ok"}.get(visit.stopped or "", "failed")
    except Wall as wall:
        visit.tally.blocked += 1
        visit.tally.note(f"{walk.name}: {wall}")
        return "blocked"
    except Forbidden as error:
        visit.tally.note(str(error))
        return "robots"
    except (Unreachable, discovery.Unreadable, guard.Refused) as error:
        visit.tally.note(f"{walk.name}: {error}")
        log.warning("%s: %s: %s", visit.source.id, walk.name, error)
        return "failed"
