"""Meetings as releases tell of them → events: the same meeting in several releases is one, with all its tellings."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import count

from pipelines.identity.ledger import Ledger, kept_apart, kept_together
from pipelines.progress import progress
from store.corrections import Anchor
from store.dataset import Dataset
from store.lemmas import WORD, lemma

WINDOW = timedelta(days=4)
"""Around the day of publication, within which an undated telling may speak of a dated meeting."""
ALIKE = 0.5
"""Share of content words that two names of one meeting have in common."""
KINDS_ALIKE = (
    frozenset({"встреча", "переговоры", "визит", "приём"}),
    frozenset({"совещание", "заседание", "встреча"}),
    frozenset({"конференция", "форум", "круглый стол", "семинар"}),
    frozenset({"церемония", "выставка", "фестиваль", "конкурс"}),
)
"""Kinds by which two press services may call one meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    n: int
    release: int
    anchor: Anchor
    source: str
    day: date
    """Of the meeting where told, else of publication."""
    last: date
    dated: bool
    published: date | None
    kind: str
    name: str
    words: frozenset[str]
    people: frozenset[str]
    """Entity ids of those attending."""
    others: frozenset[str]
    """Entity ids of bodies, and of people tied to it otherwise."""
    place: str | None
    place_name: str | None
    in_city: bool
    format: str | None
    status: str
    date: str | None
    date_end: str | None
    before: str | None
    """The event it was taken for last time."""


def resolve(dataset: Dataset, ledger: Ledger, everything: bool) -> int:
    """Tellings near in time are compared; only around what is new, unless told otherwise."""
    with dataset.transaction() as db:
        adopt_days(db, everything)
    days = dirty_days(dataset.db, everything)
    with progress("Встречи", len(days)) as advance:
        for stretch in stretches(days):
            with dataset.transaction() as db:
                resolve_stretch(db, stretch[0] - WINDOW, stretch[-1] + WINDOW, ledger)
            advance(len(stretch))
    with dataset.transaction() as db:
        clear_away(db)
        if days:
            link(db)
    return int(dataset.db.execute("SELECT count(*) FROM event WHERE tellings > 0").fetchone()[0])


DAY = "coalesce(m.day, '0001-01-05')"


def adopt_days(db: sqlite3.Connection, everything: bool) -> None:
    """A telling without any date, on a page without one, is compared on the day of those with the same people."""
    new = "" if everything else " AND m.event IS NULL"
    if everything:
        db.execute(
            "UPDATE meeting SET day = NULL WHERE date IS NULL"
            " AND (SELECT day FROM release WHERE n = meeting.release) IS NULL"
        )
    found = db.execute(
        "SELECT m.n, o.day, count(DISTINCT a.entity) FROM meeting m JOIN attendance t ON t.meeting = m.n"
        " JOIN appearance a ON a.n = t.person JOIN appearance b ON b.entity = a.entity "
        " JOIN attendance u ON u.person = b.n"
        f" JOIN meeting o ON o.n = u.meeting WHERE m.day IS NULL{new} AND o.day IS NOT NULL AND o.release != m.release"
        " GROUP BY m.n, o.n HAVING count(DISTINCT a.entity) >= 2 ORDER BY m.n, 3 DESC, o.day"
    ).fetchall()
    best = {n: day for n, day, _ in reversed(found)}
    db.executemany("UPDATE meeting SET day = ? WHERE n = ?", [(day, n) for n, day in best.items()])


def dirty_days(db: sqlite3.Connection, everything: bool) -> list[date]:
    where = "" if everything else "WHERE m.event IS NULL"
    rows = db.execute(f"SELECT DISTINCT {DAY} FROM meeting m JOIN release r ON r.n = m.release {where} ORDER BY 1")
    return [date.fromisoformat(row[0]) for row in rows]


def stretches(days: Sequence[date], most: int = 60) -> list[list[date]]:
    """Days whose windows touch are resolved together, a bounded number at a time."""
    out: list[list[date]] = []
    for day in days:
        if out and day - out[-1][-1] <= 2 * WINDOW and len(out[-1]) < most:
            out[-1].append(day)
        else:
            out.append([day])
    return out


