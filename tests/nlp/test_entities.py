"""People of a text: one entity each, gender and case by what stands around."""

import pytest

from tests.nlp.reading import read


@pytest.mark.parametrize(
    ("text", "name", "gender"),
    [
        ("О планах говорила волонтёр [PER Рената Самедова].", "Рената Самедова", "f"),
        ("По словам [PER Александра Петрова], работа завершена.", "Александр Петров", "m"),
        ("Заместитель директора по научной работе [PER Валерия Павлова] открыла встречу.", "Валерия Павлова", "f"),
        ("Мэр встретился с послом Индии [PER Прадипом Чаудхари].", "Прадип Чаудхари", "m"),
        ("Директор поблагодарил [PER Дениса Прилепу].", "Денис Прилепа", "m"),
        ("Представитель фонда [PER А. Р. Лесная], подключившаяся из Москвы, выступила.", "А. Р. Лесная", "f"),
        ("С речью выступила [PER Фам Тхи Ким Оань].", "Фам Тхи Ким Оань", "f"),
        ("Список: [PER Костромина Зульфира].", "Зульфира Костромина", "f"),
        ("Участник – [PER ТОН Евгений].", "Евгений Тон", "m"),
        ("Выступил [PER Салех аль-Дусари].", "Салех аль-Дусари", "m"),
    ],
)
def test_canonical_name_and_gender(text: str, name: str, gender: str) -> None:
    (person,) = read(text).people
    assert (person.name, person.gender) == (name, gender)


def test_gender_is_unknown_where_nothing_shows_it() -> None:
    (person,) = read("Присутствовали: [PER Е. Д. Шафран], инженер.").people
    assert person.gender is None


def test_later_surname_and_patronymic_join_the_full_name() -> None:
    got = read("Встречу открыла [PER Лариса Горлач]. [PER Ларисе Николаевне] вручили цветы. [PER Горлач] ушла.")
    assert [(p.name, len(p.mentions)) for p in got.people] == [("Лариса Николаевна Горлач", 3)]


def test_initials_join_the_full_name() -> None:
    got = read("Выступил [PER Тарас Иванович Гук]. Вопрос задали [PER Т. И. Гуку].")
    assert [(p.name, [m.normal for m in p.mentions]) for p in got.people] == [
        ("Тарас Иванович Гук", ["Тарас Иванович Гук", "Т. И. Гук"])
    ]


def test_namesakes_with_other_initials_stay_apart() -> None:
    got = read("Выступили [PER Иван Лесной] и [PER П. Лесной].")
    assert [p.name for p in got.people] == ["Иван Лесной", "П. Лесной"]


def test_every_mention_remembers_its_rules() -> None:
    (person,) = read("По словам [PER Александра Петрова], работа завершена.").people
    assert (person.mentions[0].rule, person.mentions[0].form_rule) == ("net", "name: m, gent")
