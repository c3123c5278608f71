"""Releases through worker processes: nothing lost, nothing twice, a bad document costs only itself."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.annotate import Outcome, annotate
from pipelines.workers import WorkersBroken
from store.dataset import Dataset
from tests.pipelines import readers
from tests.pipelines.conftest import Fill

ROOT = Path(__file__).parent.parent.parent


def test_every_release_is_annotated_once(dataset: Dataset, fill: Fill) -> None:
    fill([f"Иван Петров{number} открыл форум" for number in range(40)])
    assert annotate(dataset, "1", readers.plain, workers=2) == Outcome(done=40)
    assert annotate(dataset, "1", readers.plain, workers=2) == Outcome()
    assert dataset.db.execute("SELECT count(*) FROM attendance").fetchone() == (40,)


def test_a_new_version_of_the_stage_takes_everything_again(dataset: Dataset, fill: Fill) -> None:
    fill(["Иван Петров открыл форум"])
    annotate(dataset, "1", readers.plain, workers=1)
    assert annotate(dataset, "2", readers.plain, workers=1).done == 1
    assert dataset.db.execute("SELECT count(*) FROM appearance").fetchone() == (1,), "the old rows are replaced"


def test_an_edited_release_is_taken_again(dataset: Dataset, fill: Fill) -> None:
    fill(["Иван Петров открыл форум", "Анна Ильина открыла форум"])
    annotate(dataset, "1", readers.plain, workers=1)
    fill(["Иван Петров закрыл форум", "Анна Ильина открыла форум"])
    assert annotate(dataset, "1", readers.plain, workers=1).done == 1


def test_bad_documents_are_set_aside_with_their_reasons(dataset: Dataset, fill: Fill) -> None:
    texts = [f"Иван Петров{number} открыл форум" for number in range(12)]
    texts[3], texts[7], texts[9] = "Тут падение", "Тут зависание", "Тут ошибка"
    ids = fill(texts)
    outcome = annotate(dataset, "1", readers.misbehaving, workers=2, limit=1.0)
    assert outcome == Outcome(done=9, failed=3)
    reasons = {failure.document: failure.reason for failure in dataset.failures()}
    assert reasons == {
        ids[3]: "процесс упал (сигнал 6)",
        ids[7]: "дольше 1 с",
        ids[9]: "ValueError: не читается",
    }


def test_what_failed_is_left_alone_until_the_stage_changes(dataset: Dataset, fill: Fill) -> None:
    fill(["Тут ошибка"])
    assert annotate(dataset, "1", readers.misbehaving, workers=1).failed == 1
    assert annotate(dataset, "1", readers.misbehaving, workers=1) == Outcome()
    assert annotate(dataset, "2", readers.plain, workers=1).done == 1
    assert dataset.failures() == []


def test_a_release_that_failed_is_still_found(dataset: Dataset, fill: Fill) -> None:
    fill(["Тут ошибка при открытии выставки"])
    annotate(dataset, "1", readers.misbehaving, workers=1)
    assert dataset.search("открытие").total == 1
    assert dataset.release(dataset.search("выставкой").rows[0].id).failure == "ValueError: не читается"


def test_workers_that_cannot_start_stop_the_run(dataset: Dataset, fill: Fill) -> None:
    fill(["Иван Петров открыл форум"])
    with pytest.raises(WorkersBroken, match="FileNotFoundError: нет модели"):
        annotate(dataset, "1", readers.broken, workers=1)
    assert dataset.failures() == []


KILLED = """
import sys
from pipelines.annotate import annotate
from store.dataset import Dataset
from tests.pipelines import readers
if __name__ == "__main__":
    with Dataset.open(sys.argv[1]) as dataset:
        annotate(dataset, "1", readers.READERS["slow"], workers=2)
"""


@pytest.mark.slow
def test_killed_at_any_instant_it_takes_up_where_it_was(dataset: Dataset, fill: Fill, tmp_path: Path) -> None:
    texts = [f"Иван Петров{number} открыл форум" for number in range(600)]
    fill(texts)
    script = tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    enough, kills = len(texts) // 3, 0
    while annotated(dataset) < enough:
        run_and_kill(script, dataset, annotated(dataset) + 32)
        kills += 1
        assert dataset.problems() == []
    before = annotated(dataset)
    assert before < len(texts), "the kill came too late to prove anything"
    assert annotate(dataset, "1", readers.plain, workers=2).done == len(texts) - before
    assert kills > 1
    assert dataset.db.execute("SELECT count(*), count(DISTINCT release) FROM appearance").fetchone() == (600, 600)
    assert dataset.db.execute("SELECT count(*) FROM attendance").fetchone() == (600,)


def annotated(dataset: Dataset) -> int:
    return int(dataset.db.execute("SELECT count(*) FROM stage WHERE stage = 'annotate'").fetchone()[0])


def run_and_kill(script: Path, dataset: Dataset, at: int) -> None:
    """SIGKILL as soon as `at` releases are done; its workers must end by themselves."""
    process = subprocess.Popen(
        [sys.executable, str(script), str(dataset.folder)], env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    while annotated(dataset) < at and process.poll() is None:
        time.sleep(0.002)
    children = workers_of(process.pid)
    process.send_signal(signal.SIGKILL)
    process.wait()
    until = time.monotonic() + 30
    while any(alive(child) for child in children):
        assert time.monotonic() < until, "a worker outlived its parent"
        time.sleep(0.01)


def workers_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return False
