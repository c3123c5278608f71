"""Training of the names model: what goes in and out of it; the net itself needs torch, which tests do without."""

import random
import sys
from pathlib import Path

import numpy as np
import pytest

from nlp.engine.marks import MARKS
from nlp.engine.weights import natasha_file
from pipelines.gold import labels_folder, releases
from pipelines.training.ner import Options, Pack, TorchMissing, chunks, marked, runs, swapped, tagged, tune


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Pack.read(natasha_file("model/slovnet_ner_news_v1.tar"))


def test_a_pack_is_written_as_it_was_read_and_always_with_the_same_bytes(pack: Pack, tmp_path: Path) -> None:
    pack.write(tmp_path / "a" / "ner.tar")
    pack.write(tmp_path / "b" / "ner.tar")
    assert (tmp_path / "a" / "ner.tar").read_bytes() == (tmp_path / "b" / "ner.tar").read_bytes()
    again = Pack.read(tmp_path / "a" / "ner.tar")
    assert again.tags == pack.tags
    assert all(np.array_equal(x, y) for x, y in zip(again.arrays, pack.arrays, strict=True))


def test_marks_add_rows_that_begin_as_the_plain_shapes(pack: Pack) -> None:
    wide = marked(pack)
    assert len(wide.shapes) == len(pack.shapes) * len(MARKS) == len(wide.arrays[0])
    assert "RU_Xx+given+quoted" in wide.shapes
    row = wide.arrays[0][wide.shapes.index("RU_Xx+given")]
    assert np.array_equal(row, pack.arrays[0][pack.shapes.index("RU_Xx")])


def test_every_labelled_name_is_tagged(pack: Pack) -> None:
    gold = next(releases(labels_folder()))
    tags = [tag for *_, tag in tagged(gold)]
    names = sum(len(spans) for group in gold.offsets.values() for spans in group.values())
    assert sum(tag.startswith("B-") for tag in tags) == names
    rows = [row for chunk in chunks(gold, marked(pack)) for row in chunk]
    assert [row[3] for row in rows] == tags


def test_names_are_exchanged_for_names_of_their_kind() -> None:
    chunk = [("Иван", 1, 1, "B-PER"), ("Лесной", 2, 1, "I-PER"), ("уехал", 3, 2, "O")]
    other = [("Роман", 4, 1, "B-PER")]
    assert [len(run) for run in runs(chunk)] == [2, 1]
    got = {len(swapped(chunk, {"B-PER": [other]}, random.Random(seed))) for seed in range(8)}
    assert got == {2, 3}


def test_without_torch_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(TorchMissing, match=r"svodka\[train\]"):
        tune([], Options(), print)
