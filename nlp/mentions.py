"""Spans of names: what the net found, repaired by named rules.

Each rule is a function with the phrase that it mends as its docstring; `RULES` gives the order. A span remembers the
last rule that changed it.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from nlp.doc import Doc, Token
from nlp.inflection import ADJECTIVES, parses, readings
from nlp.names import RUSSIAN_END, closes, is_given, is_patronymic
from nlp.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the text with the model or rule that made the span what it is."""

    start: int
    stop: int
    type: str
    rule: str


@dataclass(frozen=True, slots=True)
class Scene:
    text: str
    words: Sequence[Token]
    tokens: Tokens
    names: Sequence[Found]

    def inside(self, found: Found) -> Sequence[Token]:
        first, last = self.tokens.between(found.start, found.stop)
        return self.words[first:last]

    def said(self, found: Found) -> str:
        return self.text[found.start : found.stop]

    def before(self, found: Found, characters: int = 60) -> str:
        """What stands before it on the same line."""
        return self.text[max(0, found.start - characters) : found.start].rpartition("\n")[2]

    def after(self, found: Found, characters: int = 60) -> str:
        return self.text[found.stop : found.stop + characters].partition("\n")[0]


Rule = Callable[[Scene, Found], "list[Found] | None"]
"""What a span becomes; None where the rule has nothing to say."""


@cache
def stems(name: str) -> tuple[str, ...]:
    table = tomllib.loads((files("data") / "gazetteers" / "bodies.toml").read_text(encoding="utf-8"))
    return tuple(str(table[name]).split())


@cache
def own_names() -> re.Pattern[str]:
    roots = sorted({name.rstrip("аяоеьий") for name in stems("own_names")}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(roots)})(?:а|у|ом|е|я|ю|ём|ем|и|ь|ью|ы|о|й|ией|ии)?")


CAPITAL = re.compile(r"\b[ВГЕМРС][а-яё]{4,}\b(?!-)")


@lru_cache(20_000)
def is_own(word: str) -> bool:
    return own_names().fullmatch(word) is not None


@lru_cache(20_000)
def is_head(word: str) -> bool:
    return word.lower().startswith(stems("heads"))


def cut(found: Found, rule: str, start: int | None = None, stop: int | None = None, type_: str | None = None) -> Found:
    return Found(
        found.start if start is None else start, found.stop if stop is None else stop, type_ or found.type, rule
    )


EDGE = " \t\n\xa0,;:.–—-•"


# ---------------------------------------------------------------- one span


def line_break(scene: Scene, found: Found) -> list[Found] | None:
    """«Русский дом в Душанбе⏎Мелентьева»: no name goes over the end of a line."""
    said = scene.said(found)
    if "\n" not in said:
        return None
    out: list[Found] = []
    at = found.start
    for piece in said.split("\n"):
        start, stop = at, at + len(piece)
        at = stop + 1
        while start < stop and scene.text[start] in EDGE:
            start += 1
        while start < stop and scene.text[stop - 1] in " \xa0,;:–—-•":
            stop -= 1
        whole = scene.text[start:stop]
        named = whole[:1].lower() != whole[:1] and (not out or " " in whole or "\xa0" in whole)
        if whole and (named or (is_head(whole.split()[0]) and len(whole) > 12)):
            out.append(Found(start, stop, found.type, "line_break"))
    return out


SHORT_FORM = re.compile(r"[А-ЯЁA-Z][а-яё]?[А-ЯЁA-Z][^()]*|Рос[а-яё]{5,}|Мин[а-яё]{4,}|[А-ЯЁ][а-яё]+[А-ЯЁ]+")


def open_bracket(scene: Scene, found: Found) -> list[Found] | None:
    """«Координационный совет соотечественников (КСОРС)»: the short form in brackets is a name of its own."""
    said = scene.said(found)
    at = said.find("(")
    if found.type == "PER" or at <= 0:
        return None
    closed = said.rfind(")")
    short = said[at + 1 : closed if closed > at else len(said)].strip()
    if (closed > at and closed + 1 < len(said)) or not SHORT_FORM.fullmatch(short):
        return None
    start = found.start + said.index(short, at)
    head = said[:at].rstrip()
    return [
        cut(found, "open_bracket", stop=found.start + len(head)),
        Found(start, start + len(short), found.type, "open_bracket"),
    ]


