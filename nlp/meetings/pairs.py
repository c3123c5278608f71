"""Signs that a person takes part in one event of the release, and as what."""

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.meetings.introduces import content
from nlp.meetings.lexicon import acts
from nlp.meetings.rows import Bags, Numbers, Table, Words
from nlp.meetings.scene import Scene, Seen
from nlp.meetings.segments import Anchor, Segments


@dataclass(frozen=True, slots=True)
class Event:
    """One event as every pair sees it."""

    k: int
    token: int
    sentence: int
    paragraph: int
    heading: int | None
    title: list[str]
    above: list[int]
    inside: list[int]
    """Tokens of all events brought in by its sentence."""
    bags: tuple[int, ...]
    numbers: Numbers
    """What does not depend on the person."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person as every pair sees them; lists go along `mentions` or along `pointed`."""

    mentions: list[Seen]
    sentences: list[int]
    paragraphs: list[int]
    active: list[int]
    """The event spoken of at each mention."""
    speech: list[bool]
    negated: list[bool | None]
    """Whether the verb above is negated; None where there is no verb."""
    bags: list[tuple[int, int]]
    pointed_sentences: list[int]
    pointed_paragraphs: list[int]
    pointed_active: list[int]
    pointed_at: list[int]
    """Tokens where the person is meant without a name."""
    linked: set[int]
    """Events named in a sentence that names the person."""
    headed: list[int]
    headings: set[int | None]
    labels: set[str]
    near: Sequence[str]
    before: int
    """How many events are brought in before the first mention."""
    listed: int | None
    """The event spoken of where the list begins that the first mention stands in."""
    numbers: Numbers
    """What does not depend on the event."""


@dataclass(frozen=True, slots=True)
class Company:
    """The events and the people of a release, with the words that their pairs share."""

    scene: Scene
    segments: Segments
    words: Words
    bags: Bags
    events: list[Event]
    people: list[Person]


def company(scene: Scene, segments: Segments, present: Sequence[float], words: Words) -> Company:
    """`present`: the probability that each person takes part in anything."""
    bags = Bags(words, scene.lemmas, scene.bounds)
    events = [event(scene, segments, k, words, bags) for k in range(len(segments.anchors))]
    people = [person(scene, segments, n, p, words, bags) for n, p in zip(scene.names, present, strict=True)]
    return Company(scene, segments, words, bags, events, people)


def event(scene: Scene, segments: Segments, k: int, words: Words, bags: Bags) -> Event:
    c = segments.anchors[k].candidate
    para = scene.paragraph[c.sentence]
    governor = c.token if c.verbal else scene.governors[c.token]
    own = [
        words["kind="][c.kind],
        words["verbal="][str(c.verbal)],
        words["mt="][scene.rels[c.token]],
        words["el="][c.lemma],
    ]
    if governor >= 0:
        own += words["egov="][scene.lemmas[governor]], words["etense="][str(scene.feats[governor].get("Tense"))]
    return Event(
        k=k,
        token=c.token,
        sentence=c.sentence,
        paragraph=para,
        heading=scene.heading[para],
        title=content(scene, c),
        above=climb(scene, c.token),
        inside=[a.candidate.token for a in segments.anchors if a.candidate.sentence == c.sentence],
        bags=(bags.add(own), bags.sentence("ms=", c.sentence)),
        numbers=of_event(scene, segments, k, para),
    )


def of_event(scene: Scene, segments: Segments, k: int, para: int) -> Numbers:
    c, anchors, paragraph = segments.anchors[k].candidate, segments.anchors, scene.paragraph
    return {
        "k": k,
        "first": k == 0,
        "last": k == len(anchors) - 1,
        "n": len(anchors),
        "prob": anchors[k].probability,
        "pos": c.sentence / len(scene.sentences),
        "lastpara": para == paragraph[-1],
        "past": scene.past[c.sentence],
        "future": scene.future[c.sentence],
        "neg": " не " in scene.saids[c.sentence],
        "npers_s": len({x.name for x in scene.in_sentence[c.sentence]}),
        "npers_p": len({x.name for x in scene.seen if paragraph[x.sentence] == para}),
        "anch_s": sum(a.candidate.sentence == c.sentence for a in anchors),
        "anch_p": sum(paragraph[a.candidate.sentence] == para for a in anchors),
        "nrefs": sum(x.event == k and not x.own for links in segments.links for x in links),
        "span": segments.active.count(k),
    }


