"""Words of a person's name: which part each is, in which gender and case it may stand, and its nominative."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from nlp.annotation import Gender
from nlp.gazetteers import given_names
from nlp.inflection import like, parses
from nlp.inflection import plain as grammeme

Role = Literal["given", "patronymic", "surname", "initial", "particle"]

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
OBLIQUE = CASES[1:]
SECOND = {"gen2": "gent", "loc2": "loct", "acc2": "accs", "gen1": "gent", "loc1": "loct"}
TOKEN = re.compile(r"[A-ZА-ЯЁ]\.-[A-ZА-ЯЁ]\.|[^\s.]+\.?")
INITIAL = re.compile(r"(?:[A-ZА-ЯЁ]\.?|[A-ZА-ЯЁ][a-zа-яё]\.|[A-ZА-ЯЁ]\.-[A-ZА-ЯЁ]\.)$")
PATRONYMIC = re.compile(
    r"(?:(?:[оеё]в|ь|[лмкфн])ич(?:а|у|ем|ом|е)?|(?:[оеё]в|ин)н(?:а|ы|у|ой|ою|е)|ичн(?:а|ы|у|ой|е))$"
)
PARTICLES = frozenset(
    """фон ван ден дер де да ди дю дос дель делла ла ле ль аль эль ас аш ат бен бин бинт бинти ибн абу абд оглы кызы улы
    заде паша хан эр ас-сайид тер и""".split()
)


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a word of a name may stand in the text."""

    nominative: str
    """Lower case."""
    gender: Gender
    case: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NameParts:
    """A name in the nominative taken apart; initials are kept with their full stop."""

    given: str | None = None
    patronymic: str | None = None
    surname: str | None = None
    initials: tuple[str, ...] = ()


SURNAME_FIRST = frozenset(
    """
    ван вэй вэнь го гао гэ гуань гун гу дай дин ду дун е жуань жэнь инь кан кун ли лин линь ло лу лю лэй
    лян ляо ма мао мо мэн ни пан пань пэн се сун сунь су сы сю сюй сюэ ся сян сяо тан тао тань тун тянь
    у фан фань фу фэн хань хао хоу ху хуан хэ цай цао цзан цзи цзин цзинь цзоу цзэн цзя цзян цзу ци цинь
    цуй цю цюй цянь цяо чжан чжао чжоу чжу чжун чжэн чэн чэнь чан чай ши шэнь шао шань юань юй юн юэ ян
    янь яо яань бай бао бо бянь лань лай хун цун цэн дэн оу оуян сыма нгуен ле фам хоанг хюинь ву во
    данг буй до хо нго зыонг динь дао доан лыонг лыу май тон та тринь чинь чыонг ха ким пак чхве чон чо
    лим хан о со син квон хван ан сон ю хон чхон ко мун нам но чу
    """.split()
)
"""Chinese, Vietnamese and Korean surnames, which stand before the given name."""

# ---------------------------------------------------------------- parts of a name


def words(name: str) -> list[str]:
    """«И.П. Сидоров» → «И.», «П.», «Сидоров»; «М.-Б.» stays one."""
    return TOKEN.findall(name)


def has_capital(word: str) -> bool:
    """«Масри» and «аль-Масри», but not «аль»."""
    return word[:1].isupper() or ("-" in word and word.rpartition("-")[2][:1].isupper())


def is_initial(word: str) -> bool:
    return INITIAL.match(word) is not None


def is_patronymic(word: str) -> bool:
    return len(word) > 5 and PATRONYMIC.search(word.lower()) is not None


def closes(given: str, word: str) -> bool:
    """Whether the last word of a name is a patronymic: «Иван Петрович», but not «Милица Йованович»."""
    if not word.lower().rstrip("аеоуюыймь").endswith("ч"):
        return True
    genders = {form.gender for form in forms(given, "given") if form.weight > 2.0}
    return genders == {"m"} and any("Patr" in p.tag and p.is_known for p in parses(word))


def is_given(word: str) -> bool:
    """Whether a dictionary knows the word, in any case form, as a given name."""
    known = any("Name" in p.tag and p.is_known and p.tag.number != "plur" for p in parses(word))
    return known or word.lower() in given_names()


def is_surname(word: str) -> bool:
    """Whether the word has a Russian surname's ending or the dictionary knows it as one."""
    return TYPICAL.search(word.lower()) is not None


