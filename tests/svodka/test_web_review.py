"""Answering on the page: one release at a time, each answer a line of labels, none from another site."""

import json
import re
import urllib.request
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest

from tests.svodka.conftest import Site


def send(site: Site, fields: list[tuple[str, str]], origin: str | None = None) -> int:
    request = urllib.request.Request(site.address + "/review/topics", urlencode(fields).encode())
    request.add_header("Origin", origin or site.address)
    with urllib.request.urlopen(request, timeout=60) as response:
        return int(response.status)


def asked(site: Site) -> str:
    match = re.search(r'name="id" value="([^"]+)"', site.get("/review/topics").text)
    assert match
    return match[1]


def written(site: Site) -> list[dict[str, object]]:
    path: Path = site.directory / "labels" / "topics" / "review.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def test_an_answer_becomes_a_label_and_the_next_release_is_asked(site: Site) -> None:
    first = asked(site)
    assert send(site, [("id", first), ("first", "culture"), ("topic", "youth"), ("topic", "nonsense")]) == 200
    (line,) = [row for row in written(site) if row["id"] == first]
    assert line["topics"] == ["culture", "youth"]
    assert line["text"]
    assert asked(site) != first


def test_a_release_is_answered_once(site: Site) -> None:
    first = asked(site)
    for _ in range(2):
        send(site, [("id", first), ("first", "")])
    assert [row["topics"] for row in written(site) if row["id"] == first] == [[]]


def test_another_sites_page_cannot_answer(site: Site) -> None:
    first = asked(site)
    with pytest.raises(HTTPError, match="403"):
        send(site, [("id", first), ("first", "sport")], origin="http://elsewhere.example")
    assert first not in [row["id"] for row in written(site)]
