"""Rules for the names of bodies: what belongs to the name and what to the words around it."""

import re
from functools import cache, lru_cache

from nlp.doc import Doc
from nlp.inflection import ADJECTIVES, readings
from nlp.mentions.near import Found, Near
from nlp.mentions.vocabulary import begins, cases, is_head, is_own, is_post, stems


def person_before(near: Near) -> list[Found] | None:
    """«волонтёр «Тёплого дома»», «правления «Милосердия»»: a quoted name in the genitive stands alone."""
    first, last = near.tokens
    doc = near.doc
    words = doc.words
    if last - first < 3 or words[first + 1] not in '«"„' or not words[first].islower():
        return None
    quoted = words[first + 2]
    person = doc.feats[first].get("Animacy") == "Anim" and doc.pos[first] == "NOUN"
    organ = words[first].startswith(("правлени", "руководств", "сотрудник", "бюро"))
    if not (person or (organ and any(r.case == "gent" and r.number == "sing" for r in readings(quoted)))):
        return None
    closed = words[last - 1] in '»"' and last - first > 3
    return [near.cut("person_before", start=doc.starts[first + 2], stop=doc.stops[last - 2] if closed else near.stop)]


TAIL = re.compile(r"\s(по|от|из|во\s+главе)\s")
OF_A_REGION = re.compile(r"(?:области|краю|республике|Республике|округу|Москве|Петербургу)$")
FIELD = re.compile(
    r"(?:по)\s(?:связям|внешним|международным|научной|учебной|административн|общим|рынкам|социальной|туризму)"
)
HAS_FIELDS = re.compile(r"(?:омитет|омисси|инистерств|правлени|партамент|гентств)")


def tail_po(near: Near) -> list[Found] | None:
    """«заместитель директора музея по научной работе»: the field belongs to the post, but a committee has its own."""
    said = near.said
    match = TAIL.search(said)
    if match is None or OF_A_REGION.search(said):
        return None
    head = said[: match.start()]
    if "«" in head and "»" not in head:
        return None
    if match[1] == "по" and any(begins(w, "ruled_by_po") for w in head.split()):
        if not FIELD.match(said[match.start(1) :]):
            return None
        if not is_post(near.previous) or HAS_FIELDS.search(said):
            return None
    return [near.cut("tail_po", stop=near.start + match.start())]


@cache
def unit_parent() -> re.Pattern[str]:
    units, parents = "|".join(stems("units")), "|".join(stems("parents"))
    return re.compile(
        rf"^(?:[А-ЯЁа-яё]+(?:го|ый|ой)\s+)?(?:{units})\w*\s(?:.*\s)?"
        rf"(?=(?:[А-ЯЁ][а-яё]+ой городской )?(?:{parents})\w*)",
        re.IGNORECASE,
    )


def unit_of_parent(near: Near) -> list[Found] | None:
    """«Департамента партнёрства с Африкой МИД России»: an inner unit belongs to the post, the body is the parent."""
    said = near.said
    match = unit_parent().match(said)
    if match is None or ("лавн" in match[0] and " по " in said):
        return None
    if not said[match.end()].isupper() and not said.startswith("администрац", match.end()):
        return None
    return [near.cut("unit_of_parent", start=near.start + match.end())]


def other_case_after(near: Near) -> list[Found] | None:
    """«передал Обществу молодёжную секцию»: a noun in a case of its own begins another phrase."""
    if not near.said[0].isupper():
        return None
    first, last = near.tokens
    doc = near.doc
    words = doc.words
    if last - first < 2 or not words[first][0].isupper() or not is_head(words[first]) or only_adjective(words[first]):
        return None
    for i in range(first + 1, last):
        if doc.pos[i] not in ("NOUN", "ADJ") or not words[i].islower() or "-" in words[i] or "gent" in cases(words[i]):
            return None
        if any(r.pos == "NOUN" for r in readings(words[i])):
            return [near.cut("other_case_after", stop=doc.stops[first])]
    return None


@lru_cache(10_000)
def only_adjective(word: str) -> bool:
    kinds = readings(word)
    return not kinds or max(kinds, key=lambda r: r.weight).pos in ADJECTIVES


def two_bodies(near: Near) -> list[Found] | None:
    """«Законодательное Собрание Оренбургской области и маслихат Актюбинской области» are two."""
    if " и" not in near.said and "\xa0и" not in near.said:
        return None
    first, last = near.tokens
    doc = near.doc
    for i in range(first + 2, last - 1):
        if doc.words[i] == "и" and second_body(doc, near.start, first, i, last):
            return [
                near.cut("two_bodies", stop=doc.stops[i - 1]),
                near.cut("two_bodies", start=doc.starts[i + 1]),
            ]
    return None


def second_body(doc: Doc, start: int, first: int, conjunction: int, last: int) -> bool:
    """Whether another body begins after this «и»: its head shares a case with the first one's."""
    words = doc.words
    said = doc.text[start : doc.starts[conjunction]]
    following = words[conjunction + 1]
    if said.count("«") != said.count("»") or not is_head(following) or conjunction + 2 >= last:
        return False
    if following[:1].isupper() and words[first][:1].islower():
        return False
    if following.lower().startswith(("обществ", "парк", "мисси")):
        return False
    left = {c for w in words[first:conjunction] if is_head(w) for c in cases(w)}
    return bool((left & cases(following)) - {"accs", "gent"})


