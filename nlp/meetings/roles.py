"""As what a person takes part: signs that they led, spoke or were there."""

import re

from nlp.meetings.introduces import Features
from nlp.meetings.lexicon import acts
from nlp.meetings.pairs import Company
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


def leads(scene: Scene, m: Seen) -> str:
    """The named rule by which a mention leads an event, empty where none does."""
    governor, path = scene.path(m.token)
    subject = bool(path) and path[-1].startswith("nsubj")
    if governor >= 0 and subject and scene.lemmas[governor] in OPENED:
        return "led:" + scene.lemmas[governor]
    before = scene.text[max(0, m.unit.start - 160) : m.unit.start].lower().replace("ё", "е")
    match = LED.search(before)
    return "before:" + match[1][:8] if match else ""


def role_rows(co: Company, k: int, rows: list[Features]) -> list[Features]:
    """The pair's row with signs of leading and speaking at this event."""
    return [{**row, **signs(co, k, name)} for row, name in zip(rows, co.scene.names, strict=True)]


def signs(co: Company, k: int, name: str) -> Features:
    scene, f = co.scene, Features()
    c = co.segments.anchors[k].candidate
    for m in scene.mentions[name]:
        here = m.sentence == c.sentence or co.segments.at(scene, m.sentence, m.token) == k
        how = leads(scene, m)
        if how:
            f[("R!" if here else "R~") + how] = 1
        governor = scene.governors[m.token]
        if here and governor >= 0:
            for child in scene.children[governor]:
                if scene.rels[child] in ("obj", "obl") and scene.lemmas[child] in SPOKE_NOUNS:
                    f["Rspoke=" + scene.lemmas[child]] = 1
                if scene.rels[child] == "obj":
                    f["Robj=" + scene.lemmas[child]] = 1
        if here and quoted_around(scene, m):
            f["Rquote"] = 1
    for post in scene.positions:
        if post.person == name:
            f["Rpost=" + post.position.split()[0]] = 1
    spoken = [m for m in scene.mentions[name] if says(scene, m.token)] + [
        p for p in scene.pointed[name] if says(scene, p.token)
    ]
    f["Rsaysall"] = len(spoken)
    f["Rsayshere"] = sum(co.segments.at(scene, m.sentence, m.token) == k for m in spoken)
    f["Rsayspara"] = any(scene.paragraph[m.sentence] >= scene.paragraph[c.sentence] for m in spoken)
    f["Rorder"] = scene.order.index(name)
    return f


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
