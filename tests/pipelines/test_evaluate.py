"""The scorer: labels against themselves are perfect, and each kind of error costs what it should."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from nlp.annotation import Annotation, Attendance, Entity, Meeting, Mention, Position, TopicScore
from pipelines.evaluate import by_topic, likeness, macro_f1, score
from pipelines.gold import BadLabels, Gold, labels_folder, offsets, releases

TEXT = "Мэр Перми Анна Ильина встретилась с Петром Лосевым."
FIELDS = {
    "id": "x",
    "published": "2024-04-16",
    "title": "",
    "text": TEXT,
    "topics": ["municipal"],
    "people": [
        {"name": "Анна Ильина", "gender": "f", "mentions": ["Анна Ильина"]},
        {"name": "Пётр Лосев", "gender": "m", "mentions": ["Петром Лосевым"]},
    ],
    "organisations": [],
    "places": [{"name": "Пермь", "mentions": ["Перми"]}],
    "positions": [{"person": "Анна Ильина", "position": "мэр", "organisation": "Пермь"}],
    "meetings": [
        {
            "kind": "встреча",
            "name": "встреча",
            "date": None,
            "date_end": None,
            "place": None,
            "format": None,
            "status": "held",
            "attendees": [
                {"person": "Анна Ильина", "role": "participant"},
                {"person": "Пётр Лосев", "role": "participant"},
            ],
            "organisations": [],
        }
    ],
}


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / "x.json").write_text(json.dumps(FIELDS), encoding="utf-8")
    (found,) = releases(tmp_path)
    return found


def person(name: str, gender: str, words: str) -> Entity:
    start = TEXT.index(words)
    mention = Mention(start=start, stop=start + len(words), normal=name)
    return Entity(kind="person", name=name, gender="f" if gender == "f" else "m", mentions=(mention,))


ILYINA, LOSEV = person("Анна Ильина", "f", "Анна Ильина"), person("Пётр Лосев", "m", "Петром Лосевым")
PERM = Entity(kind="place", name="Пермь", mentions=(Mention(start=4, stop=9, normal="Пермь"),))


def attends(name: str) -> Attendance:
    return Attendance(person=name, role="participant", span=(0, 1), evidence=(0, 1), rule="", confidence=1)


RIGHT = Annotation(
    id="x",
    people=(ILYINA, LOSEV),
    places=(PERM,),
    positions=(
        Position(
            person="Анна Ильина", position="мэр", organisation="Пермь", person_span=(10, 21), position_span=(0, 3)
        ),
    ),
    meetings=(
        Meeting(
            kind="встреча", name="встреча", span=(22, 33), attendees=(attends("Анна Ильина"), attends("Пётр Лосев"))
        ),
    ),
    topics=(TopicScore(topic="municipal", score=0.9),),
)


def test_what_the_labels_say_scores_one_everywhere(gold: Gold) -> None:
    assert {row: count.f1 for row, count in score([(gold, RIGHT)]).items()} == dict.fromkeys(score([(gold, RIGHT)]), 1)


def test_a_misspelt_canonical_name_costs_in_names_and_nowhere_else(gold: Gold) -> None:
    wrong = replace(LOSEV, name="Пётра Лосев")
    meeting = replace(RIGHT.meetings[0], attendees=(attends("Анна Ильина"), attends("Пётра Лосев")))
    table = score([(gold, replace(RIGHT, people=(ILYINA, wrong), meetings=(meeting,)))])
    assert table["name PER"].f1 == 0.5
    assert table["mention PER"].f1 == table["attendance"].f1 == 1


def test_an_invented_attendance_costs_precision(gold: Gold) -> None:
    three = (*RIGHT.meetings[0].attendees, attends("Пермь"))
    table = score([(gold, replace(RIGHT, meetings=(replace(RIGHT.meetings[0], attendees=three),)))])
    assert (table["attendance"].precision, table["attendance"].recall) == (2 / 3, 1)


def test_a_missed_meeting_costs_recall_of_meeting_and_of_its_people(gold: Gold) -> None:
    table = score([(gold, replace(RIGHT, meetings=()))])
    assert (table["meeting"].recall, table["attendance"].recall, table["attends anything"].recall) == (0, 0, 0)


def test_no_topic_counts_only_where_none_is_wanted(gold: Gold) -> None:
    table = score([(gold, replace(RIGHT, topics=()))])
    assert (table["no topic"].precision, table["topic"].recall) == (0, 0)


def test_endings_do_not_count_in_likeness() -> None:
    assert likeness("заместитель главы города", "заместителя главы города") == 1
    assert likeness("Иран", "Ирак") == 0


def test_a_mention_is_the_next_free_whole_word() -> None:
    fields = {
        "text": "Петров и Петровна, Петров",
        "people": [{"name": "Петров", "mentions": ["Петров", "Петров"]}],
        "organisations": [],
        "places": [],
    }
    assert offsets(fields)["people"]["Петров"] == ((0, 6), (19, 25))


def test_a_broken_label_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / "y.json").write_text('{"id": "y"}', encoding="utf-8")
    with pytest.raises(BadLabels, match=r"y\.json: KeyError"):
        list(releases(tmp_path))


def test_every_shipped_label_file_reads() -> None:
    assert len(list(releases(labels_folder()))) >= 334


def test_each_topic_counts_alike_in_macro_f1() -> None:
    gold = next(releases(labels_folder()))
    labelled = replace(gold, fields={**gold.fields, "topics": ["culture", "youth"]})
    filed = Annotation(
        id=gold.id, topics=(TopicScore(topic="culture", score=0.9), TopicScore(topic="sport", score=0.6))
    )
    table = by_topic([(labelled, filed)])
    assert {topic: count.f1 for topic, count in table.items()} == {"culture": 1, "youth": 0, "sport": 0}
    assert macro_f1(table) == pytest.approx(1 / 3)
