"""Mentions of people put together: one entity per person, gender and case chosen over all that the text shows."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from nlp.annotation import Entity, Gender, Mention
from nlp.doc import Doc, Token
from nlp.inflection import parses
from nlp.mentions import Found
from nlp.names import HOPELESS, Hypothesis, Role, hypotheses, is_asian, plain, roles, words
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
ADDRESS: dict[str, Gender] = {
    "г-н": "m",
    "г-на": "m",
    "г-ну": "m",
    "г-ном": "m",
    "г-жа": "f",
    "г-жи": "f",
    "г-же": "f",
    "г-жой": "f",
    "господин": "m",
    "госпожа": "f",
    "мистер": "m",
    "миссис": "f",
    "мисс": "f",
    "сестра": "f",
}
MARKERS: dict[str, Gender] = {
    "тхи": "f",
    "кызы": "f",
    "бинт": "f",
    "бинти": "f",
    "оглы": "m",
    "бин": "m",
    "ибн": "m",
    "бен": "m",
}
"""Words inside a name that tell the gender: Vietnamese, Turkic, Arabic."""
CHINESE_WOMEN = (
    "мэй",
    "фэнь",
    "лань",
    "цзюань",
    "фан",
    "сяоли",
    "лин",
    "шань",
    "цянь",
    "юйпин",
    "лифан",
    "юйхун",
    "цинь",
)
"""Last syllables of Chinese given names that women bear far more often; no more than a nudge."""
Parts = dict[Role, tuple[str, ...]]
SURE = 0.15
"""Two genders whose evidence differs by less are not told apart."""
SURE_OF_SURNAME = 0.45
"""The same where only a surname, or initials with it, is known."""


class Way(NamedTuple):
    """A reading of a name with the score that the text around adds to the words' own."""

    score: float
    hypothesis: Hypothesis


@dataclass(slots=True)
class Named:
    """A mention of a person with every way of reading it, best first."""

    found: Found
    words: tuple[str, ...]
    roles: tuple[Role, ...]
    ways: list[Way]
    distinct: list[Way]
    """The best way of each gender and nominative: what grouping looks at."""
    stems: frozenset[str]
    """First letters of its words: mentions of one person share some."""
    fullness: int


@dataclass(slots=True)
class Person:
    mentions: list[Named] = field(default_factory=list)


def read(doc: Doc, tokens: Tokens, spans: Iterable[Found]) -> list[Entity]:
    """One entity per person, by first mention."""
    named = [name(doc, tokens, f) for f in spans if f.type == "PER"]
    people = grouped(named)
    entities = [entity(p) for p in people]
    return sorted(entities, key=lambda e: e.mentions[0].start)


class Shape(NamedTuple):
    """What a name tells by itself."""

    words: tuple[str, ...]
    roles: tuple[Role, ...]
    stems: frozenset[str]
    fullness: int
    gender: tuple[tuple[Gender, float], ...]
    """Words like «Тхи» and «оглы», which only women or men have in their names."""


@lru_cache(20_000)
def shape(said: str) -> Shape:
    written = tuple(words(said.replace("\xa0", " ")))
    part = tuple(roles(written))
    stems = frozenset(plain(w)[:2] for w, r in zip(written, part, strict=True) if r not in ("initial", "particle"))
    told = [(MARKERS[w.lower()], 8.0) for w in written if w.lower() in MARKERS]
    if is_asian(written) and written[-1].lower().endswith(CHINESE_WOMEN):
        told.append(("f", 0.9))
    return Shape(written, part, stems, sum(r in ("given", "patronymic", "surname") for r in part), tuple(told))


def name(doc: Doc, tokens: Tokens, found: Found) -> Named:
    form = shape(doc.text[found.start : found.stop])
    cases, genders = evidence(doc, tokens, found)
    for gender, much in form.gender:
        genders[gender] += much
    known = hypotheses(form.words, form.roles)
    ways = [Way(h.score + cases.get(h.case, 0.0) + genders.get(h.gender, 0.0), h) for h in known]
    ways.sort(key=itemgetter(0), reverse=True)
    best: dict[tuple[str, tuple[str, ...]], Way] = {}
    for way in ways[:12]:
        best.setdefault((way.hypothesis.gender, way.hypothesis.nominatives), way)
    return Named(found, form.words, form.roles, ways, list(best.values()), form.stems, form.fullness)