def person(scene: Scene, segments: Segments, name: str, present: float, words: Words, bags: Bags) -> Person:
    mentions, pointed, paragraph = scene.mentions[name], scene.pointed[name], scene.paragraph
    first, speech, verbs = mentions[0], acts(), [scene.governors[m.token] for m in mentions]
    active = [segments.at(scene, m.sentence, m.token) for m in mentions]
    intro = scene.list_intro[first.sentence]
    before = sum(a.candidate.token < first.token for a in segments.anchors)
    return Person(
        mentions=mentions,
        sentences=[m.sentence for m in mentions],
        paragraphs=[paragraph[m.sentence] for m in mentions],
        active=active,
        speech=[verb >= 0 and "speech" in speech.get(scene.lemmas[verb], ()) for verb in verbs],
        negated=[scene.negated(verb) if verb >= 0 else None for verb in verbs],
        bags=[(bags.add(of_mention(scene, m, words)), bags.sentence("ks=", m.sentence)) for m in mentions],
        pointed_sentences=[p.sentence for p in pointed],
        pointed_paragraphs=[paragraph[p.sentence] for p in pointed],
        pointed_active=[segments.at(scene, p.sentence, p.token) for p in pointed],
        pointed_at=[p.token for p in pointed],
        linked={x.event for m in mentions for x in segments.links[m.sentence]},
        headed=[segments.headed[m.sentence] for m in mentions],
        headings={scene.heading[paragraph[m.sentence]] for m in mentions},
        labels={label for label, names in scene.group_members.items() if name in names},
        near=scene.lemmas[max(0, first.token - 10) : first.token + 4],
        before=before,
        listed=None if intro is None else segments.active[intro],
        numbers={
            "pany": present,
            "nm": len(mentions),
            "fpp": first.sentence / len(scene.sentences),
            "act_none": active[0] == -1,
            "act_main": active[0] == 0,
            "nact": len(set(active)),
            "own1": sum(a.candidate.sentence == first.sentence for a in segments.anchors),
            "inlist": intro is not None,
            "order": scene.rank[name],
            "np": len(scene.order),
            "nbefore": before,
        },
    )


def of_mention(scene: Scene, m: Seen, words: Words) -> list[int]:
    """The words around a mention and above it in its clause."""
    governor, path = scene.path(m.token)
    first = m.unit.first
    out = words["kb="].of(scene.lemmas[max(scene.first(first), first - 5) : first])
    out.append(words["kcase="][scene.case(m.token)])
    if governor >= 0:
        lemma, subject = scene.lemmas[governor], path[-1].startswith("nsubj")
        out.append(words["kg="][lemma])
        if subject:
            out.append(words["ksg="][lemma])
        out += words["ksa=" if subject else "ka="].of(acts().get(lemma, ()))
    return out


def of_distance(e: Event, p: Person) -> Numbers:
    """How far the person is spoken of from the event, and which event is spoken of there."""
    k, sentence, para = e.k, e.sentence, e.paragraph
    fd, pd = p.sentences[0] - sentence, p.paragraphs[0] - para
    near = fd if len(p.sentences) == 1 else min([s - sentence for s in p.sentences], key=abs)
    return {
        "same": sentence in p.sentences,
        "psame": sentence in p.pointed_sentences,
        "near": near,
        "anear": abs(near),
        "fd": fd,
        "afd": abs(fd),
        "pd": pd,
        "apd": abs(pd),
        "fpara": pd == 0,
        "spara": para in p.paragraphs,
        "pspara": para in p.pointed_paragraphs,
        "minpd": min([abs(x - para) for x in p.paragraphs]),
        "act1": p.active[0] == k,
        "actany": k in p.active,
        "actfrac": p.active.count(k) / len(p.active),
        "linkany": k in p.linked,
        "pact": k in p.pointed_active,
        "act_other": p.active.count(k) + p.active.count(-1) < len(p.active),
        "anchdist": min([abs(a - k) for a in p.active]),
        "hdr_m": p.listed == k,
        "headed": k in p.headed,
        "headedother": k not in p.headed and -1 not in p.headed,
        "samehead": e.heading in p.headings,
        "fromlast": p.before - 1 - k,
    }


NO_GROUP: Numbers = dict.fromkeys(("member", "group_s", "group_sl", "group_p", "group_a"), 0)


def of_group(co: Company, e: Event, p: Person) -> Numbers:
    """«делегация», «гости», «стороны» near the event, and whether the person belongs there."""
    if not p.labels:
        return NO_GROUP
    scene, f = co.scene, dict(NO_GROUP)
    f["member"] = 1
    for sentence, token, label in scene.group_mentions:
        if label not in p.labels and "" not in p.labels and label:
            continue
        if sentence == e.sentence:
            f["group_s"] = 1
            if label in p.labels:
                f["group_sl"] = 1
        if scene.paragraph[sentence] == e.paragraph:
            f["group_p"] = 1
        if co.segments.at(scene, sentence, token) == e.k:
            f["group_a"] = 1
    return f


