"""Who holds what post where: positions beside a person's name, before it, after it, in a predicate, in a list.

A position is a noun phrase whose head is an animate noun («заместитель», «ректор») standing in the case of the name.
"""

from collections.abc import Iterable, Sequence

from nlp.annotation import Entity, Position, Release
from nlp.doc import Doc
from nlp.positions.employer import GUESSED, Employer, employer
from nlp.positions.holder import RULES, Found
from nlp.positions.lexicon import heads
from nlp.positions.wording import worded
from nlp.reading import Reading

__all__ = ["heads", "positions_in", "read"]

LEADER = "руководитель"
"""The post of whom the words only say that they lead a body."""
ACTING = ("и.о", "и. о", "врио", "исполняющий обязанности", "исполняющая обязанности", "временно исполня")


def is_former(r: Reading, found: Found) -> bool:
    return found.former or any(
        r.low[t].startswith(("бывш", "экс-")) for t in range(found.phrase.first, found.phrase.last)
    )


def as_position(r: Reading, found: Found) -> Position | None:
    phrase = found.phrase
    if found.leads is not None:
        body: Employer | None = Employer(found.leads.name, (found.leads.start, found.leads.stop))
        rule, position = "", LEADER
    else:
        body, rule = employer(r, phrase)
        position = worded(r, phrase, body)
    if not position:
        return None
    return Position(
        person=found.unit.name,
        position=position,
        person_span=(found.unit.start, found.unit.stop),
        position_span=r.span(phrase.first, phrase.last),
        organisation=None if body is None else body.name,
        organisation_span=None if body is None else body.span,
        former=is_former(r, found),
        acting=position.startswith(ACTING),
        rule=found.rule + (f"+{rule}" if rule else ""),
        confidence=GUESSED.get(rule, 0.9),
    )


def repeats(position: Position, known: Iterable[Position]) -> bool:
    """A later paraphrase adds none: «министр» after «министр культуры»."""
    own = set(position.position.lower().replace("ё", "е").split())
    for other in known:
        if other.person == position.person:
            words_of_other = set(other.position.lower().replace("ё", "е").split())
            if own <= words_of_other or position.position.split()[-1][:5] == other.position.split()[-1][:5]:
                return True
    return False


def read(
    release: Release,
    doc: Doc,
    people: Sequence[Entity],
    organisations: Sequence[Entity],
    places: Sequence[Entity],
) -> tuple[Position, ...]:
    """Positions in order of the text; each person's paraphrases are left out."""
    reading = Reading(doc, people, organisations, places)
    return positions_in(reading)


def positions_in(reading: Reading) -> tuple[Position, ...]:
    out: list[Position] = []
    for unit in reading.people:
        here: list[Position] = []
        for rule in RULES:
            for found in rule(reading, unit):
                position = as_position(reading, found)
                if position is not None and not repeats(position, out):
                    here.append(position)
        seen = set()
        for position in here:
            if position.position not in seen:
                seen.add(position.position)
                out.append(position)
    return tuple(out)