def evidence(doc: Doc, tokens: Tokens, found: Found) -> tuple[dict[str, float], dict[Gender, float]]:
    """What the words around say of the name's case and of the person's gender.

    The net's own case of a name is worth little: it reads «Рената Самедова» as a genitive. What the name stands beside
    or depends on is worth more.
    """
    first, last = tokens.between(found.start, found.stop)
    cases: dict[str, float] = defaultdict(float)
    genders: dict[Gender, float] = defaultdict(float)
    cases["nomn"] += PRIOR
    inside = doc.tokens[first:last]
    for token in inside:
        if token.feats.get("Case") in NET_CASES:
            cases[NET_CASES[token.feats["Case"]]] += OWN / len(inside)
    if first:
        before = doc.tokens[first - 1]
        if case := PREPOSITIONS.get(before.text.lower()):
            cases[case] += 1.5
        if address := ADDRESS.get(before.lemma) or ADDRESS.get(before.text.lower()):
            genders[address] += 3.0
    if last + 1 < len(doc.tokens) and doc.tokens[last].text == ",":
        apposed(doc.tokens[last + 1].text.lower(), cases, genders)
    beside_verb(doc, first, last, cases, genders)
    post = holder(doc, first)
    if post is not None:
        cases[case_of(post)] += BESIDE
        if case_of(post) == "gent":
            cases["accs"] += BESIDE * 0.9
        nearest = doc.tokens[first - 1]
        if nearest is not post and nearest.feats.get("Animacy") == "Anim" and nearest.feats.get("Case") == "Gen":
            cases["gent"] += BESIDE * 0.4
        if gender := gender_of_noun(post.text.lower()):
            genders[gender] += VERB
    elif first and is_thing(doc.tokens[first - 1]):
        cases["gent"] += BESIDE * 0.8
    pronoun_after(doc, last, genders)
    root = post or next((t for t in inside if not first <= t.head < last), None)
    if root is not None:
        climb(doc, root, cases, genders)
    return cases, genders


def is_thing(token: Token) -> bool:
    """«По словам X», «доклад X»: what stands right before the name and is no person is followed by a genitive."""
    return token.pos == "NOUN" and token.feats.get("Animacy") == "Inan"


def pronoun_after(doc: Doc, last: int, genders: dict[Gender, float]) -> None:
    """«Наградили Александру Петрову, и она…»: the first pronoun after the name, no other name between."""
    for token in doc.tokens[last : last + 12]:
        low = token.text.lower()
        if low in ("он", "она"):
            genders["f" if low == "она" else "m"] += 1.2
            return
        if token.pos == "PROPN" and token.feats.get("Animacy") == "Anim":
            return


def beside_verb(doc: Doc, first: int, last: int, cases: dict[str, float], genders: dict[Gender, float]) -> None:
    """«отметила Цуй Шаньшань», «Гао Шуфэнь рассказала»: the verb next to the name, whatever the parser made of it."""
    for at in (first - 1, last):
        verb = doc.tokens[at] if 0 <= at < len(doc.tokens) else None
        if verb is None or verb.feats.get("Tense") != "Past" or verb.feats.get("VerbForm") != "Fin":
            continue
        alone = last >= len(doc.tokens) or doc.tokens[last].text not in ("и", ",")
        gender = NET_GENDERS.get(verb.feats.get("Gender", ""))
        if at < first and (has_subject(doc, at) or (gender is None and alone)):
            cases["accs"] += 1.0
        elif gender:
            genders[gender] += 0.8
            cases["nomn"] += 0.3
    for at in (first - 1, first - 2):
        if at >= 0 and doc.tokens[at].pos == "VERB" and doc.tokens[at].text.lower().startswith(TRANSITIVE):
            told = has_subject(doc, at) or doc.tokens[at].feats.get("Number") == "Plur"
            cases["accs"] += (2.4 if told else 0.5) + BESIDE * (told and at == first - 2)


TRANSITIVE = tuple(
    """
    поздрав наград избра назнач поблагодар приглас приглаш встрет принял представил сопровожда приветств чествов утверди
    сменил
    """.split()
)
"""Beginnings of verbs whose object is in the accusative."""


def has_subject(doc: Doc, verb: int) -> bool:
    """Whether a nominative stands before the verb in its clause: «министр поздравил …»."""
    for token in reversed(doc.tokens[max(0, verb - 6) : verb]):
        if token.pos == "PUNCT" or token.sentence != doc.tokens[verb].sentence:
            return False
        if token.feats.get("Case") == "Nom" and token.pos in ("NOUN", "PROPN", "PRON"):
            return True
    return False


