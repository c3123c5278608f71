"""Repairs of spans: one sentence on which each rule fires, one on which it must not."""

import re

import pytest

from nlp.doc import Doc, Span
from nlp.mentions import found
from nlp.tokens import Tokens
from tests.nlp.marked import engine

MARK = re.compile(r"\[(PER|ORG|LOC) ([^\]]+)\]")


def repaired(marked: str) -> list[tuple[str, str, str]]:
    """What the net is said to have found → (type, words, rule) after the repairs."""
    spans, plain, last = [], "", 0
    for match in MARK.finditer(marked):
        plain += marked[last : match.start()]
        spans.append(Span(len(plain), len(plain) + len(match[2]), match[1]))
        plain, last = plain + match[2], match.end()
    plain += marked[last:]
    parsed = engine().parse([plain])[0]
    doc = Doc(plain, parsed.sentences, parsed.tokens, spans)
    return [(f.type, plain[f.start : f.stop], f.rule) for f in found(doc, Tokens(doc))]


@pytest.mark.parametrize(
    ("marked", "rule", "expected"),
    [
        ("Директор [ORG Русского дома в Душанбе\nМельник]", "line_break", ["Русского дома в Душанбе"]),
        (
            "Доклад [ORG Совета соотечественников Чили (КСОРС Чили)] принят.",
            "open_bracket",
            ["Совета соотечественников Чили", "КСОРС Чили"],
        ),
        (
            "Ректор [ORG Славянского университета Ж.Б.Асанова] выступила.",
            "initials_after",
            ["Славянского университета", "Ж.Б.Асанова"],
        ),
        ("[PER Сегодня В. А. Тополь] принял гостей.", "words_before_initials", ["В. А. Тополь"]),
        ("[ORG Чебоксарский музей пива приглашает] гостей.", "finite_verb", ["Чебоксарский музей пива"]),
        ("Принял [PER госпожу Чжао].", "address_before", ["Чжао"]),
        ("Сказала [ORG волонтёр «Тёплого дома»] Анна.", "person_before", ["Тёплого дома"]),
        ("Пришёл директор [ORG Департамента Африки МИД России].", "unit_of_parent", ["МИД России"]),
        (
            "Заместитель директора [ORG Музея краеведения по научной работе] уехал.",
            "tail_po",
            ["Музея краеведения"],
        ),
        ("Он передал [ORG Обществу молодёжную секцию].", "other_case_after", ["Обществу"]),
        (
            "[ORG Законодательное Собрание области и маслихат города] договорились.",
            "two_bodies",
            ["Законодательное Собрание области", "маслихат города"],
        ),
        ("В компании «[ORG Терек]» гости.", "head_before", ["компании «Терек»"]),
        ("Его пригласила газета [ORG The Hindu].", "head_before", ["газета The Hindu"]),
        ("Помог благотворительный [ORG фонд «Тополь»].", "adjective_before", ["благотворительный фонд «Тополь»"]),
        ("Показы организованы [PER Росконцертом].", "agency_word", ["Росконцертом"]),
        ("Он живёт на ул. [PER Карла Либкнехта].", "", []),
        ("Открыт форум «[ORG Россия – Исламский мир]».", "", []),
        ("В Зале [LOC Набережные Челны] нет гостей.", "net", ["Набережные Челны"]),
        ("Секретарь: Белова [PER Инна Олеговна].", "surname_before", ["Белова Инна Олеговна"]),
        ("Выступил Буй [PER Куок Вьет].", "syllable_before", ["Буй Куок Вьет"]),
        ("Приём в [ORG Посольстве России] на [LOC Мадагаскаре].", "joined", ["Посольстве России на Мадагаскаре"]),
        ("Глава администрации [LOC Саратова] уехал.", "with_place", ["администрации Саратова"]),
        ("Пришли к леднику [LOC Аксай].", "landform", ["леднику Аксай"]),
        ("Директор Департамента [LOC Европы] уехал.", "", []),
        ("На встречу приехали инженеры Google из трёх стран.", "firm", ["Google"]),
        ("Матч выиграл «Спартак», и город ликовал.", "firm", ["Спартак"]),
        ("Гости приехали из Белоруссии.", "country", ["Белоруссии"]),
        ("Спектакль показали в Большом театре.", "famous", ["Большом театре"]),
        ("Рыбаки вступили в «Союз свободных сетей».", "quoted_body", ["«Союз свободных сетей»"]),
        ("Люди вышли на улицах [LOC Лондона].", "net", ["Лондона"]),
    ],
)
def test_rule_fires(marked: str, rule: str, expected: list[str]) -> None:
    got = repaired(marked)
    assert [words for _, words, _ in got] == expected
    assert all(rule in (r, "net") or r == rule for _, _, r in got)


@pytest.mark.parametrize(
    "marked",
    [
        "[ORG Министерство спорта Республики Саха (Якутия)] провело совещание.",
        "[ORG Институт климата имени академика Ю. А. Израэля] открыт.",
        "Пришёл глава [ORG Комитета по делам молодёжи].",
        "Директор [ORG Управления МЧС по Ульяновской области] уехал.",
        "Сотрудник [ORG Учалинского горно-обогатительного комбината] уехал.",
        "[ORG Министерство науки и образования] сообщило.",
        "Гости приехали в [LOC Набережные Челны].",
        "Она работает в [ORG компании «Терек»].",
        "Девочка по имени [PER Рахма] уехала.",
        "Выступила [PER Анна Петровна Мороз].",
        "Гости [LOC Мадагаскара] приехали.",
    ],
)
def test_near_misses(marked: str) -> None:
    expected = [(kind, words) for kind, words in MARK.findall(marked)]
    assert [(kind, words) for kind, words, _ in repaired(marked)] == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[ORG Россотрудничество] поможет: «В Агентстве готовят план».", ["Россотрудничество", "Агентстве"]),
        ("Агентство готовит план вместе с [ORG Россотрудничеством].", ["Россотрудничеством"]),
        ("В Агентстве стратегических инициатив ждут [ORG Россотрудничество].", ["Россотрудничество"]),
    ],
)
def test_a_capital_inside_a_sentence_makes_the_word_a_body(marked: str, expected: list[str]) -> None:
    assert [words for type_, words, _ in repaired(marked) if type_ == "ORG"] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Раб Спартак поднял восстание.",
        "Открылся форум «Россия – Индия».",
        "Того же мнения и остальные.",
        "В большом театре, что у вокзала, тихо.",
        "Открыт форум «Движение вперёд и вверх».",
    ],
)
def test_words_that_only_look_like_known_names(text: str) -> None:
    assert repaired(text) == []


def test_an_ellipsis_is_no_name() -> None:
    assert repaired("Но[PER ...] кто знает?") == []
    assert [said for _, said, _ in repaired("Но... [PER Пётр] знает.")] == ["Пётр"]
