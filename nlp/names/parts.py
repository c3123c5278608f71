"""Words of a person's name: which part each is, and whether two names may be one person's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.gazetteers import given_names
from nlp.inflection import entries
from nlp.names.forms import Role, forms

TOKEN = re.compile(r"[A-ZА-ЯЁ]\.-[A-ZА-ЯЁ]\.|[^\s.]+\.?")
INITIAL = re.compile(r"(?:[A-ZА-ЯЁ]\.?|[A-ZА-ЯЁ][a-zа-яё]\.|[A-ZА-ЯЁ]\.-[A-ZА-ЯЁ]\.)$")
PATRONYMIC = re.compile(r"(?:(?:[оеё]в|ь|[лмкфн])ич(?:а|у|ем|ом|е)?|[оеё]вн(?:а|ы|у|ой|ою|е)|ичн(?:а|ы|у|ой|е))$")
FEMALE_PATRONYMIC = re.compile(r"(?:[оеё]в|ич)н(?:а|ы|у|ой|ою|е)$")
PARTICLES = frozenset(
    """фон ван ден дер де да ди дю дос дель делла ла ле ль аль эль ас аш ат бен бин бинт бинти ибн абу абд оглы кызы улы
    заде паша хан эр ас-сайид тер и""".split()
)


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
    данг буй до хо нго зыонг динь дао доан лыонг лыу май тон та тринь чинь чыонг ха ким пак цой чхве чон чо
    лим хан о со син квон хван ан сон ю хон чхон ко мун нам но чу
    """.split()
)
"""Chinese, Vietnamese and Korean surnames, which stand before the given name."""


def words(name: str) -> list[str]:
    """«И.П. Сидоров» → «И.», «П.», «Сидоров»; «М.-Б.» stays one."""
    return TOKEN.findall(name)


def has_capital(word: str) -> bool:
    """«Масри» and «аль-Масри», but not «аль»."""
    return word[:1].isupper() or ("-" in word and word.rpartition("-")[2][:1].isupper())


def is_initial(word: str) -> bool:
    return INITIAL.match(word) is not None


def is_patronymic(word: str) -> bool:
    low = word.lower()
    return (len(word) > 5 and PATRONYMIC.search(low) is not None) or low in ("ильич", "лукич", "фомич")


def closes(given: str, word: str) -> bool:
    """Whether the last word of a name is a patronymic: «Иван Петрович», but not «Милица Йованович»."""
    if not word.lower().rstrip("аеоуюыймь").endswith("ч"):
        return True
    genders = {form.gender for form in forms(given, "given") if form.weight > 2.0}
    return genders == {"m"} and any("Patr" in e.marks for e in entries(word))


@lru_cache(20_000)
def is_given(word: str) -> bool:
    """Whether a dictionary knows the word, in any case form, as a given name."""
    known = any("Name" in e.marks and e.number != "plur" for e in entries(word))
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
    if len(name) == 1 and is_patronymic(name[0]) and FEMALE_PATRONYMIC.search(name[0].lower()):
        return ["patronymic"]
    initials = "initial" in out
    rest = [i for i in full if out[i] == "surname"]
    if initials and len(rest) == 2 and "initial" in out[rest[0] + 1 : rest[1]]:
        out[rest[0]] = "given"
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
    """«Чжао Минь», «ГУН Цзысюань», «Ким Чен Ын»; «Ким Иванова», «ТОН Евгений» and «Хан Дмитрий» are not."""
    return (
        1 < len(name) < 5
        and name[0].lower() in SURNAME_FIRST
        and not any(RUSSIAN_END.search(w) for w in name[1:])
        and not (len(name[1]) > 4 and is_given(name[1]))
    )


RUSSIAN_END = re.compile(r"(?:[оеё]в|[сц]к)(?:а|у|ым|е|ой|ий|ого|ому|им|ом|ая|ую)?$")


MONGOLIAN = re.compile(r"(?:ын|ийн|ний)$")
"""The father's name in the genitive, which stands before a Mongolian name."""


def turned(first: str, last: str) -> bool:
    """Whether the surname comes first: «Берег Ульяна», «Костромина Зульфира», but not «Лю Ян»."""
    if MONGOLIAN.search(first.lower()) and not any("Name" in e.marks for e in entries(last)):
        return False
    if first.isupper() and len(first) > 1 and not last.isupper():
        return True
    if len(first) < 4 or is_given(first):
        return False
    if any(RUSSIAN_END.search(half) for half in first.split("-")):
        return is_given(last) or not (is_surname(last) or last.endswith("ич"))
    if is_surname(first):
        return is_given(last)
    common = any(e.pos in ("NOUN", "ADJF") and e.case == "nomn" for e in entries(first))
    return common and any("Name" in e.marks and e.case == "nomn" for e in entries(last))


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
