"""Labelled releases as articles and as the annotations a perfect reader would give: the dataset needs no models."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from crawler.items import Article
from nlp.annotation import Annotation, Attendance, Entity, Meeting, Mention, Position, TopicScore
from store.lemmas import WORD

LABELS = Path(__file__).parent.parent.parent / "data" / "labels" / "releases"


@cache
def label(id_: str) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads((LABELS / f"{id_}.json").read_text(encoding="utf-8"))
    return fields


def ids() -> list[str]:
    return sorted(path.stem for path in LABELS.glob("*.json"))


def article(id_: str, source: str | None = None, url: str | None = None) -> Article:
    fields = label(id_)
    published = datetime.fromisoformat(fields["published"]).replace(tzinfo=UTC) if fields["published"] else None
    return Article(
        source=source or fields["source"],
        url=url or f"https://agency.example/news/{id_}/",
        title=fields["title"],
        body=fields["text"],
        published_at=published,
        published_raw=fields["published"],
    )


def annotation(id_: str) -> Annotation:
    fields = label(id_)
    text = fields["text"]
    people = entities("person", text, fields["people"])
    organisations = entities("organisation", text, fields["organisations"])
    places = entities("place", text, fields["places"])
    at = {e.name: (e.mentions[0].start, e.mentions[0].stop) for e in (*places, *organisations, *people)}
    return Annotation(
        id=id_,
        people=people,
        organisations=organisations,
        places=places,
        positions=tuple(position(row, at) for row in fields["positions"]),
        meetings=tuple(meeting(row, at, fields["positions"]) for row in fields["meetings"]),
        topics=tuple(TopicScore(topic=topic, score=0.9) for topic in fields["topics"]),
    )


def entities(kind: Any, text: str, rows: list[dict[str, Any]]) -> tuple[Entity, ...]:
    out = []
    for row in rows:
        mentions = tuple(found(text, row["mentions"], row["name"]))
        out.append(Entity(kind=kind, name=row["name"], mentions=mentions, gender=row.get("gender")))
    return tuple(out)


def found(text: str, words: list[str], name: str) -> Iterator[Mention]:
    """Each listed form where it next occurs; the labels list them in order of appearance."""
    after = 0
    for form in words:
        match = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)").search(text, after) or re.compile(
            re.escape(form)
        ).search(text)
        assert match, (form, text)
        after = match.end()
        as_long = len(WORD.findall(form)) == len(WORD.findall(name))
        yield Mention(start=match.start(), stop=match.end(), normal=name if as_long else form)


def position(row: dict[str, Any], at: dict[str, tuple[int, int]]) -> Position:
    return Position(
        person=row["person"],
        position=row["position"],
        organisation=row["organisation"],
        person_span=at[row["person"]],
        position_span=at[row["person"]],
        former=row.get("former", False),
        rule="label",
    )


def meeting(row: dict[str, Any], at: dict[str, tuple[int, int]], positions: list[dict[str, Any]]) -> Meeting:
    held = {p["person"]: p for p in reversed(positions)}
    return Meeting(
        kind=row["kind"],
        name=row["name"],
        span=(0, 0),
        date=day(row["date"]),
        date_end=day(row["date_end"]),
        place=row["place"],
        format=row["format"],
        status=row["status"],
        attendees=tuple(
            Attendance(
                person=a["person"],
                role=a["role"],
                span=at[a["person"]],
                evidence=at[a["person"]],
                rule="label",
                confidence=1.0,
                position=held.get(a["person"], {}).get("position"),
                organisation=held.get(a["person"], {}).get("organisation"),
            )
            for a in row["attendees"]
        ),
        organisations=tuple(row["organisations"]),
        rule="label",
    )


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
