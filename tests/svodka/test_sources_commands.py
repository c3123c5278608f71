# ruff: noqa: E501 markup in lines as long as sites write them
"""`svodka sources` and `svodka extract` against small sites on loopback."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.source import Feed, Listing, read
from svodka.cli import cli
from tests.crawler.layouts import bitrix_old, labelled, old_tables, wordpress
from tests.crawler.pages import likeness, news, prose
from tests.crawler.server import Reply, Site

NAMES = ("a-005", "b-007", "c-009", "d-011", "e-013", "f-017", "g-019")
RELEASES = [labelled(name) for name in NAMES]


def svodka(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def feed(base: str) -> str:
    items = "".join(
        f"<item><title>{o.title}</title><link>{base}/press/news/{n}/</link></item>" for n, o in enumerate(RELEASES)
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{items}</channel></rss>'


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A ministry on Bitrix: a home page, a listing in pages, a feed, releases in windows-1251."""
    listed = "".join(f'<p><a href="/press/news/{n}/">{told.title}</a></p>' for n, told in enumerate(RELEASES))
    home = "<html><head><title>Главная | Минпример</title></head><body><a href='/press/news/'>Новости</a>Добро пожаловать</body></html>"
    listing = f"""<html><head><title>Новости | Минпример</title><link rel="alternate" type="application/rss+xml" href="/press/news/rss/">
        <script src="/bitrix/js/main.js"></script></head><body>{listed}<a href="/press/news/?PAGEN_1=2">2</a></body></html>"""
    pages = {
        f"/press/news/{n}/": Reply(
            bitrix_old(told, RELEASES[:n] + RELEASES[n + 1 :]).body, headers={"Content-Type": "text/html"}
        )
        for n, told in enumerate(RELEASES)
    }
    with Site({"/": home, "/press/news/": listing, **pages}) as one:
        one.pages["/press/news/rss/"] = Reply(feed(one.base), headers={"Content-Type": "application/rss+xml"})
        yield one


@pytest.mark.slow
def test_a_draft_of_a_site(site: Site, tmp_path: Path) -> None:
    result = svodka(
        "sources", "add", f"{site.base}/", "--id", "minprimer", "--private", "--out", tmp_path / "minprimer.py"
    )
    assert result.exit_code == 0, result.output
    source = read(tmp_path / "minprimer.py")
    assert source.name == "Минпример"
    assert source.discovery == (
        Feed(url="/press/news/rss/"),
        Listing(url="/press/news/", pages="/press/news/?PAGEN_1={n}"),
    )
    assert source.article == r"^/press/news/\d+/$"
    assert source.verified is None
    assert "bitrix" in result.stderr


@pytest.mark.slow
def test_a_draft_does_not_overwrite(site: Site, tmp_path: Path) -> None:
    (tmp_path / "minprimer.py").write_text("x = 1\n")
    result = svodka("sources", "add", f"{site.base}/press/news/", "--id", "minprimer", "--private", "--out", tmp_path)
    assert result.exit_code == 1
    assert "уже есть" in result.stderr
    assert (tmp_path / "minprimer.py").read_text() == "x = 1\n"


def test_a_draft_of_nothing() -> None:
    with Site({}) as empty:
        result = svodka("sources", "add", f"{empty.base}/", "--private")
    assert result.exit_code == 1
    assert "не открывается" in result.stderr
    assert svodka("sources", "add", "ftp://x.example/").exit_code == 2


def written(folder: Path, site: Site, **fields: object) -> Path:
    told = {"article": r"^/press/news/\d+/$", **fields}
    inner = "".join(f"    {name}={value!r},\n" for name, value in told.items())
    path = folder / "minprimer.py"
    path.write_text(
        '"""Минпример. Unverified."""\n\nfrom crawler.source import Feed, Selectors, Source\n\nSOURCE = Source(\n    id="minprimer",\n'
        f'    name="Минпример",\n    home="{site.base}",\n    private=True,\n    delay=0.0,\n'
        f'    discovery=(Feed(url="/press/news/rss/"),),\n{inner})\n',
        encoding="utf-8",
    )
    return path


