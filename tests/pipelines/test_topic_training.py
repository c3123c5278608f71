"""Training from labels of one's own, on topics of one's own."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from nlp.annotate import Annotator
from nlp.annotation import Release
from nlp.engine import Engine
from nlp.topics import TopicModel
from pipelines.gold import BadLabels
from pipelines.training.topics import quality, train
from svodka.cli import cli

TOPIC = 'order = {}\nru = "{}"\nen = "{}"\nbelongs = "…"\nnot = "…"\nphrases = [{}]\nexamples = []\n'
SAID = {
    "bees": ("Пчеловоды {} привезли мёд и новые ульи", "На пасеке {} качали мёд, пчёлы гудели"),
    "boats": ("В порту {} спустили на воду лодку", "Капитан {} повёл парусную лодку к пристани"),
    None: ("В доме {} меняют трубы", "Магазин {} ищет продавца"),
}
PLACES = ("Мышкина", "Кинешмы", "Ревды", "Плёса", "Юхнова", "Вольска", "Тотьмы", "Елатьмы")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    for name in ("topics", "labels/topics"):
        (folder / name).mkdir(parents=True)
    (folder / "topics/bees.toml").write_text(TOPIC.format(1, "Пчёлы", "Bees", '"пасека", "пчёлы"'), encoding="utf-8")
    (folder / "topics/boats.toml").write_text(TOPIC.format(2, "Лодки", "Boats", '"парусная лодка"'), encoding="utf-8")
    lines = [
        {
            "id": f"{topic}-{n}-{place}",
            "source": "region",
            "published": "2024-05-01",
            "title": form.format(place),
            "text": form.format(place) + ".",
            "topics": [topic] if topic else [],
        }
        for topic, forms in SAID.items()
        for n, form in enumerate(forms)
        for place in PLACES
    ]
    rows = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "labels/topics/own.jsonl").write_text(rows, encoding="utf-8")
    return folder


def test_a_topic_set_of_ones_own_is_learnt_and_filed(own: Path, tmp_path: Path) -> None:
    found = train(own / "labels", tmp_path, topics=own / "topics")
    assert found.micro > 0.9
    model = TopicModel.load(tmp_path)
    assert model.topics == ("bees", "boats")
    title, text, idle = Engine().parse(
        ["На пасеке Углича", "Пчеловоды Углича качали мёд.", "В доме Углича меняют трубы."]
    )
    assert [score.topic for score in model.classify(title, text)] == ["bees"]
    assert model.classify(idle, idle) == ()
    assert "48 releases" in (tmp_path / "topics/README.md").read_text(encoding="utf-8")


def test_the_same_labels_make_the_same_bytes(own: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        train(own / "labels", tmp_path / name, topics=own / "topics")
    for name in ("model.json", "weights.npz", "README.md"):
        assert (tmp_path / "a/topics" / name).read_bytes() == (tmp_path / "b/topics" / name).read_bytes()


def test_excluded_releases_are_not_looked_at(own: Path, tmp_path: Path) -> None:
    boats = frozenset(f"boats-{n}-{place}" for n in (0, 1) for place in PLACES)
    train(own / "labels", tmp_path, exclude=boats, topics=own / "topics")
    assert "капитан" not in TopicModel.load(tmp_path).words


def test_a_label_without_a_topic_file_is_an_error(own: Path, tmp_path: Path) -> None:
    (tmp_path / "boats.toml").write_text((own / "topics/boats.toml").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(BadLabels, match=r"own.jsonl:\d+: field 'topics': unknown topic 'bees', known are boats"):
        train(own / "labels", tmp_path / "out", topics=tmp_path)


def test_quality_counts_topics_order_and_abstention() -> None:
    labels = [["a", "b"], ["a"], [], []]
    found = quality(labels, [["b", "a"], ["a"], [], ["a"]], ["a", "b"])
    assert found.micro == pytest.approx(2 * 3 / (4 + 3))
    assert found.first == pytest.approx(2 * 1 / (3 + 2))
    assert found.none == pytest.approx(2 * 1 / (1 + 2))


def trained(*options: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["train", "topics", *options])
    return result.exit_code, result.stderr


def test_releases_are_annotated_by_ones_own_topics_and_the_shipped_models_besides(own: Path, tmp_path: Path) -> None:
    paths = ("--topics", str(own / "topics"), "--labels", str(own / "labels"), "--out", str(tmp_path))
    assert trained(*paths) == (0, "")
    assert not (tmp_path / "gate").exists()  # these labels hold nothing out
    text = "Пчеловоды Углича качали мёд. Глава города Иван Крутов похвалил их."
    (read,) = Annotator(tmp_path).annotate([Release(id="a", title="На пасеке", text=text, published=None)])
    assert [score.topic for score in read.topics] == ["bees"]
    assert [person.name for person in read.people] == ["Иван Крутов"]


def test_topics_of_ones_own_need_labels_and_a_place_of_their_own(own: Path) -> None:
    code, said = trained("--topics", str(own / "topics"))
    assert code == 1 and "--labels" in said and "--out" in said


def test_a_bad_topic_file_is_told_with_its_field(own: Path, tmp_path: Path) -> None:
    (tmp_path / "bees.toml").write_text(TOPIC.replace("{}", "x", 1).format("Пчёлы", "Bees", ""), encoding="utf-8")
    code, said = trained("--topics", str(tmp_path), "--labels", str(own / "labels"), "--out", str(tmp_path / "out"))
    assert code == 1 and "bees.toml" in said
    right = TOPIC.format('"one"', "Пчёлы", "Bees", "")
    (tmp_path / "bees.toml").write_text(right, encoding="utf-8")
    code, said = trained("--topics", str(tmp_path), "--labels", str(own / "labels"), "--out", str(tmp_path / "out"))
    assert code == 1 and "field 'order' must be int" in said
