"""`svodka serve`: the page, its feeds and its API."""

from pathlib import Path

import click

from svodka.cli import Fault


@click.command()
@click.option(
    "--dir",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    default="svodka-data",
    envvar="SVODKA_DIR",
    show_default=True,
    help="Папка набора данных.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Адрес, на котором слушать.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="Порт; 0 — любой свободный."
)
def command(directory: Path, host: str, port: int) -> None:
    """Показать набор данных в браузере: поиск, сообщения, люди, встречи; ленты Atom и iCalendar, API.

    \b
    Пример:  svodka serve
             svodka serve --dir svodka-demo --port 9000
    """
    from store.faults import DatasetFault
    from svodka.web import PortTaken, serve

    try:
        serve(directory, host, port)
    except (DatasetFault, PortTaken) as fault:
        raise Fault(str(fault)) from fault
