"""20. A challenge page with 200, 401 or 403 is «blocked», no item."""

import pytest

from crawler.challenge import challenge
from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Reply, Site

WAIT = "<html><head><title>mid</title></head><body><script>var a=1;</script><p>Data processing...</p></body></html>"
GUARD = '<html><body><script src="/.well-known/ddos-guard/check?context=free_splash"></script></body></html>'
COOKIE = '<script>document.cookie="a=1";location.reload()</script>'


@pytest.mark.parametrize(("status", "body"), [(200, WAIT), (200, GUARD), (200, COOKIE), (401, ""), (403, "нельзя")])
def test_a_wall_in_place_of_a_page_is_blocked(crawl: Crawls, status: int, body: str) -> None:
    wall = Reply(body=body, status=status, headers={"Content-Type": "text/html"})
    with Site({"/news/": links([1, 2]), "/news/1/": wall, "/news/2/": release(2)}) as site:
        report = crawl(agency(site))
    assert (report.tally.blocked, report.tally.new) == (1, 1)
    assert crawl.paths() == ["news/2/"]
    assert [alarm.rule for alarm in report.alarms] == ["blocked"]


def test_a_page_behind_a_wall_is_asked_for_again_in_the_next_run(crawl: Crawls) -> None:
    with Site({"/news/": links([1]), "/news/1/": Reply(status=403)}) as site:
        crawl(agency(site))
        site.pages["/news/1/"] = release(1)
        report = crawl(agency(site), full=False)
    assert report.tally.new == 1


def test_an_article_about_captchas_is_an_article() -> None:
    text = "<p>" + "Рассказываем, как устроена reCAPTCHA: g-recaptcha и проверка браузера. " * 40 + "</p>"
    assert challenge(200, {}, text.encode()) is None