TAIL_NAME = re.compile(r"\s((?:[А-ЯЁ]\.\s?){1,2}[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)$")


def initials_after(scene: Scene, found: Found) -> list[Found] | None:
    """«ректор Славянского университета Ж.Б.Асанкулова»: initials and a surname after a body are a person."""
    match = TAIL_NAME.search(scene.said(found)) if found.type != "PER" else None
    if match is None or re.search(
        r"(?:имени|им\.)\s+(?:[а-яё]+\s+)?$|музе[а-яё-]*\s+$", scene.said(found)[: match.start(1)]
    ):
        return None
    at = found.start + match.start(1)
    return [
        cut(found, "initials_after", stop=found.start + match.start()),
        Found(at, found.stop, "PER", "initials_after"),
    ]


HEAD_NAME = re.compile(r"^(.*?[а-яё»]\s+)((?:[А-ЯЁ]\.\s?){2}[А-ЯЁ][а-яё]+)$")


def words_before_initials(scene: Scene, found: Found) -> list[Found] | None:
    """«Ириклинского гидроузла Ф. З. Мурзагулов», «Сегодня В. А. Тхагапсо»: a name with initials begins with them."""
    match = HEAD_NAME.match(scene.said(found)) if found.type == "PER" else None
    if match is None:
        return None
    person = cut(found, "words_before_initials", start=found.start + match.start(2))
    if re.search(r"\s[а-яё]{4,}\s*$", match[1]):
        return [cut(found, "words_before_initials", stop=found.start + len(match[1].rstrip()), type_="ORG"), person]
    return [person]


FINITE = frozenset({"Fin"})


def finite_verb(scene: Scene, found: Found) -> list[Found] | None:
    """«Чебоксарский музей пива приглашает», «Председательствует Д. Лапоть»: a verb in a form of person ends a name."""
    inside = scene.inside(found)
    if len(inside) < 2 or "«" in scene.said(found)[:-1]:
        return None
    for i, token in enumerate(inside):
        if token.feats.get("VerbForm") == "Fin" and token.text[:1].islower() and i:
            return [cut(found, "finite_verb", stop=inside[i - 1].stop)]
        if token.feats.get("VerbForm") == "Fin" and not i and found.type == "PER" and len(inside) > 2:
            return [cut(found, "finite_verb", start=inside[1].start)]
    return None


def person_before(scene: Scene, found: Found) -> list[Found] | None:
    """«волонтёр «Тёплого дома»», «правления «Милосердия»»: a quoted name in the genitive stands alone."""
    inside = scene.inside(found)
    if found.type != "ORG" or len(inside) < 3 or inside[1].text not in '«"„' or not inside[0].text.islower():
        return None
    quoted = inside[2]
    person = inside[0].feats.get("Animacy") == "Anim" and inside[0].pos == "NOUN"
    organ = inside[0].text.startswith(("правлени", "руководств", "сотрудник", "бюро"))
    if not (person or (organ and any(r.case == "gent" and r.number == "sing" for r in readings(quoted.text)))):
        return None
    closed = inside[-1].text in '»"' and len(inside) > 3
    return [cut(found, "person_before", start=quoted.start, stop=inside[-2].stop if closed else found.stop)]


TAIL = re.compile(r"\s(по|от|из|во\s+главе)\s")


def tail_po(scene: Scene, found: Found) -> list[Found] | None:
    """«заместитель директора музея по научной работе»: the field belongs to the post, but a committee has its own."""
    if found.type != "ORG":
        return None
    said = scene.said(found)
    match = TAIL.search(said)
    if match and re.search(r"(?:области|краю|республике|Республике|округу|Москве|Петербургу)$", said):
        return None
    if match is None or ("«" in said[: match.start()] and "»" not in said[: match.start()]):
        return None
    if match[1] == "по" and any(w.lower().startswith(stems("ruled_by_po")) for w in said[: match.start()].split()):
        if not re.match(
            r"(?:по)\s(?:связям|внешним|международным|научной|учебной|административн|общим|рынкам|социальной|туризму)",
            said[match.start(1) :],
        ):
            return None
        if not POST.search(scene.before(found)) or re.search(
            r"(?:омитет|омисси|инистерств|правлени|партамент|гентств)", said
        ):
            return None
    return [cut(found, "tail_po", stop=found.start + match.start())]


