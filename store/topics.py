"""Topic codes and their labels, from the topic files."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from nlp.topics.topic import read_topics


@cache
def labels(language: str = "ru") -> dict[str, str]:
    """Code → label, Russian or English, in the order of lists and menus."""
    return {
        topic.code: topic.en if language == "en" else topic.ru
        for topic in read_topics(Path(str(files("data"))) / "topics")
    }


def codes(text: str) -> list[str]:
    """The topics meant by a code or by the beginning of a word of the label: «культур» → culture."""
    wanted = text.casefold().replace("ё", "е")
    if wanted in labels():
        return [wanted]
    found = [code for code, label in labels().items() if begins(label.casefold().replace("ё", "е"), wanted)]
    return found or [text]


def begins(label: str, wanted: str) -> bool:
    return label.startswith(wanted) or f" {wanted}" in label
