"""Names of people: which part each word is, in which gender and case it may stand, and its nominative."""

from nlp.names.forms import Role
from nlp.names.hypotheses import HOPELESS, Hypothesis, Parts, hypotheses
from nlp.names.parts import (
    RUSSIAN_END,
    NameParts,
    closes,
    compatible,
    is_asian,
    is_given,
    is_patronymic,
    parts,
    plain,
    roles,
    words,
)

__all__ = [
    "HOPELESS",
    "RUSSIAN_END",
    "Hypothesis",
    "NameParts",
    "Parts",
    "Role",
    "closes",
    "compatible",
    "hypotheses",
    "is_asian",
    "is_given",
    "is_patronymic",
    "parts",
    "plain",
    "roles",
    "words",
]
