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
        ("Вопросы задавала восьмиклассница [PER Амина Делимханова].", "Амина Делимханова", "f"),
        ("Редактор газеты «Слово соотечественника» [PER Т. М. Турчина] уехала.", "Т. М. Турчина", "f"),
        ("Приехала заведующая лабораторией инфекций [PER Евгения Степанова].", "Евгения Степанова", "f"),
        ("Письмо – специалисту [PER Л. Н. Вятской].", "Л. Н. Вятская", "f"),
        ("За порядком следит [PER Семёновна].", "Семёновна", "f"),
        ("Перевод: [PER Лю Тинтин].", "Лю Тинтин", "f"),
        ("Докладчик – [PER Сюй Цзяньго].", "Сюй Цзяньго", "m"),
        ("Выступил министр спорта [PER Пурэвжавын Отгонбаяр].", "Пурэвжавын Отгонбаяр", "m"),
        ("Награду получил [PER Лысенко Иван Фомич].", "Иван Фомич Лысенко", "m"),
        ("Экспонат показал [PER ГУН Цзысюань].", "Гун Цзысюань", "m"),
        ("Праздник открыла [PER Гаяне Саргсян].", "Гаяне Саргсян", "f"),
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


def test_names_in_a_row_stand_in_one_case() -> None:
    got = read("Благодарность объявлена: [PER Р. Н. Махалиной], [PER О. О. Стужину] и [PER Б. К. Ермекову].")
    assert [(p.name, p.gender) for p in got.people] == [
        ("Р. Н. Махалина", "f"),
        ("О. О. Стужин", "m"),
        ("Б. К. Ермеков", "m"),
    ]


def test_one_of_two_surnames_is_enough() -> None:
    got = read("Выступила [PER Марта Кастельянос Руис]. [PER М. Кастельянос] приехала вчера. [PER Руис] уехала.")
    assert [p.name for p in got.people] == ["Марта Кастельянос Руис"]


def test_double_initials_join_a_double_name() -> None:
    got = read("Выступила [PER Анна-Мария Хендерсон]. [PER А.-М. Хендерсон] приехала вчера.")
    assert [(p.name, p.gender) for p in got.people] == [("Анна-Мария Хендерсон", "f")]


def test_other_surnames_stay_apart() -> None:
    got = read("Выступила [PER Марта Кастельянос Руис]. [PER М. Гарсия] приехала вчера.")
    assert len(got.people) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ректор [ORG ГИТИСа] уехал.", "ГИТИС"),
        ("Встреча в [ORG Росмолодёжи] прошла.", "Росмолодёжь"),
        ("Сотрудник [ORG Минцифры России] уехал.", "Минцифры России"),
        ("Нападающий [ORG «Спартака»] уехал.", "«Спартак»"),
        ("Редактор [ORG «Шына»] уехал.", "«Шына»"),
    ],
)
def test_names_of_bodies_in_the_nominative(text: str, name: str) -> None:
    (body,) = read(text).organisations
    assert body.name == name
