"""Single addresses of a site → its answers, by the same polite crawler as any crawl."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler import archive, page
from crawler.address import key
from crawler.archive import Answer
from crawler.frontier import Found
from crawler.health import HealthReport
from crawler.items import Article, RawPage
from crawler.source import Source
from crawler.visit import Plan
from pipelines.crawl import crawl
from store.dataset import FILE, Dataset
from store.frontier import Pages, SqliteFrontier


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One page of a source that was looked at."""

    url: str
    article: Article | None
    failure: str = ""


@dataclass(frozen=True, kw_only=True)
class Check:
    """What a source gives today."""

    report: HealthReport
    readings: tuple[Reading, ...]
    problems: tuple[str, ...]
    """Russian, one line each; empty when all fields came out as the source expects."""


def look(
    source: Source, urls: Iterable[str], *, contact: str | None = None, ca_file: Path | None = None
) -> dict[str, Answer]:
    """The answers to these addresses, redirects followed, under the addresses they came from in the end.

    What robots.txt forbids, refusals and failures are missing. Raises pipelines.crawl.CrawlFailed.
    """
    anything = replace(source, discovery=(), article=".", exclude="(?!)", same=(), amend=None, links=None)
    with TemporaryDirectory(prefix="svodka-") as temporary:
        folder = Path(temporary)
        seed(folder, anything, urls)
        crawl(folder, [anything], plan=Plan(tries=2), contact=contact, ca_file=ca_file)
        records = [record for path in sorted((folder / "warc").glob("*.warc.gz")) for record in archive.records(path)]
        answers = [record.answer for record in records if record.answer is not None]
        return {answer.url: answer for answer in answers if answer.status == 200}


def seed(folder: Path, source: Source, urls: Iterable[str]) -> None:
    Dataset.open(folder, create=True).close()
    with SqliteFrontier(folder / FILE) as frontier:
        run = frontier.start(source.id)
        frontier.add(source.id, run, [Found(url=url, key=key(url, source)) for url in urls])
        frontier.finish(run, {})
        frontier.flush()


def raw(source: Source, answer: Answer) -> RawPage:
    return RawPage(
        source=source.id, url=answer.url, body=answer.body, fetched_at=answer.fetched_at, status=answer.status,
        headers=answer.lower(),
    )  # fmt: skip


def check(source: Source, *, pages: int = 3, contact: str | None = None, ca_file: Path | None = None) -> Check:
    """Walks the source's ways, fetches its first pages and reads them. Raises pipelines.crawl.CrawlFailed."""
    with TemporaryDirectory(prefix="svodka-") as temporary:
        folder = Path(temporary)
        (report,) = crawl(folder, [source], plan=Plan(limit=pages), contact=contact, ca_file=ca_file)
        with Dataset.open(folder) as dataset:
            fetched = [archive.raw(folder / "warc", stored) for stored in Pages(dataset.db).since()]
        readings = tuple(reading(one, source, page.learn(fetched)) for one in fetched[:pages])
    return Check(report=report, readings=readings, problems=problems(source, report, readings))


def reading(raw: RawPage, source: Source, siblings: page.Siblings) -> Reading:
    try:
        return Reading(url=raw.url, article=page.read(raw, source, siblings))
    except page.Unreadable as error:
        return Reading(url=raw.url, article=None, failure=error.why)


def problems(source: Source, report: HealthReport, readings: tuple[Reading, ...]) -> tuple[str, ...]:
    """Everything that a person must look at before the source is trusted."""
    articles = [one.article for one in readings if one.article is not None]
    found = [
        f"способ {way}: {outcome}"
        for way, outcome in report.tally.ways.items()
        if outcome not in ("ok", "limit", "unchanged")
    ]
    found += [f"{one.url}: {one.failure}" for one in readings if one.failure]
    found += list(report.tally.notes) if not readings else []
    if not articles:
        return (*found, "ни одного сообщения прочитать не удалось")
    if len(articles) > 1 and len({article.title for article in articles}) < len(articles):
        found.append("у разных страниц одинаковый заголовок")
    short, long = source.expect.length
    found += [
        f"{article.url}: в тексте {len(article.body)} знаков, ожидается от {short} до {long}"
        for article in articles
        if not short <= len(article.body) <= long
    ]
    dated = sum(article.published_at is not None for article in articles)
    if dated < source.expect.dated * len(articles):
        found.append(f"дата есть на {dated} из {len(articles)} страниц")
    if source.expect.dated == 0 and dated:
        found.append("источник не печатает дат, а дата прочитана: откуда она?")
    return tuple(found)
