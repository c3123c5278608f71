"""A date as an agency prints it → a moment with a time zone, or None where it is not certain.

Read as Russians write: the day before the month, months in any case or shortened, no year when it is this one,
«сегодня» and «вчера» counted on the agency's own clock.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

MOSCOW = ZoneInfo("Europe/Moscow")

MONTH_STEMS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
ENGLISH_STEMS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:янв(?:ар[ьяе])?|фев(?:р(?:ал[ьяе])?)?|мар(?:т[ае]?)?|апр(?:ел[ьяе])?|ма[йяе]|июн[ьяе]?|июл[ьяе]?"
    r"|авг(?:уст[ае]?)?|сен(?:т(?:ябр[ьяе])?)?|окт(?:ябр[ьяе])?|ноя(?:б(?:р[ьяе])?)?|дек(?:абр[ьяе])?"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![а-яёa-z])\.?"
)
DAY = r"(?<!\d)(?P<day>0?[1-9]|[12]\d|3[01])"
YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"

ISO = re.compile(
    r"^(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[t ]+(?P<clock>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(?P<offset>z|[+-]\d\d:?(?:\d\d)?)?)?$"
)
WORDED = re.compile(rf"{DAY}(?:-?го|th|st|nd|rd)?[\s,./-]+(?P<month>{MONTH})(?:[\s,./-]+{YEAR})?")
MONTH_FIRST = re.compile(rf"(?<![а-яёa-z])(?P<month>{MONTH})\s+{DAY}(?:th|st|nd|rd)?(?!\d|[.:]\d),?\s+{YEAR}")
YEAR_FIRST = re.compile(rf"{YEAR}[./-](?P<month>0?[1-9]|1[0-2])[./-](?P<day>0?[1-9]|[12]\d|3[01])(?!\d)")
NUMERIC = re.compile(
    rf"{DAY}\s?(?P<sep>[./-])\s?(?P<month>0?[1-9]|1[0-2])\s?(?P=sep)\s?(?P<year>(?:19|20)\d\d|\d\d)(?![\d.]\d|\d)"
)
RELATIVE_DAY = re.compile(r"(?<![а-яё])(?P<word>сегодня|вчера|позавчера)(?![а-яё])")
AGO = re.compile(
    r"^(?:(?P<count>\d{1,2}|один|одну|два|две|три)\s+)?(?P<unit>минут[уы]?|час(?:а|ов)?|дн(?:я|ей)|день)\s+назад$"
)
STAMP = re.compile(r"^1\d{9}(?:\d{3})?$")
CLOCK = re.compile(r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d:])")
DOTTED_CLOCK = re.compile(r"(?<![а-яё])в\s+(?P<hour>[01]?\d|2[0-3])[.-](?P<minute>[0-5]\d)(?![\d.])")
ZONE_NAME = re.compile(r"\(?(?P<name>мск|msk|utc|gmt|по московскому времени)\)?\s*(?P<hours>[+-]\d{1,2})?(?::00)?\)?")

FOREIGN = re.compile(r"(?<!\d)\d{1,2}(?!\d).*[^\W\d_]{2}.*(?<!\d)(?:19|20)\d\d(?!\d)")
"""A day, a word and a year: what is worth asking dateparser about."""

RELATIVE_DAYS = {"сегодня": 0, "вчера": 1, "позавчера": 2}
COUNTS = {None: 1, "один": 1, "одну": 1, "два": 2, "две": 2, "три": 3}

CHANGED = re.compile(
    r"(?:последн\w+\s+)?(?:дата\s+)?(?:обновл\w*|измен\w*|редакт\w*|отредакт\w*|актуал\w*|updated?|modified)"
    r".*?(?=опубликован|дата публикации|размещен|создан|published|$)",
    re.DOTALL,
)
"""What a page says of a later edit, up to the next label: never the day of publication."""

COUNTERS = re.compile(
    r"(?:количество |число |кол-во )?(?:просмотр|показ|прочтени|посещени|комментари)\w*\W*\d[\d ]*|views?\W*\d+"
    r"|(?<![\d:.])\d[\d ]* (?:просмотр|комментари)\w*|(?:автор|источник)\s*:\s*[^\d|]*$"
)
"""What else a date line may count or name."""

AROUND = re.compile(
    r"дата публикации|дата размещения|дата создания|дата новости|дата|время"
    r"|(?:опубликован|размещен|создан|добавлен)[оаы]?|published(?: on)?|posted(?: on)?"
    r"|понедельник|вторник|сред[аеу]|четверг|пятниц[аеу]|суббот[аеу]|воскресенье"
    r"|(?<![а-я])(?:пн|вт|ср|чт|пт|сб|вс)(?![а-я])"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?<![а-я])(?:года|год|г|в|от|at)(?![а-я])"
)
"""Words that may stand beside a date that is the whole of a line: labels, weekdays, «г.»."""

LABEL = re.compile(r"дата публикации|опубликован|размещ[её]н|дата размещения|дата новости|published|posted")
NOT_A_LABEL = re.compile(r"^\W*(?:от|до|с|по|к|на)(?![а-яё])")
"""«от 26 марта», «до 20 апреля»: a document's day or a deadline."""

