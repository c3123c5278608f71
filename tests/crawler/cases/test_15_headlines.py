# ruff: noqa: E501 markup in lines as long as sites write them
"""15. Headline in h3; generic `<title>`; og:title with the site's suffix."""

import pytest

from crawler.page import EmptyPage, read
from tests.crawler.pages import prose, raw

TITLE = "Министр прибыл на Кубу"
OG = '<meta property="og:title" content="{}"><meta property="og:site_name" content="МИД России">'

PAGES = {
    "h3 below a logo in h1": f"<title>Новости</title></head><body><a href=/><h1>МИД России</h1></a><h3>{TITLE}</h3>",
    "h3, and the title is the site's": f"<title>МИД России</title></head><body><div class=logo>МИД России</div><h3 class=headline>{TITLE}</h3>",
    "a box called so": f"<title>Новости министерства</title></head><body><div class=news-title>{TITLE}</div>",
    "bold, after breadcrumbs": f"<title>МИД :: Новости</title></head><body><div>Главная / Новости / {TITLE}</div><p><b>{TITLE}</b></p>",
    "og:title with a suffix, no heading": f"<title>x</title>{OG.format(TITLE + ' | МИД России')}</head><body>",
    "title with a suffix, no heading": f"<title>{TITLE} — МИД России</title>{OG.format('')}</head><body>",
    "h1 names the section": f"<title>{TITLE}</title></head><body><h1>Новости</h1><h2>{TITLE}</h2>",
    "the logo's h1 first": f"<title>{TITLE}</title></head><body><h1>Министерство</h1><h1>{TITLE}</h1>",
}


@pytest.mark.parametrize("head", PAGES.values(), ids=PAGES)
def test_the_headline(head: str) -> None:
    article = read(raw(f"<html><head>{head}<div class=text>{prose()}</div></body></html>"))
    assert article.title == TITLE
    assert not article.body.startswith(TITLE)


def test_a_dash_in_the_headline_is_no_suffix() -> None:
    title = "Россия — Куба: итоги визита"
    page = f"<html><head><title>{title} | МИД России</title></head><body><h1>{title}</h1>{prose()}</body></html>"
    assert read(raw(page)).title == title


@pytest.mark.parametrize("title", ["x", "Новости", "Новости администрации", "Общество дружбы с народами Азии"])
def test_a_page_without_headings(title: str) -> None:
    """The short line right above the prose, when <title> names the site."""
    page = f"<html><head><title>{title}</title></head><body><div>{TITLE}</div><div>28.03.2024</div><div>{prose()}</div></body></html>"
    article = read(raw(page))
    assert (article.title, article.published_raw) == (TITLE, "28.03.2024")
    assert article.body.startswith("Министр культуры Пётр Ильин")


def test_a_listing_is_no_release() -> None:
    items = "".join(
        f"<div class=item><i>1{n}.03.2024</i> <a href=/n/{n}>Министр провёл встречу номер {n} с послом</a><p>Стороны обсудили вопрос {n} и договорились.</p></div>"
        for n in range(8)
    )
    with pytest.raises(EmptyPage):
        read(raw(f"<html><head><title>Новости</title></head><body><h1>Новости</h1>{items}</body></html>"))
