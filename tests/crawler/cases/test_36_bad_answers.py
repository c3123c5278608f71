"""36. 429 with Retry-After, time-outs, broken gzip, a huge body, a redirect loop."""

import gzip
import threading
import time
from email.utils import formatdate

import pytest

from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Asked, Reply, Site, gzipped, html


def test_retry_after_is_waited_for(crawl: Crawls) -> None:
    asked: list[float] = []

    def page(request: Asked) -> Reply:
        asked.append(time.monotonic())
        return html(release(1)) if len(asked) > 1 else Reply(status=429, headers={"Retry-After": "1"})

    with Site({"/news/": links([1]), "/news/1/": page}) as site:
        report = crawl(agency(site))
    assert (report.tally.new, report.tally.failed) == (1, 0)
    assert asked[1] - asked[0] >= 1


@pytest.mark.parametrize("value", ["3600", formatdate(time.time() + 3600, usegmt=True)])
def test_a_long_one_leaves_the_rest_for_the_next_run(crawl: Crawls, value: str) -> None:
    pages = {f"/news/{number}/": Reply(status=503, headers={"Retry-After": value}) for number in (1, 2, 3)}
    with Site({"/news/": links([1, 2, 3]), **pages}) as site:
        report = crawl(agency(site))
        assert sum(site.count(path) for path in pages) == 1
        assert report.tally.waiting == 3
        assert "просит подождать" in report.tally.notes[0]
        site.pages |= {f"/news/{number}/": release(number) for number in (1, 2, 3)}
        assert crawl(agency(site), full=False).tally.new == 3


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_an_error_of_the_server_is_tried_again(crawl: Crawls, status: int) -> None:
    answers = iter((Reply(status=status), Reply(status=status), html(release(1))))
    with Site({"/news/": links([1]), "/news/1/": lambda asked: next(answers)}) as site:
        assert crawl(agency(site)).tally.new == 1


def test_one_that_stays_is_a_failure_and_tried_in_the_next_run(crawl: Crawls) -> None:
    with Site({"/news/": links([1]), "/news/1/": Reply(status=500)}) as site:
        report = crawl(agency(site))
        assert (report.tally.failed, site.count("/news/1/")) == (1, 3)
        site.pages["/news/1/"] = release(1)
        assert crawl(agency(site), full=False).tally.new == 1


def test_a_server_that_says_nothing_times_out(crawl: Crawls) -> None:
    ended = threading.Event()

    def silence(asked: Asked) -> Reply:
        ended.wait(20)
        return Reply(status=204)

    with Site({"/news/": links([1, 2]), "/news/1/": silence, "/news/2/": release(2)}) as site:
        report = crawl(agency(site, timeout=0.5, concurrency=2), tries=1)
        ended.set()
    assert (report.tally.new, report.tally.failed) == (1, 1)
    assert "нет ответа за 0.5 с" in report.tally.notes[0]


def test_gzip_is_read(crawl: Crawls) -> None:
    with Site({"/news/": gzipped(html(links([1]))), "/news/1/": gzipped(html(release(1)))}) as site:
        assert crawl(agency(site)).tally.new == 1
    assert crawl.pages()[0].body == release(1).encode()
    assert "content-encoding" not in crawl.pages()[0].headers


def test_a_page_called_gzip_that_is_none_is_read_as_it_is(crawl: Crawls) -> None:
    with Site({"/news/": links([1]), "/news/1/": html(release(1), Content_Encoding="gzip")}) as site:
        assert crawl(agency(site)).tally.new == 1


PACKED = gzip.compress(release(1).encode())


@pytest.mark.parametrize(
    ("body", "why"), [(PACKED[:-20], "gzip"), (PACKED[:40] + b"\0" * 60, "gzip"), (b"\xff" * 50, "deflate")]
)
def test_half_a_page_is_none(crawl: Crawls, body: bytes, why: str) -> None:
    with Site({"/news/": links([1]), "/news/1/": html(body, Content_Encoding=why)}) as site:
        report = crawl(agency(site))
    assert (report.tally.new, report.tally.failed) == (0, 1)
    assert why in report.tally.notes[0]


def test_an_answer_that_is_cut_off_is_none(crawl: Crawls) -> None:
    with Site({"/news/": links([1]), "/news/1/": Reply(body=release(1), cut=100)}) as site:
        report = crawl(agency(site))
    assert (report.tally.new, report.tally.failed) == (0, 1)


@pytest.mark.parametrize("packed", [False, True])
def test_a_huge_body_is_refused(crawl: Crawls, packed: bool) -> None:
    page = html("а" * 300_000)
    with Site({"/news/": links([1, 2]), "/news/1/": gzipped(page) if packed else page, "/news/2/": release(2)}) as site:
        report = crawl(agency(site, max_bytes=100_000))
    assert (report.tally.new, report.tally.failed) == (1, 1)
    assert "больше 100000 байт" in report.tally.notes[0]


def test_a_redirect_loop_is_a_failure(crawl: Crawls) -> None:
    there = Reply(status=302, headers={"Location": "/news/2/"})
    back = Reply(status=301, headers={"Location": "/news/1/"})
    with Site({"/news/": links([1]), "/news/1/": there, "/news/2/": back}) as site:
        report = crawl(agency(site))
    assert report.tally.failed == 1
    assert "по кругу" in report.tally.notes[0]
    assert len(site.paths()) == 4


def test_a_redirect_without_end_is_one_too(crawl: Crawls) -> None:
    hops = {f"/news/{n}/": Reply(status=302, headers={"Location": f"/news/{n + 1}/"}) for n in range(1, 40)}
    with Site({"/news/": links([1]), **hops}) as site:
        report = crawl(agency(site))
    assert report.tally.failed == 1
    assert len(site.paths()) == 10