FUTURE = timedelta(days=2)
"""A page printed «tomorrow» by a clock that is ahead is still believed; a later day is an event's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date that was read."""

    at: datetime
    """With a time zone; midnight of the agency where only the day is told."""
    rule: str
    clock: bool
    """Whether a time of day was printed."""
    offset: bool = False
    """Whether a time zone was printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Against what a date is read: the moment of fetching, and the agency's own time zone."""

    now: datetime
    zone: tzinfo = MOSCOW

    @property
    def here(self) -> datetime:
        return self.now.astimezone(self.zone)


def read(raw: str, clock: Clock) -> Moment | None:
    """A value that is a date and nothing else: an attribute, a feed's field, a page's date line."""
    text = plain(raw)
    if not text or len(text) > 200:
        return None
    for rule in RULES:
        if (moment := rule(text, clock)) is not None:
            return moment
    return None


def printed(raw: str, clock: Clock) -> Moment | None:
    """A line of the page that is nothing but the day of publication: no deadline, no day to come."""
    text = COUNTERS.sub(" ", CHANGED.sub(" ", plain(raw))).strip()
    if not text or NOT_A_LABEL.search(text):
        return None
    moment = whole(text, clock)
    if moment is None or moment.at > clock.now + FUTURE or moment.at.year < 1991:
        return None
    return moment


def labelled(raw: str) -> bool:
    """«Дата публикации: …»: the line itself says what its date is."""
    return LABEL.search(plain(raw)) is not None


def plain(raw: str) -> str:
    return " ".join(raw.replace("\u200b", "").replace("−", "-").replace("–", "-").lower().replace("ё", "е").split())


def whole(text: str, clock: Clock) -> Moment | None:
    """The text as one date; or its one part between bars that is a date, when the other parts are short."""
    if (moment := alone(text, clock)) is not None:
        return moment
    parts = [part.strip() for part in re.split(r"[|•·]|\s/\s|\s-\s|\n", text) if part.strip()]
    found = [moment for part in parts if (moment := alone(part, clock)) is not None]
    return found[0] if len(found) == 1 and len(parts) <= 4 and all(len(part) <= 60 for part in parts) else None


def alone(text: str, clock: Clock) -> Moment | None:
    if (moment := iso(text, clock) or ago(text, clock)) is not None:
        return moment
    found = first_day(text, clock)
    if found is None:
        return None
    day, start, stop, rule = found
    rest = text[:start] + " " + text[stop:]
    time = CLOCK.search(rest) or DOTTED_CLOCK.search(rest)
    if time is not None:
        rest = rest[: time.start()] + " " + rest[time.end() :]
    rest = AROUND.sub(" ", ZONE_NAME.sub(" ", rest))
    return None if re.search(r"[^\W_]", rest) else joined(day, text[:start] + " " + text[stop:], rule, clock)


