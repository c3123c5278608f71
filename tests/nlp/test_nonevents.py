"""Words that look like events and tell of none; each rule with a sentence that fires and a near miss."""

import pytest

from nlp.annotation import Release
from nlp.meetings.nonevents import in_a_title, only_wished, said_again
from nlp.meetings.scene import Scene
from tests.nlp.marked import engine, marked


def verdict(text: str, rule: object, word: str) -> bool:
    plain = marked(text)
    title = engine().parse([""])[0]
    scene = Scene(
        Release(id="x", text=plain.doc.text), plain.doc, title, plain.people, plain.organisations, plain.places
    )
    (candidate,) = [c for c in scene.candidates if c.lemma == word]
    return bool(rule(scene, candidate))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Есть запрос на подписание соглашения между городами.", True),
        ("Стороны обсудили возможность встречи глав городов.", True),
        ("Вчера состоялось подписание соглашения между городами.", False),
        ("На встрече глав городов обсудили дороги.", False),
    ],
)
def test_a_wish_is_no_event(text: str, expected: bool) -> None:
    assert verdict(text, only_wished, "подписание" if "подписани" in text else "встреча") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Города участвуют в проекте "Неделя местной демократии" второй год.', True),
        ("Автор книги «Неделя в горах» живёт в Томске.", True),
        ("В Томске прошла «Неделя местной демократии».", False),
        ("Проект «Мосты» завершила неделя лекций.", False),
    ],
)
def test_a_word_in_a_projects_title_is_no_event(text: str, expected: bool) -> None:
    assert verdict(text, in_a_title, "неделя") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мэр выступил на онлайн-встрече с послами. В онлайн-конференции приняли участие ректоры.", True),
        ("Мэр выступил на онлайн-встрече с послами. Потом прошла большая онлайн-конференция.", False),
        ("Мэр выступил на встрече с послами. В онлайн-конференции приняли участие ректоры.", False),
    ],
)
def test_a_bare_online_event_is_the_one_told_of_before(text: str, expected: bool) -> None:
    assert verdict(text, said_again, "онлайн-конференция") is expected
