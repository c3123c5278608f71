"""Sentences with the net's spans marked into entities: «[PER Ивана Петрова] встретил…»."""

import re
from pathlib import Path

from nlp.annotation import Release
from nlp.doc import Doc, Span
from nlp.entities import EntityReader, EntitySet
from tests.nlp.marked import engine

MARK = re.compile(r"\[(PER|ORG|LOC) ([^\]]+)\]")


def read(marked: str) -> EntitySet:
    spans, plain, last = [], "", 0
    for match in MARK.finditer(marked):
        plain += marked[last : match.start()]
        spans.append(Span(len(plain), len(plain) + len(match[2]), match[1]))
        plain, last = plain + match[2], match.end()
    plain += marked[last:]
    parsed = engine().parse([plain])[0]
    doc = Doc(plain, parsed.sentences, parsed.tokens, spans)
    return EntityReader(Path()).read(Release(id="x", text=plain), doc, Doc(""))