def resolve_stretch(db: sqlite3.Connection, since: date, until: date, ledger: Ledger) -> None:
    tellings = load(db, since, until)
    groups = grouped(tellings, ledger)
    ids = chosen_ids(groups)
    gone = {t.before for t in tellings if t.before} - set(ids)
    gone = {id_ for id_ in gone if not told_elsewhere(db, id_, {t.n for t in tellings})}
    for group, id_ in zip(groups, ids, strict=True):
        write_event(db, id_, group, ledger)
    for old in sorted(gone):
        went = Counter(id_ for group, id_ in zip(groups, ids, strict=True) for t, _ in group if t.before == old)
        into = max(sorted(went), key=lambda id_: went[id_])
        db.execute("UPDATE event SET merged_into = ?, tellings = 0 WHERE id = ?", (into, old))
        db.execute("UPDATE event SET merged_into = ? WHERE merged_into = ?", (into, old))


def told_elsewhere(db: sqlite3.Connection, id_: str, loaded: set[int]) -> bool:
    return any(row[0] not in loaded for row in db.execute("SELECT n FROM meeting WHERE event = ?", (id_,)))


def load(db: sqlite3.Connection, since: date, until: date) -> list[Telling]:
    between = (since.isoformat() if since.year > 1 else "0001-01-01", until.isoformat())
    rows = db.execute(
        f"SELECT m.n, m.release, r.id, m.key, r.source, {DAY}, m.date, m.date_end, r.day, m.kind, m.name, a.entity,"
        " m.place_name, a.place_kind = 'city', m.format, m.status, i.entity FROM meeting m"
        " JOIN release r ON r.n = m.release LEFT JOIN appearance a ON a.n = m.place"
        " LEFT JOIN identity i ON i.kind = 'event' AND i.release = r.id AND i.key = m.key"
        f" WHERE {DAY} BETWEEN ? AND ? ORDER BY {DAY}, r.id, m.key",
        between,
    ).fetchall()
    people, others = ties(db, between)
    return [
        Telling(
            n=n,
            release=release,
            anchor=Anchor(id_, key),
            source=source,
            day=date.fromisoformat(day),
            last=date.fromisoformat(end or day),
            dated=told is not None,
            published=date.fromisoformat(published) if published else None,
            kind=kind,
            name=name,
            words=content_words(name),
            people=frozenset(people.get(n, ())),
            others=frozenset(others.get(n, ())),
            place=place,
            place_name=place_name,
            in_city=bool(city),
            format=form,
            status=status,
            date=told,
            date_end=end,
            before=before,
        )
        for (
            n,
            release,
            id_,
            key,
            source,
            day,
            told,
            end,
            published,
            kind,
            name,
            place,
            place_name,
            city,
            form,
            status,
            before,
        ) in rows
    ]


def ties(db: sqlite3.Connection, between: tuple[str, str]) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    people: dict[int, set[str]] = defaultdict(set)
    others: dict[int, set[str]] = defaultdict(set)
    for table, column, into in (
        ("attendance", "person", people),
        ("involvement", "person", others),
        ("meeting_organisation", "organisation", others),
    ):
        rows = db.execute(
            f"SELECT t.meeting, a.entity FROM {table} t JOIN appearance a ON a.n = t.{column}"
            " JOIN meeting m ON m.n = t.meeting JOIN release r ON r.n = m.release"
            f" WHERE {DAY} BETWEEN ? AND ? AND a.entity IS NOT NULL",
            between,
        )
        for meeting, entity in rows:
            into[meeting].add(entity)
    return people, others


def content_words(name: str) -> frozenset[str]:
    return frozenset(lemma(m[0].lower()) for m in WORD.finditer(name) if len(m[0]) > 3)


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the smaller set that the two have in common; 0 where one is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