POST = re.compile(
    r"(?:директор|заместител|руководител|менеджер|специалист|проректор|координатор|член|референт|вице-президент|советник|"
    r"управляющ|начальник|программ)\w*\s*[«\"]?$"
)


@cache
def unit_parent() -> re.Pattern[str]:
    units, parents = "|".join(stems("units")), "|".join(stems("parents"))
    return re.compile(
        rf"^(?:[А-ЯЁа-яё]+(?:го|ый|ой)\s+)?(?:{units})\w*\s(?:.*\s)?"
        rf"(?=(?:[А-ЯЁ][а-яё]+ой городской )?(?:{parents})\w*)",
        re.IGNORECASE,
    )


def unit_of_parent(scene: Scene, found: Found) -> list[Found] | None:
    """«Департамента партнёрства с Африкой МИД России»: an inner unit belongs to the post, the body is the parent."""
    if found.type != "ORG":
        return None
    match = unit_parent().match(scene.said(found))
    if match is None or ("лавн" in match[0] and " по " in scene.said(found)):
        return None
    if not scene.text[found.start + match.end()].isupper() and not scene.said(found)[match.end() :].startswith(
        "администрац"
    ):
        return None
    return [cut(found, "unit_of_parent", start=found.start + match.end())]


def other_case_after(scene: Scene, found: Found) -> list[Found] | None:
    """«передал Обществу молодёжную секцию»: a noun in a case of its own begins another phrase."""
    inside = scene.inside(found)
    if found.type != "ORG" or len(inside) < 2 or not inside[0].text[:1].isupper():
        return None
    if not is_head(inside[0].text) or only_adjective(inside[0]):
        return None
    for token in inside[1:]:
        if token.pos not in ("NOUN", "ADJ") or not token.text.islower() or "-" in token.text:
            return None
        if any(r.case == "gent" for r in readings(token.text)):
            return None
        cases = {r.case for r in readings(token.text) if r.pos == "NOUN"}
        if cases and "gent" not in cases:
            return [cut(found, "other_case_after", stop=inside[0].stop)]
    return None


def only_adjective(token: Token) -> bool:
    kinds = readings(token.text)
    return not kinds or max(kinds, key=lambda r: r.weight).pos in ADJECTIVES


def two_bodies(scene: Scene, found: Found) -> list[Found] | None:
    """«Законодательное Собрание Оренбургской области и маслихат Актюбинской области» are two."""
    if found.type != "ORG":
        return None
    inside = scene.inside(found)
    for i in range(2, len(inside) - 1):
        if inside[i].text != "и" or scene.text[found.start : inside[i].start].count("«") != scene.text[
            found.start : inside[i].start
        ].count("»"):
            continue
        following = inside[i + 1]
        if not is_head(following.text) or (following.text[:1].isupper() and inside[0].text[:1].islower()):
            continue
        if i + 2 >= len(inside) or following.text.lower().startswith(("обществ", "парк", "мисси")):
            continue
        left = {r.case for t in inside[:i] if is_head(t.text) for r in readings(t.text)} - {"accs"}
        right = {r.case for r in readings(following.text)} - {"accs"}
        if left & right and (left & right) - {"gent"}:
            return [cut(found, "two_bodies", stop=inside[i - 1].stop), cut(found, "two_bodies", start=following.start)]
    return None


OPENING = frozenset('«„"')
QUOTED_BEFORE = re.compile(r"([А-Яа-яё-]+)\s+[«„\"]?$")


