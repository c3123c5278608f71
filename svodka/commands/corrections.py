"""`svodka corrections`: a person's word against the rules'."""

import getpass
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from svodka.dataset import dir_option, opened

if TYPE_CHECKING:
    from pipelines.corrections import Correction

REASON = click.option("--reason", required=True, help="Почему: останется в журнале.")
BY = click.option("--by", default=lambda: getpass.getuser(), show_default="имя пользователя", help="Кто исправляет.")


@click.group(invoke_without_command=True)
@dir_option
@click.pass_context
def command(ctx: click.Context, folder: Path) -> None:
    """Исправления человека: два лица — одно, одно — разные, другое имя. Сильнее правил, переживают любой разбор.

    Хранятся строками в corrections.jsonl рядом с набором данных. Без подкоманды печатает журнал.

    \b
    Пример:  svodka corrections same p1a2b3c4d5e6 p0f9e8d7c6b5 --reason 'сменил фамилию'
             svodka corrections different p1a2b3c4d5e6 rb31dcea397ec97b --reason 'однофамилец'
             svodka corrections undo 3 --reason 'ошибка'
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(listing, folder=folder)


@command.command("list")
@dir_option
def listing(folder: Path) -> None:
    """Журнал исправлений, действующие, строками JSON."""
    from store.corrections import load

    with opened(folder) as dataset:
        for correction in load(dataset.folder):
            click.echo(json.dumps(asdict(correction), ensure_ascii=False))


@command.command()
@click.argument("left", metavar="ID")
@click.argument("right", metavar="ID")
@REASON
@BY
@dir_option
def same(left: str, right: str, reason: str, by: str, folder: Path) -> None:
    """Два идентификатора — одно и то же лицо, орган, место или встреча."""
    from pipelines.corrections import same as corrected

    with opened(folder) as dataset:
        done(corrected(dataset, left, right, reason=reason, by=by))


@command.command()
@click.argument("id_", metavar="ID")
@click.argument("others", metavar="ID|СООБЩЕНИЕ...", nargs=-1, required=True)
@REASON
@BY
@dir_option
def different(id_: str, others: tuple[str, ...], reason: str, by: str, folder: Path) -> None:
    """ID и другой ID — разные; или: в этих СООБЩЕНИЯХ не он, а другой."""
    from pipelines.corrections import different as corrected

    with opened(folder) as dataset:
        done(corrected(dataset, id_, others, reason=reason, by=by))


@command.command()
@click.argument("id_", metavar="ID")
@click.argument("name", metavar="ИМЯ")
@REASON
@BY
@dir_option
def rename(id_: str, name: str, reason: str, by: str, folder: Path) -> None:
    """Показывать под этим именем."""
    from pipelines.corrections import rename as corrected

    with opened(folder) as dataset:
        done(corrected(dataset, id_, name, reason=reason, by=by))


@command.command()
@click.argument("number", metavar="НОМЕР", type=click.IntRange(min=1))
@REASON
@BY
@dir_option
def undo(number: int, reason: str, by: str, folder: Path) -> None:
    """Отменить исправление; сама строка в журнале остаётся."""
    from pipelines.corrections import undo as corrected

    with opened(folder) as dataset:
        done(corrected(dataset, number, reason=reason, by=by))


def done(correction: "Correction") -> None:
    click.echo(json.dumps(asdict(correction), ensure_ascii=False))