ORDINALS = frozenset(
    "первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый одиннадцатый двенадцатый"
    " тринадцатый четырнадцатый пятнадцатый двадцатый".split()
)


def numbered_apart(a: frozenset[str], b: frozenset[str]) -> bool:
    """«второе заседание» and «третье заседание»."""
    one, other = a & ORDINALS, b & ORDINALS
    return bool(one and other) and one != other


def same_time(a: Telling, b: Telling) -> bool:
    """The same day or overlapping days; an undated telling published within days of it."""
    if a.dated and b.dated:
        return a.day <= b.last and b.day <= a.last and abs(a.day - b.day) <= WINDOW
    return a.day - WINDOW <= b.last and b.day - WINDOW <= a.last


def kinds_fit(a: Telling, b: Telling) -> bool:
    return a.kind == b.kind or any({a.kind, b.kind} <= alike for alike in KINDS_ALIKE)


def places_fit(a: Telling, b: Telling) -> bool:
    """Two cities are two places; a house, a region or a country may hold or stand for the other."""
    return a.place is None or b.place is None or a.place == b.place or not (a.in_city and b.in_city)


def same_list(a: Telling, b: Telling) -> bool:
    """Three people in common and most of the shorter list, on one day: whatever the press services call it."""
    if a.kind != b.kind or not ((a.dated and b.dated) or a.words & b.words):
        return False
    return len(a.people & b.people) >= 3 and overlap(a.people, b.people) >= 0.6


def same_name_and_company(a: Telling, b: Telling) -> bool:
    """«видеоконференция» here and there, two people in common, filed under two kinds."""
    return len(a.people & b.people) >= 2 and overlap(a.people, b.people) >= 0.5 and overlap(a.words, b.words) >= 0.75


def same_company(a: Telling, b: Telling) -> bool:
    """«А встретился с Б», told by both sides: two people in common, and most of the shorter list."""
    if a.kind != b.kind and a.day != b.day:
        return False  # a visit of several days is not the meeting on its second
    return len(a.people & b.people) >= 2 and overlap(a.people, b.people) >= 0.5 and kinds_fit(a, b)


def same_name_and_person(a: Telling, b: Telling) -> bool:
    """One person in common and a name alike: «заседание Совета» here and there."""
    return bool(a.people & b.people) and overlap(a.words, b.words) >= ALIKE and kinds_fit(a, b)


def same_name_and_bodies(a: Telling, b: Telling) -> bool:
    """Nobody named in one of them, but the name, the bodies and the kind are the same."""
    if a.people and b.people and not a.people & b.people:
        return False
    return (
        a.kind == b.kind
        and overlap(a.words, b.words) >= 0.75
        and len(a.words & b.words) >= 2
        and bool(a.others & b.others)
    )


RULES = (same_company, same_name_and_company, same_name_and_person, same_name_and_bodies)
BROAD = frozenset({"церемония", "другое"})
"""Kinds that say little: where the day isn't told either, the names must have a word in common."""
TIMELESS = (same_company, same_name_and_company)
"""Strong enough where one of the two does not tell the day."""


def same(a: Telling, b: Telling) -> str | None:
    """The rule by which two tellings speak of one meeting; never two meetings of one release."""
    if a.release == b.release or not same_time(a, b) or numbered_apart(a.words, b.words):
        return None
    if same_list(a, b):
        return same_list.__name__
    if not places_fit(a, b):
        return None
    if not (a.dated and b.dated) and BROAD & {a.kind, b.kind} and not a.words & b.words:
        return None
    rules = RULES if a.dated and b.dated else TIMELESS
    return next((rule.__name__ for rule in rules if rule(a, b)), None)


Group = list[tuple[Telling, str]]


def grouped(tellings: Sequence[Telling], ledger: Ledger) -> list[Group]:
    """Each telling joins the group with the telling most like it, unless the group holds another of its release."""
    groups: list[Group] = []
    for telling in tellings:
        fitting = [
            (likeness(t, telling), -place, rule)
            for place, group in enumerate(groups)
            if not parted(group, telling, ledger)
            for t, _ in group
            if (rule := joins(t, telling, ledger))
        ]
        if fitting:
            _, place, rule = max(fitting)
            groups[-place].append((telling, rule))
        else:
            groups.append([(telling, "первое сообщение")])
    return groups


