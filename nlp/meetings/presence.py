"""Signs that a person takes part in anything at all, from every place where the release names them."""

from nlp.meetings.lexicon import acts
from nlp.meetings.rows import Bags, Numbers, Table, Words
from nlp.meetings.scene import Scene, Seen


def words_of(scene: Scene, seen: Seen, words: Words) -> list[int]:
    """The words around a mention and above it in its clause."""
    t, lemmas, rels = seen.token, scene.lemmas, scene.rels
    where = "" if seen.order == 0 else "F:"
    governor, path = scene.path(t)
    out = [words["rel="][rels[t]], words[where + "case="][scene.case(t)]]
    if path:
        out += words[where + "p="][">".join(path[:3])], words["toprel="][path[-1]]
    if governor >= 0:
        lemma, subject = lemmas[governor], path[-1].startswith("nsubj")
        out += words["g="][lemma], words[where + "g="][lemma]
        if subject:
            out.append(words["sg="][lemma])
        for act in acts().get(lemma, ()):
            out.append(words["act="][act])
            if subject:
                out.append(words["subjact="][act])
        out.append(words["tense="][str(scene.feats[governor].get("Tense"))])
        out += [words["gobj="][lemmas[x]] for x in scene.children[governor] if rels[x] in ("obj", "iobj", "obl")]
    first, last = seen.unit.first, seen.unit.last
    begin, end = scene.first(first), scene.last(first)
    out += words["b="].of(lemmas[max(begin, first - 6) : first])
    out += words["a="].of(lemmas[last : min(end, last + 4)])
    if first > begin:
        out.append(words["b1="][lemmas[first - 1]])
    if last < end:
        out.append(words["a1="][lemmas[last]])
    return out


def of_first_mention(scene: Scene, seen: Seen) -> Numbers:
    si = seen.sentence
    before = scene.text[max(0, seen.unit.start - 40) : seen.unit.start]
    _, path = scene.path(seen.token)
    return {
        "fsi": si,
        "frelsi": si / len(scene.sentences),
        "fpara": scene.paragraph[si],
        "lastpara": scene.paragraph[si] == scene.paragraph[-1],
        "nsent": len(scene.in_sentence[si]),
        "past": scene.past[si],
        "future": scene.future[si],
        "bracketed": "(" in before and ")" not in before,
        "inlist": scene.list_intro[si] is not None,
        "relclause": "acl:relcl" in path or "acl" in path,
    }


NO_FIRST_MENTION: Numbers = dict.fromkeys(
    ("fsi", "frelsi", "fpara", "lastpara", "nsent", "past", "future", "bracketed", "inlist", "relclause"), 0
)


def of_mentions(scene: Scene, mentions: list[Seen]) -> Numbers:
    """What holds for any of a person's mentions."""
    above = [scene.path(m.token) for m in mentions]
    return {
        "anynom": any(scene.case(m.token) == "Nom" for m in mentions),
        "anysubj": any(governor >= 0 and path[-1].startswith("nsubj") for governor, path in above),
        "anyneg": any(scene.negated(governor) for governor, _ in above),
        "quoted": any(scene.quoted[m.unit.first] for m in mentions),
    }


def of_person(scene: Scene, name: str, order: int, grouped: bool) -> Numbers:
    return {
        "nm": len(scene.mentions[name]),
        "pointed": len(scene.pointed[name]),
        "order": order,
        "relorder": order / len(scene.order),
        "npeople": len(scene.names),
        "ncand": len(scene.candidates),
        "grouped": grouped,
        "intitle": name.split()[-1].lower().replace("ё", "е")[:-1] in scene.title_low,
    }


def features(scene: Scene, words: Words) -> Table:
    """One row for each name of `scene.names`."""
    grouped = {n for names in scene.group_members.values() for n in names}
    bags = Bags(words, scene.lemmas, scene.bounds)
    rows: list[tuple[Numbers, ...]] = []
    held: list[list[int]] = []
    for name in scene.names:
        mentions = scene.mentions[name]
        first = next((m for m in mentions if m.order == 0), None)
        rows.append(
            (
                of_mentions(scene, mentions),
                NO_FIRST_MENTION if first is None else of_first_mention(scene, first),
                of_person(scene, name, scene.rank[name], name in grouped),
            )
        )
        own = [bags.add(words_of(scene, m, words)) for m in mentions]
        held.append(own if first is None else own + sentences_of(scene, first.sentence, bags))
    return Table.of(rows, held, bags)


def sentences_of(scene: Scene, si: int, bags: Bags) -> list[int]:
    """The words of a sentence, of the one before it and of the one that introduces its list."""
    out, intro = [bags.sentence("s=", si)], scene.list_intro[si]
    if intro is not None:
        out.append(bags.sentence("h=", intro))
    if si:
        out.append(bags.sentence("ps=", si - 1))
    return out


def sentence_lemmas(scene: Scene, sentence: int) -> list[str]:
    s = scene.sentences[sentence]
    return list(scene.lemmas[s.first : s.last])
