"""A person's corrections laid over the clusters that the rules have made."""

from collections.abc import Iterable, Sequence

from pipelines.identity.evidence import Cluster
from store.corrections import Anchor, Correction, fingerprint


class Ledger:
    def __init__(self, corrections: Sequence[Correction]) -> None:
        self.corrections = corrections
        self.fingerprint = fingerprint(corrections)

    def named(self, kind: str, anchors: Iterable[Anchor]) -> str | None:
        """The name that the last rename touching these appearances gives."""
        mine = set(anchors)
        names = [c.name for c in self.corrections if c.action == "rename" and c.kind == kind and mine & set(c.left)]
        return names[-1] if names else None

    def links(self, kind: str) -> list[tuple[Anchor, ...]]:
        return [(*c.left, *c.right) for c in self.corrections if c.kind == kind and c.action == "same"]

    def applied(self, kind: str, clusters: list[Cluster]) -> list[Cluster]:
        """In the order of the ledger: a later line overrules an earlier one."""
        for correction in self.corrections:
            if correction.kind == kind and correction.action == "same":
                clusters = joined(clusters, correction)
            elif correction.kind == kind and correction.action == "different":
                clusters = parted(clusters, correction)
        return clusters


def joined(clusters: list[Cluster], correction: Correction) -> list[Cluster]:
    anchors = {*correction.left, *correction.right}
    touched = [c for c in clusters if any(s.anchor in anchors for s in c.members)]
    if len(touched) < 2:
        return clusters
    whole = Cluster()
    for cluster in touched:
        for sighting in cluster.members:
            first = cluster is touched[0]
            whole.add(sighting, cluster.rules[sighting.n] if first else f"исправление {correction.number}: то же самое")
    return [whole, *(c for c in clusters if c not in touched)]


def parted(clusters: list[Cluster], correction: Correction) -> list[Cluster]:
    """The right-hand appearances leave every cluster that holds a left-hand one."""
    out: list[Cluster] = []
    for cluster in clusters:
        held = {s.anchor for s in cluster.members}
        if not (held & set(correction.left) and held & set(correction.right)):
            out.append(cluster)
            continue
        stay, leave = Cluster(), Cluster()
        for sighting in cluster.members:
            goes = sighting.anchor in correction.right
            rule = f"исправление {correction.number}: разные" if goes else cluster.rules[sighting.n]
            (leave if goes else stay).add(sighting, rule)
        out += [stay, leave]
    return out


def last(ledger: Ledger, kind: str, a: Anchor, b: Anchor) -> Correction | None:
    """The latest line that speaks of this very pair."""
    for c in reversed(ledger.corrections):
        if c.kind != kind or c.action not in ("same", "different"):
            continue
        both = {*c.left, *c.right}
        across = (a in c.left and b in c.right) or (b in c.left and a in c.right)
        if across or (c.action == "same" and a in both and b in both):
            return c
    return None


def kept_apart(ledger: Ledger, kind: str, a: Anchor, b: Anchor) -> bool:
    correction = last(ledger, kind, a, b)
    return correction is not None and correction.action == "different"


def kept_together(ledger: Ledger, kind: str, a: Anchor, b: Anchor) -> int | None:
    """The number of the line that says so."""
    correction = last(ledger, kind, a, b)
    return correction.number if correction is not None and correction.action == "same" else None
