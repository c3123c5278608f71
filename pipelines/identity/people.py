"""Sightings of one surname → people: full names first, then what may be short for them, or nobody's."""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from math import log

from nlp.names import is_given
from pipelines.identity.evidence import Cluster, Sighting
from store.blocks import ASIDE, INITIAL, PATRONYMIC, SENIORITY, SUFFIXES, sound, stem
from store.lemmas import WORD, plain

ENOUGH = 1.0
"""Weight of evidence that joins a surname or initials to a person they fit, or two spellings of one name."""
AHEAD = 1.0
"""By how much one candidate must lead the next."""
FAME = 0.4
"""Evidence that e times as many releases are worth: those often spoken of are meant more often."""
KNOWN = 20
"""Releases of a person who is meant by the surname alone when everybody else of it together has a tenth of them."""
LATEST = 40
"""Members of a cluster that a sighting is compared with: a famous person's thousand releases need not all be."""


@dataclass(frozen=True, slots=True)
class Name:
    surname: str
    given: str = ""
    patronymic: str = ""
    senior: str = ""
    """«младший», «старший»."""

    @property
    def full(self) -> bool:
        return len(self.given) > 1


@lru_cache(100_000)
def parse(text: str) -> Name:
    """«Иван Сергеевич Петров», «И. С. Петров», «Петров»; given name and patronymic may be initials."""
    tokens = [plain(match[0]) for match in WORD.finditer(ASIDE.sub("", text) or text)]
    senior = next((part for t in tokens for part in (t, t.rpartition("-")[2]) if part in SENIORS), "")
    senior = SENIORS.get(senior, "")
    tokens = [SENIORITY.sub("", t) for t in tokens if t not in SUFFIXES] or tokens or [plain(text)]
    words = [i for i, t in enumerate(tokens) if not INITIAL.match(t)]
    named = [i for i in words[:-1] if not PATRONYMIC.match(tokens[i])] + words[-1:]
    last = named[-1] if named else len(tokens) - 1
    rest = [t for i, t in enumerate(tokens) if i != last]
    patronymic = next((t for t in rest[1:] if INITIAL.match(t) or PATRONYMIC.match(t)), "")
    given = " ".join(t for t in rest if t != patronymic)
    return Name(tokens[last], given, patronymic, senior)


SENIORS = {"младший": "младший", "мл": "младший", "старший": "старший", "ст": "старший"}


def fits(a: str, b: str) -> bool:
    """A missing part fits anything, an initial whatever begins with it."""
    if not a or not b:
        return True
    return a == b or ((len(a) == 1 or len(b) == 1) and a[0] == b[0])


def compatible(a: Name, b: Name) -> bool:
    parts = ((a.given, b.given), (a.patronymic, b.patronymic), (a.senior, b.senior))
    return sound(a.surname) == sound(b.surname) and all(fits(x, y) for x, y in parts)


def spelled_otherwise(a: Name, b: Name) -> bool:
    """«Хайко Маас» and «Хейко Мас», «Джо» and «Джозеф»: one name in two spellings, if the company says so too."""
    given = a.given == b.given or variants(a.given, b.given) or one_holds_other(a.given, b.given)
    surname = sound(a.surname) == sound(b.surname) or (a.given == b.given and stem(a.surname) == stem(b.surname))
    return surname and given and fits(a.patronymic, b.patronymic) and fits(a.senior, b.senior)


def one_holds_other(a: str, b: str) -> bool:
    """«Хадим Хусейн» and «Хадим»: a middle name left out."""
    first, second = set(a.split()), set(b.split())
    return bool(first & second) and (first <= second or second <= first)


@cache
def given_variants() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("data").joinpath("identity/given_names.toml").read_text(encoding="utf-8"))
    found: dict[str, set[str]] = defaultdict(set)
    for line in (names for group in table.values() for names in group):
        for name in line:
            found[name] |= set(line)
    return {name: frozenset(names) for name, names in found.items()}


@lru_cache(50_000)
def variants(a: str, b: str) -> bool:
    """By the table, or one letter apart where not both are names that the dictionary knows («Мария» and «Марина»)."""
    if b in given_variants().get(a, ()):
        return True
    if min(len(a), len(b)) < 4 or not one_letter_apart(sound(a), sound(b)):
        return False
    return not (is_given(a) and is_given(b))


