"""`svodka search`: releases by words, names, topics, dates."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from svodka.dataset import dir_option, opened
from svodka.tables import form_options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.records import Facets, Hit, Page, Piece


@click.command()
@click.argument("query", nargs=-1)
@dir_option
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Сколько показать.")
@click.option("--after", metavar="МЕТКА", help="Следующая страница: метка из конца предыдущей.")
@click.option(
    "--order", type=click.Choice(["date", "relevance"]), default="date", show_default=True, help="Порядок выдачи."
)
@click.option("--facets", is_flag=True, help="Показать, сколько найдено по источникам, темам, людям, годам.")
@form_options
def command(
    query: tuple[str, ...], folder: Path, limit: int, after: str | None, order: str, facets: bool, form: str | None
) -> None:
    """Найти сообщения. Слова находятся в любом падеже и числе.

    \b
    культура фестиваль            оба слова
    '"рабочая встреча"'           подряд
    форум OR конференция          любое из двух;  NOT слово — без него;  ( ) скобки
    меж*                          начало слова
    person:Асланова org:МИД place:Пермь topic:culture source:mid kind:форум
    date:2024   date:2024-04..2024-06   date:2024-04-16..

    \b
    Пример:  svodka search 'person:Асланова date:2024-04..2024-06'
             svodka search '"рабочая встреча" NOT topic:sport' --json
    """
    text = " ".join(query)
    with opened(folder) as dataset:
        if facets:
            show_facets(dataset.facets(text), form)
            return
        page = dataset.search(text, limit, after, "relevance" if order == "relevance" else "date")
        (show_rows if form else show_hits)(page, form)


def show_rows(page: "Page[Hit]", form: str | None) -> None:
    from svodka.tables import show

    columns = ("id", "источник", "дата", "заголовок", "темы", "адрес")
    rows = ((hit.id, hit.source, hit.published, hit.heading, " ".join(hit.topics), hit.url) for hit in page.rows)
    show(form, columns, rows, page.rows)
    told(page)


def show_hits(page: "Page[Hit]", form: str | None) -> None:
    for hit in page.rows:
        click.echo(f"{coloured(hit.title, bold=True)}")
        click.echo(click.style(f"  {(hit.published or 'без даты')[:10]}  {hit.source}  {hit.id}  {hit.url}", dim=True))
        for snippet in hit.snippets:
            click.echo(f"  {coloured(snippet)}")
    told(page)


def told(page: "Page[Hit]") -> None:
    more = f"; дальше: --after {page.after}" if page.after else ""
    click.echo(f"найдено {page.total}{more}", err=True)


def coloured(pieces: "Iterable[Piece]", bold: bool = False) -> str:
    return "".join(click.style(p.text, fg="yellow" if p.hit else None, bold=bold or p.hit) for p in pieces)


LABELS = {
    "source": "источники",
    "topic": "темы",
    "person": "люди",
    "organisation": "организации",
    "place": "места",
    "year": "годы",
}


def show_facets(facets: "Facets", form: str | None) -> None:
    if form == "json":
        click.echo(json.dumps(facets.as_json(), ensure_ascii=False))
        return
    for name, label in LABELS.items():
        values = getattr(facets, name)
        if values:
            click.echo(click.style(label, bold=True) + ": " + ", ".join(f"{v.label} {v.count}" for v in values))
