"""Mentions of people put together: one entity per person, gender and case chosen over all that the text shows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nlp.annotation import Entity, Gender, Mention
from nlp.doc import Doc, Token
from nlp.mentions import Found
from nlp.names import Hypothesis, Role, hypotheses, parts, plain, roles, words
from nlp.tokens import Tokens

NET_CASES = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
NET_GENDERS: dict[str, Gender] = {"Masc": "m", "Fem": "f"}
PREPOSITIONS = {
    "к": "datv",
    "ко": "datv",
    "у": "gent",
    "от": "gent",
    "для": "gent",
    "из": "gent",
    "без": "gent",
    "до": "gent",
    "после": "gent",
    "против": "gent",
    "вместо": "gent",
    "кроме": "gent",
    "имени": "gent",
    "с": "ablt",
    "со": "ablt",
    "перед": "ablt",
    "между": "ablt",
    "над": "ablt",
    "о": "loct",
    "об": "loct",
    "при": "loct",
}
APART = frozenset({"nomn"})
ADDRESS: dict[str, Gender] = {"господин": "m", "госпожа": "f", "мистер": "m", "миссис": "f", "мисс": "f", "сестра": "f"}
SURE = 0.45
"""Two genders whose evidence differs by less are not told apart."""


@dataclass(slots=True)
class Named:
    """A mention of a person with every way of reading it, best first."""

    found: Found
    words: tuple[str, ...]
    roles: tuple[Role, ...]
    ways: list[Hypothesis]

    @property
    def weight(self) -> tuple[int, int]:
        full = sum(role in ("given", "patronymic", "surname") for role in self.roles)
        return full, len(self.words)


@dataclass(slots=True)
class Person:
    mentions: list[Named] = field(default_factory=list)


def read(doc: Doc, tokens: Tokens, spans: Iterable[Found]) -> list[Entity]:
    """One entity per person, by first mention."""
    named = [name(doc, tokens, f) for f in spans if f.type == "PER"]
    people = grouped(named)
    entities = [entity(p) for p in people]
    return sorted(entities, key=lambda e: e.mentions[0].start)


def name(doc: Doc, tokens: Tokens, found: Found) -> Named:
    written = tuple(words(doc.text[found.start : found.stop].replace("\xa0", " ")))
    part = tuple(roles(written))
    cases, genders = evidence(doc, tokens, found)
    ways = [
        Hypothesis(h.gender, h.case, h.nominatives, h.score + cases.get(h.case, 0.0) + genders.get(h.gender, 0.0))
        for h in hypotheses(written, part)
    ]
    return Named(found, written, part, sorted(ways, key=lambda h: -h.score))


def evidence(doc: Doc, tokens: Tokens, found: Found) -> tuple[dict[str, float], dict[Gender, float]]:
    """What the words around and the net say of the name's case and of the person's gender."""
    first, last = tokens.between(found.start, found.stop)
    cases: dict[str, float] = defaultdict(float)
    genders: dict[Gender, float] = defaultdict(float)
    cases["nomn"] += 0.4
    inside = doc.tokens[first:last]
    for token in inside:
        if token.feats.get("Case") in NET_CASES:
            cases[NET_CASES[token.feats["Case"]]] += 1.2 / len(inside)
        if token.feats.get("Gender") in NET_GENDERS:
            genders[NET_GENDERS[token.feats["Gender"]]] += 0.4 / len(inside)
    if first and (case := PREPOSITIONS.get(doc.tokens[first - 1].text.lower())):
        cases[case] += 1.0
    if first and (address := ADDRESS.get(doc.tokens[first - 1].lemma)):
        genders[address] += 3.0
    for token in inside:
        if first <= token.head < last or token.head < 0:
            continue
        head = doc.tokens[token.head]
        if token.rel in ("nsubj", "nsubj:pass"):
            cases["nomn"] += 0.8
            if head.feats.get("Number") == "Sing" and head.feats.get("Gender") in NET_GENDERS and is_verb(head):
                genders[NET_GENDERS[head.feats["Gender"]]] += 1.5
        elif token.rel in ("appos", "flat", "flat:name") and head.feats.get("Case") in NET_CASES:
            cases[NET_CASES[head.feats["Case"]]] += 0.6
        break
    return cases, genders


def is_verb(token: Token) -> bool:
    return token.pos in ("VERB", "ADJ", "AUX") and (token.pos == "VERB" or token.feats.get("Variant") == "Short")


# ---------------------------------------------------------------- which mentions are one person


def grouped(named: Sequence[Named]) -> list[Person]:
    """Fuller names found people; shorter ones join the person whose surname they may be, the nearest before them first."""
    people: list[Person] = []
    for one in sorted(named, key=lambda n: (-n.weight[0], n.found.start)):
        ranked = sorted(((likeness(one, p), i) for i, p in enumerate(people)), key=lambda x: (-x[0], x[1]))
        if ranked and ranked[0][0] > 0:
            people[ranked[0][1]].mentions.append(one)
        else:
            people.append(Person([one]))
    return people


def likeness(one: Named, person: Person) -> float:
    """0 where the mention cannot be the person's; else more for closer forms and nearer mentions."""
    best = max((shared(one, other) for other in person.mentions), default=0.0)
    if best <= 0:
        return 0.0
    near = any(other.found.start < one.found.start for other in person.mentions)
    return best + 0.2 * near


