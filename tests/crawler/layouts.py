# ruff: noqa: E501 markup in lines as long as sites write them
"""Pages of our own making in the manners of agencies' sites: a release in, the markup of one such site out.

Each layout is one function. The furniture is as thick as on the real sites, and stands where it stands there.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from importlib.resources import files

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
NOMINATIVE = "Январь Февраль Март Апрель Май Июнь Июль Август Сентябрь Октябрь Ноябрь Декабрь".split()


@dataclass(frozen=True, kw_only=True)
class Told:
    """A release to be put on a page."""

    title: str
    paragraphs: tuple[str, ...]
    published: datetime
    lead: str = ""

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def day(self) -> str:
        return f"{self.published.day} {MONTHS[self.published.month - 1]} {self.published.year}"


@dataclass(frozen=True, kw_only=True)
class Page:
    body: bytes
    url: str
    content_type: str = "text/html; charset=utf-8"
    dated: bool = True
    """The page tells when it was published."""
    clock: bool = True
    """With the time of day."""


@cache
def labelled(id: str) -> Told:  # noqa: A002 the field's name in the data
    stored = json.loads((files("data") / "labels" / "releases" / f"{id}.json").read_text("utf-8"))
    day = datetime.fromisoformat(stored["published"])
    return Told(
        title=" ".join(stored["title"].split()),
        paragraphs=tuple(stored["text"].split("\n\n")),
        published=day.replace(hour=15, minute=30),
    )


def paragraphs(told: Told, tag: str = "p", attributes: str = "") -> str:
    return "\n".join(f"<{tag}{attributes}>{lines(text)}</{tag}>" for text in told.paragraphs)


def lines(text: str) -> str:
    return "<br>\n".join(escape(line, quote=False) for line in text.split("\n"))


def links(others: list[Told], tag: str = "li") -> str:
    return "\n".join(f'<{tag}><a href="/news/{n}/">{escape(other.title)}</a></{tag}>' for n, other in enumerate(others))


def announcements(others: list[Told], box: str = "news-item") -> str:
    """Cards with a day, a linked headline and the first sentences: prose that is not this release's."""
    return "\n".join(
        f'<div class="{box}"><span class="{box}-d">{other.day}</span> <a href="/news/{n}/">{escape(other.title)}</a>'
        f"<div>{escape(other.paragraphs[0][:260])}…</div></div>"
        for n, other in enumerate(others)
    )


def president(told: Told, others: list[Told]) -> Page:
    body = told.paragraphs
    return Page(
        url="http://kreml.example/events/president/news/73712",
        body=f"""<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{escape(told.title)} • Президент</title>
<meta property="og:title" content="{escape(told.title)}"><meta property="og:site_name" content="Президент">
<meta property="og:type" content="article"></head><body class="page page_events no-js">
<div class="accessibility"><a href="#content">Перейти к содержанию</a><p>Версия официального сайта для мобильных устройств</p></div>
<header class="header"><nav><ul class="menu"><li><a href="/events">События</a></li><li><a href="/structure">Структура</a></li>
<li><a href="/catalog/glossary">Справочник</a></li></ul></nav><form action="/search"><input name="query"><button>Найти</button></form></header>
<article class="read h-entry"><div class="read__top"><h1 class="entry-title p-name">{escape(told.title)}</h1>
<div class="read__lead entry-summary p-summary">{escape(body[0])}</div>
<div class="read__meta"><time class="read__published" datetime="{told.published:%Y-%m-%d}T{told.published:%H:%M}:00+04:00">{told.day} года</time>
<div class="read__time">{told.published:%H:%M}</div><div class="read__place p-location"><a href="/events?place=9">Москва, Кремль</a></div></div></div>
<div class="read__social social"><a class="soc__item" href="#">ВКонтакте</a><a class="soc__item" href="#">Telegram</a></div>
<figure class="photo"><img src="/1.jpg"><figcaption>Во время встречи. Фото: пресс-служба</figcaption><span>1 из 4</span></figure>
<div class="entry-content e-content read__internal_content" itemprop="articleBody">
{"".join(f"<p>{lines(text)}</p>" for text in body[1:])}
<div class="read__tooltip tooltip" data-id="12"><b>Персона</b><p>Родился в 1961 году, окончил институт, занимает должность с 2020 года.</p></div>
</div>
<div class="read__tags masha-ignore"><h3>Темы</h3><ul><li class="p-category"><a href="/catalog/keywords/82/events">Внешняя политика</a></li></ul>
<h3>Дата публикации: {told.day}, {told.published:%H:%M}</h3><p>Ссылка на материал: kreml.example/d/73712</p></div></article>
<section class="more"><h2>Смотрите также</h2><div class="hentry h-entry">{announcements(others, "hentry__item")}</div></section>
<footer class="footer"><p>Все материалы сайта доступны по лицензии: Creative Commons Attribution 4.0 International</p></footer></body></html>""".encode(),
    )


