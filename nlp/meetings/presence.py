"""Signs that a person takes part in anything at all, from every place where the release names them."""

from nlp.meetings.introduces import Features
from nlp.meetings.lexicon import acts
from nlp.meetings.scene import FUTURE, PAST, Scene, Seen


def of_mention(scene: Scene, seen: Seen) -> Features:
    f, t = Features(), seen.token
    where = "" if seen.order == 0 else "F:"
    governor, path = scene.path(t)
    case = scene.case(t)
    f["rel=" + scene.rels[t]] = f[where + "case=" + case] = 1
    f["anynom"] = case == "Nom"
    if path:
        f[where + "p=" + ">".join(path[:3])] = f["toprel=" + path[-1]] = 1
    if governor >= 0:
        lemma = scene.lemmas[governor]
        f["g=" + lemma] = f[where + "g=" + lemma] = 1
        if path and path[-1].startswith("nsubj"):
            f["anysubj"] = f["sg=" + lemma] = 1
        for act in acts().get(lemma, ()):
            f["act=" + act] = 1
            if path and path[-1].startswith("nsubj"):
                f["subjact=" + act] = 1
        f["anyneg"] = scene.negated(governor)
        f["tense=" + str(scene.feats[governor].get("Tense"))] = 1
        for child in scene.children[governor]:
            if scene.rels[child] in ("obj", "iobj", "obl"):
                f["gobj=" + scene.lemmas[child]] = 1
    first, last = seen.unit.first, seen.unit.last
    for at in range(max(scene.first(first), first - 6), first):
        f["b=" + scene.lemmas[at]] = 1
    for at in range(last, min(scene.last(first), last + 4)):
        f["a=" + scene.lemmas[at]] = 1
    if first > scene.first(first):
        f["b1=" + scene.lemmas[first - 1]] = 1
    if last < scene.last(first):
        f["a1=" + scene.lemmas[last]] = 1
    f["quoted"] = scene.quoted[first]
    if seen.order == 0:
        f.update(first_mention(scene, seen))
    return f


def first_mention(scene: Scene, seen: Seen) -> Features:
    f, si = Features(), seen.sentence
    said = scene.saids[si]
    f["fsi"], f["frelsi"], f["fpara"] = si, si / len(scene.sentences), scene.paragraph[si]
    f["lastpara"], f["nsent"] = scene.paragraph[si] == scene.paragraph[-1], len(scene.in_sentence[si])
    for lemma in set(sentence_lemmas(scene, si)):
        f["s=" + lemma] = 1
    f["past"], f["future"] = any(w in said for w in PAST), any(w in said for w in FUTURE)
    before = scene.text[max(0, seen.unit.start - 40) : seen.unit.start]
    f["bracketed"] = "(" in before and ")" not in before
    intro = scene.list_intro[si]
    f["inlist"] = intro is not None
    if intro is not None:
        for lemma in sentence_lemmas(scene, intro):
            f["h=" + lemma] = 1
    _, path = scene.path(seen.token)
    f["relclause"] = "acl:relcl" in path or "acl" in path
    if si:
        for lemma in set(sentence_lemmas(scene, si - 1)):
            f["ps=" + lemma] = 1
    return f


def sentence_lemmas(scene: Scene, sentence: int) -> list[str]:
    s = scene.sentences[sentence]
    return list(scene.lemmas[s.first : s.last])


def features(scene: Scene) -> list[Features]:
    """One row for each name of `scene.names`."""
    groups = scene.group_members
    grouped = {n for names in groups.values() for n in names}
    out = []
    for name in scene.names:
        f = Features()
        for seen in scene.mentions[name]:
            for key, value in of_mention(scene, seen).items():
                f[key] = max(f.get(key, 0), value)
        pointed = scene.pointed[name]
        f["nm"], f["pointed"] = len(scene.mentions[name]), len(pointed)
        f["order"] = scene.order.index(name)
        f["relorder"] = f["order"] / len(scene.order)
        f["npeople"], f["ncand"] = len(scene.names), len(scene.candidates)
        f["grouped"] = name in grouped
        f["intitle"] = name.split()[-1].lower().replace("ё", "е")[:-1] in scene.title_low
        out.append(f)
    return out
