"""Labels: releases of which only the names are told, and those of the second hand."""

import json
from pathlib import Path

import pytest

from pipelines.gold import BadLabels, named, releases

LINE = {"id": "t-1", "people": [{"name": "Пётр Лось", "gender": "m", "mentions": ["Петра Лося"]}]}
NOTHING: dict[str, list[object]] = {"organisations": [], "places": []}


def write(labels: Path, folder: str, *lines: dict[str, object]) -> None:
    (labels / folder).mkdir()
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (labels / folder / "own.jsonl").write_text(text + "\n", encoding="utf-8")


def test_names_of_a_short_release_are_found_in_the_text_of_its_topics_file(tmp_path: Path) -> None:
    write(tmp_path, "topics", {"id": "t-1", "title": "Приём", "text": "Приняли Петра Лося."})
    write(tmp_path, "names", LINE | NOTHING)
    (gold,) = named(tmp_path)
    assert gold.offsets["people"] == {"Пётр Лось": ((8, 18),)}


def test_a_mention_that_is_not_in_the_text_is_told_with_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, "names", LINE | NOTHING | {"title": "", "text": "Никого не приняли."})
    with pytest.raises(BadLabels, match=r"own\.jsonl:1: .*Петра Лося"):
        list(named(tmp_path))


WHOLE = LINE | NOTHING | {"title": "Приём", "published": "2024-05-20", "text": "Приняли Петра Лося."}


def test_releases_of_the_second_hand_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / "a-1.json").write_text(json.dumps(WHOLE | {"id": "a-1"}), encoding="utf-8")
    write(tmp_path, "second", WHOLE)
    assert [(gold.id, gold.second) for gold in releases(tmp_path)] == [("a-1", False), ("t-1", True)]


def test_a_bad_release_of_the_second_hand_is_told_with_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, "second", WHOLE, WHOLE | {"published": "20 мая"})
    with pytest.raises(BadLabels, match=r"own\.jsonl:2: "):
        list(releases(tmp_path))
