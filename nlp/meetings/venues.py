"""Where an event takes place: the places that the release names, weighed for each event by a trained judge."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.meetings.model import Judge
from nlp.meetings.rows import Features, raise_to
from nlp.meetings.scene import Scene
from nlp.meetings.seats import spells, spells_inside, tie
from nlp.meetings.segments import Segments
from nlp.meetings.settings import CALLED_OFF, REMOTE, REMOTELY
from nlp.meetings.spots import IN, Spot, kind_of, known, spots_of, stages

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
LEAVING = ("уехать", "уезжать", "вылететь", "улететь", "выехать", "вернуться", "возвращаться", "отбыть")
SPREAD = (
    "sin",
    "pin",
    "clausein",
    "ofevent",
    "travel",
    "asbefore",
    "h",
    "bodyin",
    "titlein",
    "running",
    "ain",
    "stage",
)
"""Signs of which each option is told how many others have them."""
SAME_PLACE = re.compile(r"\bтам же\b|\bздесь же\b|\bтут же\b")
HERE = re.compile(r"\b(?:там|здесь|тут)\b")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
FROM_AFAR = re.compile(
    r"онлайн|видеосвяз|видеоконф|видеомост|видеовстреч|телемост|вебинар|телефон|дистанц|удал[её]нн|\bzoom\b"
)
BY_PHONE = re.compile(r"телефонн\w+ (?:разговор|переговор|бесед)|по телефону|созвонил")


@dataclass(frozen=True, slots=True)
class Lie:
    """Where one spot lies in the text, the same for all events."""

    spot: Spot
    body: str
    """Begins the signs of spots that are bodies: «b» for one that holds the place's name, «c» for a capital's."""
    paragraph: int
    active: int
    """The event spoken of there."""
    case: str
    head: int
    """What the name's first word hangs on."""
    rel: str
    """How that first word hangs on it; `own_rel` the same of the name's syntactic head."""
    own_rel: str
    above: int
    """What the name hangs on, -1 for nothing."""
    governor: int
    heading: bool
    """In a line that is a heading."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What one release tells of its places, the same for all its events."""

    scene: Scene
    segments: Segments
    names: tuple[str, ...]
    lies: tuple[Lie, ...]
    fixed: dict[str, Features]
    """For each place what does not depend on the event."""
    holders: dict[str, frozenset[str]]
    """Place → the people who work there by their posts."""
    stage: tuple[str, ...]
    """For each sentence the place that a line above it sets («Триполи», «3 июля, Триполи.»), «» for none."""


@dataclass(frozen=True, slots=True)
class Option:
    name: str | None
    """None: the text does not tell."""
    event: Features
    """What holds for every place of this event."""
    fixed: Features
    own: Features

    @property
    def row(self) -> Features:
        """All of it in one."""
        return {**self.event, **self.fixed, **self.own}


def ground(scene: Scene, segments: Segments) -> Ground:
    units = [u for u in scene.units if u.kind == "place"]
    names = tuple(dict.fromkeys(u.name for u in units))
    spots = spots_of(scene, names)
    holders = {name: holders_of(scene, name) for name in names}
    fixed = {name: fixed_row(scene, names, name, spots, holders[name]) for name in names}
    for key in ("mentions", "bodies", "located"):
        top = max((f[key] for f in fixed.values()), default=0)
        for f in fixed.values():
            f["top" + key] = bool(top) and f[key] == top
    lies = tuple(lie(scene, segments, spot) for spot in spots)
    return Ground(scene, segments, names, lies, fixed, holders, stages(scene, spots))


def lie(scene: Scene, segments: Segments, spot: Spot) -> Lie:
    u, token = spot.unit, scene.head_of(spot.unit)
    paragraph = scene.paragraph[spot.sentence]
    return Lie(
        spot=spot,
        body="" if spot.how == "named" else "b" if spot.how == "own" else "c",
        paragraph=paragraph,
        active=segments.at(scene, spot.sentence, u.first),
        case=scene.case(u.last - 1),
        head=scene.heads[u.first],
        rel=scene.rels[u.first],
        own_rel=scene.rels[token],
        above=scene.heads[token],
        governor=scene.governors[u.first],
        heading=spot.how == "named" and scene.is_heading(*scene.paragraphs[paragraph]),
    )


def holders_of(scene: Scene, place: str) -> frozenset[str]:
    return frozenset(
        p.person
        for p in scene.positions
        if not p.former and p.organisation is not None and (p.organisation == place or tie(p.organisation, place))
    )


