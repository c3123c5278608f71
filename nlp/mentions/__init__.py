"""Spans of names: what the net found, repaired by named rules.

Each rule is a function with the phrase that it mends as its docstring; `SPAN_RULES` and `TEXT_RULES` give the order. A
span remembers the last rule that changed it.
"""

from collections.abc import Callable, Sequence

from nlp.doc import Doc
from nlp.mentions import bodies, edges, people, places, whole
from nlp.mentions.known import known
from nlp.mentions.near import Found, Near
from nlp.tokens import Tokens

__all__ = ["Found", "found"]

Rule = Callable[[Near], "list[Found] | None"]
"""What a span becomes; None where the rule has nothing to say."""
TextRule = Callable[[Doc, Sequence[Found]], Sequence[Found]]

ANY, NO_PEOPLE, NO_BODIES = ("PER", "ORG", "LOC"), ("ORG", "LOC"), ("PER", "LOC")
BODIES, PEOPLE, PLACES = ("ORG",), ("PER",), ("LOC",)

SPAN_RULES: tuple[tuple[Rule, tuple[str, ...]], ...] = (
    (edges.no_letter, ANY),
    (edges.line_break, ANY),
    (edges.open_bracket, NO_PEOPLE),
    (edges.initials_after, NO_PEOPLE),
    (edges.words_before_initials, PEOPLE),
    (edges.finite_verb, ANY),
    (people.address_before, PEOPLE),
    (bodies.person_before, BODIES),
    (bodies.unit_of_parent, BODIES),
    (bodies.tail_po, BODIES),
    (bodies.other_case_after, BODIES),
    (bodies.two_bodies, BODIES),
    (edges.full_stop, NO_PEOPLE),
    (bodies.head_after, NO_PEOPLE),
    (bodies.head_before, BODIES),
    (bodies.adjective_before, BODIES),
    (bodies.closing_quote, BODIES),
    (bodies.agency_word, NO_BODIES),
    (places.street, NO_BODIES),
    (people.named_after, PEOPLE),
    (bodies.event_or_venue, NO_PEOPLE),
    (edges.inside_title, ANY),
    (places.named_unit, PLACES),
    (places.landform, PLACES),
    (people.surname_before, PEOPLE),
    (people.syllable_before, PEOPLE),
)
"""In this order; each looks only at names of the types beside it."""

TEXT_RULES: tuple[TextRule, ...] = (
    whole.joined,
    whole.with_place,
    whole.words_of_agencies,
    whole.office,
    whole.repeated,
)


def found(doc: Doc, tokens: Tokens) -> Sequence[Found]:
    """Every name of the text, in order, none overlapping."""
    names: Sequence[Found] = repaired(doc, tokens, [Found(s.start, s.stop, s.type, "net") for s in doc.ner])
    for change in TEXT_RULES:
        names = change(doc, names)
    return known(doc, tokens, names)


def repaired(doc: Doc, tokens: Tokens, names: list[Found]) -> list[Found]:
    views = {name: Near(doc, tokens, name) for name in names}
    by_type = sorted_out(names, views)
    for rule, types in SPAN_RULES:
        changes = {}
        for type_ in types:
            for near in by_type[type_]:
                change = rule(near)
                if change is not None:
                    changes[near.found] = change
        if changes:
            names = whole.apart(new for name in names for new in changes.get(name, (name,)))
            views = {name: views.get(name) or Near(doc, tokens, name) for name in names}
            by_type = sorted_out(names, views)
    return names


def sorted_out(names: Sequence[Found], views: dict[Found, Near]) -> dict[str, list[Near]]:
    out: dict[str, list[Near]] = {"PER": [], "ORG": [], "LOC": []}
    for name in names:
        near = views[name]
        near.names = names
        out[name.type].append(near)
    return out
