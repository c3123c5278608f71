"""Which person a post belongs to: before the name, after it, across a dash, in a predicate."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from nlp.positions.lexicon import is_head, lemmas
from nlp.positions.phrase import Phrase, left_edge, phrase_after, phrases_before
from nlp.positions.post import DASHES, case_of, heads_position, predicates
from nlp.reading import Reading, Unit


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase tied to a person by a rule, before the employer is known."""

    unit: Unit
    phrase: Phrase
    rule: str
    former: bool = False
    leads: Unit | None = None
    """The body that the words say the person leads, where they name no post."""


Rule = Callable[[Reading, Unit], list[Found]]


def before_name(r: Reading, unit: Unit) -> list[Found]:
    """«заместитель министра культуры Иван Петров»: the post stands before the name, in its case."""
    return [Found(unit, p, "before_name") for p in phrases_before(r, unit)]


def plural_before_names(r: Reading, unit: Unit) -> list[Found]:
    """«директора школ Инна Ключник и Степан Шапка»: one plural post for every name joined to it."""
    at = bisect_left(r.people, unit.first, key=lambda u: u.first)
    first, nth = unit, 0
    while at > 0:
        previous = r.people[at - 1]
        between = [r.low[t] for t in range(previous.last, first.first)]
        if previous.last > first.first or between not in ([","], ["и"], [",", "а", "также"]):
            return []
        first, at, nth = previous, at - 1, nth + 1
        plural = [p for p in phrases_before(r, first) if r.feats[p.head].get("Number") == "Plur"]
        if plural:
            return [Found(unit, replace(p, nth=nth), "plural_before_names") for p in plural]
    return []


def after_comma(r: Reading, unit: Unit) -> list[Found]:
    """«Иван Петров, ректор университета, …» and «Иван Петров (ректор)»: the post follows in apposition."""
    out: list[Found] = []
    case, token = case_of(r, unit), unit.last
    limit = r.last(unit.first)
    while token + 1 < limit and r.low[token] in (",", "(", "и") and r.unit[token] is None:
        if r.low[token] == "и" and not out:
            break
        first = token + 1
        while first < limit and r.low[first] in SINCE:
            first += 1
        phrase = phrase_after(r, first, case, unit)
        if phrase is None:
            break
        out.append(Found(unit, phrase, "after_comma", r.low[first - 1] in ("ранее", "тогда", "прежде")))
        token = phrase.last
    if out and closed(r, token, limit):
        return out
    return []


SINCE = frozenset({"ныне", "теперь", "сейчас", "ранее", "тогда", "прежде", "также"})


def closed(r: Reading, token: int, limit: int) -> bool:
    """An apposition ends at a mark, at the verb or with the sentence; otherwise it was the next item of a list."""
    if token >= limit or r.low[token] in (",", ".", "(", ")", ";", "»", ":", "из") or r.low[token] in DASHES:
        return True
    return r.pos[token] in ("VERB", "AUX", "ADV", "CCONJ")


def after_dash(r: Reading, unit: Unit) -> list[Found]:
    """«Иван Петров — директор музея», «Иван Петров – поэт, переводчик»: in a list or a sentence of its own."""
    token, limit = unit.last, r.last(unit.first)
    if token + 1 >= limit or r.low[token] not in DASHES:
        return []
    out: list[Found] = []
    while token + 1 < limit and (r.low[token] in (",", "и") if out else r.low[token] in DASHES):
        phrase = phrase_after(r, token + 1, "Nom", unit)
        if phrase is None:
            break
        out.append(Found(unit, phrase, "after_dash"))
        token = phrase.last
    return out


def before_dash(r: Reading, unit: Unit) -> list[Found]:
    """«Председатель жюри – Иван Петров»: the post opens a sentence or an item and a dash leads to the name."""
    dash, floor = unit.first - 1, r.first(unit.first)
    if dash <= floor or r.low[dash] not in DASHES:
        return []
    start = dash
    while start > floor and r.low[start - 1] not in (";", ":", "•", "*", "(") and r.low[start - 1] not in DASHES:
        start -= 1
    phrase = phrase_after(r, start, "Nom", unit)
    if phrase is None or phrase.last != dash or not is_head(r.words[phrase.head]) or in_event(r, phrase):
        return []
    return [Found(unit, phrase, "before_dash")]


ROLES = frozenset("ведущий ведущая капитан спикер член делегат представитель стажер".split())


def in_event(r: Reading, phrase: Phrase) -> bool:
    """«ведущий – …», «члены – …»: without a body the noun tells of a part in an event."""
    return phrase.last == phrase.head + 1 and bool(lemmas(r.low[phrase.head]) & ROLES)


def line_above(r: Reading, unit: Unit) -> list[Found]:
    """«Посол России в Венгрии» on a line of its own, the name alone on the next: signatures and addresses."""
    line = r.sentence[unit.first]
    alone = r.first(unit.first) == unit.first and all(r.pos[t] == "PUNCT" for t in range(unit.last, r.last(unit.first)))
    if not alone or line == 0 or r.paragraph[line - 1] == r.paragraph[line]:
        return []
    above = r.sentences[line - 1]
    phrase = phrase_after(r, above.first, case_of(r, unit), unit, above.last)
    if (
        phrase is None
        or any(r.pos[t] != "PUNCT" for t in range(phrase.last, above.last))
        or r.low[above.last - 1] == "."
    ):
        return []
    return [Found(unit, phrase, "line_above")]


def named_at(r: Reading, token: int) -> bool:
    unit = r.unit[token]
    return unit is not None and unit.kind == "person"


def announced(r: Reading, unit: Unit) -> list[Found]:
    """«Редакторы – Анна Белова и Олег Сидоров», «Пришли члены клуба: Анна Белова (Пермь), …»: one post for a list."""
    floor, mark = r.first(unit.first), unit.first - 1
    while mark > floor and not (r.unit[mark] is None and (r.low[mark] == ":" or r.low[mark] in DASHES)):
        if r.low[mark] == ";" or (r.unit[mark] is None and predicates(r, mark)) or heads_position(r, mark):
            return []
        mark -= 1
    if mark <= floor:
        return []
    for head in range(mark - 1, floor - 1, -1):
        if r.unit[head] is not None or r.quoted[head]:
            if named_at(r, head):
                return []
            continue
        if r.low[head] == "," or predicates(r, head):
            return []
        if heads_position(r, head) and r.feats[head].get("Number") == "Plur" and r.case(head) == "Nom":
            phrase = phrase_after(r, left_edge(r, head, floor), "Nom", unit, mark)
            if phrase is None or phrase.head != head or phrase.last != mark or in_event(r, phrase):
                return []
            nth = sum(mark < u.first < unit.first for u in r.people)
            return [Found(unit, replace(phrase, nth=nth), "announced")]
    return []


BESIDE: tuple[Rule, ...] = (
    before_name,
    plural_before_names,
    before_dash,
    line_above,
    after_comma,
    after_dash,
    announced,
)