def parted(group: Group, telling: Telling, ledger: Ledger) -> bool:
    """One release tells two meetings apart, or a person has said so."""
    return any(t.release == telling.release or kept_apart(ledger, "event", t.anchor, telling.anchor) for t, _ in group)


def likeness(a: Telling, b: Telling) -> tuple[bool, float, int, bool]:
    return (a.kind == b.kind, overlap(a.words, b.words), len(a.people & b.people), a.dated == b.dated)


def joins(a: Telling, b: Telling, ledger: Ledger) -> str | None:
    if number := kept_together(ledger, "event", a.anchor, b.anchor):
        return f"исправление {number}"
    return same(a, b)


def chosen_ids(groups: Sequence[Group]) -> list[str]:
    wanted = sorted(
        (-count, place, id_)
        for place, group in enumerate(groups)
        for id_, count in Counter(t.before for t, _ in group if t.before).items()
    )
    ids: dict[int, str] = {}
    for _, place, id_ in wanted:
        if place not in ids and id_ not in ids.values():
            ids[place] = id_
    for place, group in enumerate(groups):
        if place not in ids:
            ids[place] = fresh_id(group, set(ids.values()))
    return [ids[place] for place in range(len(groups))]


def fresh_id(group: Group, taken: set[str]) -> str:
    first = min(t.anchor for t, _ in group)
    return next(id_ for number in count() if (id_ := hashed(first, number)) not in taken)


def hashed(first: Anchor, number: int) -> str:
    salt = f"\n{number}" if number else ""
    return "m" + sha256(f"event\n{first.release}\n{first.key}{salt}".encode()).hexdigest()[:12]


def write_event(db: sqlite3.Connection, id_: str, group: Group, ledger: Ledger) -> None:
    tellings = [t for t, _ in group]
    place = next((t for t in tellings if t.place), None)
    dated = Counter((t.date, t.date_end) for t in tellings if t.date).most_common(1)
    day, end = dated[0][0] if dated else (None, None)
    db.execute(
        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (id) DO UPDATE SET"
        " kind = excluded.kind, name = excluded.name, date = excluded.date, date_end = excluded.date_end,"
        " place = excluded.place, place_name = excluded.place_name, format = excluded.format,"
        " status = excluded.status, rule = excluded.rule, tellings = excluded.tellings, people = excluded.people,"
        " merged_into = NULL",
        (
            id_,
            common([t.kind for t in tellings]),
            ledger.named("event", [t.anchor for t in tellings]) or best_name(tellings),
            day,
            end,
            place.place if place else None,
            place.place_name if place else next((t.place_name for t in tellings if t.place_name), None),
            next((t.format for t in tellings if t.format), None),
            status(tellings),
            "; ".join(sorted({rule for _, rule in group[1:]})) or "одно сообщение",
            len(tellings),
            len(frozenset().union(*(t.people for t in tellings))),
        ),
    )
    for telling, rule in group:
        db.execute("UPDATE meeting SET event = ?, why = ? WHERE n = ?", (id_, rule, telling.n))
        db.execute(
            "INSERT OR REPLACE INTO identity VALUES ('event', ?, ?, ?)",
            (telling.anchor.release, telling.anchor.key, id_),
        )


def common(values: Sequence[str]) -> str:
    counts = Counter(values)
    return max(counts, key=lambda value: counts[value])


def best_name(tellings: Sequence[Telling]) -> str:
    """The longest name that fits a register."""
    fitting = [t.name for t in tellings if len(t.name) <= 120] or [tellings[0].name]
    return max(fitting, key=len)


