# ruff: noqa: E501 markup in lines as long as sites write them
"""1. The sample page: no publication date → None, never a widget's date."""

from crawler.page import read
from crawler.plain import read_text
from tests.crawler.layouts import labelled, old_tables
from tests.crawler.pages import PROSE, fetched, news, prose, raw

EVENTS = """<h3>Мероприятия</h3><div class="event"><div class="date">13 Апреля<br>2024</div><a href="/e/1">Секция «Соседи»</a>
</div><div class="event"><div class="date">28 Марта<br>2024</div><a href="/e/2">Конференция об общих ценностях</a></div>"""


def test_an_old_site_prints_none() -> None:
    article = read(fetched(old_tables(labelled("a-005"), [labelled("b-005"), labelled("c-007")])))
    assert article.published_at is None
    assert article.published_raw is None
    assert "published_at" not in article.provenance


def test_the_widget_s_date_is_not_the_page_s() -> None:
    page = f"<html><body><div id=left>{EVENTS}</div><h1>Министр прибыл на Кубу</h1><div>{prose()}</div></body></html>"
    assert read(raw(page)).published_at is None


def test_nor_where_the_widget_stands_between_headline_and_text() -> None:
    page = f"<html><body><div><h1>Министр прибыл на Кубу</h1>{EVENTS}<div>{prose()}</div></div></body></html>"
    assert read(raw(page)).published_at is None


def test_nor_in_copied_text() -> None:
    text = (
        "Главная / Новости / Министр прибыл на Кубу\n\nМероприятия\n\n13 Апреля\n2024\nСекция «Соседи»\n28 Марта\n2024\n"
        "Конференция об общих ценностях\n\nОблако тегов\n\nМинистр прибыл на Кубу\n\n" + "\n\n".join(PROSE)
    )
    article = read_text(text)
    assert article.title == "Министр прибыл на Кубу"
    assert article.published_at is None


def test_a_date_line_beside_the_headline_is_the_page_s() -> None:
    assert read(raw(news(prose(), date="13 Апреля 2024"))).published_raw == "13 Апреля 2024"
