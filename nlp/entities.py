"""People, organisations and places of a release: spans from the net, repaired, named and put together."""

from dataclasses import dataclass
from pathlib import Path

from nlp import mentions, organisations, people, places
from nlp.annotation import Entity, Release
from nlp.doc import Doc
from nlp.tokens import Tokens


@dataclass(frozen=True, slots=True)
class EntitySet:
    """Each tuple is ordered by first mention; names are unique within a kind."""

    people: tuple[Entity, ...]
    organisations: tuple[Entity, ...]
    places: tuple[Entity, ...]


class EntityReader:
    """Reads entities out of parsed releases; holds no state between them."""

    def __init__(self, models: Path) -> None:
        self.models = models

    def read(self, release: Release, doc: Doc, title: Doc) -> EntitySet:
        tokens = Tokens(doc)
        spans = mentions.found(doc, tokens)
        return EntitySet(
            tuple(people.read(doc, tokens, spans)),
            tuple(organisations.read(doc, tokens, spans)),
            tuple(places.read(doc, tokens, spans)),
        )
