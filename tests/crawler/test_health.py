"""The health report's rules: each fires on its own trouble and not beside it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.health import HealthReport, Read, Tally, from_json, judged
from crawler.source import Expect, Source

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SOURCE = Source(id="a", name="А", home="https://a.ru", expect=Expect(a_week=10, fresh_days=5, length=(200, 5000)))
GOOD = HealthReport(
    source="a",
    name="А",
    run=1,
    started_at=NOW,
    seconds=1.0,
    tally=Tally(found=20, new=5, unchanged=3, ways={"feed /rss": "ok"}),
    oldest=NOW - timedelta(days=300),
    newest=NOW - timedelta(days=1),
    month=40,
    known_since=NOW - timedelta(days=300),
    last_found=NOW,
    read=Read(pages=5, lengths=(1000, 2000, 300, 4000, 500), dated=5, failed=0),
)


def rules(report: HealthReport, source: Source = SOURCE) -> list[str]:
    return [alarm.rule for alarm in judged(source, report)]


def with_tally(**fields: object) -> HealthReport:
    return replace(GOOD, tally=Tally(**{"ways": {"feed /rss": "ok"}, "found": 20} | fields))  # type: ignore[arg-type]


def with_read(**fields: object) -> HealthReport:
    assert GOOD.read is not None
    return replace(GOOD, read=replace(GOOD.read, **fields))  # type: ignore[arg-type]


def test_a_healthy_source_raises_nothing() -> None:
    assert rules(GOOD) == []


@pytest.mark.parametrize(
    ("report", "rule"),
    [
        (with_tally(blocked=1), "blocked"),
        (with_tally(found=0, ways={"feed /rss": "failed", "listing /": "failed"}), "unreachable"),
        (with_tally(found=0, ways={"feed /rss": "robots"}), "unreachable"),
        (with_tally(found=0, ways={"feed /rss": "empty"}), "redesigned"),
        (with_tally(ways={"api /": "stuck"}), "stuck"),
        (with_tally(new=1, failed=2, gone=2), "pages_lost"),
        (with_read(failed=3, lengths=(500, 700)), "unreadable"),
        (with_read(lengths=(10, 20, 1000, 1000, 1000)), "odd_length"),
        (with_read(lengths=(6000, 9000, 1000, 1000, 1000)), "odd_length"),
        (with_read(dated=3), "undated"),
        (with_tally(gaps=["feed /rss"]), "gap"),
        (replace(GOOD, newest=NOW - timedelta(days=6)), "stale"),
        (replace(GOOD, newest=None, last_found=NOW - timedelta(days=6)), "stale"),
    ],
)
def test_trouble_is_named_and_silent(report: HealthReport, rule: str) -> None:
    alarms = judged(SOURCE, report)
    assert [alarm.rule for alarm in alarms] == [rule]
    assert alarms[0].silent


@pytest.mark.parametrize(
    "report",
    [
        with_tally(found=0, ways={"feed /rss": "unchanged", "listing /": "empty"}),
        with_tally(new=10, failed=2, gone=1),
        with_read(pages=2, failed=1, dated=1, lengths=(500,)),
        with_read(lengths=(10, 1000, 1000, 1000, 1000)),
        with_read(dated=4),
        replace(GOOD, newest=NOW - timedelta(days=5)),
        replace(GOOD, month=5, known_since=NOW - timedelta(days=27)),
    ],
)
def test_near_misses(report: HealthReport) -> None:
    assert rules(report) == []


@pytest.mark.parametrize(
    ("report", "rule"),
    [
        (replace(GOOD, month=11), "few"),
        (with_tally(waiting=3), "unfinished"),
        (with_tally(found=5, ways={"feed /rss": "failed", "listing /": "ok"}), "incomplete"),
        (with_tally(found=5, ways={"listing /": "failed"}), "incomplete"),
    ],
)
def test_what_is_worth_noticing_is_no_silence(report: HealthReport, rule: str) -> None:
    (alarm,) = judged(SOURCE, report)
    assert (alarm.rule, alarm.silent) == (rule, False)


def test_a_site_without_dates_owes_none() -> None:
    source = replace(SOURCE, expect=replace(SOURCE.expect, dated=0.0))
    assert rules(with_read(dated=0), source) == []


def test_a_report_survives_json() -> None:
    report = GOOD.with_alarms(judged(SOURCE, with_tally(blocked=1)))
    assert from_json(json.loads(json.dumps(report.as_json()))) == report
