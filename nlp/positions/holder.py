"""Which person a post belongs to: before the name, after it, across a dash, in a predicate."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from nlp.positions.lexicon import is_head
from nlp.positions.phrase import Phrase, left_edge, phrase_after, phrases_before
from nlp.positions.post import DASHES, case_of, heads_position
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
    if token >= limit or r.low[token] in (",", ".", ")", ";", "»", ":") or r.low[token] in DASHES:
        return True
    return r.pos[token] in ("VERB", "AUX", "ADV", "CCONJ")


def after_dash(r: Reading, unit: Unit) -> list[Found]:
    """«Иван Петров — директор музея» in a list or a sentence of its own."""
    token, limit = unit.last, r.last(unit.first)
    if token + 1 >= limit or r.low[token] not in DASHES:
        return []
    phrase = phrase_after(r, token + 1, "Nom", unit)
    return [] if phrase is None else [Found(unit, phrase, "after_dash")]


def before_dash(r: Reading, unit: Unit) -> list[Found]:
    """«Председатель жюри – Иван Петров»: the post opens a sentence or an item and a dash leads to the name."""
    dash, floor = unit.first - 1, r.first(unit.first)
    if dash <= floor or r.low[dash] not in DASHES:
        return []
    start = dash
    while start > floor and r.low[start - 1] not in (";", ":", "•", "*") and r.low[start - 1] not in DASHES:
        start -= 1
    phrase = phrase_after(r, start, "Nom", unit)
    if phrase is None or phrase.last != dash or not is_head(r.words[phrase.head]):
        return []
    return [Found(unit, phrase, "before_dash")]


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


DIRECTION = frozenset({"руководством", "управлением"})
LEAD = frozenset({"возглавлять", "возглавить", "руководить"})


def under_direction(r: Reading, unit: Unit) -> list[Found]:
    """«ансамбль «Севан» под руководством Ивана Петрова»: the leader of the body named just before."""
    at = unit.first - 1
    if at < 2 or r.low[at] not in DIRECTION or r.low[at - 1] != "под":
        return []
    body = r.unit[at - 2] or r.unit[at - 3]
    if body is None or body.kind != "organisation" or body.last < at - 2 or r.sentence[body.first] != r.sentence[at]:
        return []
    return [Found(unit, Phrase(at - 1, at, unit.first), "under_direction", leads=body)]


def leads(r: Reading, unit: Unit) -> list[Found]:
    """«Иван Петров возглавляет Фонд мира»: the leader of the body that the verb governs."""
    sentence = range(r.first(unit.first), r.last(unit.first))
    if LEAD.isdisjoint(r.lemmas[sentence.start : sentence.stop]):
        return []
    for verb in sentence:
        if r.lemmas[verb] not in LEAD or r.pos[verb] != "VERB" or not subject_of(r, verb, unit):
            continue
        for body in r.units:
            inside = any(r.heads[t] == verb for t in range(body.first, body.last))
            if body.first > 0 and r.pos[body.first - 1] == "ADP":  # «от Госсовета её возглавит …»
                continue
            if body.kind == "organisation" and inside and not r.quoted[verb]:
                past = r.lemmas[verb] != "возглавить" and r.feats[verb].get("Tense") == "Past"
                return [Found(unit, Phrase(verb, verb, verb + 1), "leads", past, leads=body)]
    return []


def subject_of(r: Reading, verb: int, unit: Unit) -> bool:
    """Whether the person is the subject of the verb, by syntax or as the only person before it in the sentence."""
    if any(r.heads[t] == verb and r.rels[t].startswith("nsubj") for t in range(unit.first, unit.last)):
        return True
    head = r.heads[unit.first]
    return head >= 0 and r.heads[head] == verb and r.rels[head].startswith("nsubj")


BECAME = frozenset(
    "назначить избрать утвердить переизбрать стать становиться быть являться работать служить трудиться остаться "
    "начинать".split()
)


def predicate(r: Reading, unit: Unit) -> list[Found]:
    """«Иван Петров назначен директором», «был деканом», «стал ректором»: the post in the instrumental."""
    out: list[Found] = []
    sentence = range(r.first(unit.first), r.last(unit.first))
    if BECAME.isdisjoint(r.lemmas[sentence.start : sentence.stop]):
        return out
    for verb in sentence:
        if r.lemmas[verb] not in BECAME or not subject_of(r, verb, unit):
            continue
        for child in r.children[verb]:
            if r.case(child) == "Ins" and heads_position(r, child) and r.unit[child] is None:
                first = left_edge(r, child, r.first(child))
                phrase = phrase_after(r, first, "Ins", unit)
                if phrase is not None and phrase.head == child:
                    past = r.lemmas[verb] in ("быть", "работать", "служить", "трудиться", "начинать")
                    out.append(Found(unit, phrase, "predicate", past and r.feats[verb].get("Tense") == "Past"))
    return out


RULES: tuple[Rule, ...] = (
    before_name,
    plural_before_names,
    before_dash,
    line_above,
    after_comma,
    after_dash,
    predicate,
    under_direction,
    leads,
)
