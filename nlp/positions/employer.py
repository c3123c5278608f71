"""Which body, country or city a post is held at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.positions.lexicon import employers, heads, lemmas
from nlp.positions.phrase import Phrase
from nlp.positions.post import DASHES
from nlp.reading import Reading, Unit


def matching(r: Reading, stems: Sequence[str], before: int, kinds: tuple[str, ...]) -> Unit | None:
    """The nearest entity before token `before`, else the first after, whose name has a word that begins so."""
    best: Unit | None = None
    for unit in r.units:
        if unit.kind in kinds and begins(unit.name, stems):
            if unit.first < before:
                best = unit
            elif best is None:
                return unit
    return best


def begins(name: str, stems: Sequence[str]) -> bool:
    """Whether a word of the name begins so."""
    words = " " + name.casefold().replace("ё", "е").replace("«", "").replace("-", " ")
    return any(stem in words if stem.startswith(" ") else f" {stem}" in words for stem in stems)


@dataclass(frozen=True, slots=True)
class Employer:
    name: str
    span: tuple[int, int] | None
    last: int | None = None
    """Token where the position's own words end, when the phrase names the employer."""
    resume: int | None = None
    """Token where they go on after it."""
    inside: bool = False
    """Named in the phrase itself."""


SETTLEMENTS = frozenset("города поселка села деревни провинции долины штата аймака префектуры столицы острова".split())
"""Nouns before a place that belong to it rather than to the post."""


def employer_inside(r: Reading, phrase: Phrase) -> Employer | None:
    """«директор Фонда Горчакова», «президент Сербии»: the employer stands in the phrase."""
    token = phrase.head + 1
    while token < phrase.last:
        unit = r.unit[token]
        if unit is not None and unit.kind == "organisation" and unit.first == token:
            first = token
            while first > phrase.head + 1 and (r.low[first - 1] in ("«", '"') or r.pos[first - 1] == "ADP"):
                first -= 1
            return named_in(r, phrase, unit, first)
        if unit is not None and unit.kind == "place" and unit.first == token:
            if r.pos[token - 1] == "ADP" or r.low[token - 1] in ("в", "во", "на", "по", "при"):
                token = unit.last
                continue
            first = token
            if r.low[first - 1] in SETTLEMENTS:
                first -= 1
            return named_in(r, phrase, unit, first)
        token += 1
    return None


def named_in(r: Reading, phrase: Phrase, unit: Unit, first: int) -> Employer:
    """The employer that words of the phrase from token `first` on name."""
    several = shared_out(r, phrase, unit)
    own = several[min(phrase.nth, len(several) - 1)]
    return Employer(own.name, (own.start, own.stop), first, several[-1].last, inside=True)


def shared_out(r: Reading, phrase: Phrase, first: Unit) -> list[Unit]:
    """«главы Ульяновска и Пензы», «консулы Армении, Киргизии и Кубы»: as many employers as holders, in their order."""
    found = [first]
    if r.feats[phrase.head].get("Number") != "Plur":
        return found
    while (joint := found[-1].last) + 1 < phrase.last and r.low[joint] in (",", "и"):
        after = joint + 1 + (r.unit[joint + 1] is None and r.low[joint + 1] in ("«", '"'))
        unit = r.unit[after] if after < phrase.last else None
        if unit is None or unit.kind != first.kind or unit.first != after:
            break
        found.append(unit)
    return found


def employer_beside(r: Reading, phrase: Phrase) -> Employer | None:
    """«Петров Иван — директор, Музей хлеба», «командир Игнат Чабан (Горный институт)»: the body follows by itself."""
    token = phrase.last
    holder = r.unit[token] if token < len(r.words) else None
    if holder is not None and holder.kind == "person":
        token = holder.last
        if token >= len(r.words) or r.low[token] != "(":
            return None
    if token + 1 >= len(r.words) or r.low[token] not in (",", "("):
        return None
    after = token + 1 + (r.low[token + 1] in ("«", '"'))
    unit = r.unit[after] if after < len(r.words) else None
    if unit is None or unit.kind != "organisation" or unit.first != after or r.sentence[after] != r.sentence[token]:
        return None
    end = unit.last
    closed = end >= r.last(token) or r.low[end] in (")", ";", ".", "(", ",", "»")
    return Employer(unit.name, (unit.start, unit.stop)) if closed else None


OF_STATES = frozenset("министр посол консул депутат сенатор губернатор президент премьер-министр атташе".split())


