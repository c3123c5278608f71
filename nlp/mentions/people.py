"""Rules for the names of people: surnames put first, forms of address, people whose name a body or street bears."""

import re
from functools import lru_cache

from nlp.engine.forms import listed
from nlp.inflection import grammemes
from nlp.mentions.near import Found, Near
from nlp.names import RUSSIAN_END, closes, is_given, is_patronymic

ADDRESS = re.compile(r"(?:С|К|У|О|От|Для)?\s*(?:госпож\w+|господин\w*)\s+", re.IGNORECASE)


def address_before(near: Near) -> list[Found] | None:
    """«С госпожой Чжао», «Швед Холмгрен»: words before a person's name."""
    match = ADDRESS.match(near.said)
    if match and match.end() < len(near.said):
        return [near.cut("address_before", start=near.start + match.end())]
    return None


AIRPORT_NAME = re.compile(r"(?<!по )(?:имени|им\.)\s*$")


def named_after(near: Near) -> list[Found] | None:
    """«IT-парк имени Башира Рамеева»: the person after whom a body is named is not spoken of."""
    if not near.before.rstrip().endswith(("имени", "им.")) or not AIRPORT_NAME.search(near.before):
        return None
    previous = next((n for n in reversed(near.names) if n.type == "ORG" and n.stop <= near.start), None)
    if previous is not None and re.fullmatch(r"\s*(?:имени|им\.)?\s*", near.doc.text[previous.stop : near.start]):
        return [Found(previous.start, near.stop, "ORG", "named_after")]
    return []


SURNAME_BEFORE = re.compile(r"(?:^|[\s(\"«:;–—-])([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|[А-ЯЁ]{2,}(?:-[А-ЯЁ]{2,})?)\s+$")
INITIALS = re.compile(r"(?:[А-ЯЁ]\.\s?){1,2}")


def surname_before(near: Near) -> list[Found] | None:
    """«Мелентьева Инна Олеговна», «ТОН Евгений», «Тайга О.Л.»: the surname that a list puts first."""
    if near.previous.islower() or not near.before[-1:].isspace():
        return None
    said, before = near.said, near.before[-32:]
    match = SURNAME_BEFORE.search(before)
    if match is None:
        return None
    names = said.split()
    start = near.start - (len(before) - match.start(1))
    lone = not before[: match.start(1)].strip(" \xa0-–—•\t")
    capitals = lone and match[1].isupper() and not names[0].isupper() and len(names) <= 2 and is_given(names[0])
    initials = INITIALS.fullmatch(said) is not None
    formal = len(names) == 2 and is_patronymic(names[1]) and closes(names[0], names[1])
    formal = formal and ((lone and not is_thing(match[1])) or RUSSIAN_END.search(match[1]) is not None)
    if not (capitals or initials or formal) or is_given(match[1]):
        return None
    return [near.cut("surname_before", start=start)]


@lru_cache(5_000)
def is_thing(word: str) -> bool:
    known = (grammemes(form.tag) for form in listed(word.lower()))
    return any(pos not in ("NOUN", "ADJF") or "inan" in marks for pos, *_, marks in known)


ASIAN = frozenset("Нгуен Чан Ле Фам Хоанг Фан Ву Во Данг Буй До Хо Нго Бить Динь".split())


def syllable_before(near: Near) -> list[Found] | None:
    """«Буй Куок Вьет»: the Vietnamese surname before the rest."""
    if near.previous not in ASIAN or len(near.said) >= 25 or not near.before.rstrip().endswith(near.previous):
        return None
    gap = len(near.before) - len(near.before.rstrip())
    return [near.cut("syllable_before", start=near.start - gap - len(near.previous))] if gap else None
