"""What a word's clause and paragraph say of the event it names: format, status, kind."""

import re

from nlp.meetings.presence import sentence_lemmas
from nlp.meetings.rows import Features
from nlp.meetings.scene import Scene
from nlp.meetings.segments import Anchor

REMOTE = (
    "онлайн",
    "видеосвяз",
    "дистанц",
    "видеоконф",
    "вебинар",
    "телемост",
    "очно",
    "формат",
    "подключ",
    "зале",
    "экран",
    "дистанцион",
    "трансляц",
)
CALLED_OFF = re.compile(
    r"\b(?:отмен|перенес|перенос|отложен|отложи|откладыва|снят|сняли|снима|не состоится|не состоялс|срыва|сорвал)"
)
"""An event that will not be as announced."""
KIND_FEATURES = ("lem", "mod", "obj", "subj", "gov", "kind", "w1", "w-1", "verbal", "ch")


def features(scene: Scene, anchor: Anchor, index: int) -> Features:
    f, c = Features(), anchor.candidate
    para = scene.paragraph[c.sentence]
    first, last = scene.paragraphs[para]
    for lemma in set(sentence_lemmas(scene, c.sentence)):
        f["s=" + lemma] = 1
    for sentence in range(first, last):
        for lemma in set(sentence_lemmas(scene, sentence)):
            f["p=" + lemma] = 1
    s = scene.sentences[c.sentence]
    for t in range(s.first, s.last):
        if "Tense" in scene.feats[t]:
            f["T=" + scene.feats[t]["Tense"]] = 1
    f["k=" + c.kind] = f["el=" + c.lemma] = 1
    f["future"] = scene.future[c.sentence]
    f["main"], f["nth"] = index == 0, index
    f["relpos"] = c.sentence / len(scene.sentences)
    governor = c.token if c.verbal else scene.governors[c.token]
    if governor >= 0:
        f["g=" + scene.lemmas[governor]] = f["gt=" + str(scene.feats[governor].get("Tense"))] = 1
    f["neg"] = scene.negated(governor)
    for child in scene.children[c.token]:
        if scene.rels[child] in ("amod", "det"):
            f["mod=" + scene.lemmas[child]] = 1
    around = " ".join(scene.saids[first:last])
    for word in REMOTE:
        if word in scene.everything:
            f["D" + word], f["P" + word], f["S" + word] = 1, word in around, word in scene.saids[c.sentence]
    f["place"] = any(
        u.kind == "place"
        and scene.sentence[u.first] == c.sentence
        and u.first
        and scene.low[u.first - 1] in ("в", "во", "на")
        for u in scene.units
    )
    days = scene.days(c.sentence, future=False)
    published = scene.release.published
    if days and published is not None:
        f["after"], f["before"] = days[0].first > published, days[0].first < published
        f["sameday"] = days[0].first == published
    f["dated"] = bool(days)
    return f


def of_format(row: Features, status: str, placed: bool, dated: bool, people: int) -> Features:
    """A row with what other judges have said: an event with a venue and people in it is seen to be held in person."""
    return {**row, "status=" + status: 1, "placed": placed, "known_day": dated, "people": people, "nobody": people == 0}


PUT_OFF = ("отложить", "откладывать", "откладываться", "перенести", "переносить", "переноситься", "сдвинуть")
MOVED = ("перенести", "переносить", "переноситься", "сдвинуть", "перенос")
NEW_TIME = re.compile(
    r"\d|январ|феврал|март|апрел|\bма[йяю]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|весн|\bлет[оа]\b|осен|зим[ауы]"
    r"|понедельник|вторник|сред[ау]|четверг|пятниц|суббот|воскресень|недел|месяц|\bгод|срок|позже|поздн|врем|час|день|дня"
)


def postponed(scene: Scene, anchor: Anchor) -> bool:
    """«форум перенесён на 12 мая», «перенос заседания на осень», «встреча отложена»; not «перенесён в другой зал»."""
    c = anchor.candidate
    if c.verbal:
        return False
    head = scene.heads[c.token]
    if head < 0:
        return False
    lemma, rel = scene.lemmas[head], scene.rels[c.token]
    if not (
        (lemma in PUT_OFF and rel in ("nsubj", "nsubj:pass", "obj")) or (lemma == "перенос" and rel == "nmod")
    ) or scene.negated(head):
        return False
    after = " ".join(scene.low[head + 1 : scene.last(head)])
    return lemma not in MOVED or NEW_TIME.search(after) is not None


REMOTE_NOUNS = ("онлайн", "вебинар", "видео", "телемост")
REMOTELY = re.compile(
    r"по видео(?:конференц)?связи|в (?:режиме|формате) видео\w+|в (?:режиме|формате) онлайн|онлайн-формат"
)


def format_by_rule(scene: Scene, anchor: Anchor, kind: str) -> str | None:
    """«онлайн-встреча», «провёл по видеосвязи переговоры»: online; a telephone call: «none»; None where unsaid."""
    c = anchor.candidate
    if kind == "телефонный разговор" and "видео" not in scene.saids[c.sentence]:
        return "none"
    if c.lemma.startswith(REMOTE_NOUNS) or any(
        scene.lemmas[t].startswith("онлайн") for t in scene.children[c.token] if scene.rels[t] == "amod"
    ):
        return "online"
    governor = c.token if c.verbal else scene.governors[c.token]
    if governor >= 0 and not scene.lemmas[governor].startswith(("подключ", "присоедин", "выступ", "участв")):
        near = " ".join(scene.low[max(scene.first(c.token), min(governor, c.token) - 1) : max(governor, c.token) + 7])
        if REMOTELY.search(near):
            return "online"
    return None


def of_kind(column: str) -> bool:
    """Whether a column of a candidate's row tells the kind of its event."""
    return column.split("=")[0] in KIND_FEATURES
