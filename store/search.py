"""A query → releases with highlighted snippets, and counts by facet; the shell, the API and the page all ask here."""

import base64
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import product
from typing import Any, Literal

from store import entities, query, topics
from store.entities import quoted
from store.lemmas import normal_forms, places, plain
from store.query import All, Dates, Either, Filter, Node, Not, Words
from store.records import Facets, FacetValue, Hit, Page, Piece

Order = Literal["date", "relevance"]
WIDTH = 220
"""Characters of a snippet, about."""
SNIPPETS = 2
COMBINATIONS = 48
"""Of normal forms in one phrase, at most."""
FACET = 12
OPEN, CLOSE = "\x02", "\x03"


class BadToken(ValueError):
    """The paging token is not one of ours, or belongs to another query."""


@dataclass(slots=True)
class Sql:
    """A condition on release `r` with its parameters."""

    text: str
    values: list[Any] = field(default_factory=list)


def search(
    db: sqlite3.Connection, text: str, limit: int = 20, after: str | None = None, order: Order = "date"
) -> Page[Hit]:
    """Raises BadQuery, which names the position, and BadToken."""
    node = query.parse(text)
    where = condition(db, node)
    total = int(db.execute(f"SELECT count(*) FROM release r WHERE {where.text}", where.values).fetchone()[0])
    words = positive_words(node)
    if order == "relevance" and words:
        rows, token = by_relevance(db, where, words, limit, start_of(after, text, order))
    else:
        rows, token = by_date(db, where, limit, start_of(after, text, order))
    names = positive_entities(db, node)
    hits = tuple(hit(db, n, words, names) for n in rows)
    last = token_of(text, order, token) if token is not None else None
    return Page(rows=hits, total=total, after=last)


def facets(db: sqlite3.Connection, text: str) -> Facets:
    """Over all releases that match, not over one page of them."""
    where = condition(db, query.parse(text))
    db.execute("CREATE TEMP TABLE IF NOT EXISTS hit (n INTEGER PRIMARY KEY)")
    db.execute("DELETE FROM hit")
    db.execute(f"INSERT INTO hit SELECT r.n FROM release r WHERE {where.text}", where.values)
    label = topics.labels()
    return Facets(
        source=counted(db, "SELECT source, source, count(*) FROM hit JOIN release USING (n) GROUP BY 1"),
        topic=tuple(
            FacetValue(value=f.value, label=label.get(f.value, f.label), count=f.count)
            for f in counted(db, "SELECT topic, topic, count(*) FROM hit JOIN topic ON release = hit.n GROUP BY 1", 50)
        ),
        person=entity_facet(db, "person"),
        organisation=entity_facet(db, "organisation"),
        place=entity_facet(db, "place"),
        year=counted(
            db,
            "SELECT substr(day, 1, 4), substr(day, 1, 4), count(*) FROM hit JOIN release USING (n)"
            " WHERE day IS NOT NULL GROUP BY 1",
            200,
        ),
    )


def entity_facet(db: sqlite3.Connection, kind: str) -> tuple[FacetValue, ...]:
    return counted(
        db,
        "SELECT e.id, e.name, count(DISTINCT hit.n) FROM hit JOIN appearance a ON a.release = hit.n"
        f" JOIN entity e ON e.id = a.entity WHERE a.kind = '{kind}' GROUP BY 1",
    )


def counted(db: sqlite3.Connection, sql: str, most: int = FACET) -> tuple[FacetValue, ...]:
    rows = db.execute(f"{sql} ORDER BY 3 DESC, 2 LIMIT {most}")
    return tuple(FacetValue(value=value, label=label, count=count) for value, label, count in rows)


# From the tree to SQL.


def condition(db: sqlite3.Connection, node: Node | None) -> Sql:
    if node is None:
        return Sql("1")
    if (match := fts(node)) is not None:
        return Sql("r.n IN (SELECT rowid FROM lemma WHERE lemma MATCH ?)", [match])
    if isinstance(node, Not):
        inner = condition(db, node.node)
        return Sql(f"NOT ({inner.text})", inner.values)
    if isinstance(node, All | Either):
        parts = [condition(db, part) for part in node.nodes]
        glue = " AND " if isinstance(node, All) else " OR "
        return Sql(glue.join(f"({part.text})" for part in parts), [v for part in parts for v in part.values])
    if isinstance(node, Dates):
        return dated(node)
    assert isinstance(node, Filter)  # noqa: S101 words are matched above
    return filtered(db, node)


def dated(node: Dates) -> Sql:
    since = ("r.day >= ?", node.since.isoformat()) if node.since else None
    until = ("r.day <= ?", node.until.isoformat()) if node.until else None
    present = [part for part in (since, until) if part]
    return Sql(" AND ".join(part[0] for part in present), [part[1] for part in present])


