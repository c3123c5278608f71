# ruff: noqa: E501 markup in lines as long as sites write them
"""Text as copied from a browser: the release comes out, the furniture stays behind."""

from pathlib import Path

import pytest

from crawler.page import EmptyPage, read, read_file
from crawler.plain import read_text
from tests.crawler.pages import NOW, PROSE, raw

TITLE = "Школа соседей открылась в трёх городах"
BODY = (
    "Школа соседей для молодых журналистов открылась в Казани, Алма-Ате и Минске. Об этом рассказала во вторник директор фонда «Общий дом» Лидия Шувалова на видеовстрече с редакторами районных газет.",
    "Редакторы обсудили учебные планы и сроки. Фонду поручено до лета собрать совет наставников.",
    "«Мы учим не писать, а слушать, – сказала Лидия Шувалова. – Без вас это невозможно».",
    "Во встрече участвовали редактор «Вестника» Тимур Ахметов, редактор «Зари» Алеся Ковалёва и профессор Нурлан Абаев.",
    "Встреча закончилась обменом мнениями о практике студентов.",
)
COPIED = (
    f"Главная / Новости / {TITLE}\n\nМероприятия\n\n17 Мая\n2025\nКруглый стол «Язык соседа»\n3 Апреля\n2025\n"
    "Конференция молодых журналистов «Слово и граница»\nВсе мероприятия Поддержка изданий\n\nОблако тегов\n\n"
    f"Ваш браузер не поддерживает свойство canvas\n\n{TITLE}\n\n" + "\n\n".join(BODY)
)
SAMPLE = Path(__file__).parents[3] / "shared" / "sample" / "release.txt"


def test_a_page_copied_whole() -> None:
    article = read_text(COPIED)
    assert article.title == TITLE
    assert article.body == "\n\n".join(BODY)
    assert article.published_at is None
    assert article.language == "ru"


def test_the_same_page_as_markup() -> None:
    """The two ways into the program agree."""
    page = f"""<html><head><title>Фонд «Общий дом»</title></head><body><div><a href=/>Главная</a> / <a href=/news>Новости</a> / {TITLE}</div>
    <div><h3>Мероприятия</h3><div>17 Мая<br>2025</div><div><a href=/e/1>Круглый стол «Язык соседа»</a></div><div>3 Апреля<br>2025</div>
    <div><a href=/e/2>Конференция молодых журналистов «Слово и граница»</a></div><a href=/e>Все мероприятия</a></div>
    <h3>Облако тегов</h3><canvas>Ваш браузер не поддерживает свойство canvas</canvas><h2>{TITLE}</h2><div>{"".join(f"<p>{p}</p>" for p in BODY)}</div></body></html>"""
    article = read(raw(page))
    assert (article.title, article.body, article.published_at) == (TITLE, "\n\n".join(BODY), None)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the owner's sample page lies beside the repository")
def test_the_sample_page() -> None:
    article = read_file(SAMPLE)
    paragraphs = article.body.split("\n\n")
    assert article.title.startswith("Сотрудничество муниципалитетов")
    assert len(paragraphs) == 8
    assert paragraphs[0].startswith("Международное муниципальное")
    assert paragraphs[-1].startswith("В завершении")
    assert article.published_at is None
    for furniture in ("Фронтирная", "Облако", "canvas", "Главная", "Мероприятия", "Государственная поддержка"):
        assert furniture not in article.body


def test_a_clean_text_loses_nothing() -> None:
    text = f"{TITLE}\n\n" + "\n\n".join(BODY) + "\n\nФото: Вера Лукина"
    article = read_text(text)
    assert article.title == TITLE
    assert article.body == "\n\n".join(BODY) + "\n\nФото: Вера Лукина"


def test_a_text_without_a_headline_keeps_its_first_sentence() -> None:
    article = read_text("\n\n".join(BODY))
    assert article.body == "\n\n".join(BODY)
    assert article.title == "Школа соседей для молодых журналистов открылась в Казани, Алма-Ате и Минске."
    assert article.provenance["title"] == "first sentence"


def test_lines_broken_by_an_editor_are_joined() -> None:
    import textwrap

    text = f"{TITLE}\n\n" + "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in BODY)
    assert read_text(text).body == "\n\n".join(BODY)


def test_one_paragraph_to_a_line() -> None:
    assert read_text("\n".join((TITLE, *BODY))).body == "\n\n".join(BODY)


def test_a_list_stays_line_by_line() -> None:
    text = f"{TITLE}\n\n{BODY[0]}\n\nУчастники:\n– Тимур Ахметов;\n– Алеся Ковалёва.\n\n{BODY[4]}"
    assert read_text(text).body == f"{BODY[0]}\n\nУчастники:\n\n– Тимур Ахметов;\n– Алеся Ковалёва.\n\n{BODY[4]}"


@pytest.mark.parametrize(
    ("around", "day"),
    [
        (("", "5 апреля 2024, 15:30"), "2024-04-05T15:30:00+03:00"),
        (("", "5 Апреля\n2024"), "2024-04-05T00:00:00+03:00"),
        (("05.04.2024", ""), "2024-04-05T00:00:00+03:00"),
        (("", "Дата публикации: 5 апреля 2024 года\nПросмотров: 12"), "2024-04-05T00:00:00+03:00"),
        (("", "Обновлено: 5 апреля 2024"), None),
        (("17 Мая\n2025\nКруглый стол «Язык соседа»", ""), None),
    ],
)
def test_the_day_beside_the_title(around: tuple[str, str], day: str | None) -> None:
    article = read_text(f"Главная / Новости\n{around[0]}\n{TITLE}\n{around[1]}\n\n" + "\n\n".join(BODY), now=NOW)
    assert (article.published_at.isoformat() if article.published_at else None) == day
    assert article.body == "\n\n".join(BODY)


def test_the_end_of_the_page_is_cut() -> None:
    end = "\n\nПоделиться\nTelegram\n\nЧитайте также\nДелегация прибыла в Минск\nВыставка закрылась\n\nКонтакты\n+7 (495) 000-00-00"
    assert read_text(COPIED + end).body == "\n\n".join(BODY)


def test_a_box_in_the_middle_does_not_end_the_text() -> None:
    text = f"{TITLE}\n\n{BODY[0]}\n\nЧитайте также\n\n" + "\n\n".join(BODY[1:])
    assert read_text(text).body == "\n\n".join(BODY)


@pytest.mark.parametrize("text", ["", "   \n\n", "12 34 – 56"])
def test_no_words(text: str) -> None:
    with pytest.raises(EmptyPage, match="нет текста"):
        read_text(text)


def test_a_long_text_is_quick() -> None:
    assert len(read_text("\n\n".join([TITLE, *(PROSE * 5_000)])).body) > 1_000_000
