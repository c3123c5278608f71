"""Worker processes: what they may import, and how long they live."""

import os
import subprocess
import sys
from pathlib import Path

from pipelines.workers import Crew
from tests.pipelines import readers

ROOT = Path(__file__).parent.parent.parent
SCRIPT = """
from pipelines.workers import Crew
from tests.pipelines import readers
if __name__ == "__main__":
    for batch in Crew(readers.letters, 2, 60.0).run([["а", "б"], ["в"]]):
        print(batch)
"""


def test_files_of_the_users_folder_are_not_modules(tmp_path: Path) -> None:
    folder, program = tmp_path / "папка", tmp_path / "program"
    folder.mkdir()
    program.mkdir()
    for name in ("json", "pickle", "socket", "h", "zlib", "pipelines", "tests"):
        (folder / f"{name}.py").write_text(f"raise SystemExit('{name} came from the folder')", encoding="utf-8")
    (program / "script.py").write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(program / "script.py")],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(done.stdout.splitlines()) == ["[('а', 'А'), ('б', 'Б')]", "[('в', 'В')]"]


def test_a_worker_is_renewed_and_every_item_is_done_once() -> None:
    batches = [[f"{n}а", f"{n}б"] for n in range(4)]
    done = [pair for batch in Crew(readers.processes, 1, 60.0, life=4).run(batches) for pair in batch]
    assert sorted(item for item, _ in done) == sorted(item for batch in batches for item in batch)
    assert len({process for _, process in done}) == 2
