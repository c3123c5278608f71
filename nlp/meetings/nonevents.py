"""Words that look like events and tell of none: what is only asked for, and what is part of a project's title."""

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


RULES = (only_wished, in_a_title)


def is_none(scene: Scene, c: Candidate) -> bool:
    return any(rule(scene, c) for rule in RULES)
