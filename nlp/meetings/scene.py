"""A release laid out for reading its events: candidates, headings, lists, groups of people, who is spoken of where."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from nlp.annotation import Entity, Position, Release
from nlp.doc import Doc
from nlp.event_dates import Named, When, named_in
from nlp.meetings.lexicon import kind_of_noun, verbs
from nlp.positions import heads as position_nouns
from nlp.reading import Reading, Unit

BULLETS = "-–—•*·"
GROUPS = frozenset("делегация группа миссия команда экипаж сборная десант коллектив гость отряд состав".split())
HELD_BY = frozenset({"онлайн", "видео", "веб", "теле", "интернет"})
LISTED_VERBS = frozenset("войти входить приехать прибыть вылететь включить присоединиться".split())
PAST = ("предыдущ", "прошл", "прошедш", "минувш", "ранее", "последн", "напомн", "тогда")
FUTURE = tuple("следующ предсто состоится пройдет заплан намеч назнач ожида планир будущ завтра".split())
DAY_SIGNS = (
    *"0123456789",
    "сегодня",
    "вчера",
    "накануне",
    "завтра",
    "понедельник",
    "вторник",
    "сред",
    "четверг",
    "пятниц",
    "суббот",
    "воскресень",
)
"""Without one of these a sentence names no day."""
OF_GROUP = re.compile(
    r"возглавля|возглавил|вместе с н|(?:ее|его) возглав|в (?:ее|его) состав|в состав|с н(?:им|ей) |в н(?:ее|его) во"
)
"""How a sentence goes on that names the people of the group in the one before."""
MAX_HEADING = 90


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may name an event."""

    token: int
    sentence: int
    kind: str
    lemma: str
    verbal: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention of a person; `token` is the name's syntactic head."""

    name: str
    unit: Unit
    sentence: int
    token: int
    order: int


@dataclass(frozen=True, slots=True)
class Pointed:
    """A place where a person is meant but not named: «министр», «она», «делегация»."""

    name: str
    sentence: int
    token: int
    how: str


