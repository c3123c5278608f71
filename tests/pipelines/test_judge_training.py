"""What judges learn: whose labels a row is from, and how often a probability is right."""

import numpy as np

from nlp.meetings.rows import Bags, Table, Words
from pipelines.training.judge import SECOND, Sample, curve, fit


def table(*numbers: float) -> Table:
    bags = Bags(Words(), (), ())
    return Table.of([({"near": number},) for number in numbers], [[] for _ in numbers], bags)


def test_the_second_hand_has_a_column_of_its_own() -> None:
    sample = Sample.of_tables([table(1, 2), table(), table(3)], [False, False, True])
    numbers = sample.matrix.toarray()[:, [sample.names.index("near"), sample.names.index(SECOND)]]
    assert numbers.tolist() == [[1, 0], [2, 0], [3, 1]]


def test_reading_judges_as_the_first_hand_labels() -> None:
    rows = [{"event": 1.0, SECOND: float(second)} for second in (0, 1) for _ in range(50)]
    answers = [str(int(row[SECOND] == 1.0)) for row in rows]
    judge = fit(Sample.of_rows(rows), answers, frequent=5, share=0.5)
    by_first, by_second = judge.probabilities([{"event": 1.0}, {"event": 1.0, SECOND: 1.0}])[:, 1]
    assert by_first < 0.2 < 0.8 < by_second


def test_confidence_is_how_often_such_a_probability_was_right() -> None:
    chance = np.random.default_rng(0)
    raw = chance.uniform(0.02, 0.98, 20_000)
    right = (chance.uniform(size=raw.size) < raw**2).astype(float)
    points, told = curve(raw, right)
    assert (np.diff(told) >= 0).all()
    assert np.allclose(np.interp([0.3, 0.6, 0.9], points, told), [0.09, 0.36, 0.81], atol=0.05)
