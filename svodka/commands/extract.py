"""`svodka extract`: what is read of a saved page, as one JSON object."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from svodka.cli import Fault

if TYPE_CHECKING:
    from crawler.source import Source


@click.command(short_help="Прочитать сохранённую страницу: заголовок, текст, дата.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--url", default="", metavar="АДРЕС", help="Откуда страница: для ссылок, канонического адреса и даты.")
@click.option("--source", metavar="ID", help="Читать по правилам этого источника (svodka sources list).")
@click.option(
    "--fetched",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]),
    help="Когда страница получена (UTC): от этого дня считаются «вчера» и дата без года. Обычно — сейчас.",
)
def command(file: Path, url: str, source: str | None, fetched: datetime | None) -> None:
    """Читает сохранённую страницу (HTML, JSON или текст, скопированный из браузера) и печатает один объект JSON.

    Поля: title, lead, body, published_at (ISO или null), published_raw, language, authors, tags, captions,
    attachments, url; provenance говорит о каждом, откуда оно взято. Страница-заглушка защиты от роботов и пустая
    страница — ошибка, код 1.

    \b
    Пример:
      svodka extract --url https://ministry.example/news/12/ страница.html
    """
    from crawler.page import read_file
    from crawler.record import fields

    moment = fetched.replace(tzinfo=UTC) if fetched else None
    try:
        article = read_file(file, url=url, source=source_of(source), fetched_at=moment)
    except OSError as error:
        raise Fault(f"{file}: {error.strerror or error}") from error
    except ValueError as error:
        raise Fault(f"{file}: {error}") from error
    click.echo(json.dumps(fields(article), ensure_ascii=False))


def source_of(name: str | None) -> "Source | None":
    if name is None:
        return None
    from crawler.source import BadSource, load

    try:
        known = load()
    except BadSource as error:
        raise Fault(str(error)) from error
    if name not in known:
        raise click.UsageError(f"нет источника {name!r}; есть: {', '.join(sorted(known))}")
    return known[name]