def government(told: Told, others: list[Told]) -> Page:
    return Page(
        url="http://pravitelstvo.example/news/51234/",
        body=f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Новости - Правительство</title>
<meta property="og:title" content="{escape(told.title)} - Новости - Правительство"></head><body>
<div class="layout"><div class="header"><a href="/"><h1 class="logo">Правительство</h1></a><div class="date-today">22 ноября 2026</div>
<ul class="nav"><li><a href="/news/">Новости</a></li><li><a href="/docs/">Документы</a></li><li><a href="/gov/">Структура</a></li></ul></div>
<div class="feed"><h2>Новости</h2>{announcements(others, "headline")}</div>
<div class="reader"><div class="reader_article">
<div class="reader_article_dateline"><span class="reader_article_dateline__date">{told.day}</span> <span class="reader_article_dateline__time">{told.published:%H:%M}</span></div>
<h3 class="reader_article_headline">{escape(told.title)}</h3>
<p class="reader_article_lead">{lines(told.paragraphs[0])}</p>
<div class="reader_article_body">{"".join(f"<p>{lines(text)}</p>" for text in told.paragraphs[1:])}
<p class="gallery-link"><a href="/gallery/1">Фоторепортаж</a></p></div>
<div class="reader_article_meta"><span>Персоны:</span> <a href="/gov/persons/1">Председатель</a>, <span>Темы:</span> <a href="/rugovclassifier/1/">Международное сотрудничество</a></div>
<div class="entry__share"><a href="#">Поделиться</a></div></div></div>
<div class="footer"><p>В соответствии с законом материалы сайта могут быть воспроизведены с указанием источника.</p></div></div></body></html>""".encode(),
    )


def duma(told: Told, others: list[Told]) -> Page:
    first, *rest = told.paragraphs
    tip = (
        '<span class="person-tip"><a href="/duma/persons/1/" class="person-link">Председатель</a><span class="person-tip__popup tooltip">'
        "Депутат Государственной Думы, избран в составе федерального списка кандидатов. Член фракции.</span></span> "
    )
    return Page(
        url="http://duma.example/news/58901/",
        body=f"""<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>{escape(told.title)}</title></head><body>
<div class="header-wrap"><nav class="nav-main"><a href="/news/">Новости</a><a href="/duma/">О Думе</a></nav></div>
<main class="page"><ol class="breadcrumbs" itemscope itemtype="http://schema.org/BreadcrumbList"><li itemprop="itemListElement"><span itemprop="name">Главная</span></li><li><span itemprop="name">Новости</span></li></ol>
<article class="article" itemscope itemtype="http://schema.org/NewsArticle"><header class="article__header"><time class="article__date" itemprop="datePublished" datetime="{told.published:%Y-%m-%dT%H:%M}:00+03:00">{told.published:%d.%m.%Y} {told.published:%H:%M}</time>
<h1 class="article__title" itemprop="headline">{escape(told.title)}</h1></header>
<div class="article__lead" itemprop="description">{lines(first)}</div>
<div class="article__gallery gallery"><img src="1.jpg"><p>Фото: пресс-служба. Скачать все фото</p></div>
<div class="article__content" itemprop="articleBody"><p>{tip}{lines(rest[0]) if rest else ""}</p>{"".join(f"<p>{lines(text)}</p>" for text in rest[1:])}
<div class="article__contents toc"><b>Содержание</b><ol><li><a href="#1">О чём договорились</a></li><li><a href="#2">Что дальше</a></li></ol></div></div>
<div class="article__share ya-share2"></div><ul class="article__tags"><li><a rel="tag" href="/tags/1">международные связи</a></li></ul></article>
<section class="block"><h2>Читайте также</h2><ul>{links(others)}</ul></section></main>
<aside class="side"><h3>Лента новостей</h3>{announcements(others, "lenta")}</aside><footer>© Дума</footer></body></html>""".encode(),
    )


def council(told: Told, others: list[Told]) -> Page:
    return Page(
        url="http://sovet.example/events/news/165432/",
        body=f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>Новости :: {escape(told.title)}</title></head><body>
<div id="header"><a href="/">Совет</a><div class="visually_impaired"><a href="#">Версия для слабовидящих</a></div></div>
<div class="main"><div class="main_content"><h1 class="header_title p-name">{escape(told.title)}</h1>
<div class="person_date"><time class="dt-published" datetime="{told.published:%Y-%m-%d}">{told.day}, {told.published:%H:%M}</time></div>
<div class="main_article"><div class="body_text e-content">{"<br><br>".join(lines(text) for text in told.paragraphs)}</div>
<div class="see_also"><div class="title">Смотрите также:</div>{links(others, "p")}</div></div>
<div class="bottom_links"><a href="?print">Версия для печати</a> <a href="#">Отправить по почте</a></div></div>
<div class="right_column">{announcements(others, "event")}</div></div><div id="footer">Адрес: улица Большая, дом 26. Телефон: 8 (495) 000-00-00</div></body></html>""".encode(),
    )


