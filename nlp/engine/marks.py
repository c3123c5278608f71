"""Shapes of words with marks: what the tuned NER net sees of a token beside its vector.

Natasha's shapes («Xx», «XX») are joined by what a dictionary knows of the word and by whether it stands in quotation
marks. Both depend on nothing but the words, so that a shape can be looked up word by word.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from slovnet.shape import word_shape

from nlp.engine.forms import analyzer

DICTIONARY = {"Name": "+given", "Patr": "+given", "Surn": "+surname", "Geox": "+place", "Orgn": "+body"}
ORDER = ("+given", "+surname", "+place", "+body")
MARKS = tuple(a + b for a, b in product(("", *ORDER, "+head"), ("", "+quoted")))
PROBABLE = 0.05

HEADS = tuple(
    """
    администраци правительств министерств посольств компани корпораци университет институт академи агентств ассоциаци
    фонд союз комитет комисси совет центр музе библиотек театр школ лице гимнази колледж техникум завод комбинат холдинг
    банк газет журнал радио телеканал телекомпани издательств обществ организаци движени клуб федераци служб департамент
    управлени мэри префектур дум парламент собрани представительств консульств генконсульств предприяти фирм групп
    портал отделени палат больниц госпитал клиник поликлиник филармони галере архив лаборатори конгресс альянс
    партнёрств партнерств мисси епархи митрополи церков храм монастыр диаспор землячеств оркестр ансамбл хор студи
    киностуди парк заповедник технопарк порт аэропорт авиакомпани
    """.split()
)
"""Beginnings of common nouns at which the name of a body may start."""


@lru_cache(20_000)
def mark(word: str) -> str:
    if word.islower():
        return "+head" if word.startswith(HEADS) else ""
    if not word[:1].isupper():
        return ""
    known = {DICTIONARY[g] for p in analyzer().parse(word) if p.score > PROBABLE for g in DICTIONARY if g in p.tag}
    return next((m for m in ORDER if m in known), "")


@lru_cache(20_000)
def shape(word: str) -> str:
    return str(word_shape(word)) + mark(word)


def shapes(words: Sequence[str]) -> list[str]:
    """One shape per word; what stands between «…» or „…“ is marked as quoted, the marks themselves are not."""
    out, depth = [], 0
    for word in words:
        depth -= depth > 0 and word in ("»", "”", "“")
        out.append(shape(word) + "+quoted" if depth else shape(word))
        depth += word in ("«", "„")
    return out