@lru_cache(5_000)
def gender_of_noun(post: str) -> Gender | None:
    """«учительница», «студентка»; «иерей», «сын»: nouns that only women or only men bear. Other posts tell nothing."""
    if post.startswith(MALE_POSTS):
        return "m"
    nouns = [p for p in parses(post) if p.tag.POS == "NOUN" and p.tag.animacy == "anim"]
    return "f" if nouns and all(p.tag.gender == "femn" and "ms-f" not in p.tag for p in nouns) else None


MALE_POSTS = (
    "иере",
    "протоиере",
    "игумен",
    "епископ",
    "архимандрит",
    "митрополит",
    "сын",
    "брат",
    "отц",
    "внук",
    "дедушк",
)


def case_of(post: Token) -> str:
    return NET_CASES.get(post.feats.get("Case", ""), "nomn")


QUOTES = frozenset('«»„“”"()-–')
PASSED = frozenset({"ADJ", "DET", "NUM", "PROPN", "X"})


def holder(doc: Doc, first: int) -> Token | None:
    """The post before the name, «декан факультета филологии», whose case the name shares; found from right to left.

    Of «заместитель министра» it is the first word: a genitive person right of another person is what that one serves.
    """
    found: Token | None = None
    at = first - 1
    stop = max(0, first - 20)
    while at >= stop:
        token = doc.tokens[at]
        if token.pos == "NOUN":
            genitive = token.feats.get("Case") == "Gen"
            if token.feats.get("Animacy") == "Anim":
                if token.feats.get("Number") == "Sing":
                    if found is not None and token.lemma in RELATIVES:
                        return found
                    found = token
                elif found or not genitive:
                    return found
                if not genitive:
                    return found
            elif not genitive:
                preposition = before_adjectives(doc, at)
                if found is not None or preposition is None:
                    return found
                at = preposition
        elif PARTICIPLE_POST.match(token.text):
            return token
        elif (found is not None and token.pos in ("CCONJ", "ADP")) or not passed(token):
            return found
        at -= 1
    return found


RELATIVES = frozenset(
    "внук внучка сын дочь вдова супруга супруг жена муж брат сестра племянник правнук отец мать".split()
)


def passed(token: Token) -> bool:
    return token.pos in PASSED or token.text in QUOTES or token.pos in ("ADP", "CCONJ")


def before_adjectives(doc: Doc, noun: int) -> int | None:
    """Index of the preposition of «по внешним связям»."""
    at = noun - 1
    while at >= 0 and doc.tokens[at].pos in ("ADJ", "DET", "NUM", "CCONJ"):
        at -= 1
    return at if at >= 0 and doc.tokens[at].pos == "ADP" else None


PARTICIPLE_POST = re.compile(r"(?:заведующ|управляющ|исполняющ|командующ)[а-я]+$", re.IGNORECASE)
AGREES: tuple[tuple[str, Gender, str], ...] = (
    (r"(?:ая|яя)(?:ся)?$|которая$", "f", "nomn"),
    (r"(?:ую|юю)(?:ся)?$", "f", "accs"),
    (r"(?:ш|щ)ей(?:ся)?$|(?:м|нн)ой$", "f", "gent"),
    (r"(?:ый|ий)(?:ся)?$|который$", "m", "nomn"),
    (r"(?:ого|его)(?:ся)?$|которого$", "m", "gent"),
    (r"(?:ому|ему)(?:ся)?$|которому$", "m", "datv"),
)
PARTICIPLE = re.compile(
    r"(?:вш|ущ|ющ|ащ|ящ|нн|ем|им)(?:ая|ую|ей|ой|ий|ый|его|ого|ему|ому)(?:ся)?$|котор(?:ый|ая|ого|ому|ую)$"
)


PRIOR, OWN, BESIDE, SUBJECT, VERB = 1.0, 0.4, 2.6, 1.0, 2.0
"""Weights against those of `nlp.names.forms`; chosen by hand on the labelled releases."""


def apposed(word: str, cases: dict[str, float], genders: dict[Gender, float]) -> None:
    """«Гумерова, подключившаяся…», «Чубенко, который…»: the word after the comma agrees with the name."""
    if not PARTICIPLE.search(word):
        return
    for ending, gender, case in AGREES:
        if re.search(ending, word):
            genders[gender] += VERB
            if not word.startswith("котор"):
                cases[case] += 1.5
            return


