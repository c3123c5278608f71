"""Names of events as a register carries them."""

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
