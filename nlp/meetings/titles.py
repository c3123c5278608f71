"""An event's name as a register carries it: «рабочая встреча с представителями ассоциаций» from the words of the text."""

import re
from functools import cache

import pymorphy3

from nlp.meetings.lexicon import verbs
from nlp.meetings.scene import Candidate, Scene

MAX_WORDS = 14
CUT = frozenset({"acl", "acl:relcl", "parataxis", "advcl", "appos:day"})
CASES = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}
PLURAL = frozenset(
    {"переговоры", "гастроли", "учения", "курсы", "слушания", "чтения", "похороны", "проводы", "сборы", "дни"}
)
TIME = frozenset("сегодня вчера завтра накануне утром вечером днем".split())


@cache
def words() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


def nominative(word: str, case: str, number: str, gender: str, *, noun: bool) -> str:
    """One word in the nominative of its own number; capitals kept; the word itself where the dictionary has no form."""
    parses = [p for p in words().parse(word) if (p.tag.POS == "NOUN") == noun] or words().parse(word)
    fitting = [p for p in parses if CASES.get(case, "nomn") in str(p.tag)] or parses
    plural = number == "Plur"
    fitting = [p for p in fitting if ("plur" in str(p.tag)) == plural] or fitting
    wanted = {"nomn", "plur" if plural else "sing"}
    if not noun and not plural and gender:
        wanted.add(gender)
    form = fitting[0].inflect(wanted) or fitting[0].inflect({"nomn"})
    if form is None:
        return word
    return str(form.word).capitalize() if word[:1].isupper() else str(form.word)


def phrase(scene: Scene, token: int) -> tuple[int, int]:
    """First and last (exclusive) token of the noun phrase around an event noun."""
    first, last = token, token + 1
    low, high = scene.first(token), scene.last(token)
    while (
        first > low
        and scene.heads[first - 1] in range(first, token + 1)
        and scene.rels[first - 1] in ("amod", "nummod", "nummod:gov", "flat", "compound", "nmod")
        and scene.pos[first - 1] in ("ADJ", "NUM", "NOUN", "PROPN", "X")
    ):
        first -= 1
    depth = 0
    while last < high and last - token < MAX_WORDS:
        word = scene.words[last]
        if word in ("«", "„") or (word == '"' and not depth):
            depth += 1
        elif word in ("»", "“") or (word == '"' and depth):
            depth -= 1
            last += 1
            if depth <= 0 and not dependent(scene, last, token, high):
                break
            continue
        if depth <= 0 and not dependent(scene, last, token, high) and word != "«":
            break
        last += 1
    while last > token + 1 and (
        scene.pos[last - 1] in ("ADP", "CCONJ", "SCONJ") or scene.words[last - 1] in (",", "—", "–", "-", "(")
    ):
        last -= 1
    return first, last


def dependent(scene: Scene, token: int, head: int, high: int) -> bool:
    """Whether a token hangs on the event noun without a clause in between."""
    if token >= high or scene.words[token] in (",", ";", ":", "—", "–", "(", "."):
        return False
    at, steps = token, 0
    while at >= 0 and at != head and steps < 8:
        if scene.rels[at] in CUT or scene.pos[at] in ("VERB", "AUX", "PRON"):
            return False
        at = scene.heads[at]
        steps += 1
    return at == head and scene.low[token] not in TIME


def without_day(scene: Scene, first: int, last: int) -> int:
    """Cuts a date or a venue at the end: they are facts of their own."""
    for token in range(first + 1, last):
        if scene.quoted[token]:
            continue
        word = scene.low[token]
        if (
            word in ("во", "в", "на", "с", "до", "по")
            and token + 1 < last
            and (
                scene.words[token + 1][:1].isdigit()
                or re.match(
                    r"(понедельник|вторник|сред|четверг|пятниц|суббот|воскресень|январ|феврал|март|апрел|ма[яе]$|июн|июл|август|сентябр|октябр|ноябр|декабр)",
                    scene.low[token + 1],
                )
            )
        ):
            return token
        if (
            word[:1].isdigit()
            and token + 1 < last
            and re.match(
                r"(январ|феврал|март|апрел|мая|июн|июл|август|сентябр|октябр|ноябр|декабр)", scene.low[token + 1]
            )
        ):
            return token
    return last


