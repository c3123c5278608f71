"""The date that a listing prints for a release: alone or before the headline, never out of a sentence."""

import pytest
from lxml.html import fromstring

from crawler.discovery import near_date, title_of

HEADLINE = "Министр открыл выставку в Казани"


@pytest.mark.parametrize(
    ("block", "date"),
    [
        (f"<a>28 марта 2024 / 15:30 {HEADLINE}</a>", "28 марта 2024 / 15:30"),
        (f"<a><span>28 марта 2024 / 15:30</span> <b>{HEADLINE}</b></a>", "28 марта 2024 / 15:30"),
        (f"<a>05.04.2024 | {HEADLINE}</a>", "05.04.2024"),
        (f"<a>{HEADLINE}</a><div>20 Октябрь<br>2025</div>", "20 Октябрь 2025"),
        (f"<span>сегодня, 14:05</span><a>{HEADLINE}</a>", "сегодня, 14:05"),
        (f"<a>{HEADLINE}</a><p>Выставка открыта до 12 ноября, вчера вход был свободным.</p>", ""),
        ("<a>9 мая 2024 года в Ташкенте прошёл «Бессмертный полк»</a>", ""),
    ],
)
def test_dates_of_a_listing(block: str, date: str) -> None:
    assert near_date(fromstring(f"<div>{block}</div>")) == date


@pytest.mark.parametrize(
    ("anchor", "title"),
    [
        (f"<a>28 марта 2024 / 15:30 {HEADLINE}</a>", HEADLINE),
        (f"<a><span>28.03.2024</span> {HEADLINE}</a>", HEADLINE),
        ("<a>Праздник 9 мая в Ташкенте собрал тысячи гостей</a>", "Праздник 9 мая в Ташкенте собрал тысячи гостей"),
        (f'<a title="{HEADLINE}">читать далее</a>', HEADLINE),
    ],
)
def test_headlines_keep_the_dates_they_tell_of(anchor: str, title: str) -> None:
    assert title_of(fromstring(anchor)) == title