def fixed_row(
    scene: Scene, names: Sequence[str], name: str, spots: Sequence[Spot], holders: frozenset[str]
) -> Features:
    f = Features()
    own = [s for s in spots if s.name == name]
    named = [s for s in own if s.how == "named"]
    f["mentions"], f["located"] = len(named), sum(s.inside for s in own)
    f["bodies"] = len({s.unit.name for s in own if s.how == "own"}) + len(holders)
    f["capital"] = len({s.unit.name for s in own if s.how == "capital"})
    f["kind=" + kind_of(name)] = 1
    f["nplaces"], f["earliest"] = len(names), name == names[0]
    f["intitle"] = spells(scene.title_low, name)
    f["titlein"] = spells_inside(scene.title_low, name)
    f["dateline"] = bool(named) and named[0].sentence == 0 and named[0].unit.first <= scene.sentences[0].first + 1
    f["onlyfrom"] = all(s.where in ("из", "от", "с", "со") for s in named)
    f["postonly"] = not f["located"] and all(s.where in IN for s in named)
    here = known(name)
    if here is not None and here.kind == "country":
        f["citiesofit"] = sum(
            (k := known(n)) is not None and k.kind == "city" and k.country == here.country for n in names
        )
    return f


def options(ground: Ground, k: int, earlier: Sequence[str | None]) -> list[Option]:
    """Every place, and none, with what speaks for its being event `k`'s; `earlier`: the places of those before it."""
    scene, segments = ground.scene, ground.segments
    c = segments.anchors[k].candidate
    base = event_row(scene, segments, k)
    para = scene.paragraph[c.sentence]
    rows: dict[str, Features] = {name: {} for name in ground.names}
    heading = scene.heading[para]
    governor = c.token if c.verbal else scene.governors[c.token]
    running, first_located = "", ""
    for one in ground.lies:
        spot = one.spot
        if spot.inside and not first_located:
            first_located = spot.name
        if spot.inside and spot.unit.first < c.token:
            running = spot.name
        near_row(ground, k, one, rows[spot.name], (para, heading, governor))
    people = {m.name for m in scene.in_sentence[c.sentence]}
    subjects = {
        m.name
        for m in scene.in_sentence[c.sentence]
        if scene.rels[m.token].startswith("nsubj") or scene.case(m.token) == "Nom"
    }
    said = scene.saids[c.sentence]
    adjectives = {name for name in ground.names if spells(said, name)}
    spread = Features()
    having: dict[str, list[str]] = {}
    stage = ground.stage[c.sentence]
    for name, f in rows.items():
        f["stage"], f["staged"] = name == stage, bool(stage)
        f["running"], f["firstlocated"] = name == running, name == first_located
        f["holder"], f["subjectholder"] = bool(ground.holders[name] & people), bool(ground.holders[name] & subjects)
        f["otherholder"] = bool(ground.holders[name] & (people - subjects))
        f["word"] = name in adjectives
        if earlier:
            f["asbefore"], f["asmain"], f["asany"] = earlier[-1] == name, earlier[0] == name, name in earlier
            f["nonebefore"] = earlier[-1] is None
            f["inbefore"] = within(earlier[-1], name)
        mine = [key for key in SPREAD if f.get(key)]
        if ground.fixed[name]["titlein"]:
            mine.append("titlein")
        having[name] = mine
        for key in mine:
            spread[key] = spread.get(key, 0) + 1
    for name, f in rows.items():
        for key, n in spread.items():
            f["n:" + key] = n - (key in having[name])
    nothing = {
        "nothing": 1.0,
        "staged": float(bool(stage)),
        **{"n:" + key: n for key, n in spread.items()},
        "nplaces": len(rows),
    }
    if earlier:
        nothing["asbefore"], nothing["asany"], nothing["asmain"] = (
            earlier[-1] is None,
            None in earlier,
            earlier[0] is None,
        )
    found = (Option(name, base, ground.fixed[name], f) for name, f in rows.items())
    return [Option(None, base, {}, nothing), *found]


def within(before: str | None, name: str) -> bool:
    """Whether a city stands in the country where the event before took place, or the other way round."""
    one, other = known(before or ""), known(name)
    return one is not None and other is not None and one.kind != other.kind and one.country == other.country