Day = tuple[datetime, int, int, str]


def first_day(text: str, clock: Clock) -> Day | None:
    """The first day told in any of the ways, as midnight on the agency's clock, and where it stands."""
    found = [day for way in DAYS if (day := way(text, clock)) is not None]
    return min(found, key=lambda day: (day[1], -day[2])) if found else None


def worded(text: str, clock: Clock) -> Day | None:
    """«28 марта 2024», «20 Октябрь 2025», «31 декабря»"""
    for pattern in (MONTH_FIRST, WORDED):
        if found := pattern.search(text):
            year = found["year"]
            day = midnight(int(year) if year else None, month_number(found["month"]), int(found["day"]), clock)
            return (day, *found.span(), "day and month in words") if day else None
    return None


def numeric(text: str, clock: Clock) -> Day | None:
    """«05.04.2024» is the fifth of April; «05.04.24» too"""
    found = NUMERIC.search(text)
    if found is None:
        return None
    year = int(found["year"])
    day = midnight(year if year > 99 else 2000 + year, int(found["month"]), int(found["day"]), clock)
    return (day, *found.span(), "numbers") if day else None


def year_first(text: str, clock: Clock) -> Day | None:
    """«2024-03-28», «2024.03.28»"""
    found = YEAR_FIRST.search(text)
    if found is None:
        return None
    day = midnight(int(found["year"]), int(found["month"]), int(found["day"]), clock)
    return (day, *found.span(), "year first") if day else None


def relative(text: str, clock: Clock) -> Day | None:
    """«сегодня, 14:05», «вчера»"""
    found = RELATIVE_DAY.search(text)
    if found is None:
        return None
    day = clock.here.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return day - timedelta(days=RELATIVE_DAYS[found["word"]]), *found.span(), "today or yesterday"


DAYS = (year_first, worded, numeric, relative)


def midnight(year: int | None, month: int, day: int, clock: Clock) -> datetime | None:
    """Naive; without a year the last such day that is not in the future."""
    if year is not None:
        return valid(year, month, day)
    today = clock.here.replace(tzinfo=None)
    tries = (valid(today.year - back, month, day) for back in range(-1, 8))
    return next((found for found in tries if found is not None and found <= today + timedelta(days=1)), None)


def valid(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day)  # noqa: DTZ001 the zone is joined later
    except ValueError:
        return None


def month_number(word: str) -> int:
    for stems in (MONTH_STEMS, ENGLISH_STEMS):
        # «мар» before «ма»: the table is in calendar order, so March is asked before May.
        for number, stem in enumerate(stems, start=1):
            if word.startswith(stem):
                return number
    raise AssertionError(word)


def joined(day: datetime, rest: str, rule: str, clock: Clock) -> Moment:
    time = CLOCK.search(rest) or DOTTED_CLOCK.search(rest)
    if time is None:
        return Moment(at=day.replace(tzinfo=clock.zone), rule=rule, clock=False)
    at = day.replace(
        hour=int(time["hour"]), minute=int(time["minute"]), second=int(time.groupdict().get("second") or 0)
    )
    zone = named_zone(rest[time.end() :])
    return Moment(at=at.replace(tzinfo=zone or clock.zone), rule=rule, clock=True, offset=zone is not None)


def named_zone(rest: str) -> tzinfo | None:
    """«(МСК)», «МСК+4», «UTC+3» after the clock."""
    found = ZONE_NAME.match(rest.strip(" ,"))
    if found is None:
        return None
    base = 0 if found["name"] in ("utc", "gmt") else 3
    hours = int(found["hours"] or 0)
    return MOSCOW if (base, hours) == (3, 0) else timezone(timedelta(hours=base + hours))