def test_check_reports_field_by_field_and_marks(site: Site, tmp_path: Path) -> None:
    path = written(tmp_path, site)
    result = svodka("sources", "check", "minprimer", "--sources", tmp_path, "--json", "--mark")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert [page["article"]["title"] for page in told["pages"]] == [release.title for release in RELEASES[:3]]
    assert all(page["article"]["published_at"] for page in told["pages"])
    assert told["problems"] == []
    assert read(path).verified is not None
    assert "Unverified" not in path.read_text("utf-8")


def test_check_shows_a_table(site: Site, tmp_path: Path) -> None:
    written(tmp_path, site)
    result = svodka("sources", "check", "minprimer", "--sources", tmp_path, "--pages", 1)
    assert result.exit_code == 0, result.output
    assert "заголовок" in result.stdout
    assert "всё прочитано" in result.stdout


def test_check_names_what_is_wrong(tmp_path: Path) -> None:
    pages = {
        "/press/news/rss/": "",
        **{f"/press/news/{n}/": old_tables(told, RELEASES).body for n, told in enumerate(RELEASES)},
    }
    with Site(pages) as undated:
        undated.pages["/press/news/rss/"] = Reply(feed(undated.base), headers={"Content-Type": "application/rss+xml"})
        written(tmp_path, undated)
        result = svodka("sources", "check", "minprimer", "--sources", tmp_path, "--json", "--mark")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"] == ["дата есть на 0 из 3 страниц"]


def test_a_recorded_page_is_a_test(site: Site, tmp_path: Path) -> None:
    written(tmp_path, site)
    arguments = (
        "sources",
        "record",
        "minprimer",
        f"{site.base}/press/news/2/",
        "--sources",
        tmp_path,
        "--out",
        tmp_path / "kept",
    )
    assert svodka(*arguments).exit_code == 0
    (path,) = (tmp_path / "kept" / "minprimer").glob("*.json")
    stored = json.loads(path.read_text("utf-8"))
    assert stored["expected"]["title"] == RELEASES[2].title
    assert path.with_suffix(".html").read_bytes() == bitrix_old(RELEASES[2], RELEASES[:2] + RELEASES[3:]).body
    again = svodka(*arguments)
    assert again.exit_code == 1
    assert "уже есть" in again.stderr


def test_list() -> None:
    lines = [json.loads(line) for line in svodka("sources", "list", "--json").stdout.splitlines()]
    assert {"kremlin", "mid", "tatarstan"} <= {line["id"] for line in lines}
    assert all(line["verified"] is None for line in lines)
    assert "kremlin" in svodka("sources", "list").stdout


def test_unknown_sources_are_named() -> None:
    for arguments in (("sources", "check", "nobody"), ("sources", "record", "nobody", "http://x.example/")):
        result = svodka(*arguments)
        assert result.exit_code == 2
        assert "nobody" in result.stderr


def test_extract_prints_one_object(tmp_path: Path) -> None:
    page = wordpress(RELEASES[0], RELEASES[1:])
    path = tmp_path / "page.html"
    path.write_bytes(page.body)
    result = svodka("extract", "--url", page.url, path)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["title"] == RELEASES[0].title
    assert likeness(told["body"], RELEASES[0].text) == 1
    assert told["published_at"] == f"{RELEASES[0].published:%Y-%m-%dT%H:%M}:00+03:00"
    assert told["provenance"]["published_at"] == "json-ld"
    assert told["authors"] == ["Вера Климова"]


def test_extract_keeps_the_lead_apart(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        news(prose()).replace("</h1>", "</h1><div class=lead>Министр провёл в Гаване два дня.</div>"), "utf-8"
    )
    told = json.loads(svodka("extract", path).stdout)
    assert told["lead"] == "Министр провёл в Гаване два дня."
    assert told["body"].startswith("Министр культуры")


@pytest.mark.parametrize(
    ("contents", "why"),
    [
        (b"", "файл пуст"),
        (b"%PDF-1.4", "PDF"),
        ("<html><title>Проверка браузера</title><body>Подождите".encode(), "защита от роботов"),
    ],
    ids=["empty", "binary", "a wall"],
)
def test_extract_fails_in_one_line(tmp_path: Path, contents: bytes, why: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(contents)
    result = svodka("extract", path)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert why in result.stderr
    assert str(path) in result.stderr
    assert svodka("extract", tmp_path / "none.html").exit_code == 1
