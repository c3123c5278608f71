"""As what a person takes part: signs that they led, spoke or were there."""

import re
from collections.abc import Sequence

import numpy as np

from nlp.meetings.lexicon import acts
from nlp.meetings.pairs import Company, Event, Person
from nlp.meetings.rows import Numbers, Table
from nlp.meetings.scene import Scene, Seen

LED = re.compile(
    r"(под председательством|под руководством|модератор\w*|ведущ\w+|председательств\w+|провел|вел|вела|возглав\w+|"
    r"открыл\w*)\W+(?:\w+\W+){0,8}$"
)
OPENED = (
    "открыть",
    "открывать",
    "провести",
    "вести",
    "возглавить",
    "председательствовать",
    "модерировать",
    "принять",
    "принимать",
)
SPOKE_NOUNS = (
    "доклад",
    "слово",
    "речь",
    "сообщение",
    "лекция",
    "приветствие",
    "выступление",
    "вопрос",
    "презентация",
    "мастер-класс",
)


LED_STEMS = ("под пр", "под ру", "модератор", "вед", "председ", "вел", "возглав", "открыл")


def leads(scene: Scene, m: Seen) -> str:
    """The named rule by which a mention leads an event, empty where none does."""
    governor, path = scene.path(m.token)
    subject = bool(path) and path[-1].startswith("nsubj")
    if governor >= 0 and subject and scene.lemmas[governor] in OPENED:
        return "led:" + scene.lemmas[governor]
    before = scene.text[max(0, m.unit.start - 160) : m.unit.start].lower().replace("ё", "е")
    match = LED.search(before) if any(stem in before for stem in LED_STEMS) else None
    return "before:" + match[1][:8] if match else ""


def features(co: Company, table: Table, pairs: Sequence[tuple[int, int]]) -> Table:
    """The rows of some pairs (event, person by number) with signs of leading and speaking at this event."""
    rows = table.only([k * len(co.people) + i for k, i in pairs])
    numbers, held = [], []
    for own, (k, i) in zip(rows.held, pairs, strict=True):
        e, p = co.events[k], co.people[i]
        here = [a == k or s == e.sentence for a, s in zip(p.active, p.sentences, strict=True)]
        numbers.append(list((told := signs(co, e, p, here)).values()))
        held.append([*own, co.bags.add(words_of(co, p, co.scene.names[i], here))])
    return Table(rows.names, rows.numbers, held, co.bags).beside(tuple(told), np.array(numbers, np.float64))


def signs(co: Company, e: Event, p: Person, here: Sequence[bool]) -> Numbers:
    scene = co.scene
    spoken = [(s, a) for m, s, a in zip(p.mentions, p.sentences, p.active, strict=True) if says(scene, m.token)]
    pointed = zip(p.pointed_at, p.pointed_sentences, p.pointed_active, strict=True)
    spoken += [(s, a) for token, s, a in pointed if says(scene, token)]
    return {
        "Rquote": any(at and quoted_around(scene, m) for at, m in zip(here, p.mentions, strict=True)),
        "Rsaysall": len(spoken),
        "Rsayshere": sum(a == e.k for _, a in spoken),
        "Rsayspara": any(scene.paragraph[s] >= e.paragraph for s, _ in spoken),
        "Rorder": p.numbers["order"],
    }


def words_of(co: Company, p: Person, name: str, here: Sequence[bool]) -> list[int]:
    """How each mention leads an event, what the person said or did at this one, and their posts."""
    scene, words = co.scene, co.words
    out = [words["Rpost="][post.position.split()[0]] for post in scene.positions if post.person == name]
    for at, m in zip(here, p.mentions, strict=True):
        how = leads(scene, m)
        if how:
            out.append(words[""][("R!" if at else "R~") + how])
        governor = scene.governors[m.token]
        for child in scene.children[governor] if at and governor >= 0 else ():
            rel, lemma = scene.rels[child], scene.lemmas[child]
            if rel in ("obj", "obl") and lemma in SPOKE_NOUNS:
                out.append(words["Rspoke="][lemma])
            if rel == "obj":
                out.append(words["Robj="][lemma])
    return out


def speaks(scene: Scene, token: int) -> bool:
    """The subject of a verb of speech: «Иван Петров отметил»."""
    governor, path = scene.path(token)
    subject = bool(path) and path[-1].startswith("nsubj")
    return governor >= 0 and subject and "speech" in acts().get(scene.lemmas[governor], ())


def says(scene: Scene, token: int) -> bool:
    """The subject of a verb of speech, or the one by whose words («по словам») something is told."""
    if speaks(scene, token):
        return True
    before = scene.lemmas[max(0, token - 12) : token]
    return "слово" in before or "мнение" in before


def quoted_around(scene: Scene, m: Seen) -> bool:
    s = scene.sentences[m.sentence]
    said = scene.text[max(0, s.start - 3) : s.stop]
    return "»," in said or ": «" in said or '",' in said