def filtered(db: sqlite3.Connection, node: Filter) -> Sql:
    if node.field == "source":
        return Sql("fold(r.source) = fold(?)", [node.value])
    if node.field == "kind":
        return Sql("r.n IN (SELECT release FROM meeting WHERE fold(kind) = fold(?))", [node.value])
    if node.field == "topic":
        wanted = json.dumps(topics.codes(node.value))
        return Sql("r.n IN (SELECT release FROM topic WHERE topic IN (SELECT value FROM json_each(?)))", [wanted])
    ids = entities.ids_json(entities.named(db, node.field, node.value))
    return Sql("r.n IN (SELECT release FROM appearance WHERE entity IN (SELECT value FROM json_each(?)))", [ids])


def fts(node: Node) -> str | None:
    """An expression of the full-text index for words that are only joined by AND and OR; None for anything else."""
    if isinstance(node, Words):
        return phrase(node)
    if isinstance(node, All | Either):
        parts = [fts(part) for part in node.nodes]
        glue = " AND " if isinstance(node, All) else " OR "
        return None if None in parts else glue.join(f"({part})" for part in parts)
    return None


def phrase(node: Words) -> str:
    """«рабочую встречу» → every combination of the words' normal forms; a beginning as it stands."""
    *whole, last = node.words
    forms = [list(normal_forms(plain(word))) for word in whole]
    forms.append([plain(last)] if node.prefix else list(normal_forms(plain(last))))
    while combinations(forms) > COMBINATIONS:
        max(forms, key=len).pop()
    star = "*" if node.prefix else ""
    return " OR ".join(quoted(" ".join(choice)) + star for choice in product(*forms))


def combinations(forms: Sequence[Sequence[str]]) -> int:
    number = 1
    for column in forms:
        number *= len(column)
    return number


def positive_words(node: Node | None) -> str | None:
    """What to highlight and to rank by: all words that are not behind a NOT."""
    found = [f"({phrase(words)})" for words in leaves(node) if isinstance(words, Words)]
    return " OR ".join(found) or None


def positive_entities(db: sqlite3.Connection, node: Node | None) -> list[str]:
    filters = [leaf for leaf in leaves(node) if isinstance(leaf, Filter)]
    kinds = ("person", "organisation", "place")
    return [id_ for leaf in filters if leaf.field in kinds for id_ in entities.named(db, leaf.field, leaf.value)]


def leaves(node: Node | None) -> Iterable[Node]:
    if isinstance(node, All | Either):
        for part in node.nodes:
            yield from leaves(part)
    elif node is not None and not isinstance(node, Not):
        yield node


# Paging.


def by_date(
    db: sqlite3.Connection, where: Sql, limit: int, start: list[Any] | None
) -> tuple[list[int], list[Any] | None]:
    """The newest first, those without a date last."""
    day = "coalesce(r.day, '')"
    beyond, values = ("", []) if start is None else (f" AND ({day}, r.n) < (?, ?)", start)
    rows = db.execute(
        f"SELECT r.n, {day} FROM release r WHERE ({where.text}){beyond} ORDER BY {day} DESC, r.n DESC LIMIT ?",
        [*where.values, *values, limit + 1],
    ).fetchall()
    more = [rows[limit - 1][1], rows[limit - 1][0]] if len(rows) > limit else None
    return [row[0] for row in rows[:limit]], more


def by_relevance(
    db: sqlite3.Connection, where: Sql, words: str, limit: int, start: list[Any] | None
) -> tuple[list[int], list[Any] | None]:
    """The title weighs most; releases that match by their filters alone have no rank and are left out."""
    offset = start[0] if start else 0
    rows = db.execute(
        "SELECT r.n FROM lemma JOIN release r ON r.n = lemma.rowid WHERE lemma MATCH ?"
        f" AND ({where.text}) ORDER BY bm25(lemma, 6.0, 1.0, 0.5), r.n DESC LIMIT ? OFFSET ?",
        [words, *where.values, limit + 1, offset],
    ).fetchall()
    return [row[0] for row in rows[:limit]], [offset + limit] if len(rows) > limit else None


def token_of(text: str, order: Order, start: list[Any]) -> str:
    body = json.dumps([mark(text, order), *start])
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def start_of(token: str | None, text: str, order: Order) -> list[Any] | None:
    if token is None:
        return None
    try:
        body = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        marked, *start = body
    except (ValueError, TypeError):
        raise BadToken("страница не найдена: метка продолжения испорчена") from None
    if marked != mark(text, order) or not all(isinstance(part, str | int) for part in start) or not start:
        raise BadToken("страница не найдена: метка продолжения от другого запроса")
    return list(start)


def mark(text: str, order: Order) -> str:
    return sha256(f"{order}\n{text}".encode()).hexdigest()[:8]


# Hits with their snippets.


