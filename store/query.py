"""The query language → a tree; the same in the shell, the API, the page and an export.

культура фестиваль          both words, in any case form
"рабочая встреча"           these words side by side
форум OR конференция        either;  NOT or - before a word: without it;  ( ) group
меж*                        words that begin so
person:Асланова org:МИД place:Пермь topic:culture source:mid date:2024-04..2024-06
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

FIELDS = {
    "person": "person",
    "человек": "person",
    "org": "organisation",
    "орг": "organisation",
    "place": "place",
    "место": "place",
    "topic": "topic",
    "тема": "topic",
    "source": "source",
    "источник": "source",
    "date": "date",
    "дата": "date",
    "kind": "kind",
    "вид": "kind",
}
SHOWN = "person, org, place, topic, source, date, kind"
LONGEST = 2000
DEEPEST = 40


class BadQuery(ValueError):
    """The query cannot be read; the message says what and where, `position` counts characters from 1."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"запрос, знак {position}: {message}")
        self.position = position


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several side by side."""

    words: tuple[str, ...]
    prefix: bool = False
    """The last word is only a beginning."""


@dataclass(frozen=True, slots=True)
class Filter:
    field: Literal["person", "organisation", "place", "topic", "source", "kind"]
    value: str


@dataclass(frozen=True, slots=True)
class Dates:
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Not:
    node: "Node"


@dataclass(frozen=True, slots=True)
class All:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    nodes: tuple["Node", ...]


Node = Words | Filter | Dates | Not | All | Either


@dataclass(frozen=True, slots=True)
class Lexeme:
    kind: Literal["word", "phrase", "field", "and", "or", "not", "(", ")"]
    text: str
    position: int
    """From 1."""
    value: str = ""


LEXEMES = re.compile(
    r"""\s+ | (?P<paren>[()]) | (?P<name>[^\W\d_]+):(?P<value>"[^"]*"?|«[^»]*»?|[^\s()]*)
      | (?P<phrase>"[^"]*"?|«[^»]*»?) | (?P<minus>-(?=[\w"«(])) | (?P<word>[^\s()"«]+) | (?P<other>.)""",
    re.VERBOSE,
)
OPERATORS = {"AND": "and", "И": "and", "OR": "or", "ИЛИ": "or", "NOT": "not", "НЕ": "not"}
WORD = re.compile(r"\w+(?:[-‑]\w+)*")


def parse(text: str) -> Node | None:
    """None for a query with nothing in it, which matches everything. Raises BadQuery."""
    if len(text) > LONGEST:
        raise BadQuery(f"длиннее {LONGEST} знаков", LONGEST)
    lexemes = list(cut(text))
    if not lexemes:
        return None
    parser = Parser(lexemes, len(text) + 1)
    node = parser.either(0)
    if (extra := parser.peek()) is not None:
        raise BadQuery("лишняя скобка «)»", extra.position)
    return node


def cut(text: str) -> Iterator[Lexeme]:
    for match in LEXEMES.finditer(text):
        at = match.start() + 1
        if paren := match["paren"]:
            yield Lexeme("(" if paren == "(" else ")", paren, at)
        elif match["name"] is not None:
            yield named(match, at)
        elif phrase := match["phrase"]:
            yield Lexeme("phrase", unquoted(phrase, at), at)
        elif match["minus"]:
            yield Lexeme("not", "-", at)
        elif word := match["word"]:
            yield Lexeme(OPERATORS.get(word, "word"), word, at)  # type: ignore[arg-type]
        elif match["other"]:
            raise BadQuery(f"не понимаю «{match['other']}»", at)


def named(match: re.Match[str], at: int) -> Lexeme:
    name, value = match["name"].lower(), match["value"]
    if name not in FIELDS:
        raise BadQuery(f"нет поля «{name}»; есть {SHOWN}", at)
    value = unquoted(value, match.start("value") + 1) if value[:1] in ('"', "«") else value
    if not value.strip():
        raise BadQuery(f"после «{name}:» нужно значение", match.end() + 1)
    return Lexeme("field", FIELDS[name], at, value.strip())


def unquoted(phrase: str, at: int) -> str:
    closing = {'"': '"', "«": "»"}[phrase[0]]
    if len(phrase) < 2 or not phrase.endswith(closing):
        raise BadQuery("кавычка не закрыта", at)
    return phrase[1:-1]


class Parser:
    """OR binds weakest, then AND (which may be left out), then NOT."""

    def __init__(self, lexemes: list[Lexeme], end: int) -> None:
        self.lexemes = lexemes
        self.place = 0
        self.end = end

    def peek(self) -> Lexeme | None:
        return self.lexemes[self.place] if self.place < len(self.lexemes) else None

    def take(self) -> Lexeme:
        lexeme = self.peek()
        if lexeme is None:
            raise BadQuery("запрос обрывается", self.end)
        self.place += 1
        return lexeme

    def either(self, depth: int) -> Node:
        nodes = [self.every(depth)]
        while (lexeme := self.peek()) is not None and lexeme.kind == "or":
            self.take()
            nodes.append(self.every(depth))
        return nodes[0] if len(nodes) == 1 else Either(tuple(nodes))

    def every(self, depth: int) -> Node:
        nodes = [self.negated(depth)]
        while (lexeme := self.peek()) is not None and lexeme.kind not in ("or", ")"):
            if lexeme.kind == "and":
                self.take()
            nodes.append(self.negated(depth))
        return nodes[0] if len(nodes) == 1 else All(tuple(nodes))

    def negated(self, depth: int) -> Node:
        lexeme = self.peek()
        if lexeme is not None and lexeme.kind == "not":
            self.take()
            if depth >= DEEPEST:
                raise BadQuery("слишком глубоко", lexeme.position)
            return Not(self.negated(depth + 1))
        return self.atom(depth)

    def atom(self, depth: int) -> Node:
        lexeme = self.take()
        if lexeme.kind == "(":
            if depth >= DEEPEST:
                raise BadQuery("слишком много скобок", lexeme.position)
            node = self.either(depth + 1)
            closing = self.peek()
            if closing is None:
                raise BadQuery("скобка «(» не закрыта", lexeme.position)
            self.take()
            return node
        if lexeme.kind == "field":
            return filtered(lexeme)
        if lexeme.kind in ("word", "phrase"):
            return worded(lexeme)
        raise BadQuery(f"перед «{lexeme.text}» нужно слово", lexeme.position)


def worded(lexeme: Lexeme) -> Words:
    words = tuple(match[0] for match in WORD.finditer(lexeme.text))
    if not words:
        raise BadQuery(f"в «{lexeme.text}» нет слов", lexeme.position)
    return Words(words, prefix=lexeme.kind == "word" and lexeme.text.endswith("*"))


def filtered(lexeme: Lexeme) -> Filter | Dates:
    if lexeme.text != "date":
        return Filter(lexeme.text, lexeme.value)  # type: ignore[arg-type]
    since, dots, until = lexeme.value.partition("..")
    at = lexeme.position + len("date:")
    if not dots:
        first, last = span(lexeme.value, at)
        return Dates(first, last)
    if not since and not until:
        raise BadQuery("у промежутка нет ни начала, ни конца", at)
    dates = Dates(span(since, at)[0] if since else None, span(until, at + len(since) + 2)[1] if until else None)
    if dates.since and dates.until and dates.since > dates.until:
        raise BadQuery("промежуток кончается раньше, чем начинается", at)
    return dates


def span(value: str, at: int) -> tuple[date, date]:
    """First and last day of a year, month or day."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", value)
    if match is None:
        raise BadQuery(f"«{value}» — не дата: нужно 2024, 2024-04 или 2024-04-16", at)
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    try:
        first = date(year, month, day)
        if match[3]:
            return first, first
        if match[2]:
            return first, (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1))
        return first, date(year, 12, 31)
    except ValueError:
        raise BadQuery(f"нет такой даты: {value}", at) from None
