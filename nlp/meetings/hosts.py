"""Which bodies hold an event, sign at it or stand for its sides: a trained judge weighs each body of the release."""

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.meetings.model import Judge
from nlp.meetings.rows import Features, raise_to
from nlp.meetings.scene import Scene
from nlp.meetings.segments import Segments
from nlp.reading import Unit

HOST_FLOOR = 0.45
"""Probability from which a body is given."""
BEFORE = 3
"""Words before a body that say what it does there: «при поддержке», «по инициативе», «между»."""


@dataclass(frozen=True, slots=True)
class Named:
    """One mention of a body, with what does not depend on the event."""

    sentence: int
    token: int
    """The syntactic head of the name."""
    active: int
    """The event spoken of there."""
    employs: bool
    """It names the employer of somebody: «министр иностранных дел Сербии»."""
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    name: str
    named: tuple[Named, ...]
    people: frozenset[str]
    """Those who work there by their posts."""
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    name: str
    row: Features


def bodies(scene: Scene, segments: Segments) -> tuple[Body, ...]:
    posts = {p.organisation_span for p in scene.positions}
    named: dict[str, list[Named]] = {}
    for unit in scene.units:
        if unit.kind == "organisation":
            named.setdefault(unit.name, []).append(mention(scene, segments, unit, (unit.start, unit.stop) in posts))
    return tuple(
        Body(
            name,
            tuple(found),
            frozenset(p.person for p in scene.positions if p.organisation == name and not p.former),
            ("what=" + name.split()[0].lower(), *titled(scene, name)),
        )
        for name, found in named.items()
    )


def titled(scene: Scene, name: str) -> tuple[str, ...]:
    return ("titled",) if name.lower().replace("ё", "е") in scene.title_low else ()


def mention(scene: Scene, segments: Segments, unit: Unit, employs: bool) -> Named:
    token, sentence = scene.head_of(unit), scene.sentence[unit.first]
    first = scene.first(unit.first)
    governor = scene.governors[token]
    signs = [f"b={lemma}" for lemma in scene.lemmas[max(first, unit.first - BEFORE) : unit.first]]
    signs += ["case=" + scene.case(token), "rel=" + scene.rels[token], "employs" if employs else "stands"]
    if scene.heads[token] >= 0:
        signs.append("head=" + scene.lemmas[scene.heads[token]])
    if governor >= 0:
        signs.append(f"gov={scene.lemmas[governor]}:{scene.case(token)}")
    return Named(sentence, token, segments.at(scene, sentence, unit.first), employs, tuple(signs))


def options(scene: Scene, segments: Segments, k: int, found: Sequence[Body]) -> list[Option]:
    """A row for each body and this event."""
    c = segments.anchors[k].candidate
    para = scene.paragraph[c.sentence]
    own = range(*scene.bounds[c.sentence])
    governor = c.token if c.verbal else scene.governors[c.token]
    told = {seen.name for seen in scene.in_sentence[c.sentence]}
    spoken = {s.name for s in scene.seen if segments.at(scene, s.sentence, s.token) == k}
    common = {"kind=" + c.kind: 1.0, "verbal": float(c.verbal), "main": float(k == 0), "bodies": float(len(found))}
    out = []
    for order, body in enumerate(found):
        row: Features = dict(common)
        near = [m for m in body.named if m.sentence == c.sentence or m.active == k]
        row["order"], row["mentions"], row["near"] = order, len(body.named), len(near)
        row["same"] = any(m.sentence == c.sentence for m in body.named)
        row["active"] = any(m.active == k for m in body.named)
        row["alone"] = any(not m.employs for m in near)
        row["para"] = any(scene.paragraph[m.sentence] == para for m in body.named)
        row["away"] = min(abs(m.sentence - c.sentence) for m in body.named)
        row["after"] = body.named[0].token > c.token
        row["works"] = len(body.people)
        row["workstold"], row["worksspoken"] = len(body.people & told), len(body.people & spoken)
        for sign in body.signs:
            row[sign] = 1
        for m in near:
            for sign in m.signs:
                row[sign] = 1
            if m.sentence == c.sentence:
                raise_to(row, "ofevent", scene.heads[m.token] == c.token)
                raise_to(row, "ofverb", scene.heads[m.token] == governor)
                row["s" + m.signs[-1]] = 1
        row["instead"] = sum(any(m.token in own for m in other.named) for other in found if other is not body)
        out.append(Option(body.name, row))
    return out


def bodies_of(scene: Scene, segments: Segments, judge: Judge) -> list[tuple[str, ...]]:
    """For each event its organisers, hosts, signatories and sides, in order of first mention."""
    found = bodies(scene, segments)
    if not found:
        return [() for _ in segments.anchors]
    rows = [option for k in range(len(segments.anchors)) for option in options(scene, segments, k, found)]
    sure = judge.probabilities([option.row for option in rows])[:, 1]
    told = [option.name if p >= HOST_FLOOR else None for option, p in zip(rows, sure.tolist(), strict=True)]
    return [
        tuple(name for name in told[start : start + len(found)] if name is not None)
        for start in range(0, len(told), len(found))
    ]
