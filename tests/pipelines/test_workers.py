"""Worker processes and the folder that the program is started in."""

import os
import subprocess
import sys
from pathlib import Path

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
