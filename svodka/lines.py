"""JSON lines at the edge: what people pipe in becomes releases, each bad line an error with its number."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from nlp.annotation import LONGEST, Release


@dataclass(frozen=True, slots=True)
class BadLine:
    number: int
    reason: str

    def __str__(self) -> str:
        return f"строка {self.number}: {self.reason}"


def releases(lines: Iterable[bytes]) -> Iterator[Release | BadLine]:
    """Blank lines are passed over; numbers count from 1 and count them."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield one(number, line)


def one(number: int, line: bytes) -> Release | BadLine:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return BadLine(number, f"не UTF-8 (байт {error.start + 1})")
    except json.JSONDecodeError as error:
        return BadLine(number, f"не JSON: {error.msg}, знак {error.pos + 1}")
    except RecursionError:
        return BadLine(number, "JSON вложен слишком глубоко")
    if not isinstance(fields, dict):
        return BadLine(number, "ожидается объект с полями id, published, title, text")
    for key in ("id", "text"):
        if not isinstance(fields.get(key), str):
            return BadLine(number, f"поле «{key}» должно быть строкой")
    for key in ("title", "published"):
        if not isinstance(fields.get(key), str | None):
            return BadLine(number, f"поле «{key}» должно быть строкой или null")
    text, title = fields["text"], fields.get("title") or ""
    if max(len(text), len(title)) > LONGEST:
        return BadLine(number, f"текст длиннее {LONGEST:,} знаков".replace(",", " "))
    for key, value in (("id", fields["id"]), ("title", title), ("text", text)):
        if any("\ud800" <= char <= "\udfff" for char in value):
            return BadLine(number, f"в поле «{key}» половина суррогатной пары")
    try:
        published = date.fromisoformat(fields["published"][:10]) if fields.get("published") else None
    except ValueError:
        return BadLine(number, f"поле «published»: {fields['published']!r} — не дата вида 2024-04-16")
    return Release(id=fields["id"], text=text, title=title, published=published)
