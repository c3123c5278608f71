"""Natasha's NER net tuned on labelled releases: labels in, a pack of slovnet's layout out (`svodka train ner`)."""

import copy
import gzip
import io
import json
import logging
import random
import tarfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from razdel import tokenize

from nlp.engine.marks import MARKS, shapes
from nlp.engine.weights import natasha_file
from pipelines.gold import Gold, releases

log = logging.getLogger(__name__)

GROUPS = {"people": "PER", "organisations": "ORG", "places": "LOC"}
CHUNK = 150
"""Tokens after which a paragraph's end closes a training chunk."""

Row = tuple[str, int, int, str]
"""Word, its row in navec, its row in the shape table, its BIO tag."""


class TorchMissing(ImportError):
    """Training asked for where torch is not installed; reading texts never needs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    epochs: int = 20
    rate: float = 4e-3
    decay: float = 0.01
    dropout: float = 0.3
    batch: int = 16
    average: float = 0.9
    """Weight of the past in the moving average of the weights, which is what is kept."""
    unknown: float = 0.05
    """Share of words whose vector is hidden, so that the net learns to read shapes and neighbours."""
    swap: float = 0.0
    """Share of chunks in which names are exchanged for others of their kind and ending."""
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    documents: int
    tokens: int
    loss: tuple[float, ...] = field(repr=False)
    """Mean loss per token of each epoch."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A slovnet pack: arrays by the number that model.json gives them."""

    scheme: dict[str, Any]
    arrays: list[Any]
    words: dict[str, int]
    shapes: list[str]
    tags: list[str]
    raw: dict[str, bytes]

    @classmethod
    def read(cls, path: Path) -> "Pack":
        with tarfile.open(path) as tar:
            raw = {m.name: tar.extractfile(m).read() for m in tar.getmembers()}  # type: ignore[union-attr]
        scheme = json.loads(raw["model.json"])
        arrays = [
            np.frombuffer(raw[f"arrays/{w['array']}.bin"], w["dtype"]).reshape(w["shape"]) for w in weights(scheme)
        ]
        vocab = {n: gzip.decompress(raw[f"vocabs/{n}.gz"]).decode().splitlines() for n in ("word", "shape", "tag")}
        return cls(scheme, arrays, {w: i for i, w in enumerate(vocab["word"])}, vocab["shape"], vocab["tag"], raw)

    def write(self, path: Path) -> None:
        """The same arrays give the same bytes: no times, no owners."""
        raw = dict(self.raw)
        raw["meta.json"] = json.dumps({"id": "svodka_ner", "protocol": 1}, indent=2).encode()
        raw["model.json"] = json.dumps(self.scheme, indent=2).encode()
        raw["vocabs/shape.gz"] = gzip.compress("\n".join(self.shapes).encode(), mtime=0)
        raw |= {f"arrays/{i}.bin": a.astype("<f4").tobytes() for i, a in enumerate(self.arrays)}
        path.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as tar:
            for name, data in raw.items():
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))


def weights(scheme: Any) -> list[dict[str, Any]]:
    """The parts of model.json that stand for an array of the pack, in the order of their numbers."""
    if isinstance(scheme, dict):
        if isinstance(scheme.get("array"), int):
            return [scheme]
        scheme = list(scheme.values())
    found = [w for part in scheme for w in weights(part)] if isinstance(scheme, list) else []
    return sorted(found, key=lambda w: w["array"])


def marked(pack: Pack) -> Pack:
    """The pack with a row of the shape table for every mark; each begins as the plain shape's."""
    names = [shape + mark for mark in MARKS for shape in pack.shapes]
    table = np.concatenate([pack.arrays[0]] * len(MARKS))
    scheme = copy.deepcopy(pack.scheme)
    weights(scheme)[0]["shape"] = list(table.shape)
    return Pack(scheme, [table, *pack.arrays[1:]], pack.words, names, pack.tags, pack.raw)


def spans(gold: Gold) -> list[tuple[int, int, str]]:
    return sorted((a, b, GROUPS[g]) for g, named in gold.offsets.items() for all_ in named.values() for a, b in all_)


def tagged(gold: Gold) -> list[tuple[int, int, str, str]]:
    """Tokens of a release (start, stop, word) with BIO tags."""
    tokens = [(t.start, t.stop, t.text) for t in tokenize(gold.release.text)]
    tags = ["O"] * len(tokens)
    for start, stop, kind in spans(gold):
        inside = [i for i, t in enumerate(tokens) if t[0] < stop and start < t[1]]
        for order, i in enumerate(inside):
            tags[i] = ("I-" if order else "B-") + kind
    return [(*t, tag) for t, tag in zip(tokens, tags, strict=True)]


def chunks(gold: Gold, pack: Pack) -> list[list[Row]]:
    """Whole paragraphs, `CHUNK` tokens or a little more at a time."""
    tokens = tagged(gold)
    rows = encoded([t[2] for t in tokens], [t[3] for t in tokens], pack)
    out: list[list[Row]] = [[]]
    for i, row in enumerate(rows):
        gap = gold.release.text[tokens[i - 1][1] : tokens[i][0]] if i else ""
        if "\n" in gap and len(out[-1]) >= CHUNK and row[3][0] != "I":
            out.append([])
        out[-1].append(row)
    return out


