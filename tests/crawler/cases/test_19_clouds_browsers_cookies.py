# ruff: noqa: E501 markup in lines as long as sites write them
"""19. Tag cloud, «Ваш браузер не поддерживает…», cookie notices."""

import pytest

from crawler.page import read
from crawler.plain import read_text
from tests.crawler.pages import PROSE, prose, raw

NOTICES = {
    "canvas": "<canvas>Ваш браузер не поддерживает свойство canvas</canvas>",
    "canvas without the element": "<p>Ваш браузер не поддерживает свойство canvas</p>",
    "old browser": "<div>Ваш браузер устарел. Обновите его, чтобы сайт работал правильно и безопасно.</div>",
    "cookies": "<div class=note><p>Мы используем файлы cookie, чтобы сайт был удобнее. Продолжая работу с сайтом, вы соглашаетесь.</p></div>",
    "cookies on this site": "<p>На сайте используются файлы cookie. Оставаясь на сайте, вы соглашаетесь с политикой.</p>",
    "cloud": "<h4>Облако тегов</h4><div><a href=/1>молодёжь</a> <a href=/2>русский язык</a> <a href=/3>кино</a></div>",
    "a mistake": "<p>Нашли ошибку? Выделите её и нажмите Ctrl+Enter.</p>",
    "rights": "<p>© Министерство культуры, 2004–2026. При использовании материалов ссылка на сайт обязательна.</p>",
    "counters": "<p>Просмотров: 1 204</p><p>Версия для печати</p><p>Поделиться</p>",
    "channel": "<p>Подписывайтесь на наш канал в Telegram, чтобы узнавать новости первыми.</p>",
}


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)
@pytest.mark.parametrize("place", ["before", "inside", "after"])
def test_the_text_is_free_of_it(notice: str, place: str) -> None:
    before, inside, after = (notice if place == here else "" for here in ("before", "inside", "after"))
    page = (
        f"<html><body>{before}<h1>Министр прибыл на Кубу</h1><div class=t>{prose()}{inside}</div>{after}</body></html>"
    )
    article = read(raw(page))
    assert (article.title, article.body) == ("Министр прибыл на Кубу", "\n\n".join(PROSE))


def test_in_copied_text() -> None:
    text = (
        "Мы используем файлы cookie.\nПринять\nГлавная » Новости\n\nМинистр прибыл на Кубу\n28 марта 2024\n\n"
        + "\n\n".join(PROSE)
        + "\n\nПоделиться\nVK\nTelegram\n\nОблако тегов\nмолодёжь кино\nВаш браузер не поддерживает свойство canvas\n© 2026"
    )
    article = read_text(text)
    assert (article.title, article.body) == ("Министр прибыл на Кубу", "\n\n".join(PROSE))
    assert article.published_raw == "28 марта 2024"
