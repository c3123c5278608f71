"""WARC files of any crawler → the same pages in the frontier and the archive, without a network, versions in order."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from crawler import address, discovery
from crawler.archive import Answer, records
from crawler.frontier import Found
from crawler.source import Api, Feed, Ids, Source, Way
from crawler.visit import Memory, Plan, Unreachable, Visit


class Nothing:
    """There is no network."""

    async def __call__(self, url: str, source: Source, headers: Mapping[str, str]) -> Answer:
        raise Unreachable(f"{url}: из архива в сеть не ходят")

    def slow_down(self, url: str, source: Source, delay: float) -> None:
        """Nobody to spare."""


def replay(files: list[Path], source: Source, memory: Memory, progress: Callable[[Visit], None]) -> Visit:
    """Listings first, for what they tell of the pages; then the pages, oldest first. Raises BrokenArchive."""
    visit = Visit(source=source, memory=memory, fetch=Nothing(), plan=Plan(full=True), progress=progress)
    for answer in answers(files, source):
        if (way := way_of(answer.url, source)) is not None:
            told(visit, way, answer)
    memory.commit()
    pending: set[str] = set()
    for answer in answers(files, source):
        if not address.is_article(answer.url, source) or way_of(answer.url, source) is not None:
            continue
        key = address.key(answer.url, source)
        if key in pending:
            memory.commit()
            pending.clear()
        take(visit, key, answer)
        pending.add(key)
    memory.commit()
    return visit


def answers(files: list[Path], source: Source) -> Iterator[Answer]:
    """Full answers of this source's hosts, in the order of the files."""
    for path in files:
        for record in records(path):
            answer = record.answer if record.type == "response" else None
            if answer is not None and answer.status == 200 and address.is_own(answer.url, source):
                yield answer


def way_of(url: str, source: Source) -> Way | None:
    """The way whose listing, feed or answer stands at this address."""
    where = address.locator(url)
    for way in source.discovery:
        templates = [way.url, getattr(way, "pages", None)]
        if not isinstance(way, Ids) and any(template and fits(template, where, source) for template in templates):
            return way
    return None


def fits(template: str, where: str, source: Source) -> bool:
    pattern = re.sub(r"\\\{[^}]*\\\}", "[^/&]*", re.escape(address.locator(source.url(template))))
    return re.fullmatch(pattern, where) is not None


def told(visit: Visit, way: Way, answer: Answer) -> None:
    try:
        page = discovery.read(way, answer, visit.source)
    except discovery.Unreadable as error:
        visit.tally.note(f"{answer.url}: {error}")
        return
    visit.archive.page(answer)
    visit.remember(page.found, None)
    if isinstance(way, Feed | Api) and way.full_text:
        visit.keep_told(page.found, answer)


def take(visit: Visit, key: str, answer: Answer) -> None:
    visit.remember((Found(url=answer.url, key=key),), None)
    link = visit.frontier.find(visit.source.id, key)
    assert link is not None  # noqa: S101 just added
    visit.read(link, answer)
    visit.memory.changed()


def files_in(paths: Iterable[Path]) -> list[Path]:
    """WARC files among these and in these folders, by name."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.rglob("*.warc*")) if path.is_dir() else [path]
    return found
