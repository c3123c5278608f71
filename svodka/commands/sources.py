"""`svodka sources`: the agencies that are watched: list them, check them live, draft a new one, record a page."""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from svodka.cli import Fault

if TYPE_CHECKING:
    from crawler.archive import Answer
    from crawler.source import Source
    from pipelines.look import Check

folders_option = click.option(
    "--sources", "folders", type=click.Path(path_type=Path, exists=True, file_okay=False), multiple=True,
    help="Папка со своими источниками вдобавок к поставляемым; можно несколько.",
)  # fmt: skip
contact_option = click.option(
    "--contact", envvar="SVODKA_CONTACT", help="Почта или адрес для User-Agent: по нему владелец сайта найдёт вас."
)
ca_option = click.option(
    "--ca-file", type=click.Path(path_type=Path, exists=True, dir_okay=False), envvar="SVODKA_CA_FILE",
    help="Файл PEM с сертификатами, которым верить вдобавок к системным.",
)  # fmt: skip


@click.group()
def command() -> None:
    """Источники: перечислить, проверить вживую, набросать новый, записать страницу как тест.

    \b
    Пример:  svodka sources list
             svodka sources check kremlin
             svodka sources add https://ministry.example/news/ --out ведомства/ministry.py
    """


@command.command("list")
@folders_option
@click.option("--json", "as_json", is_flag=True, help="Строки JSON вместо таблицы.")
def list_(folders: tuple[Path, ...], as_json: bool) -> None:
    """Все источники: чей, откуда берётся, проверен ли вживую.

    \b
    Пример:  svodka sources list --sources ./ведомства
    """
    known = loaded(folders).values()
    if as_json:
        for source in known:
            click.echo(json.dumps(described(source), ensure_ascii=False))
    else:
        from rich.console import Console
        from rich.table import Table

        table = Table(title=f"Источники: {len(known)}", title_justify="left")
        for column in ("источник", "название", "сайт", "способы", "проверен"):
            table.add_column(column)
        for source in known:
            told = described(source)
            table.add_row(
                source.id, source.name, source.home, ", ".join(told["ways"]), told["verified"] or "[dim]нет[/]"
            )
        Console().print(table)


def described(source: "Source") -> dict[str, Any]:
    return {
        "id": source.id,
        "name": source.name,
        "home": source.home,
        "timezone": source.timezone,
        "ways": [type(way).__name__.lower() for way in source.discovery],
        "verified": source.verified.isoformat() if source.verified else None,
    }


@command.command()
@click.argument("id_", metavar="ID")
@folders_option
@click.option("--pages", type=click.IntRange(1, 50), default=3, show_default=True, help="Сколько страниц прочитать.")
@click.option("--mark", is_flag=True, help="Если всё прочитано — записать сегодняшний день в файл источника.")
@click.option("--json", "as_json", is_flag=True, help="Один объект JSON вместо таблицы.")
@contact_option
@ca_option
def check(
    id_: str,
    folders: tuple[Path, ...],
    pages: int,
    mark: bool,
    as_json: bool,
    contact: str | None,
    ca_file: Path | None,
) -> None:
    """Открыть источник вживую и показать по полям, что прочитано с первых страниц.

    Код выхода: 0 — всё прочитано, 1 — есть на что посмотреть (причины перечислены под таблицей).

    \b
    Пример:  svodka sources check kremlin --pages 5 --contact press@example.org
    """
    from crawler.trust import BadAuthority
    from pipelines.fetch import CrawlFailed
    from pipelines.look import check as checked

    source = one(id_, folders)
    try:
        found = checked(source, pages=pages, contact=contact, ca_file=ca_file)
    except (CrawlFailed, BadAuthority) as error:
        raise Fault(str(error)) from error
    if as_json:
        click.echo(json.dumps(as_object(found), ensure_ascii=False))
    else:
        show(source, found)
    if mark and not found.problems:
        mark_verified(source, folders)
    sys.exit(1 if found.problems else 0)