def hit(db: sqlite3.Connection, n: int, words: str | None, names: Sequence[str]) -> Hit:
    id_, source, url, title, body, published = db.execute(
        "SELECT r.id, r.source, r.url, v.title, v.body, v.published FROM release r JOIN version v ON v.n = r.version"
        " WHERE r.n = ?",
        (n,),
    ).fetchone()
    in_title, in_text = spans(db, n, words)
    in_text += mention_spans(db, n, names)
    return Hit(
        id=id_,
        source=source,
        url=url,
        title=marked(title, in_title, 0, len(title)),
        published=published,
        snippets=snippets(body, merged(in_text)),
        topics=tuple(row[0] for row in db.execute("SELECT topic FROM topic WHERE release = ? ORDER BY rank", (n,))),
    )


Span = tuple[int, int]


def spans(db: sqlite3.Connection, n: int, words: str | None) -> tuple[list[Span], list[Span]]:
    """Where the words stand in the surface of title and text."""
    if words is None:
        return [], []
    row = db.execute(
        f"SELECT highlight(lemma, 0, '{OPEN}', '{CLOSE}'), highlight(lemma, 1, '{OPEN}', '{CLOSE}'),"
        f" highlight(lemma, 2, '{OPEN}', '{CLOSE}') FROM lemma WHERE lemma MATCH ? AND rowid = ?",
        (words, n),
    ).fetchone()
    if row is None:
        return [], []
    blobs = db.execute("SELECT title, text, names FROM lemma_place WHERE release = ?", (n,)).fetchone()
    title, text, names = (surface(column, blob) for column, blob in zip(row, blobs, strict=True))
    return merged(title), [*text, *names]


def surface(highlighted: str, blob: bytes) -> list[Span]:
    """Pieces that hold a mark, as places in the surface text; a phrase's marks open and close pieces apart."""
    where = places(blob)
    found: list[Span] = []
    inside = False
    for number, piece in enumerate(highlighted.split(" ")):
        if inside or OPEN in piece:
            found.append(where[number])
        if OPEN in piece or CLOSE in piece:
            inside = piece.rfind(OPEN) > piece.rfind(CLOSE)
    return found


def mention_spans(db: sqlite3.Connection, n: int, names: Sequence[str]) -> list[Span]:
    if not names:
        return []
    return db.execute(
        "SELECT m.start, m.stop FROM mention m JOIN appearance a ON a.n = m.appearance WHERE m.release = ?"
        " AND a.entity IN (SELECT value FROM json_each(?)) ORDER BY m.start",
        (n, entities.ids_json(names)),
    ).fetchall()


def merged(found: Iterable[Span]) -> list[Span]:
    """In order, touching ones as one."""
    out: list[Span] = []
    for start, stop in sorted(found):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(stop, out[-1][1]))
        else:
            out.append((start, stop))
    return out


def marked(text: str, found: Iterable[Span], start: int, stop: int) -> tuple[Piece, ...]:
    """text[start:stop] cut into pieces, hits apart."""
    pieces: list[Piece] = []
    at = start
    for first, last in found:
        first, last = max(first, start), min(last, stop)
        if first >= last:
            continue
        if first > at:
            pieces.append(Piece(text=text[at:first]))
        pieces.append(Piece(text=text[first:last], hit=True))
        at = last
    if at < stop:
        pieces.append(Piece(text=text[at:stop]))
    return tuple(pieces)


def snippets(body: str, found: Sequence[Span]) -> tuple[tuple[Piece, ...], ...]:
    """The places with most hits, in the order of the text; the beginning where there is no hit."""
    windows = chosen([window(body, span) for span in found], found) if found else [window(body, (0, 0))]
    return tuple(
        tuple(
            piece
            for piece in (
                Piece(text="…") if start > 0 else None,
                *flat(marked(body, found, start, stop)),
                Piece(text="…") if stop < len(body) else None,
            )
            if piece is not None
        )
        for start, stop in windows
    )


def flat(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """Paragraphs run on in a snippet."""
    return (Piece(text=" ".join(lines(piece.text)), hit=piece.hit) for piece in pieces)


def lines(text: str) -> list[str]:
    return [part for part in text.split("\n") if part] if "\n" in text else [text]


def window(body: str, span: Span) -> Span:
    """A stretch of whole words that begins a little before the hit."""
    start = max(0, span[0] - WIDTH // 4)
    stop = min(len(body), start + WIDTH)
    if start > 0 and (space := body.find(" ", start, span[0])) >= 0:
        start = space + 1
    if stop < len(body) and (space := body.rfind(" ", span[1], stop)) > span[1]:
        stop = space
    return start, stop


def chosen(windows: Sequence[Span], found: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    ranked = sorted(windows, key=lambda w: (-sum(w[0] <= s[0] and s[1] <= w[1] for s in found), w))
    for start, stop in ranked:
        if len(kept) < SNIPPETS and all(stop <= other[0] or other[1] <= start for other in kept):
            kept.append((start, stop))
    return sorted(kept)
