"""Which mentions are of one person."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.names import Hypothesis, Parts
from nlp.people.named import Named


@dataclass(slots=True)
class Person:
    mentions: list[Named] = field(default_factory=list)
    stems: set[str] = field(default_factory=set)
    """Of all mentions."""
    written: set[tuple[str, ...]] = field(default_factory=set)

    def add(self, one: Named) -> None:
        self.mentions.append(one)
        self.stems |= one.shape.stems
        self.written.add(one.words)

    def may_be(self, one: Named) -> bool:
        """Whether it is worth comparing them."""
        return not self.stems.isdisjoint(one.shape.stems) or one.words in self.written


def grouped(named: Sequence[Named]) -> list[Person]:
    """Fuller names found people; shorter ones join the person whose surname they may be, those named before first."""
    people: list[Person] = []
    for one in sorted(named, key=lambda n: (-n.shape.fullness, n.found.start)):
        best, top = None, 0.0
        for person in people:
            alike = likeness(one, person) if person.may_be(one) else 0.0
            if alike > top:
                best, top = person, alike
        if best is None:
            best = Person()
            people.append(best)
        best.add(one)
    return people


def likeness(one: Named, person: Person) -> float:
    """0 where the mention cannot be the person's; else more for closer forms and for people named before it."""
    best = max(shared(one, other) for other in person.mentions)
    if best <= 0:
        return 0.0
    return best + 0.2 * any(other.found.start < one.found.start for other in person.mentions)


def shared(one: Named, other: Named) -> float:
    """Score of the best pair of readings in which every part that both have is the same; 0 where there is none."""
    if one.words == other.words:
        return 20.0
    if one.shape.stems.isdisjoint(other.shape.stems):
        return 0.0
    best, top = 0.0, one.ways[0].score + other.ways[0].score
    for mine in one.distinct:
        for its in other.distinct:
            worth = 10.0 + mine.score + its.score - top
            if (
                worth > best
                and mine.hypothesis.gender == its.hypothesis.gender
                and same(mine.hypothesis, its.hypothesis)
            ):
                best = worth
    return best


def same(mine: Hypothesis, its: Hypothesis) -> bool:
    left, right = mine.parts, its.parts
    if left["surname"] and right["surname"]:
        return one_surname(left["surname"], right["surname"]) and forenames_fit(left, right)
    if left["given"] and left["given"] == right["given"]:
        return forenames_fit(left, right)
    return lone_part(left, right) or odd_surname(left, right) or odd_surname(right, left)


def one_surname(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """«Кастельянос» is «Кастельянос Руис»: of two surnames one may be left out."""
    few, many = (left, right) if len(left) < len(right) else (right, left)
    return few == many[: len(few)] or few == many[len(many) - len(few) :]


def odd_surname(short: Parts, full: Parts) -> bool:
    """«А. Тихонович» is «Алесь Тихонович»: the surname was taken for a patronymic."""
    if not short["initial"] or len(short["surname"]) != 1 or full["surname"] or short["surname"] != full["patronymic"]:
        return False
    return full["given"][:1] != () and full["given"][0].startswith(short["initial"][0].rstrip("."))


def lone_part(left: Parts, right: Parts) -> bool:
    """A lone surname that looks like a given name, or a lone given name that was the surname."""
    a, b = [w for part in left.values() for w in part], [w for part in right.values() for w in part]
    alone, every = (a, b) if len(a) < len(b) else (b, a)
    return len(alone) == 1 and not alone[0].endswith(".") and alone[0] in every


def forenames_fit(left: Parts, right: Parts) -> bool:
    a = (left["given"] + left["patronymic"]) or left["initial"]
    b = (right["given"] + right["patronymic"]) or right["initial"]
    return all(x == y or shortened(x, y) or shortened(y, x) for x, y in zip(a, b, strict=False))


def shortened(initial: str, name: str) -> bool:
    """«и.» of «иван», «а.-м.» of «анна-мария»."""
    if not initial.endswith("."):
        return False
    letters, parts = initial.replace(".", "").split("-"), name.replace(".", "").split("-")
    return all(part.startswith(letter) for letter, part in zip(letters, parts, strict=False))
