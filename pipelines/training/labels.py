"""Labelled releases: reading them, and checking that a set is fit to train and to judge with."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.gold import BadLabels

SOURCES = ("agency", "ministry", "region", "municipality", "university", "ngo", "parliament", "embassy")
WORD = re.compile(r"\w+")
SHINGLE = 4
"""Words in a row; shared by chance only in boilerplate."""
NEAR = 0.2
"""Share of common shingles from which two releases tell the same story in the same words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    id: str
    source: str
    published: date | None
    title: str
    text: str
    topics: tuple[str, ...]
    """Most important first; empty for a release about no cooperation."""
    story: str
    """Releases of one story never stand on both sides of a split."""
    full: bool
    """True for a release of `releases/`, which carries people, meetings and the rest besides."""
    where: str = ""
    """File, and line of a file with many."""


def read_labels(folder: Path) -> list[Labelled]:
    """All of `releases/*.json` and `topics/*.jsonl`, sorted by id; raises BadLabels at the first unreadable one."""
    read = [
        labelled(json_of(path.read_text(encoding="utf-8"), str(path)), str(path), full=True)
        for path in sorted((folder / "releases").glob("*.json"))
    ]
    for path in sorted((folder / "topics").glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        read += [labelled(json_of(line, f"{path}:{n}"), f"{path}:{n}", full=False) for n, line in enumerate(lines, 1)]
    if not read:
        raise BadLabels(f"{folder}: no labelled releases in releases/*.json or topics/*.jsonl")
    return sorted(read, key=lambda release: release.id)


def gate_ids(folder: Path) -> frozenset[str]:
    """Ids kept out of the gate's models: the lines of `gate.txt` and `topics-gate.txt`."""
    paths = [path for name in ("gate.txt", "topics-gate.txt") if (path := folder / name).exists()]
    return frozenset(
        line.strip() for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    )


def json_of(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise BadLabels(f"{where}: not JSON: {error}") from error


def labelled(raw: Any, where: str, *, full: bool) -> Labelled:
    if not isinstance(raw, dict):
        raise BadLabels(f"{where}: an object is expected")
    for name in ("id", "source", "title", "text"):
        if not isinstance(raw.get(name), str):
            raise BadLabels(f"{where}: field {name!r} must be a string")
    topics = raw.get("topics")
    if not isinstance(topics, list) or not all(isinstance(topic, str) for topic in topics):
        raise BadLabels(f"{where}: field 'topics' must be a list of topic codes")
    try:
        published = date.fromisoformat(raw["published"]) if raw["published"] is not None else None
    except (KeyError, TypeError, ValueError) as error:
        raise BadLabels(f"{where}: field 'published': {error}") from error
    return Labelled(
        id=raw["id"],
        source=raw["source"],
        published=published,
        title=raw["title"],
        text=raw["text"],
        topics=tuple(topics),
        story=raw.get("story") or raw["id"],
        full=full,
        where=where,
    )


def problems(releases: Sequence[Labelled], topics: Collection[str], gate: Collection[str]) -> Iterator[str]:
    """What makes the set unfit, one line each."""
    for id_, count in Counter(release.id for release in releases).items():
        if count > 1:
            yield f"{id_}: {count} releases have this id"
    known = {release.id for release in releases}
    yield from (f"{id_}: held out, but there is no such release" for id_ in sorted(set(gate) - known))
    for release in releases:
        yield from faults(release, topics)
    stories = {release.story: release.id in gate for release in releases}
    for release in releases:
        if stories[release.story] != (release.id in gate):
            yield f"{release.id}: story {release.story!r} stands on both sides of the gate"
    yield from (f"{a}: near-duplicate of {b} ({share:.0%} of shingles)" for a, b, share in near_duplicates(releases))


def faults(release: Labelled, topics: Collection[str]) -> Iterator[str]:
    if release.source not in SOURCES:
        yield f"{release.id}: unknown source {release.source!r}"
    if not release.title.strip() or not release.text.strip():
        yield f"{release.id}: empty title or text"
    if len(set(release.topics)) < len(release.topics):
        yield f"{release.id}: a topic is given twice"
    yield from (f"{release.id}: unknown topic {topic!r}" for topic in release.topics if topic not in topics)


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    return frozenset(tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def near_duplicates(releases: Sequence[Labelled]) -> Iterator[tuple[str, str, float]]:
    """Pairs of different stories whose texts share at least `NEAR` of the shorter one's shingles."""
    holders: dict[tuple[str, ...], list[int]] = {}
    sizes: list[int] = []
    for i, release in enumerate(releases):
        own = shingles(release.text)
        sizes.append(len(own))
        for shingle in own:
            holders.setdefault(shingle, []).append(i)
    shared = Counter((a, b) for held in holders.values() for k, a in enumerate(held) for b in held[k + 1 :])
    for (a, b), count in sorted(shared.items()):
        share = count / max(min(sizes[a], sizes[b]), 1)
        if share >= NEAR and releases[a].story != releases[b].story:
            yield releases[a].id, releases[b].id, share
