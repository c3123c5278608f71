"""Signs by which a word brings a new event into the text, rather than naming one spoken of before or none at all."""

import math

from nlp.meetings.lexicon import verbs
from nlp.meetings.scene import FUTURE, PAST, Candidate, Scene
from nlp.meetings.titles import phrase

Features = dict[str, float]
ORDINALS = (
    "перв",
    "втор",
    "трет",
    "четверт",
    "пят",
    "шест",
    "седьм",
    "восьм",
    "девят",
    "десят",
    "предыдущ",
    "следующ",
    "прошл",
    "очередн",
    "ответн",
)


def content(scene: Scene, candidate: Candidate) -> list[str]:
    """Lemmas of the words that tell this event from another of its kind."""
    if candidate.verbal:
        return [
            scene.lemmas[c] for c in scene.children[candidate.token] if scene.rels[c] in ("obj", "obl", "nsubj:pass")
        ]
    first, last = phrase(scene, candidate.token)
    return [w for t, w in zip(range(first, last), scene.content(first, last), strict=False) if t != candidate.token]


def of_word(scene: Scene, c: Candidate) -> Features:
    """The word itself, its form and its place in the clause."""
    t, feats, f = c.token, scene.feats[c.token], Features()
    f["lem=" + c.lemma] = f["kind=" + c.kind] = f["verbal=" + str(c.verbal)] = f["rel=" + scene.rels[t]] = 1
    f[f"case={feats.get('Case')}{c.verbal}"] = f["num=" + str(feats.get("Number"))] = 1
    for key in ("Tense", "VerbForm", "Voice", "Mood", "Aspect"):
        if key in feats:
            f[key + feats[key]] = 1
    governor, path = scene.path(t)
    if scene.heads[t] >= 0:
        f["head=" + scene.lemmas[scene.heads[t]]] = f["headpos=" + scene.pos[scene.heads[t]]] = 1
    if governor >= 0:
        f["gov=" + scene.lemmas[governor]] = 1
        f["govtense=" + str(scene.feats[governor].get("Tense"))] = 1
    f["neg"] = scene.negated(governor) or scene.negated(t)
    f["depth"] = len(path)
    base = t if c.verbal else governor
    for child in scene.children[t]:
        f["ch=" + scene.rels[child]] = 1
        if scene.rels[child] in ("amod", "det", "case", "nummod"):
            f["mod=" + scene.lemmas[child]] = 1
            if scene.lemmas[child].startswith(ORDINALS):
                f["ordinal"] = 1
    f["nch"] = len(scene.children[t])
    if base >= 0:
        for child in scene.children[base]:
            rel = scene.rels[child]
            unit = scene.unit[child]
            if unit is not None and unit.kind == "person":
                f["subjperson"] = f["personrel=" + rel] = 1
            if rel.startswith("nsubj"):
                f["subj=" + scene.lemmas[child]] = 1
            if rel in ("obj", "aux"):
                f[rel + "=" + scene.lemmas[child]] = 1
    for step in (-3, -2, -1, 1, 2):
        if 0 <= t + step < len(scene.words) and scene.sentence[t + step] == c.sentence:
            f[f"w{step}=" + scene.lemmas[t + step]] = 1
            if step < 0:
                f["near=" + scene.lemmas[t + step]] = 1
    return f


def of_place(scene: Scene, c: Candidate) -> Features:
    """Where in the release it stands, and what else stands there."""
    f, si = Features(), c.sentence
    said, para = scene.saids[si], scene.paragraph[si]
    f["si"], f["logsi"], f["relsi"] = si, math.log1p(si), si / len(scene.sentences)
    f["first"], f["para"], f["lastpara"] = si == 0, para, para == scene.paragraph[-1]
    f["parapos"] = si - scene.paragraphs[para][0]
    f["heading"] = scene.heading[para] is not None
    f["inheading"] = scene.is_heading(*scene.paragraphs[para])
    f["initem"] = scene.list_intro[si] is not None
    f["intitle"] = c.lemma in scene.title_lemmas or (c.verbal and verbs()[c.lemma][1] in scene.title_lemmas)
    f["past"] = any(w in said for w in PAST)
    f["future"] = any(w in said for w in FUTURE)
    f["quotes"] = "«" in said or '"' in said
    f["quoted"] = scene.quoted[c.token]
    f["speech"] = said.lstrip()[:1] in "-–—"
    f["dated"] = bool(scene.days(si, future=False))
    f["places"] = sum(u.kind == "place" and scene.sentence[u.first] == si for u in scene.units)
    f["people"], f["peopleall"] = len(scene.in_sentence[si]), len(scene.names)
    f["caps"] = scene.words[c.token][:1].isupper() and c.token != scene.first(c.token)
    unit = scene.unit[c.token]
    f["inorg"] = unit is not None and unit.kind == "organisation"
    return f


def of_company(scene: Scene, index: int, titles: list[list[str]]) -> Features:
    """Other candidates before and after it."""
    f, c = Features(), scene.candidates[index]
    before = scene.candidates[:index]
    same_kind = [b for b in before if b.kind == c.kind]
    same_word = [b for b in before if b.lemma == c.lemma]
    f["nprev"], f["isfirst"], f["samek"], f["samel"] = min(index, 15), index == 0, len(same_kind), len(same_word)
    f["firstkind"], f["firstlem"] = not same_kind, not same_word
    f["samekall"] = sum(x.kind == c.kind for x in scene.candidates)
    f["ncand"] = len(scene.candidates)
    f["dsamek"] = c.sentence - same_kind[-1].sentence if same_kind else 30
    f["samekpara"] = bool(same_kind) and scene.paragraph[same_kind[-1].sentence] == scene.paragraph[c.sentence]
    f["dprev"] = c.sentence - before[-1].sentence if before else 30
    in_sentence = [x for x in scene.candidates if x.sentence == c.sentence]
    f["insent"] = len(in_sentence)
    f["beforesent"] = sum(x.token < c.token for x in in_sentence)
    f["nouns"] = sum(not x.verbal and x is not c for x in in_sentence)
    f["inpara"] = sum(scene.paragraph[x.sentence] == scene.paragraph[c.sentence] for x in scene.candidates)
    f["headcand"] = any(scene.heads[c.token] == x.token for x in in_sentence)
    f["childcand"] = any(scene.heads[x.token] == c.token for x in in_sentence)
    own = titles[index]
    f["namelen"] = min(len(own), 12)
    known = {w for i, b in enumerate(before) if b.kind == c.kind for w in titles[i]}
    f["novel"] = sum(w not in known for w in own) / len(own) if own and same_kind else float(not same_kind)
    everything = {w for i in range(index) for w in titles[i]}
    f["novelall"] = sum(w not in everything for w in own) / len(own) if own else 0
    days = scene.days(c.sentence, future=False)
    known_days = {d.first for b in same_kind for d in scene.days(b.sentence, future=False)}
    f["newday"] = bool(days) and days[0].first not in known_days
    f["sameday"] = bool(days) and days[0].first in known_days
    return f


def features(scene: Scene) -> list[Features]:
    """One row for each candidate of the release."""
    titles = [content(scene, c) for c in scene.candidates]
    return [
        {**of_word(scene, c), **of_place(scene, c), **of_company(scene, i, titles)}
        for i, c in enumerate(scene.candidates)
    ]
