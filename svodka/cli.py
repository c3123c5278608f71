"""The command line: one file per command in `svodka/commands/`, loaded when it is asked for."""

import os
import sys

# Two BLAS threads make the models slower; must stand before numpy is first imported anywhere.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import logging
from importlib import import_module
from pathlib import Path

import click

import svodka

COMMANDS = (
    "init",
    "sources",
    "crawl",
    "extract",
    "import",
    "annotate",
    "resolve",
    "run",
    "search",
    "who",
    "meetings",
    "corrections",
    "export",
    "review",
    "evaluate",
    "train",
    "serve",
    "demo",
    "doctor",
)


class Fault(click.ClickException):
    """Something outside the program is wrong: one line, exit code 1. A wrong call is click.UsageError, exit code 2."""

    def show(self, file: object = None) -> None:
        click.echo(f"svodka: {self.format_message()}", err=True)


class Commands(click.Group):
    """Imports `svodka.commands.<name>` on first use and takes its `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        here = Path(__file__).parent / "commands"
        return [name for name in COMMANDS if (here / f"{module_name(name)}.py").exists()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"svodka.commands.{module_name(cmd_name)}").command
        assert isinstance(command, click.Command)  # noqa: S101 a contract of this folder
        return command


def module_name(command: str) -> str:
    return "import_" if command == "import" else command


@click.group(cls=Commands, context_settings={"max_content_width": 100})
@click.version_option(svodka.__version__, prog_name="svodka")
@click.option("-v", "--verbose", count=True, help="Подробнее: -v ход работы, -vv сработавшие правила.")
def cli(verbose: int) -> None:
    """Сводка: кто с кем встречался, когда, где, в каком качестве и о чём — из сообщений ведомств.

    \b
    Начать:  svodka demo                 показать всё на вымышленных ведомствах
             svodka annotate ФАЙЛ        прочитать один пресс-релиз
    """
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)


def main() -> None:
    try:
        cli(prog_name="svodka")
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): not an error, but Python would print one at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
