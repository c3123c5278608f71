"""The key under which names are compared: those that may name one entity share it, few others do."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from store.lemmas import WORD, plain

PATRONYMIC = re.compile(r"\w+(?:вич|ьич|мич|вна|чна|ична)\Z", re.IGNORECASE)
INITIAL = re.compile(r"\w\Z")
SUFFIXES = frozenset({"мл", "ст", "младший", "старший", "оглы", "оглу", "кызы"})


def block(kind: str, name: str) -> str:
    if kind == "person":
        return surname(name)
    return body(name) if kind == "organisation" else words(name)


@dataclass(frozen=True, slots=True)
class Bodies:
    """data/identity/bodies.toml, compiled."""

    written: re.Pattern[str]
    compared: dict[str, str]
    generic: frozenset[str]


@cache
def bodies() -> Bodies:
    table = tomllib.loads(files("data").joinpath("identity/bodies.toml").read_text(encoding="utf-8"))
    compared = dict(table["words"])
    longest_first = sorted(compared, key=lambda written: (-len(written), written))
    return Bodies(re.compile(rf"\b(?:{'|'.join(longest_first)})\b"), compared, frozenset(table["generic"]))


def body(name: str) -> str:
    """«МИД РФ» and «Министерство иностранных дел Российской Федерации» read alike."""
    table, text = bodies(), words(name)
    for _ in range(3):  # «госдума рф» → «государственная дума россии» → «государственная дума»
        text = table.written.sub(lambda match: table.compared[match[0]], text)
    return text


def is_generic(name: str) -> bool:
    """«Министерство культуры», «Фонд»: a body that only its own agency's readers know."""
    first, *rest = name.split() or [""]
    return plain(first) in bodies().generic and not any(NAMING.search(word) for word in rest)


NAMING = re.compile(r"[A-ZА-ЯЁ0-9«»\"№]")


def surname(name: str) -> str:
    """The last word that is neither an initial nor a patronymic: «Иван Сергеевич Петров» and «Петров» → «петров»."""
    tokens = [plain(match[0]) for match in WORD.finditer(ASIDE.sub("", name) or name)]
    kept = [t for t in tokens if not INITIAL.match(t) and t not in SUFFIXES]
    if len(kept) > 1:
        kept = [t for t in kept[:-1] if not PATRONYMIC.match(t)] + kept[-1:]
    return stem(kept[-1] if kept else plain(name))


ASIDE = re.compile(r"\s*[(\[{].*", re.DOTALL)
"""«Хайко Маас (Heiko Maas)»."""
ENDING = re.compile(r"(?<=\w{3})[аеиоуыюяй]+\Z")


def stem(surname: str) -> str:
    """Without what case and gender change: a nominative read wrongly is still compared with the right one."""
    return ENDING.sub("", sound(surname))


SENIORITY = re.compile(r"-(?:младший|старший|мл|ст|оглы|кызы)\Z")
DOUBLED = re.compile(r"([^\W\d_])\1")


def sound(word: str) -> str:
    """«Гренель» and «Гренелл», «Мэй» and «Мей»: spellings of one foreign name fall into one block."""
    word = SENIORITY.sub("", word).replace("э", "е").replace("ь", "").replace("ъ", "").replace("’", "").replace("'", "")
    return DOUBLED.sub(r"\1", word) or word


def words(name: str) -> str:
    """Letters and digits only: quotes, dashes and ё do not tell bodies apart."""
    return " ".join(plain(match[0]) for match in WORD.finditer(name)) or plain(name)