def event_or_venue(scene: Scene, found: Found) -> list[Found] | None:
    """«форум «Россия – Исламский мир»», «гостиница «Ак-Кеме»»: events, venues, works and ships are no bodies."""
    if found.type == "PER":
        return None
    said = scene.said(found).lower()
    first = re.match(r"[а-яё-]+", said)
    plain = said.split("«")[0]
    if POST.search(scene.before(found)):
        return None
    if (
        found.type == "ORG"
        and first
        and any(w.startswith(stems("not_bodies")) for w in plain.split()[:2])
        and not is_head(first[0])
    ):
        return []
    before = scene.before(found)
    opened = before.rstrip(" \xa0")[-1:] in OPENING or said[:1] in OPENING
    match = QUOTED_BEFORE.search(before) if opened else None
    if match and match[1].lower().startswith(stems("quoted_events")):
        return []
    return None


def adjective_before(scene: Scene, found: Found) -> list[Found] | None:
    """«благотворительного фонда «Мархамат»»: adjectives of the kind belong to the name."""
    inside = scene.inside(found)
    if found.type != "ORG" or not inside or not inside[0].text.islower():
        return None
    first, _ = scene.tokens.between(found.start, found.stop)
    at, cases = first, {(r.case, r.number) for r in readings(inside[0].text)}
    while (
        at and scene.words[at - 1].text.lower().startswith(stems("adjectives")) and scene.words[at - 1].text.islower()
    ):
        if not cases & {(r.case, r.number) for r in readings(scene.words[at - 1].text) if r.pos in ADJECTIVES}:
            break
        at -= 1
    if at == first or "\n" in scene.text[scene.words[at].start : found.start]:
        return None
    return [cut(found, "adjective_before", start=scene.words[at].start)]


HEADS_BEFORE = re.compile(r"(?:\b[Гг]рупп\w+\s+|\b[Дд]етск\w+\s+|\b[Сс]ет\w+\s+)$")
NOUN_BEFORE = re.compile(r"\b([А-ЯЁа-яё-]+)\s+[«„\"]?$")


def head_before(scene: Scene, found: Found) -> list[Found] | None:
    """«компания «Терек»», «газета The Hindu», «группа компаний «Обнинск-Термо»»: the noun before belongs to it."""
    if found.type != "ORG":
        return None
    before, said = scene.before(found), scene.said(found)
    outer = HEADS_BEFORE.search(before)
    if outer and re.match(r"компани|сад|отелей", said):
        return [cut(found, "head_before", start=found.start - len(outer[0]))]
    match = NOUN_BEFORE.search(before)
    if match is None:
        return None
    latin = re.match(r"[A-Z]", said) and match[1].lower().startswith(stems("before_latin"))
    opened = before.rstrip()[-1:] in '«„"' or said[:1] in '«„"'
    quoted = opened and is_head(match[1]) and not match[1].startswith("бюро")
    if not (latin or quoted):
        return None
    start = found.start - (len(before) - match.start(1))
    if any(n.start <= start < n.stop for n in scene.names if n is not found):
        return None
    return [cut(found, "head_before", start=start)]


def closing_quote(scene: Scene, found: Found) -> list[Found] | None:
    """«ООО «Терек»»: the closing mark belongs to the name whose opening mark does."""
    said = scene.said(found)
    if found.type != "ORG" or said.count("«") <= said.count("»") or scene.text[found.stop : found.stop + 1] != "»":
        return None
    return [cut(found, found.rule if found.rule != "net" else "closing_quote", stop=found.stop + 1)]


def head_after(scene: Scene, found: Found) -> list[Found] | None:
    """«Пермской торгово-промышленной палате»: the noun that the adjectives wait for."""
    if found.type == "PER":
        return None
    match = re.match(r"\s+([а-яё]+)", scene.after(found, 40))
    if match and is_head(match[1]) and re.search(r"(?:ой|ая|ую|ый|ий|ого|ому|ом|ым|ое)$", scene.said(found)):
        return [cut(found, "head_after", stop=found.stop + match.end(), type_="ORG")]
    return None


def both_countries(scene: Scene, found: Found) -> list[Found] | None:
    """«Общество дружбы Шри-Ланка – Россия»: the second country too."""
    if found.type != "ORG" or "дружбы" not in scene.said(found) or "«" in scene.said(found):
        return None
    match = re.match(r"\s*[–—-]\s*([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)", scene.after(found))
    return [cut(found, "both_countries", stop=found.stop + match.end())] if match else None


