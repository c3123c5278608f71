"""`svodka import`: texts and saved pages by hand."""

import json
import sys
from pathlib import Path

import click

from svodka.dataset import dir_option, opened


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--source", default="import", show_default=True, help="Под каким источником хранить.")
@dir_option
def command(files: tuple[Path, ...], source: str, folder: Path) -> None:
    """Внести в набор данных тексты и сохранённые страницы (HTML), потом разобрать: svodka run --no-crawl.

    Плохой файл даёт строку ошибки, остальные вносятся; код выхода тогда 1. На каждый внесённый — строка JSON.

    \b
    Пример:  svodka import релизы/*.html && svodka run --no-crawl
    """
    from pipelines.read import import_file

    failed = False
    with opened(folder, create=True) as dataset:
        for path in files:
            try:
                saved = import_file(dataset, path, source)
            except (OSError, ValueError) as error:
                failed = True
                reason = error.strerror if isinstance(error, OSError) and error.strerror else error
                click.echo(f"svodka: {path}: {reason}", err=True)
            else:
                click.echo(json.dumps({"file": str(path), "id": saved.id, "change": saved.change}, ensure_ascii=False))
    sys.exit(1 if failed else 0)
