"""The sources that ship: each loads, says that it is unverified, and tells a release's address from a listing's."""

import pytest

from crawler.address import is_article, key
from crawler.source import Source, load

SOURCES = load()

ADDRESSES = {
    "kremlin": ("http://kremlin.ru/events/president/news/73712", "http://kremlin.ru/events/president/news/page/2"),
    "government": ("http://government.ru/news/51234/", "http://government.ru/news/?page=2"),
    "mid": ("https://mid.ru/ru/foreign_policy/news/1941234/", "https://mid.ru/ru/foreign_policy/news/?PAGEN_1=2"),
    "duma": ("http://duma.gov.ru/news/58901/", "http://duma.gov.ru/news/duma/page/2/"),
    "council": ("http://council.gov.ru/events/news/165432/", "http://council.gov.ru/events/news/?page=2"),
    "minobrnauki": (
        "https://minobrnauki.gov.ru/press-center/news/mezhdunarodnoe/89012/",
        "https://minobrnauki.gov.ru/press-center/news/?PAGEN_1=2",
    ),
    "culture": ("https://culture.gov.ru/press/news/otkrylas_vystavka/", "https://culture.gov.ru/press/news/"),
    "mos": ("https://www.mos.ru/news/item/132345073/", "https://www.mos.ru/news/"),
    "tatarstan": ("https://tatarstan.ru/index.htm/news/2345678.htm", "https://tatarstan.ru/index.htm/news"),
    "tula": (
        "https://tulacity.gosuslugi.ru/dlya-zhiteley/novosti-i-reportazhi/novosti_1042.html",
        "https://tulacity.gosuslugi.ru/dlya-zhiteley/novosti-i-reportazhi/?cur_cc=40&curPos=10",
    ),
    "tass": ("https://tass.ru/ekonomika/20123456", "https://tass.ru/ekonomika"),
    "ria": ("https://ria.ru/20240328/vizit-1936123456.html", "https://ria.ru/20240328/"),
    "rg": ("https://rg.ru/2024/03/28/vizit.html", "https://rg.ru/2024/03/28/"),
    "russkiymir": ("https://russkiymir.ru/news/321234/", "https://russkiymir.ru/news/?date=28.03.2024"),
    "icbci": ("https://icbci.info/ru/news/4521/", "https://icbci.info/ru/news/"),
    "economy": ("https://www.economy.gov.ru/material/news/vizit.html", "https://www.economy.gov.ru/material/news/"),
    "minzdrav": ("https://minzdrav.gov.ru/news/2024/03/28/21234-vizit", "https://minzdrav.gov.ru/news?page=2"),
    "minfin": ("https://minfin.gov.ru/ru/press-center/?id_4=38901", "https://minfin.gov.ru/ru/press-center/?page_4=2"),
}
"""(a release, no release), in the shape of the site's own addresses."""


def test_at_least_twenty_real_sources_ship() -> None:
    assert len(SOURCES) >= 20


@pytest.mark.parametrize("source", SOURCES.values(), ids=list(SOURCES))
def test_a_source_is_whole(source: Source) -> None:
    assert source.discovery, "says no way to find releases"
    assert source.expect.a_week > 0
    assert source.verified is None, "nobody has seen it live yet: `svodka sources check` is to say so"
    assert source.home.rstrip("/") == source.home


@pytest.mark.parametrize("name", ADDRESSES)
def test_addresses_of_releases(name: str) -> None:
    release, other = ADDRESSES[name]
    assert is_article(release, SOURCES[name])
    assert not is_article(other, SOURCES[name])


def test_one_release_has_one_key_on_sites_with_several_addresses() -> None:
    icbci, minobrnauki = SOURCES["icbci"], SOURCES["minobrnauki"]
    assert key("http://www.icbci.info/news/4521", icbci) == key("https://icbci.info/ru/news/4521/", icbci)
    assert key("https://minobrnauki.gov.ru/press-center/news/index.php?ELEMENT_ID=89012", minobrnauki) == key(
        "https://minobrnauki.gov.ru/press-center/news/mezhdunarodnoe/89012/", minobrnauki
    )
