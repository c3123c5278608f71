"""34. A redesign is an alarm, never a silent zero."""

from pathlib import Path

from crawler.source import Expect, Listing
from crawler.visit import Plan
from pipelines.crawl import crawl as crawl_sources
from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Reply, Site, html


def test_a_listing_whose_links_have_changed(crawl: Crawls) -> None:
    with Site({"/news/": links([1, 2]), "/news/1/": release(1), "/news/2/": release(2)}) as site:
        assert crawl(agency(site)).alarms == ()
        site.pages["/news/"] = '<a href="/press/story-3">Новое место новостей</a>'
        report = crawl(agency(site), full=False)
    assert report.tally.ways == {"listing /news/": "empty"}
    assert [alarm.rule for alarm in report.alarms] == ["redesigned"]
    assert report.silent


def test_a_listing_whose_blocks_have_changed(crawl: Crawls) -> None:
    with Site({"/news/": links([1]).replace("item", "card"), "/news/1/": release(1)}) as site:
        report = crawl(agency(site, discovery=(Listing(url="/news/", items=".item"),)))
    assert [alarm.rule for alarm in report.alarms] == ["redesigned"]


def test_a_listing_that_has_gone(crawl: Crawls) -> None:
    with Site({"/": html("Новый сайт")}) as site:
        report = crawl(agency(site))
    assert report.tally.ways == {"listing /news/": "failed"}
    assert [alarm.rule for alarm in report.alarms] == ["unreachable"]


def test_addresses_that_lead_nowhere(crawl: Crawls) -> None:
    home = {f"/news/{n}/": Reply(status=302, headers={"Location": "/"}) for n in range(1, 6)}
    with Site({"/news/": links(range(1, 6)), "/": html("Новый сайт"), **home}) as site:
        report = crawl(agency(site))
    assert (report.tally.gone, report.tally.new) == (5, 0)
    assert [alarm.rule for alarm in report.alarms] == ["pages_lost"]


def test_pages_that_open_and_tell_nothing(tmp_path: Path) -> None:
    """The whole way, the reading of the run's pages included."""
    shell = '<html><body><div id="app"></div><script src="/app.js"></script><!-- {} --></body></html>'
    with Site({"/news/": links(range(1, 9)), **{f"/news/{n}/": shell.format(n) for n in range(1, 9)}}) as site:
        (report,) = crawl_sources(tmp_path / "data", [agency(site)], plan=Plan(full=True))
    assert report.tally.new == 8
    assert report.read is not None
    assert report.read.failed == 8
    assert "unreadable" in [alarm.rule for alarm in report.alarms]
    assert report.silent


def test_bodies_that_have_shrunk(tmp_path: Path) -> None:
    with Site({"/news/": links(range(1, 9)), **{f"/news/{n}/": release(n) for n in range(1, 9)}}) as site:
        source = agency(site, expect=Expect(length=(3000, 60_000), dated=0.0))
        (report,) = crawl_sources(tmp_path / "data", [source], plan=Plan(full=True))
    assert [alarm.rule for alarm in report.alarms] == ["odd_length"]


def test_a_source_gone_quiet(crawl: Crawls) -> None:
    with Site({"/news/": links([1], lambda _: "01.02.2024"), "/news/1/": release(1)}) as site:
        report = crawl(agency(site))
        assert [alarm.rule for alarm in report.alarms] == ["stale"]
        report = crawl(agency(site, expect=Expect(fresh_days=100_000)), full=False)
    assert report.alarms == ()
