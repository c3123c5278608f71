"""A second look: what the first judgement says of the neighbours — other words of the text, others of the list."""

from collections.abc import Sequence

import numpy as np

from nlp.meetings.rows import Array, Table
from nlp.meetings.scene import Scene

KEPT_WORDS = ("lem=", "kind=", "verbal=")
KEPT_PAIRS = ("kind=", "kcase=", "ksa=", "ka=", "verbal=", "prel=", "lcapos=")


def narrowed(column: str, kept: tuple[str, ...]) -> bool:
    """Whether a second judge learns from a column: not from single words, which the first judgement has weighed."""
    return "=" not in column or column.startswith(kept)


def beside(table: Table, signs: dict[str, Array]) -> Table:
    return table.beside(tuple(signs), np.stack([s.ravel() for s in signs.values()], axis=1))


def numbered(words: Sequence[str]) -> Array:
    """The same number for the same word."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(word, len(numbers)) for word in words])


def of_words(scene: Scene, table: Table, first: Array) -> Table:
    """For each candidate: how likely its rivals and its forerunners are to bring in an event."""
    cs = scene.candidates
    if not cs:
        return table
    count = len(cs)
    kind, lemma = numbered([c.kind for c in cs]), numbered([c.lemma for c in cs])
    sentence = np.array([c.sentence for c in cs])
    paragraph = np.array(scene.paragraph)[sentence]
    hung = np.array([scene.heads[c.token] for c in cs])[:, None] == np.array([c.token for c in cs])
    earlier = np.tri(count, k=-1, dtype=bool)
    groups = {
        "rival": (sentence == sentence[:, None]) & ~np.eye(count, dtype=bool),
        "kin": (kind == kind[:, None]) & earlier,
        "twin": (lemma == lemma[:, None]) & earlier,
        "para": (paragraph == paragraph[:, None]) & earlier,
        "after": (sentence - sentence[:, None] <= 2) & earlier.T,
        "tied": hung | hung.T,
    }
    likely = first > 0.4
    signs = {
        "p": first,
        "prank": (first > first[:, None]).sum(axis=1),
        "plikely": np.full(count, (first > 0.5).sum()),
        "pahead": np.append(0.0, np.cumsum(first)[:-1]),
        "pprev": np.append(0.0, first[:-1]),
        "pnext": np.append(first[1:], 0.0),
    }
    for name, group in groups.items():
        best = np.where(group, first, 0).max(axis=1)
        signs |= {"p" + name: best, "d" + name: first - best, "n" + name: (group & likely).sum(axis=1)}
    return beside(table, signs)


def of_pairs(scene: Scene, table: Table, first: Array) -> Table:
    """For each event and person: how likely those named beside the person are to attend, and the person elsewhere.

    `first` has a row for each event and a column for each name.
    """
    events, people = first.shape
    mates = companions(scene)
    elsewhere = np.where(np.eye(events, dtype=bool)[:, :, None], 0, first).max(axis=1)
    none = np.zeros((1, people))
    count = np.broadcast_to(mates.sum(axis=1), first.shape)
    alone = count == 0
    crowd = np.broadcast_to(first.sum(axis=1, keepdims=True), first.shape)
    return beside(
        table,
        {
            "p": first,
            "pelse": elsewhere,
            "delse": first - elsewhere,
            "pbefore": np.vstack([none, np.maximum.accumulate(first)[:-1]]),
            "pafter": np.vstack([np.maximum.accumulate(first[::-1])[::-1][1:], none]),
            "prank": (first > first[:, None]).sum(axis=1),
            "psum": np.broadcast_to(first.sum(axis=0), first.shape),
            "nmates": count,
            "matemean": np.where(alone, first, first @ mates.T / np.maximum(count, 1)),
            "matemax": np.where(alone, first, np.where(mates, first[:, None], -1).max(axis=2)),
            "matemin": np.where(alone, first, np.where(mates, first[:, None], 2).min(axis=2)),
            "crowd": crowd,
            "crowdrank": (first[:, None] > first[:, :, None]).sum(axis=2),
            "crowdshare": crowd / people,
            "crowdmax": np.broadcast_to(first.max(axis=1, keepdims=True), first.shape),
        },
    )


def companions(scene: Scene) -> Array:
    """Whether two names (row, column) are first mentioned in one sentence or one list."""
    place = []
    for name in scene.names:
        sentence = scene.mentions[name][0].sentence
        intro = scene.list_intro[sentence]
        place.append(sentence if intro is None else -1 - intro)
    where = np.array(place)
    return np.asarray((where == where[:, None]) & ~np.eye(len(where), dtype=bool))
