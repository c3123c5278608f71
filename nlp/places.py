"""Mentions of places put together: nominative names with kind, country and coordinates."""

from collections.abc import Iterable

from nlp.annotation import Entity, Mention
from nlp.doc import Doc
from nlp.inflection import nominative
from nlp.mentions import Found
from nlp.tokens import Tokens


def read(doc: Doc, tokens: Tokens, spans: Iterable[Found]) -> list[Entity]:
    groups: dict[str, list[Mention]] = {}
    for f in spans:
        if f.type == "LOC":
            normal = nominative(doc, *tokens.between(f.start, f.stop))
            mention = Mention(start=f.start, stop=f.stop, normal=normal, rule=f.rule, form_rule="head")
            groups.setdefault(normal.lower().replace("ё", "е"), []).append(mention)
    return [Entity(kind="place", name=m[0].normal, mentions=tuple(m)) for m in groups.values()]
