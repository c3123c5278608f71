"""Rows of records → a table in a terminal, JSON lines or CSV."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

Form = str
"""table, json or csv."""


def form_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """--json and --csv; a table otherwise."""
    for name in ("csv", "json"):
        function = click.option(f"--{name}", "form", flag_value=name, help=f"Вывод в {name.upper()}.")(function)
    return function


def show(form: Form | None, columns: Sequence[str], rows: Iterable[Sequence[Any]], records: Iterable[Any]) -> None:
    """`rows` for people and CSV, `records` (with `as_json`) for programs."""
    if form == "json":
        for record in records:
            click.echo(json.dumps(record.as_json(), ensure_ascii=False))
    elif form == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(columns)
        writer.writerows(rows)
    else:
        drawn(columns, rows)


def drawn(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """As wide as the terminal; whole cells where the output goes to a file."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    console = Console() if sys.stdout.isatty() else Console(width=200)
    console.print(table)


FORMATS = {"online": "онлайн", "in-person": "очно", "hybrid": "гибридно", None: None}
STATUSES = {"held": "прошла", "planned": "ожидается", "cancelled": "отменена", "postponed": "перенесена"}
ROLES = {
    "chair": "вёл(а)",
    "speaker": "выступил(а)",
    "participant": "участвовал(а)",
    "signed": "подписал(а)",
    "greeted": "приветствие",
    "invited": "приглашён(а)",
    "absent": "отсутствовал(а)",
    "video-message": "видеообращение",
    "review": "на проверку",
}


def days(date: str | None, end: str | None) -> str | None:
    return f"{date}…{end}" if date and end and end != date else date
