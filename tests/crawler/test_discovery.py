"""Listings, feeds, sitemaps and JSON answers read: what is found in them, what they are refused for."""

import json
from datetime import UTC, date, datetime

import pytest

from crawler.archive import Answer
from crawler.discovery import Page, Step, Unreadable, by_date, read, sniff, stop
from crawler.frontier import Found
from crawler.source import Api, Feed, Listing, Sitemap, Source, Way

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SOURCE = Source(id="a", name="А", home="https://a.ru", article=r"^/news/\d+")


def answer(body: str | bytes, url: str = "https://a.ru/list") -> Answer:
    data = body.encode() if isinstance(body, str) else body
    return Answer(url=url, status=200, headers=(("Content-Type", "text/html"),), body=data, fetched_at=NOW)


def found(way: Way, body: str | bytes) -> list[tuple[str, str | None, str]]:
    """(address, day, title) of each."""
    links = read(way, answer(body), SOURCE).found
    return [(link.url.removeprefix("https://a.ru"), day(link), link.hints.get("title", "")) for link in links]


def day(link: Found) -> str | None:
    return f"{link.published:%d.%m.%Y}" if link.published is not None else None


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/feed/2"/>
<entry><title type="html">Встреча &lt;b&gt;в Казани&lt;/b&gt;</title><link rel="enclosure" href="/photo/1"/>
<link href="/news/1"/><published>2026-11-20T15:00:00+03:00</published>
<content type="html">&lt;p&gt;Текст&lt;/p&gt;</content>
</entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><item><title>Встреча</title><link>https://a.ru/news/1</link>
<dc:date>2026-11-20</dc:date></item></rdf:RDF>"""
YANDEX = """<rss xmlns:yandex="http://news.yandex.ru"><channel><item><title>Встреча</title><link>/news/1</link>
<pubDate>Fri, 20 Nov 2026 15:00:00 +0300</pubDate>
<yandex:full-text>Весь текст.</yandex:full-text></item></channel></rss>"""
BROKEN = "<rss><channel><item><title>Встреча & визит</title><link>/news/1</link><pubDate>20.11.2026</pubDate></item>"


@pytest.mark.parametrize("feed", [ATOM, RDF, YANDEX, BROKEN], ids=["atom", "rdf", "yandex", "broken"])
def test_feeds_of_all_kinds(feed: str) -> None:
    ((url, at, title),) = found(Feed(url="/rss"), feed)
    assert (url, at) == ("/news/1", "20.11.2026")
    assert title.startswith("Встреча")


def test_whole_texts_of_feeds() -> None:
    assert read(Feed(url="/rss"), answer(ATOM), SOURCE).found[0].hints["body"] == "<p>Текст</p>"
    assert read(Feed(url="/rss"), answer(YANDEX), SOURCE).found[0].hints["body"] == "Весь текст."
    assert read(Feed(url="/rss"), answer(ATOM), SOURCE).next == "/feed/2"


def test_a_guid_that_is_an_address_will_do() -> None:
    feed = "<rss><channel><item><guid>https://a.ru/news/1</guid></item></channel></rss>"
    assert found(Feed(url="/rss"), feed) == [("/news/1", None, "")]


@pytest.mark.parametrize(
    ("way", "body"),
    [
        (Feed(url="/rss"), "<!DOCTYPE html><html><body>Страница не найдена</body></html>"),
        (Feed(url="/rss"), ""),
        (Feed(url="/rss"), "<urlset/>"),
        (Sitemap(url="/sitemap.xml"), "<rss/>"),
        (Sitemap(url="/sitemap.xml"), b"\x1f\x8bnonsense"),
        (Api(url="/api"), "<html>"),
        (Api(url="/api"), '{"items": {}}'),
        (Listing(url="/list"), ""),
    ],
)
def test_what_is_not_what_the_source_says_is_refused(way: Way, body: str | bytes) -> None:
    with pytest.raises(Unreadable, match=r"\S"):
        read(way, answer(body), SOURCE)


def test_entities_are_not_expanded_from_files() -> None:
    item = "<item><title>&x;</title><link>/news/1</link></item>"
    feed = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>{item}</channel></rss>'
    assert found(Feed(url="/rss"), feed) == [("/news/1", None, "&x;")]


LISTING = """<div class="news"><span class="d">20 ноября 2026, 15:30</span>
<a href="/news/1"><img src="1.jpg"></a><a href="/news/1">Министр встретился с послом в Казани</a><p>Лид</p></div>
<div class="news"><span class="d">19.11.2026</span>
<a href="/news/2" title="Открыта выставка в Самаре">читать далее</a></div>
<div class="news"><a href="news/3">18.11.2026 / Подписано соглашение о сотрудничестве</a></div>
<div class="aside"><a href="/about/">О ведомстве</a><a href="https://b.ru/news/9">Чужое</a></div>"""


def test_a_listing_read_without_being_told_how() -> None:
    assert found(Listing(url="/list"), LISTING) == [
        ("/news/1", "20.11.2026", "Министр встретился с послом в Казани"),
        ("/news/2", "19.11.2026", "Открыта выставка в Самаре"),
        ("/news/3", "18.11.2026", "Подписано соглашение о сотрудничестве"),
    ]


def test_a_listing_read_as_told() -> None:
    way = Listing(url="/list", items=".news", title="a:last-of-type::text", published=".d", lead="p")
    page = read(way, answer(LISTING), SOURCE)
    assert page.count == 3
    assert page.found[0].hints == {
        "title": "Министр встретился с послом в Казани", "published": "20 ноября 2026, 15:30", "lead": "Лид",
    }  # fmt: skip


def test_base_is_heeded() -> None:
    page = '<base href="https://a.ru/x/"><a href="../news/1">Новость</a>'
    assert found(Listing(url="/list"), page)[0][0] == "/news/1"


def test_the_next_page() -> None:
    page = '<a class="next">нет</a><a class="next" href="?page=2">дальше</a>'
    assert read(Listing(url="/list", next="a.next"), answer(page), SOURCE).next == "https://a.ru/list?page=2"


def test_json() -> None:
    data = {
        "data": [
            {"id": 1, "title": "Встреча &laquo;А&raquo;", "when": 1795170600, "photo": [{"src": "/news/7"}]},
            {"id": None},
        ]
    }
    way = Api(url="/api", items="data", address="/news/{id}", published="when")
    assert found(way, json.dumps(data)) == [("/news/1", "20.11.2026", "Встреча «А»")]
    assert found(Api(url="/api", items="data", address="photo.0.src"), json.dumps(data))[0][0] == "/news/7"
    assert found(Api(url="/api", items="", address="url"), '[{"url": "/news/5"}]') == [("/news/5", None, "")]


def test_a_text_sitemap() -> None:
    assert [url for url, _, _ in found(Sitemap(url="/s.txt"), "https://a.ru/news/1\nhttps://a.ru/about\n")] == [
        "/news/1"
    ]


def test_dated_addresses() -> None:
    daily = "/d/{day:%d.%m.%Y}"
    assert list(by_date(daily, date(2026, 3, 1), date(2026, 2, 28))) == ["/d/01.03.2026", "/d/28.02.2026"]
    assert list(by_date("/m/{month:%Y/%m}", date(2026, 1, 31), date(2025, 12, 1))) == ["/m/2026/01", "/m/2025/12"]


def test_a_day_to_come_is_no_date_of_a_release() -> None:
    assert found(Listing(url="/list"), '<p>25.12.2026 <a href="/news/1">Анонс</a></p>') == [("/news/1", None, "")]


@pytest.mark.parametrize(
    ("body", "url", "told"),
    [
        ('<meta property="article:published_time" content="2026-11-20T10:00:00+03:00">', "/news/1", "20.11.2026"),
        ('<time itemprop="datePublished" datetime="2026-11-20">', "/news/1", "20.11.2026"),
        ('<script>{"datePublished":"2026-11-20T10:00"}</script>', "/news/1", "20.11.2026"),
        ("", "/news/2026/11/20/visit/", "20.11.2026"),
        ("<p>20.11.2026</p>", "/news/1", None),
        ("", "/news/2026/13/20/visit/", None),
    ],
)
def test_a_date_good_enough_to_stop_by(body: str, url: str, told: str | None) -> None:
    at = sniff(answer(body or "<p>", f"https://a.ru{url}"), SOURCE)
    assert (at and f"{at:%d.%m.%Y}") == told


def step(**fields: object) -> Step:
    fresh = tuple(Found(url=f"https://a.ru/{n}", key=str(n)) for n in (1, 2))
    told = {"page": Page(found=fresh, count=2), "fresh": fresh, "known": frozenset(), "dates": {}, "floor": None}
    return Step(**told | {"stop_at_known": True} | fields)  # type: ignore[arg-type]


OLD, YOUNG, FLOOR = (datetime(2026, 11, day, tzinfo=UTC) for day in (1, 20, 10))


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (step(page=Page()), "страница без материалов"),
        (step(fresh=()), "страница повторяет прежние"),
        (step(known=frozenset("12")), "всё на странице уже известно"),
        (step(dates={"1": OLD, "2": OLD}, floor=FLOOR), "всё на странице раньше нужной даты"),
    ],
)
def test_a_walk_ends(given: Step, reason: str) -> None:
    assert stop(given) == reason


@pytest.mark.parametrize(
    "given",
    [
        step(),
        step(known=frozenset("1")),
        step(known=frozenset("12"), stop_at_known=False),
        step(dates={"1": OLD, "2": YOUNG}, floor=FLOOR),
        step(floor=FLOOR),
        step(dates={"1": OLD}),
    ],
)
def test_a_walk_goes_on(given: Step) -> None:
    assert stop(given) is None
