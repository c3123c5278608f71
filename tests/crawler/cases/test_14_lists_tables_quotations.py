# ruff: noqa: E501 markup in lines as long as sites write them
"""14. Lists, tables and blockquotes kept."""

from crawler.page import read
from tests.crawler.pages import PROSE, news, prose, raw


def test_a_list_keeps_an_item_to_a_line() -> None:
    markup = (
        prose() + "<p>Участники:</p><ul><li>Пётр Ильин, министр;</li><li><p>Мария Гонсалес, директор.</p></li></ul>"
    )
    assert read(raw(news(markup))).body.endswith("Участники:\n\nПётр Ильин, министр;\nМария Гонсалес, директор.")


def test_two_lists_are_two() -> None:
    lists = "<ol><li>Подписать договор.</li><li>Назвать день.</li></ol><ol><li>Создать комиссию.</li></ol>"
    assert "Назвать день.\n\nСоздать комиссию." in read(raw(news(prose() + lists))).body


def test_a_table_keeps_its_rows() -> None:
    table = (
        "<table><tr><th>День</th><th>Событие</th></tr><tr><td>27 марта</td><td>Прибытие в Гавану</td></tr>"
        "<tr><td>28 марта</td><td>Встреча в Институте кино</td></tr></table>"
    )
    assert (
        "День | Событие\n27 марта | Прибытие в Гавану\n28 марта | Встреча в Институте кино"
        in read(raw(news(prose() + table + f"<p>{PROSE[0]}</p>"))).body
    )


def test_a_quotation_is_a_paragraph() -> None:
    quote = "<blockquote><p>«Это начало долгой дороги»,</p><footer>— Мария Гонсалес, директор института.</footer></blockquote>"
    body = read(raw(news(prose() + quote + prose()))).body
    assert "«Это начало долгой дороги»,\n\n— Мария Гонсалес, директор института." in body


def test_headings_inside_the_text_stay() -> None:
    markup = f"<p>{PROSE[0]}</p><h2>Неделя кино</h2><p>{PROSE[1]}</p><h3>Совместный фильм</h3><p>{PROSE[2]}</p>"
    assert read(raw(news(markup))).body == f"{PROSE[0]}\n\nНеделя кино\n\n{PROSE[1]}\n\nСовместный фильм\n\n{PROSE[2]}"


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    page = f"<html><body><table><tr><td><a href=/>Главная</a></td><td><h1>Министр прибыл на Кубу</h1>{prose()}</td></tr></table></body></html>"
    assert read(raw(page)).body == "\n\n".join(PROSE)
