"""Meetings as releases tell of them → events: the same meeting in several releases is one, with all its tellings."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
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
    format: str | None
    status: str
    date: str | None
    date_end: str | None
    before: str | None
    """The event it was taken for last time."""


def resolve(dataset: Dataset, ledger: Ledger, everything: bool) -> int:
    """Tellings near in time are compared; only around what is new, unless told otherwise."""
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


DAY = "coalesce(m.date, r.day, '0001-01-05')"


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
        " m.place_name, m.format, m.status, i.entity FROM meeting m JOIN release r ON r.n = m.release"
        " LEFT JOIN appearance a ON a.n = m.place"
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


def same_time(a: Telling, b: Telling) -> bool:
    """The same day or overlapping days; an undated telling published within days of it."""
    if a.dated and b.dated:
        return a.day <= b.last and b.day <= a.last and abs(a.day - b.day) <= WINDOW
    return a.day - WINDOW <= b.last and b.day - WINDOW <= a.last


def kinds_fit(a: Telling, b: Telling) -> bool:
    return a.kind == b.kind or any({a.kind, b.kind} <= alike for alike in KINDS_ALIKE)


def places_fit(a: Telling, b: Telling) -> bool:
    return a.place is None or b.place is None or a.place == b.place


def same_company(a: Telling, b: Telling) -> bool:
    """«А встретился с Б», told by both sides: two people in common, and most of the shorter list."""
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


RULES = (same_company, same_name_and_person, same_name_and_bodies)


def same(a: Telling, b: Telling) -> str | None:
    """The rule by which two tellings speak of one meeting; never two meetings of one release."""
    if a.release == b.release or not same_time(a, b) or not places_fit(a, b):
        return None
    rules = RULES if a.dated and b.dated else RULES[:1]
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

SHARED = (
    " (SELECT count(DISTINCT x.entity) FROM meeting xm JOIN attendance xt ON xt.meeting = xm.n JOIN appearance x"
    " ON x.n = xt.person JOIN meeting ym JOIN attendance yt ON yt.meeting = ym.n JOIN appearance y ON y.n = yt.person"
    " WHERE xm.event = a.id AND ym.event = b.id AND x.entity = y.entity)"
)
TOGETHER = (
    "SELECT DISTINCT a.id, b.id, a.name, b.name, a.kind, b.kind FROM meeting m JOIN meeting k ON k.release = m.release"
    " JOIN event a ON a.id = m.event JOIN event b ON b.id = k.event"
    f" WHERE a.date < b.date AND a.status = 'held' AND b.status = 'held' AND {SHARED} > 0"
)
PUT_OFF = (
    "SELECT DISTINCT a.id, b.id, a.name, b.name, a.kind, b.kind FROM event a JOIN meeting am ON am.event = a.id"
    " JOIN attendance at ON at.meeting = am.n JOIN appearance aa ON aa.n = at.person"
    " JOIN appearance bb ON bb.entity = aa.entity JOIN attendance bt ON bt.person = bb.n JOIN meeting bm"
    " ON bm.n = bt.meeting JOIN event b ON b.id = bm.event WHERE a.status IN ('planned', 'postponed', 'cancelled')"
    " AND b.status = 'held' AND a.id != b.id AND b.date BETWEEN coalesce(a.date, b.date) AND"
    " date(coalesce(a.date, b.date), '+120 days')"
)
LINKS = (("рассказаны вместе, общие участники", TOGETHER), ("объявлена, прошла в другой день", PUT_OFF))


def link(db: sqlite3.Connection) -> None:
    """Earlier → later, each with the rule that says so; made anew from what is known now."""
    db.execute("DELETE FROM event_link")
    for rule, sql in LINKS:
        for earlier, later, name, other, kind, other_kind in db.execute(sql).fetchall():
            alike = overlap(content_words(name), content_words(other)) >= ALIKE
            if alike and (kind == other_kind or any({kind, other_kind} <= group for group in KINDS_ALIKE)):
                db.execute("INSERT OR IGNORE INTO event_link VALUES (?, ?, ?)", (earlier, later, rule))
