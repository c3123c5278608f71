"""23. A last page that repeats for ever."""

from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Asked, Reply, Site, html


def test_the_walk_ends_where_the_listing_repeats_itself(crawl: Crawls) -> None:
    def listing(asked: Asked) -> Reply:
        page = min(int(asked.path.partition("=")[2] or 1), 3)
        return html(links(range(page * 10, page * 10 + 10)))

    pages = {f"/news/{number}/": release(number) for number in range(10, 40)}
    with Site({**pages, "/news/": listing, **{f"/news/?page={n}": listing for n in range(2, 100)}}) as site:
        report = crawl(agency(site))
    assert report.tally.new == 30
    assert report.tally.ways == {"listing /news/": "ok"}
    assert [path for path in site.paths() if "page=" in path] == [f"/news/?page={n}" for n in (2, 3, 4)]