def employer_before_dash(r: Reading, phrase: Phrase) -> Employer | None:
    """«от Министерства просвещения – заместитель министра Рэм Снежко»: the body sends somebody."""
    dash = phrase.first - 1
    if dash < 1 or r.low[dash] not in DASHES:
        return None
    before = dash - 1 - (r.low[dash - 1] in ("»", '"'))
    unit = r.unit[before]
    if unit is None or unit.kind == "person" or r.sentence[before] != r.sentence[dash]:
        return None
    if unit.kind == "place" and not {r.lemmas[t] for t in range(phrase.head, phrase.last)} & OF_STATES:
        return None
    return Employer(unit.name, (unit.start, unit.stop))


def employer_represented(r: Reading, phrase: Phrase) -> Employer | None:
    """«Компанию «Терек» представлял инженер Иван Петров»: the body that the post speaks for."""
    for verb in range(phrase.first - 1, r.first(phrase.first) - 1, -1):
        if r.unit[verb] is not None and r.unit[verb].kind == "person":  # type: ignore[union-attr]
            return None
        if r.lemmas[verb] in ("представлять", "представить") and r.pos[verb] == "VERB":
            unit = last_body(r, verb, ("organisation",), r.first(verb))
            return None if unit is None else Employer(unit.name, (unit.start, unit.stop))
    return None


def employer_by_noun(r: Reading, phrase: Phrase) -> Employer | None:
    """«директор музея», «заместитель губернатора края»: a lower-case noun stands for a body named elsewhere."""
    table = employers()
    for token in nouns_in(r, phrase):
        lemma = r.lemmas[token]
        for group, kinds in (("nouns", ("organisation",)), ("places", ("place",))):
            stems = table[group].get(lemma)
            if stems:
                unit = matching(r, stems, phrase.first, kinds)
                if unit is not None:
                    return Employer(unit.name, None, token, phrase.last, inside=True)
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


def employer_of_master(r: Reading, phrase: Phrase) -> Employer | None:
    """«советник мэра», «заместитель министра», «глава города»: whoever the post serves tells the city or the state."""
    inner = [r.lemmas[t] for t in range(phrase.head + 1, phrase.last) if r.pos[t] != "ADJ"]
    if not inner:
        return None
    if inner[0] in OF_CITIES:
        return last_city(r, phrase)
    if inner[0] in ("губернатор", "аким", "хоким"):
        return last_region(r, phrase)
    if inner[0] != "министр":
        return None
    if len(inner) > 1:
        return last_region(r, phrase)
    unit = matching(r, ["министерств", "мин"], phrase.first, ("organisation",))
    return Employer(unit.name, None) if unit is not None and unit.first < phrase.first else None


WITH_PRESIDENT = (
    "ассоциац федерац союз фонд палат академи компани клуб корпорац групп общество обществ институт университет "
    "банк конгресс ао ооо пао центр лиг объединени совет"
).split()
"""Bodies headed by a president; «президент» alone after any other is that of a country."""
OF_CITIES = frozenset("мэр город муниципалитет горсовет горисполком градоначальник".split())
OF_MASTERS = OF_CITIES | {"губернатор", "министр", "аким", "хоким"}


def employer_spoken_of(r: Reading, phrase: Phrase) -> Employer | None:
    """«начальник отдела Олег Сидоров»: the last body named before, in this paragraph or the one before it."""
    inner = [r.lemmas[t] for t in range(phrase.head + 1, phrase.last)]
    if head_word(r, phrase) not in employers()["bodies"] or (
        inner and (inner[0] in OF_EVENTS or inner[0] in OF_MASTERS)
    ):
        return None
    if r.lemmas[phrase.head] == "президент" and phrase.last == phrase.head + 1:
        unit = matching(r, WITH_PRESIDENT, phrase.first, ("organisation",))
        return Employer(unit.name, None) if unit is not None and unit.first < phrase.first else None
    number = r.paragraph[r.sentence[phrase.first]]
    unit = last_body(r, phrase.first, ("organisation",), 0)
    if unit is not None and r.paragraph[r.sentence[unit.first]] >= number - 1:
        return Employer(unit.name, None)
    return None


OF_EVENTS = frozenset(
    "жюри группа оргкомитет конкурс фестиваль секция экспоцентр выставка проект программа смена экспедиция "
    "турнир".split()
)


def employer_city(r: Reading, phrase: Phrase) -> Employer | None:
    """«мэр Юрий Бук»: the last city named before."""
    return last_city(r, phrase) if head_word(r, phrase) in employers()["cities"] else None


def last_city(r: Reading, phrase: Phrase) -> Employer | None:
    for unit in reversed(r.units):
        if unit.kind == "place" and unit.first < phrase.first and is_city(unit.name):
            return Employer(unit.name, None)
    return None


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


