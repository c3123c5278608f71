"""The page over real HTTP: what people see, what programs get, and what happens when they ask for nonsense."""

import io
import json
import re
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from tests.svodka.conftest import RELEASES, Site

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def first_release(site: Site, query: str) -> str:
    rows = json.loads(site.get(f"/releases.json?q={query}").body)["rows"]
    return str(rows[0]["id"])


@pytest.mark.parametrize("path", ["/", "/releases", "/meetings", "/people", "/organisations", "/places", "/about"])
def test_every_listing_is_a_page_in_russian_and_in_english(site: Site, path: str) -> None:
    russian, english = site.get(path), site.get(f"{path}?lang=en")
    assert (russian.status, english.status) == (200, 200)
    assert '<html lang="ru">' in russian.text and "Сообщения" in russian.text
    assert '<html lang="en">' in english.text and "Releases" in english.text


def test_a_word_in_any_form_finds_every_form_highlighted(site: Site) -> None:
    genitive, nominative = site.get("/releases?q=Сучжоуского"), site.get("/releases?q=сучжоуский")
    assert genitive.status == nominative.status == 200
    for page in (genitive, nominative):
        assert '<mark class="hit">Сучжоуского</mark>' in page.text
        assert "Делегация Сучжоу завершила визит в Пермь" in page.text


def test_facets_narrow_the_search_down(site: Site) -> None:
    page = site.get("/releases").text
    link = re.search(r'href="(/releases\?q=topic%3A\w+)"', page)
    assert link
    narrowed = site.get(link[1].replace("%3A", ":"))
    total = json.loads(site.get("/releases.json").body)["total"]
    found = json.loads(site.get(link[1].replace("/releases", "/releases.json").replace("%3A", ":")).body)["total"]
    assert narrowed.status == 200
    assert 0 < found < total == len(RELEASES)


def test_a_release_shows_its_text_in_colour_and_its_facts_beside_it(site: Site) -> None:
    page = site.get(f"/releases/{first_release(site, 'Сучжоу')}").text
    assert re.search(r'class="s person[^"]*"[^>]*><a class="s" href="/people/[^"]+">Вадим Окладников</a>', page)
    assert "Межмуниципальное сотрудничество" in page
    plain = re.sub(r"<[^>]+>", "", page)
    assert "В среду Шэнь Вэйминь посетил Пермский государственный" in plain


def test_person_meeting_and_body_pages_lead_to_one_another(site: Site) -> None:
    release = json.loads(site.get(f"/releases/{first_release(site, 'Сучжоу')}.json").body)
    person = next(p for p in release["people"] if p["name"] == "Вадим Окладников")
    page = site.get(f"/people/{person['id']}").text
    meeting = re.search(r'href="(/meetings/[^".]+)"', page)
    assert "глава города" in page and meeting
    told = site.get(meeting[1]).text
    assert "Вадим Окладников" in told and "Делегация Сучжоу завершила визит" in told
    employer = re.search(r'href="(/bodies/[^"]+)"', page)
    assert employer
    assert "Пермь" in site.get(employer[1]).text


def test_meetings_are_filtered(site: Site) -> None:
    every = json.loads(site.get("/meetings.json").body)["total"]
    own = json.loads(site.get("/meetings.json?person=Окладникова").body)
    assert 0 < own["total"] < every
    assert all("Вадим Окладников" in [p["name"] for p in row["attendees"]] for row in own["rows"])
    assert json.loads(site.get("/meetings.json?since=2100-01-01").body)["total"] == 0


def test_pages_follow_one_another_without_gap_or_repetition(site: Site) -> None:
    seen: list[str] = []
    after = ""
    while True:
        page = json.loads(site.get(f"/releases.json?limit=7{after}").body)
        seen += [row["id"] for row in page["rows"]]
        if page["after"] is None:
            break
        after = f"&after={page['after']}"
    assert len(seen) == len(set(seen)) == len(RELEASES)


@pytest.mark.parametrize("path", ["/releases", "/meetings", "/people", "/organisations", "/places"])
def test_listings_are_tables_too(site: Site, path: str) -> None:
    rows = json.loads(site.get(f"{path}.json?limit=1000").body)["rows"]
    table = site.get(f"{path}.csv?limit=1000")
    assert table.body.startswith(b"\xef\xbb\xbf"), "Excel needs the mark to read Cyrillic"
    sheet = load_workbook(io.BytesIO(site.get(f"{path}.xlsx?limit=1000").body)).active
    assert sheet is not None
    assert sheet.max_row == len(rows) + 1
    assert rows[0]["id"] in table.text and sheet["A2"].value == rows[0]["id"]


@pytest.mark.parametrize("path", ["/releases", "/meetings"])
def test_feeds_are_atom(site: Site, path: str) -> None:
    answer = site.get(f"{path}.atom")
    feed = ElementTree.fromstring(answer.body)
    entries = feed.findall("a:entry", ATOM)
    assert entries and all(entry.findtext("a:updated", namespaces=ATOM) for entry in entries)
    link = entries[0].find("a:link", ATOM)
    assert link is not None and site.get(link.attrib["href"].removeprefix(site.address)).status == 200


def test_meetings_are_a_calendar(site: Site) -> None:
    lines = site.get("/meetings.ics").text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") > 10
    assert all(len(line.encode()) <= 75 for line in lines)


def test_the_api_describes_itself(site: Site) -> None:
    api = json.loads(site.get("/openapi.json").body)
    assert {"/releases.{suffix}", "/meetings.{suffix}", "/people.{suffix}", "/healthz"} <= set(api["paths"])
    assert json.loads(site.get("/healthz").body) == {"status": "ok", "releases": len(RELEASES)}


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/releases.json?q=(((", 400, "bad_query"),
        ("/releases.json?after=x", 400, "bad_token"),
        ("/releases.json?limit=0", 422, "bad_parameter"),
        ("/meetings.json?since=вчера", 422, "bad_parameter"),
        ("/people/nobody.json", 404, "unknown"),
        ("/nothing.json", 404, "http"),
    ],
)
def test_errors_have_one_shape(site: Site, path: str, status: int, code: str) -> None:
    answer = site.get(path)
    assert (answer.status, json.loads(answer.body)["error"]["code"]) == (status, code)


@pytest.mark.parametrize("path", ["/releases?q=(((", "/people/nobody", "/nothing", "/bodies/none"])
def test_people_see_errors_as_a_page(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status in (400, 404)
    assert '<p class="error">' in answer.text


def test_nothing_comes_from_another_host_and_markup_in_a_query_stays_text(site: Site) -> None:
    page = site.get("/releases?q=<script>alert(1)</script>")
    assert "<script>alert" not in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    sources = re.findall(r'(?:src|href)="(https?:[^"]+)"', site.get("/releases").text)
    assert sources == []