def full_stop(scene: Scene, found: Found) -> list[Found] | None:
    """«…в Башкирском ГАУ.»: a full stop at the end belongs to the sentence."""
    said = scene.said(found)
    if found.type == "PER" or not said.endswith((".", ",")) or said.endswith(("им.", "г.", "др.")):
        return None
    return [cut(found, found.rule, stop=found.stop - 1)]


OWN_SHAPE = re.compile(r"(?:[А-ЯЁ][а-яё]{0,6}(?:ГУ|ФУ|ТУ|ГАУ|ГТУ|ГПУ|ГМУ|НУ|НЦ|ПИ|ГПИ)|[А-ЯЁ][а-яё]+стат(?:а|у|ом|е)?)")
MINISTRY = re.compile(
    r"(?:Мин|Гос|Рос|Обл|Гор|Крае?в?)[а-яё]{4,}(?:надзор|стат|комитет|торг|хоз|прод|экономразвития|культуры|обр)\w*"
)


def agency_word(scene: Scene, found: Found) -> list[Found] | None:
    """«Росконцертом», «Ярославльстата», «ВолГУ»: such words name bodies, never people or places."""
    said = scene.said(found)
    if found.type == "ORG" or " " in said:
        return None
    if is_own(said) or OWN_SHAPE.fullmatch(said) or MINISTRY.fullmatch(said):
        return [cut(found, "agency_word", type_="ORG")]
    return None


STREET = re.compile(
    r"(?:\bул\.|\bулиц\w+|\bпроспект\w*|\bпр-т|\bпр\.|\bпереул\w+|"
    r"\bпер\.|\bплощад\w+|\bпл\.|\bбульвар\w*|\bнабережн\w+|\bшоссе|\bаэропорт\w* имени|\bпарк\w* имени)\s*$",
    re.IGNORECASE,
)
STREET_AFTER = re.compile(r"\s*(?:улиц|проспект|переул|площад|бульвар|набережн|шоссе|ярмарк)\w*")


def street(scene: Scene, found: Found) -> list[Found] | None:
    """«ул. Карла Либкнехта», «на Литейном проспекте»: streets and squares are left out."""
    if found.type == "ORG":
        return None
    said = scene.said(found)
    inner = re.search(r"\b(?:улиц|проспект|переулк|площад|бульвар|набережн)[а-яё]*\b", said)
    if STREET.search(scene.before(found, 24)) or STREET_AFTER.match(scene.after(found)) or inner:
        return []
    return None


AIRPORT_NAME = re.compile(r"(?<!по )(?:имени|им\.)\s*$")


def named_after(scene: Scene, found: Found) -> list[Found] | None:
    """«IT-парк имени Башира Рамеева»: the person after whom a body is named is not spoken of."""
    if found.type != "PER" or not AIRPORT_NAME.search(scene.before(found)):
        return None
    previous = next((n for n in reversed(scene.names) if n.type == "ORG" and n.stop <= found.start), None)
    if previous is not None and re.fullmatch(r"\s*(?:имени|им\.)?\s*", scene.text[previous.stop : found.start]):
        return [Found(previous.start, found.stop, "ORG", "named_after")]
    return []


def address_before(scene: Scene, found: Found) -> list[Found] | None:
    """«С госпожой Чжао», «Швед Холмгрен»: words before a person's name."""
    match = re.match(r"(?:С|К|У|О|От|Для)?\s*(?:госпож\w+|господин\w*)\s+", scene.said(found), re.IGNORECASE)
    if found.type == "PER" and match and match.end() < len(scene.said(found)):
        return [cut(found, "address_before", start=found.start + match.end())]
    return None


SURNAME_BEFORE = re.compile(r"(?:^|[\s(\"«:;–—-])([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|[А-ЯЁ]{2,}(?:-[А-ЯЁ]{2,})?)\s+$")


