"""`svodka evaluate`: the quality gate, figures beside floors and last time's."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from svodka.cli import Fault

if TYPE_CHECKING:
    from pipelines.evaluate import Table


@click.command()
@click.option("--labels", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Папка размеченных.")
@click.option("--models", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Папка моделей.")
@click.option("--all", "everything", is_flag=True, help="Все размеченные, не только отложенные для проверки.")
@click.option("--save", is_flag=True, help="Запомнить показатели как «прошлые».")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="Вписать таблицу в этот файл."
)
@click.option("--json", "as_json", is_flag=True, help="Одна строка JSON вместо таблицы.")
@click.option("--errors", is_flag=True, help="Показать и ошибки по документам.")
def command(
    labels: Path | None,
    models: Path | None,
    everything: bool,
    save: bool,
    report: Path | None,
    as_json: bool,
    errors: bool,
) -> None:
    """Проверить качество: имена, должности, встречи, присутствие, темы.

    Читает размеченные сообщения, которых модели проверки не видели (data/labels/gate.txt), и сравнивает показатели
    с порогами (data/labels/floors.json). Код выхода 1, если хоть один показатель ниже порога.

    \b
    Пример:  svodka evaluate
             svodka evaluate --errors | less
    """
    from nlp.annotate import KINDS, Annotator, shipped_models
    from pipelines.evaluate import by_topic, mistakes, score
    from pipelines.gold import BadLabels, gate_ids, labels_folder, releases

    folder = labels or labels_folder()
    try:
        held_out = gate_ids(folder)
        golds = [gold for gold in releases(folder) if everything or gold.id in held_out]
        floors: dict[str, float] = json.loads((folder / "floors.json").read_text(encoding="utf-8"))
    except (OSError, BadLabels, json.JSONDecodeError) as error:
        raise Fault(str(error)) from error
    if not golds:
        raise Fault(f"{folder}: нет размеченных сообщений")
    judged = models or shipped_models() / "gate"
    if absent := [kind for kind in KINDS if not (judged / kind).is_dir()]:
        raise Fault(f"{judged}: нет {absent[0]}/, а вместо него для проверки нельзя взять рабочую модель")
    annotations = Annotator(judged).annotate([gold.release for gold in golds])
    pairs = list(zip(golds, annotations, strict=True))
    table, topics = score(pairs), by_topic(pairs)
    if errors:
        for line in mistakes(pairs):
            click.echo("\t".join(line))
    last_file = folder / "last.json"
    last = json.loads(last_file.read_text(encoding="utf-8")) if last_file.exists() else {}
    if as_json:
        click.echo(json.dumps({row: round(count.f1, 4) for row, count in table.items()}, ensure_ascii=False))
    else:
        show(table, floors, last, len(golds))
        show_topics(topics)
    if report:
        write(report, "gate", markdown(table, floors))
        write(report, "topics", markdown_topics(topics))
    if save:
        figures = {row: round(count.f1, 4) for row, count in table.items()}
        last_file.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fallen = [row for row, floor in floors.items() if row not in table or table[row].f1 < floor]
    if fallen:
        click.echo(f"svodka: ниже порога: {', '.join(fallen)}", err=True)
        sys.exit(1)


HUMAN = {
    "mention PER": 1.0,
    "mention ORG": 0.976,
    "mention LOC": 1.0,
    "name PER": 1.0,
    "name ORG": 0.975,
    "name LOC": 0.99,
    "position": 0.959,
    "position with organisation": 0.945,
    "meeting": 0.95,
    "meeting date": 0.979,
    "meeting place": 0.979,
    "meeting format": 0.875,
    "attendance": 0.932,
    "role": 0.963,
    "attends anything": 0.996,
    "topic": 0.851,
    "first topic": 1.0,
}
"""F1 of a blind second annotation of 18 releases, by the guidelines alone (November 2026)."""


def markdown(table: "Table", floors: Mapping[str, float]) -> str:
    lines = ["| | P | R | F1 | floor | second annotator |", "| --- | --- | --- | --- | --- | --- |"]
    for row, count in table.items():
        floor, human = floors.get(row, ""), HUMAN.get(row, "")
        figures = f"{count.precision:.3f} | {count.recall:.3f} | {count.f1:.3f}"
        lines.append(f"| {row} | {figures} | {floor} | {human} |")
    return "\n".join(lines)


def markdown_topics(topics: "Table") -> str:
    from pipelines.evaluate import macro_f1

    lines = ["| topic | labelled | P | R | F1 |", "| --- | ---: | ---: | ---: | ---: |"]
    for topic, count in topics.items():
        lines.append(f"| {topic} | {count.gold} | {count.precision:.3f} | {count.recall:.3f} | {count.f1:.3f} |")
    return "\n".join([*lines, f"| **macro-F1** | | | | **{macro_f1(topics):.3f}** |"])


def write(report: Path, name: str, table: str) -> None:
    before, _, rest = report.read_text(encoding="utf-8").partition(f"<!-- {name} -->")
    _, mark, after = rest.partition(f"<!-- /{name} -->")
    if not mark:
        raise Fault(f"{report}: нет пары пометок <!-- {name} --> и <!-- /{name} -->")
    text = f"{before}<!-- {name} -->\n{table}\n<!-- /{name} -->{after}"
    report.write_text(text, encoding="utf-8")


def show(table: "Table", floors: Mapping[str, float], last: Mapping[str, float], documents: int) -> None:
    from rich.console import Console
    from rich.table import Table as RichTable

    out = RichTable("", "точность", "полнота", "F1", "порог", "в прошлый раз", title=f"Качество, {documents} сообщений")
    for column in out.columns[1:]:
        column.justify = "right"
    for row, count in table.items():
        floor, before = floors.get(row), last.get(row)
        low = floor is not None and count.f1 < floor
        out.add_row(
            row,
            f"{count.precision:.3f}",
            f"{count.recall:.3f}",
            f"[bold red]{count.f1:.3f}[/]" if low else f"{count.f1:.3f}",
            "" if floor is None else f"{floor:.3f}",
            "" if before is None else f"{before:.3f} ({count.f1 - before:+.3f})",
        )
    Console().print(out)


def show_topics(topics: "Table") -> None:
    from rich.console import Console
    from rich.table import Table as RichTable

    from pipelines.evaluate import macro_f1

    out = RichTable("", "размечено", "точность", "полнота", "F1", title=f"Темы, макро-F1 {macro_f1(topics):.3f}")
    for column in out.columns[1:]:
        column.justify = "right"
    for topic, count in topics.items():
        out.add_row(topic, str(count.gold), *(f"{x:.3f}" for x in (count.precision, count.recall, count.f1)))
    Console().print(out)
