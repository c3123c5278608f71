"""18. Sidebar news taken for the listing: it may neither end a walk nor keep it going."""

from crawler.source import Listing
from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Site

POPULAR = '<div class="popular"><a href="/news/900/">Самое читаемое за всё время</a></div>'


def test_a_sidebar_on_every_page_does_not_hide_that_the_listing_is_known(crawl: Crawls) -> None:
    pages = {f"/news/?page={n}": POPULAR + links(range(n * 5, n * 5 + 5)) for n in range(2, 9)}
    releases = {f"/news/{number}/": release(number) for number in (*range(1, 60), 900)}
    with Site({"/news/": POPULAR + links(range(5, 10)), **pages, **releases}) as site:
        assert crawl(agency(site)).tally.new == 41
        site.pages["/news/"] = POPULAR.replace("900", "58") + links([59, 5, 6, 7, 8])
        site.asked.clear()
        report = crawl(agency(site), full=False)
    assert report.tally.new == 2
    assert [path for path in site.paths() if "page=" in path] == ["/news/?page=2"]


def test_items_can_be_kept_to_the_listing_itself(crawl: Crawls) -> None:
    with Site({"/news/": POPULAR + links([1, 2]), "/news/1/": release(1), "/news/2/": release(2)}) as site:
        report = crawl(agency(site, discovery=(Listing(url="/news/", items=".item", published="i"),)))
    assert report.tally.found == 2
    assert site.count("/news/900/") == 0
