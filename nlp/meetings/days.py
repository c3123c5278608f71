"""When an event takes place: the days that the release names, weighed for each event by a trained judge."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nlp.event_dates import Named, When, named_in
from nlp.meetings.model import Judge
from nlp.meetings.rows import Features, raise_to
from nlp.meetings.scene import Scene
from nlp.meetings.segments import Segments

DAY_FLOOR = 0.35
"""Probability below which an event stays without a day."""
RECENT = timedelta(days=45)
ORDINAL = {"перв": 0, "втор": 1, "трет": 2, "четверт": 3, "пят": 4, "шест": 5}
OF_PROGRAMME = re.compile(
    r"\b(перв|втор|трет|четверт|пят|шест)\w+ д(?:ень|ня)\b|\bдень (перв|втор|трет|четверт|пят|шест)\w+"
)
LAST_DAY = re.compile(r"\b(?:в|на)? ?(?:последн|заключительн|завершающ)\w+ день\b")
SAME_DAY = re.compile(r"\bв (?:тот|этот) же день\b|\bтем же (?:вечером|утром)\b|\bв тот же вечер\b")
NEXT_DAY = re.compile(r"\bна следующий день\b|\bна другой день\b|\bнаутро\b|\bследующим утром\b|\bна следующее утро\b")
DAY_BEFORE = re.compile(r"\bза день до\b|\bднем ранее\b|\bдень спустя\b")
BARE_WEEKDAY = re.compile(r"^\W*(понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)\b")
OF_DAYS = ("день", "дня", "вечер", "утр")
"""Without one of these a sentence tells no day by another."""
ACCUSATIVE = {"среда": "среду", "пятница": "пятницу", "суббота": "субботу"}


@dataclass(frozen=True, slots=True)
class Told:
    """A day and where it is told; `token` is -1 for one inherited without words."""

    day: Named
    sentence: int
    inherited: bool = False


def told(scene: Scene) -> tuple[list[Told], list[Named | None]]:
    """Every day told in the release, in order, and the day that each sentence inherits from those before it."""
    out: list[Told] = []
    running: list[Named | None] = []
    current: Named | None = None
    programme: Named | None = None
    published = scene.release.published
    for i in range(len(scene.saids)):
        future = speaks_of_future(scene, i)
        here = list(scene.days(i, future=future))
        here += derived(scene, i, current, programme)
        running.append(current)
        for day in sorted(here, key=lambda d: d.start):
            out.append(Told(day, i))
            if published is not None and abs(day.first - published) < RECENT and not (future and day.first > published):
                current = day
                if programme is None or (programme.last is None and day.last is not None):
                    programme = day
        heading = scene.heading[scene.paragraph[i]]
        if heading is None and here and scene.past[i]:
            current = running[-1]
    return out, running


def speaks_of_future(scene: Scene, sentence: int) -> bool:
    if scene.future[sentence]:
        return True
    s = scene.sentences[sentence]
    tenses = [scene.feats[t].get("Tense") for t in range(s.first, s.last) if scene.pos[t] in ("VERB", "AUX")]
    return "Fut" in tenses and "Past" not in tenses


def derived(scene: Scene, sentence: int, current: Named | None, programme: Named | None) -> list[Named]:
    """Days told by others: «в тот же день», «на следующий день», «второй день», a heading «Среда»."""
    said, offset = scene.saids[sentence], scene.sentences[sentence].start
    out = []
    bare = BARE_WEEKDAY.match(said)
    if bare and (len(said) < 40 or said[bare.end() :][:1] in ".,:") and scene.release.published is not None:
        word = ACCUSATIVE.get(bare[1], bare[1])
        found = named_in(f"в {word}", 0, len(word) + 2, When(scene.release.published))
        out += [replace(d, start=offset, stop=offset + bare.end(), rule="bare_weekday") for d in found]
    if not any(word in said for word in OF_DAYS):
        return out
    for pattern, step in ((SAME_DAY, 0), (NEXT_DAY, 1)):
        match = pattern.search(said)
        if match and current is not None:
            base = current.last if step and current.last is not None else current.first
            out.append(Named(offset + match.start(), offset + match.end(), base + timedelta(step), None, f"same{step}"))
    match = OF_PROGRAMME.search(said)
    if match and programme is not None:
        step = ORDINAL[match[1] or match[2]]
        out.append(
            Named(offset + match.start(), offset + match.end(), programme.first + timedelta(step), None, "programme")
        )
    match = LAST_DAY.search(said)
    if match and programme is not None:
        out.append(
            Named(
                offset + match.start(), offset + match.end(), programme.last or programme.first, None, "programme_last"
            )
        )
    return out


@dataclass(frozen=True, slots=True)
class Option:
    """A distinct day for one event with its feature row."""

    day: Named
    row: Features


def options(
    scene: Scene,
    segments: Segments,
    k: int,
    days: Sequence[Told],
    running: Sequence[Named | None],
    earlier: Sequence[date | None],
) -> list[Option]:
    """Every distinct day that could be event `k`'s, with what speaks for it; `earlier`: the days of those before it."""
    c = segments.anchors[k].candidate
    para = scene.paragraph[c.sentence]
    heading = scene.heading[para]
    inherited = running[c.sentence]
    rows: dict[tuple[date, date | None], Features] = {}
    best: dict[tuple[date, date | None], Named] = {}
    base = event_row(scene, segments, k)
    for one in days:
        key = (one.day.first, one.day.last)
        if key not in rows:
            rows[key] = dict(base)
        f = rows[key]
        best.setdefault(key, one.day)
        raise_to(f, "rule=" + one.day.rule, 1)
        same = one.sentence == c.sentence
        raise_to(f, "same", same)
        if same:
            gap = abs(scene.at(one.day.start) - c.token)
            raise_to(f, "near", 1 / (1 + gap))
            raise_to(f, "before", one.day.start < scene.starts[c.token])
            clause = scene.governors[scene.at(one.day.start)] in (c.token, scene.governors[c.token])
            raise_to(f, "clause", clause)
            if f.get("near", 0) == 1 / (1 + gap):
                best[key] = one.day
        here = scene.paragraph[one.sentence]
        raise_to(f, "para", here == para)
        raise_to(f, "parabefore", here == para and one.sentence < c.sentence)
        raise_to(f, "inheading", here == heading)
        raise_to(f, "lead", here <= 1)
        raise_to(f, "firstsentence", one.sentence == 0)
        raise_to(f, "active", segments.at(scene, one.sentence, scene.at(one.day.start)) == k)
        raise_to(f, "linked", any(x.event == k for x in segments.links[one.sentence]))
        raise_to(f, "closeness", 1 / (1 + abs(one.sentence - c.sentence)))
        raise_to(f, "pastwords", scene.past[one.sentence])
    for (first, last), f in rows.items():
        f["inherited"] = inherited is not None and (inherited.first, inherited.last) == (first, last)
        f["inrange"] = last is not None
        f["ndays"] = len(rows)
        published = scene.release.published
        day = best[first, last]
        if published is not None:
            away = (day.first - published).days
            f["ahead"], f["today"], f["behind"] = away > 0, away == 0, away < 0
            f["far"] = abs(away) > 45
        f["earliest"] = all(day.first <= d.first for d in best.values())
        if inherited is not None and f["inherited"]:
            raise_to(f, "inheritedpara", 1)
    lately = latest(days, c.sentence)
    for (first, last), f in rows.items():
        f["lately"] = lately is not None and (lately.first, lately.last) == (first, last)
        if earlier:
            f["asbefore"], f["asmain"] = earlier[-1] == first, earlier[0] == first
            f["asany"], f["afterbefore"] = first in earlier, earlier[-1] is not None and first > earlier[-1]
    if inherited is not None and inherited.last is None and (inherited.first, None) not in rows:
        f = dict(base)
        f["inherited"] = f["only_inherited"] = 1
        rows[inherited.first, None] = f
        best[inherited.first, None] = inherited
    return [Option(best[key], f) for key, f in rows.items()]


