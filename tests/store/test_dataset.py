"""The file: made whole, refused untouched where it is not ours."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from store.dataset import SCHEMA_VERSION, Dataset
from store.faults import CorruptDataset, DatasetFault, NewerDataset, NoDataset


def test_made_on_request_only(tmp_path: Path) -> None:
    with pytest.raises(NoDataset, match=r"svodka\.sqlite: набора данных нет"):
        Dataset.open(tmp_path / "data")
    Dataset.open(tmp_path / "data", create=True).close()
    with Dataset.open(tmp_path / "data") as dataset:
        assert dataset.summary().releases == 0
        assert (tmp_path / "data" / "warc").is_dir()


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 20, b"SQLite format 3\x00" + b"\xff" * 200])
def test_a_foreign_file_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "svodka.sqlite"
    path.write_bytes(content)
    with pytest.raises(CorruptDataset, match=r"svodka\.sqlite"):
        Dataset.open(tmp_path, create=True)
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["svodka.sqlite"]


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "svodka.sqlite")) as db, db:
        db.execute("CREATE TABLE t (a)")
    db.close()
    with pytest.raises(CorruptDataset, match="не набор данных"):
        Dataset.open(tmp_path)


def test_a_later_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    Dataset.open(tmp_path, create=True).close()
    db = sqlite3.connect(tmp_path / "svodka.sqlite")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    db.close()
    before = (tmp_path / "svodka.sqlite").read_bytes()
    with pytest.raises(NewerDataset, match=f"версия {SCHEMA_VERSION + 1}"):
        Dataset.open(tmp_path)
    assert (tmp_path / "svodka.sqlite").read_bytes() == before


def test_damage_inside_is_found(tmp_path: Path) -> None:
    Dataset.open(tmp_path, create=True).close()
    path = tmp_path / "svodka.sqlite"
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\x55" * 3996
    path.write_bytes(content)
    with pytest.raises(CorruptDataset, match="повреждён"):
        Dataset.open(tmp_path)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatasetFault, match="не создать"):
        Dataset.open(tmp_path / "file" / "data", create=True)


def test_a_broken_transaction_leaves_nothing(dataset: Dataset) -> None:
    with pytest.raises(RuntimeError), dataset.transaction() as db:
        db.execute("INSERT INTO stage VALUES ('a', 'b', 'c', 'd', 'e')")
        raise RuntimeError
    assert dataset.db.execute("SELECT count(*) FROM stage").fetchone() == (0,)


def test_each_thread_has_its_connection(dataset: Dataset) -> None:
    seen: list[int] = []
    thread = threading.Thread(target=lambda: seen.append(dataset.summary().releases))
    thread.start()
    thread.join()
    assert seen == [0]
    assert len(dataset.connections) == 2


def test_what_a_killed_maker_left_is_swept_away(tmp_path: Path) -> None:
    for name in ("svodka.sqlite.new", "svodka.sqlite.new-wal"):
        (tmp_path / name).write_bytes(b"half")
    with Dataset.open(tmp_path, create=True) as dataset:
        assert dataset.problems() == []
    assert not list(tmp_path.glob("*.new*"))
