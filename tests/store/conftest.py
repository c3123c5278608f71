"""Datasets in temporary folders."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.dataset import Dataset


@pytest.fixture
def dataset(tmp_path: Path) -> Iterator[Dataset]:
    with Dataset.open(tmp_path / "data", create=True) as made:
        yield made
