"""Posts that a verb gives: «назначен директором», «возглавляет фонд», «работал инженером»; and who led a body."""

from collections.abc import Iterator

from nlp.positions.holder import Found, Rule
from nlp.positions.phrase import Phrase, left_edge, phrase_after
from nlp.positions.post import DASHES, case_of, heads_position
from nlp.reading import Reading, Unit

DIRECTION = frozenset({"руководством", "управлением"})
LEAD = frozenset({"возглавлять", "возглавить", "руководить"})


def under_direction(r: Reading, unit: Unit) -> list[Found]:
    """«ансамбль «Севан» под руководством Ивана Петрова»: the leader of the body named just before."""
    at = unit.first - 1
    if at < 2 or r.low[at] not in DIRECTION or r.low[at - 1] != "под":
        return []
    body = r.unit[at - 2] or r.unit[at - 3]
    if body is None or body.kind != "organisation" or body.last < at - 2 or r.sentence[body.first] != r.sentence[at]:
        return []
    return [Found(unit, Phrase(at - 1, at, unit.first), "under_direction", leads=body)]


def leads(r: Reading, unit: Unit) -> list[Found]:
    """«Иван Петров возглавляет Фонд мира»: the leader of the body that the verb governs."""
    sentence = range(r.first(unit.first), r.last(unit.first))
    if LEAD.isdisjoint(r.lemmas[sentence.start : sentence.stop]):
        return []
    for verb in sentence:
        if r.lemmas[verb] not in LEAD or r.pos[verb] != "VERB" or not subject_of(r, verb, unit):
            continue
        for body in r.units:
            inside = any(r.heads[t] == verb for t in range(body.first, body.last))
            if body.first > 0 and r.pos[body.first - 1] == "ADP":  # «от Госсовета её возглавит …»
                continue
            if body.kind == "organisation" and inside and not r.quoted[verb]:
                past = r.lemmas[verb] != "возглавить" and r.feats[verb].get("Tense") == "Past"
                return [Found(unit, Phrase(verb, verb, verb + 1), "leads", past, leads=body)]
    return []


def subject_of(r: Reading, verb: int, unit: Unit) -> bool:
    """Whether the person is the subject of the verb, or of the one that it is joined to («родился …, стал …»)."""
    verb = clause(r, verb)
    for _ in range(4):
        subjects = [t for t in r.children[verb] if r.rels[t].startswith("nsubj")]
        if subjects or r.rels[verb] != "conj":
            break
        verb = r.heads[verb]
    if any(r.heads[t] == verb and r.rels[t].startswith("nsubj") for t in range(unit.first, unit.last)):
        return True
    head = r.heads[unit.first]
    return head >= 0 and r.heads[head] == verb and r.rels[head].startswith("nsubj")


def clause(r: Reading, verb: int) -> int:
    """What the verb's subject hangs on: of «был деканом» the noun."""
    return r.heads[verb] if r.rels[verb] in ("cop", "aux") and r.heads[verb] >= 0 else verb


def elected(r: Reading, verb: int, unit: Unit) -> bool:
    """«Председателем избрана Анна Белова», «избрали Анну Белову»: the name beside the verb, or its object."""
    if r.lemmas[verb] not in CHOSEN:
        return False
    if any(r.heads[t] == verb and r.rels[t] in ("obj", "nsubj:pass") for t in range(unit.first, unit.last)):
        return True
    return unit.first == verb + 1 or unit.last == verb


CHOSEN = frozenset("назначить избрать утвердить переизбрать выбрать".split())
BECAME = frozenset(
    "назначить избрать утвердить переизбрать стать становиться быть являться работать служить трудиться остаться "
    "начинать проработать перейти переходить вернуться прийти выбрать".split()
)


PAST = frozenset("быть работать служить трудиться начинать проработать".split())
JOINTS = frozenset({",", "и", "затем", "потом", "позднее", "позже", *DASHES})


