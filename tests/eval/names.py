"""Every table of docs/names.md, printed: `python -m tests.eval.names [--lost 50]`.

The gate and the grid need nothing but the repository. The public sets are read where they lie beside it, in
`../shared/eval/gold` (JSON lines, gzipped: a text and its spans); they serve evaluation only.
"""

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from nlp import organisations, people, places
from nlp.annotate import Annotator, shipped_models
from nlp.annotation import Annotation, Entity, Release
from nlp.doc import Doc
from nlp.engine import Engine
from nlp.mentions import Found
from nlp.tokens import Tokens
from pipelines.evaluate import key, score
from pipelines.gold import GROUPS as LABELLED
from pipelines.gold import Gold, gate_ids, labels_folder, named, releases
from tests.eval.test_names_grid import judged

SETS = Path(__file__).parents[3] / "shared" / "eval" / "gold"
EDGE = " \t\r\n\xa0\"'«»“”„‘’`()[]-–—,;:"
GROUPS = {"PER": "people", "LOC": "places", "ORG": "organisations"}
Span = tuple[int, int, str]


def documents(name: str) -> list[dict[str, Any]]:
    path = SETS / f"{name}.jsonl.gz"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and text[start] in EDGE:
        start += 1
    while start < stop and text[stop - 1] in EDGE:
        stop -= 1
    return start, stop


def gold_spans(document: Mapping[str, Any]) -> set[Span]:
    """Outermost spans of the three types."""
    out = set()
    for span in document["spans"]:
        type_ = span["ner"] if "ner" in span else span["type"]
        if type_ in GROUPS and span.get("outer", True) and not span.get("broken"):
            out.add((*trimmed(document["text"], span["start"], span["stop"]), type_))
    return out


def entities(annotation: Annotation) -> Iterator[tuple[str, Entity]]:
    for type_, group in GROUPS.items():
        for entity in getattr(annotation, group):
            yield type_, entity


def our_spans(text: str, annotation: Annotation) -> set[Span]:
    return {(*trimmed(text, m.start, m.stop), type_) for type_, e in entities(annotation) for m in e.mentions}


def net_spans(doc: Doc) -> set[Span]:
    return {(*trimmed(doc.text, s.start, s.stop), s.type) for s in doc.ner}


def f1(pairs: Iterable[tuple[set[Span], set[Span]]], type_: str) -> float:
    right = found = wanted = 0
    for gold, ours in pairs:
        left, other = ({s for s in spans if s[2] == type_} for spans in (gold, ours))
        right, found, wanted = right + len(left & other), found + len(other), wanted + len(left)
    return 2 * right / (found + wanted) if found + wanted else 0.0


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < stop for start, stop, _ in others)


def public(annotator: Annotator, installed: Engine, name: str, lost: int) -> None:
    """Strict F1 of spans against Natasha's as installed, and what no span of ours covers though Natasha's does."""
    several = documents(name)
    if not several:
        return
    texts = [document["text"] for document in several]
    annotations = annotator.annotate([Release(id=d["doc"], text=d["text"]) for d in several])
    gold = [gold_spans(d) for d in several]
    ours = [our_spans(t, a) for t, a in zip(texts, annotations, strict=True)]
    theirs = [net_spans(doc) for doc in installed.parse(texts)]
    print(f"\n{name}: strict F1 of spans    ours  Natasha's    gold  uncovered by us  of these Natasha has")
    for type_ in GROUPS:
        wanted = [(i, s) for i, spans in enumerate(gold) for s in sorted(spans) if s[2] == type_]
        bare = [(i, s) for i, s in wanted if not overlaps(s, ours[i])]
        had = [(i, s) for i, s in bare if overlaps(s, theirs[i])]
        pairs = (f1(zip(gold, ours, strict=True), type_), f1(zip(gold, theirs, strict=True), type_))
        print(f"  {type_:22}{pairs[0]:9.3f}{pairs[1]:11.3f}{len(wanted):8}{len(bare):17}{len(had):22}")
        if type_ != "PER" and lost:
            sample(texts, gold, ours, type_, lost)


