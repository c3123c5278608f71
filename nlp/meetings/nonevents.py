"""Words that look like events and bring in none: what is only asked for, part of a project's title, or said before."""

import re

from nlp.meetings.scene import Candidate, Scene

WISHES = frozenset(
    """запрос предложение возможность необходимость готовность намерение идея просьба потребность желание
    инициатива""".split()
)
TITLED = re.compile(
    r"\b(?:проект|программ|инициатив|закон|книг|фильм|журнал|рубрик|сборник|грант|движени|цикл|сери|приложени|альбом)[а-яё]*\s*$",
    re.IGNORECASE,
)


def only_wished(scene: Scene, c: Candidate) -> bool:
    """«есть запрос на подписание соглашения»: a wish or an offer, not an event."""
    head = scene.heads[c.token]
    return not c.verbal and head >= 0 and scene.rels[c.token] == "nmod" and scene.lemmas[head] in WISHES


def in_a_title(scene: Scene, c: Candidate) -> bool:
    """«в проекте "Неделя местной демократии"»: a word inside the title of a project, a book or a law."""
    sentence = scene.sentences[c.sentence]
    before = scene.text[sentence.start : scene.starts[c.token]]
    straight = before.count('"') % 2 == 1
    opening = before.rfind('"') if straight else before.rfind("«")
    if opening < 0 or (not straight and "»" in before[opening:]):
        return False
    return TITLED.search(before[:opening]) is not None


def said_again(scene: Scene, c: Candidate) -> bool:
    """«на онлайн-встрече … В онлайн-конференции приняли участие»: a bare «онлайн-…» names the one told of before."""
    part = scene.first_part(c)
    bare = not any(scene.rels[child] in ("amod", "nmod", "appos") for child in scene.children[c.token])
    return part != "" and bare and any(scene.first_part(b) == part for b in scene.candidates if b.token < c.token)


RULES = (only_wished, in_a_title, said_again)


def is_none(scene: Scene, c: Candidate) -> bool:
    return any(rule(scene, c) for rule in RULES)
