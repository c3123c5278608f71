"""What a demo folder remembers between runs beside its dataset: the agencies' ports and whether all was crawled once.

Addresses of stored releases hold the ports, so a second run must serve the agencies where the first one did.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

FILE = "demo.json"


class BadFolder(Exception):
    """The folder cannot be used for a demo: the message is one line and names the file."""


@dataclass(frozen=True, kw_only=True)
class Remembered:
    ports: Mapping[str, int] = field(default_factory=dict)
    crawled: bool = False
    """The agencies' whole past has been fetched; from then on a visit asks only for what is new."""


def remembered(folder: Path) -> Remembered:
    path = folder / FILE
    try:
        values = json.loads(path.read_text("utf-8"))
        ports = {str(name): int(port) for name, port in values["ports"].items()}
        return Remembered(ports=ports, crawled=bool(values["crawled"]))
    except FileNotFoundError:
        return Remembered()
    except OSError as error:
        raise BadFolder(f"{path}: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadFolder(f"{path}: повреждён; начните заново в другой папке: svodka demo --dir ПАПКА") from error


def remember(folder: Path, what: Remembered) -> None:
    """Written whole or not at all."""
    path = folder / FILE
    draft = path.with_suffix(".new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(asdict(what)) + "\n", "utf-8")
        draft.replace(path)
    except OSError as error:
        raise BadFolder(f"{error.filename or path}: {error.strerror or error}") from error
