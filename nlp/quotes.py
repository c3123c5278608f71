"""Who said which words: quoted speech with the person that the text gives it to."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from nlp.annotation import Entity, Quote
from nlp.doc import Doc
from nlp.meetings.lexicon import acts

QUOTED = re.compile(r"«[^«»]*(?:«[^«»]*»[^«»]*)*»|\"[^\"\n]{2,}\"|„[^„“]*“")
DASH = re.compile(r"(?m)^[ \t]*[-–—]\s+(?P<said>\S.*)$")
AFTER = re.compile(r"\s*[,.!?…]*\s*[-–—]?\s*")
ATTRIBUTION = re.compile(r"[,!?…]\s*[-–—]\s+")
LONGEST_ATTRIBUTION = 180
"""Characters between the words said and the speaker's name."""
FEWEST_WORDS = 3
"""Shorter quoted words are names and terms."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its people and its verbs of speech in order."""

    text: str
    people: tuple[tuple[int, int, str], ...]
    verbs: tuple[tuple[int, int], ...]
    """Verbs of speech."""
    openers: frozenset[int]
    """Where any verb begins: right after «», —» it tells who spoke whatever its meaning («пошутил», «поддержал»)."""

    def speaker(self, start: int, stop: int) -> tuple[int, int, str] | None:
        """The one person that a stretch with a verb of speech names; None where it names none or several."""
        if start not in self.openers and not any(start <= a and b <= stop for a, b in self.verbs):
            return None
        found = [p for p in self.people if start <= p[0] and p[1] <= stop]
        return found[0] if len({p[2] for p in found}) == 1 else None


def clause_end(text: str, start: int) -> int:
    """Where the words after a quotation stop telling who said it: full stop, line break, a new quotation."""
    match = re.compile(r"[.!?…](?=\s+[А-ЯЁ«\"–—-]|\s*$)|\n|[«\"]|\s[-–—]\s").search(text, start)
    return min(match.start() if match else len(text), start + LONGEST_ATTRIBUTION)


def clause_start(text: str, stop: int) -> int:
    before = text[max(0, stop - LONGEST_ATTRIBUTION) : stop]
    marks = list(re.finditer(r"[.!?…»\"]\s|\n", before))
    return stop - len(before) + (marks[-1].end() if marks else 0)


def long_enough(said: str) -> bool:
    return len(re.findall(r"\w+", said)) >= FEWEST_WORDS


def trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and text[start] in '«»"„“ \t':
        start += 1
    while start < stop and text[stop - 1] in '«»"„“ \t,':
        stop -= 1
    return start, stop


def words_then_speaker(t: Text) -> Iterator[Quote]:
    """«…», — сообщил Иван Петров."""
    for match in QUOTED.finditer(t.text):
        if not long_enough(match[0]):
            continue
        gap = AFTER.match(t.text, match.end())
        start = gap.end() if gap else match.end()
        if "," not in t.text[match.end() - 2 : start] and not re.search(r"[-–—]", t.text[match.end() : start]):
            continue
        who = t.speaker(start, clause_end(t.text, start))
        if who is not None:
            yield Quote(
                person=who[2], span=trimmed(t.text, *match.span()), person_span=who[:2], rule="words_then_speaker"
            )


def speaker_then_words(t: Text) -> Iterator[Quote]:
    """Иван Петров сказал: «…»"""
    for match in QUOTED.finditer(t.text):
        before = t.text[: match.start()].rstrip()
        if not before.endswith(":") or not long_enough(match[0]):
            continue
        who = t.speaker(clause_start(t.text, len(before)), len(before))
        if who is not None:
            yield Quote(
                person=who[2], span=trimmed(t.text, *match.span()), person_span=who[:2], rule="speaker_then_words"
            )


def line_of_dialogue(t: Text) -> Iterator[Quote]:
    """— Мы приезжаем сюда седьмой год, — сказал Бекболатов."""
    for line in DASH.finditer(t.text):
        cut = ATTRIBUTION.search(t.text, line.start("said"), line.end())
        if cut is None or not long_enough(t.text[line.start("said") : cut.start()]):
            continue
        who = t.speaker(cut.end(), min(clause_end(t.text, cut.end()), line.end()))
        if who is not None:
            span = trimmed(t.text, line.start("said"), cut.start() + (t.text[cut.start()] in "!?…"))
            yield Quote(person=who[2], span=span, person_span=who[:2], rule="line_of_dialogue")


RULES: tuple[Callable[[Text], Iterator[Quote]], ...] = (words_then_speaker, speaker_then_words, line_of_dialogue)


def read(doc: Doc, people: Sequence[Entity]) -> tuple[Quote, ...]:
    """Quotations in order; words whose speaker the text leaves open are left out."""
    named = tuple(sorted((m.start, m.stop, p.name) for p in people for m in p.mentions))
    verbs = tuple(
        (doc.starts[t], doc.stops[t]) for t, lemma in enumerate(doc.lemmas) if "speech" in acts().get(lemma, ())
    )
    openers = frozenset(
        doc.starts[t] for t, pos in enumerate(doc.pos) if pos == "VERB" and doc.feats[t].get("VerbForm") != "Part"
    )
    text = Text(doc.text, named, verbs, openers)
    found: dict[tuple[int, int], Quote] = {}
    for rule in RULES:
        for quote in rule(text):
            found.setdefault(quote.span, quote)
    return tuple(found[span] for span in sorted(found))
