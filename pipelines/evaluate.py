"""Annotations beside labelled releases: precision, recall and F1 of everything that is read out of a text.

What counts as a match follows the guidelines of the labels (docs/quality.md says it in words): mentions by their
trimmed offsets, names as sets of canonical names, positions and attendances by the person whose mentions coincide,
meetings paired one to one, best pair first.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from nlp.annotation import Annotation, as_json
from pipelines.gold import GROUPS, Gold

TYPES = {"people": "PER", "organisations": "ORG", "places": "LOC"}
EDGE = " \t\r\n\u00a0\"'«»“”„‘’`()[]-–—,;:"
ENDINGS = frozenset(
    """а я о е и ы у ю ь й ов ев ей ий ый ой ая яя ое ее ые ие ого его ому ему ым им ых их ую юю
    ом ем ам ям ами ями ах ях ою ею ью ия ии ию ием иям иями иях ию""".split()
) | {""}
MEETING_FIELDS = ("kind", "date", "place", "format", "status")
WORTH = 0.4
"""Two meetings less alike than this are not paired."""


@dataclass(slots=True)
class Count:
    right: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, right: int, predicted: int, gold: int) -> None:
        self.right += right
        self.predicted += predicted
        self.gold += gold

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else float(not self.predicted)

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


Table = dict[str, Count]


@cache
def words(phrase: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+(?:-\w+)*", phrase.casefold().replace("ё", "е")))


def key(phrase: str | None) -> tuple[str, ...]:
    return words(phrase or "")


@cache
def same_word(a: str, b: str) -> bool:
    """Equal but for a Russian ending on a stem of three letters or more."""
    if a == b:
        return True
    stem = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return stem >= 3 and any(a[n:] in ENDINGS and b[n:] in ENDINGS for n in (stem, stem - 1) if n >= 3)


def likeness(a: str | None, b: str | None) -> float:
    """Dice coefficient of the words of two phrases, endings aside."""
    left, right = key(a), list(key(b))
    total, shared = len(left) + len(right), 0
    for word in left:
        twin = next((other for other in right if same_word(word, other)), None)
        if twin is not None:
            right.remove(twin)
            shared += 1
    return 2 * shared / total if total else 0.0


def trim(text: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and text[start] in EDGE:
        start += 1
    while start < stop and text[stop - 1] in EDGE:
        stop -= 1
    return start, stop


def score(pairs: Iterable[tuple[Gold, Annotation]]) -> Table:
    table: Table = defaultdict(Count)
    for gold, annotation in pairs:
        predicted = as_json(annotation)
        people = same_people(gold, predicted)
        score_names(table, gold, predicted)
        score_gender(table, gold, predicted, people)
        score_positions(table, gold, predicted, people)
        score_meetings(table, gold, predicted, people)
        score_topics(table, gold, predicted)
    return dict(table)


def same_people(gold: Gold, predicted: Mapping[str, Any]) -> dict[str, str | None]:
    """Predicted person → the labelled one with whom it shares most characters of mentions, else of the same name."""
    by_key = {key(name): name for name in gold.offsets["people"]}
    out: dict[str, str | None] = {}
    for person in predicted["people"]:
        shared = {
            name: sum(
                max(0, min(stop, m["stop"]) - max(start, m["start"]))
                for (start, stop), m in product(spans, person["mentions"])
            )
            for name, spans in gold.offsets["people"].items()
        }
        best = max(shared, key=lambda name: shared[name], default=None)
        out[person["name"]] = best if best is not None and shared[best] else by_key.get(key(person["name"]))
    return out


def add_sets(count: Count, gold: set[Any], predicted: set[Any]) -> None:
    count.add(len(gold & predicted), len(predicted), len(gold))


def score_names(table: Table, gold: Gold, predicted: Mapping[str, Any]) -> None:
    text = gold.release.text
    for group in GROUPS:
        wanted = {trim(text, *span) for spans in gold.offsets[group].values() for span in spans}
        found = {trim(text, m["start"], m["stop"]) for e in predicted[group] for m in e["mentions"]}
        add_sets(table[f"mention {TYPES[group]}"], wanted, found)
        names = {key(e["name"]) for e in gold.fields[group]}
        add_sets(table[f"name {TYPES[group]}"], names, {key(e["name"]) for e in predicted[group]})


def score_gender(table: Table, gold: Gold, predicted: Mapping[str, Any], people: Mapping[str, str | None]) -> None:
    truth = {p["name"]: p.get("gender") for p in gold.fields["people"]}
    for person in predicted["people"]:
        wanted = truth.get(people[person["name"]] or "")
        if wanted:
            table["gender"].add(person["gender"] == wanted, 1, 1)


def score_positions(table: Table, gold: Gold, predicted: Mapping[str, Any], people: Mapping[str, str | None]) -> None:
    for row, with_organisation in (("position", False), ("position with organisation", True)):
        left = list(gold.fields["positions"])
        for p in predicted["positions"]:
            match = next((g for g in left if same_position(g, p, people.get(p["person"]), with_organisation)), None)
            if match is not None:
                left.remove(match)
        right = len(gold.fields["positions"]) - len(left)
        table[row].add(right, len(predicted["positions"]), len(gold.fields["positions"]))


def same_position(
    gold: Mapping[str, Any], predicted: Mapping[str, Any], person: str | None, with_organisation: bool
) -> bool:
    if gold["person"] != person or likeness(gold["position"], predicted["position"]) < 0.67:
        return False
    if not with_organisation or gold["organisation"] is None:
        return True
    return likeness(gold["organisation"], predicted["organisation"]) >= 0.6


def roles(meeting: Mapping[str, Any], people: Mapping[str, str | None] | None = None) -> dict[str, str]:
    return {(people or {}).get(a["person"]) or a["person"]: a["role"] for a in meeting["attendees"]}


def meeting_likeness(gold: Mapping[str, Any], predicted: Mapping[str, Any], people: Mapping[str, str | None]) -> float:
    a, b = roles(gold).keys(), roles(predicted, people).keys()
    return float(
        2 * len(a & b) / (len(a) + len(b) or 1)
        + 0.5 * likeness(gold["name"], predicted["name"])
        + 0.3 * (gold["kind"] == predicted["kind"])
        + 0.3 * (gold["date"] is not None and gold["date"] == predicted["date"])
    )


def paired(
    gold: Sequence[Mapping[str, Any]], predicted: Sequence[Mapping[str, Any]], people: Mapping[str, str | None]
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    ranked = sorted(
        ((meeting_likeness(g, p, people), i, j) for (i, g), (j, p) in product(enumerate(gold), enumerate(predicted))),
        reverse=True,
    )
    left: set[int] = set()
    right: set[int] = set()
    out = []
    for worth, i, j in ranked:
        if worth >= WORTH and i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((gold[i], predicted[j]))
    return out


def score_meetings(table: Table, gold: Gold, predicted: Mapping[str, Any], people: Mapping[str, str | None]) -> None:
    wanted, found = gold.fields["meetings"], predicted["meetings"]
    pairs = paired(wanted, found, people)
    table["meeting"].add(len(pairs), len(found), len(wanted))
    for field in MEETING_FIELDS:
        right = sum(key(str(g[field])) == key(str(p[field])) for g, p in pairs)
        table[f"meeting {field}"].add(right, len(pairs), len(pairs))
    for g, p in pairs:
        add_sets(table["meeting organisation"], set(map(key, g["organisations"])), set(map(key, p["organisations"])))
    shared = [(roles(g), roles(p, people)) for g, p in pairs]
    attended = sum(len(a.keys() & b.keys()) for a, b in shared)
    table["attendance"].add(attended, sum(len(m["attendees"]) for m in found), sum(len(m["attendees"]) for m in wanted))
    table["role"].add(
        sum(a[person] == b[person] for a, b in shared for person in a.keys() & b.keys()), attended, attended
    )
    anyone = {person for m in wanted for person in roles(m)}
    add_sets(table["attends anything"], anyone, {person for m in found for person in roles(m, people)})


def score_topics(table: Table, gold: Gold, predicted: Mapping[str, Any]) -> None:
    wanted, found = gold.fields["topics"], [t["topic"] for t in predicted["topics"]]
    add_sets(table["topic"], set(wanted), set(found))
    table["first topic"].add(bool(wanted) and wanted[:1] == found[:1], bool(found), bool(wanted))
    table["no topic"].add(not wanted and not found, not found, not wanted)


def by_topic(pairs: Iterable[tuple[Gold, Annotation]]) -> Table:
    """Each topic that is labelled or filed, most labels first; the mean of their F1 is macro-F1."""
    table: Table = defaultdict(Count)
    for gold, annotation in pairs:
        wanted, found = set(gold.fields["topics"]), {score.topic for score in annotation.topics}
        for topic in wanted | found:
            table[topic].add(topic in wanted and topic in found, topic in found, topic in wanted)
    return dict(sorted(table.items(), key=lambda row: (-row[1].gold, row[0])))


def macro_f1(table: Table) -> float:
    return sum(count.f1 for count in table.values()) / max(len(table), 1)


def mistakes(pairs: Iterable[tuple[Gold, Annotation]]) -> Iterator[tuple[str, ...]]:
    """(document, what, missed or invented, …) for people who read the errors by eye."""
    for gold, annotation in pairs:
        predicted = as_json(annotation)
        people = same_people(gold, predicted)
        for group in GROUPS:
            wanted, found = {e["name"] for e in gold.fields[group]}, {e["name"] for e in predicted[group]}
            yield from differences(gold.id, f"name {TYPES[group]}", wanted, found)
        for g, p in paired(gold.fields["meetings"], predicted["meetings"], people):
            yield from differences(gold.id, f"attendance «{g['name']}»", set(roles(g)), set(roles(p, people)))
        taken = [p["name"] for _, p in paired(gold.fields["meetings"], predicted["meetings"], people)]
        told = [g["name"] for g, _ in paired(gold.fields["meetings"], predicted["meetings"], people)]
        wanted, found = {g["name"] for g in gold.fields["meetings"]}, {p["name"] for p in predicted["meetings"]}
        yield from differences(gold.id, "meeting", wanted - set(told), found - set(taken))
        yield from differences(
            gold.id, "topic", set(gold.fields["topics"]), {topic["topic"] for topic in predicted["topics"]}
        )


def differences(document: str, what: str, wanted: set[str], found: set[str]) -> Iterator[tuple[str, ...]]:
    missed, invented = wanted - found, found - wanted
    if missed or invented:
        yield document, what, "пропущено", "; ".join(sorted(missed)), "лишнее", "; ".join(sorted(invented))
