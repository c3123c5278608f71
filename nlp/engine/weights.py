"""Reads the weight files of Natasha's nets (slovnet's tar packs) and her word vectors (navec's), without importing her.

A pack is a tar of `meta.json` ({"id", "protocol": 1}), `model.json` (the tree of modules; every leaf {"shape", "dtype",
"array": n}), `arrays/n.bin` (the bytes of a leaf) and `vocabs/{word,shape,tag,rel}.gz` (one item per line). A tuned net
is stored the same way (slovnet's DumpPack writes it) and runs the same way, as long as its words are navec's:

* its shape vocabulary may be longer than Natasha's, the table `emb.shape` then has as many rows: see
  `nlp.engine.marks`;
* the widths of the layers are free; the window of every convolution is 3.

Nothing in a pack is executed.
"""

import json
import tarfile
from collections.abc import Sequence
from gzip import decompress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

PROTOCOL = 1
VECTORS = "emb/navec_news_v1_1B_250K_300d_100q.tar"


class BadWeights(ValueError):
    """A weight file that is damaged or of another architecture; the message names the file and what is wrong."""


def natasha_file(name: str) -> Path:
    """A file of the installed natasha distribution, found without importing it."""
    spec = find_spec("natasha")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the natasha distribution is not installed: pip install natasha")
    return Path(spec.submodule_search_locations[0]) / "data" / name


class Pack:
    """One net: `pack["encoder.layers.0.conv.weight"]` is an array, `pack.items("tag")` a vocabulary."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with tarfile.open(path) as tar:
                self.files = {m.name: content.read() for m in tar if (content := tar.extractfile(m)) is not None}
            self.model: dict[str, Any] = json.loads(self.files["model.json"])
            protocol = json.loads(self.files["meta.json"])["protocol"]
        except (tarfile.TarError, KeyError, TypeError, ValueError) as error:
            raise BadWeights(f"{path}: not a slovnet pack ({error})") from error
        if protocol != PROTOCOL:
            raise BadWeights(f"{path}: protocol {protocol}, expected {PROTOCOL}")

    def __getitem__(self, name: str) -> Floats:
        node: Any = self.model
        try:
            for key in name.split("."):
                node = node[int(key) if key.isdigit() else key]
            flat = np.frombuffer(self.files[f"arrays/{node['array']}.bin"], node["dtype"])
            return flat.reshape(node["shape"]).astype(np.float32)
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise BadWeights(f"{self.path}: {name}: {error!r}") from error

    @property
    def layers(self) -> int:
        return len(self.model["encoder"]["layers"])

    def items(self, vocabulary: str) -> list[str]:
        try:
            return decompress(self.files[f"vocabs/{vocabulary}.gz"]).decode().splitlines()
        except (KeyError, EOFError, OSError, ValueError) as error:
            raise BadWeights(f"{self.path}: vocabulary {vocabulary}: {error!r}") from error

    def same_words(self, other: "Pack") -> bool:
        name = "vocabs/word.gz"
        return self.files.get(name) == other.files.get(name) or self.items("word") == other.items("word")


class Vectors:
    """navec's quantised vectors, mapped from the file: processes share the memory."""

    def __init__(self, path: Path) -> None:
        with tarfile.open(path) as tar:
            member = tar.getmember("pq.bin")
            meta = tar.extractfile("meta.json")
            self.id = json.load(meta)["id"] if meta else ""
        count, dim, qdim, centroids = np.memmap(path, np.uint32, "r", member.offset_data, 4).tolist()
        self.count, self.dim = count, dim
        begin = member.offset_data + 16
        self.indexes = np.memmap(path, np.uint8, "r", begin, (count, qdim))
        codes = np.fromfile(path, np.float32, qdim * centroids * (dim // qdim), offset=begin + count * qdim)
        self.codes: Floats = codes.reshape(qdim, centroids, dim // qdim)
        self.parts = np.arange(qdim)

    def __getitem__(self, ids: NDArray[np.int64]) -> Floats:
        """Vectors of the words with these ids, one row each."""
        return self.codes[self.parts, self.indexes[ids]].reshape(len(ids), self.dim)


def identifiers(words: Sequence[str]) -> dict[str, int]:
    return dict(zip(words, range(len(words)), strict=True))