def encoded(words: Sequence[str], tags: Sequence[str], pack: Pack) -> list[Row]:
    shape_ids = {s: i for i, s in enumerate(pack.shapes)}
    unknown = pack.words["<unk>"]
    return [
        (w, pack.words.get(w.lower(), unknown), shape_ids[s], t)
        for w, s, t in zip(words, shapes(words), tags, strict=True)
    ]


def runs(chunk: Sequence[Row]) -> Iterable[list[Row]]:
    """The chunk in pieces: each name whole, every other token alone."""
    i = 0
    while i < len(chunk):
        j = i + 1
        while chunk[i][3][0] == "B" and j < len(chunk) and chunk[j][3][0] == "I":
            j += 1
        yield list(chunk[i:j])
        i = j


def swapped(chunk: Sequence[Row], pool: dict[str, list[list[Row]]], chance: random.Random) -> list[Row]:
    """Half of the names exchanged for another of the same kind whose first word ends alike."""
    out: list[Row] = []
    for run in runs(chunk):
        if run[0][3][0] == "B" and chance.random() < 0.5:
            for _ in range(12):
                other = chance.choice(pool[run[0][3]])
                if other[0][0][-2:].lower() == run[0][0][-2:].lower():
                    run = other
                    break
        out += run
    return out


def train(
    labels: Path,
    out: Path,
    *,
    exclude: frozenset[str] = frozenset(),
    options: Options | None = None,
    report: Callable[[str], None] = log.info,
) -> Figures:
    """Writes `out/ner/ner.tar` from the first hand's releases (docs/decisions/0076-second-hand.md says why).

    The same labels and options give the same bytes on the same machine.

    Raises TorchMissing where torch cannot be imported.
    """
    documents = [g for g in releases(labels) if g.id not in exclude and not g.second]
    pack, figures = tune(documents, options or Options(), report)
    pack.write(out / "ner" / "ner.tar")
    return figures


def tune(documents: Sequence[Gold], options: Options, report: Callable[[str], None]) -> tuple[Pack, Figures]:
    try:
        import torch
    except ImportError as error:
        raise TorchMissing("обучение имён требует torch: pip install 'svodka[train]'") from error
    from pipelines.training.net import Net, navec_vectors

    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    torch.use_deterministic_algorithms(True)
    chance, noise = random.Random(options.seed), np.random.default_rng(options.seed)  # noqa: S311 - no secrets here
    pack = marked(Pack.read(natasha_file("model/slovnet_ner_news_v1.tar")))
    vectors = navec_vectors(natasha_file("emb/navec_news_v1_1B_250K_300d_100q.tar"))
    net = Net(pack.arrays, options.dropout)
    average = copy.deepcopy(net).eval()
    data = [chunk for g in documents for chunk in chunks(g, pack)]
    pool: dict[str, list[list[Row]]] = {}
    for run in (run for chunk in data for run in runs(chunk) if run[0][3][0] == "B"):
        pool.setdefault(run[0][3], []).append(run)
    tag_ids = {t: i for i, t in enumerate(pack.tags)}
    steps = options.epochs * (-(-len(data) // options.batch) + 1)
    optimizer = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=options.decay)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: min(1, (k + 1) / 20) * max(0.05, 1 - k / steps))
    losses = []
    for epoch in range(options.epochs):
        net.train()
        total = 0.0
        batches = batched(data, options.batch, chance)
        for batch in batches:
            batch = [swapped(c, pool, chance) if chance.random() < options.swap else c for c in batch]
            loss = net.loss(*collated(batch, vectors, tag_ids, options.unknown, pack.words["<unk>"], noise))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.follow(net, options.average)
            total += loss.item()
        losses.append(total / len(batches))
        report(f"эпоха {epoch + 1}/{options.epochs}: {losses[-1]:.4f}")
    tuned = Pack(pack.scheme, average.arrays(), pack.words, pack.shapes, pack.tags, pack.raw)
    return tuned, Figures(documents=len(documents), tokens=sum(map(len, data)), loss=tuple(losses))


def batched(data: list[list[Row]], size: int, chance: random.Random) -> list[list[list[Row]]]:
    """Chunks in a new order, those of like length together."""
    order = list(data)
    chance.shuffle(order)
    out = []
    for i in range(0, len(order), 4 * size):
        near = sorted(order[i : i + 4 * size], key=len)
        out += [near[k : k + size] for k in range(0, len(near), size)]
    chance.shuffle(out)
    return out


def collated(
    batch: Sequence[Sequence[Row]],
    vectors: Callable[[Any], Any],
    tag_ids: dict[str, int],
    hide: float,
    unknown: int,
    noise: np.random.Generator,
) -> tuple[Any, Any, Any, Any]:
    """Word vectors, shape rows, tags and the mask of real tokens, padded to the longest chunk."""
    height, width = len(batch), max(map(len, batch))
    words = np.zeros((height, width, 300), np.float32)
    shape, tags = np.zeros((height, width), np.int64), np.ones((height, width), np.int64)
    mask = np.zeros((height, width), np.float32)
    for k, chunk in enumerate(batch):
        rows, n = np.array([row[1] for row in chunk]), len(chunk)
        words[k, :n] = vectors(np.where(noise.random(n) < hide, unknown, rows))
        shape[k, :n] = [row[2] for row in chunk]
        tags[k, :n] = [tag_ids[row[3]] for row in chunk]
        mask[k, :n] = 1
    return words, shape, tags, mask
