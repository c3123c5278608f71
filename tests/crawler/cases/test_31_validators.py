"""31. ETag and 304; no validators at all."""

from datetime import timedelta

from crawler.archive import records
from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Asked, Reply, Site, html, tagged

LATER = timedelta(days=2)


def test_an_unchanged_page_with_an_etag_costs_a_304(crawl: Crawls) -> None:
    with Site({"/news/": tagged(links([1]), '"list"'), "/news/1/": tagged(release(1), '"one"')}) as site:
        crawl(agency(site))
        crawl.let_pass(LATER)
        report = crawl(agency(site), full=False)
    assert (report.tally.unchanged, report.tally.new, report.tally.changed) == (1, 0, 0)
    assert report.tally.ways == {"listing /news/": "unchanged"}
    assert report.tally.received == 0
    assert len(crawl.pages()) == 1


def test_last_modified_will_do(crawl: Crawls) -> None:
    day = "Fri, 20 Nov 2026 10:00:00 GMT"

    def page(asked: Asked) -> Reply:
        if asked.headers.get("if-modified-since") == day:
            return Reply(status=304)
        return html(release(1), Last_Modified=day)

    with Site({"/news/": links([1]), "/news/1/": page}) as site:
        crawl(agency(site))
        crawl.let_pass(LATER)
        report = crawl(agency(site), full=False)
    assert report.tally.unchanged == 1
    assert site.count("/news/1/") == 2


def test_without_validators_the_same_bytes_are_the_same_page(crawl: Crawls) -> None:
    with Site({"/news/": links([1]), "/news/1/": release(1)}) as site:
        crawl(agency(site))
        crawl.let_pass(LATER)
        report = crawl(agency(site), full=False)
    assert (report.tally.unchanged, report.tally.changed) == (1, 0)
    assert len(crawl.pages()) == 1
    kinds = [record.type for path in crawl.archives() for record in records(path)]
    assert kinds.count("revisit") == 2


def test_a_page_is_left_alone_until_it_is_due(crawl: Crawls) -> None:
    with Site({"/news/": links([1]), "/news/1/": release(1)}) as site:
        crawl(agency(site))
        crawl(agency(site), full=False)
        assert site.count("/news/1/") == 1
        crawl(agency(site), full=False, recheck=True)
        assert site.count("/news/1/") == 2


def test_a_page_never_fetched_is_not_asked_for_conditionally(crawl: Crawls) -> None:
    asked: list[dict[str, str]] = []

    def page(request: Asked) -> Reply:
        asked.append(request.headers)
        return html(release(1), ETag='"one"') if len(asked) > 1 else Reply(status=403)

    with Site({"/news/": links([1]), "/news/1/": page}) as site:
        crawl(agency(site))
        crawl(agency(site), full=False)
    assert not any("if-none-match" in headers for headers in asked)
    assert len(crawl.pages()) == 1
