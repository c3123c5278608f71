"""Each construction: a sentence from which the post is read, and a near miss from which it is not."""

from functools import cache

import pytest

from nlp import positions
from nlp.annotate import shipped_models
from nlp.annotation import Release
from nlp.meetings.model import Judge
from tests.nlp.marked import marked

Read = list[tuple[str, str, str | None]]


@cache
def employers() -> Judge:
    return Judge.load(shipped_models() / "attendance", "employers")


def read(text: str) -> Read:
    m = marked(text)
    release = Release(id="t", text=m.doc.text)
    found = positions.read(release, m.doc, m.people, m.organisations, m.places, employers())
    return [(p.person, p.position, p.organisation) for p in found]


FIRES = [
    (
        "before_name",
        "Об этом сообщил заместитель директора [ORG Фонда мира|Фонд мира] [PER Иван Петров].",
        [("Иван Петров", "заместитель директора", "Фонд мира")],
    ),
    (
        "oblique case",
        "Гости встретились с заместителем министра культуры [LOC Сербии|Сербия] [PER Иваном Петровым|Иван Петров].",
        [("Иван Петров", "заместитель министра культуры", "Сербия")],
    ),
    (
        "diplomat",
        "На открытии выступил посол [LOC России|Россия] в [LOC Сербии|Сербия] [PER Иван Петров].",
        [("Иван Петров", "посол в Сербии", "Россия")],
    ),
    (
        "commas in a ministry",
        "Гостей принял министр образования, науки и спорта [LOC Армении|Армения] [PER Иван Петров].",
        [("Иван Петров", "министр образования, науки и спорта", "Армения")],
    ),
    (
        "two posts",
        "Доклад сделал депутат и председатель комитета [PER Иван Петров].",
        [("Иван Петров", "депутат", None), ("Иван Петров", "председатель комитета", None)],
    ),
    (
        "after_comma",
        "[PER Иван Петров], ректор [ORG Горного университета|Горный университет], открыл встречу.",
        [("Иван Петров", "ректор", "Горный университет")],
    ),
    (
        "after_dash",
        "[PER Иван Петров] – директор [ORG Музея хлеба|Музей хлеба].",
        [("Иван Петров", "директор", "Музей хлеба")],
    ),
    (
        "before_dash",
        "Председатель жюри – [PER Иван Петров].",
        [("Иван Петров", "председатель жюри", None)],
    ),
    (
        "later post",
        "Группу возглавлял [PER Иван Петров], ныне советник министра.",
        [("Иван Петров", "советник министра", None)],
    ),
    (
        "predicate",
        "[PER Иван Петров] назначен директором [ORG Музея хлеба|Музей хлеба].",
        [("Иван Петров", "директор", "Музей хлеба")],
    ),
    (
        "plural_before_names",
        "Приехали депутаты [PER Иван Петров] и [PER Анна Сидорова].",
        [("Иван Петров", "депутат", None), ("Анна Сидорова", "депутат", None)],
    ),
    (
        "degree before the name",
        "Доклад прочла научный сотрудник [ORG Института степи|Институт степи], д.г.н. [PER Анна Чибрик].",
        [("Анна Чибрик", "научный сотрудник", "Институт степи")],
    ),
    (
        "a known post inside a longer word",
        "Приехал нейропсихолог [PER Иван Петров].",
        [("Иван Петров", "нейропсихолог", None)],
    ),
    (
        "clipped word",
        "Гостей принял гендиректор [ORG Музея хлеба|Музей хлеба] [PER Иван Петров].",
        [("Иван Петров", "генеральный директор", "Музей хлеба")],
    ),
    (
        "line_above",
        "С уважением,\n\nПосол [LOC России|Россия] в [LOC Венгрии|Венгрия]\n[PER Иван Петров]",
        [("Иван Петров", "посол в Венгрии", "Россия")],
    ),
    (
        "shared_out",
        "Приехали главы [LOC Ульяновска|Ульяновск] и [LOC Пензы|Пенза] [PER Иван Петров] и [PER Анна Сидорова].",
        [("Иван Петров", "глава", "Ульяновск"), ("Анна Сидорова", "глава", "Пенза")],
    ),
    (
        "employer_beside",
        "[PER Иван Петров] — директор, [ORG Музей хлеба].",
        [("Иван Петров", "директор", "Музей хлеба")],
    ),
    (
        "employer_before_dash",
        "От [ORG Министерства просвещения|Министерство просвещения] – заместитель министра [PER Иван Петров].",
        [("Иван Петров", "заместитель министра", "Министерство просвещения")],
    ),
    (
        "employer_represented",
        "[ORG Фонд мира] представлял водитель [PER Иван Петров].",
        [("Иван Петров", "водитель", "Фонд мира")],
    ),
    (
        "employer_of_master",
        "Делегация прибыла в [LOC Пермь]. Её встретил заместитель мэра [PER Иван Петров].",
        [("Иван Петров", "заместитель мэра", "Пермь")],
    ),
    (
        "joined_by_dash",
        "Выступил первый заместитель министра – начальник управления [PER Иван Петров].",
        [("Иван Петров", "первый заместитель министра – начальник управления", None)],
    ),
    (
        "under_direction",
        "Пел [ORG ансамбль «Севан»] под управлением [PER Ивана Петрова|Иван Петров].",
        [("Иван Петров", "руководитель", "ансамбль «Севан»")],
    ),
    (
        "leads",
        "[PER Иван Петров] возглавляет [ORG Фонд мира].",
        [("Иван Петров", "руководитель", "Фонд мира")],
    ),
    (
        "acting",
        "Совещание провёл и.о. главы [ORG Росархива|Росархив] [PER Иван Петров].",
        [("Иван Петров", "и.о. главы", "Росархив")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in FIRES], ids=[row[0] for row in FIRES])
def test_reads(text: str, expected: Read) -> None:
    assert read(text) == expected


MISSES = [
    ("kin", "Сын [PER Иван Петров] остался дома."),
    ("role in the event", "Слово взял участник форума [PER Иван Петров]."),
    ("honour", "Приехал заслуженный гражданин города [PER Иван Петров]."),
    ("rank", "Отряд привёл полковник [PER Иван Петров]."),
    ("a group led", "Отряд под руководством [PER Ивана Петрова|Иван Петров] вышел в море."),
    ("leads no body", "[PER Иван Петров] возглавляет список, его составил [ORG Фонд мира]."),
    ("leads another", "Группа создана; от [ORG Госсовета|Госсовет] её возглавит [PER Иван Петров]."),
    ("led by", "Приехала группа во главе с [PER Иваном Петровым|Иван Петров]."),
    ("degree, not a post", "Приехал доктор исторических наук [PER Иван Петров]."),
    ("somebody's pupil", "Картины представил её ученик [PER Иван Петров]."),
    ("a thing taken for somebody", "За рулём [PER Иван Петров]."),
    ("another sentence above", "Открыт музей хлеба.\n[PER Иван Петров]"),
    ("next item of a list", "Выступили [PER Иван Петров], директор завода [PER Олег Сидоров]."),
    ("a side, not a post", "Российскую группу ведёт глава; монгольская – [PER Иван Петров]."),
    ("nobody's dash", "[PER Иван Петров] – о детях и школе."),
    ("other subject", "Директором музея назначен другой; [PER Иван Петров] остался дома."),
]


@pytest.mark.parametrize("text", [row[1] for row in MISSES], ids=[row[0] for row in MISSES])
def test_does_not_read(text: str) -> None:
    assert not [p for p in read(text) if p[0] == "Иван Петров"]


def test_a_home_and_a_nationality_are_no_part_of_a_post() -> None:
    assert read("Пел саратовский артист из [LOC Энгельса|Энгельс] [PER Иван Петров].") == [
        ("Иван Петров", "артист", None)
    ]


def test_a_later_paraphrase_adds_nothing() -> None:
    text = "Гостей принял министр культуры [PER Иван Петров]. Министр [PER Петров|Иван Петров] показал музей."
    assert read(text) == [("Иван Петров", "министр культуры", None)]


def test_a_lower_case_noun_points_to_the_one_body_named_so() -> None:
    text = "[ORG Музей хлеба] открыт. Гостей встретил директор музея [PER Иван Петров]."
    assert read(text) == [("Иван Петров", "директор", "Музей хлеба")]


def test_spans_lead_back_to_the_words() -> None:
    m = marked("Слово взял ректор [ORG Горного университета|Горный университет] [PER Иван Петров].")
    (found,) = positions.read(Release(id="t", text=m.doc.text), m.doc, m.people, m.organisations, m.places)
    said = [m.doc.text[a:b] for a, b in (found.position_span, found.person_span)]
    assert said == ["ректор Горного университета", "Иван Петров"]
    assert found.organisation_span is not None
    assert m.doc.text[slice(*found.organisation_span)] == "Горного университета"


@pytest.mark.parametrize(
    ("text", "employer"),
    [
        ("Приехали депутаты [LOC Перми|Пермь] [PER Иван Петров] и [PER Анна Сидорова].", "Пермь"),
        ("Приехал пианист [PER Иван Петров] ([LOC Тунис]).", None),
        ("Встреча прошла в [ORG Музее хлеба|Музей хлеба]. Играл пианист [PER Иван Петров].", None),
        ("[ORG Музей хлеба] открыт – директор [PER Иван Петров] доволен.", "Музей хлеба"),
        ("Об этом сообщили в [ORG Музее хлеба|Музей хлеба]. Президент [PER Иван Петров] подписал указ.", None),
    ],
    ids=["one for all", "a home in brackets", "a post one may hold alone", "spoken of", "of no such body"],
)
def test_employers(text: str, employer: str | None) -> None:
    assert read(text)[0][2] == employer


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Приехал мэр кубинского [LOC Сьенфуэгоса|Сьенфуэгос] [PER Иван Петров].", "мэр"),
        ("Приехал первый председатель [ORG Общества дружбы|Общество дружбы] [PER Иван Петров].", "председатель"),
        ("Приехал первый секретарь [ORG Посольства мира|Посольство мира] [PER Иван Петров].", "первый секретарь"),
        ("Приехал судья в отставке [PER Иван Петров].", "судья"),
    ],
)
def test_wording(text: str, position: str) -> None:
    assert read(text)[0][1] == position
