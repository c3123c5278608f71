"""Where a release names places: mentions, bodies that point to a place, lines that only set the scene."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nlp.gazetteers import Known, fold, known_places
from nlp.meetings.scene import Scene
from nlp.meetings.seats import COMMON, tie
from nlp.reading import Unit

BEFORE_NAME = (
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
IN = ("в", "во", "на", "под", "близ", "около", "у")
STAGE = 8
"""Tokens that a line or a sentence may have which only sets the scene («3 июля, Триполи.»)."""


SCENIC = frozenset(
    """января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье день г город""".split()
)
RECEIVING = frozenset("принять принимать встретить встречать".split())
VISITED = frozenset("посетить посещать покинуть".split())


def preposition(scene: Scene, unit: Unit) -> str:
    """The preposition before a name, common nouns like «городе» between them left out."""
    at = unit.first - 1
    while (
        at >= 0
        and unit.first - at <= 3
        and (scene.low[at].strip(".") in BEFORE_NAME or scene.low[at] in (".", "«") or scene.pos[at] == "ADJ")
    ):
        at -= 1
    return scene.low[at] if at >= 0 and scene.pos[at] == "ADP" else ""


@dataclass(frozen=True, slots=True)
class Spot:
    """One mention of a place, or of a body by whose name a place is known."""

    name: str
    unit: Unit
    sentence: int
    where: str
    inside: bool
    """«в Перми», «на Кубе», «в г. Москве»; a post «посол в России» is none."""
    how: str
    """«named»; «own» or «capital» for a body that points to the place."""


def spots_of(scene: Scene, names: Sequence[str]) -> tuple[Spot, ...]:
    """Every mention of the places, in order, and every body that points to one of them."""
    spans = [(p.position_span, p.organisation_span) for p in scene.positions]
    posts = [span for pair in spans for span in pair if span is not None]
    out = []
    for u in scene.units:
        where = preposition(scene, u)
        if u.kind == "place":
            post = any(a <= u.start < b for a, b in posts)
            inside = (where in IN and not post) or receives(scene, u)
            out.append(Spot(u.name, u, scene.sentence[u.first], where, inside, "named"))
        elif u.kind == "organisation":
            inside = where in IN and scene.case(scene.head_of(u)) in ("Loc", "")
            tied = ((name, tie(u.name, name)) for name in names)
            out += [Spot(name, u, scene.sentence[u.first], where, inside, how) for name, how in tied if how]
    return tuple(out)


def stages(scene: Scene, spots: Sequence[Spot]) -> tuple[str, ...]:
    named: dict[int, list[Spot]] = {}
    for spot in spots:
        if spot.how == "named":
            named.setdefault(spot.sentence, []).append(spot)
    out, current = [], ""
    for i, s in enumerate(scene.sentences):
        here = named.get(i, [])
        if len(here) == 1 and sets_stage(scene, s.first, s.last, here[0]):
            current = here[0].name
        out.append(current)
    return tuple(out)


def sets_stage(scene: Scene, first: int, last: int, spot: Spot) -> bool:
    """«Полоцк», «3 июля, Триполи.», «Четверг – Самарканд.», «Белград, 5 мая. Министр …»"""
    rest = [t for t in range(first, last) if not spot.unit.first <= t < spot.unit.last]
    words = [t for t in rest if scene.pos[t] not in ("PUNCT", "NUM", "SYM") and not scene.low[t][:1].isdigit()]
    return (
        len(rest) < STAGE
        and scene.case(spot.unit.last - 1) in ("Nom", "Acc", "")
        and all(scene.low[t] in SCENIC or scene.pos[t] == "ADP" for t in words)
    )


def receives(scene: Scene, unit: Unit) -> bool:
    """«заседание принимал Худжанд», «делегация посетила Ниш»"""
    token = scene.head_of(unit)
    head = scene.heads[token]
    if head < 0:
        return False
    lemma, rel = scene.lemmas[head], scene.rels[token]
    return (lemma in RECEIVING and rel.startswith("nsubj")) or (lemma in VISITED and rel == "obj")


def known(name: str) -> Known | None:
    return known_places().get(fold(name))


def kind_of(name: str) -> str:
    found = known(name)
    if found is not None:
        return found.kind
    if country(name):
        return "country"
    return "region" if any(w in COMMON for w in fold(name).split()) else "other"


@cache
def states() -> frozenset[str]:
    lines = (files("data") / "events" / "states.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())


def country(name: str) -> bool:
    words = fold(name).split()
    return bool(words) and (words[0] in states() or words[-1] in states())
