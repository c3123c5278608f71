"""Who holds what post where: positions beside a person's name, before it, after it, in a predicate, in a list.

A position is a noun phrase whose head is an animate noun («заместитель», «ректор») standing in the case of the name.
"""

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from pymorphy3.analyzer import Parse

from nlp.annotation import Entity, Position, Release
from nlp.doc import Doc
from nlp.inflection import dictionary
from nlp.reading import Reading, Unit

ACTING_WORDS = ("и.о", "и.о.", "врио", "ио")
DASHES = frozenset("—–-−")
ACTING = ("и.о", "и. о", "врио", "исполняющий обязанности", "исполняющая обязанности", "временно исполня")
FORMER = ("бывший", "бывшая", "экс-", "прежний", "прежняя")
PREFIXES = ("вице", "экс", "пресс", "шеф", "генерал", "замест", "гос", "соц", "тренер", "врач", "инженер", "статс")
DEGREES = ("наук", "к", "д", "н", "т", "э", "ф", "м", "п", "доктор", "кандидат", "phd")
COMPATIBLE = {"Acc": {"Acc", "Gen"}, "Gen": {"Acc", "Gen"}}
SHORT = {"замминистра": "заместитель министра", "замруководителя": "заместитель руководителя"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens of one position: `head` inside `first` to `last` (exclusive)."""

    first: int
    head: int
    last: int


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase tied to a person by a rule, before the employer is known."""

    unit: Unit
    phrase: Phrase
    rule: str
    former: bool = False


def listed(name: str) -> frozenset[str]:
    lines = (files("data") / "positions" / name).read_text(encoding="utf-8").splitlines()
    return frozenset(w.replace("ё", "е") for line in lines if not line.startswith("#") for w in line.split())


@cache
def heads() -> frozenset[str]:
    return listed("heads.txt")


@cache
def adjectives() -> frozenset[str]:
    return listed("adjectives.txt")


@cache
def others() -> frozenset[str]:
    return listed("not_positions.txt")


@cache
def employers() -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = tomllib.loads(
        (files("data") / "positions" / "employers.toml").read_text(encoding="utf-8")
    )
    return table


@cache
def lemmas(word: str) -> frozenset[str]:
    """Every dictionary form of a noun or a noun-like adjective, ё as е."""
    return frozenset(
        form
        for p in dictionary().parse(word)
        if p.tag.POS in ("NOUN", "ADJF", "PRTF", None)
        for form in (p.normal_form.replace("ё", "е"), feminine(p))
    )


def feminine(parse: Parse) -> str:
    """«заведующая» stays a word of its own beside «заведующий»."""
    if parse.tag.POS in ("ADJF", "PRTF") and parse.tag.gender == "femn":
        form = parse.inflect({"nomn", "sing", "femn"})
        if form is not None:
            return str(form.word).replace("ё", "е")
    return str(parse.normal_form).replace("ё", "е")


@cache
def is_head(word: str) -> bool:
    """Whether a word can head a position: listed, or made of a listed word with a prefix or a hyphen."""
    forms = lemmas(word.lower())
    if forms & heads():
        return True
    if "-" in word:
        parts = word.lower().replace("ё", "е").split("-")
        return bool(lemmas(parts[-1]) & heads()) or bool(lemmas(parts[0]) & heads())
    return any(form.startswith(p) and form[len(p) :] in heads() for form in forms for p in PREFIXES)


def heads_position(r: Reading, token: int) -> bool:
    word = r.low[token]
    if r.pos[token] not in ("NOUN", "PROPN", "ADJ", "VERB") or (len(word) < 3 and word not in ("ио",)):
        return False
    if r.feats[token].get("Variant") == "Short" or (r.feats[token].get("Tense") == "Past" and r.pos[token] == "VERB"):
        return False
    if r.pos[token] in ("ADJ", "VERB") and not lemmas(word) & heads():
        return False
    if (
        r.pos[token] == "ADJ"
        and token + 1 < len(r.words)
        and r.pos[token + 1] == "NOUN"
        and agrees(r, token, token + 1)
    ):
        return False
    forms = lemmas(word)
    if is_head(word):
        return True
    animate = r.pos[token] == "NOUN" and r.feats[token].get("Animacy") == "Anim"
    return animate and not forms & others()


def agrees(r: Reading, a: int, b: int) -> bool:
    return r.case(a) == r.case(b) and r.feats[a].get("Number") == r.feats[b].get("Number")


def same_case(one: str, other: str) -> bool:
    return not one or not other or other in COMPATIBLE.get(one, {one})


DECLINED = ("ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "ова", "ева", "ёва", "ина", "ына", "ская", "цкая")


def case_of(r: Reading, unit: Unit) -> str:
    """Case of a name where its tokens agree on one; a name read as several cases tells nothing.

    «Валерия Ступина» may be tagged as the genitive of a man's name; a name that ends like a Russian surname and stands
    as its nominative does is in the nominative.
    """
    words = r.words[unit.first : unit.last]
    if words[-1].endswith(DECLINED) and set(words) <= set(unit.name.split()):
        return "Nom"
    cases = {r.case(t) for t in range(unit.first, unit.last) if r.case(t)}
    return cases.pop() if len(cases) == 1 else ""


# -- the phrase ---------------------------------------------------------------------------------------------------


def foreign(r: Reading, token: int, unit: Unit) -> bool:
    """The token belongs to a person other than `unit`."""
    other = r.unit[token]
    return other is not None and other.kind == "person" and other is not unit


def predicates(r: Reading, token: int) -> bool:
    """A verb that ends a noun phrase; a full participle does not, a short one («назначен») does."""
    if r.pos[token] not in ("VERB", "AUX", "ADJ") or len(r.low[token]) == 1:
        return False
    feats = r.feats[token]
    if feats.get("Variant") == "Short":
        return True
    return r.pos[token] != "ADJ" and feats.get("VerbForm") != "Part"


LEADING = frozenset(
    "председательством руководством участием просьбе словам мнению приглашению поручению инициативе".split()
)
"""«под председательством профессора …»: what comes before is no part of the post."""


def abbreviated(r: Reading, token: int) -> bool:
    """«и.о.», «г.», «д.х.н.»: the full stop after it ends no sentence."""
    return token >= 0 and (
        len(r.low[token]) == 1 or "." in r.low[token] or r.low[token] in ("им", "ст", "проф", "акад")
    )


def chunk_before(r: Reading, unit: Unit) -> int:
    """Where the run of words that may belong to a position before the name begins."""
    token, floor, brackets = unit.first - 1, r.first(unit.first), 0
    while token >= floor:
        word, pos = r.low[token], r.pos[token]
        if word == ")":
            brackets += 1
        elif word == "(":
            if not brackets:
                break
            brackets -= 1
        inside = r.quoted[token] or brackets or (r.unit[token] is not None and r.unit[token].kind != "person")  # type: ignore[union-attr]
        if not inside and (
            foreign(r, token, unit)
            or (predicates(r, token) and not heads_position(r, token))
            or (pos in ("SCONJ", "PRON") and word != "как")
            or word in LEADING
            or word in (";", ":", "!", "?")
            or word in DASHES
            or (word == "." and not abbreviated(r, token - 1))
            or word in ("а", "но", "также", "кроме", "включая", "вместе")
        ):
            break
        token -= 1
    return token + 1


def of_post(r: Reading, token: int) -> bool:
    """«генеральный», «ведущий», not «саратовский» or «модерировавший»."""
    return bool(lemmas(r.low[token]) & adjectives()) or r.low[token] in ("и.о", "врио", "ио")


def left_edge(r: Reading, head: int, floor: int) -> int:
    """Takes in the adjectives and prefixes («и.о.», «первый», «Чрезвычайный и Полномочный») before a head."""
    token = head
    while token > floor:
        previous = token - 1
        word, pos = r.low[previous], r.pos[previous]
        if r.unit[previous] is not None or r.quoted[previous]:
            break
        if (
            word in ACTING_WORDS
            or (word in ("о", "и") and r.low[token] == ".")
            or (word == "." and r.low[previous - 1] in ("о", "и.о", "и"))
        ):
            token = previous
        elif word == "обязанности" and r.low[previous - 1].startswith("исполня"):
            token = previous - 1
        elif of_post(r, previous) and not is_head(word):
            token = previous
        elif pos in ("ADJ", "NUM") or (pos == "VERB" and r.feats[previous].get("VerbForm") == "Part"):
            if not same_case(r.case(previous), r.case(head)):
                break
            token = previous
        elif word == "и" and previous - 1 >= floor and of_post(r, previous - 1) and of_post(r, token):
            token = previous
        else:
            break
    return token


def breaks(r: Reading, token: int, case: str) -> bool:
    """A noun in the case of the name that is no position itself: the head before it belongs elsewhere."""
    return (
        r.unit[token] is None
        and not r.quoted[token]
        and r.pos[token] in ("NOUN",)
        and r.case(token) == case
        and case in ("Nom",)
        and not heads_position(r, token)
        and not lemmas(r.low[token]) & others()
    )


def phrases_before(r: Reading, unit: Unit) -> list[Phrase]:
    """Positions in the words before a name, from the left."""
    case = case_of(r, unit)
    start = chunk_before(r, unit)
    found: list[int] = []
    token = unit.first - 1
    fallback: list[int] = []
    while token >= start:
        mention = r.unit[token]
        if (mention is not None and mention.kind != "place") or r.quoted[token]:
            token -= 1
            continue
        if breaks(r, token, case):
            break
        if heads_position(r, token):
            if r.pos[token] in ("NOUN", "PROPN", "ADJ", "VERB") and same_case(case, r.case(token)):
                found.append(token)
            else:
                fallback.append(token)
        elif (r.low[token] == "," and found and not continues(r, token, found[-1], case)) or (
            r.low[token] == ","
            and not found
            and not fallback
            and not (degree(r, token + 1, unit.first) or enumerated(r, token, unit.first))
        ):
            break
        token -= 1
    if not found:
        found = nearest(r, fallback, unit)
    found.sort()
    chain = governed(r, found, case)
    out = []
    for i, head in enumerate(chain):
        end = chain[i + 1] if i + 1 < len(chain) else unit.first
        first = left_edge(r, head, start)
        if i + 1 < len(chain):
            end = left_edge(r, end, head + 1)
        last = trimmed(r, head, end)
        out.append(Phrase(first, head, last))
    return out


def nearest(r: Reading, heads_found: list[int], unit: Unit) -> list[int]:
    """For a name read in another case («главой фонда Юсри Наггаром»): the leftmost head since the last joint."""
    for token in range(unit.first - 1, (min(heads_found) if heads_found else unit.first) - 1, -1):
        if r.unit[token] is None and not r.quoted[token] and r.low[token] in (",", "и", ";"):
            near = [t for t in heads_found if t > token]
            if near:
                return [min(near)]
    return [min(heads_found)] if heads_found else []


def degree(r: Reading, first: int, last: int) -> bool:
    """«…, доктор исторических наук», «…, к.т.н.» between a post and the name."""
    tokens = [r.low[t].strip(".") for t in range(first, last) if r.low[t] not in (".", ",")]
    return bool(tokens) and (
        tokens[0] in DEGREES or tokens[-1] == "наук" or all("." in t or len(t) <= 2 for t in tokens)
    )


def enumerated(r: Reading, comma: int, stop: int) -> bool:
    """A comma inside «министр образования, науки и спорта»: oblique nouns of one case on both sides."""
    after, before = comma + 1, comma - 1
    while after < stop and r.pos[after] == "ADJ":
        after += 1
    return (
        after < stop
        and r.pos[after] in ("NOUN", "PROPN")
        and r.case(after) not in ("", "Nom")
        and (r.case(after) == r.case(before) or r.unit[before] is not None)
        and not heads_position(r, after)
    )


def continues(r: Reading, comma: int, head: int, case: str) -> bool:
    """Whether the words before a comma can still hold a position of the same name («заместитель главы, министр …»)."""
    first = left_edge(r, head, comma)
    return first == comma + 1 or degree(r, comma + 1, first)


def governed(r: Reading, found: list[int], case: str) -> list[int]:
    """Drops a noun that depends on the head before it («заместителя председателя»: only the first is the post)."""
    out: list[int] = []
    for token in found:
        if out:
            between = range(out[-1] + 1, left_edge(r, token, out[-1] + 1))
            separated = any(r.low[t] in (",", "и", ";", "—", "–") and r.unit[t] is None for t in between)
            if not separated or (
                case in ("Gen", "Acc")
                and r.heads[token] in range(out[-1], token)
                and not any(r.low[t] == "," for t in between)
            ):
                continue
            if (
                not any(r.low[t] == "," for t in between)
                and r.rels[token] == "conj"
                and r.heads[token] != out[-1]
                and r.heads[token] > out[-1]
            ):
                continue
        out.append(token)
    return out


TITLES = frozenset(
    "отец протоиерей иерей господин госпожа г-н г-жа товарищ доктор профессор академик генерал полковник".split()
)


def trimmed(r: Reading, head: int, end: int) -> int:
    """Leaves out commas, conjunctions, degrees, forms of address and homes («из Риги») at the end of a phrase."""
    for token in range(head + 1, end):
        if r.unit[token] is not None or r.quoted[token]:
            continue
        if (r.low[token] == "(" and r.low[end - 1] == ")") or (
            r.low[token] == "из" and token + 1 < end and home(r, token + 1)
        ):
            end = token
            break
    while end > head + 1 and r.unit[end - 1] is None and lemmas(r.low[end - 1]) & TITLES:
        end -= 1
    for token in range(head + 1, end):
        if r.low[token] == "," and r.unit[token] is None and degree(r, token + 1, end):
            end = token
            break
    while end > head + 1 and (
        r.pos[end - 1] in ("PUNCT", "CCONJ", "ADP") and r.low[end - 1] not in ("»", ")", '"', "“")
    ):
        end -= 1
    return end


def phrase_after(r: Reading, start: int, case: str, unit: Unit) -> Phrase | None:
    """The position that begins at token `start`: adjectives, a head in the right case, what depends on it."""
    limit = r.last(unit.first)
    head = start
    while head < limit and (
        r.pos[head] in ("ADJ", "NUM")
        or r.low[head] in ("и.о", "врио", ".", "о", "и")
        or (r.pos[head] == "VERB" and r.feats[head].get("VerbForm") == "Part" and not heads_position(r, head))
    ):
        if heads_position(r, head):
            break
        if r.unit[head] is not None:
            return None
        head += 1
    if head >= limit or head - start > 5 or r.unit[head] is not None or not heads_position(r, head):
        return None
    if not same_case(case, r.case(head)):
        return None
    end = head + 1
    while end < limit:
        word, pos, mention = r.low[end], r.pos[end], r.unit[end]
        if mention is not None and mention.kind == "person" and not r.quoted[end]:
            if mention is unit or (end > head + 1 and r.case(end) == "Gen" and r.low[end - 1] in ("имени", "им", ".")):
                end += 1
                continue
            return None
        if mention is None and not r.quoted[end]:
            if word in (",", ";", ":", "(", ")", "!", "?") or word in DASHES:
                if word == "," and listing(r, end, limit):
                    end += 1
                    continue
                break
            if word == "." and (end + 1 >= limit or r.low[end - 1] not in ("им", "г", "о", "и.о")):
                break
            if predicates(r, end) or pos in ("PRON", "SCONJ", "ADV", "PART"):
                break
            if pos == "CCONJ" and end + 1 < limit and r.heads[end + 1] < head:
                break
            if pos == "CCONJ" and end + 1 < limit and starts_head(r, end + 1, case, limit):
                break
            if pos == "NOUN" and r.case(end) == "Nom" and case == "Nom" and end > head + 1:
                break
        end += 1
    return Phrase(start, head, trimmed(r, head, end))


def home(r: Reading, token: int) -> bool:
    """«из Риги», «из станицы Динской»: where the person comes from."""
    unit = r.unit[token]
    return (
        (unit is not None and unit.kind == "place")
        or r.words[token][:1].isupper()
        or r.lemmas[token] in ("станица", "село", "город", "деревня", "поселок")
    )


def listing(r: Reading, comma: int, limit: int) -> bool:
    """As `enumerated`, with «и» soon after, so that the list is seen to end."""
    return enumerated(r, comma, limit) and any(r.low[t] == "и" for t in range(comma + 2, min(comma + 7, limit)))


def starts_head(r: Reading, token: int, case: str, limit: int) -> bool:
    while token < limit and r.pos[token] == "ADJ" and not heads_position(r, token):
        token += 1
    return token < limit and heads_position(r, token) and same_case(case, r.case(token))


# -- rules --------------------------------------------------------------------------------------------------------

Rule = Callable[[Reading, Unit], list[Found]]


def before_name(r: Reading, unit: Unit) -> list[Found]:
    """«заместитель министра культуры Иван Петров»: the post stands before the name, in its case."""
    return [Found(unit, p, "before_name") for p in phrases_before(r, unit)]


def plural_before_names(r: Reading, unit: Unit) -> list[Found]:
    """«директора школ Инна Ключник и Степан Шапка»: one plural post for every name joined to it."""
    at = r.people.index(unit)
    first = unit
    while at > 0:
        previous = r.people[at - 1]
        between = [r.low[t] for t in range(previous.last, first.first)]
        if previous.last > first.first or between not in ([","], ["и"], [",", "а", "также"]):
            return []
        first, at = previous, at - 1
        plural = [p for p in phrases_before(r, first) if r.feats[p.head].get("Number") == "Plur"]
        if plural:
            return [Found(unit, p, "plural_before_names") for p in plural]
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
    for verb in range(r.first(unit.first), r.last(unit.first)):
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


RULES: tuple[Rule, ...] = (before_name, plural_before_names, before_dash, after_comma, after_dash, predicate)


# -- the employer -------------------------------------------------------------------------------------------------


def spoken_of(r: Reading, name: str) -> str:
    return name.casefold().replace("ё", "е")


def matching(r: Reading, stems: Sequence[str], before: int, kinds: tuple[str, ...]) -> Unit | None:
    """The nearest entity before token `before`, else the first after, whose name has a word that begins so."""
    best: Unit | None = None
    for unit in r.units:
        if unit.kind not in kinds:
            continue
        name = " " + unit.name.casefold().replace("ё", "е").replace("«", "").replace("-", " ")
        if any(stem in name if stem.startswith(" ") else f" {stem}" in name for stem in stems):
            if unit.first < before:
                best = unit
            elif best is None:
                return unit
    return best


@dataclass(frozen=True, slots=True)
class Employer:
    name: str
    span: tuple[int, int] | None
    last: int | None = None
    """Token where the position's own words end, when the phrase names the employer."""
    resume: int | None = None
    """Token where they go on after it."""


def employer_inside(r: Reading, phrase: Phrase) -> Employer | None:
    """«директор Фонда Горчакова», «президент Сербии»: the employer stands in the phrase."""
    token = phrase.head + 1
    while token < phrase.last:
        unit = r.unit[token]
        if unit is not None and unit.kind == "organisation" and unit.first == token:
            first = token
            while first > phrase.head + 1 and (r.low[first - 1] in ("«", '"') or r.pos[first - 1] == "ADP"):
                first -= 1
            return Employer(unit.name, (unit.start, unit.stop), first, unit.last)
        if unit is not None and unit.kind == "place" and unit.first == token:
            if r.pos[token - 1] == "ADP" or r.low[token - 1] in ("в", "во", "на", "по", "при"):
                token = unit.last
                continue
            first = token
            if r.low[first - 1] in ("города", "посёлка", "поселка", "села", "деревни"):
                first -= 1
            return Employer(unit.name, (unit.start, unit.stop), first, unit.last)
        token += 1
    return None


def employer_by_noun(r: Reading, phrase: Phrase) -> Employer | None:
    """«директор музея», «заместитель губернатора края»: a lower-case noun stands for a body named elsewhere."""
    table = employers()
    for token in range(phrase.head + 1, phrase.last):
        if r.unit[token] is not None or r.quoted[token] or r.pos[token] != "NOUN" or r.case(token) != "Gen":
            continue
        if r.feats[token].get("Number") == "Plur":
            continue
        lemma = r.lemmas[token]
        for group, kinds in (("nouns", ("organisation",)), ("places", ("place",))):
            stems = table[group].get(lemma)
            if stems:
                unit = matching(r, stems, phrase.first, kinds)
                if unit is not None:
                    return Employer(unit.name, None, token, phrase.last)
    return None


def head_word(r: Reading, phrase: Phrase) -> str:
    found = lemmas(r.low[phrase.head]) & heads()
    return min(found) if found else r.lemmas[phrase.head]


def employer_by_head(r: Reading, phrase: Phrase) -> Employer | None:
    """«ректор Ленар Зайнуллин», «губернатор Ирина Ползунова»: the post tells what kind of body or place has it."""
    stems = employers()["positions"].get(head_word(r, phrase))
    unit = matching(r, stems, phrase.first, ("organisation", "place")) if stems else None
    return None if unit is None else Employer(unit.name, None)


def employer_of_neighbour(r: Reading, phrase: Phrase) -> Employer | None:
    """«министр … Иван Петров и его заместитель Пётр Иванов»: the same body as in the post before."""
    before = phrase.first - 1
    if before < 0 or r.low[before] not in ("его", "ее", "их"):
        return None
    unit = last_body(r, before, ("organisation", "place"), r.first(before))
    return None if unit is None else Employer(unit.name, None)


def employer_spoken_of(r: Reading, phrase: Phrase) -> Employer | None:
    """«начальник отдела Олег Сидоров»: the last body named before, in this paragraph or the one before it."""
    if head_word(r, phrase) not in employers()["bodies"]:
        return None
    inner = [r.lemmas[t] for t in range(phrase.head + 1, phrase.last)]
    if inner[:1] in (["мэр"], ["губернатор"]):
        return employer_city(r, phrase) if inner[0] == "мэр" else last_region(r, phrase)
    if inner[:1] == ["министр"]:
        unit = matching(r, ["министерств", "мин"], phrase.first, ("organisation",))
        if unit is not None and unit.first < phrase.first and len(inner) == 1:
            return Employer(unit.name, None)
        return last_region(r, phrase) if len(inner) > 1 else None
    if inner[:1] and inner[0] in OF_EVENTS:
        return None
    number = r.paragraph[r.sentence[phrase.first]]
    unit = last_body(r, phrase.first, ("organisation",), 0)
    if unit is not None and r.paragraph[r.sentence[unit.first]] >= number - 1:
        return Employer(unit.name, None)
    return None


OF_EVENTS = frozenset(
    "жюри группа оргкомитет конкурс фестиваль секция экспоцентр выставка проект программа смена экспедиция "
    "турнир".split()
)
GUESSED = {"employer_spoken_of": 0.55, "employer_by_head": 0.65, "employer_state": 0.6, "employer_city": 0.7}
"""Share of right employers by the rules that look for one elsewhere, cross-checked on the labelled releases."""


def employer_city(r: Reading, phrase: Phrase) -> Employer | None:
    """«мэр Юрий Бук»: the last city named before."""
    word = head_word(r, phrase)
    if word not in employers()["cities"] and r.lemmas[phrase.head + 1 : phrase.head + 2] != ["мэр"]:
        return None
    for unit in reversed(r.units):
        if unit.kind == "place" and unit.first < phrase.first and is_city(unit.name):
            return Employer(unit.name, None)
    return None


def employer_state(r: Reading, phrase: Phrase) -> Employer | None:
    """«министр сельского хозяйства Георгий Дубина»: the last region or country named before."""
    return last_region(r, phrase) if head_word(r, phrase) in employers()["ministers"] else None


def last_region(r: Reading, phrase: Phrase) -> Employer | None:
    for unit in reversed(r.units):
        if unit.kind == "place" and unit.first < phrase.first and not is_city(unit.name):
            return Employer(unit.name, None)
    return None


def is_city(name: str) -> bool:
    """Not a region by its words, nor a country by its ending («Сербия», «Казахстан»)."""
    low = name.lower()
    region = any(w in low for w in ("область", "край", "республика", "округ", "район", "федерация"))
    return (
        not region
        and not low.endswith(("ия", "стан", "русь"))
        and low not in ("китай", "вьетнам", "куба", "рф", "оаэ", "юар", "кнр")
    )


def last_body(r: Reading, before: int, kinds: tuple[str, ...], floor: int) -> Unit | None:
    found = [u for u in r.units if u.kind in kinds and floor <= u.first and u.last <= before]
    return found[-1] if found else None


EMPLOYERS = (
    employer_inside,
    employer_of_neighbour,
    employer_by_noun,
    employer_by_head,
    employer_city,
    employer_state,
    employer_spoken_of,
)


def employer(r: Reading, phrase: Phrase) -> tuple[Employer | None, str]:
    for rule in EMPLOYERS:
        found = rule(r, phrase)
        if found is not None:
            return found, rule.__name__
    return None, ""


# -- the wording --------------------------------------------------------------------------------------------------


def nominative(word: str, tag: str, gender: str | None, *, noun: bool) -> str:
    """The nominative singular of one word; the word itself where the dictionary doesn't know it."""
    cases = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
    parses = dictionary().parse(word)
    wanted = [p for p in parses if (p.tag.POS == "NOUN") == noun] or parses
    wanted = [p for p in wanted if cases.get(tag, "nomn") in str(p.tag)] or wanted
    parse = wanted[0]
    grammemes = {"nomn", "sing"}
    if not noun and gender:
        grammemes.add(gender)
    form = parse.inflect(grammemes) or parse.inflect({"nomn", "sing"})
    return str(form.word) if form is not None else word


GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}


def aside(r: Reading, token: int, phrase: Phrase) -> bool:
    """Adjectives that tell of the person or the time, not of the post."""
    if token < phrase.head and r.low[token] not in ("о", "и", *ACTING_WORDS) and not r.low[token].startswith("исполня"):
        return r.pos[token] in ("ADJ", "VERB", "NUM", "DET") and not of_post(r, token)
    return False


def worded(r: Reading, phrase: Phrase, place: Employer | None) -> str:
    """The position as a register writes it: head and its adjectives in the nominative singular, lower case."""
    tokens = list(range(phrase.first, phrase.last))
    if place is not None and place.last is not None:
        tokens = [t for t in tokens if t < place.last or (place.resume is not None and t >= place.resume)]
    tokens = [t for t in tokens if not aside(r, t, phrase)]
    gender = GENDERS.get(r.feats[phrase.head].get("Gender", ""))
    if r.feats[phrase.head].get("Number") == "Plur":
        gender = "masc"
    acting = phrase.first < phrase.head and (
        r.low[phrase.first] in (*ACTING_WORDS, "и") or r.low[phrase.first].startswith("исполня")
    )
    out: list[str] = []
    for i, token in enumerate(tokens):
        word = r.words[token]
        if acting and token <= phrase.head:
            word = (
                nominative(word.lower(), r.case(token), gender, noun=False)
                if word.lower().startswith("исполня")
                else word.lower()
            )
        elif token == phrase.head:
            noun = not lemmas(r.low[token]) & heads() or r.pos[token] in ("NOUN", "PROPN")
            adjectival = r.low[token][-2:] in ("ий", "ая", "ым", "им", "ей", "ой", "ую", "ые", "ие") or r.low[token][
                -3:
            ] in ("его", "ого", "ему", "ому")
            word = nominative(
                word.lower(), r.case(token), gender, noun=noun and not (adjectival and r.pos[token] != "NOUN")
            )
        elif token < phrase.head and r.pos[token] in ("ADJ", "VERB", "NUM") and r.unit[token] is None:
            word = nominative(word.lower(), r.case(token), gender, noun=False)
        elif token < phrase.head or is_head(word):
            word = word.lower()
        glued = i > 0 and r.stops[tokens[i - 1]] == r.starts[token]
        out.append(word if glued or not out else " " + word)
    return "".join(out).strip(" ,;")


def is_former(r: Reading, found: Found) -> bool:
    return found.former or any(
        r.low[t].startswith(("бывш", "экс-")) for t in range(found.phrase.first, found.phrase.last)
    )


def as_position(r: Reading, found: Found) -> Position | None:
    phrase = found.phrase
    body, rule = employer(r, phrase)
    position = worded(r, phrase, body)
    if not position:
        return None
    last = phrase.last
    if body is not None and body.last is not None and body.resume is not None and body.resume >= phrase.last:
        last = max(body.last, phrase.head + 1)
    return Position(
        person=found.unit.name,
        position=position,
        person_span=(found.unit.start, found.unit.stop),
        position_span=r.span(phrase.first, last),
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
                out.append(replace(position))
    return tuple(out)