def as_object(found: "Check") -> dict[str, Any]:
    from crawler.record import fields

    return {
        "source": found.report.source,
        "ways": dict(found.report.tally.ways),
        "found": found.report.tally.found,
        "pages": [
            {
                "url": one.url,
                "failure": one.failure or None,
                **({"article": fields(one.article)} if one.article else {}),
            }
            for one in found.readings
        ],
        "problems": list(found.problems),
    }


def show(source: "Source", found: "Check") -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    ways = ", ".join(f"{way}: {outcome}" for way, outcome in found.report.tally.ways.items())
    console.print(f"[bold]{escape(source.name)}[/]: найдено сообщений {found.report.tally.found} ({escape(ways)})")
    for one in found.readings:
        table = Table(title=one.url, title_justify="left", show_lines=False)
        for column in ("поле", "прочитано", "откуда"):
            table.add_column(column, overflow="fold")
        for row in rows(one.article) if one.article else [("ошибка", one.failure, "")]:
            table.add_row(*map(escape, row))
        console.print(table)
    for problem in found.problems:
        console.print(f"[yellow]посмотрите:[/] {escape(problem)}", soft_wrap=True)
    if not found.problems:
        console.print("[green]всё прочитано[/]")


def rows(article: Any) -> Iterable[tuple[str, str, str]]:
    from crawler.record import fields

    read = fields(article)
    where: Mapping[str, str] = read["provenance"]
    yield "заголовок", read["title"], where.get("title", "")
    yield "лид", read["lead"] or "—", where.get("lead", "")
    body = read["body"]
    yield "текст", f"{body[:160]}… ({len(body)} знаков, абзацев: {body.count(chr(10) * 2) + 1})", where.get("body", "")
    day = f"{read['published_at']}  («{read['published_raw']}»)" if read["published_at"] else "—"
    yield "дата", day, where.get("published_at", "")
    yield "язык", read["language"] or "—", ""
    for name, field in (("авторы", "authors"), ("метки", "tags"), ("подписи", "captions")):
        yield name, "; ".join(read[field]) or "—", where.get(field, "")
    yield "вложения", "; ".join(one["title"] or one["url"] for one in read["attachments"]) or "—", ""


def mark_verified(source: "Source", folders: tuple[Path, ...]) -> None:
    """Writes the day into the source's file, where it is a file that can be written."""
    path = file_of(source, folders)
    day = datetime.now(UTC).date()
    text = path.read_text(encoding="utf-8")
    told = f"verified=date({day.year}, {day.month}, {day.day}),"
    if re.search(r"verified=date\([^)]*\),", text):
        text = re.sub(r"verified=date\([^)]*\),", told, text)
    else:
        text = re.sub(r"(\n(\s+)home=.*\n)", rf"\1\2{told}\n", text, count=1)
        text = re.sub(r"\nfrom crawler", "\nfrom datetime import date\n\nfrom crawler", text, count=1)
        text = re.sub(r"\s*Unverified\.", "", text, count=1)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Fault(f"{path}: {error.strerror or error}") from error
    click.echo(f"записано в {path}: {told}", err=True)


def file_of(source: "Source", folders: tuple[Path, ...]) -> Path:
    from importlib.util import find_spec

    from crawler.source import read

    for path in (path for folder in folders for path in sorted(folder.glob("*.py"))):
        if not path.name.startswith("_") and read(path).id == source.id:
            return path
    spec = find_spec(f"crawler.sources.{source.id}")
    if spec is None or spec.origin is None:
        raise Fault(f"не нахожу файла источника {source.id}: впишите verified=date(...) сами")
    return Path(spec.origin)