def surname_before(scene: Scene, found: Found) -> list[Found] | None:
    """«Мелентьева Инна Олеговна», «ТОН Евгений», «Тайга О.Л.»: the surname that a list puts first."""
    if found.type != "PER":
        return None
    said, before = scene.said(found), scene.before(found, 32)
    match = SURNAME_BEFORE.search(before)
    if match is None:
        return None
    names = said.split()
    start = found.start - (len(before) - match.start(1))
    lone = not before[: match.start(1)].strip(" \xa0-–—•\t")
    capitals = lone and match[1].isupper() and not names[0].isupper() and len(names) <= 2 and is_given(names[0])
    initials = re.fullmatch(r"(?:[А-ЯЁ]\.\s?){1,2}", said) is not None
    formal = len(names) == 2 and is_patronymic(names[1]) and closes(names[0], names[1])
    thing = any(p.is_known and (p.tag.POS not in ("NOUN", "ADJF") or p.tag.animacy == "inan") for p in parses(match[1]))
    formal = formal and ((lone and not thing) or RUSSIAN_END.search(match[1]) is not None)
    if not (capitals or initials or formal) or is_given(match[1]):
        return None
    return [cut(found, "surname_before", start=start)]


ASIAN_BEFORE = re.compile(r"(?:^|\s)((?:Нгуен|Чан|Ле|Фам|Хоанг|Фан|Ву|Во|Данг|Буй|До|Хо|Нго|Бить|Динь)\s+)$")


def syllable_before(scene: Scene, found: Found) -> list[Found] | None:
    """«Буй Куок Вьет»: the Vietnamese surname before the rest."""
    match = (
        ASIAN_BEFORE.search(scene.before(found, 12)) if found.type == "PER" and len(scene.said(found)) < 25 else None
    )
    return [cut(found, "syllable_before", start=found.start - len(match[1]))] if match else None


UNIT_BEFORE = re.compile(r"(?:[Дд]епартамент|[Оо]тдел|[Уу]правлени)\w*\s+(?:[А-ЯЁ][а-яё]+\s+){0,2}(?:и\s+)?$")


def named_unit(scene: Scene, found: Found) -> list[Found] | None:
    """«директор Департамента Европы и Северной Америки»: the part of the world is the unit's name."""
    return [] if UNIT_BEFORE.search(scene.before(found, 50)) and "-" not in scene.said(found) else None


def inside_title(scene: Scene, found: Found) -> list[Found] | None:
    """«выставка «Царь Салтан едет во Францию»»: names inside titles of events and works are no mentions."""
    before = scene.before(found, 90)
    opened = before.rfind("«")
    if opened < 0 or "»" in before[opened:]:
        return None
    match = re.search(r"([А-Яа-яё-]+)\s+$", before[:opened])
    return [] if match and match[1].lower().startswith(stems("quoted_events")) else None


LANDFORM = re.compile(r"(?:^|\s)((?:остров|полуостров|ледник|бархан|пад)(?:а|у|ом|е|ь|и|ью)?\s+)$")
WATERS = re.compile(r"\s+(?:озёр|озёра|озёрах|озера|озеро|озере|моря|море|морю|морем)\b")


def landform(scene: Scene, found: Found) -> list[Found] | None:
    """«ледник Аксай», «остров Беринга», «Торейских озёр»: the common noun belongs to the name."""
    match = LANDFORM.search(scene.before(found, 16))
    if match:
        return [cut(found, "landform", start=found.start - len(match[1]))]
    after = WATERS.match(scene.after(found, 12))
    if after and re.search(r"(?:ое|ого|ому|ом|их|ых|им|ым)$", scene.said(found)):
        return [cut(found, "landform", stop=found.stop + after.end(), type_="LOC")]
    return None


ANY, BODIES, PEOPLE, PLACES = (
    frozenset({"PER", "ORG", "LOC"}),
    frozenset({"ORG"}),
    frozenset({"PER"}),
    frozenset({"LOC"}),
)
NO_PEOPLE, NO_BODIES = frozenset({"ORG", "LOC"}), frozenset({"PER", "LOC"})

