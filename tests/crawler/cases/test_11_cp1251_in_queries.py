"""11. Query percent-encoded in cp1251."""

from crawler.address import absolute
from crawler.source import Listing
from tests.crawler.conftest import Crawls, agency, release
from tests.crawler.server import Reply, Site

ENCODED = "/news/?rubric=%CC%E8%F0&id=7"
"""«Мир» in windows-1251."""


def test_an_encoded_query_comes_back_byte_for_byte(crawl: Crawls) -> None:
    with Site({"/list": f'<a href="{ENCODED}">Новость</a>', ENCODED: release(7)}) as site:
        crawl(agency(site, discovery=(Listing(url="/list"),), article=r"[?&]id=\d+"))
    assert crawl.paths() == [ENCODED[1:]]


def test_a_raw_query_is_encoded_as_the_page_is(crawl: Crawls) -> None:
    page = '<meta charset="windows-1251"><p>Список новостей ведомства</p><a href="/news/?rubric=Мир&id=7">Новость</a>'
    listing = Reply(body=page.encode("cp1251"), headers={"Content-Type": "text/html"})
    with Site({"/list": listing, ENCODED: release(7)}) as site:
        crawl(agency(site, discovery=(Listing(url="/list"),), article=r"[?&]id=\d+"))
    assert crawl.paths() == [ENCODED[1:]]


def test_the_path_is_utf_8_all_the_same() -> None:
    assert absolute("http://a.ru/", "/Мир?q=Мир", "cp1251") == "http://a.ru/%D0%9C%D0%B8%D1%80?q=%CC%E8%F0"