TYPICAL = re.compile(  # Russian, Ukrainian, Georgian and Armenian surnames
    r"(?:[оеё]в|[иы]н|[сц]к)(?:а|у|ым|е|ой|ою|ий|ого|ому|им|ом|ая|ую)?$|(?:енк|ейк)о$|[иы]х$|(?:дзе|швили|ян|янц|чук)\w?$"
)


def roles(name: Sequence[str]) -> list[Role]:
    """Parts by place and form: «Иванов Иван Петрович», «И. П. Иванов», «Анна Мария де Соуза», «Лю Цзянго»."""
    out: list[Role] = []
    middle = next((i for i, w in enumerate(name) if i and is_patronymic(w)), None)
    full = [i for i, w in enumerate(name) if not is_initial(w) and w.lower() not in PARTICLES and has_capital(w)]
    for i, word in enumerate(name):
        if is_initial(word):
            out.append("initial")
        elif word.lower() in PARTICLES or not has_capital(word):
            out.append("particle")
        elif i == middle and i - 1 in full and (i != full[-1] or len(full) > 2 or closes(name[i - 1], word)):
            out.append("patronymic")
        else:
            out.append("surname")
    initials = "initial" in out
    rest = [i for i in full if out[i] == "surname"]
    if initials or not rest:
        return out
    if middle is not None and out[middle] == "patronymic" and middle - 1 in rest:
        out[middle - 1] = "given"
    elif 1 < len(rest) == len(name) and is_asian(name):
        for i in rest[1:]:
            out[i] = "given"
    elif len(rest) > 1:
        given = rest[-1] if len(rest) == 2 and turned(name[rest[0]], name[rest[1]]) else rest[0]
        out[given] = "given"
        for i in rest[1:-1]:
            out[i] = "given" if is_given(name[i]) and not is_surname(name[i]) else "surname"
    elif len(rest) == 1 and is_given(name[rest[0]]) and not is_surname(name[rest[0]]):
        out[rest[0]] = "given"
    return out


def is_asian(name: Sequence[str]) -> bool:
    """«Чжао Минь», «До Тхи Минь Хань», «Ким Чен Ын»; «Ким Иванова» and «ТОН Евгений» are not."""
    if len(name) < 2:
        return False
    capitals = name[0].isupper() and len(name[0]) > 1 and not name[1].isupper()
    return (
        not capitals
        and len(name) < 5
        and name[0].lower() in SURNAME_FIRST
        and not any(RUSSIAN_END.search(w) for w in name[1:])
    )


RUSSIAN_END = re.compile(r"(?:[оеё]в|[сц]к)(?:а|у|ым|е|ой|ий|ого|ому|им|ом|ая|ую)?$")


def turned(first: str, last: str) -> bool:
    """Whether the surname comes first: «Берег Ульяна», «Костромина Зульфира», but not «Лю Ян»."""
    if first.isupper() and len(first) > 1 and not last.isupper():
        return True
    if len(first) < 4 or is_given(first):
        return False
    if RUSSIAN_END.search(first):
        return is_given(last) or not is_surname(last)
    if is_surname(first):
        return is_given(last)
    common = any(p.is_known and p.tag.POS in ("NOUN", "ADJF") and p.tag.case == "nomn" for p in parses(first))
    return common and any("Name" in p.tag and p.is_known and p.tag.case == "nomn" for p in parses(last))


def parts(name: str) -> NameParts:
    """A canonical name taken apart. A lone word that is no known given name is a surname."""
    pieces = words(name)
    given: list[str] = []
    middle: list[str] = []
    last: list[str] = []
    initials: list[str] = []
    for piece, role in zip(pieces, roles(pieces), strict=True):
        {"given": given, "patronymic": middle, "surname": last, "initial": initials, "particle": last}[role].append(
            piece
        )
    return NameParts(
        given=" ".join(given) or None,
        patronymic=" ".join(middle) or None,
        surname=" ".join(last) or None,
        initials=tuple(i if i.endswith(".") else i + "." for i in initials),
    )


def plain(word: str | None) -> str:
    return (word or "").lower().replace("ё", "е").replace("‑", "-")


def compatible(a: str, b: str) -> bool:
    """Whether two canonical names may be one person's: initials against full parts, a missing part, ё against е.

    A shared surname is needed; a lone given name is compatible with any full name that has it.
    """
    one, other = parts(a), parts(b)
    if one.surname is None or other.surname is None:
        return bool(one.given and other.given) and plain(one.given) == plain(other.given)
    if plain(one.surname) != plain(other.surname):
        return False
    left, right = forenames(one), forenames(other)
    return all(fits(x, y) for x, y in zip(left, right, strict=False))


