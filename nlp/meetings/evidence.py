"""The words that tie a person to an event, and ties that are no attendance: signed, greeted, invited, absent."""

import re
from dataclasses import dataclass
from typing import Literal

from nlp.annotation import Involvement
from nlp.meetings.scene import Scene, Seen
from nlp.meetings.segments import Segments

Status = Literal["signed", "greeted", "invited", "absent", "video-message"]
SIDE = re.compile(r"\b(?:с|от)\s+([а-яё-]+ой)\s+сторон[ыу]|\b(?:[а-яё-]+ую)\s+сторону\s+представ")


@dataclass(frozen=True, slots=True)
class Evidence:
    mention: Seen
    span: tuple[int, int]
    sentence: tuple[int, int]
    rule: str
    side: str | None


def evidence_for(scene: Scene, segments: Segments, k: int, name: str) -> Evidence:
    """The mention nearest to where event `k` is spoken of, with its sentence."""
    c = segments.anchors[k].candidate
    mentions = scene.mentions[name]

    def distance(m: Seen) -> tuple[bool, int]:
        return segments.at(scene, m.sentence, m.token) != k, abs(m.sentence - c.sentence)

    m = min(mentions, key=distance)
    s = scene.sentences[m.sentence]
    if m.sentence == c.sentence:
        rule = "same_sentence"
    elif segments.at(scene, m.sentence, m.token) == k:
        rule = "in_list" if scene.list_intro[m.sentence] is not None else "event_spoken_of"
    else:
        rule = "group_member" if any(name in g for g in scene.group_members.values()) else "elsewhere_named"
    said = scene.text[s.start : m.unit.start].lower().replace("ё", "е")
    side = None
    for found in SIDE.finditer(said):
        side = found[0].strip()
    return Evidence(m, (m.unit.start, m.unit.stop), (s.start, s.stop), rule, side)


def invited(scene: Scene, m: Seen) -> Status | None:
    """«пригласил Ивана Петрова»: invited, with no word that he came."""
    head = scene.heads[m.token]
    governor = scene.governors[m.token]
    if (
        governor >= 0
        and scene.lemmas[governor] in ("пригласить", "приглашать")
        and scene.case(m.token) in ("Acc", "Gen")
        and head >= 0
        and not scene.rels[m.token].startswith("nsubj")
    ):
        return "invited"
    return None


def absent(scene: Scene, m: Seen) -> Status | None:
    """«Иван Петров приехать не смог», «в церемонии не участвовал»"""
    governor, path = scene.path(m.token)
    if governor < 0 or not path or not path[-1].startswith("nsubj"):
        return None
    said = scene.saids[m.sentence]
    if scene.lemmas[governor] in ("отсутствовать", "пропустить") or (
        scene.negated(governor)
        and scene.lemmas[governor]
        in (
            "приехать",
            "прибыть",
            "участвовать",
            "смочь",
            "мочь",
            "присутствовать",
            "прилететь",
            "прийти",
            "встречаться",
        )
    ):
        return "absent"
    return "video-message" if re.search(r"видеообращени|видеописьм|видеоприветстви", said) else None


def greeted(scene: Scene, m: Seen) -> Status | None:
    """«направил приветствие участникам», «прислал телеграмму», «приветствие … зачитали»"""
    governor, path = scene.path(m.token)
    said = scene.saids[m.sentence]
    if not re.search(r"приветстви[еяй]|приветственн|телеграмм|поздравлени", said):
        return None
    if governor < 0 or not path:
        return None
    verb = scene.lemmas[governor]
    if path[-1].startswith("nsubj"):
        return "greeted" if verb in SENT else None
    read_out = verb in SENT or verb in ("зачитать", "огласить", "прочитать", "поступить")
    return "greeted" if read_out and scene.case(m.token) == "Gen" and path[0] == "nmod" else None


SENT = ("направить", "прислать", "передать")


def signed(scene: Scene, m: Seen) -> Status | None:
    """«документ подписал Иван Петров»"""
    governor, path = scene.path(m.token)
    if (
        governor >= 0
        and path
        and path[-1].startswith("nsubj")
        and scene.lemmas[governor] in ("подписать", "подписывать", "утвердить")
    ):
        return "signed"
    return None


RULES = (absent, greeted, invited, signed)


def involvement(scene: Scene, segments: Segments, k: int, name: str, evidence: Evidence) -> Involvement | None:
    """A tie of this person to this event other than attending, where a rule reads one."""
    for m in scene.mentions[name]:
        if segments.at(scene, m.sentence, m.token) != k:
            continue
        for rule in RULES:
            status = rule(scene, m)
            if status is not None:
                s = scene.sentences[m.sentence]
                return Involvement(
                    person=name,
                    status=status,
                    span=(m.unit.start, m.unit.stop),
                    evidence=(s.start, s.stop),
                    rule=rule.__name__,
                )
    return None
