"""29. A JSON API's page cap."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.source import Api
from tests.crawler.conftest import TEXT, Crawls, agency
from tests.crawler.server import Asked, Reply, Site

TOTAL, CAP = 57, 10
ITEMS = [
    {"id": number, "title": f"Новость {number}", "date": "2026-11-20 12:00:00", "text": f"<p>{TEXT}{number}</p>"}
    for number in range(TOTAL)
]


def listing(asked: Asked) -> Reply:
    """Asked for a hundred, gives ten."""
    query = {name: int(values[0]) for name, values in parse_qs(urlsplit(asked.path).query).items()}
    start = query.get("offset", (query.get("page", 1) - 1) * CAP)
    return Reply(body=json.dumps({"data": {"items": ITEMS[start : start + CAP]}}))


class AnyListing(Site):
    def reply(self, asked: Asked) -> Reply:
        return listing(asked) if asked.path.startswith("/api") else super().reply(asked)


@pytest.mark.parametrize("query", ["page={n}&size={size}", "offset={offset}&size={size}"])
def test_fewer_than_asked_for_is_not_the_last_page(crawl: Crawls, query: str) -> None:
    with AnyListing() as site:
        way = Api(url=f"/api?{query}", items="data.items", address="/news/{id}/", body="text", size=100, full_text=True)
        report = crawl(agency(site, discovery=(way,)))
    assert (report.tally.found, report.tally.new) == (TOTAL, TOTAL)


def test_whole_texts_in_the_answer_are_kept_without_fetching_pages(crawl: Crawls) -> None:
    with AnyListing() as site:
        way = Api(url="/api?page={n}", items="data.items", address="/news/{id}/", body="text", full_text=True)
        crawl(agency(site, discovery=(way,)))
        again = crawl(agency(site, discovery=(way,)))
        ITEMS[3]["text"] = "<p>Исправлено.</p>"
        edited = crawl(agency(site, discovery=(way,)))
    assert not any(path.startswith("/news/") for path in site.paths())
    assert (again.tally.new, again.tally.changed, edited.tally.changed) == (0, 0, 1)
    page = crawl.pages()[0]
    assert page.url.endswith("/news/0/")
    assert page.hints["title"] == "Новость 0"
    assert page.hints["published"] == "2026-11-20 12:00:00"
    assert TEXT.strip() in page.hints["body"]
    assert TEXT.strip() in page.body.decode()


def test_json_without_the_list_is_no_empty_day(crawl: Crawls) -> None:
    with Site({"/api": Reply(body=json.dumps({"error": "internal"}))}) as site:
        report = crawl(agency(site, discovery=(Api(url="/api", items="data.items"),)))
    assert report.tally.ways == {"api /api": "failed"}
    assert report.silent
    assert "data.items" in report.tally.notes[0]