def iso(text: str, clock: Clock) -> Moment | None:
    """«2024-03-28T15:30:00+03:00»; without an offset it is the agency's own clock"""
    found = ISO.match(text)
    if found is None:
        return None
    try:
        at = datetime.fromisoformat(f"{found['day']}T{found['clock'] or '00:00'}")
    except ValueError:
        return None
    zone = offset_zone(found["offset"])
    return Moment(
        at=at.replace(tzinfo=zone or clock.zone),
        rule="ISO 8601",
        clock=found["clock"] is not None,
        offset=zone is not None,
    )


def offset_zone(offset: str | None) -> tzinfo | None:
    if offset is None:
        return None
    if offset == "z":
        return UTC
    digits = offset[1:].replace(":", "").ljust(4, "0")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-away if offset[0] == "-" else away) if away < timedelta(hours=24) else None


def mail(text: str, clock: Clock) -> Moment | None:
    """«Thu, 28 Mar 2024 15:30:00 +0300», as feeds write it"""
    if not re.search(r"\d\d:\d\d(?::\d\d)?\s*(?:[+-]\d{4}|gmt|utc|ut|z|msk)?$", text) or not re.match(
        r"(?:[a-z]{3},?\s+)?\d", text
    ):
        return None
    try:
        at = parsedate_to_datetime(text.removesuffix(" msk"))
    except ValueError:
        return None
    zone = MOSCOW if text.endswith(" msk") else at.tzinfo
    return Moment(at=at.replace(tzinfo=zone or clock.zone), rule="RFC 5322", clock=True, offset=zone is not None)


def stamp(text: str, clock: Clock) -> Moment | None:
    """«1711629000»: seconds (or milliseconds) of the Unix clock, as JSON answers give them"""
    if not STAMP.match(text):
        return None
    at = datetime.fromtimestamp(int(text[:10]), UTC).astimezone(clock.zone)
    return Moment(at=at, rule="Unix time", clock=True, offset=True)


def ago(text: str, clock: Clock) -> Moment | None:
    """«5 минут назад», «час назад», «2 дня назад»"""
    found = AGO.match(text)
    if found is None:
        return None
    count = COUNTS[found["count"]] if found["count"] in COUNTS else int(found["count"])
    if found["unit"].startswith("д"):
        day = clock.here.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=count)
        return Moment(at=day, rule="so long ago", clock=False)
    away = timedelta(hours=count) if found["unit"].startswith("час") else timedelta(minutes=count)
    return Moment(at=(clock.here - away).replace(second=0, microsecond=0), rule="so long ago", clock=True, offset=True)


def loose(text: str, clock: Clock) -> Moment | None:
    """«Четверг, 28 марта 2024 года, 15:30 (МСК)»"""
    return whole(text, clock)


def foreign(text: str, clock: Clock) -> Moment | None:
    """Anything else a site's own field may hold, by dateparser: «28 Mart 2024», «28.III.2024»."""
    if len(text) > 60 or not FOREIGN.search(text):
        return None
    at = dateparser_reads(text)
    if at is None:
        return None
    return Moment(at=at.replace(tzinfo=at.tzinfo or clock.zone), rule="dateparser", clock=bool(CLOCK.search(text)))


@lru_cache(maxsize=512)
def dateparser_reads(text: str) -> datetime | None:
    import dateparser  # takes a fifth of a second to import, and is asked seldom

    settings = {"DATE_ORDER": "DMY", "PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["day", "month", "year"]}
    return dateparser.parse(text, settings=settings)


RULES: tuple[Callable[[str, Clock], Moment | None], ...] = (iso, mail, stamp, ago, loose, foreign)


def corrected(moment: Moment, offset_is_local: bool, zone: tzinfo) -> Moment:
    """A site that labels its own local time as UTC (or as another zone): the clock is right, the label is not."""
    if not (offset_is_local and moment.offset):
        return moment
    return Moment(
        at=moment.at.replace(tzinfo=zone), rule=moment.rule + ", the zone's label corrected", clock=moment.clock
    )