def climb(scene: Scene, token: int) -> list[int]:
    out: list[int] = []
    at = token
    while at >= 0 and len(out) < 15:
        out.append(at)
        at = scene.heads[at]
    return out


APART: Numbers = {
    **dict.fromkeys(("td", "atd"), 60),
    **dict.fromkeys(("pl", "ml", "commas", "verbs"), 12),
    **dict.fromkeys(("m_anc_p", "p_anc_m", "relclause", "semicolons", "between", "closest"), 0),
}
"""Signs of syntax for two that share no sentence."""


def of_syntax(scene: Scene, e: Event, p: Person, words: Words) -> tuple[Numbers, list[int]]:
    """How the two hang together where they share a sentence."""
    if e.sentence not in p.sentences:
        return APART, []
    shared = [m.token for m in p.mentions if m.sentence == e.sentence]
    at = min(shared, key=lambda token: abs(token - e.token))
    own = climb(scene, at)
    up, down, bag = joined(scene, own, e.above, words)
    low, high = sorted((at, e.token))
    between = scene.words[low:high]
    return {
        "td": at - e.token,
        "atd": high - low,
        "pl": up,
        "ml": down,
        "commas": between.count(",") + between.count(";"),
        "verbs": scene.pos[low + 1 : high].count("VERB"),
        "m_anc_p": e.token in own,
        "p_anc_m": at in e.above,
        "relclause": bool(bag) and any(scene.rels[t] in ("acl", "acl:relcl") for t in own[:up]),
        "semicolons": between.count(";"),
        "between": sum(low < t < high for t in e.inside),
        "closest": min([abs(t - at) for t in e.inside]) == high - low,
    }, bag


def joined(scene: Scene, person: list[int], event: list[int], words: Words) -> tuple[int, int, list[int]]:
    """Steps from both up to the word that they hang on in common, and the words about it."""
    common = next((t for t in person if t in event), None)
    if common is None:
        return 9, 9, []
    up, down = person.index(common), event.index(common)
    bag = [words["lca="][scene.lemmas[common]], words["lcapos="][scene.pos[common]]]
    if up:
        bag.append(words["prel="][scene.rels[person[up - 1]]])
    if down:
        bag.append(words["mrel="][scene.rels[event[down - 1]]])
    return up, down, bag


def of_words(scene: Scene, e: Event, p: Person, words: Words) -> tuple[Numbers, list[int], list[int]]:
    """What is said of the person where this event is spoken of; then bags, and words of places that mean the person."""
    speech, negated = 0, False
    held: list[int] = []
    for i, active in enumerate(p.active):
        if active == e.k or p.sentences[i] == e.sentence:
            held += p.bags[i]
            speech += p.speech[i]
            above = p.negated[i]
            negated = negated if above is None else above
    meant: list[int] = []
    for i, active in enumerate(p.pointed_active):
        governor = scene.governors[p.pointed_at[i]]
        if active == e.k and governor >= 0:
            speech += "speech" in acts().get(scene.lemmas[governor], ())
            meant.append(words["kpg="][scene.lemmas[governor]])
    overlap = sum([w in p.near for w in e.title]) / len(e.title) if e.title else 0
    return {"ng": negated, "sp": speech, "nameov": overlap}, held, meant


def features(co: Company) -> Table:
    """A row for each event and each name, event by event."""
    rows: list[tuple[Numbers, ...]] = []
    held: list[list[int]] = []
    for e in co.events:
        for p in co.people:
            syntax, joint = of_syntax(co.scene, e, p, co.words)
            said, bags, meant = of_words(co.scene, e, p, co.words)
            if joint or meant:
                bags.append(co.bags.add(joint + meant))
            rows.append((e.numbers, p.numbers, of_distance(e, p), of_group(co, e, p), syntax, said))
            held.append([*e.bags, *bags])
    return Table.of(rows, held, co.bags)


def anchors(scene: Scene, probabilities: Sequence[float], threshold: float) -> list[Anchor]:
    """The candidates likely enough to bring an event in, the weaker of two that hang on each other left out."""
    chosen: list[int] = []
    ranked = sorted(range(len(probabilities)), key=lambda i: -probabilities[i])
    for i in ranked:
        if probabilities[i] < threshold:
            break
        c = scene.candidates[i]
        if probabilities[i] < 0.6 and any(tied(scene, c.token, scene.candidates[j].token) for j in chosen):
            continue
        chosen.append(i)
    return [Anchor(scene.candidates[i], i, probabilities[i]) for i in sorted(chosen)]


def tied(scene: Scene, a: int, b: int) -> bool:
    return scene.heads[a] == b or scene.heads[b] == a
