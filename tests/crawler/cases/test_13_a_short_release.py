# ruff: noqa: E501 markup in lines as long as sites write them
"""13. A release of 160 characters."""

import pytest

from crawler.page import read
from tests.crawler.layouts import Told, announcements, labelled
from tests.crawler.pages import NOW, raw

SHORT = "27 марта в 15:00 в Русском доме откроется выставка детского рисунка «Мой город». Вход свободный, приглашаем всех желающих и аккредитованные СМИ. Адрес: улица Новая, 5."
OTHERS = [labelled(name) for name in ("a-003", "b-005", "c-007", "d-009", "e-011")]

PAGES = {
    "beside a column of announcements": f"""<div class=cols><div class=col-8><h1>Выставка «Мой город»</h1><p>{SHORT}</p></div>
        <div class=col-4>{announcements(OTHERS, "x")}</div></div>""",
    "above a feed of announcements": f"""<h1>Выставка «Мой город»</h1><div class=t>{SHORT}</div><h2>Другие новости</h2>
        <div>{announcements(OTHERS, "x")}</div>""",
    "below the feed": f"""<div class=feed>{announcements(OTHERS, "x")}</div><div class=m><h2>Выставка «Мой город»</h2>
        <p>{SHORT}</p></div>""",
    "with a footer of prose": f"""<h1>Выставка «Мой город»</h1><p>{SHORT}</p><footer><p>Министерство образования создано
        указом в 1992 году и проводит государственную политику в сфере образования, науки и молодёжи, а также
        координирует деятельность подведомственных учреждений по всей стране и за её пределами.</p></footer>""",
}


@pytest.mark.parametrize("markup", PAGES.values(), ids=PAGES)
def test_it_is_found(markup: str) -> None:
    article = read(raw(f"<html><head><title>Выставка «Мой город»</title></head><body>{markup}</body></html>"))
    assert article.title == "Выставка «Мой город»"
    assert article.body == SHORT


def test_of_one_line() -> None:
    told = Told(title="Приём граждан отменён", paragraphs=("Приём 5 мая отменён.",), published=NOW)
    markup = f"<html><body><h1>{told.title}</h1><p>{told.text}</p>{announcements(OTHERS, 'x')}</body></html>"
    assert read(raw(markup)).body == told.text
