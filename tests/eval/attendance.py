"""Meetings and attendance by cross-validation over the labelled releases, with a reliability table.

    python -m tests.eval.attendance [--folds 3] [--once] [--errors]

Every release is judged by models that learned from the other folds. People, organisations and places are the labelled
ones, so the figures are about meetings alone; `svodka evaluate` has those of the whole pipeline. Releases of the gate
are left out. Tables for each hand that labelled; `--errors` lists those of the first. `--once` judges the first fold
only (a third of the time).
"""

import argparse
import itertools
import sys
from collections.abc import Iterable, Sequence

from nlp.annotation import Annotation, Meeting
from nlp.meetings.reader import read_scene
from pipelines.evaluate import mistakes, paired, roles, score
from pipelines.gold import Gold, gate_ids, labels_folder, releases
from pipelines.training.attendance import KINDS, Example, entities, folds, read_examples, train_judges

BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def annotation(gold: Gold, example: Example, meetings: Sequence[Meeting]) -> Annotation:
    people, organisations, places = (entities(gold, group, kind) for group, kind in KINDS)
    return Annotation(
        id=gold.id,
        people=people,
        organisations=organisations,
        places=places,
        positions=tuple(example.scene.positions),
        meetings=tuple(meetings),
    )


def reliability(pairs: Iterable[tuple[Gold, Annotation]]) -> list[tuple[float, float, int, float, float]]:
    """(from, to, attendances shown, mean confidence, share that is right) for each band of confidence."""
    told: list[tuple[float, bool]] = []
    for gold, found in pairs:
        named = [
            {"name": m.name, "kind": m.kind, "date": m.date and m.date.isoformat(), "m": m} for m in found.meetings
        ]
        for n in named:
            n["attendees"] = [{"person": a.person, "role": a.role} for a in n["m"].attendees]
        matched = {id(p): roles(g) for g, p in paired(gold.fields["meetings"], named, {})}
        for n in named:
            who = matched.get(id(n), {})
            told += [(a.confidence, a.person in who) for a in n["m"].attendees]
    out = []
    for low, high in itertools.pairwise(BANDS):
        inside = [(c, right) for c, right in told if low <= c < high]
        if inside:
            n = len(inside)
            out.append((low, min(high, 1.0), n, sum(c for c, _ in inside) / n, sum(right for _, right in inside) / n))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    labels = labels_folder()
    held_back = gate_ids(labels)
    golds = {gold.id: gold for gold in releases(labels) if gold.id not in held_back}
    examples, _ = read_examples(list(golds.values()))
    pairs: list[tuple[Gold, Annotation]] = []
    for known, held in folds(examples, options.folds)[: 1 if options.once else None]:
        judges = train_judges(known)
        pairs += [(golds[e.id], annotation(golds[e.id], e, read_scene(e.scene, judges))) for e in held]
        print(f"{len(pairs)} of {len(examples)} releases judged", file=sys.stderr)
    for title, second in (("first hand", False), ("second hand", True)):
        told = [pair for pair in pairs if pair[0].second == second]
        print(f"\n{title}: {len(told)} releases")
        table(told)
        if options.errors and not second:
            for line in mistakes(told):
                print(*line, sep="\t")


def table(pairs: Sequence[tuple[Gold, Annotation]]) -> None:
    for row, count in score(pairs).items():
        if row.startswith(("position", "meeting", "attend", "role")):
            print(
                f"{row:<28}{count.precision:8.3f}{count.recall:8.3f}{count.f1:8.3f}{count.predicted:8d}{count.gold:8d}"
            )
    print(f"\n{'confidence':<16}{'shown':>8}{'mean':>8}{'right':>8}")
    for low, high, shown, mean, right in reliability(pairs):
        print(f"{low:.2f}–{high:.2f}       {shown:8d}{mean:8.3f}{right:8.3f}")


if __name__ == "__main__":
    main()
