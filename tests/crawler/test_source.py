"""Sources: presets, what cannot be declared, files of one's own, a site moved elsewhere."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.address import is_article
from crawler.source import (
    BadSource,
    Feed,
    Listing,
    Source,
    api,
    bitrix,
    drupal,
    feed,
    gosweb,
    listing,
    load,
    sitemap,
    wordpress,
)  # fmt: skip

SELF: dict[str, Any] = {"id": "a", "name": "А", "home": "https://a.ru"}


@pytest.mark.parametrize(
    ("source", "releases", "others"),
    [
        (
            bitrix(section="/press/news/", **SELF),
            ("/press/news/123/", "/press/news/2024/visit/", "/press/news/?ELEMENT_ID=5", "/press/news/x.html"),
            ("/press/news/", "/press/news/?PAGEN_1=2", "/press/news/rss/", "/press/news/index.php", "/about/"),
        ),
        (
            wordpress(**SELF),
            ("/2024/03/visit/", "/visit-v-kazan/", "/?p=17"),
            ("/", "/category/news/", "/page/2/", "/feed/", "/2024/03/visit/feed/", "/wp-content/x/"),
        ),
        (drupal(section="/news", **SELF), ("/news/visit", "/node/17"), ("/news", "/news?page=1", "/about")),
        (
            gosweb(**SELF),
            ("/dlya-zhiteley/novosti-i-reportazhi/novosti_17.html",),
            ("/dlya-zhiteley/novosti-i-reportazhi/", "/dlya-zhiteley/novosti-i-reportazhi/?curPos=10"),
        ),
        (feed(url="/rss", **SELF), ("/anything",), ("https://b.ru/anything", "/doc.pdf")),
        (sitemap(article=r"^/n/\d+", **SELF), ("/n/1",), ("/m/1",)),
        (api(url="/api?page={n}", address="/n/{id}", body="text", full_text=True, **SELF), ("/n/1",), ("/x.json",)),
        (listing(url="/n", next="a.next", article=r"^/n/\d+", **SELF), ("/n/1",), ("/n",)),
    ],
    ids=["bitrix", "wordpress", "drupal", "gosweb", "feed", "sitemap", "api", "listing"],
)
def test_presets_tell_releases_from_the_rest(
    source: Source, releases: tuple[str, ...], others: tuple[str, ...]
) -> None:
    assert [url for url in releases if not is_article(source.url(url), source)] == []
    assert [url for url in others if is_article(source.url(url), source)] == []


def test_what_is_given_wins_over_the_preset() -> None:
    source = bitrix(section="/news/", article=r"^/story/\d+", delay=10.0, **SELF)
    assert (source.article, source.delay) == (r"^/story/\d+", 10.0)
    assert source.discovery[0] == Feed(url="/news/rss/")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "Ведомство"),
        ("name", " "),
        ("home", "a.ru"),
        ("timezone", "Moscow"),
        ("article", "("),
        ("exclude", "["),
        ("delay", -1.0),
        ("concurrency", 0),
    ],
)
def test_what_cannot_be_is_refused_by_name(field: str, value: object) -> None:
    with pytest.raises(BadSource, match=f"поле {field}"):
        Source(**SELF | {field: value})


def test_hosts_come_with_and_without_www() -> None:
    assert Source(**SELF | {"home": "https://www.a.ru"}).hosts == ("a.ru", "www.a.ru")
    assert Source(**SELF | {"home": "http://127.0.0.1:8001"}).hosts == ("127.0.0.1:8001",)


def test_a_site_served_elsewhere() -> None:
    ways = (Feed(url="/rss"), Listing(url="https://a.ru/news/", pages="https://a.ru/news/?page={n}"))
    moved = Source(**SELF, discovery=ways).at("http://127.0.0.1:8001")
    assert [moved.url(way.url) for way in moved.discovery] == [
        "http://127.0.0.1:8001/rss",
        "http://127.0.0.1:8001/news/",
    ]
    assert (moved.private, moved.delay, moved.hosts) == (True, 0.0, ("127.0.0.1:8001",))


def test_mislabelled_offsets() -> None:
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert Source(**SELF, false_offsets=("Z",)).mislabels(at)
    assert Source(**SELF, false_offsets=("+00:00",)).mislabels(at)
    assert not Source(**SELF, false_offsets=("+04:00",)).mislabels(at)


OWN = """
from crawler.source import listing
SOURCE = listing(id="{name}", name="Своё", home="https://own.example", url="/news")
"""


def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(OWN.format(name="own"), encoding="utf-8")
    (tmp_path / "kremlin.py").write_text(OWN.format(name="kremlin"), encoding="utf-8")
    (tmp_path / "_notes.py").write_text("это не источник", encoding="utf-8")
    sources = load(tmp_path)
    assert sources["own"].name == "Своё"
    assert sources["kremlin"].home == "https://own.example"
    assert len(sources) == len(load()) + 1


@pytest.mark.parametrize(
    ("text", "message"), [("x = (", "SyntaxError"), ("X = 1", "SOURCE"), ("import nowhere_at_all", "ModuleNotFound")]
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    with pytest.raises(BadSource, match=message) as raised:
        load(tmp_path)
    assert "mine.py" in str(raised.value)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="нет папки"):
        load(tmp_path / "нет")