def bitrix_old(told: Told, others: list[Told]) -> Page:
    """windows-1251 that only the meta tells; text in a bare cell divided by line breaks."""
    text = "<br />\n<br />\n".join(lines(text) for text in told.paragraphs)
    return Page(
        url="http://www.ministerstvo.example/press/news/index.php?ELEMENT_ID=4711",
        content_type="text/html",
        body=f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251" />
<title>{escape(told.title)}</title><script type="text/javascript">var bxDate='01.01.2020';</script></head><body>
<div id="bx-panel"></div><table width="100%"><tr><td id="leftcol" width="220"><ul id="vertical-multilevel-menu"><li><a href="/ministry/">Министерство</a></li><li><a href="/press/">Пресс-центр</a><ul><li><a href="/press/news/">Новости</a></li><li><a href="/press/photo/">Фотогалерея</a></li></ul></li></ul>
<div class="sub"><form action="/search/"><input type="text" name="q"></form></div><div class="informer"><b>Телефон доверия</b><br>8 (800) 000-00-00<br>круглосуточно, анонимно, бесплатно по всей стране.</div></td>
<td id="content"><div class="breadcrumb-navigation"><a href="/">Главная</a> &gt; <a href="/press/">Пресс-центр</a> &gt; <span>Новости</span></div>
<h1 id="pagetitle">Новости</h1><div class="news-detail"><img class="detail_picture" src="/upload/1.jpg" alt="" /><span class="news-date-time">{told.published:%d.%m.%Y}</span><h3>{escape(told.title)}</h3>
{text}
<div style="clear:both"></div><br />Количество показов:&nbsp;1204<br /><div class="news-detail-share"><noindex><a href="#">Поделиться…</a></noindex></div></div>
<p><a href="/press/news/">Возврат к списку</a></p></td>
<td id="rightcol"><h2>Анонсы</h2><div class="news-list">{"".join(f'<p class="news-item"><span class="news-date-time">{o.published:%d.%m.%Y}</span> <a href="#"><b>{escape(o.title)}</b></a><br />{escape(o.paragraphs[0][:200])}</p>' for o in others)}</div></td></tr></table>
<div id="footer">&copy; Министерство, 2008-2026. При использовании материалов ссылка на сайт обязательна.</div></body></html>""".encode(
            "cp1251", "xmlcharrefreplace"
        ),
        clock=False,
    )


def bitrix_new(told: Told, others: list[Told]) -> Page:
    """The day and the month in boxes of their own, no year; the text in several boxes of a page builder."""
    boxes = "".join(
        f'<div class="detail-block detail-block--text"><p>{lines(text)}</p></div>' for text in told.paragraphs
    )
    return Page(
        url="https://nauka.example/press-center/news/mezhdunarodnoe/89012/",
        body=f"""<!DOCTYPE html><html lang="ru" data-bx><head><meta charset="UTF-8"><title>{escape(told.title)} - Минобразнауки</title><meta name="description" content="Новости министерства"></head><body>
<div class="cookie-notice"><p>Мы используем файлы cookie, чтобы сайт работал лучше. Продолжая пользоваться сайтом, вы соглашаетесь с этим.</p><button>Хорошо</button></div>
<div class="wrapper"><div class="header header--inner"><div class="header__menu">{links(others[:2], "div")}</div></div>
<div class="page-content"><div class="bx-breadcrumb"><a href="/">Главная</a><span>/</span><a href="/press-center/">Пресс-центр</a></div>
<div class="news-detail-page"><div class="news-detail-page__head"><div class="date"><div class="date-day">{told.published.day}</div><div class="date-month">{MONTHS[told.published.month - 1]}</div></div><h1 class="title-1">{escape(told.title)}</h1></div>
<div class="news-detail-page__body">{boxes}<div class="detail-block detail-block--slider swiper"><div class="swiper-slide"><img src="1.jpg"></div></div></div>
<div class="news-detail-page__files"><a href="/upload/iblock/doc.pdf">Программа визита (PDF, 1,2 МБ)</a></div></div>
<div class="other-news"><h2>Другие новости</h2><div class="other-news__list">{announcements(others, "card")}</div></div></div>
<div class="footer"><div class="footer__contacts">Москва, улица Тверская, 11. +7 (495) 000-00-00, info@nauka.example</div></div></div></body></html>""".encode(),
        clock=False,
    )


def wordpress(told: Told, others: list[Told]) -> Page:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebPage", "name": f"{told.title} - Фонд", "datePublished": "2011-01-01T00:00:00+00:00"},
            {
                "@type": "Article",
                "headline": told.title,
                "datePublished": f"{told.published:%Y-%m-%dT%H:%M}:00+03:00",
                "author": {"@type": "Person", "name": "Вера Климова"},
                "keywords": ["Форум", "Молодёжь"],
                "articleBody": told.text[:60],
            },
        ],
    }
    return Page(
        url=f"https://fond.example/{told.published:%Y/%m}/vstrecha/",
        body=f"""<!DOCTYPE html><html lang="ru-RU"><head><meta charset="UTF-8"><title>{escape(told.title)} - Фонд</title>
<script type="application/ld+json" class="yoast-schema-graph">{json.dumps(graph, ensure_ascii=False)}</script></head>
<body class="post-template-default single single-post postid-12 with-sidebar"><div id="page" class="site"><a class="skip-link" href="#content">Перейти к содержимому</a>
<header id="masthead" class="site-header"><p class="site-title"><a href="/">Фонд</a></p><nav class="main-navigation"><ul><li><a href="/about/">О фонде</a></li></ul></nav></header>
<div id="primary" class="content-area"><main class="site-main"><article id="post-12" class="post hentry"><header class="entry-header"><h1 class="entry-title">{escape(told.title)}</h1>
<div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="{told.published:%Y-%m-%dT%H:%M}:00+03:00">{told.published:%d.%m.%Y}</time><time class="updated" datetime="2026-01-01T00:00:00+03:00">01.01.2026</time></span> <span class="byline"><a class="url fn n" href="/author/vera/">vera</a></span></div></header>
<div class="entry-content">{paragraphs(told)}<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Поделиться ссылкой:</h3><ul><li><a href="#">Telegram</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Похожее</h3>{links(others, "p")}</div></div>
<footer class="entry-footer"><span class="cat-links">Рубрики: <a href="/c/1" rel="category tag">Новости</a></span></footer></article>
<nav class="post-navigation"><h2>Навигация по записям</h2><a rel="prev" href="/1">{escape(others[0].title)}</a></nav>
<div id="comments" class="comments-area"><h2>1 комментарий</h2><ol class="comment-list"><li class="comment"><p>Замечательная встреча, спасибо организаторам! Очень ждём продолжения в следующем году в нашем городе.</p></li></ol>
<div id="respond"><h3>Добавить комментарий</h3><p>Ваш адрес email не будет опубликован. Обязательные поля помечены *</p></div></div></main></div>
<aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2>Свежие записи</h2><ul>{links(others)}</ul></section></aside>
<footer class="site-footer">Сайт работает на WordPress</footer></div></body></html>""".encode(),
    )


def drupal(told: Told, others: list[Told]) -> Page:
    return Page(
        url="https://oblast.example/news/12001",
        body=f"""<!DOCTYPE html><html lang="ru" dir="ltr"><head><meta charset="utf-8" /><title>{escape(told.title)} | Правительство области</title></head><body class="path-node page-node-type-news has-sidebar-second">
<div class="region region-header"><div id="block-today">Сегодня: воскресенье, 22 ноября 2026 г.</div><div class="block-system-menu-block"><ul class="menu"><li><a href="/">Главная</a></li><li><a href="/gov">Власть</a></li></ul></div></div>
<div class="layout-container"><div class="region region-breadcrumb"><nav class="breadcrumb"><a href="/">Главная</a></nav></div><main role="main"><div class="layout-content"><div class="region region-content">
<div class="block-page-title-block"><h1 class="page-header"><span>{escape(told.title)}</span></h1></div>
<article role="article" class="node node--type-news node--view-mode-full"><footer class="node__meta"><div class="node__submitted">Опубликовано {told.published:%d.%m.%Y} - {told.published:%H:%M}</div></footer>
<div class="node__content"><div class="field field--name-field-image"><img src="1.jpg"></div><div class="text-formatted field field--name-body field__item">{paragraphs(told)}</div>
<div class="field field--name-field-tags"><div class="field__label">Теги</div><div><a href="/taxonomy/term/1">сотрудничество</a></div><div><a href="/taxonomy/term/2">регион</a></div></div>
<div class="changed">Последнее изменение: 30.12.2025 - 09:00</div></div></article></div></div>
<aside class="layout-sidebar-second" role="complementary"><div class="views-element-container"><h2>Последние новости</h2>{announcements(others, "views-row")}</div></aside></main></div>
<footer><div class="region-footer"><p>344000, город, улица Социалистическая, 112. Телефон: (863) 000-00-00</p></div></footer></body></html>""".encode(),
    )


def gosweb(told: Told, others: list[Told]) -> Page:
    return Page(
        url="https://gorodok.gosweb.example/dlya-zhiteley/novosti-i-reportazhi/novosti_1042.html",
        body=f"""<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{escape(told.title)}</title></head><body>
<div class="tpl-anchor"></div><div class="tpl-component-gw-header"><div class="gw-bvi">Версия для слабовидящих</div><div class="gw-logo">Администрация города<br>официальный сайт</div></div>
<section id="navpath"><ul class="gw-breadcrumbs"><li>Главная</li><li>Для жителей</li><li>Новости и репортажи</li></ul></section>
<main class="page-main"><section class="tpl-block-full"><div class="container"><h1 class="tpl-text-header1">{escape(told.title)}</h1>
<div itemscope itemtype="http://schema.org/NewsArticle" class="tpl-component-gw-news tpl-template-full"><meta itemprop="headline" content="{escape(told.title)}"><meta itemprop="datePublished" content="{told.published:%Y-%m-%dT%H:%M}:00">
<div class="gw-news-info"><div class="tpl-text-alt" >{told.published:%d.%m.%Y}</div></div>
<div class="gw-news-gallery slick"><img src="1.jpg"></div><div class="tpl-text-default-paragraph gw-wysiwyg" itemprop="articleBody">{paragraphs(told, "div")}</div>
<div class="gw-share"><span>Поделиться</span><a href="#">ВКонтакте</a></div></div></div></section>
<section><div class="container"><h2>Новости по теме</h2><div class="tpl-component-gw-news-list" >{announcements(others, "gw-card")}</div></div></section></main>
<div class="tpl-footer"><p>Решаем вместе. Есть вопрос? Напишите нам</p><p>Телефон приёмной: 8 (343) 000-00-00</p></div></body></html>""".encode(),
    )


def old_tables(told: Told, others: list[Told]) -> Page:
    """Tables in tables, no heading elements, no day of publication; an events widget with days of its own."""
    text = "<br><br>".join(lines(text) for text in told.paragraphs)
    events = "".join(
        f"<tr><td class=ev><b>{o.published.day} {NOMINATIVE[o.published.month - 1]}</b><br>{o.published.year}</td><td><a href=/events/{n}>{escape(o.title)}</a></td></tr>"
        for n, o in enumerate(others)
    )
    return Page(
        url="http://www.druzhba.example/news/4521",
        content_type="text/html",
        dated=False,
        body=f"""<HTML><HEAD><TITLE>Общество дружбы :: Новости</TITLE><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1251"></HEAD>
<BODY BGCOLOR=#FFFFFF><TABLE WIDTH=980 ALIGN=center CELLPADDING=0><TR><TD COLSPAN=3><IMG SRC=/i/top.gif></TD></TR>
<TR><TD COLSPAN=3><A HREF=/>Главная</A> / <A HREF=/news>Новости</A> / {escape(told.title)}</TD></TR>
<TR VALIGN=top><TD WIDTH=200><TABLE><TR><TD><FONT SIZE=2><B>Мероприятия</B></FONT></TD></TR>{events}<TR><TD COLSPAN=2><A HREF=/events>Все мероприятия</A></TD></TR></TABLE>
<TABLE><TR><TD><B>Облако тегов</B></TD></TR><TR><TD><CANVAS ID=tc>Ваш браузер не поддерживает свойство canvas</CANVAS><A HREF=/t/1>молодёжь</A> <A HREF=/t/2>язык</A> <A HREF=/t/3>форум</A></TD></TR></TABLE></TD>
<TD><FONT FACE=Tahoma SIZE=4 COLOR=#003366><B>{escape(told.title)}</B></FONT><BR><BR><FONT FACE=Tahoma SIZE=2>{text}</FONT><BR><BR><A HREF="javascript:print()">Распечатать</A></TD>
<TD WIDTH=150><A HREF=http://banner.example><IMG SRC=/b1.gif></A></TD></TR>
<TR><TD COLSPAN=3 ALIGN=center><FONT SIZE=1>&copy; Общество дружбы, 1998-2013. Тел./факс (495) 000-00-00</FONT></TD></TR></TABLE></BODY></HTML>""".encode(
            "cp1251", "xmlcharrefreplace"
        ),
    )


def foreign_ministry(told: Told, others: list[Told]) -> Page:
    return Page(
        url="https://mid.example/ru/foreign_policy/news/1941234/",
        body=f"""<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{escape(told.title)} - Министерство иностранных дел</title></head><body><noscript>Включите JavaScript</noscript>
<div class="page-header"><ul class="header-menu"><li><a href="/ru/about/">Министерство</a></li></ul></div><div class="page-body photo-content"><div class="breadcrumbs"><a href="/">Главная</a></div>
<div class="photo-content__info"><div class="photo-content__date">{told.day} {told.published:%H:%M}</div><h1 class="photo-content__title">{escape(told.title)}</h1><div class="photo-content__number">567-{told.published:%d-%m-%Y}</div></div>
<div class="article-toc toc"><ul><li><a href="#1">О визите</a></li><li><a href="#2">О переговорах</a></li></ul></div>
<div class="text article-content">{paragraphs(told)}<p><a href="#top">Назад к оглавлению</a></p></div>
<div class="photo-content__socials socials"><a href="#">Поделиться</a></div><div class="article-additional"><h3>Дополнительные материалы</h3><div class="announces">{announcements(others, "announce")}</div></div></div>
<div class="page-footer"><p>Адрес: 119200, Москва, Смоленская-Сенная пл., 32/34</p></div></body></html>""".encode(),
    )


def page_builder(told: Told, others: list[Told]) -> Page:
    """No names that tell anything, styles in the markup, paragraphs as boxes."""
    boxes = "".join(
        f'<div class="t-col"><div field="text" class="t-text t-text_md" style="font-size:18px;">{lines(text)}</div></div>'
        for text in told.paragraphs
    )
    cards = "".join(
        f'<div class="t-feed__post"><a href="/n/{n}"><div class="t-feed__post-title">{escape(o.title)}</div></a><div class="t-feed__post-descr">{escape(o.paragraphs[0][:150])}</div><div class="t-feed__post-date">{o.published:%d.%m.%Y}</div></div>'
        for n, o in enumerate(others)
    )
    return Page(
        url="https://center.example/tpost/abc-vstrecha",
        body=f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(told.title)}</title><meta property="og:title" content="{escape(told.title)}"></head><body class="t-body"><div id="allrecords" class="t-records">
<div id="rec1" class="r t-rec"><div class="t228"><div class="t228__list"><a href="/">О центре</a><a href="/news">Новости</a></div></div></div>
<div id="rec2" class="r t-rec"><div class="t-container"><div class="t-col t-col_8"><div class="t-uptitle">{told.published:%d.%m.%Y} {told.published:%H:%M}</div><div class="t-title t-title_xl">{escape(told.title)}</div></div></div></div>
<div id="rec3" class="r t-rec"><div class="t-container">{boxes}</div></div>
<div id="rec4" class="r t-rec"><div class="t-section"><div class="t-section__title">Ещё новости</div>{cards}</div></div>
<div id="rec5" class="r t-rec"><div class="t-text">Подпишитесь на нашу рассылку, чтобы не пропустить важное</div><div>© 2026 Центр. +7 900 000-00-00</div></div></div></body></html>""".encode(),
    )


