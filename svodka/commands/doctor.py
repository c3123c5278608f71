"""`svodka doctor`: is everything there, and what to do where it is not."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import click


class Ailment(Exception):
    """What is wrong and what to do, in one line."""


@click.command()
@click.option("--dir", "directory", type=click.Path(path_type=Path), envvar="SVODKA_DIR", help="Папка данных.")
def command(directory: Path | None) -> None:
    """Проверить окружение: Python, пакеты, модели, место на диске, набор данных.

    Код выхода 1, если чего-то не хватает; напротив каждой строки сказано, что делать.

    \b
    Пример:  svodka doctor
             svodka doctor --dir svodka-data
    """
    ill = False
    for name, check in checks(directory):
        try:
            click.echo(f"{click.style('✓', fg='green')} {name}: {check()}")
        except Ailment as ailment:
            ill = True
            click.echo(f"{click.style('✗', fg='red')} {name}: {ailment}")
    sys.exit(1 if ill else 0)


def checks(directory: Path | None) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "Python", lambda: sys.version.split()[0]
    yield "пакеты", packages
    yield "модели Natasha", natasha
    yield "свои модели", models
    yield "разбор", annotation
    yield "временная папка", temporary
    if directory is not None:
        yield "набор данных", lambda: dataset(directory)


def packages() -> str:
    from packaging.requirements import Requirement

    try:
        wanted = [Requirement(line) for line in requires("svodka") or []]
    except PackageNotFoundError as error:
        raise Ailment("svodka не установлена: pip install -e . или make setup") from error
    wrong = []
    for requirement in wanted:
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            have = version(requirement.name)
        except PackageNotFoundError:
            wrong.append(f"нет {requirement.name}")
            continue
        if not requirement.specifier.contains(have, prereleases=True):
            wrong.append(f"{requirement.name} {have}, нужно {requirement.specifier}")
    if wrong:
        raise Ailment("; ".join(wrong) + ": make setup")
    return f"все {len(wanted)} на месте"


def natasha() -> str:
    from nlp.engine import natasha_file

    try:
        missing = [
            name
            for name in (
                "emb/navec_news_v1_1B_250K_300d_100q.tar",
                "model/slovnet_ner_news_v1.tar",
                "model/slovnet_morph_news_v1.tar",
                "model/slovnet_syntax_news_v1.tar",
            )
            if not natasha_file(name).exists()
        ]
    except FileNotFoundError as error:
        raise Ailment(str(error)) from error
    if missing:
        raise Ailment(f"нет файлов {', '.join(missing)}: pip install --force-reinstall natasha==1.6.0")
    return f"natasha {version('natasha')}"


def models() -> str:
    from nlp.annotate import shipped_models

    folder = shipped_models()
    missing = [name for name in ("ner", "attendance", "topics") if not (folder / name).is_dir()]
    if missing:
        raise Ailment(f"{folder}: нет {', '.join(missing)}: svodka train " + missing[0])
    return "имена, присутствие, темы"


def annotation() -> str:
    from nlp.annotate import Annotator
    from nlp.annotation import Release

    text = "Мэр Перми Анна Ильина встретилась с ректором Петром Лосевым."
    try:
        found = Annotator().annotate([Release(id="doctor", text=text)])[0]
    except (OSError, ValueError, ImportError) as error:
        raise Ailment(f"не работает: {error}") from error
    return f"«{text}» → " + ", ".join(person.name for person in found.people)


def temporary() -> str:
    folder = Path(tempfile.gettempdir())
    free = shutil.disk_usage(folder).free
    if not os.access(folder, os.W_OK) or free < 100 * 2**20:
        raise Ailment(f"{folder}: свободно {free / 2**20:.0f} МБ, нужно хотя бы 100: задайте TMPDIR")
    return f"свободно {free / 2**30:.0f} ГБ"


def dataset(directory: Path) -> str:
    from store.dataset import Dataset
    from store.faults import DatasetFault

    try:
        with Dataset.open(directory) as data:
            failures, summary = list(data.failures()), data.summary()
    except (OSError, DatasetFault) as error:
        raise Ailment(str(error)) from error
    if failures:
        listed = "; ".join(str(failure) for failure in failures[:5])
        raise Ailment(f"{len(failures)} документов не разобраны и пропускаются: {listed}")
    return f"{directory}: {summary.releases} сообщений"
