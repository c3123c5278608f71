# ruff: noqa: E501 markup in lines as long as sites write them
"""A page in, the release out: whole layouts, then each field's order of trust."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.items import Article
from crawler.page import (
    Blocked,
    EmptyPage,
    LayoutChanged,
    NotAPage,
    Siblings,
    TooLarge,
    fingerprint,
    learn,
    read,
    read_file,
)
from crawler.source import Selectors, Source
from tests.crawler.layouts import LAYOUTS, Layout, bitrix_new, labelled
from tests.crawler.pages import NOW, PROSE, expected_day, fetched, likeness, news, prose, raw

OTHERS = [labelled(name) for name in ("a-003", "b-005", "c-007", "d-009", "e-011")]
RELEASES = [labelled(name) for name in ("a-005", "b-007", "f-013", "g-033", "h-017")]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_page_alone(layout: Layout) -> None:
    for told in RELEASES:
        page = layout(told, OTHERS)
        article = read(fetched(page))
        assert article.title == told.title
        assert likeness(article.body, told.text) > 0.985, article.body
        if layout is not bitrix_new:  # prints no year: see case 4
            assert article.published_at == expected_day(told, page)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_page_among_its_siblings(layout: Layout) -> None:
    siblings = learn(fetched(layout(told, OTHERS)) for told in RELEASES[1:])
    article = read(fetched(layout(RELEASES[0], OTHERS)), siblings=siblings)
    assert article.title == RELEASES[0].title
    assert likeness(article.body, RELEASES[0].text) > 0.985


def test_siblings_drop_what_no_rule_knows() -> None:
    def page(n: int, text: str) -> str:
        odd = (
            "<div class=zzz><p>Приглашаем всех жителей на большую ярмарку мёда, которая идёт каждые выходные.</p></div>"
        )
        return news(f"<div>{odd}</div><div><p>{text}</p></div>", title=f"Новость номер {n} о важном")

    pages = [raw(page(n, f"{PROSE[0]} {word} {PROSE[1]}")) for n, word in enumerate(("Раз.", "Два.", "Три."))]
    assert "ярмарку" in read(pages[0]).body
    siblings = learn(pages[1:])
    assert "ярмарку" not in read(pages[0], siblings=siblings).body
    assert "Раз." in read(pages[0], siblings=siblings).body
    assert Siblings.from_json(siblings.as_json()) == siblings


def test_broken_siblings_are_named() -> None:
    with pytest.raises(ValueError, match="общих блоков"):
        Siblings.from_json('{"pages": 1}')


def source(**fields: object) -> Source:
    return Source(id="agency", name="Агентство", home="https://agency.example", **fields)  # type: ignore[arg-type]


def test_the_source_s_selectors_come_first() -> None:
    page = raw(
        "<html><body><h1>Пресс-служба сообщает</h1><h4 class=real>Министр прибыл на Кубу</h4>"
        "<i class=when>28.03.2024 15:30</i>"
        f"<div class=lid>Коротко о визите в Гавану.</div><div class=a>{prose()}</div>"
        f"<div class=b>{prose()}<p>{PROSE[0]} Ещё.</p></div></body></html>"
    )
    article = read(page, source(selectors=Selectors(title=".real", body=".a", published=".when", lead=".lid")))
    assert article.title == "Министр прибыл на Кубу"
    assert article.lead == "Коротко о визите в Гавану."
    assert article.body == "\n\n".join([article.lead, *PROSE])
    assert article.published_raw == "28.03.2024 15:30"
    assert article.provenance["body"] == "selector .a"


def test_a_selector_that_finds_nothing() -> None:
    from datetime import date

    page, selectors = raw(news(prose())), Selectors(body=".gone")
    assert read(page, source(selectors=selectors)).body == "\n\n".join(PROSE)
    with pytest.raises(LayoutChanged, match=r"https://agency\.example/news/1/.*\.gone"):
        read(page, source(selectors=selectors, verified=date(2026, 1, 1)))


def test_a_source_has_the_last_word() -> None:
    def amend(page: object, article: Article) -> Article:
        return replace(article, title=article.title.upper())

    assert read(raw(news(prose())), source(amend=amend)).title == "МИНИСТР ПРИБЫЛ НА КУБУ"


def test_a_feed_s_full_text_stands_for_a_page_that_shows_none() -> None:
    page = raw(
        "<html><body><div id=app></div></body></html>",
        hints={"title": "Министр прибыл на Кубу", "body": prose() * 2, "published": "Thu, 28 Mar 2024 15:30:00 +0300"},
    )
    article = read(page)
    assert article.title == "Министр прибыл на Кубу"
    assert article.body.startswith(PROSE[0])
    assert article.provenance == {"title": "hint", "body": "hint", "published_at": "hint"}


def test_an_announcement_in_the_feed_does_not_replace_the_page() -> None:
    page = raw(news(prose()), hints={"title": "Министр прибыл на Кубу", "body": PROSE[0][:60] + "…"})
    assert read(page).body == "\n\n".join(PROSE)


def test_tags_authors_captions_attachments() -> None:
    page = raw(
        news(
            prose() + "<figure><img src=1.jpg><figcaption>Пётр Ильин и Мария Гонсалес</figcaption></figure>"
            '<p>Автор: Вера Климова</p><p><a href="/files/plan.pdf">План недели кино (PDF, 2,1 МБ)</a></p>'
        ).replace("</h1>", '</h1><div class="tags"><a href="/t/1">кино</a> <a href="/t/2">Куба</a></div>')
    )
    article = read(page)
    assert article.tags == ("кино", "Куба")
    assert article.authors == ("Вера Климова",)
    assert article.captions == ("Пётр Ильин и Мария Гонсалес",)
    assert [(one.url, one.title) for one in article.attachments] == [
        ("https://agency.example/files/plan.pdf", "План недели кино")
    ]
    assert "Пётр Ильин и Мария" not in article.body


def test_the_press_service_is_no_author() -> None:
    page = raw(news(prose()).replace("<head>", '<head><meta name="author" content="Пресс-служба министерства">'))
    assert read(page).authors == ()


def test_canonical_is_believed_when_it_names_this_page() -> None:
    markup = news(prose()).replace("<head>", '<head><link rel="canonical" href="https://agency.example/ru/news/1/">')
    assert read(raw(markup)).url == "https://agency.example/ru/news/1/"
    home = markup.replace("/ru/news/1/", "/")
    assert read(raw(home)).url == "https://agency.example/news/1/"


def test_language() -> None:
    assert read(raw(news(prose()))).language == "ru"
    english = (
        "<p>The minister arrived in Havana and met the head of the film institute of the country on Monday.</p>" * 3
    )
    assert read(raw(news(english, title="The minister arrived in Cuba"))).language == "en"


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "   \n",
        "<html><body></body></html>",
        "<html><body><div id=root></div><script>render()</script></body></html>",
    ],
    ids=["nothing", "spaces", "no text", "filled in by a script"],
)
def test_an_empty_page(markup: str) -> None:
    with pytest.raises(EmptyPage, match=r"https://agency\.example/news/1/"):
        read(raw(markup))


def test_a_wall_is_no_page() -> None:
    wall = "<html><title>Just a moment...</title><body><h1>Проверка браузера</h1><p>Подождите.</p></body></html>"
    with pytest.raises(Blocked, match=r"https://agency\.example/news/1/"):
        read(raw(wall))
    with pytest.raises(Blocked, match="403"):
        read(raw(news(prose()), status=403))


def test_a_captcha_in_a_feedback_form_is_no_wall() -> None:
    form = '<form><div class="g-recaptcha"></div></form>'
    short = news("<p>Приём граждан 5 мая отменён по техническим причинам.</p>", more=form)
    marked = short.replace("<head>", '<head><meta property="article:published_time" content="2024-03-28">')
    assert read(raw(marked)).body == "Приём граждан 5 мая отменён по техническим причинам."


HOSTILE = {
    "unclosed": "<html><body><h1>Министр прибыл на Кубу<p>" + "<div><b><p>".join(PROSE),
    "deep": "<div>" * 1_500 + news(prose()) + "</div>" * 1_500,
    "deep lists": news(prose() + "<ul><li>" * 5_000 + "x"),
    "zeros": news(prose()).replace("Министр", "Мини\x00стр"),
    "nested tables": news(prose(), more="<table><tr><td>" * 3_000),
    "attributes": news(prose()).replace("<div", "<div " + "a" * 100_000),
    "many classes": news(prose()).replace('class="text"', f'class="{"x " * 50_000}"'),
    "entities": news(prose() + "&#x110000;&#0;&bogus;&#xD800;"),
    "a million links": news(prose(), more='<p><a href="/x">Ещё одна новость агентства</a></p>' * 20_000),
    "no end": news(prose() + "<!-- " + "x" * 100_000),
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markup(markup: str) -> None:
    article = read(raw(markup))
    assert "встретился с руководителем Института кино" in article.body


def test_deeper_than_any_parser_goes() -> None:
    with pytest.raises(EmptyPage, match=r"agency\.example"):
        read(raw("<div>" * 50_000 + news(prose())))


def test_sizes_have_limits() -> None:
    import gzip

    with pytest.raises(TooLarge, match="МБ"):
        read(raw(b"<p>" + b"x" * 13_000_000))
    with pytest.raises(TooLarge, match="МБ"):
        read(raw(gzip.compress(b"<p>" + b" " * 50_000_000)))
    with pytest.raises(NotAPage, match="gzip"):
        read(raw(b"\x1f\x8b\x08\x00 not a gzip at all"))


def test_a_gzip_that_the_server_did_not_declare() -> None:
    import gzip

    assert read(raw(gzip.compress(news(prose()).encode()))).body == "\n\n".join(PROSE)


@pytest.mark.parametrize(
    ("contents", "why"),
    [
        (b"", "пуст"),
        (b" \n", "пуст"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (bytes(range(32)) * 50, "двоичный"),
    ],
    ids=["empty", "blank", "pdf", "png", "binary"],
)
def test_files_that_hold_no_release(tmp_path: Path, contents: bytes, why: str) -> None:
    path = tmp_path / "файл.html"
    path.write_bytes(contents)
    with pytest.raises((EmptyPage, NotAPage), match=why):
        read_file(path)


def test_a_file_may_be_a_page_an_answer_or_a_text(tmp_path: Path) -> None:
    text = "Министр прибыл на Кубу\n\n" + "\n\n".join(PROSE)
    answer = json.dumps({"title": "Министр прибыл на Кубу", "text": prose(), "date": "2024-03-28 15:30"})
    for name, contents in (("a.html", news(prose())), ("a.txt", text), ("a.json", answer)):
        path = tmp_path / name
        path.write_text(contents, "utf-8")
        article = read_file(path, fetched_at=NOW)
        assert (article.title, article.body) == ("Министр прибыл на Кубу", "\n\n".join(PROSE)), name


def test_a_fingerprint_is_of_what_is_told() -> None:
    first = read(raw(news(prose(), more="<div class=counter>Посетителей: 12</div><aside><p>Лента</p></aside>")))
    later = read(raw(news(prose("div"), more="<div class=counter>Посетителей: 99</div><aside><p>Другое</p></aside>")))
    edited = read(raw(news(prose().replace("осенью", "весной"))))
    assert fingerprint(first) == fingerprint(later) != fingerprint(edited)


def test_a_page_built_by_a_script_may_carry_its_text() -> None:
    linked = json.dumps({"@type": "NewsArticle", "headline": "Министр прибыл на Кубу", "articleBody": " ".join(PROSE)})
    state = json.dumps({"props": {"news": {"title": "Министр прибыл на Кубу", "text": prose()}}})
    for kind, text, body in (
        ("application/ld+json", linked, " ".join(PROSE)),
        ("application/json", state, "\n\n".join(PROSE)),
    ):
        page = f'<html><title>Министр прибыл на Кубу</title><body><div id=app></div><script type="{kind}">{text}</script></body></html>'
        assert read(raw(page)).body == body


@pytest.mark.parametrize(
    "markup",
    [
        f"<div class=page-header><h2>Министр прибыл на Кубу</h2></div><div>{prose()}</div>",
        f"<div class=m>{prose()}</div>".replace("<div class=m>", "<div class=m><h4>Министр прибыл на Кубу</h4>"),
        f"<div><h1>Министр прибыл на Кубу</h1></div><div><h1>Министр прибыл на Кубу</h1>{prose()}</div>",
        "<h1>Министр прибыл на Кубу</h1><pre>" + "\n\n".join(PROSE) + "</pre>",
        f"<h1>Министр прибыл на Кубу</h1><div>{prose()}</div><div><h3>Комментарии (3)</h3><p>{PROSE[0]} Ура!</p></div>",
        f"<h1>Министр прибыл на Кубу</h1><div>{prose()}<p>По теме: <a href=/1>Неделя кино</a></p><p>Теги: кино, Куба</p></div>",
    ],
    ids=["a header of the page", "h4", "twice", "preformatted", "comments", "links inside"],
)
def test_small_layouts(markup: str) -> None:
    article = read(raw(f"<html><body>{markup}</body></html>"))
    assert (article.title, article.body) == ("Министр прибыл на Кубу", "\n\n".join(PROSE))
