"""A person's name: its parts, and whether two names may be one person's."""

import pytest

from nlp.names import NameParts, compatible, hypotheses, parts, roles, words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Иван Петрович Сидоров", NameParts(given="Иван", patronymic="Петрович", surname="Сидоров")),
        ("И. П. Сидоров", NameParts(surname="Сидоров", initials=("И.", "П."))),
        ("И.П. Сидоров", NameParts(surname="Сидоров", initials=("И.", "П."))),
        ("М.-Б. Точиев", NameParts(surname="Точиев", initials=("М.-Б.",))),
        ("Милица Йованович", NameParts(given="Милица", surname="Йованович")),
        ("Лариса Николаевна", NameParts(given="Лариса", patronymic="Николаевна")),
        ("Рания аль-Хасан", NameParts(given="Рания", surname="аль-Хасан")),
        ("Чжао Минь", NameParts(given="Минь", surname="Чжао")),
        ("Сидоров", NameParts(surname="Сидоров")),
    ],
)
def test_parts(name: str, expected: NameParts) -> None:
    assert parts(name) == expected


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("И. П. Сидоров", "Иван Петрович Сидоров"),
        ("Иван Сидоров", "Иван Петрович Сидоров"),
        ("Семён Королёв", "Семен Королев"),
        ("Сидоров", "Иван Сидоров"),
    ],
)
def test_may_be_one_person(a: str, b: str) -> None:
    assert compatible(a, b)
    assert compatible(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("П. И. Сидоров", "Иван Петрович Сидоров"),
        ("Иван Сидоров", "Пётр Сидоров"),
        ("Иван Сидоров", "Иван Сидорова"),
        ("Иван Иванович Сидоров", "Иван Петрович Сидоров"),
    ],
)
def test_cannot_be_one_person(a: str, b: str) -> None:
    assert not compatible(a, b)


@pytest.mark.parametrize(
    ("said", "gender", "case", "expected"),
    [
        ("Александра Игнатьева", "m", "gent", "Александр Игнатьев"),
        ("Александра Игнатьева", "f", "nomn", "Александра Игнатьева"),
        ("Клавдией Полынь", "f", "ablt", "Клавдия Полынь"),
        ("Виктором Кузнецом", "m", "ablt", "Виктор Кузнец"),
        ("Данг Минь Кхоя", "m", "gent", "Данг Минь Кхой"),
        ("Натальей Ткаченко", "f", "ablt", "Наталья Ткаченко"),
    ],
)
def test_one_gender_and_case_for_all_words(said: str, gender: str, case: str, expected: str) -> None:
    written = tuple(words(said))
    best = next(h for h in hypotheses(written, tuple(roles(written))) if (h.gender, h.case) == (gender, case))
    assert " ".join(best.nominatives) == expected


@pytest.mark.parametrize(
    ("said", "gender", "expected"),
    [
        ("С. Квабенгом", "m", "С. Квабенг"),
        ("Балдевом Раджпатом", "m", "Балдев Раджпат"),
        ("С. Е. Пинчуковым", "m", "С. Е. Пинчуков"),
        ("Артура Сладкого", "m", "Артур Сладкий"),
        ("Артура Румяного", "m", "Артур Румяный"),
        ("Анна Блом", "f", "Анна Блом"),
        ("Э. Блом", "m", "Э. Блом"),
    ],
)
def test_a_mans_case_form_is_no_womans_name(said: str, gender: str, expected: str) -> None:
    written = tuple(words(said))
    best = hypotheses(written, tuple(roles(written)))[0]
    assert (best.gender, " ".join(best.nominatives)) == (gender, expected)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Берег Ульяна", ["surname", "given"]),
        ("Рахмонова Гулбахор", ["surname", "given"]),
        ("Лю Ян", ["surname", "given"]),
        ("Анна Мороз", ["given", "surname"]),
        ("Лев Ток", ["given", "surname"]),
    ],
)
def test_order_of_surname_and_given_name(name: str, expected: list[str]) -> None:
    assert roles(words(name)) == expected
