"""`svodka train`: build the shipped models again from what the repository holds."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

import click

from svodka.cli import Fault

MODELS = ("ner", "attendance", "topics")


@click.command()
@click.argument("what", type=click.Choice(MODELS))
@click.option("--labels", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Папка разметки.")
@click.option(
    "--topics",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Папка своих тем (*.toml), только для topics.",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Папка моделей (пишется туда).")
@click.option("--gate/--no-gate", default=True, show_default=True, help="Построить и модель для проверки качества.")
def command(what: str, labels: Path | None, topics: Path | None, out: Path | None, gate: bool) -> None:
    """Обучить модель заново по разметке из data/labels.

    Строит две: рабочую, по всей разметке, и проверочную, без отложенных сообщений (data/labels/gate.txt), на которой
    svodka evaluate считает честные показатели. Одни и те же данные дают одни и те же байты. Модели имён (ner) нужен
    torch: pip install 'svodka[train]'.

    \b
    Пример:  svodka train topics
             svodka train topics --topics my-topics --labels my-labels --out my-models
             svodka train ner --labels my-labels --out my-models --no-gate
    """
    from nlp.annotate import shipped_models
    from nlp.topics import BadTopic
    from pipelines.gold import BadLabels, gate_ids, labels_folder

    if topics and what != "topics":
        raise Fault(f"--topics: модель {what} тем не знает")
    if topics and not (labels and out):
        raise Fault("--topics: нужны и --labels (сообщения с этими темами), и --out (куда писать модель)")
    train: Callable[..., object] = import_module(f"pipelines.training.{what}").train
    if topics:
        train = partial(train, topics=topics)
    folder, models = labels or labels_folder(), out or shipped_models()
    try:
        click.echo(str(train(folder, models, exclude=frozenset())))
        if gate and (folder / "gate.txt").exists():
            click.echo(str(train(folder, models / "gate", exclude=gate_ids(folder))))
    except (OSError, BadLabels, BadTopic, ImportError) as error:
        raise Fault(str(error)) from error
