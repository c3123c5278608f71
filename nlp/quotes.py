"""Who said which words: quoted and reported speech with the person that the text gives it to."""

import re
from bisect import bisect_left, bisect_right
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
AGAIN = re.compile(r"[.,!?…]?\s*[-–—]\s+")
THAT = re.compile(r",\s+что\s+")
BY_WORDS = re.compile(r"\b[Пп]о (?:словам|мнению|оценке|данным|утверждению|признанию|подсч[её]там|убеждению)\s+")
SAME = ("appos", "flat", "flat:name", "flat:foreign")
"""From a name to the word that it stands beside: «мэр Иван Петров»."""
AGREEING = ("Tense", "Number", "Gender")
MOST_STEPS = 4
ASIDE_ENDS = re.compile(r", (?!котор)")
FEWEST_WORDS = 3
"""Shorter quoted words are names and terms."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """«Петров отметил»: where the verb ends, where its clause ends, who is its subject."""

    verb_stop: int
    stop: int
    who: tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its people and its verbs of speech in order."""

    text: str
    people: tuple[tuple[int, int, str], ...]
    verbs: tuple[tuple[int, int], ...]
    """Verbs of speech."""
    openers: frozenset[int]
    """Where any verb begins: right after «», —» it tells who spoke whatever its meaning («пошутил», «поддержал»)."""
    spoken: tuple["Spoken", ...]
    """Verbs of speech with one named person as their subject."""
    sentence_ends: tuple[int, ...]

    def sentence_end(self, start: int) -> int:
        return self.sentence_ends[bisect_left(self.sentence_ends, start)]

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


def speaker_between(t: Text) -> Iterator[Quote]:
    """«Мы привыкли мерить числом бумаг, — отметил Иван Петров. — Давайте мерить делом»: both halves."""
    for match in QUOTED.finditer(t.text):
        cut = ATTRIBUTION.search(t.text, *match.span())
        if cut is None:
            continue
        end = clause_end(t.text, cut.end())
        who = t.speaker(cut.end(), min(end, match.end() - 1))
        if who is None:
            continue
        halves = [(match.start(), cut.start() + (t.text[cut.start()] in "!?…"))]
        again = AGAIN.match(t.text, end)
        if again is not None:
            halves.append((again.end(), match.end()))
        for start, stop in halves:
            if long_enough(t.text[start:stop]):
                yield Quote(
                    person=who[2], span=trimmed(t.text, start, stop), person_span=who[:2], rule="speaker_between"
                )


def reported(t: Text) -> Iterator[Quote]:
    """Иван Петров отметил, что мост откроют к осени."""
    for told in t.spoken:
        that = THAT.match(t.text, told.verb_stop)
        if that is not None and long_enough(t.text[that.end() : told.stop]):
            span = unpointed(t.text, that.end(), told.stop)
            yield Quote(person=told.who[2], span=span, person_span=told.who[:2], rule="reported")


def by_their_words(t: Text) -> Iterator[Quote]:
    """По словам Ивана Петрова, мост откроют к осени."""
    for match in BY_WORDS.finditer(t.text):
        who = next((p for p in t.people if match.end() <= p[0] <= match.end() + LONGEST_ATTRIBUTION), None)
        if who is None or not ASIDE_ENDS.match(t.text, who[1]):
            continue
        stop = t.sentence_end(match.start())
        between = t.text[match.end() : who[0]]
        if who[1] < stop and not re.search(r"[.,;:!?«»\n]", between) and long_enough(t.text[who[1] : stop]):
            span = unpointed(t.text, who[1] + 2, stop)
            yield Quote(person=who[2], span=span, person_span=who[:2], rule="by_their_words")


def unpointed(text: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and text[stop - 1] in ".;, \n":
        stop -= 1
    return start, stop


RULES: tuple[Callable[[Text], Iterator[Quote]], ...] = (
    speaker_between,
    words_then_speaker,
    speaker_then_words,
    line_of_dialogue,
    reported,
    by_their_words,
)


def read(doc: Doc, people: Sequence[Entity]) -> tuple[Quote, ...]:
    """Quotations in order; words whose speaker the text leaves open are left out."""
    named = tuple(sorted((m.start, m.stop, p.name) for p in people for m in p.mentions))
    verbs = tuple(
        (doc.starts[t], doc.stops[t]) for t, lemma in enumerate(doc.lemmas) if "speech" in acts().get(lemma, ())
    )
    openers = frozenset(
        doc.starts[t] for t, pos in enumerate(doc.pos) if pos == "VERB" and doc.feats[t].get("VerbForm") != "Part"
    )
    ends = tuple(s.stop for s in doc.sentences)
    text = Text(doc.text, named, verbs, openers, spoken(doc, named), ends)
    found: dict[tuple[int, int], Quote] = {}
    for rule in RULES:
        for quote in rule(text):
            if not any(a < quote.span[1] and quote.span[0] < b for a, b in found):
                found[quote.span] = quote
    return tuple(found[span] for span in sorted(found))


def spoken(doc: Doc, people: Sequence[tuple[int, int, str]]) -> tuple[Spoken, ...]:
    """The verbs of speech, not negated and in the singular, whose subject is one named person."""
    speech = acts()
    negated = {doc.heads[t] for t, word in enumerate(doc.words) if word in ("не", "Не")}
    out: dict[int, tuple[int, int, str]] = {}
    for who in people:
        t = bisect_right(doc.stops, who[0])
        for _ in range(MOST_STEPS):
            if doc.rels[t] in SAME and doc.heads[t] >= 0:
                t = doc.heads[t]
        verb = doc.heads[t]
        if verb < 0 or doc.rels[t] != "nsubj" or verb in negated or doc.feats[verb].get("Number") != "Sing":
            continue
        if doc.pos[verb] == "VERB" and "speech" in speech.get(doc.lemmas[verb], ()):
            out[verb] = who
    return tuple(Spoken(doc.stops[verb], clause_of(doc, verb), who) for verb, who in sorted(out.items()))


def clause_of(doc: Doc, verb: int) -> int:
    """Where the words under a verb end: with the sentence, or where its subject does a further thing

    («напомнила, что …, и назвала …»: the comma before «и» closes the clause, the verb agrees with the first).
    """
    last = next(s.last for s in doc.sentences if verb < s.last)
    form = [doc.feats[verb].get(key) for key in AGREEING]
    for t in range(verb + 3, last):
        further = doc.pos[t] == "VERB" and doc.words[t - 2 : t] == [",", "и"]
        if further and [doc.feats[t].get(key) for key in AGREEING] == form:
            return doc.starts[t - 2]
    return doc.stops[last - 1]
