"""A second look: what the first judgement says of the neighbours — other words of the text, others of the list."""

from collections.abc import Mapping, Sequence

from nlp.meetings.introduces import Features
from nlp.meetings.scene import Scene
from nlp.meetings.segments import Segments

KEPT_WORDS = ("lem=", "kind=", "verbal=")
KEPT_PAIRS = ("kind=", "kcase=", "ksa=", "ka=", "verbal=", "prel=", "lcapos=")


def narrowed(row: Mapping[str, float], kept: tuple[str, ...]) -> Features:
    """The row without its single words, which the first judgement has weighed."""
    return {k: v for k, v in row.items() if "=" not in k or k.startswith(kept)}


def of_words(scene: Scene, rows: Sequence[Features], first: Sequence[float]) -> list[Features]:
    """For each candidate: how likely its rivals and its forerunners are to bring in an event."""
    out = []
    cs = scene.candidates
    ranked = sorted(first, reverse=True)
    for i, c in enumerate(cs):
        f = narrowed(rows[i], KEPT_WORDS)
        own = first[i]
        rivals = [first[j] for j, x in enumerate(cs) if x.sentence == c.sentence and j != i]
        kin = [first[j] for j in range(i) if cs[j].kind == c.kind]
        twins = [first[j] for j in range(i) if cs[j].lemma == c.lemma]
        before = [first[j] for j in range(i) if scene.paragraph[cs[j].sentence] == scene.paragraph[c.sentence]]
        after = [first[j] for j in range(i + 1, len(cs)) if cs[j].sentence - c.sentence <= 2]
        tied = [
            first[j] for j, x in enumerate(cs) if scene.heads[c.token] == x.token or scene.heads[x.token] == c.token
        ]
        f["p"], f["prank"] = own, ranked.index(own)
        f["plikely"] = sum(p > 0.5 for p in first)
        f["pahead"] = sum(first[:i])
        for name, group in (
            ("rival", rivals),
            ("kin", kin),
            ("twin", twins),
            ("para", before),
            ("after", after),
            ("tied", tied),
        ):
            f["p" + name] = max(group, default=0.0)
            f["d" + name] = own - max(group, default=0.0)
            f["n" + name] = sum(p > 0.4 for p in group)
        f["pprev"] = first[i - 1] if i else 0.0
        f["pnext"] = first[i + 1] if i + 1 < len(cs) else 0.0
        out.append(f)
    return out


def of_pairs(
    scene: Scene, segments: Segments, rows: Sequence[Sequence[Features]], first: Sequence[Sequence[float]]
) -> list[list[Features]]:
    """For each event and person: how likely those named beside the person are to attend, and the person elsewhere."""
    mates = companions(scene)
    out = []
    for k, events in enumerate(rows):
        told = []
        for i, name in enumerate(scene.names):
            f = narrowed(events[i], KEPT_PAIRS)
            own = first[k][i]
            elsewhere = [first[j][i] for j in range(len(rows)) if j != k]
            beside = [first[k][j] for j in mates[name]]
            f["p"] = own
            f["pelse"], f["delse"] = max(elsewhere, default=0.0), own - max(elsewhere, default=0.0)
            f["pbefore"] = max((first[j][i] for j in range(k)), default=0.0)
            f["pafter"] = max((first[j][i] for j in range(k + 1, len(rows))), default=0.0)
            f["prank"] = sum(p > own for p in elsewhere)
            f["psum"] = sum(first[j][i] for j in range(len(rows)))
            f["nmates"] = len(beside)
            f["matemean"] = sum(beside) / len(beside) if beside else own
            f["matemax"], f["matemin"] = max(beside, default=own), min(beside, default=own)
            f["crowd"] = sum(first[k])
            f["crowdrank"] = sum(p > own for p in first[k])
            f["crowdshare"] = f["crowd"] / len(scene.names)
            f["crowdmax"] = max(first[k])
            told.append(f)
        out.append(told)
    return out


def companions(scene: Scene) -> dict[str, list[int]]:
    """For each name the numbers of those named in one sentence or one list with its first mention."""
    where = {n: scene.mentions[n][0].sentence for n in scene.names}

    def place(name: str) -> tuple[str, int]:
        intro = scene.list_intro[where[name]]
        return ("s", where[name]) if intro is None else ("l", intro)

    return {
        n: [j for j, other in enumerate(scene.names) if other != n and place(other) == place(n)] for n in scene.names
    }
