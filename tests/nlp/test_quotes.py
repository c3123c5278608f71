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
    "«Мост откроют к осени, — ответил [PER Иван Петров]. — Да»": ("speaker_between", "Мост откроют к осени"),
    "[PER Иван Петров] сообщил, что мост откроют к осени.": ("reported", "мост откроют к осени"),
    "Мэр [PER Иван Петров] сообщил, что мост откроют к осени, и назвал срок.": ("reported", "мост откроют к осени"),
    "По словам [PER Ивана Петрова|Иван Петров], мост откроют к осени.": ("by_their_words", "мост откроют к осени"),
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
        "[PER Иван Петров] не сообщил, что мост откроют к осени.",
        "[PER Иван Петров] и [PER Анна Сидорова] сообщили, что мост откроют к осени.",
        "[PER Иван Петров] рад, что мост откроют к осени.",
        "По словам [PER Ивана Петрова|Иван Петров] и его коллег, мост откроют к осени.",
        "По словам [PER Ивана Петрова|Иван Петров], которого ждали, мост откроют к осени.",
        "«Мост откроют к осени, — ответили [PER Иван Петров] и [PER Анна Сидорова]. — Да»",
    ],
)
def test_does_not_read(text: str) -> None:
    assert said(text) == []


def test_both_halves_of_an_interrupted_quotation() -> None:
    text = "«Мост откроют к осени, — отметил [PER Иван Петров]. — А дорогу чуть позже»."
    assert [words for _, _, words in said(text)] == ["Мост откроют к осени", "А дорогу чуть позже"]


def test_reported_speech_is_marked_as_such() -> None:
    m = marked("[PER Иван Петров] сообщил, что мост откроют к осени. «Дорогу чуть позже», — добавил [PER Иван Петров].")
    assert [q.indirect for q in quotes.read(m.doc, m.people)] == [True, False]
