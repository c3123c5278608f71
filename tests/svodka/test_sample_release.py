"""The release that the project began with, read where it lies beside the repository; skipped where it is absent."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from svodka.cli import cli

SAMPLE = Path(__file__).parents[3] / "shared" / "sample" / "release.txt"
PRESENT = {
    "Михаил Брюханов": ("заместитель руководителя", "Россотрудничество"),
    "Дарья Асланова": (
        "заместитель исполнительного директора",
        "Общероссийский конгресс муниципальных образований",
    ),
    "Иван Цецерский": ("председатель правления", "Всероссийская ассоциация развития местного самоуправления"),
    "Александра Игнатьева": ("генеральный директор", "Союз российских городов"),
    "Татьяна Григорьева": ("начальник отдела международных и межмуниципальных связей", "администрация города Перми"),
    # By the guidelines a unit with a capital and a head of its own is an organisation.
    "Анатолий Ярошевский": ("директор", "Исполнительная дирекция Ассоциации муниципальных образований «Города Урала»"),
    "Михаил Мартынюк": ("ответственный секретарь", "Международная ассоциация «Породнённые города»"),
    "Максим Докучаев": ("начальник управления по развитию внешнеэкономических связей", "Екатеринбург"),
}

pytestmark = pytest.mark.skipif(not SAMPLE.exists(), reason=f"{SAMPLE} is not here")


@pytest.fixture(scope="module")
def read() -> dict[str, Any]:
    result = CliRunner().invoke(cli, ["annotate", str(SAMPLE)], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    (line,) = result.stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


@pytest.fixture(scope="module")
def online(read: dict[str, Any]) -> dict[str, Any]:
    (meeting,) = [m for m in read["meetings"] if m["attendees"]]
    found: dict[str, Any] = meeting
    return found


def test_the_eight_people_present(online: dict[str, Any]) -> None:
    assert {a["person"] for a in online["attendees"]} == set(PRESENT)


def test_the_meeting_was_online_on_a_day_that_the_page_does_not_tell(online: dict[str, Any]) -> None:
    assert (online["format"], online["status"], online["date"]) == ("online", "held", None)


@pytest.mark.parametrize("person", PRESENT)
def test_position_and_organisation_in_the_nominative(read: dict[str, Any], person: str) -> None:
    held = {(p["position"], p["organisation"]) for p in read["positions"] if p["person"] == person}
    assert held == {PRESENT[person]}


def test_a_woman_stays_a_woman(read: dict[str, Any]) -> None:
    genders = {p["name"]: p["gender"] for p in read["people"]}
    women = {"Дарья Асланова", "Александра Игнатьева", "Татьяна Григорьева"}
    assert genders == {name: "f" if name in women else "m" for name in PRESENT}


def test_one_organisation_in_all_its_cases(read: dict[str, Any]) -> None:
    names = [o["name"] for o in read["organisations"]]
    assert names.count("Россотрудничество") == 1
    (agency,) = [o for o in read["organisations"] if o["name"] == "Россотрудничество"]
    assert len(agency["mentions"]) == 3, "Россотрудничества, Россотрудничеству, Агентстве"


def test_municipal_cooperation_first(read: dict[str, Any]) -> None:
    assert read["topics"][0]["topic"] == "municipal"


def test_nothing_from_the_chrome(read: dict[str, Any]) -> None:
    everything = json.dumps(read, ensure_ascii=False)
    for word in ("Фронтирная", "Ценностные", "2024-04-13", "2024-03-28", "canvas", "Облако"):
        assert word not in everything
