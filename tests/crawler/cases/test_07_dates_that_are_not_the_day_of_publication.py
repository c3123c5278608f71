# ruff: noqa: E501 markup in lines as long as sites write them
"""7. No publication date: «от 26 марта», «до 20 апреля», a document's number, «обновлено», the date in the page header."""

import pytest

from crawler.page import read
from tests.crawler.pages import news, prose, raw


@pytest.mark.parametrize(
    "line",
    [
        "от 26 марта 2024",
        "до 20 апреля 2024 года",
        "Приказ № 123 от 05.04.2024",
        "567-28-03-2024",
        "Обновлено: 28.03.2024 10:00",
        "Последнее изменение 28 марта 2024",
        "28 марта 2024 – 30 марта 2024",
        "28–30 марта 2024",
        "Срок приёма заявок: 28.03.2024",
        "13 апреля 2031",  # a day to come
    ],
)
def test_none(line: str) -> None:
    assert read(raw(news(prose(), date=line))).published_at is None


def test_nor_inside_the_text() -> None:
    markup = "<p>28 марта 2024 года</p>" + prose() + "<p>Протокол от 26 марта 2024 года подписан.</p><p>29.03.2024</p>"
    assert read(raw(news(prose() + markup, date=""))).published_at is None


@pytest.mark.parametrize(
    "header",
    [
        "<header><div class=date>22 ноября 2026, воскресенье</div></header>",
        "<div class=top-line><span class=date>22 ноября 2026</span><span>−4 °C</span></div>",
        "<table><tr><td>Сегодня: 22 ноября 2026 г.</td><td>USD 99,10</td></tr></table>",
    ],
)
def test_nor_today_s_date_in_the_header(header: str) -> None:
    menu = "<ul><li><a href=/a>О министерстве</a></li><li><a href=/b>Деятельность</a></li><li><a href=/c>Документы</a></li></ul>"
    page = f"<html><body>{header}{menu}<p>Официальный сайт</p><div><h1>Министр прибыл на Кубу</h1>{prose()}</div></body></html>"
    assert read(raw(page)).published_at is None


def test_published_is_told_apart_from_updated() -> None:
    line = "Опубликовано: 26.03.2024 12:00. Обновлено: 28.03.2024 10:00"
    article = read(raw(news(prose(), date=line)))
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2024-03-26T12:00:00+03:00"
