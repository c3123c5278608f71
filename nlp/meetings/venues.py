"""Where an event takes place: the city or country that the text puts it in."""

from nlp.meetings.scene import Scene
from nlp.meetings.segments import Segments
from nlp.reading import Unit


def located(scene: Scene, unit: Unit) -> bool:
    """«в Перми», «на Кубе», «в городе Обера»"""
    before = scene.low[max(0, unit.first - 2) : unit.first]
    return (
        unit.kind == "place"
        and bool(before)
        and (
            before[-1] in ("в", "во", "на")
            or (before[-1] in ("городе", "селе", "поселке", "столице") and before[0] in ("в", "во"))
        )
    )


def place_of(scene: Scene, segments: Segments, k: int) -> str | None:
    """The place of event `k`; None where the text does not tell."""
    c = segments.anchors[k].candidate
    here = [u for u in scene.units if scene.sentence[u.first] == c.sentence and located(scene, u)]
    if here:
        return min(here, key=lambda u: abs(u.first - c.token)).name
    if k == 0:
        first = next((u for u in scene.units if located(scene, u)), None)
        return None if first is None else first.name
    return None
