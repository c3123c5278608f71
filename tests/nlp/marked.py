"""Marked sentences into what the rules read: «[PER Иван Петров], директор [ORG Фонда мира|Фонд мира]»."""

import re
from dataclasses import dataclass
from functools import cache

from nlp.annotation import Entity, EntityKind, Mention
from nlp.doc import Doc
from nlp.engine import Engine

MARK = re.compile(r"\[(PER|ORG|LOC) ([^\]|]+)(?:\|([^\]]+))?\]")
KINDS: dict[str, EntityKind] = {"PER": "person", "ORG": "organisation", "LOC": "place"}


@dataclass(frozen=True)
class Marked:
    doc: Doc
    people: tuple[Entity, ...]
    organisations: tuple[Entity, ...]
    places: tuple[Entity, ...]


@cache
def engine() -> Engine:
    return Engine()


def marked(text: str) -> Marked:
    """`[KIND words]`, or `[KIND words|canonical name]` where the words stand in another case."""
    plain, found = "", {}
    last = 0
    for match in MARK.finditer(text):
        plain += text[last : match.start()]
        start = len(plain)
        plain += match[2]
        name = match[3] or match[2]
        mention = Mention(start=start, stop=len(plain), normal=name)
        found.setdefault((KINDS[match[1]], name), []).append(mention)
        last = match.end()
    plain += text[last:]
    entities = [Entity(kind=kind, name=name, mentions=tuple(m)) for (kind, name), m in found.items()]
    of = {kind: tuple(e for e in entities if e.kind == kind) for kind in KINDS.values()}
    return Marked(engine().parse([plain])[0], of["person"], of["organisation"], of["place"])
