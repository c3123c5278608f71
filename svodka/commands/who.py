"""`svodka who`: a person's meetings in time."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from svodka.cli import Fault
from svodka.dataset import dir_option, opened
from svodka.tables import ROLES, STATUSES, days, form_options, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from store.records import Attended, Page, Person, PersonRow

MANY = 20


@click.command()
@click.argument("name", metavar="ИМЯ")
@dir_option
@click.option("--since", metavar="ДАТА", help="Встречи не раньше этого дня.")
@click.option("--until", metavar="ДАТА", help="Встречи не позже этого дня.")
@click.option("--evidence", is_flag=True, help="Слова сообщений, из которых это следует.")
@click.option("--ties", is_flag=True, help="И связи, которые не присутствие: подпись, приветствие, приглашение.")
@form_options
def command(
    name: str, folder: Path, since: str | None, until: str | None, evidence: bool, ties: bool, form: str | None
) -> None:
    """Встречи человека во времени: должность, организация, роль и слова, которыми это сказано.

    ИМЯ — в любом падеже, целиком или частью, или идентификатор. Если подходят несколько человек, печатает список.

    \b
    Пример:  svodka who Асланова
             svodka who 'Дарья Асланова' --evidence --csv > асланова.csv
    """
    with opened(folder) as dataset:
        found = dataset.people(name, limit=MANY)
        if not found.rows:
            raise Fault(f"никто не найден: {name}")
        exact = [row for row in found.rows if row.name.casefold() == name.casefold()]
        if len(found.rows) > 1 and len(exact) != 1:
            candidates(found, form)
            return
        person = dataset.person((exact or found.rows)[0].id)
    meetings = within([*person.meetings, *(person.involved if ties else ())], since, until)
    if form is None:
        heading(person)
    columns = ("дата", "вид", "встреча", "место", "роль", "должность", "организация", "статус", "источники", "id")
    shown = columns if not evidence and form != "csv" else (*columns, "основание")
    show(form, shown, table(meetings, len(shown)), meetings)


def within(meetings: "Iterable[Attended]", since: str | None, until: str | None) -> "Sequence[Attended]":
    def fits(one: "Attended") -> bool:
        day, end = one.meeting.date or "", one.meeting.date_end or one.meeting.date or ""
        return (since is None or end >= since) and (until is None or (day != "" and day <= until))

    return sorted((one for one in meetings if fits(one)), key=lambda one: (one.meeting.date or "", one.meeting.id))


def table(meetings: "Sequence[Attended]", width: int) -> "Iterator[Sequence[Any]]":
    for one in meetings:
        meeting = one.meeting
        yield (
            days(meeting.date, meeting.date_end),
            meeting.kind,
            meeting.name,
            meeting.place.name if meeting.place else None,
            ROLES.get(one.role, one.role),
            one.position,
            one.organisation.name if one.organisation else one.side,
            STATUSES[meeting.status],
            ", ".join(meeting.sources),
            meeting.id,
            " | ".join(words.exact for words in one.evidence),
        )[:width]


def heading(person: "Person") -> None:
    click.echo(click.style(person.name, bold=True) + f"  {person.id}")
    for held in person.positions:
        body = f", {held.organisation.name}" if held.organisation else ""
        past = " (бывш.)" if held.former else ""
        click.echo(f"  {held.position}{body}{past}  {span(held.first, held.last)}")
    if person.candidates:
        others = ", ".join(f"{other.name} ({other.id})" for other in person.candidates)
        click.echo(f"  возможно, то же лицо — кандидатов {len(person.candidates)}: {others}")


def span(first: str | None, last: str | None) -> str:
    return f"{first or '?'}…{last or '?'}" if first != last else (first or "")


def candidates(found: "Page[PersonRow]", form: str | None) -> None:
    click.echo(f"подходят {found.total}; уточните имя или назовите id", err=True)
    columns = ("id", "имя", "должность", "организация", "сообщений", "встреч", "последнее")
    rows = (
        (
            row.id,
            row.name,
            row.position,
            row.organisation.name if row.organisation else None,
            row.releases,
            row.meetings,
            row.last,
        )
        for row in found.rows
    )
    show(form, columns, rows, found.rows)