def forenames(name: NameParts) -> list[str]:
    full = [*(name.given or "").split()[:1], *(name.patronymic or "").split()]
    return full or list(name.initials)


def fits(a: str, b: str) -> bool:
    x, y = plain(a).rstrip("."), plain(b).rstrip(".")
    if a.endswith(".") or b.endswith(".") or len(x) == 1 or len(y) == 1:
        return x.startswith(y) or y.startswith(x)
    return x == y


# ---------------------------------------------------------------- forms of a word


@lru_cache(50_000)
def forms(word: str, role: Role) -> tuple[Form, ...]:
    """Every (gender, case) in which the word may stand as this part of a name, each with its nominative."""
    low = word.lower()
    if role in ("initial", "particle") or not re.fullmatch(r"[а-яё]+(?:[-‑'’][а-яё]+)*", low):
        return tuple(Form(low, g, c, 0.0) for g in ("m", "f") for c in CASES)
    if "-" in low or "‑" in low:
        return double(low, role)
    if role == "patronymic":
        return patronymic(low)
    return best_of(given(low) if role == "given" else surname(low))


def best_of(found: Sequence[Form]) -> tuple[Form, ...]:
    out: dict[tuple[str, str, str], Form] = {}
    for form in found:
        key = (form.nominative, form.gender, form.case)
        if key not in out or out[key].weight < form.weight:
            out[key] = form
    return tuple(out.values())


def double(word: str, role: Role) -> tuple[Form, ...]:
    """«Мусин-Пушкин», «Абу-Рашид», «Анна-Мария»: both halves in one case, or only the last declined."""
    *front, last = re.split(r"[-‑]", word)
    head, tail = "-".join(front), forms(last, role)
    declined = {(f.gender, f.case): f for f in sorted(forms(head, role), key=lambda f: f.weight)}
    out = []
    for form in tail:
        before = declined.get((form.gender, form.case))
        out.append(Form(f"{head}-{form.nominative}", form.gender, form.case, form.weight - 0.2))
        if before is not None and before.weight > 0.9 and before.nominative != head:
            out.append(Form(f"{before.nominative}-{form.nominative}", form.gender, form.case, form.weight))
    return best_of(out)


def patronymic(word: str) -> tuple[Form, ...]:
    for ending, case in (
        ("", "nomn"),
        ("а", "gent accs"),
        ("у", "datv"),
        ("ем", "ablt"),
        ("ом", "ablt"),
        ("е", "loct"),
    ):
        if word.endswith("ич" + ending):
            stem = word[: len(word) - len(ending)]
            return tuple(Form(stem, "m", c, 3.0) for c in case.split())
    for ending, case in (
        ("а", "nomn"),
        ("ы", "gent"),
        ("е", "datv loct"),
        ("у", "accs"),
        ("ой", "ablt"),
        ("ою", "ablt"),
    ):
        if word.endswith("н" + ending):
            return tuple(Form(word[: len(word) - len(ending)] + "а", "f", c, 3.0) for c in case.split())
    return tuple(Form(word, g, c, 0.0) for g in ("m", "f") for c in CASES)


def given(word: str) -> list[Form]:
    out = []
    for parse in parses(word):
        tag = parse.tag
        if "Name" not in tag or tag.number == "plur" or not parse.is_known or tag.case in (None, "voct"):
            continue
        genders: tuple[Gender, ...] = ("m", "f") if "ms-f" in tag or tag.gender is None else (LETTER[tag.gender],)
        case = grammeme(SECOND.get(tag.case, tag.case))
        out += [Form(parse.normal_form, g, case, 3.0 + 0.3 * parse.score) for g in genders]
    for known in given_names().get(word, ()):
        weight = 2.0 if len(known.cases) == len(CASES) and word[-1] in "еи" else 3.0
        out += [Form(known.nominative, known.gender, c, weight) for c in known.cases]
    return usual(word, out) or [*guessed(word, GIVEN), *compounds(word)]


def usual(word: str, found: list[Form]) -> list[Form]:
    """«Анне» is of «Анна» before it is a foreign name that stays as it is; «Игоре» is of «Игорь», not of «Игор»."""
    names = {form.nominative for form in found}
    kept = [f for f in found if f.nominative + "ь" not in names]
    declined = [f for f in kept if f.nominative != word]
    unchanged = word[-1] == "е" and {f.gender for f in declined}
    return [f for f in kept if not (unchanged and f.nominative == word and f.gender in unchanged)]


