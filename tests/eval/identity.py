"""People grouped across releases, scored by B³ on SlavicNER's hand-made entity ids; for evaluation only.

    python -m tests.eval.identity ../shared/eval/gold/slavic_train.jsonl.gz [--pickle FILE] [--errors 20]

Documents go through the annotator, the dataset and `svodka resolve`; a mention is judged where the system found one
that overlaps the set's. SlavicNER's topics are read as one dataset, as a monitoring archive would be.
"""

import argparse
import gzip
import json
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crawler.items import Article
from nlp.annotation import Annotation, Release
from pipelines.resolve import resolve
from store import annotations, articles, lemmas
from store.dataset import Dataset
from store.lemmas import Indexed

Key = tuple[str, int]
"""Document and start of the mention."""


def documents(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def annotated(documents_: Iterable[Mapping[str, Any]]) -> Iterator[Annotation]:
    from nlp.annotate import Annotator

    annotator = Annotator()
    for document in documents_:
        yield annotator.annotate([Release(id=document["doc"], text=document["text"])])[0]


def fill(dataset: Dataset, documents_: Iterable[Mapping[str, Any]], found: Iterable[Annotation]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    empty = lemmas.pieces(())
    indexed = Indexed(title=empty, text=empty, names=empty)
    with dataset.transaction() as db:
        for document, annotation in zip(documents_, found, strict=True):
            article = Article(
                source=document["doc"].split("/")[0],
                url=f"https://set.example/{document['doc']}",
                title=document["doc"],
                body=document["text"],
                published_at=None,
                published_raw=None,
            )
            saved = articles.save(db, article)
            n = db.execute("SELECT n FROM release WHERE id = ?", (saved.id,)).fetchone()[0]
            annotations.write(db, n, article.body, annotation, indexed)
            numbers[document["doc"]] = n
    return numbers


def groups(dataset: Dataset, numbers: Mapping[str, int]) -> dict[str, list[tuple[int, int, str]]]:
    """Document → (start, stop, entity) of the persons found."""
    names = {n: doc for doc, n in numbers.items()}
    out: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    rows = dataset.db.execute(
        "SELECT m.release, m.start, m.stop, a.entity FROM mention m JOIN appearance a ON a.n = m.appearance"
        " WHERE a.kind = 'person'"
    )
    for release, start, stop, entity in rows:
        out[names[release]].append((start, stop, entity))
    return out


def aligned(
    documents_: Iterable[Mapping[str, Any]], found: Mapping[str, list[tuple[int, int, str]]]
) -> tuple[dict[Key, str], dict[Key, str], dict[Key, str]]:
    """Gold and system group of every mention that both have, and its words."""
    gold: dict[Key, str] = {}
    system: dict[Key, str] = {}
    words: dict[Key, str] = {}
    for document in documents_:
        for span in document["spans"]:
            if span["type"] != "PER" or not span["entity"].startswith("PER-"):
                continue
            entity = next(
                (
                    e
                    for start, stop, e in found.get(document["doc"], ())
                    if start < span["stop"] and span["start"] < stop
                ),
                None,
            )
            if entity is not None:
                key = (document["doc"], span["start"])
                gold[key], system[key], words[key] = span["entity"], entity, span["text"]
    return gold, system, words


def b_cubed(gold: Mapping[Key, str], system: Mapping[Key, str]) -> tuple[float, float, float]:
    """Precision, recall, F1 over mentions."""
    both = Counter((gold[key], system[key]) for key in gold)
    golds, systems = Counter(gold.values()), Counter(system.values())
    precision = sum(n * n / systems[s] for (_, s), n in both.items()) / len(gold)
    recall = sum(n * n / golds[g] for (g, _), n in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def errors(gold: Mapping[Key, str], system: Mapping[Key, str], words: Mapping[Key, str], most: int) -> Iterator[str]:
    """The groups that cost most, split ones and mixed ones."""
    for title, outer, inner in (("разделено", gold, system), ("слито", system, gold)):
        members: dict[str, list[Key]] = defaultdict(list)
        for key, group in outer.items():
            members[group].append(key)
        loss = {
            group: len(keys) - sum(n * n for n in Counter(inner[k] for k in keys).values()) / len(keys)
            for group, keys in members.items()
        }
        for group in sorted(loss, key=lambda g: -loss[g])[:most]:
            parts: dict[str, Counter[str]] = defaultdict(Counter)
            for key in members[group]:
                parts[inner[key]][words[key]] += 1
            told = " | ".join(
                f"{sum(c.values())}: " + ", ".join(w for w, _ in c.most_common(3))
                for c in sorted(parts.values(), key=lambda c: -sum(c.values()))[:6]
            )
            yield f"{title} {loss[group]:.1f}  {group}: {told}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--pickle", type=Path, help="annotations of an earlier run, kept there when absent")
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    several = documents(args.path)
    if args.pickle and args.pickle.exists():
        found = pickle.loads(args.pickle.read_bytes())  # noqa: S301 our own file of an earlier run
    else:
        found = list(annotated(several))
        if args.pickle:
            args.pickle.write_bytes(pickle.dumps(found))
    with TemporaryDirectory() as folder, Dataset.open(Path(folder) / "set", create=True) as dataset:
        numbers = fill(dataset, several, found)
        resolve(dataset)
        gold, system, words = aligned(several, groups(dataset, numbers))
    precision, recall, f1 = b_cubed(gold, system)
    every = sum(s["type"] == "PER" and s["entity"].startswith("PER-") for d in several for s in d["spans"])
    print(f"mentions {len(gold)} of {every}, B³ precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")
    for line in errors(gold, system, words, args.errors):
        print(line)


if __name__ == "__main__":
    main()
