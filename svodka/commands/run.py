"""`svodka run`: crawl, read, annotate, resolve."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from svodka.cli import Fault
from svodka.commands.crawl import SILENT, chosen, shown, tell
from svodka.dataset import dir_option, opened

if TYPE_CHECKING:
    from pipelines.run import Report


@click.command()
@click.argument("ids", metavar="[ИСТОЧНИК]...", nargs=-1)
@dir_option
@click.option(
    "--sources",
    "folders",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    help="Папка со своими источниками вдобавок к поставляемым; можно несколько.",
)
@click.option("--all", "everything", is_flag=True, help="Все источники, и непроверенные тоже.")
@click.option("--no-crawl", is_flag=True, help="Не ходить в сеть: разобрать то, что уже сохранено.")
@click.option("--since", type=click.DateTime(formats=["%Y-%m-%d"]), help="Дочитать сайты назад до этого дня.")
@click.option("--retry", is_flag=True, help="Взять снова и документы, на которых разбор споткнулся.")
@click.option("--workers", type=click.IntRange(min=1), help="Сколько процессов; по умолчанию по числу ядер.")
@click.option("--contact", envvar="SVODKA_CONTACT", help="Почта или адрес для User-Agent.")
@click.option(
    "--ca-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    envvar="SVODKA_CA_FILE",
    help="Файл PEM с сертификатами, которым верить вдобавок к системным.",
)
def command(
    ids: tuple[str, ...],
    folder: Path,
    folders: tuple[Path, ...],
    everything: bool,
    no_crawl: bool,
    since: datetime | None,
    retry: bool,
    workers: int | None,
    contact: str | None,
    ca_file: Path | None,
) -> None:
    """Всё по порядку: обойти сайты, прочитать страницы, найти факты, свести имена и встречи.

    Каждый шаг берёт только новое и изменившееся; прерванный в любой миг продолжается с того же места.
    Печатает строку JSON с итогами. Код выхода 3 — какой-то источник замолчал.

    \b
    Пример:  svodka run kremlin government
             svodka run --no-crawl --workers 4
    """
    from crawler.source import BadSource, load
    from crawler.trust import BadAuthority
    from crawler.visit import Plan
    from pipelines.crawl import CrawlFailed
    from pipelines.run import run
    from pipelines.workers import WorkersBroken

    with opened(folder, create=True) as dataset:
        if retry:
            with dataset.transaction() as db:
                db.execute("DELETE FROM failure")
        try:
            sources = list(load(*folders).values()) if no_crawl else chosen(ids, folders, everything)
            plan = Plan(since=since.replace(tzinfo=UTC)) if since else None
            with shown([] if no_crawl else sources) as crawling:
                report = run(
                    folder,
                    sources,
                    folders=folders,
                    visit=not no_crawl,
                    plan=plan,
                    contact=contact,
                    ca_file=ca_file,
                    crawling=crawling,
                    workers=workers,
                )
        except (BadSource, BadAuthority, CrawlFailed) as error:
            raise Fault(str(error)) from error
        except WorkersBroken as error:
            raise Fault(f"рабочий процесс не запускается: {error}") from error
    click.echo(json.dumps(summed(report), ensure_ascii=False))
    if report.crawled:
        tell(list(report.crawled), False)
    sys.exit(SILENT if any(one.silent for one in report.crawled) else 0)


def summed(report: "Report") -> dict[str, object]:
    return {
        "crawled": [one.as_json() for one in report.crawled],
        "read": asdict(report.read),
        "annotated": asdict(report.annotated),
        "resolved": asdict(report.resolved),
    }
