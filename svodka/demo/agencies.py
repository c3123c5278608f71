"""The demo's five invented agencies and what they published: `data/demo` → Agency, Release."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

DATA = files("data")

REVISED = timedelta(hours=3)
"""After so long an agency replaced the first wording of a release."""


@dataclass(frozen=True, kw_only=True)
class Release:
    """One release as its agency shows it."""

    id: str
    """Of the labelled release, or of the retelling in `data/demo/retellings.json`."""
    address: str
    """The last part of its address on the agency's site."""
    title: str
    paragraphs: tuple[str, ...]
    """Lines of one paragraph are separated by a line break."""
    published: datetime
    modified: datetime
    tags: tuple[str, ...] = ()
    twice: bool = False
    """The site shows it at a second address too."""
    story: str
    """Id of the release that first told of the event; several agencies' releases share it."""


@dataclass(frozen=True, kw_only=True)
class Agency:
    id: str
    """Also the id of its source file in `data/demo/sources`."""
    name: str
    full_name: str
    manner: str
    """How its site is built: bitrix, wordpress, gosweb, oldsite, json."""
    time_zone: str
    address: str
    telephone: str
    email: str
    releases: tuple[Release, ...]
    """The newest first."""


def agencies(*, first_wording: bool = False) -> tuple[Agency, ...]:
    """All five. With `first_wording`, releases that were corrected later stand as they were at first."""
    retold = {entry["id"]: entry for entry in json_of("retellings.json")}
    return tuple(agency(entry, retold, first_wording) for entry in json_of("agencies.json"))


def json_of(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads((DATA / "demo" / name).read_text("utf-8"))
    return loaded


def agency(entry: Mapping[str, Any], retold: Mapping[str, Mapping[str, Any]], first_wording: bool) -> Agency:
    zone = ZoneInfo(entry["time_zone"])
    releases = [release(one, retold.get(one["id"]), zone, first_wording) for one in entry["releases"]]
    newest_first = tuple(sorted(releases, key=lambda one: one.published, reverse=True))
    return Agency(**{**entry, "releases": newest_first})


def release(
    entry: Mapping[str, Any], retelling: Mapping[str, Any] | None, zone: ZoneInfo, first_wording: bool
) -> Release:
    published = datetime.fromisoformat(entry["published"]).replace(tzinfo=zone)
    revised = retelling is not None and "earlier" in retelling and not first_wording
    title, paragraphs = told_anew(retelling, first_wording) if retelling else labelled(entry["id"])
    return Release(
        id=entry["id"],
        address=entry["address"],
        title=title,
        paragraphs=paragraphs,
        published=published,
        modified=published + REVISED if revised else published,
        tags=tuple(entry["tags"]),
        twice=entry.get("twice", False),
        story=retelling["retells"] if retelling else entry["id"],
    )


def told_anew(retelling: Mapping[str, Any], first_wording: bool) -> tuple[str, tuple[str, ...]]:
    text = retelling.get("earlier", retelling["text"]) if first_wording else retelling["text"]
    return retelling["title"], tuple(text)


def labelled(id: str) -> tuple[str, tuple[str, ...]]:  # noqa: A002 the field's name
    """Title and paragraphs of a labelled release: its text is stored once, among the labels."""
    stored = json.loads((DATA / "labels" / "releases" / f"{id}.json").read_text("utf-8"))
    return stored["title"], tuple(stored["text"].split("\n\n"))
