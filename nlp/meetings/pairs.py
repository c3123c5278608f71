"""Signs that a person takes part in one event of the release, and as what."""

from dataclasses import dataclass

from nlp.meetings.introduces import Features, content
from nlp.meetings.lexicon import acts
from nlp.meetings.presence import sentence_lemmas
from nlp.meetings.scene import FUTURE, PAST, Scene, Seen
from nlp.meetings.segments import Anchor, Segments


@dataclass(frozen=True, slots=True)
class Company:
    """The events of a release as the pairs see them."""

    scene: Scene
    segments: Segments
    present: dict[str, float]
    """Probability that each person takes part in anything."""
    titles: list[list[str]]


def company(scene: Scene, segments: Segments, present: dict[str, float]) -> Company:
    return Company(scene, segments, present, [content(scene, a.candidate) for a in segments.anchors])


def of_event(co: Company, k: int) -> Features:
    """What does not depend on the person."""
    scene, anchor = co.scene, co.segments.anchors[k]
    c, f = anchor.candidate, Features()
    said, para = scene.saids[c.sentence], scene.paragraph[c.sentence]
    anchors = co.segments.anchors
    f["k"], f["first"], f["last"], f["n"] = k, k == 0, k == len(anchors) - 1, len(anchors)
    f["prob"] = anchor.probability
    f["pos"], f["lastpara"] = c.sentence / len(scene.sentences), para == scene.paragraph[-1]
    f["past"], f["future"] = any(w in said for w in PAST), any(w in said for w in FUTURE)
    f["neg"] = " не " in said
    f["kind=" + c.kind] = f["verbal=" + str(c.verbal)] = f["mt=" + scene.rels[c.token]] = f["el=" + c.lemma] = 1
    f["npers_s"] = len({x.name for x in scene.in_sentence[c.sentence]})
    f["npers_p"] = len({x.name for x in scene.seen if scene.paragraph[x.sentence] == para})
    f["anch_s"] = sum(a.candidate.sentence == c.sentence for a in anchors)
    f["anch_p"] = sum(scene.paragraph[a.candidate.sentence] == para for a in anchors)
    for lemma in set(sentence_lemmas(scene, c.sentence)):
        f["ms=" + lemma] = 1
    f["nrefs"] = sum(x.event == k and not x.own for links in co.segments.links for x in links)
    f["span"] = sum(a == k for a in co.segments.active)
    governor = c.token if c.verbal else scene.governors[c.token]
    if governor >= 0:
        f["egov=" + scene.lemmas[governor]] = f["etense=" + str(scene.feats[governor].get("Tense"))] = 1
    return f


def of_distance(co: Company, k: int, name: str) -> Features:
    """How far the person is spoken of from the event, and which event is spoken of there."""
    scene, segments = co.scene, co.segments
    c, f = segments.anchors[k].candidate, Features()
    mentions, pointed = scene.mentions[name], scene.pointed[name]
    para = scene.paragraph
    steps = [m.sentence - c.sentence for m in mentions]
    back = [p.sentence - c.sentence for p in pointed]
    near = min(steps, key=abs)
    f["pany"] = co.present[name]
    f["same"], f["psame"], f["near"], f["anear"] = 0 in steps, 0 in back, near, abs(near)
    f["fd"], f["afd"] = steps[0], abs(steps[0])
    f["pd"] = para[mentions[0].sentence] - para[c.sentence]
    f["apd"], f["fpara"] = abs(f["pd"]), f["pd"] == 0
    f["spara"] = any(para[m.sentence] == para[c.sentence] for m in mentions)
    f["pspara"] = any(para[p.sentence] == para[c.sentence] for p in pointed)
    f["minpd"] = min(abs(para[m.sentence] - para[c.sentence]) for m in mentions)
    f["nm"], f["fpp"] = len(mentions), mentions[0].sentence / len(scene.sentences)
    active = [segments.at(scene, m.sentence, m.token) for m in mentions]
    pactive = [segments.at(scene, p.sentence, p.token) for p in pointed]
    f["act1"], f["actany"] = active[0] == k, k in active
    f["actfrac"] = sum(a == k for a in active) / len(active)
    f["linkany"] = any(x.event == k for m in mentions for x in segments.links[m.sentence])
    f["pact"], f["act_none"], f["act_main"] = k in pactive, active[0] == -1, active[0] == 0
    f["nact"] = len(set(active))
    f["act_other"] = any(a not in (k, -1) for a in active)
    f["anchdist"] = min(abs(a - k) for a in active)
    first = mentions[0]
    f["own1"] = sum(a.candidate.sentence == first.sentence for a in segments.anchors)
    intro = scene.list_intro[first.sentence]
    f["inlist"] = intro is not None
    f["hdr_m"] = intro is not None and segments.active[intro] == k
    f["headed"] = any(segments.headed[m.sentence] == k for m in mentions)
    f["headedother"] = all(segments.headed[m.sentence] not in (k, -1) for m in mentions)
    f["samehead"] = any(scene.heading[para[m.sentence]] == scene.heading[para[c.sentence]] for m in mentions)
    f["order"], f["np"] = scene.order.index(name), len(scene.order)
    f["nbefore"] = sum(a.candidate.token < first.token for a in segments.anchors)
    f["fromlast"] = f["nbefore"] - 1 - k
    return f


