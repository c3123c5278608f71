# ruff: noqa: E501 markup in lines as long as sites write them
"""17. Tooltips, contents and galleries dropped."""

import pytest

from crawler.page import read
from tests.crawler.pages import PROSE, news, raw

BOXES = {
    "tooltip": '<span class="person-popup tooltip">Родился в 1970 году. Окончил институт культуры. Министр с 2020 года.</span>',
    "contents": "<div class=toc><b>Содержание</b><ol><li><a href=#1>Прибытие</a></li><li><a href=#2>Встреча</a></li></ol></div>",
    "contents by its heading": "<div><p>Содержание</p><ul><li><a href=#1>Прибытие</a></li><li><a href=#2>Встреча</a></li></ul></div>",
    "gallery": "<div class=photo-gallery><img src=1.jpg><p>Министр в аэропорту Гаваны, 27 марта 2024 года.</p><span>1 из 12</span></div>",
    "slider": "<div class='swiper slider'><div class=swiper-slide><img src=1.jpg><p>В Институте кино, фото института.</p></div></div>",
    "player": "<div class=video-player><p>Для просмотра видео включите поддержку JavaScript в браузере.</p></div>",
    "hidden": "<div style='display: none'><p>Этот текст не видит никто из посетителей сайта министерства.</p></div>",
    "caption": "<figure><img src=1.jpg><figcaption>Министр в аэропорту Гаваны.</figcaption></figure>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_the_text_is_free_of_it(box: str) -> None:
    markup = f"<p>{PROSE[0]}</p>{box}<p>{PROSE[1]}</p><p>{PROSE[2]}</p>"
    assert read(raw(news(markup))).body == "\n\n".join(PROSE)


def test_a_tooltip_inside_a_sentence() -> None:
    tip = "Пётр Ильин<span class='tip tooltip'>Министр культуры с 2020 года.</span>"
    markup = "".join(f"<p>{text.replace('Пётр Ильин', tip)}</p>" for text in PROSE)
    assert read(raw(news(markup))).body == "\n\n".join(PROSE)