@command.command()
@click.argument("url", metavar="АДРЕС")
@click.option("--id", "id_", help="Имя источника латиницей; обычно — по адресу сайта.")
@click.option("--name", help="Название по-русски; обычно — со страницы.")
@click.option("--out", type=click.Path(path_type=Path), help="Файл .py или папка; иначе файл печатается.")
@click.option("--private", is_flag=True, help="Сайт стоит во внутренней сети.")
@contact_option
@ca_option
def add(
    url: str,
    id_: str | None,
    name: str | None,
    out: Path | None,
    private: bool,
    contact: str | None,
    ca_file: Path | None,
) -> None:
    """Посмотреть на сайт и набросать файл источника: ленты, карта, система, образцы адресов, селекторы.

    Лучше всего указать раздел новостей. Набросок надо прочесть и проверить: svodka sources check ID --sources ПАПКА.

    \b
    Пример:  svodka sources add https://ministry.example/news/ --out ведомства/
    """
    from crawler.drafts import NoDraft, draft

    try:
        made = draft(url, looking(url, private, contact, ca_file), id_, name)
    except NoDraft as error:
        raise Fault(str(error)) from error
    for note in made.notes:
        click.echo(f"  {note}", err=True)
    if out is None:
        click.echo(made.text, nl=False)
        return
    path = out / f"{made.id}.py" if out.is_dir() or not out.suffix else out
    if path.exists():
        raise Fault(f"{path} уже есть: назовите другой файл")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.text, encoding="utf-8")
    except OSError as error:
        raise Fault(f"{path}: {error.strerror or error}") from error
    click.echo(f"{path}: проверьте его командой svodka sources check {made.id} --sources {path.parent}", err=True)


def looking(url: str, private: bool, contact: str | None, ca_file: Path | None) -> Any:
    """A way to ask the site for several addresses at once, politely, by the crawler itself."""
    from urllib.parse import urlsplit

    from crawler.source import BadSource, Source
    from crawler.trust import BadAuthority
    from pipelines.fetch import CrawlFailed
    from pipelines.look import look

    home = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}"
    try:
        site = Source(id="draft", name="Набросок", home=home, private=private, delay=0.1 if private else 1.0)
    except BadSource as error:
        raise click.UsageError(f"{url}: нужен адрес с http:// или https://") from error

    def asked(urls: Iterable[str]) -> "Mapping[str, Answer]":
        try:
            return look(site, urls, contact=contact, ca_file=ca_file)
        except (CrawlFailed, BadAuthority) as error:
            raise Fault(str(error)) from error

    return asked


@command.command()
@click.argument("id_", metavar="ID")
@click.argument("url", metavar="АДРЕС")
@folders_option
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default="tests/sources", show_default=True,
    help="Папка записанных страниц.",
)  # fmt: skip
@contact_option
@ca_option
def record(id_: str, url: str, folders: tuple[Path, ...], out: Path, contact: str | None, ca_file: Path | None) -> None:
    """Записать страницу источника и то, что с неё прочитано: после просмотра это тест.

    Пишет ПАПКА/ID/ДЕНЬ_имя.html и .json. Прочтите JSON и исправьте неверное: дальше тесты сверяют с ним.

    \b
    Пример:  svodka sources record kremlin http://kremlin.ru/events/president/news/73712
    """
    from crawler import page
    from crawler.record import Exists, save
    from crawler.trust import BadAuthority
    from pipelines.fetch import CrawlFailed
    from pipelines.look import look, raw

    source = one(id_, folders)
    try:
        answers = look(replace(source, article="."), [url], contact=contact, ca_file=ca_file)
        if not answers:
            raise Fault(f"{url}: страница не открывается, заблокирована или закрыта robots.txt")
        fetched = raw(source, list(answers.values())[-1])
        path = save(out, fetched, page.read(fetched, source))
    except (CrawlFailed, BadAuthority, page.Unreadable, Exists) as error:
        raise Fault(str(error)) from error
    except OSError as error:
        raise Fault(f"{out}: {error.strerror or error}") from error
    click.echo(f"{path}: прочтите и исправьте неверное", err=True)


def loaded(folders: tuple[Path, ...]) -> dict[str, "Source"]:
    from crawler.source import BadSource, load

    try:
        return load(*folders)
    except BadSource as error:
        raise Fault(str(error)) from error


def one(name: str, folders: tuple[Path, ...]) -> "Source":
    known = loaded(folders)
    if name not in known:
        raise click.UsageError(f"нет источника {name!r}; список: svodka sources list")
    return known[name]