def of_group(co: Company, k: int, name: str) -> Features:
    """«делегация», «гости», «стороны» near the event, and whether the person belongs there."""
    scene, f = co.scene, Features()
    c = co.segments.anchors[k].candidate
    labels = {label for label, names in scene.group_members.items() if name in names}
    f["member"] = bool(labels)
    if not labels:
        return f
    for sentence, token, label in scene.group_mentions:
        fits = label in labels or "" in labels or label == ""
        if fits and sentence == c.sentence:
            f["group_s"] = 1
            if label in labels:
                f["group_sl"] = 1
        if fits and scene.paragraph[sentence] == scene.paragraph[c.sentence]:
            f["group_p"] = 1
        if fits and co.segments.at(scene, sentence, token) == k:
            f["group_a"] = 1
    return f


def climb(scene: Scene, token: int) -> list[int]:
    out: list[int] = []
    at = token
    while at >= 0 and len(out) < 15:
        out.append(at)
        at = scene.heads[at]
    return out


def of_syntax(co: Company, k: int, name: str) -> Features:
    """How the two hang together where they share a sentence."""
    scene, f = co.scene, Features()
    c = co.segments.anchors[k].candidate
    shared = [m for m in scene.mentions[name] if m.sentence == c.sentence]
    if not shared:
        f["td"] = f["atd"] = 60
        f["pl"] = f["ml"] = f["commas"] = f["verbs"] = 12
        return f
    m = min(shared, key=lambda x: abs(x.token - c.token))
    person, event = climb(scene, m.token), climb(scene, c.token)
    f["td"], f["atd"] = m.token - c.token, abs(m.token - c.token)
    f["m_anc_p"], f["p_anc_m"] = c.token in person, m.token in event
    common = next((t for t in person if t in event), None)
    if common is None:
        f["pl"] = f["ml"] = 9
    else:
        up, down = person.index(common), event.index(common)
        f["pl"], f["ml"] = up, down
        f["lca=" + scene.lemmas[common]] = f["lcapos=" + scene.pos[common]] = 1
        if up:
            f["prel=" + scene.rels[person[up - 1]]] = 1
        if down:
            f["mrel=" + scene.rels[event[down - 1]]] = 1
        f["relclause"] = any(scene.rels[t] in ("acl", "acl:relcl") for t in person[:up])
    low, high = sorted((m.token, c.token))
    between = range(low, high)
    f["commas"] = sum(scene.words[t] in ",;" for t in between)
    f["semicolons"] = sum(scene.words[t] == ";" for t in between)
    f["verbs"] = sum(scene.pos[t] == "VERB" for t in between if t > low)
    inside = [a.candidate.token for a in co.segments.anchors if a.candidate.sentence == c.sentence]
    f["between"] = sum(low < t < high for t in inside)
    f["closest"] = min(abs(t - m.token) for t in inside) == abs(c.token - m.token)
    return f


def of_words(co: Company, k: int, name: str) -> Features:
    """What is said of the person where this event is spoken of."""
    scene, f = co.scene, Features()
    c = co.segments.anchors[k].candidate
    speech = 0
    for m in scene.mentions[name]:
        if co.segments.at(scene, m.sentence, m.token) != k and m.sentence != c.sentence:
            continue
        f.update(of_mention(scene, m))
        governor = scene.governors[m.token]
        speech += governor >= 0 and "speech" in acts().get(scene.lemmas[governor], ())
    for p in scene.pointed[name]:
        if co.segments.at(scene, p.sentence, p.token) != k:
            continue
        governor = scene.governors[p.token]
        if governor >= 0:
            speech += "speech" in acts().get(scene.lemmas[governor], ())
            f["kpg=" + scene.lemmas[governor]] = 1
    f["sp"] = speech
    first = scene.mentions[name][0]
    near = scene.lemmas[max(0, first.token - 10) : first.token + 4]
    title = co.titles[k]
    f["nameov"] = sum(w in near for w in title) / len(title) if title else 0
    return f


def of_mention(scene: Scene, m: Seen) -> Features:
    f = Features()
    governor, path = scene.path(m.token)
    if governor >= 0:
        lemma = scene.lemmas[governor]
        f["kg=" + lemma] = 1
        subject = path[-1].startswith("nsubj")
        if subject:
            f["ksg=" + lemma] = 1
        for act in acts().get(lemma, ()):
            f[("ksa=" if subject else "ka=") + act] = 1
        f["ng"] = scene.negated(governor)
    first = m.unit.first
    for at in range(max(scene.first(first), first - 5), first):
        f["kb=" + scene.lemmas[at]] = 1
    f["kcase=" + scene.case(m.token)] = 1
    for lemma in set(sentence_lemmas(scene, m.sentence)):
        f["ks=" + lemma] = 1
    return f


def features(co: Company) -> list[list[Features]]:
    """For each event a row for each name."""
    out: list[list[Features]] = []
    for k in range(len(co.segments.anchors)):
        base = of_event(co, k)
        out.append(
            [
                {**base, **of_distance(co, k, n), **of_group(co, k, n), **of_syntax(co, k, n), **of_words(co, k, n)}
                for n in co.scene.names
            ]
        )
    return out


def anchors(scene: Scene, probabilities: list[float], threshold: float) -> list[Anchor]:
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
