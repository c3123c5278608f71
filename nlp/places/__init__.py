"""Mentions of places put together: nominative names with kind, country and coordinates."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from nlp.annotation import Entity, Mention
from nlp.doc import Doc
from nlp.gazetteers import Known, fold, known_places
from nlp.mentions import Found
from nlp.places.forms import forms
from nlp.places.normal import Cases, normal
from nlp.places.regions import country_of_region
from nlp.tokens import Tokens


def read(doc: Doc, tokens: Tokens, spans: Iterable[Found]) -> list[Entity]:
    """One entity per place, by first mention; «РФ» and «Россия» are one."""
    mentions = [f for f in spans if f.type == "LOC"]
    voted = votes(doc, mentions)
    cases = Cases(doc, tokens)
    groups: dict[str, list[tuple[str, Mention]]] = {}
    for found in mentions:
        name, rule = normal(doc, tokens, found, cases.expected(found), voted)
        mention = Mention(start=found.start, stop=found.stop, normal=name, rule=found.rule, form_rule=rule)
        groups.setdefault(identity(name), []).append((name, mention))
    return [entity(members) for members in merged(groups).values()]


def votes(doc: Doc, mentions: Sequence[Found]) -> dict[str, float]:
    """Nominatives that several forms of the text could share: «Ниша» and «Нише» are of «Ниш»."""
    shared: dict[str, set[str]] = defaultdict(set)
    for found in mentions:
        said = doc.text[found.start : found.stop]
        if " " not in said and not said.isupper():
            for form in forms(said):
                shared[form.nominative].add(said)
    return {name: 0.8 * (len(words) - 1) for name, words in shared.items() if len(words) > 1}


STATE = re.compile(
    r"^(?:[А-ЯЁа-яё-]+\s+){0,2}(?:Республика|Королевство|Султанат|Княжество|Государство|Эмират)\s+(?=[А-ЯЁ])"
)


@lru_cache(20_000)
def place_of(name: str) -> Known | None:
    known = known_places().get(fold(name))
    return known or known_places().get(fold(STATE.sub("", name)))


@lru_cache(20_000)
def identity(name: str) -> str:
    known = place_of(name)
    return fold(known.name) if known is not None and known.kind != "city" else fold(STATE.sub("", name))


def merged(groups: dict[str, list[tuple[str, Mention]]]) -> dict[str, list[tuple[str, Mention]]]:
    """«Новгород» joins «Великий Новгород», «Ростов» joins «Ростов-на-Дону»."""
    out = dict(groups)
    for short in list(groups):
        fuller = [
            k for k in out if k != short and (k.endswith((" " + short, "-" + short)) or k.startswith(short + "-на-"))
        ]
        if len(fuller) == 1 and " " not in short and "обл" not in fuller[0]:
            out[fuller[0]] = sorted(out[fuller[0]] + out.pop(short), key=lambda m: m[1].start)
    return dict(sorted(out.items(), key=lambda item: item[1][0][1].start))


REGION = re.compile(
    r"(?:область|край|район|округ|уезд|губерния|провинция|штат|воеводство|аймак|департамент)$|^(?:Республика|провинция|штат)",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"море|океан|озер|остров|река|гор[аы]$|залив|пролив|полуостров|Азия|Африка|Европа|Америка|Восток|Кавказ|Сибирь|Урал|Поволжье|Арктика|Антарктика"
)


def entity(members: Sequence[tuple[str, Mention]]) -> Entity:
    names = [name for name, _ in members]
    known = next((k for k in map(place_of, names) if k is not None), None)
    usual = next((n for n in names if known is not None and known.kind != "city" and fold(n) == fold(known.name)), None)
    name = usual or max(names, key=lambda n: (not n.isupper(), STATE.match(n) is None, len(n), -names.index(n)))
    return Entity(
        kind="place",
        name=name,
        mentions=tuple(m for _, m in members),
        place_kind=known.kind if known is not None else kind_of(name),
        country=known.country if known is not None else country_of_region(name),
        latitude=known.latitude if known is not None else None,
        longitude=known.longitude if known is not None else None,
    )


def kind_of(name: str) -> str | None:
    """By the common noun in the name; None where nothing tells."""
    if REGION.search(name):
        return "region"
    return "other" if OTHER.search(name) else None
