"""A dataset with releases in it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.items import Article
from store import articles
from store.dataset import Dataset


@pytest.fixture
def dataset(tmp_path: Path) -> Iterator[Dataset]:
    with Dataset.open(tmp_path / "data", create=True) as made:
        yield made


Fill = Callable[[Sequence[str]], list[str]]


@pytest.fixture
def fill(dataset: Dataset) -> Fill:
    """Texts in, release ids out."""

    def filled(texts: Sequence[str]) -> list[str]:
        with dataset.transaction() as db:
            return [articles.save(db, article(number, text)).id for number, text in enumerate(texts)]

    return filled


def article(number: int, text: str, source: str = "agency") -> Article:
    return Article(
        source=source,
        url=f"https://{source}.example/news/{number}/",
        title=f"Сообщение {number}",
        body=text,
        published_at=datetime(2024, 4, 1 + number % 28, tzinfo=UTC),
        published_raw=None,
    )
