"""Which bodies hold an event or stand for its sides."""

from nlp.meetings.scene import Scene
from nlp.meetings.segments import Segments


def bodies_of(scene: Scene, segments: Segments, k: int) -> tuple[str, ...]:
    """Organisers and sides named in the event's own sentence."""
    c = segments.anchors[k].candidate
    return tuple(
        dict.fromkeys(
            u.name
            for u in scene.units
            if u.kind == "organisation" and scene.sentence[u.first] == c.sentence and organises(scene, u.first)
        )
    )


ORGANISES = (
    "организовать",
    "провести",
    "организатор",
    "проводить",
    "инициатива",
    "поддержка",
    "между",
    "устроить",
    "учредитель",
)


def organises(scene: Scene, token: int) -> bool:
    head = scene.heads[token]
    governor = scene.governors[token]
    near = {scene.lemmas[t] for t in (head, governor) if t >= 0}
    return bool(near & set(ORGANISES))
