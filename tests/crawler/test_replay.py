"""`--from-warc`: the same pages again, without a network."""

from pathlib import Path

import pytest

from crawler.source import Feed
from pipelines.crawl import replay
from pipelines.fetch import CrawlFailed
from tests.crawler.conftest import Crawls, Runner, agency, links, release
from tests.crawler.server import Site, xml


def test_a_crawl_replayed_gives_the_same_pages(crawl: Crawls, runner: Runner, tmp_path: Path) -> None:
    with Site({"/news/": links([1, 2], lambda n: f"0{n}.11.2026")}) as site:
        site.pages |= {"/news/1/": release(1), "/news/2/": release(2)}
        crawl(agency(site))
        site.pages["/news/2/"] = release("2, исправленная")
        crawl(agency(site), full=False, recheck=True)
        source = agency(site)
    site.asked.clear()
    again = Crawls(runner, tmp_path / "again")
    (report,) = replay(again.folder, [source], [crawl.folder / "warc"])
    assert site.asked == []
    assert (report.tally.new, report.tally.changed, report.alarms) == (2, 1, ())
    told = {(page.url, page.body, tuple(page.hints.items())) for page in crawl.pages()}
    assert {(page.url, page.body, tuple(page.hints.items())) for page in again.pages()} == told


def test_releases_that_a_feed_held_come_back(crawl: Crawls, runner: Runner, tmp_path: Path) -> None:
    item = "<item><link>/news/1/</link><title>Новость</title><description>Полный текст.</description></item>"
    with Site({"/rss": xml(f"<rss><channel>{item}</channel></rss>")}) as site:
        source = agency(site, discovery=(Feed(url="/rss", full_text=True),))
        crawl(source)
    again = Crawls(runner, tmp_path / "again")
    replay(again.folder, [source], crawl.archives())
    assert [page.hints["body"] for page in again.pages()] == ["Полный текст."]


def test_a_dataset_is_not_replayed_into_itself(crawl: Crawls) -> None:
    with Site({"/news/": links([1]), "/news/1/": release(1)}) as site:
        crawl(agency(site))
        with pytest.raises(CrawlFailed, match="самого набора"):
            replay(crawl.folder, [agency(site)], [crawl.folder / "warc"])