def latest(days: Sequence[Told], sentence: int) -> Named | None:
    """The day told last before a sentence, be it past or to come."""
    before = [one.day for one in days if one.sentence < sentence]
    return before[-1] if before else None


def event_row(scene: Scene, segments: Segments, k: int) -> Features:
    anchor = segments.anchors[k]
    c, f = anchor.candidate, Features()
    f["k0"], f["k"], f["verbal"], f["kind=" + c.kind] = k == 0, k, c.verbal, 1
    f["future"], f["past"] = speaks_of_future(scene, c.sentence), scene.past[c.sentence]
    f["dated"] = bool(scene.days(c.sentence, future=False))
    governor = c.token if c.verbal else scene.governors[c.token]
    if governor >= 0:
        f["tense=" + str(scene.feats[governor].get("Tense"))] = 1
        f["gov=" + scene.lemmas[governor]] = 1
    for child in scene.children[c.token]:
        if scene.rels[child] in ("amod", "det", "acl"):
            f["mod=" + scene.lemmas[child]] = 1
    f["relpos"] = c.sentence / len(scene.sentences)
    f["headed"] = scene.heading[scene.paragraph[c.sentence]] is not None
    return f


def days_of(scene: Scene, segments: Segments, judge: Judge) -> list[Named | None]:
    """For each event its day; None where the text does not tell, or tells too vaguely."""
    days, running = told(scene)
    out: list[Named | None] = []
    for k in range(len(segments.anchors)):
        found = options(scene, segments, k, days, running, [None if d is None else d.first for d in out])
        if not found:
            out.append(None)
            continue
        p = judge.probabilities([o.row for o in found])[:, 1]
        best = int(p.argmax())
        out.append(found[best].day if p[best] >= DAY_FLOOR else None)
    return out
