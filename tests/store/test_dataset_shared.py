"""Several connections and processes at one dataset: opening it again never harms those that have it open."""

import subprocess
import sys
from pathlib import Path

from store.dataset import Dataset

WRITER = """
import sys
from store.dataset import Dataset
with Dataset.open(sys.argv[1]) as dataset:
    for n in range(300):
        with dataset.transaction() as db:
            db.execute("INSERT INTO stage VALUES (?, ?, ?, 'v', 't')", (sys.argv[2], str(n), "h" * 2000))
"""


def test_a_second_opening_keeps_the_first_ones_locks(tmp_path: Path) -> None:
    with Dataset.open(tmp_path, create=True) as first:
        for stage in ("one", "two"):
            first.db.execute("SELECT count(*) FROM stage").fetchone()
            Dataset.open(tmp_path).close()
            subprocess.run([sys.executable, "-c", WRITER, str(tmp_path), stage], check=True)
        assert first.db.execute("SELECT count(*) FROM stage").fetchone() == (600,)
        assert first.problems() == []
