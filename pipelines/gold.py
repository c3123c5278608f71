"""Labelled releases in `data/labels`: read, split, and turned into what annotation takes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from nlp.annotation import Release

GROUPS = ("people", "organisations", "places")
Spans = tuple[tuple[int, int], ...]


class BadLabels(ValueError):
    """A label file is not as docs/labels.md says; the message names the file and the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    id: str
    release: Release
    fields: Mapping[str, Any]
    """The file as it is: people, organisations, places, positions, meetings, topics."""
    offsets: Mapping[str, Mapping[str, Spans]]
    """Group → canonical name → where its mentions stand in the text."""
    second: bool = False
    """Labelled by the second hand (`second/*.jsonl`), which sees more events than the first."""


def labels_folder() -> Path:
    return Path(str(files("data"))) / "labels"


def gate_ids(labels: Path) -> frozenset[str]:
    """Releases that no gate model has seen."""
    return frozenset((labels / "gate.txt").read_text(encoding="utf-8").split())


def releases(labels: Path) -> Iterator[Gold]:
    """Releases with everything labelled: `releases/*.json`, one a file, then `second/*.jsonl`, one a line.

    Raises BadLabels with the file (and line).
    """
    for path in sorted((labels / "releases").glob("*.json")):
        yield whole(path.read_text(encoding="utf-8"), str(path), second=False)
    for path in sorted((labels / "second").glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield whole(line, f"{path}:{number}", second=True)


def whole(text: str, where: str, *, second: bool) -> Gold:
    try:
        fields = json.loads(text)
        release = Release(
            id=fields["id"],
            text=fields["text"],
            title=fields["title"],
            published=date.fromisoformat(fields["published"]) if fields["published"] else None,
        )
        return Gold(id=release.id, release=release, fields=fields, offsets=offsets(fields), second=second)
    except (KeyError, ValueError) as error:
        raise BadLabels(f"{where}: {error!r}") from error


def named(labels: Path) -> Iterator[Gold]:
    """Releases of which only the names are labelled: lines of `names/*.jsonl`.

    A line without a text names by its id one of `topics/*.jsonl`. Raises BadLabels with file and line.
    """
    texts = {
        fields["id"]: fields
        for path in sorted((labels / "topics").glob("*.jsonl"))
        for fields in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    }
    for path in sorted((labels / "names").glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                fields = json.loads(line)
                fields = texts.get(fields["id"], {}) | fields
                release = Release(id=fields["id"], text=fields["text"], title=fields["title"], published=None)
                yield Gold(id=release.id, release=release, fields=fields, offsets=offsets(fields))
            except (KeyError, ValueError) as error:
                raise BadLabels(f"{path}:{number}: {error!r}") from error


def offsets(fields: Mapping[str, Any]) -> dict[str, dict[str, Spans]]:
    """A mention is given by its words; it stands at the next occurrence that is free and not inside a longer word."""
    text: str = fields["text"]
    taken: set[int] = set()
    out: dict[str, dict[str, Spans]] = {}
    for group in GROUPS:
        out[group] = {}
        for entity in fields[group]:
            at, spans = 0, []
            for mention in entity["mentions"]:
                start = next_free(text, mention, at, taken)
                at = start + len(mention)
                taken.update(range(start, at))
                spans.append((start, at))
            out[group][entity["name"]] = tuple(spans)
    return out


def next_free(text: str, mention: str, at: int, taken: set[int]) -> int:
    while (start := text.find(mention, at)) >= 0:
        stop = start + len(mention)
        whole = not text[start - 1 : start].isalpha() and not text[stop : stop + 1].isalpha()
        if whole and taken.isdisjoint(range(start, stop)):
            return start
        at = start + 1
    raise ValueError(f"упоминания {mention!r} нет в тексте")
