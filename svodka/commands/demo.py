"""`svodka demo`: the whole way shown on invented agencies, from their sites to the page."""

import errno
import logging
import shutil
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from svodka.cli import Fault

if TYPE_CHECKING:
    from crawler.health import HealthReport
    from svodka.demo.server import Agencies

HOST = "127.0.0.1"
NEEDED = 100_000_000
"""Bytes of disk space, several times what the demo's dataset takes."""


@click.command()
@click.option(
    "--dir", "folder", type=click.Path(path_type=Path), default=Path("svodka-demo"), show_default=True,
    help="Папка набора данных; создаётся, если её нет.",
)  # fmt: skip
@click.option("--no-serve", is_flag=True, help="Закончить, не открывая страницу; набор данных остаётся в папке.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8642, show_default=True,
    help="Порт страницы; 0 — любой свободный.",
)  # fmt: skip
def command(folder: Path, no_serve: bool, port: int) -> None:
    """Показать всё на вымышленных ведомствах: обход их сайтов, чтение, факты, набор данных, страница.

    Сайты пяти вымышленных ведомств открываются на этой же машине; паук, файлы источников, модели и набор данных —
    те же, что для настоящих. Повторный запуск продолжает с того места, где закончился прежний.

    \b
    Пример:  svodka demo
             svodka demo --no-serve --dir demo
    """
    with faults_in_one_line(folder), plain_progress():
        if not no_serve:
            must_be_free(port)
        must_be_roomy(folder)
        from svodka.demo.preparation import served

        with served(folder) as agencies:
            fill(folder, agencies)
            if not no_serve:
                from svodka.web import serve

                serve(folder, HOST, port)


def fill(folder: Path, agencies: "Agencies") -> None:
    from store.dataset import Dataset
    from store.summary import summary
    from svodka.demo.preparation import prepare
    from svodka.demo.report import show

    for agency in agencies.all:
        click.echo(f"{agency.name}: {agencies.addresses[agency.id]}", err=True)
    warn(prepare(folder, agencies))
    with Dataset.open(folder) as dataset:
        show(summary(dataset.db))


def warn(reports: "list[HealthReport]") -> None:
    for report in reports:
        for alarm in report.alarms:
            click.echo(f"{report.name}: {alarm.text}", err=True)


@contextmanager
def faults_in_one_line(folder: Path) -> Iterator[None]:
    """What can be wrong outside the program, each said in one line that names the thing."""
    from pipelines.crawl import CrawlFailed
    from pipelines.workers import WorkersBroken
    from store.faults import DatasetFault
    from svodka.demo.folder import BadFolder
    from svodka.demo.server import PortTaken
    from svodka.web import PortTaken as PagePortTaken

    try:
        yield
    except PortTaken as error:
        text = f"{error.strerror}, а прежний запуск в {folder} открывал на нём ведомство: освободите или задайте --dir"
        raise Fault(text) from error
    except (CrawlFailed, WorkersBroken, DatasetFault, BadFolder, PagePortTaken) as error:
        raise Fault(str(error)) from error
    except sqlite3.Error as error:
        raise Fault(f"{folder}: {error}") from error
    except OSError as error:
        raise Fault(f"{error.filename or folder}: {error.strerror or error}") from error


@contextmanager
def plain_progress() -> Iterator[None]:
    """Where standard error is no terminal, a line at the end of each stage stands for its bar."""
    told = logging.getLogger("pipelines.progress")
    if sys.stderr.isatty() or told.isEnabledFor(logging.INFO):
        yield
        return
    handler = logging.StreamHandler(sys.stderr)
    told.addHandler(handler)
    told.setLevel(logging.INFO)
    told.propagate = False
    try:
        yield
    finally:
        told.removeHandler(handler)
        told.setLevel(logging.NOTSET)
        told.propagate = True


def must_be_free(port: int) -> None:
    """Told before the work, not after it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Fault(f"порт {port} занят: задайте другой или любой свободный, --port 0") from error
            raise Fault(f"порт {port}: {error.strerror}") from error


def must_be_roomy(folder: Path) -> None:
    there = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    free = shutil.disk_usage(there).free
    if free < NEEDED:
        raise Fault(f"{folder}: на диске свободно {free // 1_000_000} МБ, нужно {NEEDED // 1_000_000}")
