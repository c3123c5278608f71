"""Positions by rule over the labelled releases outside the gate, with the labelled people, organisations and places.

    python -m tests.eval.positions [--gate] [--errors]

Prints precision, recall and F1 of positions and of positions with their organisation, and for each rule of the person
and of the employer how often it was right. `null`: the labels name no employer, the rule gave one. `--errors` lists
what was missed, worded otherwise, invented, and employers missing or wrong, by group. `--gate` takes the releases of
the gate instead.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nlp import positions
from nlp.annotate import shipped_models
from nlp.annotation import Position
from nlp.engine import Engine
from nlp.meetings.model import Judge
from nlp.reading import Reading
from pipelines.evaluate import likeness
from pipelines.gold import Gold, gate_ids, labels_folder, releases
from pipelines.training.attendance import Parsed
from pipelines.training.employers import FOLDS, SAME_BODY, SAME_POSITION, choices, held_out

Label = Mapping[str, Any]
GATE = shipped_models() / "gate" / "attendance"


@dataclass(slots=True)
class Tally:
    gold: int = 0
    found: int = 0
    right: int = 0
    right_with_body: int = 0
    rules: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def wrong(self, group: str, gold: Gold, found: Position | None, label: Label | None) -> None:
        ours = f"{found.person}: {found.position} @ {found.organisation} [{found.rule}]" if found else ""
        theirs = f"{label['person']}: {label['position']} @ {label['organisation']}" if label else ""
        self.errors[group].append(f"{gold.id}\t{ours}\t{theirs}")


def judged(gate: bool) -> Iterator[tuple[Gold, tuple[Position, ...]]]:
    """Employers by judges that did not learn from the release: cross-validated, or the gate's own."""
    engine, labels = Engine(), labels_folder()
    held_back = gate_ids(labels)
    read = [Parsed.of(engine, gold) for gold in releases(labels) if (gold.id in held_back) == gate]
    known = [] if gate else [c for one in read for c in choices(one.gold, Reading(one.doc, *one.named))]
    judges, order = held_out(known, FOLDS) if known else ([Judge.load(GATE, "employers")], {})
    for one in read:
        if one.gold.second:
            continue
        judge = judges[order.get(one.gold.id, 0)]
        yield one.gold, positions.read(one.gold.release, one.doc, *one.named, judge)


def compare(tally: Tally, gold: Gold, found: tuple[Position, ...]) -> None:
    left: list[Label] = list(gold.fields["positions"])
    tally.gold += len(left)
    tally.found += len(found)
    astray = []
    for position in found:
        label = taken(left, position, SAME_POSITION)
        who = position.rule.split("+")[0]
        tally.rules[who]["wrong" if label is None else "right"] += 1
        if label is None:
            astray.append(position)
        else:
            tally.right += 1
            compare_bodies(tally, gold, position, label)
    for position in astray:
        label = taken(left, position, 0.01)
        tally.wrong("invented" if label is None else "worded otherwise", gold, position, label)
    for label in left:
        tally.wrong("missed", gold, None, label)


def taken(left: list[Label], position: Position, least: float) -> Label | None:
    """The label of the same person whose words are alike, taken off the list."""
    for label in left:
        if label["person"] == position.person and likeness(label["position"], position.position) >= least:
            left.remove(label)
            return label
    return None


def compare_bodies(tally: Tally, gold: Gold, found: Position, label: Label) -> None:
    rule = found.rule.partition("+")[2] or "no employer"
    if label["organisation"] is None:
        tally.right_with_body += 1
        tally.rules[rule]["null" if found.organisation else "right"] += 1
        if found.organisation:
            tally.wrong("employer invented", gold, found, label)
    elif likeness(label["organisation"], found.organisation) >= SAME_BODY:
        tally.right_with_body += 1
        tally.rules[rule]["right"] += 1
    else:
        tally.rules[rule]["wrong"] += 1
        tally.wrong("employer wrong" if found.organisation else "employer missing", gold, found, label)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gate", action="store_true")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    tally = Tally()
    for gold, found in judged(options.gate):
        compare(tally, gold, found)
    for row, right in (("position", tally.right), ("position with organisation", tally.right_with_body)):
        f1 = 2 * right / (tally.found + tally.gold)
        print(f"{row:<28}{right / tally.found:8.3f}{right / tally.gold:8.3f}{f1:8.3f}")
    for rule, counts in sorted(tally.rules.items()):
        print(f"{rule:<28}{counts['right']:6d} right{counts['wrong']:6d} wrong{counts['null']:6d} null")
    if options.errors:
        for group, lines in sorted(tally.errors.items()):
            print(f"\n{group}: {len(lines)}", *lines, sep="\n")


if __name__ == "__main__":
    main()