def climb(doc: Doc, token: Token, cases: dict[str, float], genders: dict[Gender, float]) -> None:
    """From the name up to the verb: «директор», beside which it stands, tells the case, «сказала» the gender."""
    joined = False
    for _ in range(5):
        if token.head < 0:
            return
        head = doc.tokens[token.head]
        if token.rel in ("nsubj", "nsubj:pass"):
            cases["nomn"] += SUBJECT * (1.0 if head.feats.get("Number") == "Sing" else 0.5)
            if not joined and head.feats.get("Number") == "Sing" and is_verb(head):
                gender = NET_GENDERS.get(head.feats.get("Gender", ""))
                if gender:
                    genders[gender] += VERB
            return
        if token.rel in ("appos", "flat", "flat:name"):
            if head.feats.get("Animacy") == "Anim" and head.pos == "NOUN" and head.feats.get("Case") in NET_CASES:
                cases[NET_CASES[head.feats["Case"]]] += BESIDE * (0.6 if joined else 1.0)
        elif token.rel == "conj":
            joined = True
        else:
            if case := GOVERNED.get(token.rel):
                cases[case] += 0.5 if joined else 1.2
            return
        token = head


GOVERNED = {"obj": "accs", "iobj": "datv", "nmod": "gent"}


def is_verb(token: Token) -> bool:
    return token.pos == "VERB" or (token.pos == "ADJ" and token.feats.get("Variant") == "Short")


# ---------------------------------------------------------------- which mentions are one person


def grouped(named: Sequence[Named]) -> list[Person]:
    """Fuller names found people; shorter ones join the person whose surname they may be, those named before first."""
    people: list[Person] = []
    for one in sorted(named, key=lambda n: (-n.fullness, n.found.start)):
        best, top = None, 0.0
        for person in people:
            alike = likeness(one, person)
            if alike > top:
                best, top = person, alike
        if best is None:
            people.append(Person([one]))
        else:
            best.mentions.append(one)
    return people


def likeness(one: Named, person: Person) -> float:
    """0 where the mention cannot be the person's; else more for closer forms and for people named before it."""
    best = max((shared(one, other) for other in person.mentions), default=0.0)
    if best <= 0:
        return 0.0
    return best + 0.2 * any(other.found.start < one.found.start for other in person.mentions)


def shared(one: Named, other: Named) -> float:
    """Score of the best pair of readings in which every part that both have is the same; 0 where there is none."""
    if one.words == other.words:
        return 20.0
    if one.stems.isdisjoint(other.stems):
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
        if left["surname"] != right["surname"]:
            return False
    elif not (left["given"] and left["given"] == right["given"]):
        return lone_part(left, right)
    return forenames_fit(left, right)


def lone_part(left: Parts, right: Parts) -> bool:
    """A lone surname that looks like a given name, or a lone given name that was the surname."""
    a, b = [w for part in left.values() for w in part], [w for part in right.values() for w in part]
    alone, every = (a, b) if len(a) < len(b) else (b, a)
    return len(alone) == 1 and not alone[0].endswith(".") and alone[0] in every


def forenames_fit(left: Parts, right: Parts) -> bool:
    a = (left["given"] + left["patronymic"]) or left["initial"]
    b = (right["given"] + right["patronymic"]) or right["initial"]
    for x, y in zip(a, b, strict=False):
        short = x.endswith(".") or y.endswith(".")
        if x != y and not (short and (x.startswith(y.rstrip(".")) or y.startswith(x.rstrip(".")))):
            return False
    return True


# ---------------------------------------------------------------- the entity


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
        for gender in worth:
            fallback = named.ways[0].score - HOPELESS
            worth[gender] += next((w.score for w in named.ways if w.hypothesis.gender == gender), fallback)
    best: Gender = "f" if worth["f"] > worth["m"] else "m"
    told = any({"given", "patronymic"} & set(named.roles) for named in person.mentions)
    return best, abs(worth["m"] - worth["f"]) >= (SURE if told else SURE_OF_SURNAME)


def best_way(named: Named, gender: Gender, person: Person) -> Hypothesis:
    """The best reading in the person's gender whose words agree with the nominatives of the other mentions."""
    others = [o for o in person.mentions if o is not named and o.words != named.words]
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
    named, way = max(read, key=lambda x: (x[0].fullness, -x[0].found.start))
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
