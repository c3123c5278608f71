"""Pages that a crawl kept → releases; files by hand."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.archive import Answer, Archive
from crawler.frontier import Found
from crawler.source import Source
from pipelines.read import Outcome, import_file, read
from store.dataset import FILE, Dataset
from store.frontier import SqliteFrontier

SOURCE = Source(id="agency", name="Агентство", home="https://agency.example")
NOW = datetime(2024, 4, 17, 9, tzinfo=UTC)
PAGE = """<!DOCTYPE html><html lang=ru><head><meta charset=utf-8><title>{title}</title></head><body>
<nav><a href=/>Главная</a></nav><article><h1>{title}</h1><time datetime=2024-04-16T10:00:00+03:00>16.04.2024</time>
<p>{text}</p><p>Мероприятие прошло в Перми в рамках сотрудничества городов-побратимов и собрало сто участников.</p>
</article></body></html>"""


def page(title: str, text: str) -> bytes:
    return PAGE.format(title=title, text=text).encode()


def kept(dataset: Dataset, pages: Mapping[str, bytes], at: datetime = NOW) -> None:
    """As a crawl leaves them."""
    with SqliteFrontier(dataset.folder / FILE) as frontier:
        archive = Archive(dataset.folder / "warc", frontier.archived())
        run = frontier.start(SOURCE.id)
        frontier.add(SOURCE.id, run, [Found(url=url, key=url) for url in pages])
        for url, body in pages.items():
            link = frontier.find(SOURCE.id, url)
            assert link is not None
            answer = Answer(url=url, status=200, headers=(("Content-Type", "text/html"),), body=body, fetched_at=at)
            frontier.keep(
                link,
                url=url,
                fetched_at=at,
                status=200,
                digest=f"{hash(body):x}",
                place=archive.page(answer),
                etag=None,
                last_modified=None,
                due_at=at + timedelta(days=1),
                run=run,
                hints={},
            )
        frontier.flush(archive.flush())
        archive.close()


URL = "https://agency.example/news/1/"


def test_pages_become_releases_once(dataset: Dataset) -> None:
    kept(dataset, {URL: page("О визите", "Делегация прибыла в Пермь с рабочим визитом и встретилась с мэром.")})
    assert read(dataset, {SOURCE.id: SOURCE}, workers=1) == Outcome(new=1)
    assert read(dataset, {SOURCE.id: SOURCE}, workers=1) == Outcome()
    release = dataset.release(dataset.search("делегации").rows[0].id)
    assert release.title == "О визите"
    assert release.published == "2024-04-16T10:00:00+03:00"
    assert "Главная" not in release.text


def test_an_edited_page_is_a_new_version(dataset: Dataset) -> None:
    kept(dataset, {URL: page("О визите", "Делегация прибыла в Пермь с рабочим визитом и встретилась с мэром.")})
    read(dataset, {SOURCE.id: SOURCE}, workers=1)
    later = page("О визите", "Делегация не прибыла в Пермь: визит с участием мэра перенесён на осень этого года.")
    kept(dataset, {URL: later}, NOW + timedelta(days=1))
    assert read(dataset, {SOURCE.id: SOURCE}, workers=1) == Outcome(edited=1)
    assert len(dataset.release(dataset.search("делегация").rows[0].id).versions) == 2


def test_a_page_that_cannot_be_read_costs_only_itself(dataset: Dataset) -> None:
    good = page("О визите", "Делегация прибыла в Пермь с рабочим визитом и встретилась с мэром.")
    kept(dataset, {URL: good, "https://agency.example/news/2/": b""})
    assert read(dataset, {SOURCE.id: SOURCE}, workers=1) == Outcome(new=1, failed=1)
    (failure,) = dataset.failures()
    assert "https://agency.example/news/2/" in failure.reason
    assert read(dataset, {SOURCE.id: SOURCE}, workers=1) == Outcome(), "left alone until the reader changes"


def test_a_damaged_archive_costs_its_own_pages_only(dataset: Dataset) -> None:
    kept(dataset, {URL: page("О визите", "Делегация прибыла в Пермь с рабочим визитом и встретилась с мэром.")})
    (archive,) = (dataset.folder / "warc").glob("*.warc.gz")
    content = bytearray(archive.read_bytes())
    content[-40:-20] = b"\xff" * 20
    archive.write_bytes(content)
    assert read(dataset, {SOURCE.id: SOURCE}, workers=1) == Outcome(failed=1)
    assert "BrokenArchive" in dataset.failures()[0].reason


def test_a_file_by_hand(dataset: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "релиз.txt"
    path.write_text("О встрече\n\nПослы встретились в Москве и обсудили выставку.\n", encoding="utf-8")
    saved = import_file(dataset, path)
    assert saved.change == "new"
    assert import_file(dataset, path).change == "same"
    assert dataset.search("послами source:import").total == 1


def test_a_file_that_is_no_text(dataset: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "релиз.txt"
    path.write_bytes(b"")
    with pytest.raises(ValueError, match="пуст"):
        import_file(dataset, path)
    assert dataset.summary().releases == 0
