"""Sightings of one name of a body or place → bodies and places."""

from collections.abc import Sequence
from datetime import date

from pipelines.identity.evidence import Cluster, Sighting


def cluster(sightings: Sequence[Sighting]) -> list[Cluster]:
    """One name, one body; a country told apart by ISO code makes two places of one name."""
    made: dict[str, Cluster] = {}
    known = sorted({s.country for s in sightings if s.country})
    for sighting in sorted(sightings, key=lambda s: (s.day or date.max, s.anchor)):
        country = sighting.country or (known[0] if len(known) == 1 else "")
        made.setdefault(country, Cluster()).add(sighting, "то же название")
    return [made[country] for country in sorted(made)]
