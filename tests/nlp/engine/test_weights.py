import gzip
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from navec import Navec

from nlp.engine import Engine
from nlp.engine.marks import MARKS
from nlp.engine.weights import VECTORS, BadWeights, Pack, Vectors, natasha_file

NAMES = natasha_file("model/slovnet_ner_news_v1.tar")
TEXT = "Министр «Газпрома» Иван Петров прибыл в Москву и встретился с Анной Смирновой."


def repacked(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Natasha's net of names with changed files."""
    files = dict(Pack(NAMES).files)
    change(files)
    with tarfile.open(path, "w") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def spans(engine: Engine, text: str = TEXT) -> list[tuple[str, str]]:
    (doc,) = engine.parse([text])
    return [(text[span.start : span.stop], span.type) for span in doc.ner]


def test_vectors_are_navecs() -> None:
    path = natasha_file(VECTORS)
    navec, vectors = Navec.load(path), Vectors(path)
    ids = np.array([0, 5, 1_000, vectors.count - 1])
    assert vectors.count == len(navec.vocab.words)
    assert np.array_equal(vectors[ids], np.stack([navec.pq[i] for i in ids]))
    assert navec.vocab.words == Pack(NAMES).items("word")


def test_another_net_of_names_is_used(tmp_path: Path) -> None:
    def silence(files: dict[str, bytes]) -> None:
        bias = np.zeros(8, np.float32)
        bias[Pack(NAMES).items("tag").index("O")] = 1_000
        files["arrays/20.bin"] = bias.tobytes()

    path = repacked(tmp_path / "silent.tar", silence)
    assert spans(Engine(cache=tmp_path)) != []
    assert spans(Engine(path, cache=tmp_path)) == []


def marked(quoted: float) -> Callable[[dict[str, bytes]], None]:
    """The shape table as tuning makes it: a copy per mark; what is quoted is pushed away by `quoted`."""

    def change(files: dict[str, bytes]) -> None:
        shapes = gzip.decompress(files["vocabs/shape.gz"]).decode().splitlines()
        table = np.frombuffer(files["arrays/0.bin"], np.float32).reshape(len(shapes), -1)
        rows = np.concatenate([table + quoted * mark.endswith("+quoted") for mark in MARKS])
        files["arrays/0.bin"] = rows.astype(np.float32).tobytes()
        files["vocabs/shape.gz"] = gzip.compress("\n".join(s + mark for mark in MARKS for s in shapes).encode())
        model = json.loads(files["model.json"])
        model["emb"]["shape"]["weight"]["shape"] = list(rows.shape)
        files["model.json"] = json.dumps(model).encode()

    return change


def test_marked_shapes(tmp_path: Path) -> None:
    plain = spans(Engine(cache=tmp_path))
    assert spans(Engine(repacked(tmp_path / "same.tar", marked(0)), cache=tmp_path)) == plain
    assert spans(Engine(repacked(tmp_path / "other.tar", marked(5)), cache=tmp_path)) != plain


def test_another_vocabulary_is_refused(tmp_path: Path) -> None:
    def shorten(files: dict[str, bytes]) -> None:
        files["vocabs/word.gz"] = gzip.compress("одно\nслово".encode())

    path = repacked(tmp_path / "short.tar", shorten)
    with pytest.raises(BadWeights, match=r"short\.tar: its words are not those of"):
        Engine(path, cache=tmp_path)


def test_damaged_packs_are_named(tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.tar"
    nonsense.write_bytes(b"nonsense" * 200)
    with pytest.raises(BadWeights, match=r"nonsense\.tar: not a slovnet pack"):
        Pack(nonsense)
    with pytest.raises(BadWeights, match=r"future\.tar: protocol 2"):
        Pack(repacked(tmp_path / "future.tar", lambda files: files.update({"meta.json": b'{"protocol": 2}'})))
    cut = Pack(repacked(tmp_path / "cut.tar", lambda files: files.update({"arrays/21.bin": b"\0" * 8})))
    with pytest.raises(BadWeights, match=r"cut\.tar: head\.crf\.transitions"):
        cut["head.crf.transitions"]
    with pytest.raises(BadWeights, match="vocabulary rel"):
        cut.items("rel")
