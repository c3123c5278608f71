"""27. A feed's window shorter than the gap between polls."""

from crawler.source import Feed, Listing
from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Reply, Site, xml


def feed(numbers: range) -> Reply:
    items = "".join(f"<item><link>/news/{number}/</link></item>" for number in numbers)
    return xml(f"<rss><channel>{items}</channel></rss>")


RELEASES = {f"/news/{number}/": release(number) for number in range(1, 41)}


def test_nothing_known_in_the_window_is_an_alarm(crawl: Crawls) -> None:
    with Site({**RELEASES, "/rss": feed(range(1, 11))}) as site:
        source = agency(site, discovery=(Feed(url="/rss"),))
        assert crawl(source, full=False).tally.gaps == []
        site.pages["/rss"] = feed(range(31, 41))
        report = crawl(source, full=False)
    assert report.tally.gaps == ["feed /rss"]
    assert "gap" in [alarm.rule for alarm in report.alarms]


def test_a_window_that_overlaps_is_none(crawl: Crawls) -> None:
    with Site({**RELEASES, "/rss": feed(range(1, 11))}) as site:
        source = agency(site, discovery=(Feed(url="/rss"),))
        crawl(source, full=False)
        site.pages["/rss"] = feed(range(10, 20))
        report = crawl(source, full=False)
    assert (report.tally.new, report.tally.gaps) == (9, [])


def test_further_pages_of_the_feed_close_the_gap(crawl: Crawls) -> None:
    with Site({**RELEASES, "/rss": feed(range(1, 11))}) as site:
        source = agency(site, discovery=(Feed(url="/rss", pages="/rss/{n}"),))
        crawl(source, full=False)
        site.pages |= {"/rss": feed(range(31, 41)), "/rss/2": feed(range(21, 31)), "/rss/3": feed(range(11, 21))}
        site.pages |= {"/rss/4": feed(range(1, 11)), "/rss/5": feed(range(1, 2))}
        report = crawl(source, full=False)
    assert (report.tally.new, report.tally.gaps) == (30, [])
    assert site.count("/rss/4") == 1
    assert site.count("/rss/5") == 0


def test_so_does_a_listing_beside_it(crawl: Crawls) -> None:
    with Site({**RELEASES, "/rss": feed(range(1, 6)), "/news/": links(range(1, 6))}) as site:
        source = agency(site, discovery=(Feed(url="/rss"), Listing(url="/news/", pages="/news/?page={n}")))
        crawl(source, full=False)
        site.pages |= {
            "/rss": feed(range(36, 41)),
            "/news/": links(range(36, 41)),
            "/news/?page=2": links(range(6, 36)),
        }
        site.pages |= {"/news/?page=3": links(range(1, 6))}
        report = crawl(source, full=False)
    assert (report.tally.new, report.tally.gaps) == (35, [])