SPAN_RULES: tuple[tuple[Rule, frozenset[str]], ...] = (
    (line_break, ANY),
    (open_bracket, NO_PEOPLE),
    (initials_after, NO_PEOPLE),
    (words_before_initials, PEOPLE),
    (finite_verb, ANY),
    (address_before, PEOPLE),
    (person_before, BODIES),
    (unit_of_parent, BODIES),
    (tail_po, BODIES),
    (other_case_after, BODIES),
    (two_bodies, BODIES),
    (full_stop, NO_PEOPLE),
    (head_after, NO_PEOPLE),
    (head_before, BODIES),
    (adjective_before, BODIES),
    (closing_quote, BODIES),
    (agency_word, NO_BODIES),
    (street, NO_BODIES),
    (named_after, PEOPLE),
    (event_or_venue, NO_PEOPLE),
    (inside_title, ANY),
    (named_unit, PLACES),
    (landform, PLACES),
    (surname_before, PEOPLE),
    (syllable_before, PEOPLE),
)
"""In this order; each looks only at names of the types beside it."""


# ---------------------------------------------------------------- the whole text


def found(doc: Doc, tokens: Tokens) -> list[Found]:
    """Every name of the text, in order, none overlapping."""
    names = [Found(s.start, s.stop, s.type, "net") for s in doc.ner]
    for rule, types in SPAN_RULES:
        names = applied(rule, types, doc, tokens, names)
    for _, change in TEXT_RULES:
        names = change(doc, tokens, names)
    return names


def applied(rule: Rule, types: frozenset[str], doc: Doc, tokens: Tokens, names: list[Found]) -> list[Found]:
    scene = Scene(doc.text, doc.tokens, tokens, names)
    changes = [rule(scene, name) if name.type in types else None for name in names]
    if all(change is None for change in changes):
        return names
    return apart(
        new for name, change in zip(names, changes, strict=True) for new in ([name] if change is None else change)
    )


def apart(names: Iterable[Found]) -> list[Found]:
    """Of names that overlap, the one made first by a rule, else the longer."""
    out: list[Found] = []
    for name in sorted(names, key=lambda n: (n.start, -n.stop)):
        if name.stop <= name.start:
            continue
        if out and name.start < out[-1].stop:
            if name.stop > out[-1].stop and out[-1].rule == "net" and name.rule != "net":
                out[-1] = name
            continue
        out.append(name)
    return out


GLUE = re.compile(r"\s+(?:(?:города|городского округа|муниципального образования(?: города)?|имени|им\.)\s+)?$")
TERRITORIAL = re.compile(r"(?:правлени|УМВД|УФСБ|нспекци|лужб)")
AT = re.compile(r"\s+(?:при\s+)?$")
ABROAD = re.compile(r"\s+(?:в|во|на)\s+$")
DIPLOMATIC = re.compile(
    r"(?:посольств|генеральн|генконсульств|консульств|представительств|русск\w+ дом|российск\w+ центр|"
    r"отделение посольства|торгпредств|торгов)",
    re.IGNORECASE,
)


def joined(doc: Doc, tokens: Tokens, names: Sequence[Found]) -> list[Found]:
    """«МИД» + «России», «Посольство России» + «на Мадагаскаре», «служба при Министерстве» are one body each."""
    out: list[Found] = []
    for name in names:
        if out and out[-1].type == "ORG" and name.start > out[-1].stop:
            gap = doc.text[out[-1].stop : name.start]
            before = doc.text[out[-1].start : out[-1].stop]
            place = name.type == "LOC" and (
                GLUE.match(gap)
                or (ABROAD.match(gap) and DIPLOMATIC.match(before))
                or (re.fullmatch(r"\s+по\s+", gap) and TERRITORIAL.search(before))
            )
            body = name.type == "ORG" and re.fullmatch(r"\s+при\s+", gap)
            parent = (
                name.type == "ORG"
                and re.fullmatch(r"\s", gap)
                and re.match(r"РАН|СО РАН|УрО РАН|ДВО РАН", doc.text[name.start : name.stop])
            )
            if "\n" not in gap and (place or body or parent):
                out[-1] = Found(out[-1].start, name.stop, "ORG", "joined")
                continue
        out.append(name)
    return out


