"""Politeness as a server sees it: pace, agent, cookies; several sources at once; how far back a visit goes."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.source import Feed, Ids, Listing
from crawler.visit import Plan
from pipelines.crawl import crawl as crawl_sources
from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Asked, Reply, Site, html, xml

PAGES = {"/news/": links([1, 2, 3]), **{f"/news/{number}/": release(number) for number in (1, 2, 3)}}


class Timed(Site):
    """Remembers when it was asked, and how many at once."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.times: list[float] = []

    def reply(self, asked: Asked) -> Reply:
        self.times.append(time.monotonic())
        return super().reply(asked)

    def gaps(self) -> list[float]:
        return [after - before for before, after in zip(self.times, self.times[1:], strict=False)]


def test_the_sources_delay_is_kept(crawl: Crawls) -> None:
    with Timed(dict(PAGES)) as site:
        crawl(agency(site, delay=0.2))
    assert min(site.gaps()) >= 0.2 * 0.65  # a third of jitter


def test_a_crawl_delay_of_robots_txt_is_kept_too(crawl: Crawls) -> None:
    robots = Reply(body="User-agent: *\nCrawl-delay: 0.3\n", headers={"Content-Type": "text/plain"})
    with Timed({**PAGES, "/robots.txt": robots}) as site:
        crawl(agency(site))
    assert min(site.gaps()[1:]) >= 0.3 * 0.65


def test_the_agent_and_the_sources_own_headers(crawl: Crawls) -> None:
    with Site(dict(PAGES)) as site:
        crawl(agency(site, headers=(("X-Requested-With", "XMLHttpRequest"),)))
    for asked in site.asked:
        assert asked.headers["user-agent"] == "Svodka/1.0 (tests)"
        assert asked.headers["x-requested-with"] == "XMLHttpRequest"
        assert asked.headers["accept-language"].startswith("ru")
        assert "cookie" not in asked.headers


def test_a_cookie_that_opens_the_site_is_kept_where_the_source_says_so(crawl: Crawls) -> None:
    def listing(asked: Asked) -> Reply:
        if "pass=1" in asked.headers.get("cookie", ""):
            return html(links([1]))
        return Reply(status=302, headers={"Location": "/news/", "Set-Cookie": "pass=1"})

    with Site({**PAGES, "/news/": listing}) as site:
        assert crawl(agency(site)).tally.new == 0
        assert crawl(agency(site, cookies=True)).tally.new == 1


