"""The archive: readable by warcio to the last digest, by offset, rotated, repaired after a kill."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler import archive
from crawler.archive import SAME_BYTES, Answer, Archive, BrokenArchive, records
from crawler.frontier import Place
from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Site, gzipped, html

AT = datetime(2026, 11, 22, 12, 0, 30, tzinfo=UTC)


def answer(number: int = 1, body: bytes | None = None, status: int = 200) -> Answer:
    return Answer(
        url=f"https://a.ru/news/{number}",
        status=status,
        headers=(("Content-Type", "text/html; charset=windows-1251"), ("Content-Encoding", "gzip"), ("ETag", '"1"')),
        body=release(number).encode("cp1251") if body is None else body,
        fetched_at=AT,
    )


def checked(path: Path) -> list[str]:
    """Types of a file's records; warcio raises where a digest or a length is wrong."""
    kinds = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            kinds.append(record.rec_type)
    return kinds


def test_a_page_is_read_back_byte_for_byte(tmp_path: Path) -> None:
    store = Archive(tmp_path, {}, agent="Svodka/1.0")
    places = [store.page(answer(number)) for number in (1, 2, 3)]
    store.close()
    for number, place in zip((1, 2, 3), places, strict=True):
        back = archive.read(tmp_path, place)
        assert back.body == answer(number).body
        assert (back.url, back.status, back.fetched_at) == (answer(number).url, 200, AT)
        assert back.header("etag") == '"1"'
        assert back.header("content-encoding") is None


def test_warcio_reads_and_checks_every_kind_of_record(tmp_path: Path) -> None:
    store = Archive(tmp_path, {})
    store.page(answer(1))
    store.revisit(answer(1, b"", 304))
    store.revisit(answer(1), profile=SAME_BYTES)
    store.conversion("https://a.ru/news/2", "<p>Текст</p>".encode(), AT, "https://a.ru/rss")
    store.page(answer(3, b"", 404))
    store.close()
    (path,) = tmp_path.glob("*.warc.gz")
    assert checked(path) == ["warcinfo", "response", "revisit", "revisit", "conversion", "response"]


def test_a_release_told_by_a_feed_is_read_back(tmp_path: Path) -> None:
    store = Archive(tmp_path, {})
    place = store.conversion("https://a.ru/news/2", "<p>Текст</p>".encode(), AT, "https://a.ru/rss")
    store.close()
    assert archive.read(tmp_path, place).body.decode() == "<p>Текст</p>"


def test_files_are_rotated_and_the_last_is_gone_on_with(tmp_path: Path) -> None:
    store = Archive(tmp_path, {}, limit=1500)
    for number in range(6):
        store.page(answer(number))
    store.close()
    names = sorted(path.name for path in tmp_path.glob("*.warc.gz"))
    assert names[0] == "svodka-00001.warc.gz"
    assert len(names) > 1
    again = Archive(tmp_path, store.lengths, limit=10**9)
    place = again.page(answer(7))
    again.close()
    assert place.file == names[-1]
    assert [checked(tmp_path / name)[0] for name in names] == ["warcinfo"] * len(names)


def test_what_was_never_committed_is_cut_off(tmp_path: Path) -> None:
    store = Archive(tmp_path, {})
    store.page(answer(1))
    committed = store.flush()
    store.page(answer(2))
    store.close()
    path = tmp_path / "svodka-00001.warc.gz"
    path.write_bytes(path.read_bytes()[:-7])
    Archive(tmp_path, committed).close()
    assert checked(path) == ["warcinfo", "response"]


def test_a_file_the_dataset_does_not_know_is_put_aside_and_never_deleted(tmp_path: Path) -> None:
    store = Archive(tmp_path, {})
    store.page(answer(1))
    store.close()
    size = (tmp_path / "svodka-00001.warc.gz").stat().st_size
    Archive(tmp_path, {}).close()
    (orphan,) = tmp_path.iterdir()
    assert ".orphan-" in orphan.name
    assert orphan.stat().st_size == size


def test_an_archive_that_is_shorter_than_the_dataset_says_is_an_error(tmp_path: Path) -> None:
    store = Archive(tmp_path, {})
    store.page(answer(1))
    store.close()
    path = tmp_path / "svodka-00001.warc.gz"
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(BrokenArchive, match="100 байт"):
        Archive(tmp_path, store.lengths)


@pytest.mark.parametrize("place", [Place(file="нет.gz", offset=0, length=9), Place(file="a.gz", offset=3, length=9)])
def test_a_record_that_is_not_there_is_named(tmp_path: Path, place: Place) -> None:
    (tmp_path / "a.gz").write_bytes(b"no gzip at all")
    with pytest.raises(BrokenArchive, match=f"{place.file}, смещение {place.offset}"):
        archive.read(tmp_path, place)


def test_a_record_cut_short_is_told_and_left_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = Archive(tmp_path, {})
    store.page(answer(1))
    store.page(answer(2))
    store.close()
    path = tmp_path / "svodka-00001.warc.gz"
    path.write_bytes(path.read_bytes()[:-40])
    assert [record.url for record in records(path) if record.answer is not None] == [answer(1).url]
    assert "повреждённая запись" in caplog.text


def test_a_file_that_is_no_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"no archive")
    with pytest.raises(BrokenArchive, match=r"a\.warc\.gz"):
        list(records(tmp_path / "a.warc.gz"))


def test_all_answers_of_a_crawl_are_there(crawl: Crawls) -> None:
    with Site({"/news/": links([1]), "/news/1/": gzipped(html(release(1)))}) as site:
        crawl(agency(site))
    (path,) = crawl.archives()
    assert checked(path)[0] == "warcinfo"
    urls = [record.url.removeprefix(site.base) for record in records(path) if record.type == "response"]
    assert sorted(urls) == ["/news/", "/news/1/", "/news/?page=2", "/robots.txt"]
