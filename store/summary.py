"""The dataset in figures, with its busiest people."""

import sqlite3

from store import people, topics
from store.meetings import MeetingFilter, listing
from store.records import Busy, FacetValue, Summary


def summary(db: sqlite3.Connection, busiest: int = 10, meetings_each: int = 5) -> Summary:
    def count(sql: str) -> int:
        return int(db.execute(sql).fetchone()[0])

    def entities(kind: str) -> int:
        return count(f"SELECT count(DISTINCT entity) FROM appearance WHERE kind = '{kind}'")

    first, last = db.execute("SELECT min(day), max(day) FROM release").fetchone()
    return Summary(
        releases=count("SELECT count(*) FROM release"),
        annotated=count("SELECT count(*) FROM stage WHERE stage = 'annotate'"),
        failures=count("SELECT count(*) FROM failure"),
        sources=count("SELECT count(DISTINCT source) FROM release"),
        first=first,
        last=last,
        people=entities("person"),
        organisations=entities("organisation"),
        places=entities("place"),
        meetings=count("SELECT count(*) FROM event WHERE tellings > 0"),
        shared_meetings=count("SELECT count(*) FROM event WHERE tellings > 1"),
        attendances=count(
            "SELECT count(*) FROM (SELECT DISTINCT m.event, a.entity FROM attendance t"
            " JOIN meeting m ON m.n = t.meeting JOIN appearance a ON a.n = t.person)"
        ),
        topics=topic_counts(db),
        busiest=tuple(
            Busy(person=row, meetings=listing(db, MeetingFilter(persons=(row.id,)), meetings_each).rows)
            for row in people.listing(db, limit=busiest).rows
            if row.meetings
        ),
    )


def topic_counts(db: sqlite3.Connection) -> tuple[FacetValue, ...]:
    rows = db.execute("SELECT topic, count(*) FROM topic GROUP BY 1 ORDER BY 2 DESC, 1")
    return tuple(FacetValue(value=code, label=topics.labels().get(code, code), count=count) for code, count in rows)