def test_a_proxy_of_the_environment_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lives inside; the agency's name is the proxy's to resolve."""
    there = "http://agency.example"
    with Site({f"{there}/robots.txt": Reply(status=404), f"{there}/news/1/": release(1)}) as proxy:
        proxy.pages[f"{there}/news/"] = links([1])
        monkeypatch.setenv("http_proxy", proxy.base)
        monkeypatch.delenv("no_proxy", raising=False)
        source = agency(proxy, home=there, private=False)
        (report,) = crawl_sources(tmp_path / "data", [source], plan=Plan(full=True, tries=1))
    assert report.tally.new == 1
    assert f"{there}/news/1/" in proxy.paths()


def test_several_sources_at_once_and_one_of_them_dead(crawl: Crawls) -> None:
    with Site(dict(PAGES)) as one, Site(dict(PAGES)) as two, Site() as dead:
        reports = crawl.all(agency(one, id="one"), agency(two, id="two"), agency(dead, id="dead"))
    told = {report.source: (report.tally.new, report.silent) for report in reports}
    assert told == {"one": (3, False), "two": (3, False), "dead": (0, True)}


def test_a_limit_on_pages(crawl: Crawls) -> None:
    with Site({"/news/": links(range(50)), **{f"/news/{n}/": release(n) for n in range(50)}}) as site:
        report = crawl(agency(site), limit=5)
    assert report.tally.new == 5
    assert report.tally.waiting == 45


def test_the_first_visit_goes_a_month_back_and_back_fill_goes_on(crawl: Crawls) -> None:
    now = datetime.now(UTC)
    dates = {number: f"{now - timedelta(days=7 * number):%d.%m.%Y}" for number in range(1, 13)}
    pages = {f"/news/?page={n}": links(range(3 * n - 2, 3 * n + 1), dates.__getitem__) for n in (2, 3, 4)}
    releases = {f"/news/{number}/": release(number) for number in dates}
    with Site({"/news/": links([1, 2, 3], dates.__getitem__), **pages, **releases}) as site:
        first = crawl(agency(site), full=False)
        assert first.tally.new == 4
        assert site.count("/news/?page=4") == 0
        more = crawl(agency(site), since=now - timedelta(days=60))
        assert more.tally.new == 4
        assert crawl(agency(site)).tally.new == 4


def test_back_fill_of_a_listing_without_dates_stops_by_the_pages_own(crawl: Crawls) -> None:
    now = datetime.now(UTC)
    releases = {
        f"/news/{n}/": release(n, head=f'<meta property="article:published_time" content="{now - timedelta(days=n)}">')
        for n in range(1, 31)
    }
    pages = {f"/news/?page={n}": links(range(5 * n - 4, 5 * n + 1)) for n in range(2, 7)}
    with Site({"/news/": links(range(1, 6)), **pages, **releases}) as site:
        crawl(agency(site), since=now - timedelta(days=12))
    assert site.count("/news/?page=4") == 1
    assert site.count("/news/?page=5") == 0


def test_dated_addresses(crawl: Crawls) -> None:
    today = datetime.now(UTC)
    days = [f"{today - timedelta(days=back):%d.%m.%Y}" for back in range(4)]
    pages = {f"/by-date/{day}": links([number]) for number, day in enumerate(days, start=1)}
    with Site({**pages, **{f"/news/{n}/": release(n) for n in (1, 2, 3, 4)}}) as site:
        way = Listing(url="/by-date/{day:%d.%m.%Y}")
        crawl(agency(site, discovery=(way,), timezone="UTC"), since=today - timedelta(days=2))
    assert sorted(crawl.paths()) == ["news/1/", "news/2/", "news/3/"]


def test_a_fallback_is_walked_only_when_nothing_else_found_anything(crawl: Crawls) -> None:
    ways = (Feed(url="/rss"), Listing(url="/news/", fallback=True))
    rss = xml("<rss><channel><item><link>/news/1/</link></item></channel></rss>")
    with Site({**PAGES, "/rss": rss}) as site:
        assert crawl(agency(site, discovery=ways)).tally.ways == {"feed /rss": "ok"}
        site.pages["/rss"] = Reply(status=404)
        assert crawl(agency(site, discovery=ways)).tally.ways == {"feed /rss": "failed", "listing /news/": "ok"}


def test_numbers_in_sequence(crawl: Crawls) -> None:
    with Site({f"/news/{number}/": release(number) for number in (5, 6, 9)}) as site:
        source = agency(site, discovery=(Ids(url="/news/{id}/", first=5, gap=3),))
        assert crawl(source, full=False).tally.new == 3
        assert crawl.paths() == ["news/5/", "news/6/", "news/9/"]
        site.pages["/news/11/"] = release(11)
        assert crawl(source, full=False).tally.new == 1
        site.pages["/news/7/"] = release(7)
        assert crawl(source, full=False).tally.new == 0
        assert crawl(source).tally.new == 1


def test_a_listing_read_by_the_sources_own_function(crawl: Crawls) -> None:
    with Site({**PAGES, "/news/": '<script>var news = ["1", "3"];</script>'}) as site:
        crawl(agency(site, links=numbers_in_script))
    assert sorted(crawl.paths()) == ["news/1/", "news/3/"]


def numbers_in_script(url: str, body: bytes) -> list[str]:
    return [f"/news/{part.strip(chr(34))}/" for part in body.decode().split("[")[1].split("]")[0].split(", ")]