def form_wrapped(told: Told, others: list[Told]) -> Page:
    """ASP.NET: the whole page in a form; paragraphs in MSO spans."""
    text = "".join(
        f'<p class="MsoNormal"><span style="font-size:14pt"><font face="Times New Roman">{lines(text)}</font></span></p><p>&nbsp;</p>'
        for text in told.paragraphs
    )
    return Page(
        url="http://adm.example/Pages/News.aspx?id=771",
        body=f"""<html xmlns="http://www.w3.org/1999/xhtml"><head><title>
	Новости администрации
</title></head><body><form name="aspnetForm" method="post" action="News.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="x" />
<div id="s4-workspace"><div id="ctl00_TopMenu" class="s4-tn"><ul class="root static"><li><a href="/">Главная</a></li><li><a href="/city">Город</a></li></ul></div>
<div id="ctl00_Left"><div class="ms-quicklaunch"><ul><li><a href="/a">Глава</a></li><li><a href="/b">Дума</a></li></ul></div></div>
<div id="ctl00_Main"><div class="newsTitle">{escape(told.title)}</div><div class="newsInfo">Дата публикации: {told.published:%d.%m.%Y} {told.published:%H:%M} &nbsp; Просмотров: 315</div><div class="newsText">{text}</div>
<div class="newsDocs"><a href="/docs/plan.docx">План мероприятий</a></div><div class="newsBack"><a href="/news">Все новости</a></div></div>
<div id="ctl00_Right"><b>Объявления</b>{announcements(others, "ad")}</div><div id="ctl00_Foot">Телефон горячей линии 8 (800) 000-00-00. Нашли ошибку? Выделите её и нажмите Ctrl+Enter.</div></div></form></body></html>""".encode(),
    )


