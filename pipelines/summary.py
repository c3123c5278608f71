"""The dataset in figures → lines that a person reads after a run."""

from collections.abc import Iterator

from store.records import Busy, MeetingRow, Summary


def told(summary: Summary) -> Iterator[str]:
    """In Russian: counts, then the busiest people with their latest meetings."""
    yield f"Сообщений: {summary.releases}, источников: {summary.sources}{span(summary)}"
    yield f"Людей: {summary.people}, организаций: {summary.organisations}, мест: {summary.places}"
    yield f"Встреч: {summary.meetings}, о них в нескольких сообщениях: {summary.shared_meetings}"
    yield f"Присутствий: {summary.attendances}"
    if summary.topics:
        yield "Темы: " + ", ".join(f"{topic.label} {topic.count}" for topic in summary.topics[:8])
    if summary.failures:
        yield f"Не разобрано документов: {summary.failures} (подробно: svodka doctor)"
    if summary.busiest:
        yield ""
        yield "Чаще других встречались:"
    for number, busy in enumerate(summary.busiest, 1):
        yield from told_of(number, busy)


def span(summary: Summary) -> str:
    return f", с {summary.first} по {summary.last}" if summary.first else ""


def told_of(number: int, busy: Busy) -> Iterator[str]:
    person = busy.person
    body = person.organisation.name if person.organisation else None
    post = ", ".join(part for part in (person.position, body) if part)
    yield f"{number:2}. {person.name}{f' — {post}' if post else ''}: встреч {person.meetings}"
    for meeting in busy.meetings:
        yield f"      {meeting.date or 'без даты  '}  {named(meeting)}"


def named(meeting: MeetingRow) -> str:
    place = f", {meeting.place.name}" if meeting.place else ""
    several = f" (сообщений: {meeting.tellings})" if meeting.tellings > 1 else ""
    return f"{meeting.name}{place}{several}"