def of_noun(scene: Scene, token: int) -> str:
    first, last = phrase(scene, token)
    last = max(token + 1, without_day(scene, token, last))
    number = scene.feats[token].get("Number", "Sing")
    lemma = scene.lemmas[token]
    if lemma in PLURAL:
        number = "Plur"
    gender = GENDERS.get(scene.feats[token].get("Gender", ""), "")
    out = ""
    for i, t in enumerate(range(first, last)):
        word = scene.words[t]
        if t == token:
            word = nominative(word, scene.case(t), number, gender, noun=True)
        elif t < token and scene.pos[t] in ("ADJ", "NUM") and scene.case(t) == scene.case(token):
            word = nominative(word, scene.case(t), number, gender, noun=False)
        if i and scene.stops[t - 1] != scene.starts[t]:
            out += " "
        out += word
    return lowered(scene, first, out)


def lowered(scene: Scene, first: int, said: str) -> str:
    """The first word of a sentence loses its capital unless it is a name."""
    if first == scene.first(first) and said[:1].isupper() and said[1:2].islower() and scene.pos[first] != "PROPN":
        return said[0].lower() + said[1:]
    return said


def of_verb(scene: Scene, token: int) -> str:
    """«подписали соглашение» → «подписание соглашения»: the verb's noun and what the verb governs, as the text has it."""
    _, noun = verbs()[scene.lemmas[token]]
    parts = [noun]
    for child in sorted(scene.children[token]):
        rel = scene.rels[child]
        if noun == "встреча" and rel.startswith("nsubj"):
            parts += genitive(scene, child)
        elif rel in ("obj", "obl", "nsubj:pass") and scene.low[child] not in TIME and scene.pos[child] != "PRON":
            if rel == "obl" and noun not in ("встреча", "поездка", "визит"):
                continue
            words_here = [scene.words[t] for t in subtree(scene, child) if scene.pos[t] != "PUNCT"]
            if rel == "obj" and noun == "встреча":
                words_here = ["с", *words_here]
            elif rel != "obl":
                words_here = genitive(scene, child)
            if words_here and not words_here[0][:1].isdigit():
                parts += words_here
    return " ".join(parts[:MAX_WORDS])


def genitive(scene: Scene, token: int) -> list[str]:
    """A noun phrase with its head and the head's adjectives in the genitive."""
    out = []
    for t in subtree(scene, token):
        word = scene.words[t]
        same = t == token or (scene.heads[t] == token and scene.rels[t] in ("amod", "appos", "flat:name", "det"))
        if same and scene.case(t) in ("Nom", "Acc") and scene.pos[t] in ("NOUN", "PROPN", "ADJ", "DET"):
            parses = [p for p in words().parse(word) if CASES[scene.case(t)] in str(p.tag)] or words().parse(word)
            form = parses[0].inflect({"gent"})
            if form is not None:
                word = str(form.word).capitalize() if word[:1].isupper() else str(form.word)
        if scene.pos[t] != "PUNCT":
            out.append(word)
    return out


def subtree(scene: Scene, token: int, depth: int = 0) -> list[int]:
    """Tokens of a noun phrase in order, clauses and joined phrases left out, at most eight."""
    out = [token]
    for child in scene.children[token]:
        if depth < 5 and scene.rels[child] not in CUT and scene.rels[child] not in ("conj", "cc", "punct"):
            out += subtree(scene, child, depth + 1)
    return sorted(out)[:8] if depth == 0 else out


def title(scene: Scene, candidate: Candidate) -> str:
    said = of_verb(scene, candidate.token) if candidate.verbal else of_noun(scene, candidate.token)
    return re.sub(r"\s+", " ", said).strip(" ,;–—-")
