"""Who said which words."""

import pytest

from nlp import quotes
from tests.nlp.marked import marked


def said(text: str) -> list[tuple[str, str, str]]:
    m = marked(text)
    return [(q.rule, q.person, m.doc.text[slice(*q.span)]) for q in quotes.read(m.doc, m.people)]


FIRES = {
    "«Мост откроют к осени», — сообщил [PER Иван Петров].": ("words_then_speaker", "Мост откроют к осени"),
    "[PER Иван Петров] сказал: «Мост откроют к осени».": ("speaker_then_words", "Мост откроют к осени"),
    "— Мы приезжаем сюда седьмой год, — сказал [PER Иван Петров].": (
        "line_of_dialogue",
        "Мы приезжаем сюда седьмой год",
    ),
    "«Мост откроют к осени», — пошутил [PER Иван Петров].": ("words_then_speaker", "Мост откроют к осени"),
}


@pytest.mark.parametrize("text", FIRES)
def test_reads(text: str) -> None:
    rule, words = FIRES[text]
    assert said(text) == [(rule, "Иван Петров", words)]


@pytest.mark.parametrize(
    "text",
    [
        "Книгу «Мост через большую реку» написал [PER Иван Петров].",
        "«Мост откроют к осени», — сообщили [PER Иван Петров] и [PER Анна Сидорова].",
        "[PER Иван Петров] открыл выставку «Мост через большую реку».",
        "«Мост», — сказал [PER Иван Петров].",
        "— Мы приезжаем сюда седьмой год. [PER Иван Петров] остался дома.",
    ],
)
def test_does_not_read(text: str) -> None:
    assert said(text) == []
