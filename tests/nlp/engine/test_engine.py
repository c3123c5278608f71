"""What the engine promises beside natasha's answers: the same answer however it is asked, within bounds."""

import pytest

from nlp.engine import Engine
from nlp.engine.encoder import Table
from nlp.engine.tokens import tokens_json

TEXT = "Министр Иван Петров встретился с послом Республики Беларусь в Москве. Стороны обсудили торговлю."


@pytest.mark.parametrize("text", ["", " ", "\n\t\u00a0\n"])
def test_nothing_to_read(engine: Engine, text: str) -> None:
    (doc,) = engine.parse([text])
    assert (doc.text, list(doc.sentences), list(doc.tokens), list(doc.ner)) == (text, [], [], [])
    assert engine.parse([]) == []


def test_the_other_texts_do_not_matter(engine: Engine, releases: list[str]) -> None:
    texts = ["", *releases[:40], " ", "Да.", *releases[40:60]]
    together = [tokens_json(doc) for doc in engine.parse(texts)]
    alone = [tokens_json(engine.parse([text])[0]) for text in texts]
    assert together == alone


def test_a_table_that_forgets_gives_the_same_answers(
    engine: Engine, releases: list[str], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.engine.encoder.ROWS", 300)
    monkeypatch.setattr("nlp.engine.nets.SEGMENT", 200)
    monkeypatch.setattr("nlp.engine.nets.BLOCK", 64)
    monkeypatch.setattr("nlp.engine.SPELLINGS", 500)
    forgetful = Engine(cache=tmp_path_factory.mktemp("lemmas"))
    texts = releases[:25]
    for text in texts:
        expected, doc = engine.parse([text])[0], forgetful.parse([text])[0]
        assert tokens_json(doc) == tokens_json(expected)
    assert len(forgetful.nets.table.row) == 300


def test_the_longest_unused_words_give_way(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    monkeypatch.setattr("nlp.engine.encoder.ROWS", 3)
    packs_table = engine.nets.table
    table = object.__new__(Table)
    table.__dict__.update(packs_table.__dict__)
    table.values = np.zeros((3, *packs_table.values.shape[1:]), np.float32)
    table.row, table.words, table.used, table.turn = {}, np.full(3, -1), np.zeros(3, np.int64), 0
    table.rows(np.array([10, 11]))
    table.rows(np.array([11, 12, 11]))
    first = table.values[table.rows(np.array([11]))].copy()
    table.rows(np.array([13]))
    assert table.row.keys() == {11, 12, 13}
    assert np.array_equal(table.values[table.rows(np.array([11]))], first)


def test_one_endless_sentence(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Heads of long sentences are multiplied out piece by piece; the answers are those of the loop."""
    text = " и ".join(["министр Иван Петров встретился с послом Республики Беларусь в Москве"] * 90)
    monkeypatch.setattr("nlp.engine.nets.LONG_SENTENCE", 10_000)
    (by_loop,) = engine.parse([text])
    monkeypatch.setattr("nlp.engine.nets.LONG_SENTENCE", 512)
    monkeypatch.setattr("nlp.engine.nets.SCORES", 50_000)
    (by_matrices,) = engine.parse([text])
    assert len(by_loop.sentences) == 1
    assert len(by_loop.words) > 900
    assert tokens_json(by_matrices) == tokens_json(by_loop)


def test_tokens_are_made_when_asked_for(engine: Engine) -> None:
    (doc,) = engine.parse([TEXT])
    assert "tokens" not in vars(doc)
    token = doc.tokens[1]
    assert (token.text, token.pos, token.lemma, token.head, token.rel, token.sentence) == (
        "Иван", "PROPN", "иван", 0, "appos", 0,
    )  # fmt: skip
    assert (doc.text[token.start : token.stop], doc.words[1], doc.lemmas[1]) == ("Иван", "Иван", "иван")
    assert doc.feats[1] is token.feats


def test_normal_forms(engine: Engine) -> None:
    text = "Посол Республики Беларусь встретился с Анной Петровой-Водкиной из Министерства энергетики США."
    (doc,) = engine.parse([text])
    assert [(doc.text[span.start : span.stop], doc.normal(span)) for span in doc.ner] == [
        ("Республики Беларусь", "Республика Беларусь"),
        ("Анной Петровой-Водкиной", "Анна Петрова-Водкина"),
        ("Министерства энергетики", "Министерство энергетики"),
        ("США", "США"),
    ]
