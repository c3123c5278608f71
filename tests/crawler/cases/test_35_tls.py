"""35. TLS: an extra CA accepted, an unknown one refused."""

from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from crawler.trust import BadAuthority
from crawler.visit import Plan
from pipelines.crawl import crawl
from tests.crawler.conftest import agency, links, release
from tests.crawler.server import Site

PAGES = {"/news/": links([1]), "/news/1/": release(1)}
PLAN = Plan(full=True, tries=1)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def written(path: Path, authority: trustme.CA, *names: str) -> Path:
    authority.issue_cert(*names).private_key_and_cert_chain_pem.write_to_path(path)
    return path


def test_an_unknown_authority_is_refused(tmp_path: Path, authority: trustme.CA) -> None:
    with Site(dict(PAGES), certificate=written(tmp_path / "site.pem", authority, "127.0.0.1")) as site:
        (report,) = crawl(tmp_path / "data", [agency(site)], plan=PLAN)
    assert site.asked == []
    assert report.tally.new == 0
    assert report.silent
    assert any("сертификат не проверен" in note or "robots" in note for note in report.tally.notes)


def test_one_named_in_a_file_is_accepted(tmp_path: Path, authority: trustme.CA) -> None:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with Site(dict(PAGES), certificate=written(tmp_path / "site.pem", authority, "127.0.0.1")) as site:
        (report,) = crawl(tmp_path / "data", [agency(site)], plan=PLAN, ca_file=tmp_path / "ca.pem")
    assert report.tally.new == 1


def test_so_is_no_certificate_of_another_host(tmp_path: Path, authority: trustme.CA) -> None:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with Site(dict(PAGES), certificate=written(tmp_path / "site.pem", authority, "other.example")) as site:
        source = replace(agency(site), robots="ignore")
        (report,) = crawl(tmp_path / "data", [source], plan=PLAN, ca_file=tmp_path / "ca.pem")
    assert report.tally.new == 0
    assert any("сертификат не проверен" in note for note in report.tally.notes)


def test_a_file_without_certificates_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("это не сертификат")
    with Site(dict(PAGES)) as site, pytest.raises(BadAuthority, match="сертификаты не читаются"):
        crawl(tmp_path / "data", [agency(site)], plan=PLAN, ca_file=tmp_path / "ca.pem")
