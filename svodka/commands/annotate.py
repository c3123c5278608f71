"""`svodka annotate`: texts in, one JSON line of facts per text out."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from svodka.cli import Fault

if TYPE_CHECKING:
    from nlp.annotate import Annotator
    from nlp.annotation import Release

BATCH = 32


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Дата публикации файлов, если на странице её нет.")
@click.option("--tokens", is_flag=True, help="Добавить предложения, слова и имена точно как у Natasha.")
@click.option(
    "--format", "form", type=click.Choice(["json", "conllu"]), default="json", help="Вид вывода.", show_default=True
)
@click.option("--explain", is_flag=True, help="Показать текст в цвете: какое правило или модель что нашло.")
@click.option(
    "--ner", type=click.Choice(["tuned", "natasha"]), default="tuned", show_default=True, help="Веса модели имён."
)
@click.option("--models", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Папка своих моделей.")
def command(
    files: tuple[Path, ...],
    published: datetime | None,
    tokens: bool,
    form: str,
    explain: bool,
    ner: str,
    models: Path | None,
) -> None:
    """Прочитать тексты: люди, организации, места, должности, встречи, кто присутствовал, темы.

    ФАЙЛЫ — сохранённые страницы (HTML) или скопированный текст. Без файлов читает со стандартного ввода строки
    JSON {"id", "published", "title", "text"}. На каждый документ — одна строка JSON.

    \b
    Пример:  svodka annotate release.html | jq .meetings
             svodka annotate < texts.jsonl > annotations.jsonl
             svodka annotate --explain release.txt
    """
    from nlp.annotate import Annotator

    failures: list[str] = []
    items = from_files(files, published, failures) if files else from_lines(sys.stdin.buffer, failures)
    if not files and sys.stdin.isatty():
        raise click.UsageError("нужен файл или строки JSON на стандартном вводе: svodka annotate ФАЙЛ")
    try:
        annotator = Annotator(models, ner)
    except (OSError, ValueError) as error:
        raise Fault(f"модели не читаются: {error}") from error
    while batch := list(islice(items, BATCH)):
        write(annotator, batch, "explain" if explain else form, tokens)
    if failures:
        sys.exit(1)


def from_lines(lines: Iterable[bytes], failures: list[str]) -> Iterator["Release"]:
    from svodka.lines import BadLine, releases

    for item in releases(lines):
        if isinstance(item, BadLine):
            report(str(item), failures)
        else:
            yield item


def from_files(files: Iterable[Path], published: datetime | None, failures: list[str]) -> Iterator["Release"]:
    from crawler.page import read_file
    from nlp.annotation import LONGEST, Release

    for path in files:
        try:
            article = read_file(path)
        except (OSError, ValueError) as error:
            report(f"{path}: {error.strerror if isinstance(error, OSError) and error.strerror else error}", failures)
            continue
        if len(article.body) > LONGEST:
            report(f"{path}: текст длиннее {LONGEST:,} знаков".replace(",", " "), failures)
            continue
        day: date | None = article.published_at.date() if article.published_at else None
        yield Release(
            id=path.name, text=article.body, title=article.title, published=published.date() if published else day
        )


def report(failure: str, failures: list[str]) -> None:
    failures.append(failure)
    click.echo(f"svodka: {failure}", err=True)


def write(annotator: "Annotator", batch: list["Release"], form: str, tokens: bool) -> None:
    from nlp.annotation import as_json
    from nlp.engine.conllu import conllu
    from nlp.engine.tokens import tokens_json
    from svodka.explain import show

    for release, (annotation, doc) in zip(batch, annotator.annotate_with_docs(batch), strict=True):
        if form == "conllu":
            click.echo(conllu(doc, release.id), nl=False)
        elif form == "explain":
            show(release, annotation)
        else:
            fields = as_json(annotation) | (tokens_json(doc) if tokens else {})
            click.echo(json.dumps(fields, ensure_ascii=False))
