"""`svodka review`: a person answers where the models doubt; the answers become labels."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from svodka.cli import Fault
from svodka.dataset import dir_option, opened

if TYPE_CHECKING:
    from nlp.topics import Topic
    from pipelines.topic_review import Proposal

SHOWN = 1200
"""Characters of a text shown before the question."""


@click.group()
def command() -> None:
    """Ответить там, где модель сомневается: ответы становятся разметкой для обучения.

    \b
    Пример:  svodka review topics --limit 10
             svodka review topics --list | jq .title
    """


@command.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Сколько сообщений.")
@click.option("--newest", type=click.IntRange(1), default=2000, show_default=True, help="Среди скольких последних.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Файл ответов.")
@click.option("--models", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Папка своих моделей.")
@click.option("--topics", "own", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Папка своих тем.")
@click.option("--list", "only_list", is_flag=True, help="Не спрашивать: напечатать предложенные строками JSON.")
@dir_option
def topics(
    limit: int, newest: int, out: Path | None, models: Path | None, own: Path | None, only_list: bool, folder: Path
) -> None:
    """Назвать темы сообщений, которые научат модель больше всего.

    Ввод — номера или коды тем через запятую, главная первой; «-» — ни одной; пустая строка — согласиться с моделью;
    «?» — пропустить; «q» — закончить. Ответы сразу дописываются в файл (labels/topics/review.jsonl в папке набора);
    чтобы учить по ним, положите его в data/labels/topics и дайте svodka train topics.

    \b
    Пример:  svodka review topics --limit 10
             svodka review topics --out data/labels/topics/ours.jsonl
    """
    from nlp.annotate import shipped_models
    from nlp.topics import BadTopic, BadTopicModel, read_topics
    from pipelines.topic_review import proposals
    from pipelines.training.topics import shipped_topics

    answers = out or folder / "labels" / "topics" / "review.jsonl"
    try:
        known = read_topics(own or shipped_topics())
        with opened(folder) as dataset:
            proposed = proposals(dataset, models or shipped_models(), answers, limit, newest)
    except (BadTopic, BadTopicModel) as error:
        raise Fault(str(error)) from error
    if only_list:
        listing(proposed)
    elif not proposed:
        click.echo("Спрашивать не о чем: нет сообщений без ответа.", err=True)
    else:
        ask_all(proposed, known, answers)


def listing(proposed: "list[Proposal]") -> None:
    import json
    from dataclasses import asdict

    for proposal in proposed:
        click.echo(json.dumps(asdict(proposal), ensure_ascii=False))


def ask_all(proposed: "list[Proposal]", known: "tuple[Topic, ...]", answers: Path) -> None:
    from pipelines.topic_review import answer

    click.echo("\n".join(f"{n:3} {topic.code:17} {topic.ru}" for n, topic in enumerate(known, 1)), err=True)
    done = 0
    for n, proposal in enumerate(proposed, 1):
        show(proposal, known, n, len(proposed))
        said = ask(proposal, known)
        if said == "q":
            break
        if isinstance(said, tuple):
            answer(answers, proposal, said)
            done += 1
    click.echo(f"Записано ответов: {done} ({answers})", err=True)


def show(proposal: "Proposal", known: "tuple[Topic, ...]", n: int, count: int) -> None:
    names = {topic.code: topic.ru for topic in known}
    cut = " …" if len(proposal.text) > SHOWN else ""
    doubt = names.get(proposal.nearest, proposal.nearest) if proposal.nearest else "есть ли тема вообще"
    click.echo(f"\n[{n}/{count}] {proposal.published or 'без даты'} · {proposal.source}", err=True)
    click.echo(click.style(proposal.title, bold=True), err=True)
    click.echo(proposal.text[:SHOWN] + cut, err=True)
    filed = ", ".join(names.get(code, code) for code in proposal.topics) or "ни одной"
    click.echo(click.style(f"Модель: {filed}. Сомневается: {doubt}.", dim=True), err=True)


def ask(proposal: "Proposal", known: "tuple[Topic, ...]") -> tuple[str, ...] | str:
    """The topics said; "?" to skip, "q" to stop."""
    while True:
        try:
            said = click.prompt("Темы", default="", show_default=False, err=True).strip()
        except click.Abort:
            return "q"
        if said in ("?", "q"):
            return str(said)
        if not said:
            return proposal.topics
        try:
            return chosen(said, known)
        except ValueError as error:
            click.echo(str(error), err=True)


def chosen(said: str, known: "tuple[Topic, ...]") -> tuple[str, ...]:
    """«1, culture» → codes in that order; raises ValueError that names what is no topic."""
    if said == "-":
        return ()
    codes = {topic.code for topic in known}
    numbers = {str(n): topic.code for n, topic in enumerate(known, 1)}
    out: dict[str, None] = {}
    for word in said.replace(",", " ").split():
        code = numbers.get(word, word)
        if code not in codes:
            raise ValueError(f"нет темы «{word}»: номера от 1 до {len(known)} или коды")
        out[code] = None
    return tuple(out)
