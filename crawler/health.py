"""How a source fared in one run, held against what its file expects; what deserves somebody's attention is an alarm."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.source import Source


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counted while a source is visited."""

    requests: int = 0
    received: int = 0
    """Bytes, unpacked."""
    found: int = 0
    """Addresses of releases that listings and feeds showed, doubles left out."""
    fresh: int = 0
    """Those of them never seen before."""
    new: int = 0
    """Pages kept for the first time."""
    changed: int = 0
    """New versions of pages kept before."""
    unchanged: int = 0
    same: int = 0
    """Further addresses of pages kept already."""
    blocked: int = 0
    failed: int = 0
    gone: int = 0
    skipped: int = 0
    """Not pages: documents, pictures; forbidden by robots.txt."""
    waiting: int = 0
    """Known and not fetched when the run ended."""
    ways: dict[str, str] = field(default_factory=dict)
    """Way → what came of it: ok, unchanged, empty, blocked, failed, robots, stuck."""
    gaps: list[str] = field(default_factory=list)
    """Ways whose newest page held nothing known: releases may have come and gone between two runs."""
    notes: list[str] = field(default_factory=list)
    """What went wrong, with addresses; the first twenty."""
    reached: datetime | None = None
    """Oldest date among what was found."""

    def note(self, text: str) -> None:
        if len(self.notes) < 20:
            self.notes.append(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    rule: str
    text: str
    """Russian, one sentence."""
    silent: bool = True
    """The source gives nothing, or not what it should: the run ends with a non-zero exit code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Of the releases read from a run's pages, when they were read."""

    pages: int
    lengths: tuple[int, ...]
    """Characters of each body."""
    dated: int
    failed: int
    """Pages of which nothing could be read."""


MOMENTS = ("started_at", "oldest", "newest", "known_since", "last_found")


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthReport:
    source: str
    name: str
    run: int
    """Number of the run in the dataset."""
    started_at: datetime
    seconds: float
    tally: Tally
    oldest: datetime | None
    """Of all releases known of this source, like `newest`."""
    newest: datetime | None
    month: int
    """Releases dated within the last 28 days."""
    known_since: datetime | None
    last_found: datetime | None
    """When the last new address came."""
    read: Read | None = None
    alarms: tuple[Alarm, ...] = ()

    def with_alarms(self, alarms: tuple[Alarm, ...]) -> "HealthReport":
        return replace(self, alarms=alarms)

    @property
    def silent(self) -> bool:
        return any(alarm.silent for alarm in self.alarms)

    def as_json(self) -> dict[str, Any]:
        values = asdict(self)
        for name in MOMENTS:
            values[name] = values[name].isoformat() if values[name] is not None else None
        reached = self.tally.reached
        values["tally"]["reached"] = reached.isoformat() if reached is not None else None
        return values


def from_json(values: dict[str, Any]) -> HealthReport:
    values = dict(values)
    for name in MOMENTS:
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    tally = dict(values["tally"])
    tally["reached"] = datetime.fromisoformat(tally["reached"]) if tally["reached"] else None
    read = values["read"]
    values["tally"] = Tally(**tally)
    values["read"] = Read(**read | {"lengths": tuple(read["lengths"])}) if read else None
    values["alarms"] = tuple(Alarm(**alarm) for alarm in values["alarms"])
    return HealthReport(**values)


# Each rule says in Russian what is wrong, or nothing. The order is the order of the report.


def blocked(source: Source, report: HealthReport) -> str | None:
    """сайт не пускает"""
    if report.tally.blocked == 0:
        return None
    return f"сайт не пускает: {report.tally.blocked} ответов-заслонов, это не «нет новостей»"


def unreachable(source: Source, report: HealthReport) -> str | None:
    """ни один список не прочитан"""
    ways = report.tally.ways
    if (
        not ways
        or report.tally.found
        or any(state in ("ok", "unchanged", "empty", "stuck", "blocked") for state in ways.values())
    ):
        return None
    return "ни один список не прочитан: " + "; ".join(f"{way} — {state}" for way, state in ways.items())


def redesigned(source: Source, report: HealthReport) -> str | None:
    """списки открываются, но материалов в них нет"""
    tally = report.tally
    read = [way for way, state in tally.ways.items() if state == "empty"]
    if tally.found or not read or any(state == "unchanged" for state in tally.ways.values()):
        return None
    return f"списки открываются, но ни одного материала в них не узнано ({', '.join(read)}): сайт переделан?"


def stuck(source: Source, report: HealthReport) -> str | None:
    """обход списка застрял"""
    names = [way for way, state in report.tally.ways.items() if state == "stuck"]
    return f"список ходит по кругу: {', '.join(names)}" if names else None


def pages_lost(source: Source, report: HealthReport) -> str | None:
    """адреса есть, страницы не открываются"""
    tally = report.tally
    got = tally.new + tally.changed + tally.unchanged + tally.same
    lost = tally.failed + tally.gone
    if lost < 3 or lost <= got:
        return None
    return f"{lost} страниц не открылось, открылось {got}"


def unreadable(source: Source, report: HealthReport) -> str | None:
    """страницы есть, текста нет"""
    read = report.read
    if read is None or read.pages < 3 or read.failed * 2 < read.pages:
        return None
    return f"из {read.pages} новых страниц не прочитано {read.failed}: вёрстка сменилась?"


def odd_length(source: Source, report: HealthReport) -> str | None:
    """тексты не той длины"""
    read = report.read
    if read is None or len(read.lengths) < 5:
        return None
    least, most = source.expect.length
    odd = sum(not least <= length <= most for length in read.lengths)
    if odd * 4 <= len(read.lengths):
        return None
    return f"у {odd} из {len(read.lengths)} новых текстов длина вне {least}–{most} знаков: вёрстка сменилась?"


def undated(source: Source, report: HealthReport) -> str | None:
    """мало дат"""
    read = report.read
    good = (read.pages - read.failed) if read else 0
    if read is None or good < 5 or read.dated >= good * source.expect.dated * 0.8:
        return None
    return f"дата найдена у {read.dated} из {good} новых материалов, ожидается {source.expect.dated:.0%}"


def gap(source: Source, report: HealthReport) -> str | None:
    """между обходами могло что-то пройти незамеченным"""
    if not report.tally.gaps:
        return None
    return (
        f"на {', '.join(report.tally.gaps)} не осталось ничего знакомого: часть материалов могла пройти незамеченной, "
        "обходите чаще или дочитайте с --since"
    )


def stale(source: Source, report: HealthReport) -> str | None:
    """давно нет нового"""
    newest = report.newest or report.last_found  # a site that prints no dates is judged by when it was seen to change
    if newest is None:
        return None
    days = (report.started_at - newest) / timedelta(days=1)
    if days <= source.expect.fresh_days:
        return None
    return f"последний материал — {days:.0f} дн. назад, ожидается не реже раза в {source.expect.fresh_days:g} дн."


def few(source: Source, report: HealthReport) -> str | None:
    """меньше обычного"""
    long_enough = report.known_since is not None and report.started_at - report.known_since >= timedelta(days=28)
    expected = source.expect.a_week * 4
    if not long_enough or report.newest is None or report.month >= expected * 0.3:
        return None
    return f"за четыре недели {report.month} материалов, ожидается около {expected:.0f}"


def incomplete(source: Source, report: HealthReport) -> str | None:
    """список прочитан не до конца"""
    broken = [way for way, state in report.tally.ways.items() if state in ("failed", "robots")]
    if not broken or unreachable(source, report) is not None:
        return None
    return f"не прочитано или прочитано не до конца: {', '.join(broken)}"


def unfinished(source: Source, report: HealthReport) -> str | None:
    """не всё скачано"""
    return f"{report.tally.waiting} адресов ждут следующего обхода" if report.tally.waiting else None


Rule = Callable[[Source, HealthReport], str | None]
SILENT: tuple[Rule, ...] = (
    blocked,
    unreachable,
    redesigned,
    stuck,
    pages_lost,
    unreadable,
    odd_length,
    undated,
    gap,
    stale,
)
NOTICES: tuple[Rule, ...] = (few, incomplete, unfinished)


def judged(source: Source, report: HealthReport) -> tuple[Alarm, ...]:
    alarms = [(rule, text, True) for rule in SILENT if (text := rule(source, report)) is not None]
    alarms += [(rule, text, False) for rule in NOTICES if (text := rule(source, report)) is not None]
    return tuple(Alarm(rule=rule.__name__, text=text, silent=silent) for rule, text, silent in alarms)


def earliest(moments: Iterable[datetime | None]) -> datetime | None:
    return min((at.astimezone(UTC) for at in moments if at is not None), default=None)
