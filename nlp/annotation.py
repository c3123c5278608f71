"""What is read out of one release, and its JSON form; every fact carries `start, stop` into the release's text."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date as Day  # noqa: N812 a field is called date
from typing import Any, Literal

Role = Literal["chair", "speaker", "participant"]
Format = Literal["online", "in-person", "hybrid"]
EventStatus = Literal["held", "planned", "cancelled", "postponed"]
Gender = Literal["m", "f"]
EntityKind = Literal["person", "organisation", "place"]

LONGEST = 1_000_000
"""Characters of one text; a longer one is no press release and would hold the batch up."""

KINDS = (
    "встреча",
    "переговоры",
    "совещание",
    "заседание",
    "конференция",
    "форум",
    "круглый стол",
    "семинар",
    "визит",
    "церемония",
    "пресс-конференция",
    "приём",
    "выставка",
    "фестиваль",
    "конкурс",
    "лекция",
    "телефонный разговор",
    "другое",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What annotation needs to know of a release."""

    id: str
    text: str
    title: str = ""
    published: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    start: int
    stop: int
    normal: str
    """This mention's own words in the nominative."""
    rule: str = "natasha"
    """The model or named rule that made the span as it is."""
    form_rule: str = ""
    """The named rule that chose the nominative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    kind: EntityKind
    name: str
    """Canonical name: the fullest form in the text, in the nominative."""
    mentions: tuple[Mention, ...]
    """In order of appearance."""
    gender: Gender | None = None
    acronym: str | None = None
    """The short form that the text gives beside the full one."""
    place_kind: str | None = None
    """For places: country, region, city, other."""
    country: str | None = None
    """For places: ISO 3166-1 alpha-2."""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    person: str
    """Canonical name of a person of the same annotation."""
    position: str
    """Nominative singular, lower case, as in a register."""
    person_span: tuple[int, int]
    position_span: tuple[int, int]
    """All words that state it, an employer named among them included: «президент Сербии»."""
    organisation: str | None = None
    """Canonical name of an organisation or place of the same annotation."""
    organisation_span: tuple[int, int] | None = None
    former: bool = False
    acting: bool = False
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    person: str
    role: Role
    span: tuple[int, int]
    """The mention of the person that the evidence is about."""
    evidence: tuple[int, int]
    """The words that state it, usually a sentence."""
    rule: str
    confidence: float
    position: str | None = None
    """At the time, by this text."""
    organisation: str | None = None
    side: str | None = None
    """The side or body represented («с сербской стороны»)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement:
    """A tie to a meeting that does not count as attending."""

    person: str
    status: Literal["signed", "greeted", "invited", "absent", "video-message", "review"]
    span: tuple[int, int]
    evidence: tuple[int, int]
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    kind: str
    """One of `KINDS`."""
    name: str
    span: tuple[int, int]
    """The words that name the event."""
    date: Day | None = None
    date_end: Day | None = None
    date_raw: str | None = None
    place: str | None = None
    format: Format | None = None
    status: EventStatus = "held"
    postponed: bool = False
    """Put off by the text: `status` is that of the new date, as the labels have it; the dataset says «postponed»."""
    attendees: tuple[Attendance, ...] = ()
    involved: tuple[Involvement, ...] = ()
    organisations: tuple[str, ...] = ()
    mentions: tuple[tuple[int, int], ...] = ()
    """Every place where the text speaks of it, `span` included."""
    rule: str = ""
    confidence: float = 1.0


INDIRECT = frozenset({"reported", "by_their_words"})
"""Rules of `nlp/quotes.py` that find what somebody said in the words of the release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    person: str
    span: tuple[int, int]
    """The words said, without quotation marks."""
    person_span: tuple[int, int]
    rule: str

    @property
    def indirect(self) -> bool:
        """Whether the release tells it in its own words («отметил, что …») and quotes nobody."""
        return self.rule in INDIRECT


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicScore:
    topic: str
    score: float
    """Calibrated probability."""
    words: tuple[tuple[str, float], ...] = ()
    """Features that decided, with their weight, heaviest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    id: str
    people: tuple[Entity, ...] = ()
    organisations: tuple[Entity, ...] = ()
    places: tuple[Entity, ...] = ()
    positions: tuple[Position, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    quotes: tuple[Quote, ...] = ()
    topics: tuple[TopicScore, ...] = ()
    lemmas: tuple[str, ...] = field(default=(), repr=False)
    """Lemmas of the text in order, one per token: what the search index holds."""


def iso(day: Day | None) -> str | None:
    return None if day is None else day.isoformat()


def entity_json(entity: Entity) -> dict[str, Any]:
    out: dict[str, Any] = {"name": entity.name}
    if entity.kind == "person":
        out["gender"] = entity.gender
    out["mentions"] = [
        {"start": m.start, "stop": m.stop, "normal": m.normal, "rule": m.rule, "form_rule": m.form_rule}
        for m in entity.mentions
    ]
    for key in ("acronym", "place_kind", "country", "latitude", "longitude"):
        if (value := getattr(entity, key)) is not None:
            out[key] = value
    return out


def position_json(p: Position) -> dict[str, Any]:
    return {
        "person": p.person,
        "position": p.position,
        "organisation": p.organisation,
        "former": p.former,
        "acting": p.acting,
        "spans": {
            "person": list(p.person_span),
            "position": list(p.position_span),
            "organisation": None if p.organisation_span is None else list(p.organisation_span),
        },
        "rule": p.rule,
        "confidence": round(p.confidence, 3),
    }


def attendance_json(a: Attendance) -> dict[str, Any]:
    return {
        "person": a.person,
        "role": a.role,
        "position": a.position,
        "organisation": a.organisation,
        "side": a.side,
        "span": list(a.span),
        "evidence": list(a.evidence),
        "rule": a.rule,
        "confidence": round(a.confidence, 3),
    }


def meeting_json(m: Meeting) -> dict[str, Any]:
    return {
        "kind": m.kind,
        "name": m.name,
        "date": iso(m.date),
        "date_end": iso(m.date_end),
        "date_raw": m.date_raw,
        "place": m.place,
        "format": m.format,
        "status": m.status,
        **({"postponed": True} if m.postponed else {}),
        "span": list(m.span),
        "mentions": [list(s) for s in m.mentions],
        "attendees": [attendance_json(a) for a in m.attendees],
        "involved": [
            {
                "person": i.person,
                "status": i.status,
                "span": list(i.span),
                "evidence": list(i.evidence),
                "rule": i.rule,
                "confidence": round(i.confidence, 3),
            }
            for i in m.involved
        ],
        "organisations": list(m.organisations),
        "rule": m.rule,
        "confidence": round(m.confidence, 3),
    }


def as_json(a: Annotation) -> dict[str, Any]:
    """The line that `svodka annotate` prints."""

    def rows(entities: Iterable[Entity]) -> list[dict[str, Any]]:
        return [entity_json(e) for e in entities]

    return {
        "id": a.id,
        "people": rows(a.people),
        "organisations": rows(a.organisations),
        "places": rows(a.places),
        "positions": [position_json(p) for p in a.positions],
        "meetings": [meeting_json(m) for m in a.meetings],
        "quotes": [
            {
                "person": q.person,
                "span": list(q.span),
                "person_span": list(q.person_span),
                "rule": q.rule,
                "indirect": q.indirect,
            }
            for q in a.quotes
        ],
        "topics": [
            {"topic": t.topic, "score": round(t.score, 3), "words": [[w, round(x, 3)] for w, x in t.words]}
            for t in a.topics
        ],
    }
