"""Which event is spoken of where: anchors, later words that refer to them, and the event that a sentence inherits."""

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.meetings.scene import Candidate, Scene


@dataclass(frozen=True, slots=True)
class Anchor:
    """The word that brings an event in."""

    candidate: Candidate
    index: int
    """Its number among the release's candidates."""
    probability: float


@dataclass(frozen=True, slots=True)
class Link:
    token: int
    event: int
    own: bool
    """The event's own anchor, not a later reference."""


class Segments:
    """For each sentence the events named in it, and the one that is spoken of."""

    def __init__(self, scene: Scene, anchors: Sequence[Anchor]) -> None:
        self.anchors = anchors
        self.links: list[list[Link]] = [[] for _ in scene.sentences]
        own = {a.candidate.token for a in anchors}
        for k, a in enumerate(anchors):
            self.links[a.candidate.sentence].append(Link(a.candidate.token, k, True))
        for c in scene.candidates:
            if c.token in own or c.verbal:
                continue
            before = referent(scene, anchors, c)
            if before is not None:
                self.links[c.sentence].append(Link(c.token, before, False))
        self.active: list[int] = []
        current = -1
        for links in self.links:
            links.sort(key=lambda x: x.token)
            told = [link for link in links if not only_referred(scene, link.token)]
            if told:
                current = told[-1].event
            self.active.append(current)
        self.headed = self._headed(scene)

    def _headed(self, scene: Scene) -> list[int]:
        """For each sentence the event named in the heading of its part of the release, -1 for none."""
        out = []
        for number in scene.paragraph:
            heading = scene.heading[number]
            k = -1
            if heading is not None:
                first, last = scene.paragraphs[heading]
                found = [x.event for s in range(first, last) for x in self.links[s]]
                k = found[-1] if found else -1
            out.append(k)
        return out

    def at(self, scene: Scene, sentence: int, token: int) -> int:
        """The event spoken of at a token: the nearest in the sentence, else the list's, else the inherited one."""
        links = self.links[sentence]
        intro = scene.list_intro[sentence]
        if len(links) == 1:
            return links[0].event
        if links:
            return min(links, key=lambda x: abs(x.token - token)).event
        if intro is not None:
            return self.active[intro]
        return self.active[sentence]


REFERRED = frozenset("решение итог результат рекомендация резолюция поручение протокол договоренность".split())
EARLIER = ("прошлогодн", "предыдущ", "прошл", "минувш")


def only_referred(scene: Scene, token: int) -> bool:
    """«выполняют решения прошлогоднего форума»: the text goes on about its own event, not about that one."""
    head = scene.heads[token]
    by_result = head >= 0 and scene.rels[token] == "nmod" and scene.lemmas[head] in REFERRED
    return by_result or any(scene.lemmas[child].startswith(EARLIER) for child in scene.children[token])


def referent(scene: Scene, anchors: Sequence[Anchor], c: Candidate) -> int | None:
    """The earlier event that a noun refers back to: of the same word, of the same kind, or held alike; the latest."""
    before = [k for k, a in enumerate(anchors) if a.candidate.token < c.token]
    same_word = [k for k in before if anchors[k].candidate.lemma == c.lemma]
    same_kind = [k for k in before if anchors[k].candidate.kind == c.kind]
    part = scene.first_part(c)
    held_alike = [k for k in before if part and scene.first_part(anchors[k].candidate) == part]
    for found in (same_word, same_kind, held_alike):
        if found:
            return found[-1]
    return None