OPENING = frozenset('«„"')
QUOTED_BEFORE = re.compile(r"([А-Яа-яё-]+)\s+[«„\"]?$")


def event_or_venue(near: Near) -> list[Found] | None:
    """«форум «Россия – Исламский мир»», «гостиница «Ак-Кеме»»: events, venues, works and ships are no bodies."""
    if near.type == "ORG" and names_no_body(near.said):
        return None if is_post(near.previous) else []
    opened = near.said[0] in OPENING or near.before.rstrip(" \xa0")[-1:] in OPENING
    match = QUOTED_BEFORE.search(near.before[-60:]) if opened else None
    if match and begins(match[1], "quoted_events") and not is_post(near.previous):
        return []
    return None


@lru_cache(20_000)
def names_no_body(said: str) -> bool:
    low = said.lower()
    first = re.match(r"[а-яё-]+", low)
    if first is None or is_head(first[0]):
        return False
    return any(begins(w, "not_bodies") for w in low.split("«")[0].split()[:2])


def adjective_before(near: Near) -> list[Found] | None:
    """«благотворительного фонда «Мархамат»»: adjectives of the kind belong to the name."""
    if not near.said[0].islower():
        return None
    doc = near.doc
    words = doc.words
    first, last = near.tokens
    if first == last or not words[first].islower():
        return None
    at, agreeing = first, {(r.case, r.number) for r in readings(words[first])}
    while at and words[at - 1].islower() and begins(words[at - 1], "adjectives"):
        if not agreeing & {(r.case, r.number) for r in readings(words[at - 1]) if r.pos in ADJECTIVES}:
            break
        at -= 1
    if at == first or "\n" in doc.text[doc.starts[at] : near.start]:
        return None
    return [near.cut("adjective_before", start=doc.starts[at])]


HEADS_BEFORE = re.compile(r"(?:\b[Гг]рупп\w+\s+|\b[Дд]етск\w+\s+|\b[Сс]ет\w+\s+)$")
NOUN_BEFORE = re.compile(r"\b([А-ЯЁа-яё-]+)\s+[«„\"]?$")
LATIN = re.compile(r"[A-Z]")


def head_before(near: Near) -> list[Found] | None:
    """«компания «Терек»», «газета The Hindu», «группа компаний «Обнинск-Термо»»: the noun before belongs to it."""
    said = near.said
    if said.startswith(("компани", "сад", "отелей")) and (outer := HEADS_BEFORE.search(near.before[-60:])):
        return [near.cut("head_before", start=near.start - len(outer[0]))]
    opened = said[0] in OPENING or near.before.rstrip()[-1:] in OPENING
    latin = LATIN.match(said) is not None
    if not (opened or latin):
        return None
    before = near.before[-60:]
    match = NOUN_BEFORE.search(before)
    if match is None:
        return None
    quoted = opened and is_head(match[1]) and not match[1].startswith("бюро")
    if not (quoted or (latin and begins(match[1], "before_latin"))):
        return None
    start = near.start - (len(before) - match.start(1))
    if any(n.start <= start < n.stop for n in near.names if n is not near.found):
        return None
    return [near.cut("head_before", start=start)]


def closing_quote(near: Near) -> list[Found] | None:
    """«ООО «Терек»»: the closing mark belongs to the name whose opening mark does."""
    if not near.after.startswith("»") or near.said.count("«") <= near.said.count("»"):
        return None
    return [near.cut(near.found.rule if near.found.rule != "net" else "closing_quote", stop=near.stop + 1)]


ADJECTIVE_END = ("ой", "ая", "ую", "ый", "ий", "ого", "ому", "ом", "ым", "ое")


def head_after(near: Near) -> list[Found] | None:
    """«Пермской торгово-промышленной палате»: the noun that the adjectives wait for."""
    if not near.said.endswith(ADJECTIVE_END):
        return None
    match = re.match(r"\s+([а-яё]+)", near.after[:40])
    if match and is_head(match[1]):
        return [near.cut("head_after", stop=near.stop + match.end(), type_="ORG")]
    return None


OWN_SHAPE = re.compile(r"(?:[А-ЯЁ][а-яё]{0,6}(?:ГУ|ФУ|ТУ|ГАУ|ГТУ|ГПУ|ГМУ|НУ|НЦ|ПИ|ГПИ)|[А-ЯЁ][а-яё]+стат(?:а|у|ом|е)?)")
MINISTRY = re.compile(
    r"(?:Мин|Гос|Рос|Обл|Гор|Крае?в?)[а-яё]{4,}(?:надзор|стат|комитет|торг|хоз|прод|экономразвития|культуры|обр)\w*"
)


def agency_word(near: Near) -> list[Found] | None:
    """«Росконцертом», «Ярославльстата», «ВолГУ»: such words name bodies, never people or places."""
    if " " in near.said or not is_agency(near.said):
        return None
    return [near.cut("agency_word", type_="ORG")]


@lru_cache(20_000)
def is_agency(word: str) -> bool:
    return is_own(word) or OWN_SHAPE.fullmatch(word) is not None or MINISTRY.fullmatch(word) is not None
