"""The demo's agencies through the real crawler and reader: nothing missed or doubled, no chrome, no false date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from crawler.health import HealthReport
from crawler.visit import Plan
from pipelines.crawl import crawl
from pipelines.read import Outcome, read
from store.dataset import Dataset
from svodka.demo.agencies import Agency
from svodka.demo.server import Agencies
from svodka.demo.sources import sources

pytestmark = pytest.mark.slow


@dataclass(frozen=True, kw_only=True)
class Visited:
    folder: Path
    ports: dict[str, int]
    reports: dict[str, HealthReport]
    outcome: Outcome
    agencies: tuple[Agency, ...]

    def again(self, plan: Plan, **manner: object) -> "Visited":
        return visit(self.folder, plan, Agencies(self.ports, **manner))  # type: ignore[arg-type]


def visit(folder: Path, plan: Plan, agencies: Agencies) -> Visited:
    with agencies as served, Dataset.open(folder, create=True) as dataset:
        watched = {source.id: source for source in sources(served.addresses)}
        reports = crawl(folder, watched.values(), plan=plan)
        outcome = read(dataset, watched)
        return Visited(
            folder=folder,
            ports=served.ports,
            reports={report.source: report for report in reports},
            outcome=outcome,
            agencies=served.all,
        )


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Visited:
    """All agencies visited once, with the first wording of what they corrected later."""
    return visit(tmp_path_factory.mktemp("demo"), Plan(full=True), Agencies(first_wording=True))


@pytest.fixture
def stored(first: Visited) -> Iterator[Dataset]:
    with Dataset.open(first.folder) as dataset:
        yield dataset


def bare(text: str) -> str:
    """Bullets, rules of asterisks and spaces before a full stop are markup to a reader of pages."""
    return " ".join(text.replace("• ", "").replace("* * *", "").split()).replace(" .", ".")


def test_every_release_is_read_word_for_word_and_nothing_else(first: Visited, stored: Dataset) -> None:
    read_ = {
        (source, bare(title)): bare(body)
        for source, title, body in stored.db.execute(
            "SELECT source, v.title, v.body FROM release r JOIN version v ON v.n = (SELECT min(n) FROM version w"
            " WHERE w.release = r.n)"
        )
    }
    published = {
        (agency.id, bare(release.title)): bare("\n".join(release.paragraphs))
        for agency in first.agencies
        for release in agency.releases
    }
    assert read_ == published


def test_publication_dates_are_the_agencies_own(first: Visited, stored: Dataset) -> None:
    told = {
        (source, bare(title)): datetime.fromisoformat(published) if published else None
        for source, title, published in stored.db.execute(
            "SELECT source, v.title, v.published FROM release r JOIN version v ON v.n = r.version"
        )
    }
    for agency in first.agencies:
        for release in agency.releases:
            expected = None if agency.manner == "oldsite" else release.published
            assert told[agency.id, bare(release.title)] == expected, release.id


def test_a_release_at_two_addresses_is_one(first: Visited, stored: Dataset) -> None:
    titles = stored.db.execute("SELECT r.source, v.title FROM release r JOIN version v ON v.n = r.version").fetchall()
    assert len(titles) == len(set(titles)) == sum(len(agency.releases) for agency in first.agencies)


def test_a_healthy_crawl_raises_no_alarm(first: Visited) -> None:
    assert {report.source: report.alarms for report in first.reports.values() if report.alarms} == {}


def test_a_second_visit_stores_nothing(first: Visited) -> None:
    again = first.again(Plan(), first_wording=True)
    assert again.outcome == Outcome()
    assert all(report.tally.new == report.tally.changed == 0 for report in again.reports.values())


def test_a_corrected_release_becomes_a_second_version(first: Visited) -> None:
    again = first.again(Plan(recheck=True))
    assert (again.outcome.new, again.outcome.edited, again.outcome.failed) == (0, 2, 0)
    with Dataset.open(first.folder) as dataset:
        versions = dataset.db.execute(
            "SELECT v.number, v.body LIKE '%на 24 места%' FROM version v WHERE v.title LIKE 'Кубань и Самарканд%'"
            " ORDER BY v.number"
        ).fetchall()
    assert versions == [(1, 0), (2, 1)]


def test_only_the_redesigned_site_raises_alarms_its_listing_unknown_and_its_old_pages_gone(first: Visited) -> None:
    again = first.again(Plan(), redesigned="bitrix")
    silent = {
        report.source: [alarm.rule for alarm in report.alarms] for report in again.reports.values() if report.silent
    }
    assert silent == {"rosdialog": ["redesigned", "incomplete"]}
    assert again.outcome == Outcome()
