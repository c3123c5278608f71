"""Sightings of one surname → people: full names first, then what may be short for them, or nobody's."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.identity.evidence import Cluster, Sighting
from store.blocks import INITIAL, PATRONYMIC, SUFFIXES
from store.lemmas import WORD, plain

ENOUGH = 1.0
"""Weight of evidence that joins a surname or initials to the only person they fit."""
AHEAD = 1.0
"""By how much one candidate must lead the next."""
YEARS_APART = 3
"""Two full namesakes whose posts and bodies differ are one person who changed jobs only within this time."""


@dataclass(frozen=True, slots=True)
class Name:
    surname: str
    given: str = ""
    patronymic: str = ""

    @property
    def full(self) -> bool:
        return len(self.given) > 1


def parse(text: str) -> Name:
    """«Иван Сергеевич Петров», «И. С. Петров», «Петров»; given name and patronymic may be initials."""
    tokens = [plain(match[0]) for match in WORD.finditer(text)]
    tokens = [t for t in tokens if t not in SUFFIXES] or tokens or [plain(text)]
    words = [i for i, t in enumerate(tokens) if not INITIAL.match(t)]
    named = [i for i in words[:-1] if not PATRONYMIC.match(tokens[i])] + words[-1:]
    last = named[-1] if named else len(tokens) - 1
    rest = [t for i, t in enumerate(tokens) if i != last]
    patronymic = next((t for t in rest[1:] if INITIAL.match(t) or PATRONYMIC.match(t)), "")
    given = " ".join(t for t in rest if t != patronymic)
    return Name(tokens[last], given, patronymic)


def fits(a: str, b: str) -> bool:
    """A missing part fits anything, an initial whatever begins with it."""
    if not a or not b:
        return True
    return a == b or ((len(a) == 1 or len(b) == 1) and a[0] == b[0])


def compatible(a: Name, b: Name) -> bool:
    return a.surname == b.surname and fits(a.given, b.given) and fits(a.patronymic, b.patronymic)


def genders_fit(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b


def cluster(sightings: Sequence[Sighting]) -> list[Cluster]:
    """All of one block. Deterministic: sorted by day and raw values first."""
    ordered = sorted(sightings, key=lambda s: (s.day or date.max, s.anchor))
    names = {s.n: parse(s.name) for s in ordered}
    groups: dict[Name, list[Sighting]] = defaultdict(list)
    for sighting in ordered:
        groups[names[sighting.n]].append(sighting)
    clusters: list[tuple[Name, Cluster]] = []
    for name in sorted((n for n in groups if n.full), key=lambda n: (not n.patronymic, n.surname, n.given)):
        join_full(name, groups[name], clusters)
    for name in sorted((n for n in groups if not n.full), key=lambda n: (not n.given, not n.patronymic, n.given)):
        for sighting in groups[name]:
            join_short(name, sighting, clusters)
    return [made for _, made in clusters]


def join_full(name: Name, sightings: Sequence[Sighting], clusters: list[tuple[Name, Cluster]]) -> None:
    """With the patronymic first: then those without it find whom they may belong to."""
    for sighting in sightings:
        fitting = [
            (score(sighting, made), made)
            for known, made in clusters
            if known.full and compatible(name, known) and genders_fit(sighting.gender, gender(made))
        ]
        free = [(s, made) for s, made in fitting if not contradicts(sighting, made)]
        if not free:
            made = Cluster()
            made.add(sighting, "тёзка: другая должность, другой орган, другие люди рядом" if fitting else "полное имя")
            made.doubts[sighting.n] = tuple(other.members[0].n for _, other in fitting)
            clusters.append((name, made))
            continue
        best, made = max(free, key=lambda pair: pair[0])
        rest = [s for s, other in free if other is not made]
        if rest and best - max(rest) < AHEAD and not same_patronymic(name, made):
            made = Cluster()
            made.add(sighting, "полное имя, подходят несколько тёзок")
            made.doubts[sighting.n] = tuple(other.members[0].n for _, other in free)
            clusters.append((name, made))
        else:
            made.add(sighting, "то же полное имя")


def same_patronymic(name: Name, made: Cluster) -> bool:
    return bool(name.patronymic) and any(parse(m.name).patronymic == name.patronymic for m in made.members[:8])


def join_short(name: Name, sighting: Sighting, clusters: list[tuple[Name, Cluster]]) -> None:
    """A surname alone or with initials: only where somebody it fits is met in the same company."""
    fitting = [
        (score(sighting, made), made)
        for known, made in clusters
        if compatible(name, known) and genders_fit(sighting.gender, gender(made))
    ]
    fitting.sort(key=lambda pair: -pair[0])
    enough = bool(fitting) and fitting[0][0] >= ENOUGH
    ahead = len(fitting) == 1 or (enough and fitting[0][0] - fitting[1][0] >= AHEAD)
    if enough and ahead:
        fitting[0][1].add(sighting, "инициалы, то же окружение" if name.given else "фамилия, то же окружение")
        return
    made = Cluster()
    made.add(sighting, "только инициалы" if name.given else "только фамилия")
    made.doubts[sighting.n] = tuple(other.members[0].n for _, other in fitting)
    clusters.append((name, made))


def gender(made: Cluster) -> str | None:
    known = [m.gender for m in made.members if m.gender]
    return max(sorted(set(known)), key=known.count) if known else None


Weigh = Callable[[Sighting, Sighting], float]


def same_post(a: Sighting, b: Sighting) -> float:
    """«министр культуры» there and here."""
    return 1.0 if a.posts & b.posts else 0.0


def same_body(a: Sighting, b: Sighting) -> float:
    """Both at «МИД России»."""
    return 1.5 if a.bodies & (b.bodies | b.organisations) or b.bodies & a.organisations else 0.0


def same_people(a: Sighting, b: Sighting) -> float:
    """The same others beside them."""
    return min(2.0, 1.0 * len(a.people & b.people))


def same_organisations(a: Sighting, b: Sighting) -> float:
    """The same bodies named beside them."""
    return min(1.0, 0.5 * len(a.organisations & b.organisations))


def same_places(a: Sighting, b: Sighting) -> float:
    """The same places."""
    return min(0.5, 0.25 * len(a.places & b.places))


EVIDENCE: tuple[Weigh, ...] = (same_post, same_body, same_people, same_organisations, same_places)


def weight(a: Sighting, b: Sighting) -> float:
    return sum(weigh(a, b) for weigh in EVIDENCE)


def score(sighting: Sighting, made: Cluster) -> float:
    """The strongest tie to any of the latest members; all of a famous person's releases need not be compared."""
    return max(weight(sighting, member) for member in made.members[-40:])


def contradicts(sighting: Sighting, made: Cluster) -> bool:
    """Another post at another body, nobody and nothing in common, or years between."""
    told = [m for m in made.members[-40:] if m.posts and m.bodies]
    if not (sighting.posts and sighting.bodies and told):
        return False
    return all(weight(sighting, member) == 0 for member in made.members[-40:]) and not words_in_common(sighting, told)


def words_in_common(sighting: Sighting, told: Sequence[Sighting]) -> bool:
    """«заместитель министра» and «министр»; «администрация Перми» and «мэрия Перми»."""
    mine = content_words(sighting)
    return any(mine & content_words(member) for member in told)


def content_words(sighting: Sighting) -> frozenset[str]:
    texts = (*sighting.posts, *sighting.bodies)
    return frozenset(plain(m[0])[:6] for text in texts for m in WORD.finditer(text) if len(m[0]) > 3)