def predicate(r: Reading, unit: Unit) -> list[Found]:
    """«Иван Петров назначен директором», «был деканом, затем ректором»: posts in the instrumental."""
    out: list[Found] = []
    sentence = range(r.first(unit.first), r.last(unit.first))
    if BECAME.isdisjoint(r.lemmas[sentence.start : sentence.stop]):
        return out
    for verb in sentence:
        if r.lemmas[verb] == "быть" and verb < unit.first:  # «экскурсоводом был инженер …»: a part in an event
            continue
        if r.lemmas[verb] in BECAME and (subject_of(r, verb, unit) or elected(r, verb, unit)):
            out += [Found(unit, phrase, "predicate", past(r, verb)) for phrase in instrumental(r, verb, unit, sentence)]
    return out


def past(r: Reading, verb: int) -> bool:
    return r.lemmas[verb] in PAST and r.feats[verb].get("Tense") == "Past"


def instrumental(r: Reading, verb: int, unit: Unit, sentence: range) -> Iterator[Phrase]:
    """Posts in the instrumental: the verb's own, and those joined to it after a comma, «и», «затем»."""
    for child in (*r.children[verb], clause(r, verb)):
        if r.case(child) == "Ins" and heads_position(r, child) and r.unit[child] is None:
            phrase = phrase_after(r, left_edge(r, child, sentence.start), "Ins", unit, sentence.stop)
            if phrase is not None and phrase.head == child:
                yield phrase
                yield from joined(r, phrase, unit, sentence)


def joined(r: Reading, phrase: Phrase, unit: Unit, sentence: range) -> Iterator[Phrase]:
    token = phrase.last
    while token < sentence.stop:
        if r.lemmas[token] in BECAME:
            return
        if r.case(token) == "Ins" and r.unit[token] is None and not r.quoted[token] and heads_position(r, token):
            first = left_edge(r, token, phrase.last)
            other = phrase_after(r, first, "Ins", unit, sentence.stop) if r.low[first - 1] in JOINTS else None
            if other is not None and other.head == token:
                yield other
                token = other.last
                continue
        token += 1


def career(r: Reading, unit: Unit) -> list[Found]:
    """«Работал инженером завода, был деканом.»: sentences about the person last named, the subject left out or «он»."""
    out: list[Found] = []
    at = r.sentence[unit.first]
    end = r.sentences[min(at + FOLLOWING, len(r.sentences)) - 1].last
    if CAREER.isdisjoint(r.lemmas[r.last(unit.first) : end]) or not protagonist(r, unit):
        return out
    gender = {r.feats[t].get("Gender") for t in range(unit.first, unit.last)} - {None}
    for number in range(at + 1, min(at + FOLLOWING, len(r.sentences))):
        here = r.sentences[number]
        if any(u.first < here.last and u.last > here.first for u in r.people):
            break
        if r.paragraph[number] > r.paragraph[at] + 1:
            break
        sentence = range(here.first, here.last)
        for verb in sentence:
            own = r.lemmas[verb] in CAREER and r.feats[verb].get("Gender") in gender and not r.quoted[verb]
            if own and left_out(r, verb):
                out += [Found(unit, p, "career", past(r, verb)) for p in instrumental(r, verb, unit, sentence)]
    return out


FOLLOWING = 5
"""Sentences after the name that may still be about its bearer."""
CAREER = BECAME - {"перейти", "переходить"}


def protagonist(r: Reading, unit: Unit) -> bool:
    """The only person of its sentence, as its subject or in an announcement of who was appointed."""
    here = r.sentences[r.sentence[unit.first]]
    others = any(u.name != unit.name and here.first <= u.first < here.last for u in r.people)
    later = any(u.name == unit.name and unit.first < u.first < here.last for u in r.people)
    return not others and not later and case_of(r, unit) in ("Nom", "")


def left_out(r: Reading, verb: int) -> bool:
    """No subject but «он» or «она», here or at the verb that this one is joined to."""
    verb = clause(r, verb)
    for _ in range(4):
        subjects = [t for t in r.children[verb] if r.rels[t].startswith("nsubj")]
        if subjects:
            return all(r.low[t] in ("он", "она") for t in subjects)
        if r.rels[verb] != "conj":
            break
        verb = r.heads[verb]
    return r.rels[verb] in ("root", "conj", "parataxis")


BY_VERBS: tuple[Rule, ...] = (predicate, under_direction, leads, career)
