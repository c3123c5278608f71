"""Each construction: a sentence from which the post is read, and a near miss from which it is not."""

import pytest

from nlp import positions
from nlp.annotation import Release
from tests.nlp.marked import marked

Read = list[tuple[str, str, str | None]]


def read(text: str) -> Read:
    m = marked(text)
    release = Release(id="t", text=m.doc.text)
    found = positions.read(release, m.doc, m.people, m.organisations, m.places)
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
