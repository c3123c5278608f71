"""Signs by which a word brings a new event into the text, rather than naming one spoken of before or none at all."""

import math
from collections import Counter
from datetime import date

from nlp.meetings.lexicon import verbs
from nlp.meetings.rows import Bags, Numbers, Table, Words
from nlp.meetings.scene import Candidate, Scene
from nlp.meetings.titles import phrase

"""A row written out by itself: each value under its column's name."""
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


def contents(scene: Scene) -> list[list[str]]:
    return [content(scene, c) for c in scene.candidates]


FORM = ("Tense", "VerbForm", "Voice", "Mood", "Aspect")
NEAR = ((-3, "w-3="), (-2, "w-2="), (-1, "w-1="), (1, "w1="), (2, "w2="))


def words_of(scene: Scene, c: Candidate, words: Words) -> list[int]:
    """The word itself, its form and the words that hang together with it."""
    t, feats, lemmas, rels = c.token, scene.feats[c.token], scene.lemmas, scene.rels
    out = [
        words["lem="][c.lemma],
        words["kind="][c.kind],
        words["verbal="][str(c.verbal)],
        words["rel="][rels[t]],
        words["case="][f"{feats.get('Case')}{c.verbal}"],
        words["num="][str(feats.get("Number"))],
        *[words[""][key + feats[key]] for key in FORM if key in feats],
    ]
    governor, head = scene.governors[t], scene.heads[t]
    if head >= 0:
        out += words["head="][lemmas[head]], words["headpos="][scene.pos[head]]
    if governor >= 0:
        out += words["gov="][lemmas[governor]], words["govtense="][str(scene.feats[governor].get("Tense"))]
    for child in scene.children[t]:
        out.append(words["ch="][rels[child]])
        if rels[child] in ("amod", "det", "case", "nummod"):
            out.append(words["mod="][lemmas[child]])
    base = t if c.verbal else governor
    for child in scene.children[base] if base >= 0 else ():
        rel = rels[child]
        if is_person(scene, child):
            out.append(words["personrel="][rel])
        if rel.startswith("nsubj"):
            out.append(words["subj="][lemmas[child]])
        if rel in ("obj", "aux"):
            out.append(words[rel + "="][lemmas[child]])
    sentence = scene.sentences[c.sentence]
    for step, part in NEAR:
        if sentence.first <= t + step < sentence.last:
            lemma = lemmas[t + step]
            out.append(words[part][lemma])
            if step < 0:
                out.append(words["near="][lemma])
    return out


def is_person(scene: Scene, token: int) -> bool:
    unit = scene.unit[token]
    return unit is not None and unit.kind == "person"


def of_clause(scene: Scene, c: Candidate) -> Numbers:
    """Its place in the clause."""
    t = c.token
    governor, path = scene.path(t)
    base = t if c.verbal else governor
    amended = [x for x in scene.children[t] if scene.rels[x] in ("amod", "det", "case", "nummod")]
    unit = scene.unit[t]
    return {
        "neg": scene.negated(governor) or scene.negated(t),
        "depth": len(path),
        "ordinal": any(scene.lemmas[x].startswith(ORDINALS) for x in amended),
        "nch": len(scene.children[t]),
        "subjperson": base >= 0 and any(is_person(scene, x) for x in scene.children[base]),
        "intitle": c.lemma in scene.title_lemmas or (c.verbal and verbs()[c.lemma][1] in scene.title_lemmas),
        "quoted": scene.quoted[t],
        "caps": scene.words[t][:1].isupper() and t != scene.sentences[c.sentence].first,
        "inorg": unit is not None and unit.kind == "organisation",
    }


