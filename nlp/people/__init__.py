"""Mentions of people put together: one entity per person, gender and case chosen over all that the text shows."""

from collections.abc import Iterable, Sequence

from nlp.annotation import Entity, Gender, Mention
from nlp.doc import Doc
from nlp.mentions import Found
from nlp.names import HOPELESS, Hypothesis, is_asian
from nlp.people.enumeration import enumerated, in_one_case
from nlp.people.grouping import Person, grouped
from nlp.people.named import Named, name
from nlp.tokens import Tokens

SURE = 0.15
"""Two genders whose evidence differs by less are not told apart."""
SURE_OF_SURNAME = 0.45
"""The same where only a surname, or initials with it, is known."""


def read(doc: Doc, tokens: Tokens, spans: Iterable[Found]) -> list[Entity]:
    """One entity per person, by first mention."""
    named = [name(doc, tokens, f) for f in spans if f.type == "PER"]
    for run in enumerated(doc, named):
        in_one_case(run)
    entities = [entity(p) for p in grouped(named)]
    return sorted(entities, key=lambda e: e.mentions[0].start)


def entity(person: Person) -> Entity:
    gender, told = gender_of(person)
    read = [(n, best_way(n, gender, person)) for n in person.mentions]
    mentions = [
        Mention(
            start=n.found.start,
            stop=n.found.stop,
            normal=" ".join(h.nominatives),
            rule=n.found.rule,
            form_rule=f"name: {h.gender}, {h.case}",
        )
        for n, h in sorted(read, key=lambda x: x[0].found.start)
    ]
    return Entity(kind="person", name=canonical(read), mentions=tuple(mentions), gender=gender if told else None)


def gender_of(person: Person) -> tuple[Gender, bool]:
    worth: dict[Gender, float] = {"m": 0.0, "f": 0.0}
    for named in person.mentions:
        (top, likely), *others = named.ways
        worth[likely.gender] += top
        other: Gender = "f" if likely.gender == "m" else "m"
        worth[other] += next((score for score, way in others if way.gender == other), top - HOPELESS)
    best: Gender = "f" if worth["f"] > worth["m"] else "m"
    told = any({"given", "patronymic"} & set(named.roles) for named in person.mentions)
    return best, abs(worth["m"] - worth["f"]) >= (SURE if told else SURE_OF_SURNAME)


def best_way(named: Named, gender: Gender, person: Person) -> Hypothesis:
    """The best reading in the person's gender whose words agree with the nominatives of the other mentions."""
    others = [o for o in person.mentions if o is not named and o.words != named.words]
    if not others:
        return next((h for _, h in named.ways if h.gender == gender), named.ways[0].hypothesis)
    fitting = [w for w in named.ways if w.hypothesis.gender == gender] or named.ways
    return max(fitting, key=lambda w: w.score + support(w.hypothesis, gender, others)).hypothesis


def support(mine: Hypothesis, gender: Gender, others: Sequence[Named]) -> float:
    total = 0.0
    for other in others:
        for way in other.distinct:
            if way.hypothesis.gender == gender and way.hypothesis.parts["surname"] == mine.parts["surname"]:
                total += max(0.0, 2.0 + way.score - other.ways[0].score)
                break
    return total


def canonical(read: Sequence[tuple[Named, Hypothesis]]) -> str:
    """The fullest mention, given name before surname, with a patronymic that another mention gives."""
    named, way = max(read, key=lambda x: (x[0].shape.fullness, -x[0].found.start))
    words = [titled(w) if r != "particle" else w for r, w in zip(named.roles, way.nominatives, strict=True)]
    roles = list(named.roles)
    if "given" in roles and "patronymic" not in roles and roles.count("given") == 1:
        middle = next(
            (w for n, h in read for r, w in zip(n.roles, h.nominatives, strict=True) if r == "patronymic"), None
        )
        if middle is not None:
            at = roles.index("given") + 1
            words.insert(at, middle)
            roles.insert(at, "patronymic")
    if "surname" not in roles and len(words) < 3:
        last = next((h.nominatives[n.roles.index("surname")] for n, h in read if "surname" in n.roles), None)
        if last is not None and last not in words:
            words, roles = [*words, last], [*roles, "surname"]
    if roles[0] == "surname" and {"given", "initial"} & set(roles) and not is_asian(named.words):
        order = {"given": 0, "initial": 0, "patronymic": 1, "particle": 2, "surname": 2}
        words = [w for _, w in sorted(zip(roles, words, strict=True), key=lambda p: order[p[0]])]
    return " ".join(words)


def titled(word: str) -> str:
    """«ТОН» → «Тон»."""
    return word.title() if len(word) > 1 and word.isupper() and "." not in word else word
