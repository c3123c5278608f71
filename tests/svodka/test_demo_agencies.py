"""The demo's invented agencies: enough releases, stories told by several, every one served as its site would."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from xml.etree import ElementTree

import pytest

from svodka.demo.agencies import agencies
from svodka.demo.server import Agencies, PortTaken
from svodka.demo.site import environment


@pytest.fixture(scope="module")
def served() -> Iterator[Agencies]:
    with Agencies() as agencies_:
        yield agencies_


def get(url: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    request = Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urlopen(request) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except HTTPError as error:
        with error:
            return error.code, error.read(), dict(error.headers)


def text(url: str, encoding: str = "utf-8") -> str:
    return get(url)[1].decode(encoding)


def test_five_agencies_publish_at_least_150_releases() -> None:
    found = agencies()
    assert [agency.manner for agency in found] == ["bitrix", "wordpress", "gosweb", "oldsite", "json"]
    assert sum(len(agency.releases) for agency in found) >= 150


def test_at_least_25_stories_are_told_by_two_agencies() -> None:
    tellers = Counter(story for agency in agencies() for story in {release.story for release in agency.releases})
    assert sum(count >= 2 for count in tellers.values()) >= 25


def test_addresses_are_unique_within_an_agency() -> None:
    for agency in agencies():
        assert len({release.address for release in agency.releases}) == len(agency.releases)


def test_follow_ups_and_announcements_stand_on_their_side_of_the_event() -> None:
    published = {release.id: release.published for agency in agencies() for release in agency.releases}
    assert published["tver-yingkou-announced"] < published["d-001"] < published["tver-yingkou-autumn"]


def test_every_release_of_the_bitrix_site_is_reached_by_its_pages(served: Agencies) -> None:
    base, agency = served.addresses["rosdialog"], served.all[0]
    seen: set[str] = set()
    for page in range(1, 5):
        listing = text(f"{base}/press/news/?PAGEN_1={page}", "cp1251")
        seen |= set(re.findall(r'href="/press/news/(\d+)/"', listing))
    assert seen == {release.address for release in agency.releases}


def test_bitrix_repeats_its_last_page_for_ever(served: Agencies) -> None:
    listing = served.addresses["rosdialog"] + "/press/news/?PAGEN_1="
    assert text(listing + "4", "cp1251") == text(listing + "99", "cp1251")
    assert text(listing + "3", "cp1251") != text(listing + "4", "cp1251")


def test_bitrix_speaks_windows_1251_and_prints_the_date_inside_the_anchor(served: Agencies) -> None:
    _, body, headers = get(served.addresses["rosdialog"] + "/press/news/")
    assert headers["Content-Type"] == "text/html; charset=windows-1251"
    assert re.search(r"<a [^>]+><span class=\"news-date\">\d+ [а-я]+ \d{4} / \d\d:\d\d</span>", body.decode("cp1251"))


def test_bitrix_shows_a_release_at_two_addresses_and_a_print_version(served: Agencies) -> None:
    base, agency = served.addresses["rosdialog"], served.all[0]
    release = next(one for one in agency.releases if one.twice)
    pages = [f"/press/news/{release.address}/", f"/press/news/index.php?ELEMENT_ID={release.address}"]
    assert len({text(base + page, "cp1251") for page in pages}) == 1
    assert "window.print" in text(f"{base}{pages[0]}?print=Y", "cp1251")


def test_wordpress_feed_holds_whole_texts(served: Agencies) -> None:
    base, agency = served.addresses["orion"], served.all[1]
    titles: list[str] = []
    for page in range(1, 5):
        feed = ElementTree.fromstring(text(f"{base}/feed/?paged={page}"))
        items = list(feed.iter("item"))
        titles += [item.findtext("title", "") for item in items]
        assert all("<p>" in item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded", "") for item in items)
    assert titles == [release.title for release in agency.releases]
    assert get(f"{base}/feed/?paged=5")[0] == 404
    assert get(f"{base}/page/9/")[0] == 404


def test_wordpress_short_address_leads_to_the_release(served: Agencies) -> None:
    with urlopen(served.addresses["orion"] + "/?p=3007") as answer:
        assert re.search(r"/\d{4}/\d\d/[\w-]+/$", answer.url)


def test_gosweb_dates_are_local_and_name_no_zone(served: Agencies) -> None:
    base = served.addresses["ural"]
    listing = text(base + "/dlya-zhiteley/novosti-i-reportazhi/?cur_cc=2471&curPos=12")
    first = re.findall(r'href="(/dlya-zhiteley/novosti-i-reportazhi/novosti_\d+\.html)"', listing)[0]
    date = re.search(r'itemprop="datePublished" content="([^"]+)"', text(base + first))
    assert date is not None
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", date[1])


def test_the_old_site_prints_no_date_but_its_widgets(served: Agencies) -> None:
    base, agency = served.addresses["mosty"], served.all[3]
    release = next(one for one in agency.releases if "2024" not in " ".join(one.paragraphs))
    status, body, headers = get(f"{base}/news/{release.address}/")
    page = body.decode()
    assert status == 200
    assert "Last-Modified" not in headers
    assert "ETag" not in headers
    assert f"{release.published:%d.%m.%Y}" not in page
    assert "13 Апреля<br>2024" in page
    assert "не поддерживает свойство canvas" in page


def test_the_old_site_differs_at_every_visit(served: Agencies) -> None:
    url = served.addresses["mosty"] + "/news/"
    assert text(url) != text(url)


def test_the_newsroom_gives_no_more_than_twenty_to_a_page(served: Agencies) -> None:
    url = served.addresses["regionmir"] + "/api/newsfeed/v1/articles?per-page=50&page="
    pages = [json.loads(text(f"{url}{page}"))["items"] for page in (1, 2, 3)]
    ids = {item["id"] for page in pages for item in page}
    assert len(ids) == len(served.all[4].releases)
    assert len({item["id"] for item in pages[0]}) == 20
    assert pages[2] == []


@pytest.mark.parametrize(
    ("agency", "path", "validator", "asked"),
    [
        ("rosdialog", "/press/news/", "Last-Modified", "If-Modified-Since"),
        ("orion", "/feed/", "ETag", "If-None-Match"),
        ("ural", "/dlya-zhiteley/novosti-i-reportazhi/", "ETag", "If-None-Match"),
        ("regionmir", "/api/newsfeed/v1/articles", "ETag", "If-None-Match"),
    ],
)
def test_an_unchanged_page_is_304(served: Agencies, agency: str, path: str, validator: str, asked: str) -> None:
    url = served.addresses[agency] + path
    _, _, headers = get(url)
    status, body, _ = get(url, **{asked: headers[validator]})
    assert (status, body) == (304, b"")
    assert get(url, **{asked: '"other"'})[0] == 200


def test_robots_let_the_listings_be_read(served: Agencies) -> None:
    for base in served.addresses.values():
        robots = text(base + "/robots.txt")
        assert robots.startswith("User-agent: *")
        assert "Disallow: /\n" not in robots
        assert "PAGEN" not in robots


def test_a_corrected_release_first_stood_in_other_words() -> None:
    with Agencies(first_wording=True) as before, Agencies() as after:
        path = "/api/newsfeed/v1/articles?per-page=50"
        old, new = (text(one.addresses["regionmir"] + path) for one in (before, after))
    assert "на 42 места" in old
    assert "на 24 места" in new


def test_a_redesign_changes_addresses_and_markup_but_answers() -> None:
    with Agencies(redesigned="bitrix") as served:
        base, agency = served.addresses["rosdialog"], served.all[0]
        listing = text(base + "/press/news/", "cp1251")
        old = get(f"{base}/press/news/{agency.releases[0].address}/")[0]
        new = get(f"{base}/media/material/m{agency.releases[0].address}")[0]
    assert (old, new) == (404, 200)
    assert "news-detail" not in listing
    assert f"/media/material/m{agency.releases[0].address}" in listing


def test_a_taken_port_is_named(served: Agencies) -> None:
    port = served.ports["orion"]
    with pytest.raises(PortTaken, match=str(port)), Agencies({"ural": port}):
        pass


def test_bullets_become_a_list() -> None:
    made = environment().from_string("{{ release | paragraphs }}")
    release = next(one for agency in agencies() for one in agency.releases if "\n• " in "\n\n".join(one.paragraphs))
    assert "<ul>\n<li>" in made.render(release=release)
