"""Releases of a few sentences and the meetings read out of them, with the shipped judges."""

from datetime import date
from functools import cache

import pytest

from nlp import positions
from nlp.annotate import shipped_models
from nlp.annotation import Meeting, Release
from nlp.meetings import MeetingReader
from nlp.meetings.lexicon import kind_of_noun
from nlp.meetings.model import Judge, ModelMissing
from nlp.meetings.scene import Scene
from nlp.meetings.titles import title
from tests.nlp.marked import engine, marked

PUBLISHED = date(2024, 5, 20)
ONLINE = """Связи городов держатся на людях. Об этом заявила во вторник заместитель руководителя [ORG Агентства связи|Агентство связи] [PER Ольга Лесная] на рабочей онлайн-встрече с представителями союзов городов.

[PER Пётр Громов], председатель правления [ORG Союза малых городов|Союз малых городов], отметил, что нужны новые соглашения.

В онлайн-встрече приняли участие генеральный директор [ORG Ассоциации городов Волги|Ассоциация городов Волги] [PER Анна Белова], начальник отдела [ORG администрации города Твери|администрация города Твери] [PER Игорь Шведов] и секретарь [ORG Лиги портов|Лига портов] [PER Яков Минц].

[PER Семён Отто] приехать не смог и прислал приветствие участникам встречи."""  # noqa: E501 a release as it stands


@cache
def reader() -> MeetingReader:
    return MeetingReader(shipped_models())


def read(text: str, published: date | None = PUBLISHED) -> tuple[Meeting, ...]:
    m = marked(text)
    release = Release(id="t", text=m.doc.text, published=published)
    held = positions.read(release, m.doc, m.people, m.organisations, m.places)
    return reader().read(release, m.doc, engine().parse([""])[0], m.people, m.organisations, m.places, held)


def scene(text: str) -> Scene:
    m = marked(text)
    release = Release(id="t", text=m.doc.text, published=PUBLISHED)
    return Scene(release, m.doc, engine().parse([""])[0], m.people, m.organisations, m.places)


def test_the_people_of_an_online_meeting() -> None:
    (meeting,) = read(ONLINE)
    assert meeting.format == "online"
    assert {a.person for a in meeting.attendees} == {
        "Ольга Лесная",
        "Пётр Громов",
        "Анна Белова",
        "Игорь Шведов",
        "Яков Минц",
    }
    assert all(a.position and a.organisation for a in meeting.attendees)


def test_who_only_sent_greetings_attends_nothing() -> None:
    (meeting,) = read(ONLINE)
    assert {i.person: i.status for i in meeting.involved}["Семён Отто"] in ("absent", "greeted")


def test_evidence_names_the_person() -> None:
    (meeting,) = read(ONLINE)
    text = marked(ONLINE).doc.text
    for a in meeting.attendees:
        start, stop = a.evidence
        assert start <= a.span[0] < a.span[1] <= stop
        assert a.person.split()[-1] in text[start:stop]


def test_a_weekday_needs_a_day_of_publication() -> None:
    assert read(ONLINE)[0].date == date(2024, 5, 14)
    assert read(ONLINE, published=None)[0].date is None


def test_a_release_without_events() -> None:
    assert read("[PER Иван Петров] написал книгу о рыбах. Она выйдет в мае.") == ()


def test_reading_twice_gives_the_same() -> None:
    assert read(ONLINE) == read(ONLINE)


@pytest.mark.parametrize(
    ("lemma", "kind"),
    [
        ("встреча", "встреча"),
        ("онлайн-встреча", "встреча"),
        ("медиафорум", "форум"),
        ("комиссия", None),
        ("книга", None),
    ],
)
def test_words_that_name_events(lemma: str, kind: str | None) -> None:
    assert kind_of_noun(lemma) == kind


def test_a_name_fit_for_a_register() -> None:
    s = scene("На рабочей встрече с представителями союзов обсудили планы.")
    assert title(s, s.candidates[0]) == "рабочая встреча с представителями союзов"


def test_lists_know_what_introduces_them() -> None:
    s = scene("В заседании участвовали:\n– [PER Иван Петров];\n– [PER Анна Сидорова].\n\nПотом был обед.")
    assert [intro is not None for intro in s.list_intro] == [False, True, True, False]


def test_a_post_away_from_its_name_points_to_its_holder() -> None:
    s = scene("Приехал министр [PER Иван Петров]. Гости долго ходили по музею города. Министр отметил порядок.")
    assert [p.how for p in s.pointed["Иван Петров"]] == ["post"]


def test_a_missing_model_is_named() -> None:
    with pytest.raises(ModelMissing, match="svodka train attendance"):
        Judge.load(shipped_models() / "attendance", "nothing-of-that-name")
