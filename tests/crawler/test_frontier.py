"""The crawler's memory over SQLite: what is due, what is one page, what is lost when nothing was flushed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.frontier import Found, Link, Place, RobotsFile, Validators
from store.dataset import FILE, Dataset
from store.frontier import Pages, SqliteFrontier

NOW = datetime.now(UTC)
PLACE = Place(file="svodka-00001.warc.gz", offset=0, length=10)


@pytest.fixture
def frontier(tmp_path: Path) -> Iterator[SqliteFrontier]:
    Dataset.open(tmp_path, create=True).close()
    with SqliteFrontier(tmp_path / FILE) as one:
        yield one


def found(name: str, **fields: object) -> Found:
    return Found(url=f"https://a.ru/{name}", key=f"a.ru/{name}", **fields)  # type: ignore[arg-type]


def keep(frontier: SqliteFrontier, link: Link, digest: str, due_at: datetime | None = None) -> None:
    frontier.keep(
        link, url=link.url, fetched_at=datetime.now(UTC), status=200, digest=digest, place=PLACE, etag='"1"',
        last_modified=None, due_at=due_at or NOW + timedelta(days=1), run=1, hints={"title": "Новость"},
    )  # fmt: skip


def due(frontier: SqliteFrontier, **options: bool) -> list[str]:
    return [link.key.removeprefix("a.ru/") for link in frontier.due("a", datetime.now(UTC), 10, **options)]


def test_new_addresses_are_due_once(frontier: SqliteFrontier) -> None:
    run = frontier.start("a")
    assert frontier.add("a", run, [found("1"), found("2"), found("1")]) == 2
    assert frontier.add("a", run, [found("2"), found("3")]) == 1
    assert due(frontier) == ["1", "2", "3"]
    assert due(frontier) == []


def test_what_was_handed_out_and_not_flushed_is_due_again_after_a_restart(
    frontier: SqliteFrontier, tmp_path: Path
) -> None:
    frontier.add("a", 1, [found("1"), found("2")])
    first, second = frontier.due("a", NOW, 10)
    keep(frontier, first, "aa")
    frontier.flush()
    keep(frontier, second, "bb")
    with SqliteFrontier(tmp_path / FILE) as again:
        assert due(again) == ["2"]


def test_kept_pages_come_back_when_their_time_has_come(frontier: SqliteFrontier) -> None:
    frontier.add("a", 1, [found("1"), found("2")])
    first, second = frontier.due("a", NOW, 10)
    keep(frontier, first, "aa", NOW - timedelta(hours=1))
    keep(frontier, second, "bb", NOW + timedelta(hours=1))
    frontier.flush()
    (link,) = frontier.due("a", NOW, 10)
    assert (link.key, link.digest, link.etag) == ("a.ru/1", "aa", '"1"')


def test_a_skipped_address_is_known_and_never_due_until_it_is_woken(frontier: SqliteFrontier) -> None:
    frontier.add("a", 1, [found("1")], skip=True)
    assert frontier.add("a", 2, [found("1")]) == 0
    assert due(frontier) == []
    frontier.add("a", 3, [found("1")], wake=True)
    assert due(frontier) == ["1"]


def test_a_page_once_kept_stays_kept_whatever_goes_wrong_later(frontier: SqliteFrontier) -> None:
    frontier.add("a", 1, [found("1")])
    (link,) = frontier.due("a", NOW, 10)
    keep(frontier, link, "aa", NOW)
    frontier.flush()
    (again,) = frontier.due("a", NOW, 10)
    frontier.drop(again, "gone", "ответ 404", due_at=None)
    frontier.flush()
    kept = frontier.find("a", "a.ru/1")
    assert kept is not None
    assert kept.digest == "aa"


def test_aliases_lead_to_their_page(frontier: SqliteFrontier) -> None:
    frontier.add("a", 1, [found("1"), found("2")])
    first, second = frontier.due("a", NOW, 10)
    keep(frontier, first, "aa")
    frontier.alias("a", second.key, second.url, first.id)
    frontier.flush()
    other = frontier.find("a", "a.ru/2")
    assert other is not None
    assert other.id == first.id
    assert frontier.runs_of("a", ["a.ru/1", "a.ru/2", "a.ru/3"]) == {"a.ru/1": 1, "a.ru/2": 1}


def test_a_renamed_page_keeps_its_old_address(frontier: SqliteFrontier) -> None:
    frontier.add("a", 1, [found("?id=1")])
    (link,) = frontier.due("a", NOW, 10)
    keep(frontier, frontier.rename(link, "a.ru/1", "https://a.ru/1"), "aa")
    frontier.flush()
    (page,) = Pages(frontier.db).since()
    assert page.addresses == ("https://a.ru/1", "https://a.ru/?id=1")
    assert [row[3] for row in Pages(frontier.db).aliases()] == ["https://a.ru/?id=1"]


def test_the_same_bytes_are_found_before_and_after_a_flush(frontier: SqliteFrontier) -> None:
    frontier.add("a", 1, [found("1")])
    (link,) = frontier.due("a", NOW, 10)
    assert frontier.same_body("a", "aa") is None
    keep(frontier, link, "aa")
    assert frontier.same_body("a", "aa") == link.id
    frontier.flush()
    assert frontier.same_body("a", "aa") == link.id
    assert frontier.same_body("b", "aa") is None


def test_pages_since_a_page(frontier: SqliteFrontier) -> None:
    frontier.add("a", 1, [found("1"), found("2")])
    frontier.add("b", 1, [found("9")])
    for source in ("a", "b"):
        for link in frontier.due(source, NOW, 10):
            keep(frontier, link, link.key)
    frontier.flush({"svodka-00001.warc.gz": 99})
    pages = Pages(frontier.db)
    assert [page.url for page in pages.since()] == ["https://a.ru/1", "https://a.ru/2", "https://a.ru/9"]
    assert [page.url for page in pages.since(1)] == ["https://a.ru/2", "https://a.ru/9"]
    assert [page.url for page in pages.since(source="b")] == ["https://a.ru/9"]
    assert pages.count(1) == 2
    assert frontier.archived() == {"svodka-00001.warc.gz": 99}


def test_dates(frontier: SqliteFrontier) -> None:
    moscow = datetime.fromisoformat("2026-11-20T01:30:00+03:00")
    frontier.add("a", 1, [found("1", published=moscow), found("2")])
    _, second = frontier.due("a", NOW, 10)
    frontier.date(second, moscow - timedelta(days=3))
    frontier.flush()
    span = frontier.span("a")
    assert (span.oldest, span.newest) == (moscow - timedelta(days=3), moscow)
    assert frontier.dates_of("a", ["a.ru/1", "a.ru/3"]) == {"a.ru/1": moscow}
    assert frontier.published_since("a", moscow - timedelta(minutes=1)) == 1


def test_how_far_a_way_was_walked(frontier: SqliteFrontier) -> None:
    assert frontier.covered("a", "feed /rss") == 0
    frontier.cover("a", "feed /rss", 3)
    frontier.cover("a", "feed /rss", 5)
    assert frontier.covered("a", "feed /rss") == 5


def test_validators_and_robots(frontier: SqliteFrontier) -> None:
    assert frontier.validators("https://a.ru/rss") == Validators()
    assert frontier.robots("a.ru") is None
    frontier.validate("a", "https://a.ru/rss", Validators(etag='"1"', digest="aa"))
    frontier.keep_robots("a.ru", RobotsFile(status=200, body=b"\xff", fetched_at=NOW.replace(microsecond=0)))
    frontier.flush()
    assert frontier.validators("https://a.ru/rss") == Validators(etag='"1"', digest="aa")
    assert frontier.robots("a.ru") == RobotsFile(status=200, body=b"\xff", fetched_at=NOW.replace(microsecond=0))


def test_it_stands_alone_in_a_file_of_its_own(tmp_path: Path) -> None:
    with SqliteFrontier(tmp_path / "alone.sqlite") as one:
        assert one.add("a", one.start("a"), [found("1")]) == 1
