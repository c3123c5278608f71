"""Whether a token heads a post, agrees, stands in a case: the small questions that the rules about posts ask."""

from nlp.positions.lexicon import (
    always_somebody,
    case_by_dictionary,
    is_head,
    is_listed,
    is_of_post,
    is_other,
    is_somebody,
    is_townsman,
)
from nlp.reading import Reading, Unit

ACTING_WORDS = ("и.о", "и.о.", "врио", "ио")


DASHES = frozenset("—–-−")


DEGREES = ("наук", "к", "д", "н", "т", "э", "ф", "м", "п", "доктор", "кандидат", "phd")


COMPATIBLE = {"Acc": {"Acc", "Gen"}, "Gen": {"Acc", "Gen"}}


def heads_position(r: Reading, token: int) -> bool:
    word = r.low[token]
    if (len(word) < 3 and word != "ио") or word.startswith("по-"):
        return False
    if r.pos[token] != "NOUN" and r.unit[token] is None and always_somebody(word):
        return not is_other(word) and not no_post(r, token)
    if r.pos[token] not in ("NOUN", "PROPN", "ADJ", "VERB"):
        return False
    if r.feats[token].get("Variant") == "Short" or (r.feats[token].get("Tense") == "Past" and r.pos[token] == "VERB"):
        return False
    if r.pos[token] in ("ADJ", "VERB") and not is_listed(word):
        return False
    if (
        r.pos[token] == "ADJ"
        and token + 1 < len(r.words)
        and r.pos[token + 1] == "NOUN"
        and agrees(r, token, token + 1)
    ):
        return False
    if no_post(r, token):
        return False
    if is_head(word):
        return True
    animate = r.pos[token] == "NOUN" and r.feats[token].get("Animacy") == "Anim"
    return animate and not is_other(word) and not is_townsman(word) and is_somebody(word)


def case_at(r: Reading, token: int) -> str:
    """The case of a head; by the dictionary where the net took the noun for something else."""
    if r.pos[token] != "NOUN" and always_somebody(r.low[token]):
        return case_by_dictionary(r.low[token])
    return r.case(token)


PUPILS = frozenset({"ученик", "ученица"})
POSSESSIVE = frozenset("мой свой наш ваш его ее их".split())


def no_post(r: Reading, token: int) -> bool:
    """«во главе с», «доктор исторических наук», «её ученик»: the noun is no post in these words."""
    lemma = r.lemmas[token]
    if lemma == "глава":
        return token > 0 and r.low[token - 1] == "во"
    if lemma in ("доктор", "кандидат"):
        return "наук" in r.low[token + 1 : token + 5]
    return lemma in PUPILS and token > 0 and bool({r.lemmas[token - 1], r.low[token - 1]} & POSSESSIVE)


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


def abbreviated(r: Reading, token: int) -> bool:
    """«и.о.», «г.», «д.х.н.»: the full stop after it ends no sentence."""
    return token >= 0 and (
        len(r.low[token]) == 1 or "." in r.low[token] or r.low[token] in ("им", "ст", "проф", "акад")
    )


def of_post(r: Reading, token: int) -> bool:
    """«генеральный», «ведущий», not «саратовский» or «модерировавший»."""
    return is_of_post(r.low[token]) or r.low[token] in ("и.о", "врио", "ио")


def degree(r: Reading, first: int, last: int) -> bool:
    """«…, доктор исторических наук», «…, к.т.н.» between a post and the name."""
    tokens = [r.low[t].strip(".") for t in range(first, last) if r.low[t] not in (".", ",")]
    return bool(tokens) and (
        tokens[0] in DEGREES or tokens[-1] == "наук" or all("." in t or len(t) <= 2 for t in tokens)
    )


def before_degree(r: Reading, last: int) -> int:
    """Where «к.и.н.», «д. г.-м. н.» that ends before token `last` begins; `last` itself where none does."""
    if last < 4 or r.low[last - 1] != "." or r.low[last - 2] not in ("н", "наук"):
        return last
    for token in range(last - 3, max(last - 10, -1), -1):
        if r.low[token] in ("к", "д"):
            return token
        if r.low[token] not in (".", "-") and len(r.low[token]) > 2:
            break
    return last


def floor_of(r: Reading, unit: Unit) -> int:
    """First token of the sentence; a degree before the name («РАН, д.г.н. Анна Чибрик») ends none."""
    first = r.first(unit.first)
    if first == unit.first and before_degree(r, first) < first:
        before = r.sentence[first] - 1
        if r.paragraph[before] == r.paragraph[before + 1]:
            return r.sentences[before].first
    return first


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


def home(r: Reading, token: int) -> bool:
    """«из Риги», «из станицы Динской»: where the person comes from."""
    unit = r.unit[token]
    return (
        (unit is not None and unit.kind == "place")
        or r.words[token][:1].isupper()
        or r.lemmas[token] in ("станица", "село", "город", "деревня", "поселок")
    )
