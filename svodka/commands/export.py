"""`svodka export`: the dataset for other programs."""

import json
import sys
from pathlib import Path

import click

from svodka.dataset import dir_option, opened

TABLES = ("attendance", "meetings", "people", "positions", "releases")


@click.command()
@dir_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "xlsx", "ftm", "gexf"]),
    default="json",
    show_default=True,
    help="json: всё строками JSON; csv: одна таблица; xlsx: все таблицы; ftm: FollowTheMoney; gexf: граф встреч.",
)
@click.option("--table", type=click.Choice(TABLES), default="attendance", show_default=True, help="Таблица для CSV.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Файл вместо вывода.")
def command(folder: Path, form: str, table: str, output: Path | None) -> None:
    """Выгрузить набор данных: кто, с кем, когда, где, в каком качестве — и слова, которыми это сказано.

    \b
    Пример:  svodka export --format csv --table attendance > присутствие.csv
             svodka export --format xlsx -o сводка.xlsx
    """
    from pipelines import export

    if form == "xlsx" and output is None:
        raise click.UsageError("для xlsx нужен файл: -o сводка.xlsx")
    with opened(folder) as dataset:
        if form == "xlsx":
            assert output is not None  # noqa: S101 asked for above
            export.write_xlsx(dataset, output)
            return
        with open(output, "w", encoding="utf-8", newline="") if output else sys.stdout as file:  # noqa: PTH123
            if form == "csv":
                export.write_csv(dataset, table, file)
            elif form == "gexf":
                export.write_gexf(dataset, file)
            else:
                lines = export.json_lines(dataset) if form == "json" else export.follow_the_money(dataset)
                file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