def near_row(ground: Ground, k: int, one: Lie, f: Features, around: tuple[int, int | None, int]) -> None:
    """What one mention says for its place."""
    c, spot, body = ground.segments.anchors[k].candidate, one.spot, one.body
    para, heading, governor = around
    here, inside, away = one.paragraph, spot.inside, spot.sentence - c.sentence
    for tag, near in (
        ("s", not away),
        ("p", here == para),
        ("h", here == heading),
        ("l", here <= 0),
        ("a", one.active == k),
        ("n", away == 1),
        ("f", away == -1),
    ):
        if near:
            f[body + tag] = 1
            if inside:
                f[body + tag + "in"] = 1
            if not body:
                f[f"{tag}case={one.case}"] = f[f"{tag}prep={spot.where}"] = 1
    if inside:
        f[body + "in"] = 1
        raise_to(f, body + "inloc", one.case == "Loc")
        raise_to(f, body + "inclose", 1 / (1 + abs(away)))
        if away <= 0:
            raise_to(f, body + "inclosebefore", 1 / (1 - away))
    if not away:
        in_clause(one, c.token, governor, f)
    if body:
        return
    if one.above >= 0:
        of_head(ground.scene, one, k, away, f)
    raise_to(f, "ownheading", here == heading or one.heading)
    raise_to(f, "closeness", 1 / (1 + abs(away)))
    raise_to(f, "before", away <= 0)
    if not away:
        raise_to(f, "denied", ground.scene.negated(one.governor))


def in_clause(one: Lie, token: int, governor: int, f: Features) -> None:
    """How a mention hangs together with the event's word in its sentence."""
    first, body = one.spot.unit.first, one.body
    raise_to(f, body + "near", 1 / (1 + abs(first - token)))
    raise_to(f, body + "ofevent", one.head == token)
    own = one.governor in (token, governor)
    raise_to(f, body + "clause", own)
    raise_to(f, body + "clausein", own and one.spot.inside)
    raise_to(f, body + "after", first > token)
    f[body + "rel=" + one.own_rel] = 1


def of_head(scene: Scene, one: Lie, k: int, away: int, f: Features) -> None:
    """What the word says that a place's name hangs on: «приехал в Пермь», «вылетел из Перми»."""
    lemma = scene.lemmas[one.above]
    if not away or one.active == k:
        f["hp=" + scene.pos[one.above]] = 1
    if lemma in TRAVEL:
        f["travel"] = f["travelrel=" + one.rel] = 1
        raise_to(f, "travelhere", not away)
        if away <= 0:
            raise_to(f, "travelclose", 1 / (1 - away))
    if lemma in LEAVING:
        raise_to(f, "leaving", not away)


def event_row(scene: Scene, segments: Segments, k: int) -> Features:
    c, f = segments.anchors[k].candidate, Features()
    said = scene.saids[c.sentence]
    first, last = scene.paragraphs[scene.paragraph[c.sentence]]
    around = " ".join(scene.saids[first:last])
    f["k0"], f["verbal"], f["kind=" + c.kind] = k == 0, c.verbal, 1
    f["past"], f["future"] = scene.past[c.sentence], scene.future[c.sentence]
    for word in REMOTE:
        if word in around:
            f["P" + word], f["S" + word] = 1, word in said
    linked = " ".join(scene.saids[i] for i, links in enumerate(segments.links) if any(x.event == k for x in links))
    f["afar"], f["phone"] = FROM_AFAR.search(linked) is not None, BY_PHONE.search(linked) is not None
    published = scene.release.published
    years = YEAR.findall(said)
    f["otheryear"] = bool(years) and published is not None and str(published.year) not in years
    f["then"] = "тогдашн" in said or "тогда " in said
    days = scene.days(c.sentence, future=False)
    if days and published is not None:
        away = (days[0].first - published).days
        f["dayahead"], f["dayfar"] = away > 0, abs(away) > 45
    f["dated"] = bool(days)
    f["remotely"] = REMOTELY.search(said) is not None or c.lemma.startswith(("онлайн", "видео", "вебинар", "телемост"))
    f["called off"] = CALLED_OFF.search(said) is not None
    f["same place"], f["here"] = SAME_PLACE.search(said) is not None, HERE.search(said) is not None
    governor = c.token if c.verbal else scene.governors[c.token]
    f["tense=" + str(scene.feats[governor].get("Tense") if governor >= 0 else None)] = 1
    f["relpos"] = c.sentence / len(scene.sentences)
    return f


def places_of(scene: Scene, segments: Segments, judge: Judge) -> list[str | None]:
    """For each event its place by canonical name; None where the text does not tell."""
    told = ground(scene, segments)
    if not told.names:
        return [None] * len(segments.anchors)
    fixed = {name: judge.block(f) for name, f in told.fixed.items()}
    fixed[""] = judge.block({})
    out: list[str | None] = []
    for k in range(len(segments.anchors)):
        found = options(told, k, out)
        event = judge.block(found[0].event)
        p = judge.of_blocks([(event, fixed[o.name or ""], judge.block(o.own)) for o in found])[:, 1]
        out.append(found[int(p.argmax())].name)
    return out