def sample(texts: Sequence[str], gold: Sequence[set[Span]], ours: Sequence[set[Span]], type_: str, most: int) -> None:
    """Misses taken at even steps: which of them a span of ours covers, touches or does not see."""
    missed = [(i, s) for i, spans in enumerate(gold) for s in sorted(spans - ours[i]) if s[2] == type_]
    chosen = missed[:: max(1, len(missed) // most)][:most]
    kinds: Counter[str] = Counter()
    nothing = []
    for i, span in chosen:
        touching = [s for s in ours[i] if s[0] < span[1] and span[0] < s[1]]
        same = any(s[:2] == span[:2] for s in touching)
        longer = any(s[0] <= span[0] and span[1] <= s[1] for s in touching)
        kinds["other type" if same else "longer" if longer else "shorter" if touching else "nothing"] += 1
        if not touching:
            nothing.append(texts[i][span[0] : span[1]])
    told = ", ".join(f"{kind} {n}" for kind, n in kinds.most_common())
    print(f"    {len(chosen)} of {len(missed)} misses: {told}; nothing over: {'; '.join(nothing)}")


MEN = frozenset("илья никита данила лука фома кузьма савва гаврила мустафа муртаза барака ежи".split())


def is_woman(name: str) -> bool:
    """By the ending of the last word and, where there are two, of the first."""
    parts = key(name)
    soft = all(p[-1:] in ("а", "я") for p in (parts[-1:] + parts[:-1][:1]))
    return soft and parts[0] not in MEN


def forms(annotator: Annotator) -> None:
    """Normal forms of persons on SlavicNER, where our span is the set's."""
    several = documents("slavic_train")
    table: dict[str, list[bool]] = defaultdict(list)
    for document in several:
        text = document["text"]
        wanted = {trimmed(text, s["start"], s["stop"]): s["norm"] for s in document["spans"] if s["type"] == "PER"}
        annotation = annotator.annotate([Release(id=document["doc"], text=text)])[0]
        for mention in (m for person in annotation.people for m in person.mentions):
            span = trimmed(text, mention.start, mention.stop)
            norm = wanted.get(span)
            if norm is None:
                continue
            good, still = key(mention.normal) == key(norm), key(text[slice(*span)]) == key(norm)
            table["all"].append(good)
            table["nominative" if still else "oblique"].append(good)
            if not still and is_woman(norm):
                table["women oblique"].append(good)
    if table:
        print("\nSlavicNER train, normal forms of persons")
    for row, found in table.items():
        print(f"  {row:16}{sum(found) / len(found):7.3f} of {len(found)}")


def gate() -> None:
    """The releases that no gate model has seen: with the tuned weights and with Natasha's original ones."""
    kept = [gold for gold in releases(labels_folder()) if gold.id in gate_ids(labels_folder())]
    models = shipped_models() / "gate"
    tables = [
        score(zip(kept, Annotator(models, ner=ner).annotate([gold.release for gold in kept]), strict=True))
        for ner in ("tuned", "natasha")
    ]
    print(f"gate, F1 on {len(kept)} releases    tuned  Natasha's weights, our rules")
    for row in (*(f"{what} {type_}" for type_ in GROUPS for what in ("mention", "name")), "gender"):
        print(f"  {row:26}{tables[0][row].f1:7.3f}{tables[1][row].f1:9.3f}")


def rules(engine: Engine) -> None:
    """Names and genders by the rules alone, where the spans are the labelled ones; the rules were written on these."""
    held = gate_ids(labels_folder())
    for title, golds in (
        ("whole releases outside the gate", [gold for gold in releases(labels_folder()) if gold.id not in held]),
        ("data/labels/names", list(named(labels_folder()))),
    ):
        table = score(zip(map(names_only, golds), by_rules(engine, golds), strict=True))
        figures = ", ".join(f"{row} {table[row].f1:.3f}" for row in (*(f"name {t}" for t in GROUPS), "gender"))
        print(f"\nrules on labelled spans, {title} ({len(golds)}): {figures}")


def names_only(gold: Gold) -> Gold:
    empty: dict[str, Any] = {"positions": [], "meetings": [], "topics": []}
    return replace(gold, fields={**gold.fields, **empty})


def by_rules(engine: Engine, golds: Sequence[Gold]) -> Iterator[Annotation]:
    for gold, doc in zip(golds, engine.parse([gold.release.text for gold in golds]), strict=True):
        spans = sorted(
            (start, stop, type_)
            for type_, group in zip(("PER", "ORG", "LOC"), LABELLED, strict=True)
            for found in gold.offsets[group].values()
            for start, stop in found
        )
        tokens, given = Tokens(doc), [Found(*span, "labelled") for span in spans]
        yield Annotation(
            id=gold.id,
            people=tuple(people.read(doc, tokens, given)),
            organisations=tuple(organisations.read(doc, tokens, given)),
            places=tuple(places.read(doc, tokens, given)),
        )


def grid() -> None:
    cells = judged()
    print(f"\ngrid of made sentences: {sum(map(len, cells.values()))} in {len(cells)} cells")
    for kind in sorted({cell[:3] for cell in cells}):
        shares = {cell[3]: sum(g for _, g in found) / len(found) for cell, found in cells.items() if cell[:3] == kind}
        print(f"  {' '.join(kind):22}" + "  ".join(f"{case} {share:.3f}" for case, share in shares.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lost", type=int, default=50, help="misses of ORG and LOC to sort on each public set")
    args = parser.parse_args()
    gate()
    grid()
    annotator, installed = Annotator(), Engine()
    rules(installed)
    for name in ("fre_dev", "nerel_dev"):
        public(annotator, installed, name, args.lost)
    forms(annotator)


if __name__ == "__main__":
    main()
