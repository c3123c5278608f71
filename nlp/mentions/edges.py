"""Rules for names of every type: where a span begins and ends."""

import re

from nlp.mentions.near import Found, Near
from nlp.mentions.vocabulary import begins, is_head

EDGE = " \t\n\xa0,;:.–—-•"


def no_letter(near: Near) -> list[Found] | None:
    """«Но... кто знает?»: a name has a letter or more; an ellipsis is none."""
    return None if any(map(str.isalpha, near.said)) else []


def line_break(near: Near) -> list[Found] | None:
    """«Русский дом в Душанбе⏎Мелентьева»: no name goes over the end of a line."""
    if "\n" not in near.said:
        return None
    text = near.doc.text
    out: list[Found] = []
    at = near.start
    for piece in near.said.split("\n"):
        start, stop = at, at + len(piece)
        at = stop + 1
        while start < stop and text[start] in EDGE:
            start += 1
        while start < stop and text[stop - 1] in " \xa0,;:–—-•":
            stop -= 1
        whole = text[start:stop]
        named = whole[:1].lower() != whole[:1] and (not out or " " in whole or "\xa0" in whole)
        if whole and (named or (is_head(whole.split()[0]) and len(whole) > 12)):
            out.append(Found(start, stop, near.type, "line_break"))
    return out


SHORT_FORM = re.compile(r"[А-ЯЁA-Z][а-яё]?[А-ЯЁA-Z][^()]*|Рос[а-яё]{5,}|Мин[а-яё]{4,}|[А-ЯЁ][а-яё]+[А-ЯЁ]+")


def open_bracket(near: Near) -> list[Found] | None:
    """«Координационный совет соотечественников (КСОРС)»: the short form in brackets is a name of its own."""
    said = near.said
    at = said.find("(")
    if at <= 0:
        return None
    closed = said.rfind(")")
    short = said[at + 1 : closed if closed > at else len(said)].strip()
    if (closed > at and closed + 1 < len(said)) or not SHORT_FORM.fullmatch(short):
        return None
    start = near.start + said.index(short, at)
    head = said[:at].rstrip()
    return [
        near.cut("open_bracket", stop=near.start + len(head)),
        Found(start, start + len(short), near.type, "open_bracket"),
    ]


TAIL_NAME = re.compile(r"\s((?:[А-ЯЁ]\.\s?){1,2}[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)$")
IN_HONOUR = re.compile(r"(?:имени|им\.)\s+(?:[а-яё]+\s+)?$|музе[а-яё-]*\s+$")


def initials_after(near: Near) -> list[Found] | None:
    """«ректор Славянского университета Ж.Б.Асанкулова»: initials and a surname after a body are a person."""
    said = near.said
    match = TAIL_NAME.search(said) if "." in said else None
    if match is None or IN_HONOUR.search(said[: match.start(1)]):
        return None
    return [
        near.cut("initials_after", stop=near.start + match.start()),
        Found(near.start + match.start(1), near.stop, "PER", "initials_after"),
    ]


HEAD_NAME = re.compile(r"^(.*?[а-яё»]\s+)((?:[А-ЯЁ]\.\s?){2}[А-ЯЁ][а-яё]+)$")


def words_before_initials(near: Near) -> list[Found] | None:
    """«Ириклинского гидроузла Ф. З. Мурзагулов», «Сегодня В. А. Тхагапсо»: a name with initials begins with them."""
    match = HEAD_NAME.match(near.said) if "." in near.said else None
    if match is None:
        return None
    person = near.cut("words_before_initials", start=near.start + match.start(2))
    if re.search(r"\s[а-яё]{4,}\s*$", match[1]):
        return [near.cut("words_before_initials", stop=near.start + len(match[1].rstrip()), type_="ORG"), person]
    return [person]


def finite_verb(near: Near) -> list[Found] | None:
    """«Чебоксарский музей пива приглашает», «Председательствует Д. Лапоть»: a verb in a form of person ends a name."""
    first, last = near.tokens
    if last - first < 2:
        return None
    feats = near.doc.feats
    for verb in range(first, last):
        if feats[verb].get("VerbForm") == "Fin":
            break
    else:
        return None
    if "«" in near.said[:-1]:
        return None
    if verb == first and near.type == "PER" and last - first > 2:
        return [near.cut("finite_verb", start=near.doc.starts[first + 1])]
    words = near.doc.words
    for i in range(max(verb, first + 1), last):
        if feats[i].get("VerbForm") == "Fin" and words[i][:1].islower():
            return [near.cut("finite_verb", stop=near.doc.stops[i - 1])]
    return None


def full_stop(near: Near) -> list[Found] | None:
    """«…в Башкирском ГАУ.»: a full stop at the end belongs to the sentence."""
    if not near.said.endswith((".", ",")) or near.said.endswith(("им.", "г.", "др.")):
        return None
    return [near.cut(near.found.rule, stop=near.stop - 1)]


def inside_title(near: Near) -> list[Found] | None:
    """«выставка «Царь Салтан едет во Францию»»: names inside titles of events and works are no mentions."""
    opened = near.before.rfind("«")
    if opened < 0 or "»" in near.before[opened:]:
        return None
    match = re.search(r"([А-Яа-яё-]+)\s+$", near.before[:opened])
    return [] if match and begins(match[1], "quoted_events") else None