def shared(one: Named, other: Named) -> float:
    """Score of the best pair of readings in which every part that both have is the same; 0 where there is none."""
    if one.words == other.words:
        return 20.0
    best = 0.0
    top, second = one.ways[0].score, other.ways[0].score
    for mine in one.ways[:12]:
        for its in other.ways[:12]:
            if mine.gender == its.gender and same(one, mine, other, its):
                best = max(best, 10.0 + mine.score - top + its.score - second)
    return best


def same(one: Named, mine: Hypothesis, other: Named, its: Hypothesis) -> bool:
    left, right = by_role(one, mine), by_role(other, its)
    if left["surname"] and right["surname"]:
        if left["surname"] != right["surname"]:
            return False
    elif not (left["given"] and left["given"] == right["given"]):
        return other_part(left, right)
    return forenames_fit(left, right)


def other_part(left: dict[str, list[str]], right: dict[str, list[str]]) -> bool:
    """A lone surname that looks like a given name, or a lone given name that was the surname."""
    every, alone = sorted((sum(left.values(), []), sum(right.values(), [])), key=len, reverse=True)
    return len(alone) == 1 and not alone[0].endswith(".") and alone[0] in every


def forenames_fit(left: dict[str, list[str]], right: dict[str, list[str]]) -> bool:
    a, b = left["given"] + left["patronymic"], right["given"] + right["patronymic"]
    a, b = a or left["initial"], b or right["initial"]
    return all(
        x.startswith(y.rstrip(".")) or y.startswith(x.rstrip(".")) if "." in x + y else x == y
        for x, y in zip(a, b, strict=False)
    )


def by_role(named: Named, way: Hypothesis) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {"given": [], "patronymic": [], "surname": [], "initial": [], "particle": []}
    for role, word in zip(named.roles, way.nominatives, strict=True):
        out[role].append(plain(word))
    return out


# ---------------------------------------------------------------- the entity


def entity(person: Person) -> Entity:
    gender, told = gender_of(person)
    chosen = [best_way(n, gender, person) for n in person.mentions]
    mentions = sorted(
        (
            Mention(start=n.found.start, stop=n.found.stop, normal=spelt(n, w), rule=n.found.rule, form_rule=rule(w))
            for n, w in zip(person.mentions, chosen, strict=True)
        ),
        key=lambda m: m.start,
    )
    fullest = max(zip(person.mentions, chosen, strict=True), key=lambda x: (x[0].weight[0], -x[0].found.start))
    return Entity(kind="person", name=canonical(*fullest), mentions=tuple(mentions), gender=gender if told else None)


def gender_of(person: Person) -> tuple[Gender, bool]:
    worth: dict[Gender, float] = {"m": 0.0, "f": 0.0}
    for named in person.mentions:
        for gender in worth:
            worth[gender] += max(h.score for h in named.ways if h.gender == gender)
    best: Gender = "f" if worth["f"] > worth["m"] else "m"
    return best, abs(worth["m"] - worth["f"]) >= SURE


def best_way(named: Named, gender: Gender, person: Person) -> Hypothesis:
    """The best reading in the person's gender whose words agree with the nominatives of the other mentions."""
    return max((h for h in named.ways if h.gender == gender), key=lambda h: h.score + support(named, h, gender, person))


def support(named: Named, way: Hypothesis, gender: Gender, person: Person) -> float:
    mine = by_role(named, way)
    total = 0.0
    for other in person.mentions:
        if other is named or other.words == named.words:
            continue
        for its in other.ways[:12]:
            if its.gender == gender and by_role(other, its)["surname"] == mine["surname"]:
                total += max(0.0, 2.0 + its.score - other.ways[0].score)
                break
    return total


def rule(way: Hypothesis) -> str:
    return f"name: {way.gender}, {way.case}"


def spelt(named: Named, way: Hypothesis) -> str:
    return " ".join(way.nominatives)


def canonical(named: Named, way: Hypothesis) -> str:
    """Given name before surname."""
    order = {"given": 0, "initial": 0, "patronymic": 1, "particle": 2, "surname": 2}
    if named.roles[0] != "surname" or not {"given", "initial"} & set(named.roles):
        return spelt(named, way)
    pairs = sorted(zip(named.roles, way.nominatives, strict=True), key=lambda p: order[p[0]])
    return " ".join(word for _, word in pairs)
