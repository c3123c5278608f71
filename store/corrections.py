"""The ledger of what a person has overruled: `corrections.jsonl` beside the dataset, one line each, never rewritten.

A line names appearances by release id and name, both raw values, so that it holds after any re-run and in any copy.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from store.faults import DatasetFault

FILE = "corrections.jsonl"
Action = Literal["same", "different", "rename", "undo"]
ACTIONS = ("same", "different", "rename", "undo")


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """One appearance: what a release calls the entity; for meetings the key that `meeting.key` holds."""

    release: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    action: Action
    kind: str
    """person, organisation, place or event."""
    left: tuple[Anchor, ...]
    right: tuple[Anchor, ...] = ()
    name: str | None = None
    """The new name, for `rename`."""
    reason: str
    by: str
    at: str
    number: int = 0
    """Line in the ledger, from 1."""
    undoes: int | None = None


def load(folder: Path) -> list[Correction]:
    """In order, without those undone. Raises DatasetFault that names file and line."""
    path = folder / FILE
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    every = [one(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    undone = {correction.undoes for correction in every if correction.action == "undo"}
    return [c for c in every if c.action != "undo" and c.number not in undone]


def one(path: Path, number: int, line: str) -> Correction:
    try:
        fields: dict[str, Any] = json.loads(line)
        if fields["action"] not in ACTIONS:
            raise DatasetFault(path, f"строка {number}: действие {fields['action']!r}, а бывают {', '.join(ACTIONS)}")
        anchors = {side: tuple(Anchor(*anchor) for anchor in fields.pop(side, ())) for side in ("left", "right")}
        return Correction(**(fields | anchors | {"number": number}))
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise DatasetFault(path, f"строка {number}: не исправление ({error})") from error


def append(folder: Path, correction: Correction) -> None:
    fields = {k: v for k, v in asdict(correction).items() if v not in (None, ()) and k != "number"}
    for side in ("left", "right"):
        if side in fields:
            fields[side] = [[anchor["release"], anchor["key"]] for anchor in fields[side]]
    try:
        with (folder / FILE).open("a", encoding="utf-8") as file:
            file.write(json.dumps(fields, ensure_ascii=False) + "\n")
    except OSError as error:
        raise DatasetFault(folder / FILE, f"не записать: {error.strerror}") from error


def fingerprint(corrections: Sequence[Correction]) -> str:
    return sha256(repr(corrections).encode()).hexdigest()[:16]
