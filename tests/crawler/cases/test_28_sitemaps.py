"""28. Sitemap index, gz, stale lastmod."""

import gzip
from datetime import UTC, datetime, timedelta

from crawler.source import Sitemap
from tests.crawler.conftest import Crawls, agency, release
from tests.crawler.server import Reply, Site, xml

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
RELEASES = {f"/news/{number}/": release(number) for number in range(1, 10)}


def urlset(site: Site, entries: dict[int, str]) -> str:
    urls = "".join(
        f"<url><loc>{site.base}/news/{number}/</loc><lastmod>{lastmod}</lastmod></url>"
        for number, lastmod in entries.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {SPACE}>{urls}</urlset>'


def test_an_index_of_gzipped_sitemaps(crawl: Crawls) -> None:
    with Site(dict(RELEASES)) as site:
        names = ("news-1.xml.gz", "news-2.xml", "persons.xml")
        index = "".join(f"<sitemap><loc>{site.base}/{name}</loc></sitemap>" for name in names)
        site.pages["/sitemap.xml"] = xml(f"<sitemapindex {SPACE}>{index}</sitemapindex>")
        packed = gzip.compress(urlset(site, {1: "2026-11-01", 2: "2026-11-02"}).encode())
        site.pages["/news-1.xml.gz"] = Reply(body=packed, headers={"Content-Type": "application/x-gzip"})
        site.pages["/news-2.xml"] = xml(urlset(site, {3: "2026-11-03"}))
        report = crawl(agency(site, discovery=(Sitemap(url="/sitemap.xml", only="news-"),)))
    assert sorted(crawl.paths()) == ["news/1/", "news/2/", "news/3/"]
    assert report.tally.ways == {"sitemap /sitemap.xml": "ok"}
    assert site.count("/persons.xml") == 0


def test_what_is_new_in_the_sitemap_is_fetched_whatever_its_lastmod(crawl: Crawls) -> None:
    with Site(dict(RELEASES)) as site:
        source = agency(site, discovery=(Sitemap(url="/sitemap.xml"),))
        site.pages["/sitemap.xml"] = xml(urlset(site, {1: "2019-01-01", 2: "2026-11-20"}))
        crawl(source, since=datetime(2026, 11, 1, tzinfo=UTC))
        assert crawl.paths() == ["news/2/"]
        site.pages["/sitemap.xml"] = xml(urlset(site, {1: "2019-01-01", 2: "2026-11-20", 3: "2019-01-01"}))
        crawl(source, full=False)
    assert crawl.paths() == ["news/2/", "news/3/"]


def test_what_was_too_old_is_fetched_when_asked_for(crawl: Crawls) -> None:
    with Site(dict(RELEASES)) as site:
        source = agency(site, discovery=(Sitemap(url="/sitemap.xml"),))
        site.pages["/sitemap.xml"] = xml(urlset(site, {1: "2019-01-01", 2: "2026-11-20"}))
        crawl(source, since=datetime(2026, 11, 1, tzinfo=UTC))
        crawl(source, since=datetime(2018, 11, 1, tzinfo=UTC))
    assert crawl.paths() == ["news/2/", "news/1/"]


def test_a_later_lastmod_has_a_kept_page_looked_at_again(crawl: Crawls) -> None:
    """Where it tells only the day, later means until the end of it."""
    today = f"{datetime.now(UTC) + timedelta(hours=3):%Y-%m-%d}"
    with Site(dict(RELEASES)) as site:
        source = agency(site, discovery=(Sitemap(url="/sitemap.xml"),))
        site.pages["/sitemap.xml"] = xml(urlset(site, {1: "2019-11-20", 2: "2019-11-20"}))
        crawl(source)
        site.pages["/sitemap.xml"] = xml(urlset(site, {1: today, 2: "2019-11-20"}))
        report = crawl(source, full=False)
    assert report.tally.unchanged == 1
    assert [site.count(f"/news/{number}/") for number in (1, 2)] == [2, 1]


def test_a_broken_archive_is_said_to_be_one(crawl: Crawls) -> None:
    with Site({"/sitemap.xml.gz": Reply(body=b"\x1f\x8b\x08broken")}) as site:
        report = crawl(agency(site, discovery=(Sitemap(url="/sitemap.xml.gz"),)))
    assert report.tally.ways == {"sitemap /sitemap.xml.gz": "failed"}
    assert "gzip" in report.tally.notes[0]
