"""`svodka crawl`: visits agencies' sites and keeps their pages; says what became of each source."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from svodka.cli import Fault

if TYPE_CHECKING:
    from crawler.health import HealthReport
    from crawler.source import Source

SILENT = 3
"""Exit code when a source has fallen silent: the crawl itself went well."""


@click.command()
@click.argument("ids", metavar="[ИСТОЧНИК]...", nargs=-1)
@click.option(
    "--dir", "folder", type=click.Path(path_type=Path), default="svodka-data", show_default=True,
    help="Папка набора данных; создаётся, если её нет.",
)  # fmt: skip
@click.option(
    "--sources", "folders", type=click.Path(path_type=Path, exists=True, file_okay=False), multiple=True,
    help="Папка со своими источниками вдобавок к поставляемым; можно несколько.",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Все источники, и непроверенные тоже.")
@click.option(
    "--since", type=click.DateTime(formats=["%Y-%m-%d"]), help="Дочитать назад до этого дня (по умолчанию: новое)."
)
@click.option("--full", is_flag=True, help="Дочитать назад до самого начала.")
@click.option("--recheck", is_flag=True, help="Спросить заново все известные страницы, не дожидаясь срока.")
@click.option("--limit", type=click.IntRange(min=1), help="Не больше стольких страниц с каждого источника.")
@click.option(
    "--from-warc", "archives", type=click.Path(path_type=Path, exists=True), multiple=True,
    help="Читать не из сети, а из файла WARC или папки с ними.",
)  # fmt: skip
@click.option(
    "--ca-file", type=click.Path(path_type=Path, exists=True, dir_okay=False), envvar="SVODKA_CA_FILE",
    help="Файл PEM с сертификатами, которым верить вдобавок к системным.",
)  # fmt: skip
@click.option(
    "--contact", envvar="SVODKA_CONTACT", help="Почта или адрес для User-Agent: по нему владелец сайта найдёт вас."
)
@click.option("--json", "as_json", is_flag=True, help="Отчёт строками JSON на стандартный вывод.")
def command(
    ids: tuple[str, ...],
    folder: Path,
    folders: tuple[Path, ...],
    everything: bool,
    since: datetime | None,
    full: bool,
    recheck: bool,
    limit: int | None,
    archives: tuple[Path, ...],
    ca_file: Path | None,
    contact: str | None,
    as_json: bool,
) -> None:
    """Обойти сайты ведомств: найти новое, сохранить страницы, отчитаться по каждому источнику.

    Без ИСТОЧНИКОВ обходит те, что проверены вживую (`svodka sources check`), и свои из --sources. Повторный обход
    берёт только новое и изменившееся. Прерванный продолжается с того же места, ничего не теряя и не удваивая.
    Код выхода: 0 — всё в порядке, 3 — какой-то источник замолчал или не пускает, 1 — обход не состоялся.

    \b
    Пример:
      svodka crawl kremlin government --since 2026-11-01 --contact press@example.org
      svodka crawl --sources ./ведомства --json > отчёт.jsonl
    """
    from crawler.archive import BrokenArchive
    from crawler.source import BadSource
    from crawler.trust import BadAuthority
    from crawler.visit import Plan
    from pipelines.crawl import crawl, replay
    from pipelines.fetch import CrawlFailed
    from store.faults import DatasetFault

    try:
        sources = chosen(ids, folders, everything or bool(archives))
    except BadSource as error:
        raise Fault(str(error)) from error
    plan = Plan(since=since.replace(tzinfo=UTC) if since is not None else None, full=full, recheck=recheck, limit=limit)
    try:
        with shown(sources) as progress:
            if archives:
                reports = replay(folder, sources, archives, progress=progress)
            else:
                reports = crawl(folder, sources, plan=plan, contact=contact, ca_file=ca_file, progress=progress)
    except (CrawlFailed, DatasetFault, BadAuthority, BrokenArchive) as error:
        raise Fault(str(error)) from error
    tell(reports, as_json)
    sys.exit(SILENT if any(report.silent for report in reports) else 0)


def chosen(ids: tuple[str, ...], folders: tuple[Path, ...], everything: bool) -> list["Source"]:
    """By id; without ids the verified ones and the user's own. Raises BadSource."""
    from crawler.source import BadSource, load

    shipped, known = load(), load(*folders)
    unknown = [name for name in ids if name not in known]
    if unknown:
        raise BadSource(f"нет источника {', '.join(unknown)}; список: svodka sources list")
    if ids:
        return [known[name] for name in ids]
    found = [
        source
        for name, source in known.items()
        if everything or source.verified is not None or source is not shipped.get(name)
    ]
    if not found:
        raise BadSource(
            "нет ни одного источника, проверенного вживую: назовите источники, проверьте их командой "
            "svodka sources check или задайте --all"
        )
    return found


@contextmanager
def shown(sources: list["Source"]) -> Iterator[Callable[[str, dict[str, int]], None]]:
    """One line a source on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[told]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bars:
        tasks = {source.id: bars.add_task(source.name, total=None, told="") for source in sources}

        def progress(source: str, counts: dict[str, int]) -> None:
            told = f"найдено {counts['found']}, новых {counts['new']}, изменилось {counts['changed']}"
            bars.update(tasks[source], told=told)

        yield progress


def tell(reports: list["HealthReport"], as_json: bool) -> None:
    """JSON lines on standard output when asked for; the table and the alarms on standard error either way."""
    if as_json:
        for report in reports:
            click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(title="Обход", title_justify="left")
    for name in COLUMNS:
        table.add_column(name, justify="left" if name in ("источник", "новейший", "древнейший") else "right")
    for report in reports:
        table.add_row(*row(report))
    console = Console(stderr=True, soft_wrap=False)
    console.print(table)
    for report in reports:
        for alarm in report.alarms:
            mark = "[bold red]тревога[/]" if alarm.silent else "[yellow]замечено[/]"
            console.print(f"{mark} {escape(report.source)}: {escape(alarm.text)}", highlight=False)
        for note in report.tally.notes:
            console.print(f"  [dim]{escape(report.source)}: {escape(note)}[/]", highlight=False, soft_wrap=True)


COLUMNS = (
    "источник", "найдено", "новых", "изменилось", "без перемен", "не пустили", "не вышло", "древнейший", "новейший",
)  # fmt: skip


def row(report: "HealthReport") -> tuple[str, ...]:
    tally = report.tally
    name = f"[bold red]{report.source}[/]" if report.silent else report.source
    counts = (tally.found, tally.new, tally.changed, tally.unchanged, tally.blocked, tally.failed)
    days = (f"{day:%d.%m.%Y}" if day is not None else "—" for day in (report.oldest, report.newest))
    return name, *(str(count) for count in counts), *days