CERTAIN = (employer_inside, employer_beside, employer_before_dash, employer_represented)
"""The words themselves name the employer."""
GUESSES = (
    employer_of_neighbour,
    employer_by_noun,
    employer_by_head,
    employer_city,
    employer_of_master,
    employer_spoken_of,
)
"""Where to look for an employer that is named elsewhere: what each says is a hint for the judge."""


def named(r: Reading, phrase: Phrase) -> tuple[Employer | None, str]:
    """The employer that the words name, and the rule that says so."""
    for rule in CERTAIN:
        found = rule(r, phrase)
        if found is not None:
            return found, rule.__name__
    return None, ""


def never(r: Reading, phrase: Phrase, unit: Unit) -> bool:
    """A museum has no «посол» and no «губернатор»; «президент» alone is that of a country or of a body that has one."""
    kinds = employers()["states"].get(head_word(r, phrase))
    if kinds is not None:
        return not {k.removeprefix("first ") for k in kinds_of(unit.name, unit.kind)} & set(kinds)
    bare = r.lemmas[phrase.head] == "президент" and phrase.last == phrase.head + 1
    return bare and unit.kind == "organisation" and not begins(unit.name, WITH_PRESIDENT)


@lru_cache(10_000)
def kinds_of(name: str, kind: str) -> tuple[str, ...]:
    """What a name speaks of: «city», «университет»; «first …» for what its first word does."""
    low = name.casefold().replace("ё", "е").replace("«", "").replace('"', "")
    if kind == "place":
        region = any(w in low for w in ("область", "край", "республика", "округ", "район"))
        return ("region" if region else "city" if is_city(name) else "country",)
    words = low.replace("-", " ").split()
    table = employers()["kinds"]
    found = [group for group, stems in table.items() if any(word.startswith(tuple(stems)) for word in words)]
    first = [group for group in found if words[0].startswith(tuple(table[group]))]
    return tuple(found[:3]) + tuple("first " + f for f in first[:1]) or ("other",)


def hints(r: Reading, phrase: Phrase) -> dict[str, list[str]]:
    """For each name the rules that would guess it."""
    out: dict[str, list[str]] = {}
    for rule in GUESSES:
        guess = rule(r, phrase)
        if guess is not None:
            out.setdefault(guess.name, []).append(rule.__name__)
    return out


def spoken_of(r: Reading, phrase: Phrase, unit: Unit) -> Employer:
    """The employer named elsewhere by `unit`; a lower-case noun that stands for it («директор парка») names it too."""
    span = (unit.start, unit.stop)
    for token in nouns_in(r, phrase):
        if stands_for(r, token, unit):
            goes_on = token + 1 < phrase.last and r.pos[token + 1] == "ADP"
            first = token
            while first - 1 > phrase.head and r.pos[first - 1] in ("ADJ", "DET"):
                first -= 1
            return Employer(unit.name, span, first, token + 1 if goes_on else phrase.last, inside=True)
    return Employer(unit.name, span)


OF_PLACES = frozenset("город район округ провинция область край штат аймак страна регион республика".split())


def nouns_in(r: Reading, phrase: Phrase) -> Iterator[int]:
    """Lower-case nouns of the phrase, genitive singular, that may stand for a body: «парка», «университета»."""
    for token in range(phrase.head + 1, phrase.last):
        single = r.case(token) == "Gen" and r.feats[token].get("Number") != "Plur"
        if single and r.pos[token] == "NOUN" and r.unit[token] is None and not r.quoted[token]:
            yield token


def stands_for(r: Reading, token: int, unit: Unit) -> bool:
    """«парка» for «Национальный парк «Дурмитор»», «вуза» for «Томский университет»."""
    lemma = r.lemmas[token]
    if unit.kind == "place" and lemma in OF_PLACES:
        return True
    table = employers()["nouns" if unit.kind == "organisation" else "places"]
    return begins(unit.name, table.get(lemma, ())) or begins(unit.name + " ", (lemma.replace("-", " ") + " ",))


def by_body(r: Reading, phrase: Phrase) -> bool:
    """A post at some body: by its head («директор», «депутат»), or by a noun in it («студент колледжа»)."""
    table, head = employers(), head_word(r, phrase)
    return any(head in table[group] for group in OFFICES) or any(
        table["nouns"].get(r.lemmas[token]) for token in nouns_in(r, phrase)
    )


OFFICES = ("bodies", "positions", "cities", "states")
"""Groups of posts; one of none of them may be held alone («пианист», «историк»)."""