def portal(told: Told, others: list[Told]) -> Page:
    """Today's date, weather and rates in the header; the day of an edit below the text; a document's number in it."""
    return Page(
        url="https://respublika.example/index.htm/news/2345678.htm",
        body=f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Портал республики - {escape(told.title)}</title></head><body>
<div class="topline"><div class="topline__date">воскресенье, 22 ноября 2026</div><div class="topline__weather">−4 °C, небольшой снег</div><div>USD 99.10 EUR 104.20</div></div>
<div class="l-main"><div class="l-content"><div class="page__section">Новости</div><h1 class="page__title">{escape(told.title)}</h1><div class="page__info"><span class="page__date">{told.day} г., {told.published:%H:%M}</span><span class="page__views">1 204</span></div>
<div class="page__text"><div class="wysiwyg">{paragraphs(told, "div")}</div></div>
<div class="page__update">Последнее обновление: 29 октября 2026 г., 10:00</div><div class="page__print"><a href="?print=1">Версия для печати</a></div></div>
<div class="l-side"><div class="block"><div class="block__title">События</div>{announcements(others, "block__item")}</div><div class="block"><div class="block__title">Опрос</div><p>Как вы оцениваете работу общественного транспорта в вашем городе?</p></div></div></div>
<div class="bottom">При полном или частичном использовании материалов ссылка на портал обязательна.</div></body></html>""".encode(),
    )


def university(told: Told, others: list[Told]) -> Page:
    """The headline in a banner far from the text; a column of news without a heading of its own."""
    return Page(
        url="https://univer.example/news/detail/40404/",
        body=f"""<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{escape(told.title)} — Университет</title><meta property="og:title" content="{escape(told.title)} — Университет"></head><body>
<!--[if lt IE 9]><p>Ваш браузер устарел</p><![endif]--><div class="browser-warning">Ваш браузер устарел. Обновите его, чтобы сайт работал правильно и безопасно, или установите другой.</div>
<div class="hero" style="background:url(1.jpg)"><div class="container"><div class="hero-date">{told.day}</div><h1>{escape(told.title)}</h1></div></div>
<div class="container"><div class="row"><div class="col-md-8"><div class="content">{paragraphs(told)}</div><div class="row docs"><div class="col-md-12"><a href="/f/1.pdf">Презентация доклада</a></div></div></div>
<div class="col-md-4">{announcements([*others, *others], "media")}</div></div></div>
<div class="container foot"><div class="row"><div class="col-md-3"><p>Приёмная ректора: +7 (382-2) 00-00-00, rector@univer.example, корпус 1, кабинет 210.</p></div></div></div></body></html>""".encode(),
        clock=False,
    )


def mayor_json(told: Told, others: list[Told]) -> Page:
    answer = {
        "id": 132345073,
        "title": told.title,
        "date": f"{told.published:%Y-%m-%d %H:%M}:00",
        "preview_text": told.paragraphs[0][:80] + "…",
        "full_text": paragraphs(told),
        "label": None,
        "image": {"src": "/1.jpg", "title": "Фото: пресс-служба"},
        "spheres": [{"id": 1, "title": "Город"}],
    }
    return Page(
        url="https://gorod.example/api/articles/132345073",
        content_type="application/json",
        body=json.dumps(answer, ensure_ascii=False).encode(),
    )


def rest_json(told: Told, others: list[Told]) -> Page:
    answer = {
        "id": 12,
        "date": f"{told.published:%Y-%m-%dT%H:%M}:00",
        "slug": "x",
        "title": {"rendered": escape(told.title)},
        "content": {"rendered": paragraphs(told), "protected": False},
        "excerpt": {"rendered": f"<p>{escape(told.paragraphs[0][:90])}&hellip;</p>"},
    }
    return Page(
        url="https://fond.example/wp-json/wp/v2/posts/12",
        content_type="application/json; charset=UTF-8",
        body=json.dumps(answer).encode(),
    )


Layout = Callable[[Told, list[Told]], Page]
LAYOUTS: tuple[Layout, ...] = (
    president,
    government,
    duma,
    council,
    bitrix_old,
    bitrix_new,
    wordpress,
    drupal,
    gosweb,
    old_tables,
    foreign_ministry,
    page_builder,
    form_wrapped,
    portal,
    university,
    mayor_json,
    rest_json,
)