FEMININE = (
    "гуль",
    "гюль",
    "гозель",
    "бану",
    "кызы",
    "доттир",
    "маа",
    "цэцэг",
    "чимэг",
    "жамал",
    "бегим",
    "хон",
    "нигор",
)
MASCULINE = (
    "бек",
    "бай",
    "мурат",
    "мурод",
    "жан",
    "джон",
    "дин",
    "улла",
    "уллах",
    "оглы",
    "улы",
    "берды",
    "батор",
    "баатар",
)


def compounds(word: str) -> list[Form]:
    """Turkic and Mongolian given names by their second half: «Нургуль», «Жандарбек»."""
    if word.endswith(FEMININE):
        return [Form(word, "f", c, 2.2) for c in CASES]
    return [Form(word, "m", "nomn", 2.2)] if word.endswith(MASCULINE) else []


LETTER: dict[str, Gender] = {"masc": "m", "femn": "f", "neut": "m"}

Guess = tuple[str, str, Any, str, float]
"""Ending in the text, ending in the nominative, gender, cases, weight."""

UNCHANGED = " ".join(CASES)
CONSONANTS = "бвгджзклмнпрстфхцчшщ"
VOWELS = "аеёиоуыэюя"

RUSSIAN: tuple[Guess, ...] = tuple(
    (stem + a, stem + b, gender, cases, 2.5)
    for stem in ("ов", "ев", "ёв", "ин", "ын")
    for a, b, gender, cases in (
        ("", "", "m", "nomn"),
        ("а", "", "m", "gent accs"),
        ("у", "", "m", "datv"),
        ("ым", "", "m", "ablt"),
        ("е", "", "m", "loct"),
        ("а", "а", "f", "nomn"),
        ("ой", "а", "f", "gent datv ablt loct"),
        ("ою", "а", "f", "ablt"),
        ("у", "а", "f", "accs"),
    )
)
SERBIAN: tuple[Guess, ...] = (
    *(
        ("ич" + a, "ич", "m", cases, 2.2)
        for a, cases in (("", "nomn"), ("а", "gent accs"), ("у", "datv"), ("ем", "ablt"))
    ),
    ("иче", "ич", "m", "loct", 2.0),
    ("ич", "ич", "f", UNCHANGED, 1.9),
)
ADJECTIVAL: tuple[Guess, ...] = tuple(
    (stem + a, stem + b, gender, cases, 2.5)
    for stem in ("ск", "цк")
    for a, b, gender, cases in (
        ("ий", "ий", "m", "nomn"),
        ("ого", "ий", "m", "gent accs"),
        ("ому", "ий", "m", "datv"),
        ("им", "ий", "m", "ablt"),
        ("ом", "ий", "m", "loct"),
        ("ая", "ая", "f", "nomn"),
        ("ой", "ая", "f", "gent datv ablt loct"),
        ("ую", "ая", "f", "accs"),
        ("ой", "ой", "m", "nomn"),
    )
)
LIKE_ADJECTIVES: tuple[Guess, ...] = tuple(
    (a, b, gender, cases, weight)
    for a, b, gender, cases, weight in (
        ("ый", "ый", "m", "nomn", 2.0),
        ("ого", "ый", "m", "gent accs", 1.9),
        ("ого", "ой", "m", "gent accs", 1.7),
        ("его", "ий", "m", "gent accs", 1.4),
        ("ому", "ый", "m", "datv", 1.9),
        ("ому", "ой", "m", "datv", 1.7),
        ("ым", "ый", "m", "ablt", 1.4),
        ("ым", "ой", "m", "ablt", 1.3),
        *((c + "ой", c + "ой", "m", "nomn", 1.0) for c in "нвтхгз"),
        ("ая", "ая", "f", "nomn", 2.0),
        ("ой", "ая", "f", "gent datv ablt loct", 1.2),
        ("ую", "ая", "f", "accs", 2.0),
        ("яя", "яя", "f", "nomn", 1.6),
    )
)
FIRST = tuple(
    (a, b, gender, cases, weight)
    for gender, much in (("f", 1.4), ("m", 1.1))
    for a, b, cases, weight in (
        ("а", "а", "nomn", much),
        ("ы", "а", "gent", much),
        ("ги", "га", "gent", much),
        ("ки", "ка", "gent", much),
        ("хи", "ха", "gent", much),
        ("е", "а", "datv loct", much * 0.8),
        ("у", "а", "accs", much),
        ("ой", "а", "ablt", much),
        ("я", "я", "nomn", much),
        ("и", "я", "gent", much * 0.8),
        ("ии", "ия", "gent datv loct", much),
        ("ю", "я", "accs", much),
        ("ей", "я", "ablt", much * 0.9),
        ("ией", "ия", "ablt", much),
    )
)
SECOND_DECLENSION: tuple[Guess, ...] = (
    *((c, c, "m", "nomn", 1.6) for c in CONSONANTS if c != "м"),
    *((v + "м", v + "м", "m", "nomn", 1.0 if v in "ое" else 1.6) for v in VOWELS),
    *((c + "а", c, "m", "gent accs", 1.4) for c in CONSONANTS),
    *(
        (c + "ц" + a, c + "ец", "m", k, 1.6)
        for c in "влн"
        for a, k in (("а", "gent accs"), ("у", "datv"), ("ем", "ablt"))
    ),
    *((c + "у", c, "m", "datv", 1.4) for c in CONSONANTS),
    *((c + "ом", c, "m", "ablt", 1.5) for c in CONSONANTS),
    *((c + "ем", c, "m", "ablt", 1.5) for c in "жшчщц"),
    *((c + "е", c, "m", "loct", 1.0) for c in CONSONANTS),
    ("ь", "ь", "m", "nomn", 1.6),
    *((v + "й", v + "й", "m", "nomn", {"о": 0.4, "е": 0.8}.get(v, 1.6)) for v in VOWELS),
    *((c + "я", c + "ь", "m", "gent accs", 1.1) for c in "лнрт"),
    *((c + "ю", c + "ь", "m", "datv", 1.1) for c in "лнрт"),
    *((c + "ем", c + "ь", "m", "ablt", 1.2) for c in "лнрт"),
    *((v + "я", v + "й", "m", "gent accs", 1.4) for v in "аеиоуэюяы"),
    *((v + "ю", v + "й", "m", "datv", 1.4) for v in "аеиоуэюяы"),
    *((v + "ем", v + "й", "m", "ablt", 1.4) for v in "аеиоуэюяы"),
)
STILL: tuple[Guess, ...] = tuple(
    (v, v, g, UNCHANGED, weight)
    for v, weight in (("о", 1.4), ("э", 1.4), ("е", 1.2), ("и", 1.25), ("ю", 1.1), ("у", 0.3), ("ы", 0.5))
    for g in ("m", "f")
)
LAST_STILL: tuple[Guess, ...] = (
    *((x, x, "f", UNCHANGED, 1.5) for x in (*CONSONANTS, "ь")),
    *((v + "й", v + "й", "f", UNCHANGED, {"о": 0.4, "е": 0.8}.get(v, 1.5)) for v in VOWELS),
    *((x, x, g, UNCHANGED, 2.5) for x in ("ко", "аго", "яго", "ых", "их") for g in ("m", "f")),
)
GIVEN_STILL: tuple[Guess, ...] = (
    *((x, x, "f", UNCHANGED, 0.8) for x in (*CONSONANTS, "й")),
    *((a, "ь", "f", cases, 1.2) for a, cases in (("ь", "nomn accs"), ("и", "gent datv loct"), ("ью", "ablt"))),
)
GIVEN: tuple[Guess, ...] = (*FIRST, *SECOND_DECLENSION, *STILL, *GIVEN_STILL)
LAST_FIRST = tuple((a, b, g, cases, weight * 0.7 if cases == "nomn" else weight) for a, b, g, cases, weight in FIRST)
"""Surnames in -а are rarer than genitives of others: «Дональда Трампа»."""
OTHER_SURNAMES: tuple[Guess, ...] = (*LAST_FIRST, *SECOND_DECLENSION, *STILL, *LAST_STILL)


