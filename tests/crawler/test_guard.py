"""No foreign host, no private address, whatever a page, a redirect or a name server says."""

import pytest
from twisted.internet.error import DNSLookupError

from crawler.guard import PublicResolver, Refused, check, is_private
from crawler.source import Source
from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Reply, Site

PUBLIC = Source(id="a", name="А", home="https://a.ru", hosts=("a.ru", "127.0.0.1", "10.0.0.1", "localhost", "[::1]"))


@pytest.mark.parametrize(
    "url",
    [
        "https://b.ru/",
        "ftp://a.ru/",
        "file:///etc/passwd",
        "https://user:secret@a.ru/",
        "http://127.0.0.1/",
        "http://10.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://169.254.169.254/latest/",
    ],
)
def test_refused(url: str) -> None:
    with pytest.raises(Refused, match=r"\S"):
        check(url, PUBLIC)


def test_allowed() -> None:
    check("https://a.ru/news/", PUBLIC)


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "172.16.0.1", "192.168.1.1", "127.0.0.53", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1",
     "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "224.0.0.1", "2002:a00:1::"],
)  # fmt: skip
def test_private_addresses(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize("address", ["95.173.136.70", "2a00:1450::1"])
def test_public_addresses(address: str) -> None:
    assert not is_private(address)


def test_a_name_that_leads_inside_is_no_name() -> None:
    """What the connection itself would use is looked at, so a second, different answer gains nothing."""
    resolver = PublicResolver.__new__(PublicResolver)
    resolver.allowed = frozenset(("intranet.example",))
    assert resolver.checked("95.173.136.70", "a.ru") == "95.173.136.70"
    assert resolver.checked("10.0.0.5", "intranet.example") == "10.0.0.5"
    with pytest.raises(DNSLookupError, match="внутреннюю сеть"):
        resolver.checked("10.0.0.5", "a.ru")


def test_a_source_that_may_not_go_inside_does_not(crawl: Crawls) -> None:
    with Site({"/news/": links([1]), "/news/1/": release(1)}) as site:
        report = crawl(agency(site, private=False))
        assert site.asked == []
        assert report.silent
        assert "внутренней сети" in report.tally.notes[0]


def test_nor_does_a_name_for_an_inside_address(crawl: Crawls) -> None:
    """«ip6-localhost» and its like: the literal check passes, the resolver refuses."""
    with Site({"/news/": links([1])}) as site:
        report = crawl(agency(site, private=False, home=f"http://localhost.localdomain:{site.port}"), tries=1)
    assert site.asked == []
    assert report.silent


def test_a_redirect_inside_is_refused(crawl: Crawls) -> None:
    with Site({"/admin": "secret"}) as inside:
        away = Reply(status=302, headers={"Location": f"{inside.base}/admin"})
        with Site({"/news/": links([1]), "/news/1/": away}) as site:
            report = crawl(agency(site))
    assert inside.asked == []
    assert report.tally.failed == 1
