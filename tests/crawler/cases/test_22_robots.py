"""22. robots.txt with wildcards, as HTML, 404, 5xx."""

import pytest

from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Asked, Reply, Site, html

PAGES = {
    "/news/": links([1, 2]),
    "/news/?page=2": links([3]),
    "/news/1/": release(1),
    "/news/2/": release(2),
    "/news/3/": release(3),
}


def text(body: str) -> Reply:
    return Reply(body=body, headers={"Content-Type": "text/plain"})


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        (text("User-agent: *\nDisallow: /*page=\nDisallow: /*?print=\n"), {1, 2}),
        (text("User-agent: *\nDisallow: /\nAllow: /news/$\nAllow: /news/1/\n"), {1}),
        (text("User-agent: Svodka\nDisallow: /news/2/\n\nUser-agent: *\nDisallow: /\n"), {1, 3}),
        (text("\ufeffUser-agent: *\nDisallow: /news/2/\n"), {1, 3}),
        (html("<!DOCTYPE html><html><body>Главная. User-agent: * Disallow: / </body></html>"), {1, 2, 3}),
        (Reply(status=404), {1, 2, 3}),
        (Reply(status=403), {1, 2, 3}),
        (Reply(status=302, headers={"Location": "/"}), {1, 2, 3}),
    ],
    ids=["wildcard", "allow", "own rules", "byte order mark", "HTML", "404", "403", "redirect"],
)
def test_what_may_be_fetched(crawl: Crawls, robots: Reply, expected: set[int]) -> None:
    with Site({**PAGES, "/": html("Главная"), "/robots.txt": robots}) as site:
        crawl(agency(site))
    assert {int(path.split("/")[1]) for path in crawl.paths()} == expected


def test_further_pages_that_are_forbidden_end_the_walk_and_alarm_nobody(crawl: Crawls) -> None:
    """Bitrix sites often forbid `/*PAGEN`: then page 1 is what is read, polled often."""
    with Site({**PAGES, "/robots.txt": text("User-agent: *\nDisallow: /*page=\n")}) as site:
        report = crawl(agency(site))
        assert (report.tally.ways, report.alarms) == ({"listing /news/": "ok"}, ())
        site.pages |= {"/news/": links([4, 1]), "/news/4/": release(4)}
        again = crawl(agency(site), full=False)
    assert (again.tally.new, again.alarms) == (1, ())


def test_a_server_error_forbids_everything_and_is_no_silence(crawl: Crawls) -> None:
    with Site({**PAGES, "/robots.txt": Reply(status=503)}) as site:
        report = crawl(agency(site))
    assert site.paths() == []
    assert report.tally.ways == {"listing /news/": "robots"}
    assert report.silent


def test_a_copy_read_before_holds_through_a_server_error(crawl: Crawls) -> None:
    with Site({**PAGES, "/robots.txt": text("User-agent: *\nDisallow: /news/2/\n")}) as site:
        crawl(agency(site))
        with crawl.frontier() as frontier:
            frontier.db.execute("UPDATE crawl_robots SET fetched_at = datetime('now', '-2 days') || '+00:00'")
        site.pages["/robots.txt"] = Reply(status=500)
        site.pages["/news/"] = links([1, 2, 4])
        site.pages["/news/4/"] = release(4)
        crawl(agency(site), full=False)
    assert set(crawl.paths()) == {"news/1/", "news/3/", "news/4/"}


def test_robots_may_be_ignored_only_when_the_source_says_so(crawl: Crawls) -> None:
    with Site({**PAGES, "/robots.txt": text("User-agent: *\nDisallow: /\n")}) as site:
        assert crawl(agency(site)).tally.new == 0
        assert crawl(agency(site, robots="ignore")).tally.new == 3


def test_the_file_is_asked_for_once_a_day(crawl: Crawls) -> None:
    asked: list[Asked] = []

    def robots(request: Asked) -> Reply:
        asked.append(request)
        return text("User-agent: *\nAllow: /\n")

    with Site({**PAGES, "/robots.txt": robots}) as site:
        crawl(agency(site))
        crawl(agency(site), full=False)
    assert len(asked) == 1
    assert asked[0].headers["user-agent"] == "Svodka/1.0 (tests)"
