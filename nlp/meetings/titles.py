"""An event's name as a register carries it, from the words of the text: «рабочая встреча с представителями …»."""

import re
from functools import lru_cache

from nlp.inflection import CASES, dictionary
from nlp.meetings.lexicon import verbs
from nlp.meetings.scene import Candidate, Scene

MAX_WORDS = 14
CUT = frozenset({"acl", "acl:relcl", "parataxis", "advcl", "appos:day"})
GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}
PLURAL = frozenset(
    {"переговоры", "гастроли", "учения", "курсы", "слушания", "чтения", "похороны", "проводы", "сборы", "дни"}
)
TIMES = re.compile(r"понедельник|вторник|сред|четверг|пятниц|суббот|воскресень|утр|вечер|год|месяц|день|дня")
TIME = frozenset("сегодня вчера завтра накануне утром вечером днем".split())


@lru_cache(maxsize=20_000)
def nominative(word: str, case: str, number: str, gender: str, *, noun: bool) -> str:
    """One word in the nominative of its own number; capitals kept; the word itself where the dictionary has no form."""
    parses = [p for p in dictionary().parse(word) if (p.tag.POS == "NOUN") == noun] or dictionary().parse(word)
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
    while last < high and (last - token < MAX_WORDS or depth > 0):
        word = scene.words[last]
        if word in ("«", "„") or (word == '"' and not depth):
            depth += 1
            if not closed(scene, last, high):
                break
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


def closed(scene: Scene, mark: int, high: int) -> bool:
    """Whether a quotation mark is closed in its sentence, not too far on."""
    return any(scene.words[t] in ("»", "“", '"') for t in range(mark + 1, min(high, mark + 16)))


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
    """«подписали соглашение» → «подписание соглашения»; «принял посла» → «встреча … с послом»."""
    _, noun = verbs()[scene.lemmas[token]]
    named = next((c for c in scene.children[token] if scene.rels[c] == "obj" and scene.lemmas[c] == noun), None)
    if named is None:
        named = taken_part_in(scene, token)
    if named is not None:  # «прочитала лекцию о …»: the verb's noun is there already
        return of_noun(scene, named)
    meets = noun == "встреча"
    parts = [noun]
    for child in sorted(scene.children[token], key=lambda c: (not scene.rels[c].startswith("nsubj"), c)):
        rel, said = scene.rels[child], ""
        if scene.sentence[child] != scene.sentence[token]:  # the parser ties a heading to the line below it
            continue
        if scene.low[child] in TIME or scene.pos[child] in ("PRON", "DET", "NUM", "VERB", "ADV"):
            continue
        if (rel == "nsubj" and meets) or (rel in ("obj", "nsubj:pass") and not meets):
            said = inflected(scene, child, "gent")
        elif rel == "obj" and meets:
            said = "с " + inflected(scene, child, "ablt")
        elif rel == "obl" and noun in ("встреча", "поездка", "визит"):
            said = inflected(scene, child, "")
        if said and not said[:1].isdigit() and not told_by_time(scene, child):
            parts.append(said)
    return " ".join(" ".join(parts).split()[:MAX_WORDS])


def taken_part_in(scene: Scene, token: int) -> int | None:
    """«В прениях приняли участие …», «участвовал в дискуссии»: the noun after «в» names the event."""
    taking = [token, *(c for c in scene.children[token] if scene.lemmas[c] == "участие")]
    if scene.lemmas[token] != "участвовать" and len(taking) == 1:
        return None
    for child in (c for t in taking for c in scene.children[t]):
        into = any(scene.low[x] in ("в", "во") for x in scene.children[child])
        if into and scene.pos[child] == "NOUN" and scene.case(child) == "Loc" and not told_by_time(scene, child):
            inner = [c for c in scene.children[child] if scene.rels[c] == "nmod" and scene.pos[c] == "NOUN"]
            return inner[0] if scene.lemmas[child] == "работа" and inner else child  # «в работе форума»
    return None


def told_by_time(scene: Scene, token: int) -> bool:
    return bool(TIMES.match(scene.lemmas[token]))


def inflected(scene: Scene, token: int, case: str) -> str:
    """A noun phrase with its head and what agrees with it in a case; as it stands where `case` is empty."""
    tokens = subtree(scene, token)
    tokens = [t for t in range(tokens[0], tokens[-1] + 1) if t in tokens or scene.words[t] in ("«", "»", '"', "-", "–")]
    out, previous = "", -1
    for t in tokens:
        word = scene.words[t]
        agreeing = t == token or (
            scene.rels[t] in ("amod", "appos", "flat:name", "det")
            and scene.case(t) == scene.case(token)
            and not scene.quoted[t]
        )
        if agreeing and case and scene.pos[t] in ("NOUN", "PROPN", "ADJ", "DET"):
            word = in_case(word, scene.case(t), scene.feats[t].get("Number", "Sing"), case)
        word = lowered(scene, t, word)
        out += ("" if previous == t - 1 and scene.stops[previous] == scene.starts[t] else " ") + word
        previous = t
    return out.strip()


@lru_cache(maxsize=20_000)
def in_case(word: str, own: str, number: str, case: str) -> str:
    """One word from its case into another of the same number; the word itself where the dictionary has no form."""
    parses = [p for p in dictionary().parse(word) if CASES.get(own, "nomn") in str(p.tag)] or dictionary().parse(word)
    plural = number == "Plur"
    fitting = [p for p in parses if ("plur" in str(p.tag)) == plural] or parses
    form = fitting[0].inflect({case, "plur"} if plural else {case})
    if form is None:
        return word
    if word.isupper() and len(word) > 1:
        return word
    return str(form.word).capitalize() if word[:1].isupper() else str(form.word)


def subtree(scene: Scene, token: int, depth: int = 0) -> list[int]:
    """Tokens of a noun phrase in order, clauses and joined phrases left out, at most eight."""
    out = [token]
    for child in scene.children[token]:
        near = scene.sentence[child] == scene.sentence[token]
        if near and depth < 5 and scene.rels[child] not in CUT and scene.rels[child] not in ("conj", "cc", "punct"):
            out += subtree(scene, child, depth + 1)
    return sorted(out)[:8] if depth == 0 else out


def title(scene: Scene, candidate: Candidate) -> str:
    said = of_verb(scene, candidate.token) if candidate.verbal else of_noun(scene, candidate.token)
    return balanced(re.sub(r"\s+", " ", said).strip(" ,;–—-"))


def balanced(said: str) -> str:
    """Quotation marks in pairs: a mark that the phrase left outside is taken in."""
    opened, shut = said.count("«"), said.count("»")
    if opened > shut:
        return said + "»" * (opened - shut)
    return "«" * (shut - opened) + said