def guessed(word: str, table: Sequence[Guess]) -> list[Form]:
    out = []
    for ending, base, gender, cases, weight in by_ending(word, table):
        stem = word[: len(word) - len(ending)]
        if len(stem) + len(base) > 2 or ending == base:
            out += [Form(stem + base, gender, c, weight) for c in cases.split()]
    return out


def by_ending(word: str, table: Sequence[Guess]) -> Sequence[Guess]:
    index = indexed(table)
    return [guess for n in (1, 2, 3, 4, 5) for guess in index.get(word[-n:], ()) if len(word) > n]


@lru_cache(8)
def indexed(table: tuple[Guess, ...]) -> dict[str, list[Guess]]:
    out: dict[str, list[Guess]] = {}
    for guess in table:
        out.setdefault(guess[0], []).append(guess)
    return out


def surname(word: str) -> list[Form]:
    """Russian surnames by their endings, words of the language as the dictionary has them, others by sound."""
    out = guessed(word, RUSSIAN) if len(word) > 4 else []
    out += guessed(word, ADJECTIVAL) + guessed(word, SERBIAN)
    others = guessed(word, OTHER_SURNAMES)
    if word.endswith(("ого", "его", "ому", "ему")):
        others = [f for f in others if f.nominative != word]
    return out + from_dictionary(word) + others + guessed(word, LIKE_ADJECTIVES)


