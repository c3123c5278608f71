"""Rows of blocks: words by number, bags that rows share, and a judge that weighs tables as it weighs rows."""

from dataclasses import replace

import numpy as np

from nlp.meetings.model import Judge, Trees
from nlp.meetings.rows import Bags, Table, Words

LEMMAS = ["министр", "провести", "встреча", "гость", "гость", "уехать"]
SENTENCES = [(0, 3), (3, 6)]
COLUMNS = {"at": 0, "far": 1, "s=встреча": 2, "s=гость": 3}


def stump(feature: int) -> Trees:
    """One question: whether the feature is above a half."""
    return Trees(
        feature=np.array([[feature, 0, 0]], dtype=np.int32),
        threshold=np.array([[0.5, np.inf, np.inf]], dtype=np.float32),
        left=np.array([[1, 1, 2]], dtype=np.int32),
        right=np.array([[2, 1, 2]], dtype=np.int32),
        value=np.array([[0.0, -1.0, 2.0]]),
        classes=np.array([0], dtype=np.int32),
        base=np.array([0.25]),
        depth=1,
    )


def judge() -> Judge:
    return Judge(
        classes=("0", "1"),
        columns=COLUMNS,
        weights=np.array([[0.5], [-0.25], [1.0], [-2.0]]),
        bias=np.array([0.1]),
        dense=np.array([0, -1, -1, 1], dtype=np.int32),
        trees=stump(1),
        share=0.4,
    )


def table(words: Words) -> Table:
    bags = Bags(words, LEMMAS, SENTENCES)
    rows = [({"at": 0, "far": 3.0},), ({"at": 2, "far": 0},)]
    held = [[bags.sentence("s=", 0), bags.sentence("s=", 1)], [bags.sentence("s=", 1), bags.sentence("s=", 1)]]
    return Table.of(rows, held, bags)


def test_words_that_no_judge_knows_have_no_number() -> None:
    words = Words(COLUMNS)
    assert words["s="].of(LEMMAS) == [3, 4, 4]
    assert words["s="]["министр"] == words["t="]["встреча"] == 0


def test_while_training_every_word_is_learnt() -> None:
    words = Words()
    assert words["s="].of(["гость", "министр", "гость"]) == [1, 2, 1]
    assert words.names[1:] == ["s=гость", "s=министр"]


def test_a_sentence_is_put_down_once() -> None:
    bags = Bags(Words(COLUMNS), LEMMAS, SENTENCES)
    assert bags.sentence("s=", 1) == bags.sentence("s=", 1) != bags.sentence("s=", 0)


def test_a_table_weighs_as_its_rows_written_out() -> None:
    words = Words(COLUMNS)
    written = [{"far": 3.0, "s=встреча": 1, "s=гость": 1}, {"at": 2, "s=гость": 1}]
    own = judge().bound(words)
    assert np.allclose(own.of_table(table(words)), own.probabilities(written))


def test_words_learnt_after_a_judge_was_trained_are_no_matter_to_it() -> None:
    words = Words()
    words["s="].of(["встреча"])
    own = judge().bound(words)
    later = own.of_table(table(words))
    assert np.allclose(later, own.probabilities([{"far": 3.0, "s=встреча": 1}, {"at": 2}]))


def test_some_rows_of_a_table_beside_further_numbers() -> None:
    words = Words(COLUMNS)
    second = table(words).only([1]).beside(("led",), np.array([[1.0]]))
    assert (second.names, second.numbers.tolist(), len(second)) == (("at", "far", "led"), [[2.0, 0.0, 1.0]], 1)


def test_a_table_without_rows_is_judged_to_nothing() -> None:
    words = Words(COLUMNS)
    assert judge().bound(words).of_table(Table.of([], [], Bags(words, LEMMAS, SENTENCES))).shape == (0, 2)
    assert judge().probabilities([]).shape == (0, 2)


def test_trees_add_the_leaf_that_a_row_reaches() -> None:
    raw = np.array([-0.75, 2.25])
    told = replace(judge(), trees=stump(0), share=0.0).probabilities([{}, {"at": 1.0}])
    assert np.allclose(told[:, 1], 1 / (1 + np.exp(-raw)))


def test_a_question_below_nought_is_answered_by_rows_that_hold_nothing() -> None:
    trees = replace(stump(0), threshold=np.array([[-0.5, np.inf, np.inf]], dtype=np.float32))
    told = replace(judge(), trees=trees, share=0.0).probabilities([{}, {"at": -1.0}])
    assert told[0, 1] > 0.5 > told[1, 1]


def test_blocks_that_rows_share_weigh_as_rows_written_out() -> None:
    own = judge()
    near, said = own.block({"far": 3.0, "unknown": 1}), own.block({"s=гость": 1})
    assert np.allclose(
        own.of_blocks([(near,), (near, said)]), own.probabilities([{"far": 3}, {"far": 3, "s=гость": 1}])
    )