def of_sentence(scene: Scene, si: int) -> Numbers:
    """Where in the release its sentence stands, and what else stands there."""
    said, para = scene.saids[si], scene.paragraph[si]
    return {
        "si": si,
        "logsi": math.log1p(si),
        "relsi": si / len(scene.sentences),
        "first": si == 0,
        "para": para,
        "lastpara": para == scene.paragraph[-1],
        "parapos": si - scene.paragraphs[para][0],
        "heading": scene.heading[para] is not None,
        "inheading": scene.is_heading(*scene.paragraphs[para]),
        "initem": scene.list_intro[si] is not None,
        "past": scene.past[si],
        "future": scene.future[si],
        "quotes": "«" in said or '"' in said,
        "speech": said.lstrip()[:1] in "-–—",
        "dated": bool(scene.days(si, future=False)),
        "places": scene.places_in[si],
        "people": len(scene.in_sentence[si]),
        "peopleall": len(scene.names),
    }


def of_company(scene: Scene, titles: list[list[str]]) -> list[Numbers]:
    """Other candidates before and after each."""
    cs, heads, paragraph = scene.candidates, scene.heads, scene.paragraph
    of_kind, of_paragraph = Counter(c.kind for c in cs), Counter(paragraph[c.sentence] for c in cs)
    together: dict[int, list[Candidate]] = {}
    for c in cs:
        together.setdefault(c.sentence, []).append(c)
    tokens = {si: ({x.token for x in beside}, {heads[x.token] for x in beside}) for si, beside in together.items()}
    nouns = Counter(c.sentence for c in cs if not c.verbal)
    passed = Counter[int]()
    latest: dict[str, Candidate] = {}
    kinds, lemmas = Counter[str](), Counter[str]()
    told, told_days, everything = dict[str, set[str]](), dict[str, set[date]](), set[str]()
    out: list[Numbers] = []
    for index, c in enumerate(cs):
        same, beside, own = latest.get(c.kind), together[c.sentence], titles[index]
        known, known_days = told.setdefault(c.kind, set()), told_days.setdefault(c.kind, set())
        days = scene.days(c.sentence, future=False)
        out.append(
            {
                "nprev": min(index, 15),
                "isfirst": index == 0,
                "samek": kinds[c.kind],
                "samel": lemmas[c.lemma],
                "firstkind": same is None,
                "firstlem": not lemmas[c.lemma],
                "samekall": of_kind[c.kind],
                "ncand": len(cs),
                "dsamek": 30 if same is None else c.sentence - same.sentence,
                "samekpara": same is not None and paragraph[same.sentence] == paragraph[c.sentence],
                "dprev": c.sentence - cs[index - 1].sentence if index else 30,
                "insent": len(beside),
                "beforesent": passed[c.sentence],
                "nouns": nouns[c.sentence] - (not c.verbal),
                "inpara": of_paragraph[paragraph[c.sentence]],
                "headcand": heads[c.token] in tokens[c.sentence][0],
                "childcand": c.token in tokens[c.sentence][1],
                "namelen": min(len(own), 12),
                "novel": sum(w not in known for w in own) / len(own) if own and same else float(same is None),
                "novelall": sum(w not in everything for w in own) / len(own) if own else 0,
                "newday": bool(days) and days[0].first not in known_days,
                "sameday": bool(days) and days[0].first in known_days,
            }
        )
        latest[c.kind] = c
        passed[c.sentence] += 1
        kinds[c.kind] += 1
        lemmas[c.lemma] += 1
        known.update(own)
        everything.update(own)
        known_days.update(d.first for d in days)
    return out


def features(scene: Scene, words: Words) -> Table:
    """One row for each candidate of the release."""
    cs = scene.candidates
    company = of_company(scene, contents(scene))
    sentences = {si: of_sentence(scene, si) for si in dict.fromkeys(c.sentence for c in cs)}
    rows = [(of_clause(scene, c), sentences[c.sentence], beside) for c, beside in zip(cs, company, strict=True)]
    bags = Bags(words, scene.lemmas, scene.bounds)
    return Table.of(rows, [[bags.add(words_of(scene, c, words))] for c in cs], bags)
