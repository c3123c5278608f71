"""Bodies that hold an event or stand for its sides, and bodies that are only named there."""

from tests.nlp.test_meetings import read


def test_who_organised_an_event_and_not_who_employs_its_speaker() -> None:
    (meeting,) = read(
        "В понедельник в [LOC Перми|Пермь] прошёл семинар для учителей русского языка. Его организовали"
        " [ORG Русский дом в Белграде] и [ORG Пермский университет]. С докладом выступил [PER Пётр Громов],"
        " учитель [ORG гимназии № 4|гимназия № 4]."
    )
    assert set(meeting.organisations) == {"Русский дом в Белграде", "Пермский университет"}


def test_the_sides_of_talks() -> None:
    (meeting,) = read(
        "В четверг в [LOC Москве|Москва] состоялись переговоры между [ORG МИД России] и"
        " [ORG МИД Сербии]. Их провели [PER Анна Белова] и [PER Милан Петрович]."
    )
    assert meeting.organisations == ("МИД России", "МИД Сербии")
