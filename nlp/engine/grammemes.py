"""OpenCorpora's grammemes, which pymorphy speaks, in the words of Universal Dependencies, which the nets speak.

The correspondence is Natasha's, with its gaps: she reads some parts of speech otherwise than the nets do (`PRCL`
against `PART`), and lemmas must come out the same.
"""

from collections.abc import Mapping
from functools import lru_cache

POS = {
    **dict.fromkeys(("ADJF", "ADJS"), "ADJ"),
    **dict.fromkeys(("ADVB", "COMP"), "ADV"),
    **dict.fromkeys(("VERB", "GRND", "INFN", "PRTF", "PRTS"), "VERB"),
    **dict.fromkeys(("NUMR", "NUMB"), "NUM"),
    "NOUN": "NOUN",
    "NPRO": "PRON",
    "CONJ": "CCONJ",
    "INTJ": "INTJ",
    "PNCT": "PUNCT",
    "PRCL": "PART",
    "PREP": "ADP",
}
"""The rest (PRED, ROMN, LATN, UNKN) is X."""

FEATS = {
    "Animacy": {"anim": "Anim", "inan": "Inan"},
    "Aspect": {"impf": "Imp", "perf": "Perf"},
    "Case": {
        "nomn": "Nom",
        "voct": "Nom",
        "gent": "Gen",
        "gen1": "Gen",
        "gen2": "Gen",
        "datv": "Dat",
        "accs": "Acc",
        "ablt": "Ins",
        "loct": "Loc",
        "loc2": "Loc",
    },
    "Degree": {"COMP": "Cmp", "Supr": "Sup"},
    "Gender": {"masc": "Masc", "femn": "Fem", "neut": "Neut"},
    "Mood": {"indc": "Ind", "impr": "Imp"},
    "Number": {"sing": "Sing", "plur": "Plur"},
    "NumForm": {"NUMB": "Digit"},
    "Person": {"1per": "1", "2per": "2", "3per": "3", "incl": "1", "excl": "2"},
    "Tense": {"past": "Past", "pres": "Pres", "futr": "Fut"},
    "Variant": {"ADJS": "Brev"},
    "VerbForm": {"VERB": "Fin", "INFN": "Inf", "GRND": "Conv", "PRTF": "Part", "PRTS": "Part"},
    "Voice": {"actv": "Act", "pssv": "Pass"},
    "Abbr": {"Abbr": "Yes"},
}
FEATURE = {grammeme: (key, value) for key, values in FEATS.items() for grammeme, value in values.items()}

COMPARED = frozenset(("Aspect", "Case", "Gender", "Number", "NumForm", "Person", "Tense", "Variant"))
PERFECT = 99
SAME_POS = {"PROPN": "NOUN", "AUX": "VERB", "SCONJ": "CCONJ"}


@lru_cache(8_192)
def universal(tag: str) -> tuple[str, Mapping[str, str]]:
    """«NOUN,anim,masc sing,nomn» as part of speech and features."""
    grammemes = tag.replace(" ", ",").split(",")
    return POS.get(grammemes[0], "X"), dict(FEATURE[g] for g in grammemes if g in FEATURE)


def similarity(tag: str, pos: str, feats: Mapping[str, str]) -> int:
    """How well OpenCorpora's tag fits the net's: the number of things they agree in, `PERFECT` if in all."""
    its_pos, its_feats = universal(tag)
    if its_pos == pos and its_feats == feats:
        return PERFECT
    same = SAME_POS.get(its_pos, its_pos) == SAME_POS.get(pos, pos)
    return same + sum(its_feats[key] == feats[key] for key in COMPARED & its_feats.keys() & feats.keys())
