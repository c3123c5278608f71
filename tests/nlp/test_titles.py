"""Names of events as a register carries them."""

import pytest

from nlp.meetings.scene import Candidate
from nlp.meetings.titles import of_verb
from tests.nlp.test_meetings import scene


def verbal(text: str) -> str:
    laid = scene(text)
    found: Candidate = next(c for c in laid.candidates if c.verbal)
    return of_verb(laid, found.token)


def test_a_verb_s_noun_is_not_said_twice() -> None:
    assert verbal("[PER Анна Белова] прочитала лекцию о Волге.") == "лекция о Волге"


def test_a_verb_without_it_gives_its_noun() -> None:
    assert verbal("Стороны подписали соглашение.") == "подписание соглашения"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("В прениях приняли участие [PER Иван Петров] и [PER Анна Белова].", "прения"),
        ("В дискуссии по докладу участвовали [PER Иван Петров] и [PER Анна Белова].", "дискуссия по докладу"),
        ("[PER Иван Петров] принял участие в работе форума.", "форум"),
        ("Мэр [PER Иван Петров] принял посла.", "встреча мэра Ивана Петрова с послом"),
    ],
)
def test_who_takes_part_takes_part_in_what_the_noun_says(text: str, name: str) -> None:
    laid = scene(text)
    verb = next(t for t, pos in enumerate(laid.pos) if pos == "VERB")
    assert of_verb(laid, verb) == name
