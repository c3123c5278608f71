"""A post in the words of a register: nominative singular, lower case, without its employer."""

from functools import lru_cache

from nlp.inflection import CASES, dictionary
from nlp.positions.employer import Employer
from nlp.positions.lexicon import is_head, is_listed
from nlp.positions.phrase import Phrase
from nlp.positions.post import ACTING_WORDS, case_at, of_post
from nlp.reading import Reading


@lru_cache(20_000)
def nominative(word: str, tag: str, gender: str | None, *, noun: bool) -> str:
    """The nominative singular of one word; the word itself where the dictionary doesn't know it."""
    parses = dictionary().parse(word)
    wanted = [p for p in parses if (p.tag.POS == "NOUN") == noun] or parses
    wanted = [p for p in wanted if CASES.get(tag, "nomn") in str(p.tag)] or wanted
    parse = wanted[0]
    grammemes = {"nomn", "sing"}
    if not noun and gender:
        grammemes.add(gender)
    form = parse.inflect(grammemes) or parse.inflect({"nomn", "sing"})
    return str(form.word) if form is not None else word


GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}


def without_description(r: Reading, tokens: list[int], head: int) -> list[int]:
    """«мэр кубинского Сьенфуэгоса», «директор этой школы»: adjectives just before the employer describe it."""
    kept = list(tokens)
    while kept and kept[-1] > head and r.pos[kept[-1]] in ("ADJ", "DET", "PRON", "PART"):
        if is_head(r.low[kept[-1]]):  # «заместитель Председателя»: the net takes the noun for an adjective
            break
        kept.pop()
    return kept


EXPANDED = {
    "зам": "заместитель",
    "зампред": "заместитель председателя",
    "замглава": "заместитель главы",
    "замруководитель": "заместитель руководителя",
    "замгубернатор": "заместитель губернатора",
    "замдекан": "заместитель декана",
    "замуправляющий": "заместитель управляющего",
    "замгендиректор": "заместитель генерального директора",
    "замгендиректора": "заместитель генерального директора",
    "гендиректор": "генеральный директор",
    "генконсул": "генеральный консул",
    "торгпред": "торговый представитель",
    "постпред": "постоянный представитель",
    "госсекретарь": "государственный секретарь",
    "главврач": "главный врач",
    "главред": "главный редактор",
    "главбух": "главный бухгалтер",
    "худрук": "художественный руководитель",
    "ветврач": "ветеринарный врач",
    "завкафедрой": "заведующий кафедрой",
    "завотделом": "заведующий отделом",
} | {
    "зам" + of_whom: "заместитель " + of_whom
    for of_whom in "министра руководителя директора начальника губернатора ректора главы декана председателя".split()
}
"""Clipped words as a register writes them."""
DEPUTY = ("заместител", "зам", "проректор", "вице", "секретар", "помощник", "советник", "атташе")


def aside(r: Reading, token: int, phrase: Phrase) -> bool:
    """Adjectives that tell of the person or the time, not of the post."""
    if token < phrase.head and r.low[token] not in ("о", "и", *ACTING_WORDS) and not r.low[token].startswith("исполня"):
        if r.lemmas[token] == "первый":
            return not r.low[phrase.head].startswith(DEPUTY)
        return r.pos[token] in ("ADJ", "VERB", "NUM", "DET") and not of_post(r, token)
    return False


def worded(r: Reading, phrase: Phrase, place: Employer | None) -> str:
    """The position as a register writes it: head and its adjectives in the nominative singular, lower case."""
    tokens = list(range(phrase.first, phrase.last))
    if place is not None and place.last is not None:
        tokens = [t for t in tokens if t < place.last or (place.resume is not None and t >= place.resume)]
        if place.inside:
            tokens = without_description(r, tokens, phrase.head)
    tokens = [t for t in tokens if not aside(r, t, phrase)]
    gender = GENDERS.get(r.feats[phrase.head].get("Gender", ""))
    if r.feats[phrase.head].get("Number") == "Plur":
        gender = "masc"
    acting = phrase.first < phrase.head and (
        r.low[phrase.first] in (*ACTING_WORDS, "и") or r.low[phrase.first].startswith("исполня")
    )
    out: list[str] = []
    for i, token in enumerate(tokens):
        word = r.words[token]
        if acting and token <= phrase.head:
            word = (
                nominative(word.lower(), r.case(token), gender, noun=False)
                if word.lower().startswith("исполня")
                else word.lower()
            )
        elif token == phrase.head:
            noun = not is_listed(r.low[token]) or r.pos[token] in ("NOUN", "PROPN")
            adjectival = r.low[token][-2:] in ("ий", "ая", "ым", "им", "ей", "ой", "ую", "ые", "ие") or r.low[token][
                -3:
            ] in ("его", "ого", "ему", "ому")
            word = nominative(
                word.lower(), case_at(r, token), gender, noun=noun and not (adjectival and r.pos[token] != "NOUN")
            )
            word = EXPANDED.get(word, word)
        elif token < phrase.head and r.pos[token] in ("ADJ", "VERB", "NUM") and r.unit[token] is None:
            word = nominative(word.lower(), r.case(token), gender, noun=False)
        elif token < phrase.head or is_head(word):
            word = word.lower()
        glued = i > 0 and r.stops[tokens[i - 1]] == r.starts[token]
        out.append(word if glued or not out else " " + word)
    return "".join(out).strip(" ,;")
