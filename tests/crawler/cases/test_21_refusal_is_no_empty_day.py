"""21. 403 is not an empty day."""

from tests.crawler.conftest import Crawls, agency, links
from tests.crawler.server import Reply, Site


def test_a_listing_that_is_refused_is_an_alarm(crawl: Crawls) -> None:
    with Site({"/news/": Reply(status=403)}) as site:
        report = crawl(agency(site))
    assert report.tally.ways == {"listing /news/": "blocked"}
    assert report.silent
    assert "не пускает" in report.alarms[0].text


def test_after_three_walls_the_site_is_left_alone_and_the_rest_waits(crawl: Crawls) -> None:
    walls = {f"/news/{number}/": Reply(status=403) for number in range(1, 21)}
    with Site({"/news/": links(range(1, 21)), **walls}) as site:
        report = crawl(agency(site))
    assert sum(path.count("/") == 3 for path in site.paths()) == 3
    assert report.tally.waiting == 17
    assert report.silent


def test_an_empty_day_is_none(crawl: Crawls) -> None:
    with Site({"/news/": links([]) + "<p>Нет материалов</p>"}) as site:
        report = crawl(agency(site))
    assert report.tally.blocked == 0
    assert [alarm.rule for alarm in report.alarms] == ["redesigned"]
