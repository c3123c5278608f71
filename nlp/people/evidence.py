"""What the words around a person's name say of its case and of the person's gender."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from nlp.annotation import Gender
from nlp.doc import Doc
from nlp.engine.forms import forms
from nlp.inflection import CASES, entries, grammemes
from nlp.tokens import Tokens

NET_GENDERS: dict[str, Gender] = {"Masc": "m", "Fem": "f"}
PREPOSITIONS = {
    "к": "datv",
    "ко": "datv",
    "у": "gent",
    "от": "gent",
    "для": "gent",
    "из": "gent",
    "без": "gent",
    "до": "gent",
    "после": "gent",
    "против": "gent",
    "вместо": "gent",
    "кроме": "gent",
    "имени": "gent",
    "с": "ablt",
    "со": "ablt",
    "перед": "ablt",
    "между": "ablt",
    "над": "ablt",
    "о": "loct",
    "об": "loct",
    "при": "loct",
}
ADDRESS: dict[str, Gender] = {
    "г-н": "m",
    "г-на": "m",
    "г-ну": "m",
    "г-ном": "m",
    "г-жа": "f",
    "г-жи": "f",
    "г-же": "f",
    "г-жой": "f",
    "господин": "m",
    "госпожа": "f",
    "мистер": "m",
    "миссис": "f",
    "мисс": "f",
    "сестра": "f",
}
PRIOR, OWN, BESIDE, SUBJECT, VERB = 1.0, 0.4, 2.6, 1.0, 2.0
"""Weights against those of `nlp.names.forms`; chosen by hand on the labelled releases."""


class Evidence:
    """Points for each case and gender."""

    __slots__ = ("cases", "genders")

    def __init__(self) -> None:
        self.cases: dict[str, float] = {"nomn": PRIOR}
        self.genders: dict[Gender, float] = {}

    def case(self, case: str, much: float) -> None:
        self.cases[case] = self.cases.get(case, 0.0) + much

    def gender(self, gender: Gender | None, much: float) -> None:
        if gender is not None:
            self.genders[gender] = self.genders.get(gender, 0.0) + much


def evidence(doc: Doc, tokens: Tokens, start: int, stop: int) -> Evidence:
    """All that the text shows of the name from `start` to `stop`.

    The net's own case of a name is worth little: it reads «Рената Самедова» as a genitive. What the name stands beside
    or depends on is worth more.
    """
    first, last = tokens.between(start, stop)
    found = Evidence()
    feats, words = doc.feats, doc.words
    for token in range(first, last):
        if case := CASES.get(feats[token].get("Case", "")):
            found.case(case, OWN / (last - first))
    if first:
        before = words[first - 1].lower()
        if case := PREPOSITIONS.get(before):
            found.case(case, 1.5)
        found.gender(ADDRESS.get(doc.lemmas[first - 1]) or ADDRESS.get(before), 3.0)
    if last + 1 < len(words) and words[last] == ",":
        apposed(words[last + 1].lower(), found)
    given = is_given_to(doc, first)
    if given:
        found.case("datv", 3.5)
    else:
        beside_verb(doc, first, last, found)
    post = holder(doc, first)
    if post is not None:
        beside_post(doc, first, post, found)
    elif first and is_thing(doc, first - 1):
        found.case("gent", BESIDE * 0.8)
    pronoun_after(doc, last, found)
    root = post if post is not None else next((t for t in range(first, last) if not first <= doc.heads[t] < last), None)
    if root is not None and not given:
        climb(doc, root, found)
    return found


def beside_post(doc: Doc, first: int, post: int, found: Evidence) -> None:
    """«декана факультета Ивана Петрова»: the name stands in the case of the post."""
    case = CASES.get(doc.feats[post].get("Case", ""), "nomn")
    if post and doc.words[post - 1].lower() in ACTING:
        case = "nomn" if case == "gent" else case
        found.case(case, 0.5)
    else:
        found.case(case, BESIDE)
    if case == "gent":
        found.case("accs", BESIDE * 0.9)
    nearest = doc.feats[first - 1]
    if post != first - 1 and nearest.get("Animacy") == "Anim" and nearest.get("Case") == "Gen":
        found.case("gent", BESIDE * 0.4)
    found.gender(gender_of_noun(doc.words[post].lower()), VERB)


ACTING = frozenset({"и.о", "и.о.", "врио", "вр.и.о.", "о."})
"""«и. о. начальника»: the post stands in the genitive whatever the case of the name."""


def is_thing(doc: Doc, token: int) -> bool:
    """«По словам X», «доклад X»: what stands right before the name and is no person is followed by a genitive."""
    return doc.pos[token] == "NOUN" and doc.feats[token].get("Animacy") == "Inan" and not is_person(doc, token)


WOMEN = re.compile(r"(?:классниц|курсниц|чиц|щиц|истк|антк|тельниц)(?:а|ы|у|е|ей)$")


def is_person(doc: Doc, token: int) -> bool:
    return doc.feats[token].get("Animacy") == "Anim" or bears_name(doc.words[token].lower())


@lru_cache(10_000)
def bears_name(word: str) -> bool:
    """«Восьмиклассница», «специалисту»: nouns for people that the net may take for things."""
    known = entries(word)
    return all("anim" in entry.marks for entry in known) if known else WOMEN.search(word) is not None


def pronoun_after(doc: Doc, last: int, found: Evidence) -> None:
    """«Наградили Александру Петрову, и она…»: the first pronoun after the name, no other name between."""
    end = last + 12
    for word, pos, feats in zip(doc.words[last:end], doc.pos[last:end], doc.feats[last:end], strict=True):
        if word in PRONOUNS:
            found.gender(PRONOUNS[word], 1.2)
            return
        if word in OBLIQUE_PRONOUNS:
            found.gender(OBLIQUE_PRONOUNS[word], 0.5)
        if pos == "PROPN" and feats.get("Animacy") == "Anim":
            return


PRONOUNS: Mapping[str, Gender] = {"он": "m", "Он": "m", "ОН": "m", "она": "f", "Она": "f", "ОНА": "f"}


OBLIQUE_PRONOUNS: Mapping[str, Gender] = {"неё": "f", "нее": "f", "ней": "f", "него": "m", "нему": "m"}
"""After a preposition; they speak of things as often, so they count for less and do not end the search."""


def beside_verb(doc: Doc, first: int, last: int, found: Evidence) -> None:
    """«отметила Цуй Шаньшань», «Гао Шуфэнь рассказала»: the verb next to the name, whatever the parser made of it."""
    size = len(doc.words)
    for at in (first - 1, last):
        feats = doc.feats[at] if 0 <= at < size else {}
        if feats.get("Tense") != "Past" or feats.get("VerbForm") != "Fin":
            continue
        alone = last >= size or doc.words[last] not in ("и", ",")
        gender = NET_GENDERS.get(feats.get("Gender", ""))
        if at < first and (has_subject(doc, at) or (gender is None and alone)):
            found.case("accs", 1.0)
        elif gender and (at < first or doc.words[first - 1].lower() not in PREPOSITIONS or not first):
            bare = at < first and starts_clause(doc, at)
            found.gender(gender, 1.6 if bare else 0.8 if at < first else 1.2)
            found.case("nomn", 1.3 if bare else 0.3)
    for at in (first - 1, first - 2):
        if at >= 0 and doc.pos[at] == "VERB" and doc.words[at].lower().startswith(TRANSITIVE):
            told = has_subject(doc, at) or doc.feats[at].get("Number") == "Plur"
            found.case("accs", (2.4 if told else 0.5) + BESIDE * (told and at == first - 2))


def is_given_to(doc: Doc, first: int) -> bool:
    """«Грамоту вручили X», «Благодарность объявлена X»: the verb before has its object and its subject already."""
    if not first or not GIVING.match(doc.words[first - 1].lower()):
        return False
    feats = doc.feats[first - 1]
    return feats.get("Variant") == "Short" or (feats.get("VerbForm") == "Fin" and feats.get("Number") == "Plur")


GIVING = re.compile(
    r"(?:вруч|предостав|переда|подари|присво|присужд|объявл|адресова|посвя[тщ]|поруч|задал|зада[нл]|дал)[а-яё]*"
)
"""Beginnings of verbs that take a dative: «Грамоту вручили Юлию Зайцеву»."""
TRANSITIVE = tuple(
    """
    поздрав наград избра назнач поблагодар приглас приглаш встрет принял представил сопровожда приветств чествов утверди
    сменил
    """.split()
)
"""Beginnings of verbs whose object is in the accusative."""


def starts_clause(doc: Doc, verb: int) -> bool:
    """«…, координировала X»: a verb with a gender and nothing before it in its clause waits for its subject."""
    numbers = doc.columns.sentence_numbers
    return verb > 0 and doc.words[verb - 1] in (",", "«", "–", "—") and numbers[verb - 1] == numbers[verb]


def has_subject(doc: Doc, verb: int) -> bool:
    """Whether a nominative stands before the verb in its clause: «министр поздравил …»."""
    numbers = doc.columns.sentence_numbers
    for token in range(verb - 1, max(0, verb - 6) - 1, -1):
        if doc.pos[token] == "PUNCT" or numbers[token] != numbers[verb]:
            return False
        if doc.feats[token].get("Case") == "Nom" and doc.pos[token] in ("NOUN", "PROPN", "PRON"):
            return True
    return False


@lru_cache(5_000)
def gender_of_noun(post: str) -> Gender | None:
    """«учительница», «студентка»; «иерей», «сын»: nouns that only women or only men bear. Other posts tell nothing."""
    if post.startswith(MALE_POSTS):
        return "m"
    if PARTICIPLE_POST.match(post):
        return "f" if post.endswith(("ая", "ую", "ей")) else None
    kinds = [grammemes(form.tag) for form in forms(post)]
    nouns = [(gender, marks) for pos, _, _, gender, marks in kinds if pos == "NOUN" and "anim" in marks]
    return "f" if nouns and all(gender == "femn" and "ms-f" not in marks for gender, marks in nouns) else None


MALE_POSTS = (
    "иере",
    "протоиере",
    "игумен",
    "епископ",
    "архимандрит",
    "митрополит",
    "сын",
    "брат",
    "отц",
    "внук",
    "дедушк",
)

QUOTES = frozenset('«»„“”"()-–')
PASSED = frozenset({"ADJ", "DET", "NUM", "PROPN", "X", "ADP", "CCONJ"})


def holder(doc: Doc, first: int) -> int | None:
    """The post before the name, «декан факультета филологии», whose case the name shares; found from right to left.

    Of «заместитель министра» it is the first word: a genitive person right of another person is what that one serves.
    """
    found: int | None = None
    at = first - 1
    stop = max(0, first - 20)
    parts, feats, words = doc.pos, doc.feats, doc.words
    while at >= stop:
        pos = parts[at]
        if pos == "NOUN" or (pos == "ADJ" and bears_name(doc.words[at].lower())):
            genitive = feats[at].get("Case") == "Gen"
            if is_person(doc, at):
                if feats[at].get("Number") == "Sing":
                    if found is not None and doc.lemmas[at] in RELATIVES:
                        return found
                    found = at
                elif found is not None or not genitive:
                    return found
                if not genitive:
                    return found
            elif not genitive:
                before = before_adjectives(doc, at)
                if found is not None or before is None:
                    return found
                at = before
                if PARTICIPLE_POST.match(doc.words[at]):
                    return at
        elif words[at] == "»":
            at = opening(doc, at)
        elif PARTICIPLE_POST.match(words[at]):
            return at
        elif (found is not None and pos in ("CCONJ", "ADP")) or not (pos in PASSED or words[at] in QUOTES):
            return found
        at -= 1
    return found


def opening(doc: Doc, closing: int) -> int:
    """Index of the mark that opens the quotation; of the closing one itself where none is near."""
    near = range(closing - 1, max(-1, closing - 12), -1)
    return next((i for i in near if doc.words[i] == "«"), closing)


RELATIVES = frozenset(
    "внук внучка сын дочь вдова супруга супруг жена муж брат сестра племянник правнук отец мать".split()
)


def before_adjectives(doc: Doc, noun: int) -> int | None:
    """Index of the preposition of «по внешним связям», or of the participle of «заведующая научной лабораторией»."""
    at = noun - 1
    while at >= 0 and doc.pos[at] in ("ADJ", "DET", "NUM", "CCONJ") and not PARTICIPLE_POST.match(doc.words[at]):
        at -= 1
    if at < 0 or (doc.pos[at] != "ADP" and not PARTICIPLE_POST.match(doc.words[at])):
        return None
    return at


PARTICIPLE_POST = re.compile(r"(?:заведующ|управляющ|исполняющ|командующ)[а-я]+$", re.IGNORECASE)


class Ending(NamedTuple):
    ending: re.Pattern[str]
    gender: Gender
    case: str


AGREES: tuple[Ending, ...] = (
    Ending(re.compile(r"(?:ая|яя)(?:ся)?$|которая$"), "f", "nomn"),
    Ending(re.compile(r"(?:ую|юю)(?:ся)?$"), "f", "accs"),
    Ending(re.compile(r"(?:ш|щ)ей(?:ся)?$|(?:м|нн)ой$"), "f", "gent"),
    Ending(re.compile(r"(?:ый|ий)(?:ся)?$|который$"), "m", "nomn"),
    Ending(re.compile(r"(?:ого|его)(?:ся)?$|которого$"), "m", "gent"),
    Ending(re.compile(r"(?:ому|ему)(?:ся)?$|которому$"), "m", "datv"),
)
PARTICIPLE = re.compile(
    r"(?:вш|ущ|ющ|ащ|ящ|нн|ем|им)(?:ая|ую|ей|ой|ий|ый|его|ого|ему|ому)(?:ся)?$|котор(?:ый|ая|ого|ому|ую)$"
)


@lru_cache(5_000)
def agreeing(word: str) -> Ending | None:
    """What a participle or «который» agrees with."""
    if not PARTICIPLE.search(word):
        return None
    return next((a for a in AGREES if a.ending.search(word)), None)


def apposed(word: str, found: Evidence) -> None:
    """«Гумерова, подключившаяся…», «Чубенко, который…»: the word after the comma agrees with the name."""
    agreed = agreeing(word)
    if agreed is not None:
        found.gender(agreed.gender, VERB)
        if not word.startswith("котор"):
            found.case(agreed.case, 1.5)
            if (agreed.gender, agreed.case) == ("m", "gent"):
                found.case("accs", 1.5)


def climb(doc: Doc, token: int, found: Evidence) -> None:
    """From the name up to the verb: «директор», beside which it stands, tells the case, «сказала» the gender."""
    joined = False
    for _ in range(5):
        head, rel = doc.heads[token], doc.rels[token]
        if head < 0:
            return
        feats = doc.feats[head]
        if rel in ("nsubj", "nsubj:pass"):
            one = feats.get("Number") == "Sing"
            found.case("nomn", SUBJECT * (1.0 if one else 0.5))
            if not joined and one and is_verb(doc, head):
                found.gender(NET_GENDERS.get(feats.get("Gender", "")), VERB)
            return
        if rel in ("appos", "flat", "flat:name"):
            if feats.get("Animacy") == "Anim" and doc.pos[head] == "NOUN" and feats.get("Case") in CASES:
                found.case(CASES[feats["Case"]], BESIDE * (0.6 if joined else 1.0))
        elif rel == "conj":
            joined = True
        else:
            if case := GOVERNED.get(rel):
                found.case(case, 0.5 if joined else 1.2)
            return
        token = head


GOVERNED = {"obj": "accs", "iobj": "datv", "nmod": "gent"}


def is_verb(doc: Doc, token: int) -> bool:
    return doc.pos[token] == "VERB" or (doc.pos[token] == "ADJ" and doc.feats[token].get("Variant") == "Short")
