"""`svodka meetings`: meetings listed and filtered."""

from datetime import datetime
from pathlib import Path

import click

from svodka.dataset import dir_option, opened
from svodka.tables import FORMATS, STATUSES, days, form_options, show

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@dir_option
@click.option("--since", type=DAY, help="Не раньше этого дня.")
@click.option("--until", type=DAY, help="Не позже этого дня.")
@click.option(
    "--person", "persons", multiple=True, metavar="ИМЯ", help="Кто присутствовал; можно несколько: все сразу."
)
@click.option("--org", "organisation", metavar="НАЗВАНИЕ", help="Организация или её представитель.")
@click.option("--place", metavar="МЕСТО", help="Где.")
@click.option("--topic", metavar="ТЕМА", help="Код или начало названия темы.")
@click.option("--source", metavar="ИСТОЧНИК", help="Кто сообщил.")
@click.option("--kind", metavar="ВИД", help="встреча, переговоры, форум, …")
@click.option("--format", "format_", type=click.Choice(["online", "in-person", "hybrid"]), help="Формат.")
@click.option("--status", type=click.Choice(["held", "planned", "cancelled", "postponed"]), help="Состояние.")
@click.option("--shared", is_flag=True, help="Только те, о которых сообщили несколько раз.")
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=50, show_default=True, help="Сколько показать.")
@click.option(
    "--order",
    type=click.Choice(["newest", "oldest", "people"]),
    default="newest",
    show_default=True,
    help="Порядок.",
)
@form_options
def command(
    folder: Path,
    since: datetime | None,
    until: datetime | None,
    persons: tuple[str, ...],
    organisation: str | None,
    place: str | None,
    topic: str | None,
    source: str | None,
    kind: str | None,
    format_: str | None,
    status: str | None,
    shared: bool,
    limit: int,
    order: str,
    form: str | None,
) -> None:
    """Перечислить встречи. Имена и названия — в любом падеже.

    \b
    Пример:  svodka meetings --person Асланова --since 2024-04-01
             svodka meetings --org МИД --topic culture --csv > встречи.csv
    """
    from store.meetings import MeetingFilter

    wanted = MeetingFilter(
        since=since.date().isoformat() if since else None,
        until=until.date().isoformat() if until else None,
        persons=persons,
        organisation=organisation,
        place=place,
        topic=topic,
        source=source,
        kind=kind,
        format=format_,
        status=status,
        shared=shared,
    )
    with opened(folder) as dataset:
        page = dataset.meetings(wanted, limit, order=order)  # type: ignore[arg-type]
    columns = ("дата", "вид", "встреча", "место", "формат", "статус", "кто", "организации", "источники", "id")
    rows = (
        (
            days(meeting.date, meeting.date_end),
            meeting.kind,
            meeting.name,
            meeting.place.name if meeting.place else None,
            FORMATS[meeting.format],
            STATUSES[meeting.status],
            ", ".join(person.name for person in meeting.attendees),
            ", ".join(body.name for body in meeting.organisations),
            ", ".join(meeting.sources),
            meeting.id,
        )
        for meeting in page.rows
    )
    show(form, columns, rows, page.rows)
    if page.total > len(page.rows):
        click.echo(f"показаны {len(page.rows)} из {page.total}: --limit", err=True)
