"""30. A cursor that is stuck."""

import json
from urllib.parse import parse_qs, urlsplit

from crawler.source import Api
from tests.crawler.conftest import Crawls, agency, release
from tests.crawler.server import Asked, Reply, Site


class Api30(Site):
    """Cursor «2» leads to itself, for ever with something new."""

    def __init__(self, cursors: dict[str, str | None]) -> None:
        super().__init__({f"/news/{number}/": release(number) for number in range(100)})
        self.cursors, self.given = cursors, 0

    def reply(self, asked: Asked) -> Reply:
        if not asked.path.startswith("/api"):
            return super().reply(asked)
        cursor = parse_qs(urlsplit(asked.path).query).get("cursor", [""])[0]
        self.given += 2
        items = [{"url": f"/news/{number}/"} for number in (self.given - 2, self.given - 1)]
        return Reply(body=json.dumps({"items": items, "next": self.cursors[cursor]}))


WAY = Api(url="/api?cursor={cursor}", next="next")


def test_it_ends_the_walk_and_is_told(crawl: Crawls) -> None:
    with Api30({"": "1", "1": "2", "2": "2"}) as site:
        report = crawl(agency(site, discovery=(WAY,)))
    assert report.tally.ways == {"api /api?cursor={cursor}": "stuck"}
    assert sum(path.startswith("/api") for path in site.paths()) == 3
    assert report.tally.new == 6
    assert "stuck" in [alarm.rule for alarm in report.alarms]


def test_one_that_ends_is_not_stuck(crawl: Crawls) -> None:
    with Api30({"": "1", "1": "2", "2": None}) as site:
        report = crawl(agency(site, discovery=(WAY,)))
    assert report.tally.ways == {"api /api?cursor={cursor}": "ok"}
