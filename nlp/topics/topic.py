"""The topics that releases are filed under, read from a folder with one TOML file each."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIELDS = ("order", "ru", "en", "belongs", "not", "iptc", "phrases", "examples")


class BadTopic(ValueError):
    """A topic file lacks a field or has one of the wrong type; the message names file and field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    code: str
    """The file's name without `.toml`; what labels and annotations carry."""
    order: int
    ru: str
    en: str
    belongs: str
    excludes: str
    """What a reader might file here and should not, with the topic that it belongs to."""
    iptc: tuple[tuple[str, str, str], ...]
    """IPTC Media Topics: code, name, and how close (exact, broad: the IPTC topic is wider, narrow)."""
    phrases: tuple[str, ...]
    """Telling words and phrases, in any grammatical form; training lemmatises them."""
    examples: tuple[str, ...]


def read_topics(folder: Path) -> tuple[Topic, ...]:
    """All topics of the folder in their `order`; raises BadTopic for a file that cannot be one."""
    topics = [read_topic(path) for path in sorted(folder.glob("*.toml"))]
    if not topics:
        raise BadTopic(f"{folder}: no topic files (*.toml)")
    return tuple(sorted(topics, key=lambda topic: (topic.order, topic.code)))


def read_topic(path: Path) -> Topic:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadTopic(f"{path}: {error}") from error
    if unknown := sorted(set(raw) - set(FIELDS)):
        raise BadTopic(f"{path}: unknown field {unknown[0]!r}, known are {', '.join(FIELDS)}")
    try:
        iptc = tuple((field(path, i, "code", str), i.get("name", ""), i.get("match", "")) for i in raw.get("iptc", ()))
    except AttributeError as error:
        raise BadTopic(f"{path}: field 'iptc' must be a list of tables with code, name and match") from error
    return Topic(
        code=path.stem,
        order=field(path, raw, "order", int),
        ru=field(path, raw, "ru", str),
        en=field(path, raw, "en", str),
        belongs=field(path, raw, "belongs", str),
        excludes=field(path, raw, "not", str),
        iptc=iptc,
        phrases=strings(path, raw, "phrases"),
        examples=strings(path, raw, "examples"),
    )


def field(path: Path, raw: dict[str, Any], name: str, kind: type) -> Any:
    value = raw.get(name)
    if not isinstance(value, kind):
        raise BadTopic(f"{path}: field {name!r} must be {kind.__name__}, got {value!r}")
    return value


def strings(path: Path, raw: dict[str, Any], name: str) -> tuple[str, ...]:
    values = field(path, raw, name, list)
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise BadTopic(f"{path}: field {name!r} must hold strings that are not empty")
    return tuple(values)
