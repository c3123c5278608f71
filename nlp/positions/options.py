"""Bodies and places that may be the employer of a post that names none, and what a judge hears of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from nlp.positions.employer import OFFICES, by_body, head_word, hints, kinds_of, never
from nlp.positions.holder import Found
from nlp.positions.lexicon import employers
from nlp.positions.nations import country_of, country_of_word
from nlp.reading import Reading, Unit

EARLIER, LATER = 14, 3
"""How many different names before a post, and after it in its paragraph, are thought of."""
Row = dict[str, float]


@dataclass(frozen=True, slots=True)
class Option:
    unit: Unit
    """The mention nearest to the post."""
    row: Row


@dataclass(frozen=True, slots=True)
class Told:
    """A post whose employer the words name: what others in the text may share."""

    found: Found
    body: str


@dataclass(slots=True)
class Ground:
    """What is the same for all posts of one text."""

    r: Reading
    told: Sequence[Told]
    title: str
    mentions: dict[str, list[Unit]] = field(default_factory=dict)
    holders: dict[str, list[Told]] = field(default_factory=dict)
    earliest: dict[str, int] = field(default_factory=dict)
    """Token of the first body, of the first place."""

    def __post_init__(self) -> None:
        for unit in self.r.units:
            if unit.kind != "person":
                self.mentions.setdefault(unit.name, []).append(unit)
                self.earliest.setdefault(unit.kind, unit.first)
        for told in self.told:
            self.holders.setdefault(told.body, []).append(told)


def options(ground: Ground, found: Found) -> list[Option]:
    """The names spoken of last before the post, then those that follow in its paragraph.

    None for a post that one may hold alone («пианист», «историк»).
    """
    if not by_body(ground.r, found.phrase):
        return []
    chosen = nearby(ground.r, found)
    post = of_post(ground, found)
    said = hints(ground.r, found.phrase)
    ranks: dict[str, int] = {}
    out = []
    for order, unit in enumerate(chosen):
        row = dict(post)
        row["n"] = len(chosen)
        of_place_in_order(ground.r, found, unit, order, ranks, row)
        of_name(unit, row)
        of_body(ground, found, unit, row)
        for rule in said.get(unit.name, ()):
            row["rule=" + rule] = 1
        row["hints"], row["hinted"] = len(said.get(unit.name, ())), bool(said)
        out.append(Option(unit, row))
    crossed(post, out)
    return out


def nearby(r: Reading, found: Found) -> list[Unit]:
    at = found.phrase.first
    seen: set[str] = set()
    out: list[Unit] = []
    end = r.paragraph_end(r.paragraph[r.sentence[at]])
    bodies = [
        u
        for u in r.units
        if (u.kind == "organisation" or (u.kind == "place" and r.unit[u.first] is u)) and not never(r, found.phrase, u)
    ]
    for unit in reversed([u for u in bodies if u.first < at]):
        if unit.name not in seen and len(seen) < EARLIER:
            seen.add(unit.name)
            out.append(unit)
    later = 0
    for unit in bodies:
        if at <= unit.first < end and unit.name not in seen and later < LATER:
            seen.add(unit.name)
            out.append(unit)
            later += 1
    return out


def of_post(ground: Ground, found: Found) -> Row:
    r, phrase = ground.r, found.phrase
    head = head_word(r, phrase)
    inner = [r.lemmas[t] for t in range(phrase.head + 1, phrase.last) if r.pos[t] in ("NOUN", "PROPN")]
    row: Row = {"h=" + head: 1, "by=" + found.rule: 1, "inner": len(inner), "bare": not inner}
    if inner:
        row["i=" + inner[0]] = 1
    table = employers()
    for group in OFFICES:
        if head in table[group]:
            row["g=" + group] = 1
    row["plural"] = r.feats[phrase.head].get("Number") == "Plur"
    row["order"] = min(found.unit.order, 2)
    row["native"] = native(found.unit.name)
    return row


def of_place_in_order(r: Reading, found: Found, unit: Unit, order: int, ranks: dict[str, int], row: Row) -> None:
    at = found.phrase.first
    before = unit.first < at
    sentences = abs(r.sentence[at] - r.sentence[unit.first])
    paragraphs = abs(r.paragraph[r.sentence[at]] - r.paragraph[r.sentence[unit.first]])
    row["before"], row["after"] = before, not before
    row["sentences"], row["paragraphs"] = min(sentences, 9), min(paragraphs, 6)
    row["same sentence"], row["same paragraph"] = not sentences, not paragraphs
    row["rank"] = order
    kind = unit.kind if before else "later"
    row["first of its kind"] = kind not in ranks
    row["rank in kind"] = ranks.get(kind, 0)
    ranks[kind] = ranks.get(kind, 0) + 1
    head = r.heads[unit.first]
    row["subject"] = r.rels[unit.first].startswith("nsubj")
    row["case=" + r.case(unit.first)] = 1
    row["governed"] = head >= 0 and r.pos[head] == "NOUN"
    row["after preposition"] = unit.first > 0 and r.pos[unit.first - 1] == "ADP"
    first, last = (unit.last, at) if before else (found.phrase.last, unit.first)
    row["people between"] = min(sum(u.first >= first and u.last <= last for u in r.people), 4)
    row["tokens"] = min(max(last - first, 0), 60)
    row["opens"] = unit.first == r.first(unit.first)


def of_name(unit: Unit, row: Row) -> None:
    row[unit.kind] = 1
    row.update(dict.fromkeys(kind_keys(unit.name, unit.kind), 1.0))
    row["native body"] = is_native_body(unit.name)


def is_native_body(name: str) -> bool:
    low = name.casefold()
    return "росси" in low or " рф" in low or low.startswith("рос")


NATIVE = (
    "ов ев ёв ин ын ова ева ёва ина ына ский цкий ская цкая ко енко ич вна вич юк як ук их ых ой ая ый ий"
).split()


@lru_cache(10_000)
def native(name: str) -> bool:
    words = name.split()
    return any(w.endswith(("вич", "вна", "ична")) for w in words[1:]) or words[-1].endswith(tuple(NATIVE))


def of_body(ground: Ground, found: Found, unit: Unit, row: Row) -> None:
    r, phrase = ground.r, found.phrase
    mentions = ground.mentions[unit.name]
    row["mentions"] = min(len(mentions), 8)
    row["first spoken of"] = mentions[0].first == ground.earliest[unit.kind]
    row["in title"] = stem_of(unit.name) in ground.title
    row["opening"] = r.paragraph[r.sentence[mentions[0].first]] == 0
    told = [t for t in ground.holders.get(unit.name, []) if t.found.phrase is not phrase]
    row["told"] = min(len(told), 4)
    row["own"] = any(t.found.unit.name == found.unit.name for t in told)
    own = native(found.unit.name)
    row["alike"] = sum(native(t.found.unit.name) == own for t in told)
    row["unlike"] = sum(native(t.found.unit.name) != own for t in told)
    here = r.sentence[phrase.first]
    row["told here"] = any(r.sentence[t.found.phrase.first] == here for t in told)
    before = [t for t in ground.told if t.found.phrase.first < phrase.first]
    after = [t for t in ground.told if t.found.phrase.first > phrase.first]
    row["told last"] = bool(before) and before[-1].body == unit.name
    row["told next"] = bool(after) and after[0].body == unit.name
    row["held inside"] = any(u.start <= t.found.unit.start < u.stop for u in mentions for t in told)
    of_words(r, found, unit, row)
    of_nation(r, found, unit, row)


def of_nation(r: Reading, found: Found, unit: Unit, row: Row) -> None:
    phrase, nation = found.phrase, country_of(unit.name)
    row["no nation"] = not nation
    if not nation:
        return
    at_home = nation == "RU"
    row["native at home" if native(found.unit.name) else "foreign at home"] = at_home
    row["native abroad" if native(found.unit.name) else "foreign abroad"] = not at_home
    floor = r.first(phrase.first)
    close = [n for t in range(max(phrase.first - 2, floor), phrase.last) if (n := country_of_word(r.words[t]))]
    if close:
        row["nation beside"] = nation in close
        row["other nation beside"] = nation not in close
    last = next((n for t in range(phrase.first - 1, floor - 1, -1) if (n := country_of_word(r.words[t]))), "")
    if last:
        row["nation in sentence"] = nation == last
        row["other nation in sentence"] = nation != last
    start = r.sentences[r.sentence[phrase.first] - 1].first if r.sentence[phrase.first] else 0
    before = next((n for t in range(floor - 1, start - 1, -1) if (n := country_of_word(r.words[t]))), "")
    if before:
        row["nation before"] = nation == before
        row["other nation before"] = nation != before


def of_words(r: Reading, found: Found, unit: Unit, row: Row) -> None:
    phrase = found.phrase
    low = " " + unit.name.casefold().replace("ё", "е").replace("«", "").replace("-", " ")
    for token in range(max(phrase.first - 3, r.first(phrase.first)), phrase.last):
        word = r.low[token]
        if r.unit[token] is not None or len(word) < 5:
            continue
        stem = " " + word[: max(4, len(word) - 4)]
        if stem in low:
            row["agrees"] = 1
            if token < phrase.first:
                row["agrees outside"] = 1
            elif r.pos[token] == "ADJ":
                row["agrees adjective"] = 1
            elif token > phrase.head:
                row["agrees noun"] = 1


@lru_cache(10_000)
def stem_of(name: str) -> str:
    words = [w for w in name.casefold().replace("ё", "е").replace("«", "").split() if len(w) > 2] or [name.casefold()]
    longest = max(words, key=len)
    return longest[: max(4, len(longest) - 2)]


def crossed(post: Row, out: Sequence[Option]) -> None:
    """The words of the post beside the kinds of bodies, and each body beside the others of its kinds."""
    heads = tuple(h for h in post if h.startswith(("h=", "i=", "g=")))
    kinds = [kind_keys(o.unit.name, o.unit.kind) for o in out]
    held: dict[str, list[int]] = {}
    for number, own in enumerate(kinds):
        for kind in own:
            held.setdefault(kind, []).append(number)
    for number, (option, own) in enumerate(zip(out, kinds, strict=True)):
        row = option.row
        row.update(pairs(heads, own))
        same = {n for kind in own for n in held[kind]}
        row["alone of kind"], row["nearest of kind"] = len(same) == 1, min(same) == number
        row["bare&" + option.unit.kind] = row["bare"]
        row["both native"] = row["native"] and row["native body"]


@lru_cache(10_000)
def kind_keys(name: str, kind: str) -> tuple[str, ...]:
    return tuple("k=" + k for k in kinds_of(name, kind))


@lru_cache(10_000)
def pairs(heads: tuple[str, ...], kinds: tuple[str, ...]) -> dict[str, float]:
    return {f"{h}&{k}": 1.0 for h in heads for k in kinds}
