"""Ids that stay, redirects, the ledger; one meeting told of by several agencies."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crawler.items import Article
from nlp.annotation import Annotation, Attendance, Entity, Meeting, Mention
from pipelines import corrections
from pipelines.explain import explain
from pipelines.resolve import resolve
from store.dataset import Dataset
from store.faults import DatasetFault, Unknown
from tests.store.filled import put

DAY = date(2024, 4, 16)


def told(
    dataset: Dataset,
    source: str,
    number: int,
    people: Sequence[str],
    name: str = "встреча по культуре",
    day: date | None = DAY,
    kind: str = "встреча",
    status: str = "held",
    published: date = DAY,
) -> str:
    """One release of one meeting: «Иван Петров, Анна Ильина: встреча по культуре.»"""
    body = ", ".join(people) + f": {name}."
    entities = tuple(
        Entity(
            kind="person",
            name=person,
            mentions=(Mention(start=body.index(person), stop=body.index(person) + len(person), normal=person),),
        )
        for person in people
    )
    attendees = tuple(
        Attendance(
            person=entity.name,
            role="participant",
            span=(entity.mentions[0].start, entity.mentions[0].stop),
            evidence=(0, len(body)),
            rule="test",
            confidence=0.9,
        )
        for entity in entities
    )
    start = body.index(name)
    meeting = Meeting(
        kind=kind,
        name=name,
        span=(start, start + len(name)),
        date=day,
        attendees=attendees,
        status=status,  # type: ignore[arg-type]
    )
    article = Article(
        source=source,
        url=f"https://{source}.example/{number}/",
        title=f"Сообщение {number}",
        body=body,
        published_at=datetime(published.year, published.month, published.day, tzinfo=UTC),
        published_raw=None,
    )
    return put(dataset, article, Annotation(id="", people=entities, meetings=(meeting,)))


PAIR = ("Иван Петров", "Анна Ильина")


def meetings(dataset: Dataset) -> list[tuple[int, str]]:
    return [(row.tellings, row.status) for row in dataset.meetings(order="oldest").rows]


def test_one_meeting_of_two_agencies(dataset: Dataset) -> None:
    told(dataset, "a", 1, PAIR)
    told(dataset, "b", 2, (*PAIR, "Олег Бобров"), name="переговоры о выставке", kind="переговоры")
    resolve(dataset)
    assert meetings(dataset) == [(2, "held")]
    meeting = dataset.meeting(dataset.meetings().rows[0].id)
    assert {attendee.person.name for attendee in meeting.attendees} == {*PAIR, "Олег Бобров"}
    assert [len(attendee.evidence) for attendee in meeting.attendees] == [2, 2, 1]
    assert meeting.rule == "same_company"


NOT_ONE = {
    "другой день": {"day": date(2024, 4, 17)},
    "другие люди": {"people": ("Пётр Иванов", "Олег Бобров")},
    "один общий человек, другое дело": {"people": ("Иван Петров", "Олег Бобров"), "name": "открытие моста"},
    "другой вид": {"kind": "лекция", "name": "лекция о мостах"},
    "другой по счёту": {"name": "вторая встреча по культуре"},
}


@pytest.mark.parametrize("case", NOT_ONE)
def test_not_one_meeting(dataset: Dataset, case: str) -> None:
    told(dataset, "a", 1, PAIR, name="первая встреча по культуре")
    told(dataset, "b", 2, **({"people": PAIR} | NOT_ONE[case]))  # type: ignore[arg-type]
    resolve(dataset)
    assert meetings(dataset) == [(1, "held"), (1, "held")]


def test_announced_and_held_are_one(dataset: Dataset) -> None:
    told(dataset, "a", 1, PAIR, status="planned", published=date(2024, 4, 10))
    resolve(dataset)
    assert meetings(dataset) == [(1, "planned")]
    id_ = dataset.meetings().rows[0].id
    told(dataset, "b", 2, PAIR)
    resolve(dataset)
    assert meetings(dataset) == [(2, "held")]
    assert dataset.meetings().rows[0].id == id_, "the id stays"


def test_put_off_and_held_are_linked(dataset: Dataset) -> None:
    told(dataset, "a", 1, PAIR, status="postponed", published=date(2024, 4, 10))
    told(dataset, "a", 2, PAIR, day=date(2024, 5, 20), published=date(2024, 5, 20))
    resolve(dataset)
    held = next(row for row in dataset.meetings().rows if row.status == "held")
    assert [row.status for row in dataset.meeting(held.id).earlier] == ["postponed"]


def test_a_second_run_changes_nothing(dataset: Dataset) -> None:
    told(dataset, "a", 1, PAIR)
    told(dataset, "b", 2, PAIR)
    resolve(dataset)
    before = list(dataset.db.iterdump())
    assert resolve(dataset).appearances == 0
    assert [row for row in dataset.db.iterdump() if 'INTO "stage"' not in row] == [
        row for row in before if 'INTO "stage"' not in row
    ]


def test_a_full_run_finds_the_same_ids(dataset: Dataset) -> None:
    for number, source in enumerate("abc"):
        told(dataset, source, number, PAIR)
    resolve(dataset)
    before = dataset.db.execute("SELECT id, name FROM entity ORDER BY id").fetchall()
    resolve(dataset, everything=True)
    assert dataset.db.execute("SELECT id, name FROM entity ORDER BY id").fetchall() == before


def person(dataset: Dataset, name: str) -> str:
    rows = [row for row in dataset.people(name).rows if row.name == name]
    assert len(rows) == 1
    return rows[0].id


def test_same_joins_and_redirects_and_survives(dataset: Dataset) -> None:
    told(dataset, "a", 1, ("Анна Ильина", "Олег Бобров"))
    told(dataset, "b", 2, ("Анна Белова", "Пётр Иванов"))
    resolve(dataset)
    first, second = person(dataset, "Анна Ильина"), person(dataset, "Анна Белова")
    corrections.same(dataset, first, second, reason="вышла замуж", by="ред.")
    kept = dataset.person(first)
    assert set(kept.names) == {"Анна Ильина", "Анна Белова"}
    assert dataset.person(second).id == kept.id
    resolve(dataset, everything=True)
    assert dataset.person(second).id == kept.id
    assert any("исправление 1" in line for line in explain(dataset, kept.id))


def test_undone_they_are_two_again(dataset: Dataset) -> None:
    told(dataset, "a", 1, ("Анна Ильина", "Олег Бобров"))
    told(dataset, "b", 2, ("Анна Белова", "Пётр Иванов"))
    resolve(dataset)
    first, second = person(dataset, "Анна Ильина"), person(dataset, "Анна Белова")
    corrections.same(dataset, first, second, reason="вышла замуж", by="ред.")
    corrections.undo(dataset, 1, reason="нет", by="ред.")
    assert person(dataset, "Анна Ильина") != person(dataset, "Анна Белова")


def test_different_parts_by_release(dataset: Dataset) -> None:
    release = told(dataset, "a", 1, PAIR)
    told(dataset, "b", 2, ("Иван Петров", "Олег Бобров"), day=date(2024, 6, 1))
    resolve(dataset)
    whole = person(dataset, "Иван Петров")
    corrections.different(dataset, whole, [release], reason="тёзка", by="ред.")
    resolve(dataset, everything=True)
    ids = {row.id for row in dataset.people("Иван Петров").rows}
    assert len(ids) == 2
    assert whole in ids


def test_rename(dataset: Dataset) -> None:
    told(dataset, "a", 1, PAIR)
    resolve(dataset)
    corrections.rename(dataset, person(dataset, "Анна Ильина"), "Анна Ильина-Белова", reason="паспорт", by="ред.")
    resolve(dataset, everything=True)
    assert dataset.person(person(dataset, "Анна Ильина-Белова")).names == ("Анна Ильина",)


def test_meetings_are_corrected_too(dataset: Dataset) -> None:
    told(dataset, "a", 1, PAIR)
    told(dataset, "b", 2, PAIR)
    resolve(dataset)
    whole = dataset.meetings().rows[0]
    corrections.different(dataset, whole.id, [whole.releases[1]], reason="две встречи", by="ред.")
    assert meetings(dataset) == [(1, "held"), (1, "held")]
    one, other = (row.id for row in dataset.meetings().rows)
    corrections.same(dataset, one, other, reason="всё же одна", by="ред.")
    assert meetings(dataset) == [(2, "held")]


def test_the_ledger_says_what_is_wrong_with_it(dataset: Dataset) -> None:
    (dataset.folder / "corrections.jsonl").write_text('{"action": "same"\n', encoding="utf-8")
    with pytest.raises(DatasetFault, match=r"corrections\.jsonl: строка 1"):
        resolve(dataset)
    (dataset.folder / "corrections.jsonl").write_text(json.dumps({"action": "merge"}), encoding="utf-8")
    with pytest.raises(DatasetFault, match="строка 1: действие 'merge'"):
        resolve(dataset)


def test_unknown_ids(dataset: Dataset) -> None:
    with pytest.raises(Unknown, match="p000"):
        corrections.rename(dataset, "p000", "Никто", reason="", by="")
    with pytest.raises(Unknown, match="m000"):
        list(explain(dataset, "m000"))


def test_annotated_anew_the_ids_stay(dataset: Dataset) -> None:
    told(dataset, "a", 1, PAIR)
    told(dataset, "b", 2, PAIR)
    resolve(dataset)
    ids = {row.id for row in dataset.people().rows}, dataset.meetings().rows[0].id
    told(dataset, "a", 1, PAIR)
    resolve(dataset)
    assert ({row.id for row in dataset.people().rows}, dataset.meetings().rows[0].id) == ids


def test_a_meeting_that_nobody_tells_of_any_more_is_gone(dataset: Dataset) -> None:
    told(dataset, "a", 1, PAIR)
    resolve(dataset)
    article = Article(
        source="a",
        url="https://a.example/1/",
        title="Сообщение 1",
        body="Опровержение.",
        published_at=None,
        published_raw=None,
    )
    put(dataset, replace(article), Annotation(id=""))
    resolve(dataset)
    assert dataset.meetings().total == 0
    assert dataset.people().total == 0


def test_a_telling_without_any_day_finds_its_meeting_by_the_people(dataset: Dataset) -> None:
    everybody = (*PAIR, "Олег Бобров")
    told(dataset, "a", 1, everybody)
    resolve(dataset)
    timeless(dataset, told(dataset, "b", 2, everybody, name="встреча в музее", day=None))
    resolve(dataset)
    assert meetings(dataset) == [(2, "held")]


def test_a_telling_without_any_day_and_of_another_matter_stays_alone(dataset: Dataset) -> None:
    everybody = (*PAIR, "Олег Бобров")
    told(dataset, "a", 1, everybody)
    timeless(dataset, told(dataset, "b", 2, everybody, name="открытие моста", kind="церемония", day=None))
    resolve(dataset)
    assert len(meetings(dataset)) == 2


def timeless(dataset: Dataset, release: str) -> None:
    """As if its page told no date of publication."""
    with dataset.transaction() as db:
        db.execute("UPDATE release SET day = NULL WHERE id = ?", (release,))
        db.execute("UPDATE meeting SET day = NULL WHERE release = (SELECT n FROM release WHERE id = ?)", (release,))


def test_the_same_party_again_is_linked(dataset: Dataset) -> None:
    everybody = (*PAIR, "Олег Бобров")
    told(dataset, "a", 1, everybody)
    told(
        dataset,
        "a",
        2,
        everybody,
        name="ответный визит",
        kind="визит",
        day=date(2024, 11, 6),
        published=date(2024, 11, 7),
    )
    resolve(dataset)
    later = dataset.meetings().rows[0]
    assert [row.date for row in dataset.meeting(later.id).earlier] == ["2024-04-16"]
    earlier = dataset.meetings(order="oldest").rows[0]
    assert [row.id for row in dataset.meeting(earlier.id).later] == [later.id]


def test_a_visit_of_several_days_is_not_a_meeting_on_its_second(dataset: Dataset) -> None:
    told(dataset, "a", 1, PAIR, kind="визит", name="визит в Пермь", day=date(2024, 4, 15))
    told(dataset, "b", 2, PAIR, day=date(2024, 4, 16))
    with dataset.transaction() as db:
        db.execute("UPDATE meeting SET date_end = '2024-04-17' WHERE kind = 'визит'")
    resolve(dataset)
    assert len(meetings(dataset)) == 2
