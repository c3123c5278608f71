"""The stages in order, with the real models, over pages stored by hand."""

from pathlib import Path

import pytest

from pipelines.read import import_file
from pipelines.run import alone, run
from store.dataset import Dataset
from store.faults import DatasetFault

RELEASE = """Рабочая встреча в Перми

16 апреля 2024 года мэр Перми Анна Ильина встретилась с генеральным консулом Сербии Драганом Станковичем.
Стороны обсудили школьные обмены и фестиваль. «Мы ждём гостей осенью», — сказала Ильина.
"""


def test_the_whole_way_and_once_more(tmp_path: Path) -> None:
    path = tmp_path / "релиз.txt"
    path.write_text(RELEASE, encoding="utf-8")
    folder = tmp_path / "data"
    with Dataset.open(folder, create=True) as dataset:
        import_file(dataset, path)
    first = run(folder, (), visit=False)
    assert (first.annotated.done, first.annotated.failed) == (1, 0)
    with Dataset.open(folder) as dataset:
        before = list(dataset.db.iterdump())
        names = {row.name for row in dataset.people().rows}
        assert names == {"Анна Ильина", "Драган Станкович"}
        assert dataset.search("генеральному консулу").total == 1
    second = run(folder, (), visit=False)
    assert (second.annotated.done, second.resolved.appearances) == (0, 0)
    with Dataset.open(folder) as dataset:
        assert list(dataset.db.iterdump()) == before


def test_one_run_of_a_dataset_at_a_time(tmp_path: Path) -> None:
    Dataset.open(tmp_path, create=True).close()
    with alone(tmp_path), pytest.raises(DatasetFault, match="уже работает другой процесс"):
        run(tmp_path, (), visit=False)
