"""Where an event takes place: the places that the release names, weighed for each event by a trained judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nlp.meetings.introduces import Features
from nlp.meetings.model import Judge
from nlp.meetings.scene import Scene
from nlp.meetings.segments import Segments
from nlp.meetings.settings import REMOTE
from nlp.reading import Unit

PLACE_FLOOR = 0.22
"""Probability below which an event stays without a place."""
COMMON = (
    "город",
    "городе",
    "г",
    "селе",
    "село",
    "поселке",
    "деревне",
    "столице",
    "районе",
    "крае",
    "округе",
    "городу",
    "станице",
)
TRAVEL = (
    "посетить",
    "посещать",
    "приехать",
    "прибыть",
    "прилететь",
    "отправиться",
    "съездить",
    "побывать",
    "принять",
    "принимать",
    "визит",
    "поездка",
)


def preposition(scene: Scene, unit: Unit) -> str:
    """The preposition before a place, common nouns like «городе» between them left out."""
    at = unit.first - 1
    while (
        at >= 0
        and unit.first - at <= 3
        and (scene.low[at].strip(".") in COMMON or scene.low[at] in (".", "«") or scene.pos[at] == "ADJ")
    ):
        at -= 1
    return scene.low[at] if at >= 0 and scene.pos[at] == "ADP" else ""


@dataclass(frozen=True, slots=True)
class Spot:
    """One mention of a place, with what does not depend on the event."""

    unit: Unit
    sentence: int
    paragraph: int
    preposition: str
    inside: bool
    """«в Перми», «на Кубе», «в г. Москве»"""
    case: str
    heading: bool
    """Whether its paragraph is a heading."""
    travel: bool
    """Whether it hangs on a word of going there."""


INSIDE = ("в", "во", "на", "под", "близ", "около", "у")


def spots(scene: Scene) -> list[Spot]:
    return [spot(scene, u) for u in scene.units if u.kind == "place"]


def spot(scene: Scene, unit: Unit) -> Spot:
    sentence, where, head = scene.sentence[unit.first], preposition(scene, unit), scene.heads[unit.first]
    paragraph = scene.paragraph[sentence]
    return Spot(
        unit=unit,
        sentence=sentence,
        paragraph=paragraph,
        preposition=where,
        inside=where in INSIDE,
        case=scene.case(unit.last - 1),
        heading=scene.is_heading(*scene.paragraphs[paragraph]),
        travel=head >= 0 and scene.lemmas[head] in TRAVEL,
    )


@dataclass(frozen=True, slots=True)
class Option:
    name: str
    row: Features


def options(
    scene: Scene,
    segments: Segments,
    k: int,
    told: Sequence[Spot],
    owners: Mapping[str, int],
    earlier: Sequence[str | None],
) -> list[Option]:
    """Every place with what speaks for its being event `k`'s; `earlier`: the places of the events before it.

    `told` and `owners` come from `spots` and `body_places`.
    """
    if not told:
        return []
    c = segments.anchors[k].candidate
    para = scene.paragraph[c.sentence]
    heading = scene.heading[para]
    base = event_row(scene, segments, k)
    rows: dict[str, Features] = {}
    located = [s for s in told if s.inside]
    running = next((s.unit.name for s in reversed(located) if s.unit.first < c.token), "")
    first_located = located[0].unit.name if located else ""
    for s in told:
        u, here, inside = s.unit, s.paragraph, s.inside
        if u.name not in rows:
            rows[u.name] = dict(base)
        f = rows[u.name]
        f["mentions"] = f.get("mentions", 0) + 1
        for tag, near in (
            ("s", s.sentence == c.sentence),
            ("p", here == para),
            ("h", here == heading),
            ("l", here <= 0),
            ("a", segments.at(scene, s.sentence, u.first) == k),
        ):
            if near:
                f[tag] = f[f"{tag}case={s.case}"] = f[f"{tag}prep={s.preposition}"] = 1
                if inside:
                    f[tag + "in"] = 1
        if inside:
            f["in"] = 1
            if s.case in ("Loc", "Acc"):
                f["in" + s.case.lower()] = 1
        if s.sentence == c.sentence:
            raise_to(f, "near", 1 / (1 + abs(u.first - c.token)))
            raise_to(f, "ofevent", scene.heads[u.first] == c.token)
            governor = scene.governors[u.first]
            raise_to(f, "clause", governor in (c.token, scene.governors[c.token]))
        if s.travel:
            f["travel"] = f["travelrel=" + scene.rels[u.first]] = 1
            raise_to(f, "travelhere", s.sentence == c.sentence)
        if here == heading or s.heading:
            f["ownheading"] = 1
        raise_to(f, "closeness", 1 / (1 + abs(s.sentence - c.sentence)))
        if s.sentence <= c.sentence:
            f["before"] = 1
    rows[told[0].unit.name]["earliest"] = 1
    for name, f in rows.items():
        f["running"], f["firstlocated"] = name == running, name == first_located
        f["nplaces"] = len(rows)
        if earlier:
            f["asbefore"], f["asmain"], f["asany"] = earlier[-1] == name, earlier[0] == name, name in earlier
            f["nonebefore"] = earlier[-1] is None
        f["country"] = country(name)
        f["region"] = any(w in name.lower() for w in ("область", "край", "республика", "округ", "район"))
        f["intitle"] = name.lower().replace("ё", "е")[: max(4, len(name) - 2)] in scene.title_low
        f["bodies"] = owners[name]
    return [Option(name, f) for name, f in rows.items()]


def body_places(scene: Scene) -> dict[str, int]:
    """How often a place stands in a body's name or employs somebody: «администрация Перми», «мэр Перми»."""
    out: dict[str, int] = {}
    names = {u.name for u in scene.units if u.kind == "place"}
    bodies = [u.name.lower().replace("ё", "е") for u in scene.units if u.kind == "organisation"]
    for name in names:
        stem = name.lower().replace("ё", "е")[: max(4, len(name) - 2)]
        out[name] = sum(stem in body for body in bodies)
        out[name] += sum(p.organisation == name for p in scene.positions)
    return out


