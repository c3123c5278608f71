"""`svodka resolve`: who is who across releases, and why."""

import json
from pathlib import Path

import click

from svodka.dataset import dir_option, opened


@click.command()
@click.option("--explain", metavar="ID", help="Почему упоминания сочтены одним лицом (органом, местом, встречей).")
@click.option("--all", "everything", is_flag=True, help="Пересмотреть всё, а не только новое.")
@dir_option
def command(explain: str | None, everything: bool, folder: Path) -> None:
    """Свести упоминания из разных сообщений: одно лицо, орган, место, встреча — один идентификатор.

    Исправления из corrections.jsonl сильнее правил. Идентификаторы сохраняются; у объединённых — переадресация.

    \b
    Пример:  svodka resolve
             svodka resolve --explain pe3b0c44298fc
    """
    from dataclasses import asdict

    from pipelines.explain import explain as explained
    from pipelines.resolve import resolve
    from pipelines.run import alone

    with opened(folder) as dataset:
        if explain is not None:
            click.echo("\n".join(explained(dataset, explain)))
            return
        with alone(folder):
            click.echo(json.dumps(asdict(resolve(dataset, everything)), ensure_ascii=False))