def from_dictionary(word: str) -> list[Form]:
    """«Воробья» → «Воробей», «Кузнец», «Чёрного»; women bear masculine nouns unchanged."""
    out: list[Form] = []
    for parse in parses(word):
        tag = parse.tag
        if not parse.is_known or tag.number == "plur" or tag.case is None or tag.POS not in ("NOUN", "ADJF"):
            continue
        case, normal = grammeme(SECOND.get(tag.case, tag.case)), parse.normal_form
        if case not in CASES or "Name" in tag or "Patr" in tag:
            continue
        if tag.POS == "ADJF" and tag.gender in ("masc", "femn"):
            nominative = parse.inflect({"nomn", "sing", tag.gender})
            if nominative is not None and "Apro" not in tag:
                out.append(Form(nominative.word, LETTER[tag.gender], case, 1.7))
        elif "Surn" in tag and tag.gender in ("masc", "femn") and "Fixd" not in tag:
            nominative = parse.inflect({"nomn", "sing"})
            out.append(Form(nominative.word if nominative else normal, LETTER[tag.gender], case, 2.2))
        elif tag.POS == "NOUN" and tag.gender == "masc":
            if case != "accs":
                out += [Form(normal, "m", c, 1.9) for c in ((case, "accs") if case == "gent" else (case,))]
        elif tag.POS == "NOUN" and tag.gender == "femn" and normal[-1] in "ая":
            out += [Form(normal, "f", case, 1.8), Form(normal, "m", case, 1.7)]
    return out


# ---------------------------------------------------------------- a whole name


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """The whole name in one gender and case."""

    gender: Gender
    case: str
    nominatives: tuple[str, ...]
    """One per word, as they would be written."""
    parts: dict[Role, tuple[str, ...]]
    """The nominatives by the part that they are, lower case and without ё."""
    score: float


MISSING = -2.5
"""What a word costs that cannot stand in the gender and case of the others."""
HOPELESS = 9.0
"""Readings that much worse than the best are left out: no context makes up for it."""
STIFF, MIDDLE = 1.2, 0.3
"""The same for a syllable before the last word, «Данг Минь Кхоя», and for any word in the middle."""


ROLES: tuple[Role, ...] = ("given", "patronymic", "surname", "initial", "particle")


def by_role(part: Sequence[Role], nominatives: Sequence[str]) -> dict[Role, tuple[str, ...]]:
    return {r: tuple(plain(w) for p, w in zip(part, nominatives, strict=True) if p == r) for r in ROLES}


def is_syllable(word: str) -> bool:
    return sum(c in VOWELS for c in word.lower()) == 1 and not is_given(word)


@lru_cache(50_000)
def hypotheses(name: tuple[str, ...], part: tuple[Role, ...]) -> tuple[Hypothesis, ...]:
    """Every gender and case of the name with its nominative, best first; what the text says is not weighed yet."""
    table = [forms(w, r) for w, r in zip(name, part, strict=True)]
    out = []
    for gender in ("m", "f"):
        for case in CASES:
            ways: list[tuple[tuple[str, ...], float]] = [((), 0.0)]
            for i, (word, found) in enumerate(zip(name, table, strict=True)):
                here = sorted((f for f in found if f.gender == gender and f.case == case), key=lambda f: -f.weight)[:2]
                stiff = is_syllable(word) or word.endswith(("ын", "ийн"))
                lost = MISSING if i + 1 == len(name) else STIFF if stiff else MIDDLE if i else MISSING
                options = [(like(word, f.nominative), f.weight) for f in here] or [(word, lost)]
                ways = [((*w, o), s + x) for w, s in ways for o, x in options][:8]
            out += [Hypothesis(gender, case, w, by_role(part, w), s) for w, s in ways]
    best = max(h.score for h in out)
    return tuple(sorted((h for h in out if h.score > best - HOPELESS), key=lambda h: -h.score))