@cache
def states() -> frozenset[str]:
    lines = (files("data") / "events" / "states.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())


def country(name: str) -> bool:
    words = name.lower().replace("ё", "е").split()
    return bool(words) and (words[0] in states() or words[-1] in states())


def raise_to(f: Features, key: str, value: float) -> None:
    if value > f.get(key, 0) or key not in f:
        f[key] = value


def event_row(scene: Scene, segments: Segments, k: int) -> Features:
    c, f = segments.anchors[k].candidate, Features()
    said = scene.saids[c.sentence]
    first, last = scene.paragraphs[scene.paragraph[c.sentence]]
    around = " ".join(scene.saids[first:last])
    f["k0"], f["verbal"], f["kind=" + c.kind], f["el=" + c.lemma] = k == 0, c.verbal, 1, 1
    f["past"], f["future"] = scene.past[c.sentence], scene.future[c.sentence]
    for word in REMOTE:
        f["P" + word], f["S" + word] = word in around, word in said
    governor = c.token if c.verbal else scene.governors[c.token]
    if governor >= 0:
        f["gov=" + scene.lemmas[governor]] = f["tense=" + str(scene.feats[governor].get("Tense"))] = 1
    for child in scene.children[c.token]:
        if scene.rels[child] in ("amod", "det"):
            f["mod=" + scene.lemmas[child]] = 1
    f["relpos"] = c.sentence / len(scene.sentences)
    return f


def places_of(scene: Scene, segments: Segments, judge: Judge) -> list[str | None]:
    """For each event its place by canonical name; None where the text does not tell."""
    out: list[str | None] = []
    told, owners = spots(scene), body_places(scene)
    for k in range(len(segments.anchors)):
        found: Sequence[Option] = options(scene, segments, k, told, owners, out)
        if not found:
            out.append(None)
            continue
        p = judge.probabilities([o.row for o in found])[:, 1]
        best = int(p.argmax())
        out.append(found[best].name if p[best] >= PLACE_FLOOR else None)
    return out
