"""Which of the demo's retellings became one event with the release they retell; for evaluation.

svodka demo --no-serve --dir svodka-demo && python -m tests.eval.events svodka-demo
"""

import json
import sqlite3
import sys
from collections import Counter
from pathlib import Path

from store.dataset import Dataset

ROOT = Path(__file__).parent.parent.parent


def told(db: sqlite3.Connection, title: str) -> set[str]:
    """Events of the release with this title."""
    sql = "SELECT m.event FROM meeting m JOIN release r ON r.n = m.release JOIN version v ON v.n = r.version"
    return {row[0] for row in db.execute(f"{sql} WHERE v.title = ?", (title,))}


def linked(db: sqlite3.Connection, one: set[str], other: set[str]) -> bool:
    pairs = db.execute("SELECT earlier, later FROM event_link").fetchall()
    return any((a in one and b in other) or (a in other and b in one) for a, b in pairs)


def main() -> None:
    retellings = json.loads((ROOT / "data" / "demo" / "retellings.json").read_text(encoding="utf-8"))
    counts: Counter[tuple[str, str]] = Counter()
    with Dataset.open(Path(sys.argv[1])) as dataset:
        for retelling in retellings:
            label = ROOT / "data" / "labels" / "releases" / f"{retelling['retells']}.json"
            original = told(dataset.db, json.loads(label.read_text(encoding="utf-8"))["title"])
            again = told(dataset.db, retelling["title"])
            outcome = "one event" if original & again else "linked" if linked(dataset.db, original, again) else "apart"
            counts[retelling["kind"], outcome] += 1
            if outcome == "apart":
                print("apart:", retelling["kind"], retelling["id"])
    for (kind, outcome), number in sorted(counts.items()):
        print(f"{kind:14} {outcome:10} {number}")


if __name__ == "__main__":
    main()
