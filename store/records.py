"""What the dataset answers with: frozen records, each with its JSON form; ids lead from one to the next."""

from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar


class Record:
    """`as_json`: fields by name, records inside records, nothing left out."""

    __slots__ = ()

    def as_json(self) -> dict[str, Any]:
        return {f.name: plain_json(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]


def plain_json(value: Any) -> Any:
    if isinstance(value, Record):
        return value.as_json()
    if isinstance(value, tuple):
        return [plain_json(item) for item in value]
    return value


Row = TypeVar("Row", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Record, Generic[Row]):
    rows: tuple[Row, ...]
    total: int
    after: str | None = None
    """Opaque: asks for the next page; None where this one is the last."""

    def as_json(self) -> dict[str, Any]:
        return {"rows": [row.as_json() for row in self.rows], "total": self.total, "after": self.after}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Record):
    """Part of a snippet."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Record):
    """An entity or event by id and canonical name. `id` is None where a text names what is no entity of its own."""

    id: str | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Record):
    topic: str
    """Code, as in data/topics."""
    score: float
    words: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit(Record):
    """A release found by a search."""

    id: str
    source: str
    url: str
    title: tuple[Piece, ...]
    published: str | None
    """ISO date and time with zone."""
    snippets: tuple[tuple[Piece, ...], ...]
    topics: tuple[str, ...]

    @property
    def heading(self) -> str:
        return "".join(piece.text for piece in self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue(Record):
    value: str
    """What stands behind the colon in a query: a code, a year, an entity id."""
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets(Record):
    """Counts of releases that match, the most frequent first."""

    source: tuple[FacetValue, ...]
    topic: tuple[FacetValue, ...]
    person: tuple[FacetValue, ...]
    organisation: tuple[FacetValue, ...]
    place: tuple[FacetValue, ...]
    year: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionSpan(Record):
    start: int
    stop: int
    normal: str
    rule: str
    form_rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionFact(Record):
    person: Named
    position: str
    organisation: Named | None
    former: bool
    acting: bool
    person_span: tuple[int, int]
    position_span: tuple[int, int]
    organisation_span: tuple[int, int] | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance(Record):
    """An entity in a release."""

    id: str | None
    """Of the entity; None until it is resolved."""
    kind: str
    name: str
    """As the dataset names it."""
    local_name: str
    """As this release names it, in the nominative."""
    gender: str | None
    acronym: str | None
    place_kind: str | None
    country: str | None
    rule: str | None
    """By which rule it was taken for this entity."""
    candidates: tuple[Named, ...]
    """Others it may as well be."""
    mentions: tuple[MentionSpan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Record):
    """The words that state a fact: W3C TextPosition (start, stop) and TextQuote (exact, prefix, suffix)."""

    release: str
    source: str
    title: str
    published: str | None
    start: int
    stop: int
    exact: str
    prefix: str
    suffix: str
    rule: str
    confidence: float
    person_start: int
    person_stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee(Record):
    """A person at a meeting, with everything that says so."""

    person: Named
    role: str
    position: str | None
    """At the time."""
    organisation: Named | None
    side: str | None
    confidence: float
    """Of the surest telling."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Involved(Record):
    """A tie to a meeting that does not count as attending."""

    person: Named
    status: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling(Record):
    """A meeting as one release tells of it."""

    release: str
    source: str
    url: str
    title: str
    published: str | None
    kind: str
    name: str
    date: str | None
    date_end: str | None
    date_raw: str | None
    place: str | None
    format: str | None
    status: str
    start: int
    stop: int
    mentions: tuple[tuple[int, int], ...]
    rule: str
    """By which the text's words were read as a meeting."""
    confidence: float
    why: str | None
    """By which it was taken for this event."""
    event: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow(Record):
    """A meeting in a listing."""

    id: str
    kind: str
    name: str
    date: str | None
    date_end: str | None
    place: Named | None
    format: str | None
    status: str
    tellings: int
    sources: tuple[str, ...]
    attendees: tuple[Named, ...]
    organisations: tuple[Named, ...]
    releases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Record):
    id: str
    kind: str
    name: str
    date: str | None
    date_end: str | None
    place: Named | None
    format: str | None
    status: str
    rule: str
    """By which its tellings were taken for one meeting."""
    organisations: tuple[Named, ...]
    attendees: tuple[Attendee, ...]
    involved: tuple[Involved, ...]
    tellings: tuple[Telling, ...]
    earlier: tuple[MeetingRow, ...]
    """What announced or prepared it."""
    later: tuple[MeetingRow, ...]
    """What followed it up."""
    redirected_from: str | None = None
    """The id asked for, where it was merged into this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended(Record):
    """A meeting in one person's life."""

    meeting: MeetingRow
    role: str
    position: str | None
    organisation: Named | None
    side: str | None
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Record):
    """A position over the time in which releases speak of it."""

    position: str
    organisation: Named | None
    former: bool
    first: str | None
    last: str | None
    releases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted(Record):
    """An entity and how many releases or meetings it shares with what was asked for."""

    id: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Record):
    """A quotation."""

    person: Named
    text: str
    start: int
    stop: int
    person_span: tuple[int, int]
    release: str
    title: str
    published: str | None
    rule: str
    indirect: bool
    """Told in the release's own words, not quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow(Record):
    """A release in a listing."""

    id: str
    source: str
    url: str
    title: str
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    id: str
    name: str
    gender: str | None
    names: tuple[str, ...]
    """All forms under which releases name them."""
    positions: tuple[Held, ...]
    """The latest first."""
    meetings: tuple[Attended, ...]
    """In time, the latest first."""
    involved: tuple[Attended, ...]
    """Ties that are no attendance; `role` holds the status."""
    quotes: tuple[Said, ...]
    met: tuple[Counted, ...]
    """Whom they met, by number of meetings in common."""
    releases: tuple[ReleaseRow, ...]
    candidates: tuple[Named, ...]
    """Who may be the same person, and was not taken for it."""
    redirected_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow(Record):
    """A person in a listing."""

    id: str
    name: str
    gender: str | None
    position: str | None
    """The latest told."""
    organisation: Named | None
    releases: int
    meetings: int
    last: str | None
    """Day of the latest release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Record):
    """An organisation or a place."""

    id: str
    kind: str
    name: str
    acronym: str | None
    place_kind: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    names: tuple[str, ...]
    people: tuple[PersonRow, ...]
    """Who held positions there (of a place: whose employer it is)."""
    meetings: tuple[MeetingRow, ...]
    releases: tuple[ReleaseRow, ...]
    redirected_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRow(Record):
    id: str
    kind: str
    name: str
    acronym: str | None
    country: str | None
    releases: int
    meetings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow(Record):
    number: int
    title: str
    text: str
    published: str | None
    read_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRow(Record):
    url: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Record):
    id: str
    source: str
    url: str
    addresses: tuple[str, ...]
    title: str
    lead: str | None
    text: str
    published: str | None
    published_raw: str | None
    language: str | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    captions: tuple[str, ...]
    attachments: tuple[AttachmentRow, ...]
    provenance: tuple[tuple[str, str], ...]
    versions: tuple[VersionRow, ...]
    """All, the current one last."""
    annotated: bool
    failure: str | None
    topics: tuple[Topic, ...]
    people: tuple[Appearance, ...]
    organisations: tuple[Appearance, ...]
    places: tuple[Appearance, ...]
    positions: tuple[PositionFact, ...]
    meetings: tuple["ToldMeeting", ...]
    quotes: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMeeting(Record):
    """A meeting as this release tells of it, with whom it names there."""

    telling: Telling
    attendees: tuple[Attendee, ...]
    involved: tuple[Involved, ...]
    organisations: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy(Record):
    person: PersonRow
    meetings: tuple[MeetingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(Record):
    releases: int
    annotated: int
    failures: int
    sources: int
    first: str | None
    last: str | None
    people: int
    organisations: int
    places: int
    meetings: int
    shared_meetings: int
    """Told of by more than one release."""
    attendances: int
    """Person and meeting, counted once however many releases say so."""
    topics: tuple[FacetValue, ...]
    busiest: tuple[Busy, ...]
