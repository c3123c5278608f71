"""What one appearance of a name is compared by."""

from dataclasses import dataclass, field
from datetime import date

from store.corrections import Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An entity in one release, with its company there."""

    n: int
    """Row of `appearance`."""
    anchor: Anchor
    name: str
    block: str
    source: str
    before: str | None = None
    """The entity that it was taken for last time."""
    gender: str | None = None
    acronym: str | None = None
    country: str | None = None
    place_kind: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    day: date | None = None
    posts: frozenset[str] = frozenset()
    """Positions held there, as read."""
    bodies: frozenset[str] = frozenset()
    """Employers, as keys of `store.blocks`."""
    people: frozenset[str] = frozenset()
    """Others named in full in the same release."""
    organisations: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


@dataclass(slots=True)
class Cluster:
    """Sightings taken for one entity."""

    members: list[Sighting] = field(default_factory=list)
    rules: dict[int, str] = field(default_factory=dict)
    """Row → the named rule that put it here."""
    doubts: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Row → rows that stand for the clusters it may as well belong to."""

    def add(self, sighting: Sighting, rule: str) -> None:
        self.members.append(sighting)
        self.rules[sighting.n] = rule
