"""The labelled releases are fit to train and to judge with, and the checker says when they are not."""

from collections import Counter
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from nlp.topics import read_topics
from pipelines.gold import BadLabels, named
from pipelines.gold import releases as whole
from pipelines.training.labels import SOURCES, Labelled, gate_ids, problems, read_labels

DATA = Path(str(files("data")))
CODES = {topic.code for topic in read_topics(DATA / "topics")}
TEXT = "Вчера мэр города принял гостей из далёкой страны, и они долго говорили о рыбе, о море и о погоде."
ONE = Labelled(
    id="x-1",
    source="agency",
    published=date(2024, 5, 1),
    title="Гости",
    text=TEXT,
    topics=("municipal",),
    story="x-1",
    full=False,
)


@pytest.fixture(scope="module")
def releases() -> list[Labelled]:
    return read_labels(DATA / "labels")


def test_the_shipped_set_has_no_problems(releases: list[Labelled]) -> None:
    assert list(problems(releases, CODES, gate_ids(DATA / "labels"))) == []


def test_the_shipped_set_is_large_enough(releases: list[Labelled]) -> None:
    sizes = Counter(min(len(release.topics), 2) for release in releases)
    assert len(releases) >= 900
    assert sizes[0] >= 200
    assert sizes[2] >= 250
    topics = Counter(topic for release in releases for topic in release.topics)
    assert min(topics[code] for code in CODES) >= 35
    assert {release.source for release in releases} == set(SOURCES)


def test_a_fifth_of_the_releases_with_topics_only_is_held_out(releases: list[Labelled]) -> None:
    own = [release for release in releases if not release.full]
    held = gate_ids(DATA / "labels") & {release.id for release in own}
    assert 0.15 < len(held) / len(own) < 0.25


def test_every_labelled_name_stands_in_its_release() -> None:
    golds = list(named(DATA / "labels"))
    assert len(golds) >= 590
    assert len({gold.id for gold in golds}) == len(golds)
    mentions = sum(len(spans) for gold in golds for group in gold.offsets.values() for spans in group.values())
    assert mentions >= 2000


def test_the_second_hand_labels_whole_releases_and_none_of_the_gate() -> None:
    second = [gold for gold in whole(DATA / "labels") if gold.second]
    assert len(second) >= 1100
    assert gate_ids(DATA / "labels").isdisjoint(gold.id for gold in second)
    assert sum(len(meeting["attendees"]) for gold in second for meeting in gold.fields["meetings"]) >= 14_000


def test_releases_of_the_gate_are_not_told_again_by_the_second_hand(releases: list[Labelled]) -> None:
    told = [
        replace(ONE, id=gold.id, story=gold.id, text=gold.release.text, topics=())
        for gold in whole(DATA / "labels")
        if gold.second
    ]
    held = [replace(release, topics=()) for release in releases if release.full]
    ids = {release.id for release in held}
    assert list(problems([*held, *told], CODES, gate_ids(DATA / "labels") & ids)) == []


def test_facts_of_whole_releases_name_labelled_entities() -> None:
    for gold in whole(DATA / "labels"):
        people = set(gold.offsets["people"])
        bodies = set(gold.offsets["organisations"]) | set(gold.offsets["places"])
        for position in gold.fields["positions"]:
            assert position["person"] in people and position["organisation"] in bodies | {None}, gold.id
        for meeting in gold.fields["meetings"]:
            assert {a["person"] for a in meeting["attendees"]} <= people, gold.id
            assert set(meeting["organisations"]) <= bodies, gold.id


@pytest.mark.parametrize(
    ("second", "complaint"),
    [
        (replace(ONE, text="Совсем другой рассказ о выставке кукол."), "x-1: 2 releases have this id"),
        (replace(ONE, id="x-2", text="Иное.", topics=("fishing",)), "x-2: unknown topic 'fishing'"),
        (replace(ONE, id="x-2", text="Иное.", topics=("sport", "sport")), "x-2: a topic is given twice"),
        (replace(ONE, id="x-2", text=" "), "x-2: empty title or text"),
        (replace(ONE, id="x-2", text="Иное.", source="blog"), "x-2: unknown source 'blog'"),
    ],
)
def test_a_fault_is_told(second: Labelled, complaint: str) -> None:
    assert complaint in list(problems([ONE, second], CODES, ()))


def test_a_retelling_is_a_near_duplicate_unless_it_is_the_same_story() -> None:
    retold = replace(ONE, id="x-2", story="x-2", text=TEXT.replace("Вчера", "Во вторник"))
    assert any("x-1: near-duplicate of x-2" in line for line in problems([ONE, retold], CODES, ()))
    assert list(problems([ONE, replace(retold, story="x-1")], CODES, ())) == []


def test_the_same_subject_in_other_words_is_no_duplicate() -> None:
    other = replace(ONE, id="x-2", story="x-2", text="Глава города встретил делегацию; говорили о рыбе и погоде.")
    assert list(problems([ONE, other], CODES, ())) == []


def test_a_story_on_both_sides_of_the_gate_is_told() -> None:
    other = replace(ONE, id="x-2", text="Глава города встретил делегацию; говорили о рыбе и погоде.")
    lines = list(problems([ONE, other], CODES, {"x-2"}))
    assert lines and all("both sides" in line for line in lines)


def test_a_held_out_id_must_exist() -> None:
    assert list(problems([ONE], CODES, {"x-9"})) == ["x-9: held out, but there is no such release"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not JSON"),
        ("[]", "an object is expected"),
        ('{"id": 1}', "'id' must be a string"),
        (
            '{"id": "a", "source": "ngo", "title": "", "text": "", "published": "1 мая", "topics": []}',
            "field 'published'",
        ),
        ('{"id": "a", "source": "ngo", "title": "", "text": "", "published": null}', "field 'topics'"),
    ],
)
def test_an_unreadable_line_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    folder = tmp_path / "topics"
    folder.mkdir()
    (folder / "ours.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(BadLabels, match=r"ours\.jsonl:1") as raised:
        read_labels(tmp_path)
    assert complaint in str(raised.value)


def test_a_folder_without_labels_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadLabels, match="no labelled releases"):
        read_labels(tmp_path)
