"""24. Calendars, filters, growing relative URLs, PHPSESSID."""

import pytest

from crawler.address import is_article
from crawler.source import Listing
from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Asked, Reply, Site, html


def test_calendars_and_filters_are_not_followed(crawl: Crawls) -> None:
    chrome = "".join(f'<a href="/news/?date=2026-11-{day:02}">{day}</a>' for day in range(1, 31))
    chrome += '<a href="/news/?set_filter=Y&arrFilter=1">фильтр</a><a href="/news/archive/2025/">2025</a>'
    with Site({"/news/": chrome + links([1]), "/news/1/": release(1)}) as site:
        crawl(agency(site))
    assert sorted(site.paths()) == ["/news/", "/news/1/", "/news/?page=2"]


def test_a_session_in_the_address_makes_no_new_pages(crawl: Crawls) -> None:
    count = iter(range(1000))

    def listing(asked: Asked) -> Reply:
        return html("".join(f'<a href="/news/{n}/?PHPSESSID=s{next(count)}">Новость {n}</a>' for n in (1, 2)))

    with Site({"/news/": listing, "/news/?page=2": listing, "/news/1/": release(1), "/news/2/": release(2)}) as site:
        crawl(agency(site))
        crawl(agency(site), full=False)
    assert sorted(crawl.paths()) == ["news/1/", "news/2/"]
    assert site.count("/news/1/") == 1


def test_an_address_that_grows_is_no_page(crawl: Crawls) -> None:
    """`<a href="news/2/">` on /news/1/ and a server that gives the page whatever stands before it."""
    with Site({"/news/": '<a href="news/1/">Новость</a>', "/news/news/1/": release(1)}) as site:
        source = agency(site, article=r"/news/\d+/$")
        crawl(source)
        assert is_article(f"{site.base}/news/news/1/", source)
        assert not is_article(f"{site.base}/news/news/news/1/", source)
        assert not is_article(f"{site.base}/a/b/a/b/a/b/news/1/", source)


def test_a_next_link_that_leads_in_a_circle_ends_the_walk(crawl: Crawls) -> None:
    pages = {f"/list/{n}": links([n]) + f'<a class="next" href="/list/{n % 3 + 1}">дальше</a>' for n in (1, 2, 3)}
    with Site({**pages, **{f"/news/{n}/": release(n) for n in (1, 2, 3)}}) as site:
        report = crawl(agency(site, discovery=(Listing(url="/list/1", next="a.next"),)))
    assert report.tally.new == 3
    assert [site.count(f"/list/{n}") for n in (1, 2, 3)] == [1, 1, 1]


@pytest.mark.parametrize("href", ["javascript:void(0)", "mailto:a@b.ru", "tel:+7", "http://[", "#top", "http://a b/"])
def test_what_is_no_address_is_passed_over(crawl: Crawls, href: str) -> None:
    with Site({"/news/": f'<a href="{href}">Новость</a>' + links([1]), "/news/1/": release(1)}) as site:
        assert crawl(agency(site)).tally.new == 1
