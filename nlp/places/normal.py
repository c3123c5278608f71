"""One mention of a place in the nominative."""

import re
from collections.abc import Mapping

from nlp.doc import Doc
from nlp.gazetteers import fold, known_places
from nlp.inflection import CASES, like, nominative
from nlp.mentions import Found
from nlp.places.forms import likeliest
from nlp.tokens import Tokens

PREPOSITIONS = {
    "в": ("loct", "accs"),
    "во": ("loct", "accs"),
    "на": ("loct", "accs"),
    "о": ("loct",),
    "об": ("loct",),
    "при": ("loct",),
    "из": ("gent",),
    "от": ("gent",),
    "до": ("gent",),
    "для": ("gent",),
    "у": ("gent",),
    "около": ("gent",),
    "близ": ("gent",),
    "против": ("gent",),
    "к": ("datv",),
    "ко": ("datv",),
    "по": ("datv",),
    "с": ("ablt",),
    "со": ("ablt",),
    "под": ("ablt",),
    "над": ("ablt",),
    "между": ("ablt",),
    "за": ("ablt", "accs"),
    "через": ("accs",),
    "про": ("accs",),
}

BETWEEN = re.compile(r"\s*(?:,|,?\s(?:и|или))\s+(?:в\s+|из\s+|на\s+)?")


class Cases:
    """What the words before each place say of its case; places in a row share what stands before the first."""

    def __init__(self, doc: Doc, tokens: Tokens) -> None:
        self.doc, self.tokens = doc, tokens
        self.last: Found | None = None
        self.governed: tuple[tuple[str, ...], float] = ((), 0.0)

    def expected(self, found: Found) -> dict[str, float]:
        first, last = self.tokens.between(found.start, found.stop)
        if self.last is None or not BETWEEN.fullmatch(self.doc.text, self.last.stop, found.start):
            self.governed = governed(self.doc, first)
        self.last = found
        out: dict[str, float] = {"nomn": 0.2}
        case = CASES.get(self.doc.feats[last - 1].get("Case", ""))
        if case:
            out[case] = out.get(case, 0.0) + 0.6
        cases, much = self.governed
        for case in cases:
            out[case] = out.get(case, 0.0) + much
        return out


def governed(doc: Doc, first: int) -> tuple[tuple[str, ...], float]:
    """Cases after the word before, and how much that weighs."""
    if first and (cases := PREPOSITIONS.get(doc.words[first - 1].lower())):
        return cases, 1.0
    return (("gent",), 0.6) if first and doc.pos[first - 1] == "NOUN" else ((), 0.0)


ADJECTIVE_AFTER = re.compile(r"Республик\w+\s+([А-ЯЁ][а-яё]*ск)(?:ой|ую|ая)$")
ADJECTIVE_INSIDE = re.compile(r"(?:ый|ий|ой|ая|ого|ому|ым|им|ом|ую|ые|их|ых|ее|ое|его)\s")
GENERIC = re.compile(
    r"(?:област|кра[йяюе]|район|округ|республик|провинци|штат|остров|мор[еяю]|озер|ледник|кладбищ|уезд|губерни|полуостров|залив|пролив)",
    re.IGNORECASE,
)


def normal(
    doc: Doc, tokens: Tokens, found: Found, expected: Mapping[str, float], voted: Mapping[str, float]
) -> tuple[str, str]:
    """The mention in the nominative, and the rule that made it."""
    said = doc.text[found.start : found.stop].replace("\xa0", " ")
    if said.isupper():
        return said, "as written"
    if whole := in_row(doc.text, found):
        return whole, "adjectives before one noun"
    if " " not in said:
        best = likeliest(said, expected, voted)
        return (said, "as written") if best is None else (like(said, best.nominative), f"place: {best.case}")
    if match := ADJECTIVE_AFTER.match(said):
        return f"Республика {match[1]}ая", "adjective after"
    first, last = tokens.between(found.start, found.stop)
    known = two_words(said, expected, voted) if doc.pos[last - 1] in ("NOUN", "PROPN") else None
    if known is not None:
        return known, "gazetteer"
    if fold(said) in known_places():
        return said, "gazetteer"
    return nominative(doc, first, last), "agreement"


def two_words(said: str, expected: Mapping[str, float], voted: Mapping[str, float]) -> str | None:
    """«Нью-Йорк Сити»: only the last word of a foreign name is declined; the gazetteer must know what comes out."""
    head, _, tail = said.rpartition(" ")
    if not tail[:1].isupper() or fold(said) in known_places():
        return None
    if not GENERIC.search(said) and not ADJECTIVE_INSIDE.search(said) and " " not in head:
        best = likeliest(tail, expected, voted)
        name = known_places().get(fold(f"{head} {best.nominative}")) if best else None
        if name is not None:
            return name.name
    return None


ADJECTIVE = re.compile(r"([А-ЯЁ][а-яё-]+?)(?:ого|ому|ой|ом|ий|ый|ая|ым|им|ую|ое|ее)$")
PLURAL = (
    r"(?P<plural>област|кра|район|мор|округ|губерни|провинци|республик)(?:ей|и|ям|ями|ях|ёв|ев|я|ов|ы|ам|ами|ах|а|й)\b"
)
ROW = re.compile(rf"(?:(?:,|,?\s+(?:и|или))\s+[А-ЯЁ][а-яё-]+(?:ого|ому|ой|ом|ий|ый|ая|ым|им|ую|ое))+\s+{PLURAL}")
LAST = re.compile(rf"(\S+)\s+{PLURAL}$")
BEFORE = re.compile(r"[А-ЯЁ][а-яё-]+(?:ой|ого|ому|ом|ий|ый|ая|ым|им|ую|ое)(?:,|,?\s+(?:и|или))\s+$")
SINGULAR = {
    "област": ("область", "ая"),
    "кра": ("край", "ий"),
    "район": ("район", "ий"),
    "мор": ("море", "ое"),
    "округ": ("округ", "ий"),
    "губерни": ("губерния", "ая"),
    "провинци": ("провинция", "ая"),
    "республик": ("Республика", "ая"),
}


def in_row(text: str, found: Found) -> str | None:
    """«Псковской и Витебской областей»: each is a region of its own."""
    said = text[found.start : found.stop]
    adjective = ADJECTIVE.match(said)
    row = ROW.match(text, found.stop) if adjective and " " not in said else None
    if row is None and " " in said:
        row = LAST.match(said)
        adjective = (
            ADJECTIVE.match(row[1]) if row and BEFORE.search(text[max(0, found.start - 40) : found.start]) else None
        )
    if row is None or adjective is None:
        return None
    noun, ending = SINGULAR[row["plural"]]
    if ending == "ий" and not adjective[1].endswith(("к", "г", "х", "ж", "ш", "ч", "щ")):
        ending = "ый"
    return f"{noun} {adjective[1]}{ending}" if noun == "Республика" else f"{adjective[1]}{ending} {noun}"
