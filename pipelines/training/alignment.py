"""Which word of a labelled release brings in each of its labelled meetings: what the models of events learn from."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from nlp.meetings.lexicon import verbs
from nlp.meetings.scene import Candidate, Scene
from nlp.meetings.titles import title

ENOUGH = 1.0
ORDINALS = (
    "предыдущ",
    "прошл",
    "следующ",
    "перв",
    "втор",
    "трет",
    "четверт",
    "пят",
    "шест",
    "закрыт",
    "пленарн",
    "ответн",
    "онлайн",
)


def stems(said: str) -> list[str]:
    """Words of three letters and more, cut to five letters: endings aside."""
    return [w[:5] for w in re.findall(r"\w+", said.lower().replace("ё", "е")) if len(w) > 2]


def share(a: list[str], b: list[str]) -> float:
    return sum(w in b for w in a) / len(a) if a else 0.0


def likeness(scene: Scene, c: Candidate, meeting: dict[str, Any], rank: int, main: bool) -> float:
    """How well a candidate fits a labelled meeting: kind, wording, people, place and day around it."""
    said = scene.saids[c.sentence]
    own, near = stems(meeting["name"]), stems(said)
    score = 1.0 * (c.kind == meeting["kind"]) - 0.2 * (c.verbal and c.kind != meeting["kind"])
    noun = verbs()[c.lemma][1] if c.verbal else c.lemma
    if noun[:5] in own[:4]:
        score += 1.2
    score += 1.2 * share(own, near) + 0.8 * share(own, stems(title(scene, c)))
    who = {a["person"] for a in meeting["attendees"]}
    if who:
        para = scene.paragraph[c.sentence]
        here = {m.name for m in scene.in_sentence[c.sentence]}
        around = {m.name for m in scene.seen if scene.paragraph[m.sentence] == para}
        score += 0.8 * len(who & here) / len(who) + 0.7 * len(who & around) / len(who)
    if meeting["place"] and share(stems(meeting["place"]), near) == 1:
        score += 0.3
    if meeting["date"]:
        days = scene.days(c.sentence, future=meeting["status"] == "planned")
        score += 0.6 * any(d.first == date.fromisoformat(meeting["date"]) for d in days)
    score += sum(0.4 for o in ORDINALS if any(w.startswith(o[:5]) for w in own) and o in said)
    return float(score - (0.035 if main else 0.015) * rank)


def align(scene: Scene, meetings: list[dict[str, Any]], among: Sequence[int] | None = None) -> list[int | None]:
    """For each labelled meeting the number of its candidate (one of `among`, where given), None where none fits."""
    out: list[int | None] = [None] * len(meetings)
    allowed = list(range(len(scene.candidates))) if among is None else list(among)
    if not meetings or not allowed:
        return out
    table = np.array(
        [[likeness(scene, scene.candidates[j], m, j, i == 0) for j in allowed] for i, m in enumerate(meetings)]
    )
    for i, j in zip(*linear_sum_assignment(-table), strict=True):
        if table[i, j] >= ENOUGH:
            out[i] = allowed[j]
    return out
