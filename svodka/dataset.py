"""How commands come by their dataset: the option, and its faults as one line."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from svodka.cli import Fault

if TYPE_CHECKING:
    from store.dataset import Dataset

FOLDER = "svodka-data"


class BadCall(Fault):
    """A query that cannot be read: one line, exit code 2."""

    exit_code = 2


def dir_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--dir",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        default=FOLDER,
        envvar="SVODKA_DIR",
        show_default=True,
        help="Папка набора данных (или переменная SVODKA_DIR).",
    )(function)


@contextmanager
def opened(folder: Path, create: bool = False) -> Iterator["Dataset"]:
    """Whatever is wrong with the dataset, its query or its disk becomes one line."""
    from store.dataset import Dataset
    from store.faults import DatasetFault, Unknown
    from store.query import BadQuery
    from store.search import BadToken

    try:
        with Dataset.open(folder, create=create) as dataset:
            yield dataset
    except (BadQuery, BadToken) as error:
        raise BadCall(str(error)) from error
    except (DatasetFault, Unknown) as error:
        raise Fault(str(error.args[0])) from error
    except sqlite3.DatabaseError as error:
        raise Fault(f"{folder / 'svodka.sqlite'}: {told(error)}") from error
    except OSError as error:
        raise Fault(f"{error.filename or folder}: {error.strerror or error}") from error


def told(error: sqlite3.DatabaseError) -> str:
    for words, russian in (
        ("full", "кончилось место на диске"),
        ("malformed", "файл повреждён"),
        ("not a database", "файл повреждён"),
        ("readonly", "нет права записи"),
        ("locked", "занят другим процессом"),
    ):
        if words in str(error):
            return f"{russian} ({error})"
    return str(error)
