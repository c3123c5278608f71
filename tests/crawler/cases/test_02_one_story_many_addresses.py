"""2. One story under http, https, www and /ru/ is one document."""

import pytest

from crawler.address import key
from crawler.source import Feed, Listing, Source
from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Reply, Site, html, xml

NGO = Source(id="ngo", name="Центр", home="https://example.org", same=((r"^/ru/", "/"),), article=r"^/(?:ru/)?news/\d+")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/news/7",
        "https://www.example.org/news/7/",
        "https://example.org/ru/news/7/",
        "https://example.org//news/7/?utm_source=tg&utm_medium=post#top",
        "https://EXAMPLE.org:443/ru/news/7?PHPSESSID=abc",
    ],
)
def test_addresses_of_one_page_have_one_key(url: str) -> None:
    assert key(url, NGO) == "example.org/news/7"


@pytest.mark.parametrize("url", ["https://example.org/news/71", "https://example.org/news/7?part=2"])
def test_addresses_of_other_pages_have_others(url: str) -> None:
    assert key(url, NGO) != "example.org/news/7"


def test_a_story_in_the_feed_and_in_both_sections_is_kept_once(crawl: Crawls) -> None:
    feed = xml("<rss><channel><item><link>/ru/news/7/?utm_source=rss</link></item></channel></rss>")
    with Site({"/rss": feed, "/news/": links([7]), "/news/7/": release(7), "/ru/news/7/": release(7)}) as site:
        source = agency(
            site, discovery=(Feed(url="/rss"), Listing(url="/news/")), same=NGO.same, article=r"^/(?:ru/)?news/\d+"
        )
        report = crawl(source)
    assert report.tally.found == report.tally.new == 1
    assert crawl.paths() == ["ru/news/7/"]


def test_an_address_that_redirects_to_a_kept_page_is_one_more_of_its_addresses(crawl: Crawls) -> None:
    moved = Reply(status=301, headers={"Location": "/news/story/"})
    with Site({"/news/": links([7]), "/news/7/": moved, "/news/story/": release(7)}) as site:
        crawl(agency(site))
        site.pages["/news/"] = html('<a href="/news/story/">Новость</a>')
        report = crawl(agency(site))
    assert (report.tally.new, report.tally.changed) == (0, 0)
    assert crawl.addresses() == [{"news/story/", "news/7/"}]


def test_the_same_bytes_at_two_addresses_are_one_page(crawl: Crawls) -> None:
    with Site({"/news/": links([7, 8]), "/news/7/": release("одна"), "/news/8/": release("одна")}) as site:
        report = crawl(agency(site))
    assert (report.tally.new, report.tally.same) == (1, 1)
    assert crawl.addresses() == [{"news/7/", "news/8/"}]
