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
import os
import tarfile
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from gzip import decompress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from weakref import finalize

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
        return self.text(vocabulary).splitlines()

    def text(self, vocabulary: str) -> str:
        try:
            return decompress(self.files[f"vocabs/{vocabulary}.gz"]).decode()
        except (KeyError, EOFError, OSError, ValueError) as error:
            raise BadWeights(f"{self.path}: vocabulary {vocabulary}: {error!r}") from error

    def same_words(self, other: "Pack") -> bool:
        name = "vocabs/word.gz"
        return self.files.get(name) == other.files.get(name) or self.text("word") == other.text("word")


class Words:
    """Numbers of the words of a vocabulary, found by their hashes: as a dict 250,000 words would take 40 MiB."""

    def __init__(self, pack: Pack) -> None:
        words = pack.items("word")
        hashes = np.fromiter(map(hash, words), np.int64, len(words))
        order = hashes.argsort()
        self.hashes = array("q", hashes[order].tobytes())
        self.numbers = array("i", order.astype(np.int32).tobytes())
        self.letters = "\n".join(["", *words, ""]).encode()
        breaks = np.flatnonzero(np.frombuffer(self.letters, np.uint8) == ord("\n"))
        self.begins = array("i", breaks.astype(np.int32).tobytes())

    def get(self, word: str, default: int) -> int:
        hashed = hash(word)
        for place in range(bisect_left(self.hashes, hashed), len(self.hashes)):
            if self.hashes[place] != hashed:
                break
            number = self.numbers[place]
            if self.letters[self.begins[number] + 1 : self.begins[number + 1]] == word.encode("utf-8", "surrogatepass"):
                return number
        return default


class Vectors:
    """navec's quantised vectors, read from the file as they are asked for: few of the 25 MiB ever are."""

    def __init__(self, path: Path) -> None:
        with tarfile.open(path) as tar:
            member = tar.getmember("pq.bin")
            meta = tar.extractfile("meta.json")
            self.id = json.load(meta)["id"] if meta else ""
        self.path, self.file = path, os.open(path, os.O_RDONLY)
        finalize(self, os.close, self.file)
        count, dim, qdim, centroids = np.frombuffer(self.read(member.offset_data, 16), np.uint32).tolist()
        self.count, self.dim, self.qdim, self.begin = count, dim, qdim, member.offset_data + 16
        size = 4 * qdim * centroids * (dim // qdim)
        codes = np.frombuffer(self.read(self.begin + count * qdim, size), np.float32)
        self.codes: Floats = codes.reshape(qdim, centroids, dim // qdim)
        self.parts = np.arange(qdim)

    def read(self, place: int, size: int) -> bytes:
        return os.pread(self.file, size, place)

    @property
    def indexes(self) -> NDArray[np.uint8]:
        """All of them, mapped from the file."""
        return np.memmap(self.path, np.uint8, "r", self.begin, (self.count, self.qdim))

    def __getitem__(self, ids: NDArray[np.int64]) -> Floats:
        """Vectors of the words with these ids, one row each."""
        places = (ids * self.qdim + self.begin).tolist()
        indexes = np.frombuffer(b"".join([self.read(place, self.qdim) for place in places]), np.uint8)
        return self.codes[self.parts, indexes.reshape(len(ids), self.qdim)].reshape(len(ids), self.dim)


def identifiers(words: Sequence[str]) -> dict[str, int]:
    return dict(zip(words, range(len(words)), strict=True))
