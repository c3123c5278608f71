"""slovnet's own modules decide near ties; asked of everything, they agree with the kernels."""

import numpy as np
import pytest

from nlp.engine import Engine
from nlp.engine.nets import around
from nlp.engine.tokens import tokens_json

TEXT = "Министр Иван Петров прибыл в Москву. Он встретился с послом Беларуси, гостей принял мэр."


def test_doubt_everywhere_changes_nothing(engine: Engine, releases: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    texts = [TEXT, *releases[:2]]
    expected = [tokens_json(doc) for doc in engine.parse(texts)]

    def everywhere(doubt: np.ndarray, borders: np.ndarray) -> list[tuple[int, int]]:
        asked.append(len(borders))
        return around(np.ones_like(doubt), borders)

    monkeypatch.setattr("nlp.engine.nets.around", everywhere)
    assert [tokens_json(doc) for doc in engine.parse(texts)] == expected
    assert len(asked) == 2


def test_doubts_are_rare(engine: Engine, releases: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    monkeypatch.setattr("nlp.engine.nets.around", lambda *doubt: found.extend(around(*doubt)) or [])
    docs = engine.parse(releases[:120])
    assert len(found) < sum(len(doc.sentences) for doc in docs) / 100


def test_sequences_around_a_doubt() -> None:
    borders = np.array([0, 3, 3, 7, 9])
    assert around(np.array([0, 0, 1, 1, 0, 1, 0, 0, 0], np.uint8), borders) == [(0, 3), (3, 7)]
    assert around(np.zeros(9, np.uint8), borders) == []