SEAT = re.compile(
    r"\b((?:(?:народн|городск|районн|областн|законодательн)\w+\s+)?"
    r"(?:[Аа]дминистраци|[Мм]эри|[Ии]сполком|[Ии]сполнительн\w+ комитет|[Пп]равительств|[Аа]кимат|[Хх]окимият|"
    r"[Мм]аслихат|"
    r"[Мм]униципалитет|[Зз]аконодательн\w+ собрани|[Пп]рефектур|[Пп]рокуратур|[Пп]осольств|"
    r"[Гг]енконсульств)(?!\w*(?:ами|ам|ах|ов)\b)[а-яё]*)\s+"
    r"(?:(?:города|г\.|муниципального образования|городского округа|штата|провинции|района)\s*)?$"
)


def with_place(doc: Doc, tokens: Tokens, names: Sequence[Found]) -> list[Found]:
    """«администрации Саратова», «правительство Греции»: the organ and its place are one body."""
    out: list[Found] = []
    for name in names:
        before = doc.text[max(0, name.start - 60) : name.start].rpartition("\n")[2]
        match = SEAT.search(before) if name.type == "LOC" else None
        start = name.start - (len(before) - match.start(1)) if match else 0
        if match and not (out and out[-1].stop > start):
            out.append(Found(start, name.stop, "ORG", "with_place"))
        else:
            out.append(name)
    return out


def words_of_agencies(doc: Doc, tokens: Tokens, names: Sequence[Found]) -> list[Found]:
    """«Росконцертом», «ВолГУ» where the net saw nothing."""
    more = [Found(m.start(), m.end(), "ORG", "agency_word") for m in CAPITAL.finditer(doc.text) if is_own(m[0])]
    return apart([*names, *more])


OFFICE = re.compile(
    r"(?:(?<=[а-яё,;:)–—]\s)|(?<=[«\"]В\s)|(?<=[«\"]Во\s)|(?<=\sВ\s)|(?<=\sК\s)|(?<=\sПо\s))"
    r"(?:Агентств(?:о|а|у|ом|е)|Министерств(?:о|а|у|ом|е)|Ведомств(?:о|а|у|ом|е)|Ассоциаци(?:я|и|ю|ей)"
    r"|Корпораци(?:я|и|ю|ей)|Фонд(?:а|у|ом|е)?|Союз(?:а|у|ом|е)?)(?!\w)"
    r"(?!\s+(?:[А-ЯЁ«\"]|по\s|[а-яё-]+(?:ых|их|ого|его|ой|ей)\s|[а-яё]+(?:ции|ства|ения|ов|ей)\b))"
)


def office(doc: Doc, tokens: Tokens, names: Sequence[Found]) -> list[Found]:
    """«В Агентстве готовят соглашение»: a capital inside a sentence makes the word stand for a body named elsewhere."""
    if not any(name.type == "ORG" for name in names):
        return list(names)
    more = [Found(m.start(), m.end(), "ORG", "office") for m in OFFICE.finditer(doc.text)]
    return apart([*names, *more])


def repeated(doc: Doc, tokens: Tokens, names: Sequence[Found]) -> list[Found]:
    """A quoted or short name that the text has elsewhere as a body: «Поле.Аналитика», «Домжуру», «Союзом»."""
    out: list[Found] = []
    for name in {doc.text[n.start : n.stop] for n in names if n.type == "ORG"}:
        inner = re.search(r"([А-Яа-яё-]*)\s?«([^«»]{4,})»$", name)
        if inner and (not inner[1] or is_head(inner[1])):
            out += [
                Found(m.start(1), m.end(1), "ORG", "repeated")
                for m in re.finditer(rf"«({re.escape(inner[2])})»", doc.text)
                if not re.search(QUOTED_EVENT, doc.text[max(0, m.start() - 30) : m.start()])
            ]
    return apart([*names, *out])


QUOTED_EVENT = re.compile(
    r"(?:форум|выставк|конкурс|фестивал|программ|проект|преми|акци|спектакл|фильм|книг)\w*\s+$", re.IGNORECASE
)

TEXT_RULES: tuple[tuple[str, Callable[[Doc, Tokens, Sequence[Found]], list[Found]]], ...] = (
    ("joined", joined),
    ("with_place", with_place),
    ("agency_word", words_of_agencies),
    ("office", office),
    ("repeated", repeated),
)