class Scene(Reading):
    """Everything about one release that the rules and the models of meetings look at."""

    def __init__(
        self,
        release: Release,
        doc: Doc,
        title: Doc,
        people: Sequence[Entity],
        organisations: Sequence[Entity],
        places: Sequence[Entity],
        positions: Sequence[Position] = (),
    ) -> None:
        super().__init__(doc, people, organisations, places)
        self.release = release
        self.names = [p.name for p in people]
        self.gender = {p.name: p.gender for p in people}
        self.positions = positions
        self.title_lemmas = frozenset(title.lemmas)
        self.title_low = release.title.lower().replace("ё", "е")
        self.saids = [self.text[s.start : s.stop].lower().replace("ё", "е") for s in self.sentences]
        self.seen = [Seen(u.name, u, self.sentence[u.first], self.head_of(u), u.order) for u in self.people]
        self.mentions: dict[str, list[Seen]] = {name: [] for name in self.names}
        self.in_sentence: list[list[Seen]] = [[] for _ in self.sentences]
        for seen in self.seen:
            self.mentions[seen.name].append(seen)
            self.in_sentence[seen.sentence].append(seen)
        self.names = [n for n in self.names if self.mentions[n]]

    @cached_property
    def everything(self) -> str:
        return " ".join(self.saids)

    def head_of(self, unit: Unit) -> int:
        inside = range(unit.first, unit.last)
        return next((t for t in inside if self.heads[t] not in inside), unit.first)

    @cached_property
    def places_in(self) -> Counter[int]:
        """How many places each sentence names."""
        return Counter(self.sentence[u.first] for u in self.units if u.kind == "place")

    @cached_property
    def order(self) -> list[str]:
        """People in order of first appearance."""
        return list(dict.fromkeys(s.name for s in self.seen))

    @cached_property
    def rank(self) -> dict[str, int]:
        """Place of each name in `order`."""
        return {name: i for i, name in enumerate(self.order)}

    @cached_property
    def candidates(self) -> list[Candidate]:
        verbal = verbs()
        return [
            c
            for t, lemma in enumerate(self.lemmas)
            if (lemma in verbal or lemma == "стол" or kind_of_noun(lemma) is not None)
            and (c := self.candidate(t)) is not None
        ]

    def candidate(self, token: int) -> Candidate | None:
        unit = self.unit[token]
        if unit is not None and unit.kind == "person":
            return None
        lemma, pos = self.lemmas[token], self.pos[token]
        if pos in ("NOUN", "PROPN", "X"):
            kind = kind_of_noun(lemma)
            before = self.lemmas[max(0, token - 2) : token]
            if lemma == "стол" and "круглый" in before:
                kind = "круглый стол"
            if kind in ("встреча", "переговоры") and any(w.startswith("телефонн") for w in before):
                kind = "телефонный разговор"
            return None if kind is None else Candidate(token, self.sentence[token], kind, lemma, False)
        if pos in ("VERB", "ADJ") and lemma in verbs():
            if pos == "ADJ" and self.feats[token].get("Variant") != "Short":
                return None
            return Candidate(token, self.sentence[token], verbs()[lemma][0], lemma, True)
        return None

    def first_part(self, c: Candidate) -> str:
        """«онлайн» of «онлайн-встреча»: how the event is held; empty for other words."""
        first, _, rest = c.lemma.partition("-")
        return first if rest and first in HELD_BY else ""

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """First and last (exclusive) sentence of each paragraph."""
        out: list[tuple[int, int]] = []
        for sentence, number in enumerate(self.paragraph):
            while len(out) <= number:
                out.append((sentence, sentence))
            out[number] = (out[number][0], sentence + 1)
        return out

    @cached_property
    def heading(self) -> list[int | None]:
        """For each paragraph the paragraph that heads it: short, without a full stop, or a day."""
        out: list[int | None] = []
        current: int | None = None
        for number, (first, last) in enumerate(self.paragraphs):
            if first < last and self.is_heading(first, last) and number:
                current = number
                out.append(None)
            else:
                out.append(current)
        return out

    def is_heading(self, first: int, last: int) -> bool:
        said = self.text[self.sentences[first].start : self.sentences[last - 1].stop].strip()
        if len(said) > MAX_HEADING or not said or said[0] in BULLETS or said[-1] in ".!?…;,»":
            return said.endswith(".") and len(said) < 25 and bool(re.match(r"\d{1,2}\s+[а-я]+|[А-Я][а-я]+,\s+\d", said))
        return said[-1] != ":" or len(said) < 30

    @cached_property
    def list_intro(self) -> list[int | None]:
        """For each sentence of a list the sentence that introduces it («В заседании приняли участие:»)."""
        out: list[int | None] = [None] * len(self.sentences)
        intro: int | None = None
        last_paragraph = -9
        for i, s in enumerate(self.sentences):
            said = self.text[s.start : s.stop].strip()
            if intro is not None and self.paragraph[i] > self.paragraph[intro]:
                before = self.text[self.sentences[i - 1].start : self.sentences[i - 1].stop].strip()
                if self.paragraph[i] - last_paragraph <= 1 and (
                    said[:1] in BULLETS or said.endswith(";") or before.endswith((";", ":"))
                ):
                    out[i] = intro
                    last_paragraph = self.paragraph[i]
            if said.endswith(":"):
                intro, last_paragraph = i, self.paragraph[i]
        return out

    def days(self, sentence: int, *, future: bool) -> list[Named]:
        key = (sentence, future)
        if key not in self._days:
            s, said = self.sentences[sentence], self.saids[sentence]
            told = any(sign in said for sign in DAY_SIGNS)
            self._days[key] = named_in(self.text, s.start, s.stop, When(self.release.published, future)) if told else []
        return self._days[key]

    @cached_property
    def _days(self) -> dict[tuple[int, bool], list[Named]]:
        return {}

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """First and last (exclusive) token of each sentence."""
        return [(s.first, s.last) for s in self.sentences]

    @cached_property
    def past(self) -> list[bool]:
        """Whether each sentence has a word that points to earlier events."""
        return [any(w in said for w in PAST) for said in self.saids]

    @cached_property
    def future(self) -> list[bool]:
        return [any(w in said for w in FUTURE) for said in self.saids]

    @cached_property
    def verbal(self) -> list[bool]:
        """Whether each token is a verb or a short adjective."""
        return [
            p in ("VERB", "AUX") or (p == "ADJ" and self.feats[t].get("Variant") == "Short")
            for t, p in enumerate(self.pos)
        ]

    @cached_property
    def governors(self) -> list[int]:
        """For each token its nearest verb above, -1 for none."""
        heads, verbal, out = self.heads, self.verbal, []
        for token, head in enumerate(heads):
            at, steps = token, 0
            while head >= 0 and steps < 12:
                at, head, steps = head, heads[head], steps + 1
                if verbal[at]:
                    break
            out.append(at if at != token or (steps and verbal[at]) else -1)
        return out

    def path(self, token: int) -> tuple[int, list[str]]:
        """The nearest verb above a token and the relations on the way to it."""
        found = self._paths.get(token)
        if found is None:
            relations: list[str] = []
            at = token
            while self.heads[at] >= 0 and len(relations) < 12:
                relations.append(self.rels[at])
                at = self.heads[at]
                if self.verbal[at]:
                    break
            found = self._paths[token] = (self.governors[token], relations)
        return found

    @cached_property
    def _paths(self) -> dict[int, tuple[int, list[str]]]:
        return {}

    def negated(self, token: int) -> bool:
        return token in self._negated

    @cached_property
    def _negated(self) -> frozenset[int]:
        return frozenset(
            self.heads[t] for t, word in enumerate(self.low) if word == "не" and self.heads[t] not in (-1, t)
        )

    @cached_property
    def pointed(self) -> dict[str, list[Pointed]]:
        """Where each person is meant without being named."""
        out: dict[str, list[Pointed]] = {name: [] for name in self.names}
        for how in (self._by_post(), self._by_pronoun()):
            for p in how:
                out[p.name].append(p)
        return out

    def _by_post(self) -> list[Pointed]:
        """«министр отметил»: a post that one person of the release holds, away from any name."""
        owner: dict[str, set[str]] = {}
        posts = position_nouns()
        for seen in self.seen:
            if seen.order == 0:
                first = max(self.first(seen.unit.first), seen.unit.first - 9)
                for lemma in self.lemmas[first : seen.unit.first]:
                    if lemma in posts:
                        owner.setdefault(lemma, set()).add(seen.name)
        if not owner:
            return []
        near: set[int] = set()
        for seen in self.seen:
            first = max(self.first(seen.unit.first), seen.unit.first - 12)
            near.update(range(first, seen.unit.last + 4))
        first_at = {n: self.mentions[n][0].unit.first for n in self.names}
        out = []
        for token, lemma in enumerate(self.lemmas):
            names = owner.get(lemma)
            if names is not None and len(names) == 1 and token not in near:
                name = next(iter(names))
                if token > first_at[name]:
                    out.append(Pointed(name, self.sentence[token], token, "post"))
        return out

    def _by_pronoun(self) -> list[Pointed]:
        """«Она пригласила…»: a pronoun in the nominative stands for the last subject of its gender."""
        out = []
        last: dict[str, str] = {}
        at = 0
        subjects = sorted(self.seen, key=lambda s: s.unit.first)
        for token in [t for t, word in enumerate(self.low) if word in ("он", "она")]:
            word = self.low[token]
            while at < len(subjects) and subjects[at].unit.first < token:
                seen = subjects[at]
                at += 1
                gender = self.gender.get(seen.name) or {"Masc": "m", "Fem": "f"}.get(
                    self.feats[seen.token].get("Gender", ""), ""
                )
                if self.case(seen.token) == "Nom":
                    last[gender] = seen.name
            if self.pos[token] == "PRON":
                name = last.get("m" if word == "он" else "f")
                if name is not None:
                    out.append(Pointed(name, self.sentence[token], token, "pronoun"))
        return out

    @cached_property
    def group_members(self) -> dict[str, set[str]]:
        """Label of a group («делегация Воеводины» → «воеводина», «» where none) → its people."""
        out: dict[str, set[str]] = {}
        if GROUPS.isdisjoint(self.lemmas):
            return out
        last_label: str | None = None
        for number, s in enumerate(self.sentences):
            heads = [t for t in range(s.first, s.last) if self.lemmas[t] in GROUPS]
            said = self.saids[number]
            names = list(self.in_sentence[number])
            for token in heads:
                label = self.group_label(token)
                last_label = label
                for seen in names:
                    if self.belongs(token, seen, said):
                        out.setdefault(label, set()).add(seen.name)
            if not heads and last_label is not None and OF_GROUP.match(said):
                for seen in names:
                    out.setdefault(last_label, set()).add(seen.name)
        return out

    def group_label(self, token: int) -> str:
        for child in self.children[token]:
            if self.rels[child] == "nmod" and self.pos[child] == "PROPN":
                return self.lemmas[child][:5]
            if self.rels[child] == "amod":
                return self.lemmas[child][:5]
        return ""

    def belongs(self, token: int, seen: Seen, said: str) -> bool:
        """Whether the sentence puts a person into the group that `token` names."""
        between = " ".join(self.low[token : seen.unit.first]) if token < seen.unit.first else ""
        if re.search(
            r"(во главе с|под руководством|возглав|под началом|в составе|вош|вход|приеха|прибы|включа)", between
        ):
            return "встрет" not in between and "принял" not in between
        head = self.governors[seen.token]
        return head >= 0 and self.lemmas[head] in ("возглавить", "возглавлять") and self.governors[token] == head

    @cached_property
    def group_mentions(self) -> list[tuple[int, int, str]]:
        """(sentence, token, label) of every word that stands for a group."""
        return [(self.sentence[t], t, self.group_label(t)) for t, lemma in enumerate(self.lemmas) if lemma in GROUPS]

    def content(self, first: int, last: int) -> list[str]:
        """Lemmas of meaningful words."""
        return [
            self.lemmas[t]
            for t in range(first, last)
            if len(self.low[t]) > 2 and self.pos[t] in ("NOUN", "PROPN", "ADJ", "NUM", "X")
        ]
