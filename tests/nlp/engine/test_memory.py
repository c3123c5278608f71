import logging
import multiprocessing
from pathlib import Path

import pytest

from nlp.engine.memory import BLOCK, Memory, user_cache


def fill(folder: Path, prefix: str, count: int) -> None:
    memory = Memory(folder, "words", "1")
    for number in range(count):
        memory.note(f"{prefix} {number}", "ответ")
    memory.flush()


def test_what_one_run_noted_the_next_one_knows(tmp_path: Path) -> None:
    fill(tmp_path, "слово", 3)
    assert dict(Memory(tmp_path, "words", "1").load()) == {f"слово {n}": "ответ" for n in range(3)}


def test_another_version_starts_anew(tmp_path: Path) -> None:
    fill(tmp_path, "слово", 3)
    assert list(Memory(tmp_path, "words", "2").load()) == []


def test_full_blocks_are_written_at_once(tmp_path: Path) -> None:
    memory = Memory(tmp_path, "words", "1")
    for number in range(BLOCK + 1):
        memory.note(str(number), "x")
    assert len(list(Memory(tmp_path, "words", "1").load())) == BLOCK


def test_processes_write_side_by_side(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=fill, args=(tmp_path, str(n), 2 * BLOCK + 10)) for n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    known = dict(Memory(tmp_path, "words", "1").load())
    assert known.keys() == {f"{n} {number}" for n in range(2) for number in range(2 * BLOCK + 10)}


@pytest.mark.parametrize("damage", [b"#00000000 9\nabc\tdef\n", b"#0000", b"\x00\xff", b"#zz -3\n", b"\n"])
def test_a_damaged_end_is_dropped_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: bytes
) -> None:
    fill(tmp_path, "слово", 3)
    (path,) = tmp_path.iterdir()
    sound = path.read_bytes()
    path.write_bytes(sound + damage)
    with caplog.at_level(logging.WARNING):
        assert len(dict(Memory(tmp_path, "words", "1").load())) == 3
    assert "damaged" in caplog.text
    assert path.read_bytes() == sound


def test_a_changed_byte_is_noticed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    fill(tmp_path, "слово", 3)
    (path,) = tmp_path.iterdir()
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    assert list(Memory(tmp_path, "words", "1").load()) == []
    assert "damaged" in caplog.text


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file, not a folder")
    fill(taken, "слово", 1)
    assert "not written" in caplog.text


def test_the_users_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache/me")
    assert user_cache() == Path("/var/cache/me/svodka")
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", "/home/me")
    assert user_cache() == Path("/home/me/.cache/svodka")
