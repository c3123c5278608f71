"""Topic files: what the shipped ones hold, and what is said about a bad one."""

from importlib.resources import files
from pathlib import Path

import pytest

from nlp.topics import BadTopic, read_topics

SHIPPED = Path(str(files("data"))) / "topics"
GOOD = 'order = 1\nru = "Спорт"\nen = "Sport"\nbelongs = "…"\nnot = "…"\nphrases = ["турнир"]\nexamples = []\n'


def test_eighteen_topics_in_order() -> None:
    topics = read_topics(SHIPPED)
    assert [topic.code for topic in topics][:3] == ["municipal", "regional", "political"]
    assert len(topics) == 18
    assert [topic.order for topic in topics] == list(range(1, 19))


@pytest.mark.parametrize("topic", read_topics(SHIPPED), ids=lambda topic: topic.code)
def test_every_shipped_topic_is_complete(topic) -> None:  # type: ignore[no-untyped-def]
    assert topic.ru and topic.en and topic.belongs and topic.excludes
    assert len(topic.phrases) >= 20 and len(topic.examples) >= 2
    assert all(code.startswith("medtop:") and match in ("exact", "broad", "narrow") for code, _, match in topic.iptc)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("order = ", "sport.toml"),
        (GOOD.replace("order = 1", 'order = "1"'), "'order' must be int"),
        (GOOD.replace('en = "Sport"\n', ""), "'en' must be str"),
        (GOOD.replace('["турнир"]', '["турнир", ""]'), "'phrases'"),
        (GOOD + "iptc = [1]\n", "'iptc'"),
        (GOOD + 'colour = "red"\n', "unknown field 'colour'"),
    ],
)
def test_a_bad_file_is_named_with_its_field(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "sport.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadTopic, match=r"sport\.toml") as raised:
        read_topics(tmp_path)
    assert complaint in str(raised.value)


def test_a_topic_needs_no_iptc(tmp_path: Path) -> None:
    (tmp_path / "sport.toml").write_text(GOOD, encoding="utf-8")
    assert read_topics(tmp_path)[0].iptc == ()


def test_a_folder_without_topics_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadTopic, match="no topic files"):
        read_topics(tmp_path)
