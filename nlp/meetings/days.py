"""When an event takes place: the day beside its word, in its paragraph's heading, or inherited from the lead."""

from nlp.event_dates import Named
from nlp.meetings.scene import Scene
from nlp.meetings.segments import Segments


def days_of(scene: Scene, segments: Segments, k: int, status: str) -> Named | None:
    """The day of event `k`; None where the text does not tell."""
    future = status == "planned"
    c = segments.anchors[k].candidate
    own = scene.days(c.sentence, future=future)
    at = scene.starts[c.token]
    if own:
        return min(own, key=lambda d: abs(d.start - at))
    para = scene.paragraph[c.sentence]
    first, _ = scene.paragraphs[para]
    if not future:
        for sentence in range(c.sentence - 1, first - 1, -1):
            if found := scene.days(sentence, future=False):
                return found[-1]
        heading = scene.heading[para]
        if heading is not None:
            low, high = scene.paragraphs[heading]
            for sentence in range(low, high):
                if found := scene.days(sentence, future=False):
                    return found[0]
    if k == 0:
        for sentence in range(len(scene.sentences)):
            if scene.paragraph[sentence] > 1:
                break
            if found := scene.days(sentence, future=future):
                return found[0]
    return None