def one_letter_apart(a: str, b: str) -> bool:
    """At most one letter put in, left out or exchanged."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    longer, shorter = (a, b) if len(a) >= len(b) else (b, a)
    return longer[start + 1 :] == (shorter[start:] if len(a) != len(b) else shorter[start + 1 :])


def genders_fit(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b


Made = tuple[Name, Cluster]


def cluster(sightings: Sequence[Sighting]) -> list[Cluster]:
    """All of one block. Deterministic: sorted by day and raw values first."""
    ordered = sorted(sightings, key=lambda s: (s.day or date.max, s.anchor))
    groups: dict[Name, list[Sighting]] = defaultdict(list)
    for sighting in ordered:
        groups[parse(sighting.name)].append(sighting)
    clusters: list[Made] = []
    for name in sorted((n for n in groups if n.full), key=lambda n: (not n.patronymic, -len(groups[n]), astuple(n))):
        join_full(name, groups[name], clusters)
    clusters = join_spellings(clusters)
    for name in sorted((n for n in groups if not n.full), key=lambda n: (not n.given, not n.patronymic, astuple(n))):
        for sighting in groups[name]:
            join_short(name, sighting, clusters)
    return [made for _, made in clusters]


def join_full(name: Name, sightings: Sequence[Sighting], clusters: list[Made]) -> None:
    """With the patronymic first: then those without it find whom they may belong to."""
    for sighting in sightings:
        fitting = [
            (score(sighting, made), made)
            for known, made in clusters
            if known.full and compatible(name, known) and genders_fit(sighting.gender, gender(made))
        ]
        free = [(s, made) for s, made in fitting if not contradicts(sighting, made)]
        if not free:
            apart = "тёзка: другая должность, другой орган, другие люди рядом"
            start(clusters, name, sighting, apart if fitting else "полное имя", [made for _, made in fitting])
        elif several(free) and not same_patronymic(name, best(free)):
            start(clusters, name, sighting, "полное имя, подходят несколько тёзок", [made for _, made in free])
        else:
            best(free).add(sighting, "то же полное имя")


Scored = Sequence[tuple[float, Cluster]]


def best(scored: Scored) -> Cluster:
    return max(scored, key=lambda pair: pair[0])[1]


def several(scored: Scored) -> bool:
    """Nobody is clearly ahead."""
    ranked = sorted((score_ for score_, _ in scored), reverse=True)
    return len(ranked) > 1 and ranked[0] - ranked[1] < AHEAD


def start(clusters: list[Made], name: Name, sighting: Sighting, rule: str, doubts: Sequence[Cluster]) -> None:
    made = Cluster()
    made.add(sighting, rule)
    made.doubts[sighting.n] = tuple(other.members[0].n for other in doubts)
    clusters.append((name, made))


def join_spellings(clusters: list[Made]) -> list[Made]:
    """Smaller clusters go into the larger whose name is theirs in another spelling, where most of them fit there."""
    kept: list[Made] = []
    for name, made in sorted(clusters, key=lambda pair: -len(pair[1].members)):
        into = next((other for known, other in kept if spelled_otherwise(name, known) and at_home(made, other)), None)
        if into is None:
            kept.append((name, made))
            continue
        for sighting in made.members:
            into.add(sighting, "имя в другом написании, то же окружение")
        into.doubts.update(made.doubts)
    return kept


def at_home(guests: Cluster, made: Cluster) -> bool:
    """Most sightings stand in the other's company; hardly a release gives the two different posts."""
    if not genders_fit(gender(guests), gender(made)):
        return False
    posts = {m.anchor.release: m.posts for m in made.members if m.posts}
    told_apart = sum(bool(m.posts) and posts.get(m.anchor.release, m.posts).isdisjoint(m.posts) for m in guests.members)
    welcome = sum(score(member, made) >= ENOUGH for member in guests.members)
    return 4 * told_apart < len(guests.members) < 2 * welcome


def same_patronymic(name: Name, made: Cluster) -> bool:
    return bool(name.patronymic) and any(parse(m.name).patronymic == name.patronymic for m in made.members[:8])


def join_short(name: Name, sighting: Sighting, clusters: list[Made]) -> None:
    """A surname alone or with initials: only where somebody it fits is met in the same company, or is famous."""
    fitting = [
        (score(sighting, made) + FAME * log(len(made.members)), made)
        for known, made in clusters
        if compatible(name, known) and genders_fit(sighting.gender, gender(made))
    ]
    if fitting and not several(fitting) and score(sighting, best(fitting)) >= ENOUGH:
        best(fitting).add(sighting, "инициалы, то же окружение" if name.given else "фамилия, то же окружение")
    elif (known := famous(sighting, [made for _, made in fitting])) is not None:
        known.add(sighting, "фамилия того, кого называют намного чаще всех однофамильцев")
    else:
        rule = "только инициалы" if name.given else "только фамилия"
        start(clusters, name, sighting, rule, [made for _, made in fitting])


def famous(sighting: Sighting, fitting: Sequence[Cluster]) -> Cluster | None:
    if sighting.posts or sighting.bodies or not fitting:
        return None
    most = max(fitting, key=lambda made: len(made.members))
    others = sum(len(made.members) for made in fitting if made is not most)
    return most if len(most.members) >= max(KNOWN, 10 * others) else None


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
    """The strongest tie to any of the latest members."""
    return max(weight(sighting, member) for member in made.members[-LATEST:])


def contradicts(sighting: Sighting, made: Cluster) -> bool:
    """Another post at another body, nobody and nothing in common, or years between."""
    told = [m for m in made.members[-LATEST:] if m.posts and m.bodies]
    if not (sighting.posts and sighting.bodies and told):
        return False
    return all(weight(sighting, member) == 0 for member in made.members[-LATEST:]) and not words_in_common(
        sighting, told
    )


def words_in_common(sighting: Sighting, told: Sequence[Sighting]) -> bool:
    """«заместитель министра» and «министр»; «администрация Перми» and «мэрия Перми»."""
    mine = content_words(sighting)
    return any(mine & content_words(member) for member in told)


def content_words(sighting: Sighting) -> frozenset[str]:
    texts = (*sighting.posts, *sighting.bodies)
    return frozenset(plain(m[0])[:6] for text in texts for m in WORD.finditer(text) if len(m[0]) > 3)
