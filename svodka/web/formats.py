"""Listings as files: CSV, XLSX, Atom and iCalendar."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from xml.etree.ElementTree import Element, SubElement, tostring

from openpyxl import Workbook

from store.records import BodyRow, Hit, MeetingRow, PersonRow, Record

ATOM = "http://www.w3.org/2005/Atom"
Row = Mapping[str, str | int | None]


def flat(record: Record) -> Row:
    """One line of a table: names joined by semicolons, ids kept so that a table can be joined again."""
    if isinstance(record, Hit):
        return {
            "id": record.id,
            "published": record.published,
            "source": record.source,
            "title": record.heading,
            "url": record.url,
            "topics": "; ".join(record.topics),
        }
    if isinstance(record, MeetingRow):
        return {
            "id": record.id,
            "date": record.date,
            "date_end": record.date_end,
            "kind": record.kind,
            "name": record.name,
            "place": record.place.name if record.place else None,
            "format": record.format,
            "status": record.status,
            "attendees": "; ".join(person.name for person in record.attendees),
            "organisations": "; ".join(body.name for body in record.organisations),
            "sources": "; ".join(record.sources),
            "releases": "; ".join(record.releases),
        }
    if isinstance(record, PersonRow):
        return {
            "id": record.id,
            "name": record.name,
            "position": record.position,
            "organisation": record.organisation.name if record.organisation else None,
            "meetings": record.meetings,
            "releases": record.releases,
            "last": record.last,
        }
    if isinstance(record, BodyRow):
        return {
            "id": record.id,
            "name": record.name,
            "acronym": record.acronym,
            "country": record.country,
            "meetings": record.meetings,
            "releases": record.releases,
        }
    raise TypeError(f"{type(record).__name__} has no flat form")


def safe(value: str | int | None) -> str | int | None:
    """A cell that a spreadsheet would run as a formula becomes plain text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def as_csv(records: Iterable[Record]) -> bytes:
    """UTF-8 with a byte order mark, which Excel needs for Cyrillic."""
    rows = [flat(record) for record in records]
    out = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows({key: safe(value) for key, value in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(records: Iterable[Record]) -> bytes:
    rows = [flat(record) for record in records]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Сводка")
    if rows:
        sheet.append(list(rows[0]))
    for row in rows:
        sheet.append([safe(value) for value in row.values()])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_atom(title: str, address: str, home: str, records: Sequence[Record]) -> bytes:
    """`address` is the feed's own; entries link to our page of the release or meeting."""
    feed = Element("feed", xmlns=ATOM)
    SubElement(feed, "title").text = title
    SubElement(feed, "id").text = address
    SubElement(feed, "link", rel="self", href=address)
    stamps = [stamp(record) for record in records]
    SubElement(feed, "updated").text = max(stamps, default="1970-01-01T00:00:00+00:00")
    author = SubElement(feed, "author")
    SubElement(author, "name").text = "Сводка"
    for record, updated in zip(records, stamps, strict=True):
        entry = SubElement(feed, "entry")
        name, link, summary = told(record, home)
        SubElement(entry, "title").text = name
        SubElement(entry, "id").text = link
        SubElement(entry, "link", href=link)
        SubElement(entry, "updated").text = updated
        SubElement(entry, "summary").text = summary
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def stamp(record: Record) -> str:
    """RFC 3339 with a zone; a day alone counts as its first moment in UTC."""
    value = record.published if isinstance(record, Hit) else getattr(record, "date", None)
    if not value:
        return "1970-01-01T00:00:00+00:00"
    when = datetime.fromisoformat(value)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).isoformat()


def told(record: Record, home: str) -> tuple[str, str, str]:
    if isinstance(record, Hit):
        summary = " ".join("".join(piece.text for piece in snippet) for snippet in record.snippets)
        return record.heading, f"{home}/releases/{record.id}", summary
    assert isinstance(record, MeetingRow)  # noqa: S101 only these two have feeds
    people = ", ".join(person.name for person in record.attendees)
    where = record.place.name if record.place else ""
    return record.name, f"{home}/meetings/{record.id}", " · ".join(filter(None, [record.date, where, people]))


def as_ics(records: Iterable[MeetingRow], home: str, now: datetime) -> bytes:
    """Whole-day events; a meeting without a date is left out, since a calendar cannot show it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Svodka//RU", "CALSCALE:GREGORIAN"]
    for record in records:
        if record.date:
            lines += event(record, home, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in fold(line)).encode()


def event(record: MeetingRow, home: str, now: datetime) -> list[str]:
    first = date.fromisoformat(record.date or "")
    last = date.fromisoformat(record.date_end or record.date or "")
    status = {"held": "CONFIRMED", "planned": "TENTATIVE", "postponed": "TENTATIVE", "cancelled": "CANCELLED"}
    people = ", ".join(person.name for person in record.attendees)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{record.id}@svodka",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(record.name)}",
        f"STATUS:{status[record.status]}",
        f"URL:{home}/meetings/{record.id}",
    ]
    if record.place:
        lines.append(f"LOCATION:{escaped(record.place.name)}")
    if people:
        lines.append(f"DESCRIPTION:{escaped(people)}")
    return [*lines, "END:VEVENT"]


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> list[str]:
    """RFC 5545: at most 75 bytes a line, the rest goes on behind a space."""
    out, part, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > 74:
            out.append(part)
            part, size = " ", 1
        part, size = part + char, size + width
    return [*out, part]
