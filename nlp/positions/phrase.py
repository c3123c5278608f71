"""The words of a post: from its adjectives and its head to what depends on it."""

from dataclasses import dataclass

from nlp.positions.lexicon import is_head, is_other, lemmas
from nlp.positions.post import (
    ACTING_WORDS,
    DASHES,
    abbreviated,
    before_degree,
    case_at,
    case_of,
    degree,
    enumerated,
    floor_of,
    foreign,
    heads_position,
    home,
    of_post,
    predicates,
    same_case,
)
from nlp.reading import Reading, Unit


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens of one position: `head` inside `first` to `last` (exclusive)."""

    first: int
    head: int
    last: int
    nth: int = 0
    """Which of several holders this one is: «консулы Армении и Кубы Авакян и Эррера»."""


LEADING = frozenset(
    "председательством руководством участием просьбе словам мнению приглашению поручению инициативе".split()
)
"""«под председательством профессора …»: what comes before is no part of the post."""


APART = frozenset({"а", "но", "также", "кроме", "включая", "вместе", "вместо"})


def chunk_before(r: Reading, unit: Unit) -> int:
    """Where the run of words that may belong to a position before the name begins."""
    floor, brackets = floor_of(r, unit), 0
    token = before_degree(r, unit.first) - 1
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
            or word in APART
        ):
            break
        token -= 1
    return token + 1


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
            if not same_case(r.case(previous), case_at(r, head)):
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
        and not is_other(r.low[token])
    )


def phrases_before(r: Reading, unit: Unit) -> list[Phrase]:
    """Positions in the words before a name, from the left."""
    case = case_of(r, unit)
    start = chunk_before(r, unit)
    found: list[int] = []
    stop = before_degree(r, unit.first)
    token = stop - 1
    fallback: list[int] = []
    while token >= start:
        mention = r.unit[token]
        if (mention is not None and mention.kind != "place") or r.quoted[token]:
            token -= 1
            continue
        if breaks(r, token, case):
            break
        if heads_position(r, token):
            if same_case(case, case_at(r, token)):
                found.append(token)
            else:
                fallback.append(token)
        elif (r.low[token] == "," and found and not continues(r, token, found[-1], case)) or (
            r.low[token] == ","
            and not found
            and not fallback
            and not (
                (token + 1 == stop < unit.first) or degree(r, token + 1, unit.first) or enumerated(r, token, unit.first)
            )
        ):
            break
        token -= 1
    if not found:
        found = nearest(r, fallback, unit)
    found.sort()
    chain = governed(r, found, case)
    out = []
    for i, head in enumerate(chain):
        end = chain[i + 1] if i + 1 < len(chain) else stop
        first = left_edge(r, head, start)
        if i + 1 < len(chain):
            end = left_edge(r, end, head + 1)
        last = trimmed(r, head, end)
        joint = joined_by_dash(r, first, head)
        out.append(Phrase(first, head, last) if joint is None or i else Phrase(joint[0], joint[1], last))
    return out


DOUBLED = frozenset(
    "заместитель статс-секретарь министр помощник начальник директор вице-губернатор вице-премьер".split()
)


def joined_by_dash(r: Reading, first: int, head: int) -> tuple[int, int] | None:
    """«первый заместитель министра – начальник управления»: one post in two parts, told by the first part's head."""
    dash = first - 1
    if dash < 1 or r.low[dash] not in DASHES:
        return None
    floor = r.first(dash)
    for token in range(dash - 1, floor - 1, -1):
        unit = r.unit[token]
        if (unit is not None and unit.kind == "person") or r.low[token] in (",", ";", ":", "и") or predicates(r, token):
            return None
        if r.lemmas[token] in DOUBLED and same_case(r.case(token), r.case(head)) and unit is None:
            return left_edge(r, token, floor), token
    return None


def nearest(r: Reading, heads_found: list[int], unit: Unit) -> list[int]:
    """For a name read in another case («главой фонда Юсри Наггаром»): the leftmost head since the last joint."""
    for token in range(unit.first - 1, (min(heads_found) if heads_found else unit.first) - 1, -1):
        if r.unit[token] is None and not r.quoted[token] and r.low[token] in (",", "и", ";"):
            near = [t for t in heads_found if t > token]
            if near:
                return [min(near)]
    return [min(heads_found)] if heads_found else []


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


ASIDES = (
    ("высшей", "категории"),
    ("на", "пенсии"),
    ("в", "отставке"),
    ("под", "началом"),
    ("международного", "класса"),
    ("с", "стажем"),
)
"""What tells of the person rather than of the post."""


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
    if r.low[head + 1 : end] == ["города"] and r.low[head].startswith("мэр"):
        end = head + 1
    for token in range(head + 1, end - 1):
        if any(r.low[token] == a and b in r.low[token + 1 : token + 3] for a, b in ASIDES):
            end = token
            break
    end = before_rank(r, head, before_time(r, head, end))
    end = max(before_degree(r, end), head + 1)
    if ")" in r.low[head:end] and "(" not in r.low[head:end]:
        end = r.low.index(")", head)
    for token in range(head + 1, end):
        if r.low[token] == "," and r.unit[token] is None and degree(r, token + 1, end):
            end = token
            break
    while end > head + 1 and (
        r.pos[end - 1] in ("PUNCT", "CCONJ", "ADP") and r.low[end - 1] not in ("»", ")", '"', "“")
    ):
        end -= 1
    return end


TIMES = frozenset(
    "год срок месяц январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()
)


def before_time(r: Reading, head: int, end: int) -> int:
    """«руководителем с 1 февраля», «председателем на два года»: since when and for how long."""
    for token in range(head + 1, end):
        if r.pos[token] == "ADP" and r.unit[token] is None and not r.quoted[token]:
            for time in range(token + 1, min(token + 5, end)):
                if r.unit[time] is not None or r.pos[time] == "ADP":
                    break
                if r.lemmas[time] in TIMES:
                    return token
    return end


def before_rank(r: Reading, head: int, end: int) -> int:
    """«председатель общества полковник», «настоятель храма архимандрит»: a rank in the head's case ends the post."""
    case = case_at(r, head)
    if case in ("Gen", "Acc", ""):
        return end
    for token in range(head + 1, end):
        inside = r.unit[token] is not None or r.quoted[token]
        if not inside and r.pos[token] == "NOUN" and r.case(token) == case and is_other(r.low[token]):
            return token
    return end


def phrase_after(r: Reading, start: int, case: str, unit: Unit, limit: int | None = None) -> Phrase | None:
    """The position that begins at token `start`: adjectives, a head in the right case, what depends on it."""
    limit = r.last(unit.first) if limit is None else limit
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
    if not same_case(case, case_at(r, head)):
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
            if word == "." and (end + 1 >= limit or r.low[end - 1] not in ("им", "г", "о", "и.о", "зам")):
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


def listing(r: Reading, comma: int, limit: int) -> bool:
    """As `enumerated`, with «и» soon after, so that the list is seen to end."""
    return enumerated(r, comma, limit) and any(r.low[t] == "и" for t in range(comma + 2, min(comma + 7, limit)))


def starts_head(r: Reading, token: int, case: str, limit: int) -> bool:
    while token < limit and r.pos[token] == "ADJ" and not heads_position(r, token):
        token += 1
    return token < limit and heads_position(r, token) and same_case(case, case_at(r, token))
