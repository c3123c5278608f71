"""Stand-ins for the models in worker processes: fast, and misbehaving on request. Spawned by name."""

import os
import time
from collections.abc import Callable, Sequence

from nlp.annotation import Annotation, Attendance, Entity, Meeting, Mention, TopicScore
from pipelines.annotate import Read, Reader
from pipelines.workers import Failed
from store import lemmas
from store.articles import Pending


def plain() -> Reader:
    """Every capitalised pair of words is a person who attends one meeting."""
    return read


def read(batch: Sequence[Pending]) -> list[Read | Failed]:
    return [one(item) for item in batch]


def one(item: Pending) -> Read:
    text = item.release.text
    annotation = annotated(item.release.id, text)
    return Read(annotation, lemmas.unannotated(item.release.title, text))


def annotated(id_: str, text: str) -> Annotation:
    words = text.split()
    name = " ".join(words[:2])
    person = Entity(kind="person", name=name, mentions=(Mention(start=0, stop=len(name), normal=name),))
    there = Attendance(
        person=name, role="speaker", span=(0, len(name)), evidence=(0, len(text)), rule="test", confidence=0.9
    )
    meeting = Meeting(kind="встреча", name=f"встреча {name}", span=(0, len(name)), attendees=(there,))
    return Annotation(id=id_, people=(person,), meetings=(meeting,), topics=(TopicScore(topic="culture", score=0.9),))


def misbehaving() -> Reader:
    """Dies, stalls or raises on texts that say so."""
    return misread


def misread(batch: Sequence[Pending]) -> list[Read | Failed]:
    for item in batch:
        if "падение" in item.release.text:
            os.abort()
        if "зависание" in item.release.text:
            time.sleep(600)
        if "ошибка" in item.release.text:
            raise ValueError("не читается")
    return read(batch)


def broken() -> Reader:
    raise FileNotFoundError("нет модели")


def slow() -> Reader:
    """Long enough in each batch for a kill to land in the middle of a run."""
    return slow_read


def slow_read(batch: Sequence[Pending]) -> list[Read | Failed]:
    time.sleep(0.02)
    return read(batch)


def letters() -> Callable[[Sequence[str]], list[str | Failed]]:
    return capital


def capital(batch: Sequence[str]) -> list[str | Failed]:
    return [letter.upper() for letter in batch]


READERS: dict[str, Callable[[], Reader]] = {"plain": plain, "slow": slow}


def processes() -> Callable[[Sequence[str]], list[int]]:
    """Each item → the process that it came to."""
    return lambda batch: [os.getpid() for _ in batch]
