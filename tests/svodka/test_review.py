"""`svodka review topics`: what is asked, and what is written."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from nlp.topics import read_topics
from pipelines.training.labels import read_labels
from pipelines.training.topics import shipped_topics
from store import articles
from store.dataset import Dataset
from svodka.cli import cli
from svodka.commands.review import chosen
from tests.store import labelled

IDS = labelled.ids()[:6]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Dataset.open(tmp_path / "set", create=True) as dataset, dataset.transaction() as db:
        for id_ in IDS:
            articles.save(db, labelled.article(id_))
    return tmp_path / "set"


def run(folder: Path, *arguments: str, said: str = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["review", "topics", "--dir", str(folder), *arguments], input=said)
    return result.exit_code, result.stdout, result.stderr


def test_the_list_begins_with_the_greatest_doubt(folder: Path) -> None:
    code, out, _ = run(folder, "--list", "--limit", "4")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and len(rows) == 4
    doubts = [row["doubt"] for row in rows]
    assert doubts == sorted(doubts, reverse=True) and 0 < doubts[0] <= 1


def test_answers_become_labels_and_are_not_asked_again(folder: Path, tmp_path: Path) -> None:
    code, _, told = run(folder, said="5, culture\n-\n?\nq\n")
    assert code == 0 and "Записано ответов: 2" in told
    first, second = sorted(read_labels(folder / "labels"), key=lambda r: r.topics, reverse=True)
    assert first.topics == ("education", "culture")
    assert second.topics == ()
    _, out, _ = run(folder, "--list")
    left = {json.loads(line)["id"] for line in out.splitlines()}
    assert len(left) == len(IDS) - 2 and not left & {first.id, second.id}


def test_a_slip_of_the_pen_is_asked_again(folder: Path) -> None:
    _, _, told = run(folder, "--limit", "1", said="спротт\nsport\n")
    assert "нет темы «спротт»" in told and "Записано ответов: 1" in told


def test_end_of_input_loses_nothing(folder: Path) -> None:
    code, _, told = run(folder, said="sport\n")
    assert code == 0 and "Записано ответов: 1" in told
    assert [release.topics for release in read_labels(folder / "labels")] == [("sport",)]


def test_a_line_cut_short_is_kept_apart_and_asked_again(folder: Path) -> None:
    out = folder / "answers.jsonl"
    out.write_text('{"id": "cut', encoding="utf-8")
    run(folder, "--out", str(out), "--limit", "1", said="sport\n")
    assert json.loads(out.read_text(encoding="utf-8").splitlines()[1])["topics"] == ["sport"]


@pytest.mark.parametrize(
    ("said", "topics"), [("-", ()), ("1", ("municipal",)), ("sport 2,sport", ("sport", "regional"))]
)
def test_numbers_and_codes_keep_their_order(said: str, topics: tuple[str, ...]) -> None:
    assert chosen(said, read_topics(shipped_topics())) == topics


def test_a_number_too_large_is_no_topic() -> None:
    with pytest.raises(ValueError, match="нет темы «19»"):
        chosen("19", read_topics(shipped_topics()))
