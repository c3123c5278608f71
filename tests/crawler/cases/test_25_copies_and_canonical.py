"""25. Print, AMP and utm copies; canonical pointing at the home page."""

from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Site


def canonical(href: str) -> str:
    return f'<link rel="canonical" href="{href}">'


def test_copies_are_one_page_asked_for_once(crawl: Crawls) -> None:
    copies = ("/news/1/", "/news/1/?print=Y", "/news/1/amp/", "/news/1/?utm_source=vk", "/news/1", "/news/1/print/")
    listing = "".join(f'<a href="{href}">Новость</a>' for href in copies)
    with Site({"/news/": listing, "/news/1/": release(1)}) as site:
        report = crawl(agency(site, article=r"^/news/\d+"))
    assert report.tally.found == report.tally.new == 1
    assert site.count("/news/1/") == 1


def test_a_canonical_address_joins_copies_that_look_different(crawl: Crawls) -> None:
    pages = {
        "/news/": '<a href="/news/x/7/">Новость</a><a href="/news/y/7/">Новость</a>',
        "/news/x/7/": release(7, head=canonical("/news/7/")),
        "/news/y/7/": release(7, head=canonical("/news/7/")) + "<!-- другая рубрика -->",
        "/news/7/": release(7),
    }
    with Site(pages) as site:
        report = crawl(agency(site, article=r"^/news/(?:\w/)?\d+"))
    assert (report.tally.new, report.tally.same) == (1, 1)
    assert crawl.addresses() == [{"news/7/", "news/x/7/", "news/y/7/"}]


def test_a_canonical_address_that_cannot_be_true_is_not_believed(crawl: Crawls) -> None:
    pages = {
        "/news/1/": release(1, head=canonical("/")),
        "/news/2/": release(2, head=canonical("/news/")),
        "/news/3/": release(3, head=canonical("/news/1/")),
        "/news/4/": release(4, head=canonical("https://elsewhere.example/news/4/")),
    }
    with Site({"/news/": links(range(1, 5)), **pages}) as site:
        report = crawl(agency(site))
    assert (report.tally.new, report.tally.same) == (4, 0)
    assert sorted(crawl.paths()) == ["news/1/", "news/2/", "news/3/", "news/4/"]