def status(tellings: Sequence[Telling]) -> str:
    """Held as soon as one telling says so; else what the latest says."""
    if any(t.status == "held" for t in tellings):
        return "held"
    return max(tellings, key=lambda t: (t.published or date.min, t.anchor)).status


def clear_away(db: sqlite3.Connection) -> None:
    """Events that no release tells of any more stay as ids, with nothing under them."""
    db.execute(
        "UPDATE event SET tellings = 0, people = 0 WHERE tellings > 0 AND NOT EXISTS"
        " (SELECT 1 FROM meeting WHERE meeting.event = event.id)"
    )


# What comes before and after. An announcement of the very day is a telling of the same event; links join others.

COMPANY = """
CREATE TEMP TABLE company AS SELECT DISTINCT e.id AS event, e.date, e.status, a.entity FROM event e
JOIN meeting m ON m.event = e.id JOIN attendance t ON t.meeting = m.n JOIN appearance a ON a.n = t.person
WHERE e.tellings > 0
"""
PAIRS = """
SELECT a.event, b.event, count(*) FROM company a JOIN company b ON b.entity = a.entity AND b.event != a.event
WHERE b.status = 'held' AND {how} GROUP BY 1, 2
"""
TOGETHER = """a.status = 'held' AND a.date < b.date AND EXISTS (SELECT 1 FROM meeting m JOIN meeting k
ON k.release = m.release WHERE m.event = a.event AND k.event = b.event)"""
ANNOUNCED = """a.status != 'held' AND b.date BETWEEN coalesce(a.date, b.date)
AND date(coalesce(a.date, b.date), '+120 days')"""
AGAIN = "a.status = 'held' AND a.date < b.date AND b.date <= date(a.date, '+365 days')"
PARTY = 3
"""People in common that make two meetings of a year a series."""


def link(db: sqlite3.Connection) -> None:
    """Earlier → later, each with the rule that says so; made anew from what is known now."""
    db.execute("DELETE FROM event_link")
    db.execute("DROP TABLE IF EXISTS temp.company")
    db.execute(COMPANY)
    db.execute("CREATE INDEX temp.company_by_entity ON company(entity)")
    heads = {row[0]: row[1:] for row in db.execute("SELECT id, kind, name, date FROM event WHERE tellings > 0")}
    for rule, pairs in (
        ("рассказаны вместе, похожие названия", alike(heads, db.execute(PAIRS.format(how=TOGETHER)))),
        ("объявлена, прошла", alike(heads, db.execute(PAIRS.format(how=ANNOUNCED)))),
        ("те же люди встретились снова", latest(heads, db.execute(PAIRS.format(how=AGAIN)))),
    ):
        db.executemany("INSERT OR IGNORE INTO event_link VALUES (?, ?, ?)", [(*pair, rule) for pair in pairs])


Heads = dict[str, tuple[str, str, str | None]]
"""Event → kind, name, date."""
Pairs = Iterable[tuple[str, str, int]]


def alike(heads: Heads, pairs: Pairs) -> list[tuple[str, str]]:
    """Those whose names have most words in common and whose kinds fit."""
    found = []
    for earlier, later, _ in pairs:
        (kind, name, _), (other_kind, other_name, _) = heads[earlier], heads[later]
        fitting = kind == other_kind or any({kind, other_kind} <= group for group in KINDS_ALIKE)
        words, other_words = content_words(name), content_words(other_name)
        if fitting and overlap(words, other_words) >= ALIKE and not numbered_apart(words, other_words):
            found.append((earlier, later))
    return found


def latest(heads: Heads, pairs: Pairs) -> list[tuple[str, str]]:
    """The nearest earlier meeting of the same party, not of the same visit."""
    best: dict[str, tuple[str, str]] = {}
    for earlier, later, shared in pairs:
        day, until = heads[earlier][2], heads[later][2]
        if shared >= PARTY and day and until and date.fromisoformat(until) - date.fromisoformat(day) > WINDOW:
            best[later] = max(best.get(later, ("", "")), (day, earlier))
    return [(earlier, later) for later, (_, earlier) in best.items()]
