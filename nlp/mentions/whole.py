"""Rules that look at all names of a text at once: names joined, and names that the net did not see."""

import re
from collections.abc import Iterable, Iterator, Sequence

from nlp.doc import Doc
from nlp.mentions.near import Found
from nlp.mentions.vocabulary import is_head, is_own


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
ABROAD = re.compile(r"\s+(?:в|во|на)\s+$")
BY = re.compile(r"\s+по\s+")
AT = re.compile(r"\s+при\s+")
PARENT = re.compile(r"РАН|СО РАН|УрО РАН|ДВО РАН")
DIPLOMATIC = re.compile(
    r"(?:посольств|генеральн|генконсульств|консульств|представительств|русск\w+ дом|российск\w+ центр|"
    r"отделение посольства|торгпредств|торгов)",
    re.IGNORECASE,
)
FARTHEST = 50
"""Characters between two names that may be one."""


def joined(doc: Doc, names: Sequence[Found]) -> Sequence[Found]:
    """«МИД» + «России», «Посольство России» + «на Мадагаскаре», «служба при Министерстве» are one body each."""
    out: list[Found] = []
    for name in names:
        last = out[-1] if out else None
        if (
            last is not None
            and last.type == "ORG"
            and name.type != "PER"
            and 0 < name.start - last.stop < FARTHEST
            and one_body(doc.text, last, name)
        ):
            out[-1] = Found(last.start, name.stop, "ORG", "joined")
        else:
            out.append(name)
    return out


def one_body(text: str, body: Found, name: Found) -> bool:
    gap = text[body.stop : name.start]
    if "\n" in gap or not gap[0].isspace():
        return False
    if name.type == "ORG":
        return AT.fullmatch(gap) is not None or (
            len(gap) == 1 and PARENT.match(text, name.start, name.stop) is not None
        )
    if GLUE.match(gap):
        return True
    before = text[body.start : body.stop]
    return bool((ABROAD.match(gap) and DIPLOMATIC.match(before)) or (BY.fullmatch(gap) and TERRITORIAL.search(before)))


SEAT = re.compile(
    r"\b((?:(?:народн|городск|районн|областн|законодательн)\w+\s+)?"
    r"(?:[Аа]дминистраци|[Мм]эри|[Ии]сполком|[Ии]сполнительн\w+ комитет|[Пп]равительств|[Аа]кимат|[Хх]окимият|"
    r"[Мм]аслихат|"
    r"[Мм]униципалитет|[Зз]аконодательн\w+ собрани|[Пп]рефектур|[Пп]рокуратур|[Пп]осольств|"
    r"[Гг]енконсульств)(?!\w*(?:ами|ам|ах|ов)\b)[а-яё]*)\s+"
    r"(?:(?:города|г\.|муниципального образования|городского округа|штата|провинции|района)\s*)?$"
)
SEATS = tuple(
    """
    дминистраци мэри сполком комитет равительств кимат окимият аслихат униципалитет собрани рефектур рокуратур осольств
    енконсульств
    """.split()
)
"""One of these is in all that `SEAT` finds."""


def with_place(doc: Doc, names: Sequence[Found]) -> Sequence[Found]:
    """«администрации Саратова», «правительство Греции»: the organ and its place are one body."""
    out: list[Found] = []
    for name in names:
        start = organ_before(doc.text, name) if name.type == "LOC" else None
        if start is not None and not (out and out[-1].stop > start):
            out.append(Found(start, name.stop, "ORG", "with_place"))
        else:
            out.append(name)
    return out


def organ_before(text: str, place: Found) -> int | None:
    """Where the organ begins whose name ends with the place."""
    before = text[max(0, place.start - 60) : place.start].rpartition("\n")[2]
    low = before.lower()
    match = SEAT.search(before) if any(stem in low for stem in SEATS) else None
    return None if match is None else place.start - (len(before) - match.start(1))


CAPITAL = re.compile(r"[ВГЕМРС](?<!\w.)[а-яё]{4,}\b(?!-)")
"""A word; that none goes on before it is asked second, so that the text is searched for the letters alone."""


def words_of_agencies(doc: Doc, names: Sequence[Found]) -> Sequence[Found]:
    """«Росконцертом», «ВолГУ» where the net saw nothing."""
    more = [Found(m.start(), m.end(), "ORG", "agency_word") for m in CAPITAL.finditer(doc.text) if is_own(m[0])]
    return apart([*names, *more]) if more else names


OFFICE = re.compile(
    r"(?:(?<=[а-яё,;:)–—]\s)|(?<=[«\"]В\s)|(?<=[«\"]Во\s)|(?<=\sВ\s)|(?<=\sК\s)|(?<=\sПо\s))"
    r"(?:Агентств(?:о|а|у|ом|е)|Министерств(?:о|а|у|ом|е)|Ведомств(?:о|а|у|ом|е)|Ассоциаци(?:я|и|ю|ей)"
    r"|Корпораци(?:я|и|ю|ей)|Фонд(?:а|у|ом|е)?|Союз(?:а|у|ом|е)?)(?!\w)"
    r"(?!\s+(?:[А-ЯЁ«\"]|по\s|[а-яё-]+(?:ых|их|ого|его|ой|ей)\s|[а-яё]+(?:ции|ства|ения|ов|ей)\b))"
)
OFFICES = re.compile(r"Агентств|Министерств|Ведомств|Ассоциаци|Корпораци|Фонд|Союз")


def office(doc: Doc, names: Sequence[Found]) -> Sequence[Found]:
    """«В Агентстве готовят соглашение»: a capital inside a sentence makes the word stand for a body named elsewhere."""
    if not any(name.type == "ORG" for name in names):
        return names
    places = (OFFICE.match(doc.text, m.start()) for m in OFFICES.finditer(doc.text))
    more = [Found(m.start(), m.end(), "ORG", "office") for m in places if m]
    return apart([*names, *more]) if more else names


INNER = re.compile(r"([А-Яа-яё-]*)\s?«([^«»]{4,})»$")
QUOTED_EVENT = re.compile(
    r"(?:форум|выставк|конкурс|фестивал|программ|проект|преми|акци|спектакл|фильм|книг)\w*\s+$", re.IGNORECASE
)


def repeated(doc: Doc, names: Sequence[Found]) -> Sequence[Found]:
    """A quoted or short name that the text has elsewhere as a body: «Поле.Аналитика», «Домжуру», «Союзом»."""
    out: list[Found] = []
    for name in {doc.text[n.start : n.stop] for n in names if n.type == "ORG"}:
        inner = INNER.search(name) if name.endswith("»") else None
        if inner and (not inner[1] or is_head(inner[1])):
            out += [
                Found(at + 1, at + 1 + len(inner[2]), "ORG", "repeated")
                for at in places_of(f"«{inner[2]}»", doc.text)
                if not QUOTED_EVENT.search(doc.text[max(0, at - 30) : at])
            ]
    return apart([*names, *out]) if out else names


def places_of(part: str, text: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))
