"""The days that a text names, resolved against the day of publication: «в минувшую пятницу», «с 14 по 16 мая»."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    stem: number
    for number, stem in enumerate(
        ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"), 1
    )
}
DAYS = {
    "понедельник": 0,
    "вторник": 1,
    "сред": 2,
    "четверг": 3,
    "пятниц": 4,
    "суббот": 5,
    "воскресень": 6,
}
MONTH = r"(?P<month>январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)(?:[яеь]|а|ю|ём|ем|й)"
MONTH_TWO = MONTH.replace("month", "month2")
DAY = r"(?P<day>\d{1,2})(?:-?(?:го|е|му|м))?"
DAY_TWO = r"(?P<day2>\d{1,2})(?:-?(?:го|е|му|м))?"
YEAR = r"(?:\s+(?P<year>\d{4})(?:\s*(?:г\.|год[а-я]*))?)?"
WEEKDAY = r"(?P<weekday>понедельник|вторник|сред|четверг|пятниц|суббот|воскресень)(?:[а-я]{0,3})"
RELATIVE = {"сегодня": 0, "вчера": -1, "накануне": -1, "завтра": 1, "послезавтра": 2, "позавчера": -2}


@dataclass(frozen=True, slots=True)
class Named:
    """Days `first` to `last` (one day: `last` is None) named at `start` to `stop` of the text."""

    start: int
    stop: int
    first: date
    last: date | None
    rule: str


@dataclass(frozen=True, slots=True)
class When:
    """What a day is resolved against."""

    published: date | None
    future: bool = False
    """The sentence speaks of what is to come."""


def nearest(day: int, month: int, year: str | None, when: When) -> date | None:
    """The day itself where the year is told, else the one nearest to publication on the side that the tense says."""
    if year:
        return safe(int(year), month, day)
    if when.published is None:
        return None
    near = [d for k in (-1, 0, 1) if (d := safe(when.published.year + k, month, day)) is not None]
    published = when.published

    def cost(d: date) -> int:
        away = (d - published).days
        wrong_side = away < 0 if when.future else away > 0
        return abs(away) + (60 if wrong_side else 0)

    return min(near, key=cost, default=None)


def safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


Reader = Callable[[re.Match[str], When], tuple[date | None, date | None]]


def two_months(m: re.Match[str], when: When) -> tuple[date | None, date | None]:
    """«с 30 апреля по 2 мая», «30 апреля – 2 мая 2024 года»"""
    first = nearest(int(m["day"]), MONTHS[m["month"]], m["year"], when)
    last = nearest(int(m["day2"]), MONTHS[m["month2"]], m["year"], when)
    if first is not None and last is not None and last < first:
        first = safe(first.year - 1, first.month, first.day) if m["year"] else first
        last = last if m["year"] else safe(last.year + 1, last.month, last.day)
    return first, last


def days_of_month(m: re.Match[str], when: When) -> tuple[date | None, date | None]:
    """«с 14 по 16 мая», «14–16 мая», «14 и 15 мая 2024 года»"""
    month = MONTHS[m["month"]]
    return nearest(int(m["day"]), month, m["year"], when), nearest(int(m["day2"]), month, m["year"], when)


def day_of_month(m: re.Match[str], when: When) -> tuple[date | None, date | None]:
    """«14 мая», «14 мая 2024 года», «14-го мая»"""
    return nearest(int(m["day"]), MONTHS[m["month"]], m["year"], when), None


def in_figures(m: re.Match[str], when: When) -> tuple[date | None, date | None]:
    """«14.05.2024»"""
    return safe(int(m["year"]), int(m["number"]), int(m["day"])), None


def relative(m: re.Match[str], when: When) -> tuple[date | None, date | None]:
    """«вчера», «сегодня», «завтра»"""
    if when.published is None:
        return None, None
    return when.published + timedelta(RELATIVE[m["word"]]), None


def weekday(m: re.Match[str], when: When) -> tuple[date | None, date | None]:
    """«во вторник», «в минувшую пятницу», «в прошлый четверг», «в следующую среду»"""
    if when.published is None:
        return None, None
    wanted, today = DAYS[m["weekday"]], when.published.weekday()
    back, ahead = (today - wanted) % 7, (wanted - today) % 7
    which = (m["which"] or "").strip()
    if which.startswith(("следующ", "ближайш", "будущ", "предстоящ")) or (when.future and not which):
        return when.published + timedelta(ahead or 7), None
    if which.startswith(("прошл", "минувш", "прошедш")):
        return when.published - timedelta(back or 7), None
    return when.published - timedelta(back), None


RULES: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(rf"\b(?:с\s+)?{DAY}\s+{MONTH}\s*(?:по|[-–—])\s*{DAY_TWO}\s+{MONTH_TWO}{YEAR}"), two_months),
    (re.compile(rf"\b(?:с\s+)?{DAY}\s*(?:[-–—]|по|до|и|,)\s*{DAY_TWO}\s+{MONTH}{YEAR}"), days_of_month),
    (re.compile(rf"\b{DAY}\s+{MONTH}\b{YEAR}"), day_of_month),
    (re.compile(r"\b(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})\b"), in_figures),
    (re.compile(r"\b(?P<word>сегодня|вчера|накануне|завтра|послезавтра|позавчера)\b(?!шн)"), relative),
    (
        re.compile(
            rf"\b(?:во?|на|утром|вечером|днем)\s+(?:утром\s+|вечером\s+)?(?P<which>(?:минувш|прошл|прошедш|эт|следующ|ближайш|будущ|предстоящ)\w+\s+)?{WEEKDAY}\b"
        ),
        weekday,
    ),
)
PLURAL_DAYS = re.compile(r"\bпо\s+(?:понедельникам|вторникам|средам|четвергам|пятницам|субботам|воскресеньям)\b")


def named_in(text: str, start: int, stop: int, when: When) -> list[Named]:
    """Days named between two offsets, in order; the first rule to read some words keeps them."""
    low = text[start:stop].lower().replace("ё", "е")
    taken: list[tuple[int, int]] = [m.span() for m in PLURAL_DAYS.finditer(low)]
    out = sorted(read(low, start, when, taken), key=lambda n: n.start)
    return [n for i, n in enumerate(out) if not glossed(text, out, i)]


def read(low: str, offset: int, when: When, taken: list[tuple[int, int]]) -> Iterator[Named]:
    for pattern, reader in RULES:
        for match in pattern.finditer(low):
            if any(match.start() < b and match.end() > a for a, b in taken):
                continue
            first, last = reader(match, when)
            if first is None:
                continue
            if last is not None and last <= first:
                last = None
            taken.append(match.span())
            yield Named(offset + match.start(), offset + match.end(), first, last, reader.__name__)


def glossed(text: str, days: list[Named], i: int) -> bool:
    """«в пятницу, 9 февраля»: the weekday only repeats the day."""
    day = days[i]
    for other in days[max(0, i - 1) : i + 2]:
        if other is not day and day.rule in ("weekday", "relative") and other.rule not in ("weekday", "relative"):
            between = text[min(day.stop, other.stop) : max(day.start, other.start)]
            if len(between) <= 3 and not between.strip(" ,("):
                return True
    return False
