"""The words that tie a person to an event, and ties that are no attendance: signed, greeted, invited, absent."""

import re
from collections.abc import Sequence
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
    return "video-message" if "видео" in said and re.search(r"видеообращени|видеописьм|видеоприветстви", said) else None


def greeted(scene: Scene, m: Seen) -> Status | None:
    """«направил приветствие участникам», «прислал телеграмму», «приветствие … зачитали»"""
    governor, path = scene.path(m.token)
    if governor < 0 or scene.lemmas[governor] not in READ_OUT or not GREETING.search(scene.saids[m.sentence]):
        return None
    if path[-1].startswith("nsubj"):
        return "greeted" if scene.lemmas[governor] in SENT else None
    return "greeted" if scene.case(m.token) == "Gen" and path[0] == "nmod" else None


SENT = ("направить", "прислать", "передать")
READ_OUT = (*SENT, "зачитать", "огласить", "прочитать", "поступить")
GREETING = re.compile(r"приветстви[еяй]|приветственн|телеграмм|поздравлени")


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


Ties = dict[str, list[tuple[Seen, str, Status]]]


def ties(scene: Scene) -> Ties:
    """For each person the mentions where a rule reads a tie other than attending, with the rule's name."""
    return {
        name: [(m, rule.__name__, status) for m in mentions for rule in RULES if (status := rule(scene, m)) is not None]
        for name, mentions in scene.mentions.items()
    }


def involvement(
    scene: Scene, segments: Segments, k: int, tied: Sequence[tuple[Seen, str, Status]]
) -> Involvement | None:
    """The first of a person's ties where this event is spoken of."""
    for m, rule, status in tied:
        if segments.at(scene, m.sentence, m.token) == k:
            s = scene.sentences[m.sentence]
            return Involvement(
                person=m.name,
                status=status,
                span=(m.unit.start, m.unit.stop),
                evidence=(s.start, s.stop),
                rule=rule,
            )
    return None
