"""`svodka init`: an empty dataset."""

from pathlib import Path

import click

from svodka.dataset import dir_option, opened


@click.command()
@dir_option
def command(folder: Path) -> None:
    """Создать пустой набор данных. Существующий остаётся как есть.

    \b
    Пример:  svodka init --dir /srv/сводка
    """
    existed = (folder / "svodka.sqlite").exists()
    with opened(folder, create=True) as dataset:
        click.echo(f"{dataset.path}: {'уже есть' if existed else 'создан'}", err=True)
