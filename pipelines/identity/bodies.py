"""Sightings of one name of a body or place → bodies and places."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from pipelines.identity.evidence import Cluster, Sighting
from store.blocks import is_generic


def cluster(kind: str, sightings: Sequence[Sighting]) -> list[Cluster]:
    """One name, one body; names that every agency uses for its own stay within one source."""
    ordered = sorted(sightings, key=lambda s: (s.day or date.max, s.anchor))
    return places(ordered) if kind == "place" else organisations(ordered)


def places(sightings: Sequence[Sighting]) -> list[Cluster]:
    """A country told apart by ISO code makes two places of one name; a place without one is the only one known."""
    made: dict[str, Cluster] = defaultdict(Cluster)
    known = sorted({s.country for s in sightings if s.country})
    for sighting in sightings:
        country = sighting.country or (known[0] if len(known) == 1 else "")
        made[country].add(sighting, "то же название")
    return [made[country] for country in sorted(made)]


def organisations(sightings: Sequence[Sighting]) -> list[Cluster]:
    made: dict[str, Cluster] = defaultdict(Cluster)
    for sighting in sightings:
        if is_generic(sighting.name):
            made[sighting.source].add(sighting, "общее название, тот же источник")
        else:
            made[""].add(sighting, "то же название")
    clusters = [made[source] for source in sorted(made)]
    for cluster_ in clusters:
        for sighting in cluster_.members:
            if is_generic(sighting.name):
                cluster_.doubts[sighting.n] = tuple(c.members[0].n for c in clusters if c is not cluster_)
    return clusters
