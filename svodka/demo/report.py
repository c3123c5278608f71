"""The dataset's summary as tables for a terminal."""

from datetime import date

from rich.console import Console, Group
from rich.markup import escape
from rich.table import Table

from store.records import Busy, Summary

FIGURES = (
    ("Сообщений", "releases"),
    ("Ведомств", "sources"),
    ("Людей", "people"),
    ("Организаций", "organisations"),
    ("Мест", "places"),
    ("Встреч", "meetings"),
    ("  из них рассказаны несколькими", "shared_meetings"),
    ("Присутствий", "attendances"),
)


def show(summary: Summary, console: Console | None = None) -> None:
    (console or Console()).print(Group(figures(summary), busiest(summary.busiest)))


def figures(summary: Summary) -> Table:
    table = Table(title="Набор данных", title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for label, name in FIGURES:
        table.add_row(label, f"{getattr(summary, name):,}".replace(",", " "))
    return table


def busiest(people: tuple[Busy, ...]) -> Table:
    table = Table(title="Чаще всего на встречах", title_justify="left", show_lines=True)
    table.add_column("Кто", ratio=2)
    table.add_column("Встреч", justify="right")
    table.add_column("Где и когда", ratio=5)
    for busy in people:
        met = "\n".join(f"{day(meeting.date)}  {escape(meeting.name)}" for meeting in busy.meetings)
        table.add_row(f"[bold]{escape(busy.person.name)}[/]\n{escape(post(busy))}", str(busy.person.meetings), met)
    return table


def post(busy: Busy) -> str:
    held = (busy.person.position, busy.person.organisation.name if busy.person.organisation else None)
    return ", ".join(part for part in held if part)


def day(iso: str | None) -> str:
    return f"{date.fromisoformat(iso):%d.%m.%Y}" if iso else "без даты  "
