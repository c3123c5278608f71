"""Decisions of a model small enough to be reckoned by hand, and of the shipped one."""

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from nlp.doc import Doc, Sentence, Token
from nlp.topics import BadTopicModel, TopicModel
from nlp.topics.model import Settings, parts

DATA = Path(str(files("data")))

# Columns: sport, culture; sport and culture as the main topic; any topic.
SMALL = TopicModel(
    topics=("sport", "culture"),
    words=("матч", "хор"),
    cues={"кубок": (0,), "гала концерт": (1,)},
    idf=np.ones(2, np.float32),
    weights=np.array([[9, -9, 0, 0, 9], [-9, 9, 0, 0, 9], [9, 0, 9, 0, 9], [0, 9, 0, 9, 9]], np.float32),
    bias=np.array([-3, -3, 0, 0, -3], np.float32),
    thresholds=np.array([0.5, 0.5], np.float32),
    nothing=0.3,
    something=0.9,
    settings=Settings(title=3, lead=2, cue=1, ordering=1),
)


def filed(title: str, text: str, model: TopicModel = SMALL) -> list[str]:
    return [score.topic for score in model.classify_lemmas(title.split(), text.split())]


def test_a_word_learnt_from_labels_decides() -> None:
    assert filed("", "матч") == ["sport"]


def test_a_telling_phrase_decides_without_labels() -> None:
    assert filed("", "гала концерт") == ["culture"]


def test_half_of_a_phrase_does_not() -> None:
    assert filed("", "гала ужин") == []


def test_a_text_of_unknown_words_is_filed_nowhere() -> None:
    assert filed("вакансия", "требоваться дворник") == []


def test_an_empty_text_is_filed_nowhere() -> None:
    assert filed("", "") == []


def test_the_topic_of_the_title_comes_first() -> None:
    assert filed("кубок", "гала концерт") == ["sport", "culture"]
    assert filed("гала концерт", "кубок") == ["culture", "sport"]


def test_doubt_whether_there_is_any_topic_silences_all_but_a_certain_one() -> None:
    doubting = replace(SMALL, bias=np.array([-3, -3, 0, 0, -20], np.float32))
    unsure = replace(doubting, bias=np.array([-8, -8, 0, 0, -20], np.float32))
    assert filed("", "матч", doubting) == ["sport"]
    assert filed("", "матч", unsure) == []


def test_the_likeliest_topic_is_given_where_only_their_sum_speaks() -> None:
    shy = replace(SMALL, thresholds=np.array([0.999, 0.999], np.float32))
    assert filed("", "матч", shy) == ["sport"]
    assert filed("", "матч", replace(shy, something=0.9999)) == []


def test_the_words_that_decided_are_told_heaviest_first() -> None:
    (score,) = SMALL.classify_lemmas(["матч"], ["кубок", "матч", "и", "хор"])
    assert score.topic == "sport"
    assert [word for word, _ in score.words] == ["матч", "кубок"]
    assert all(weight > 0 for _, weight in score.words)
    assert score.words[0][1] > score.words[1][1]


def test_the_lead_is_the_first_paragraph() -> None:
    text = "Хор пел.\n\nМатч"
    tokens = [
        Token(start, start + len(word), word, "X", {}, word.lower(), -1, "root", 0)
        for start, word in ((0, "Хор"), (4, "пел"), (7, "."), (10, "Матч"))
    ]
    release = parts(Doc(""), Doc(text, [Sentence(0, len(text), 0, 4)], tokens))
    assert list(release.lead) == ["хор", "пел", "."]
    assert list(release.body) == ["матч"]


def test_saved_and_loaded_it_answers_the_same_and_saves_the_same_bytes(tmp_path: Path) -> None:
    SMALL.save(tmp_path / "a")
    loaded = TopicModel.load(tmp_path / "a")
    assert loaded.classify_lemmas(["кубок"], ["хор"]) == SMALL.classify_lemmas(["кубок"], ["хор"])
    loaded.save(tmp_path / "b")
    for name in ("model.json", "weights.npz"):
        assert (tmp_path / "a/topics" / name).read_bytes() == (tmp_path / "b/topics" / name).read_bytes()


def test_a_missing_or_broken_model_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadTopicModel, match="svodka train topics"):
        TopicModel.load(tmp_path)
    SMALL.save(tmp_path)
    path = tmp_path / "topics/model.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    del about["settings"]
    path.write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(BadTopicModel, match="settings"):
        TopicModel.load(tmp_path)


@pytest.fixture(scope="module")
def shipped() -> TopicModel:
    return TopicModel.load(DATA / "models")


@pytest.mark.parametrize(
    ("title", "text", "first"),
    [
        ("чемпионат по самбо", "сборная перу и россия провести товарищеский матч , тренер довольный", "sport"),
        ("больница в лима принять российский хирург", "врач прооперировать десять пациент", "health"),
        ("мэр принять делегация город-побратим", "глава город и мэр подписать соглашение о побратимство", "municipal"),
        ("о консультация с перу", "заместитель министр иностранный дело обсудить повестка дня оон", "political"),
    ],
)
def test_the_shipped_model_files_plain_cases(shipped: TopicModel, title: str, text: str, first: str) -> None:
    words = text.split()
    scores = shipped.classify_lemmas(title.split(), words, lead=len(words))
    assert scores[0].topic == first
    assert scores[0].words


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("вакансия", "требоваться бухгалтер , опыт работа от два год , резюме присылать в отдел кадр"),
        ("отключение вода", "в связь с ремонт труба холодный вода не быть до вечер"),
    ],
)
def test_the_shipped_model_abstains(shipped: TopicModel, title: str, text: str) -> None:
    assert shipped.classify_lemmas(title.split(), text.split(), lead=99) == ()
