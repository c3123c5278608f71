"""A release in, an annotation out: engine, entities, positions, meetings, quotes and topics, in this order."""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from nlp import positions, quotes
from nlp.annotation import LONGEST, Annotation, Release
from nlp.doc import Doc
from nlp.engine import Engine, uncollected
from nlp.entities import EntityReader
from nlp.meetings import MeetingReader
from nlp.meetings.model import Judge
from nlp.topics import TopicModel

KINDS = ("ner", "attendance", "topics")


class TextTooLong(ValueError):
    """The text has more than `LONGEST` characters; raised before anything is read out of it."""


def shipped_models() -> Path:
    return Path(str(files("data"))) / "models"


def model_folders(models: Path | None) -> dict[str, Path]:
    """For each kind of model the folder that holds it: `models` where it has one, else the shipped one.

    A folder without any is a slip of the pen: raises FileNotFoundError.
    """
    held = models or shipped_models()
    if not any((held / kind).is_dir() for kind in KINDS):
        raise FileNotFoundError(f"{held}: none of {', '.join(f'{kind}/' for kind in KINDS)} is there")
    return {kind: held if (held / kind).is_dir() else shipped_models() for kind in KINDS}


class Annotator:
    """Loads the models once; `annotate` may then be called any number of times from one thread.

    `models` is a folder with any of `ner/`, `attendance/` and `topics/`; what it lacks is taken from the shipped one.
    `ner="natasha"` takes Natasha's original weights for names instead of the tuned ones.
    """

    def __init__(self, models: Path | None = None, ner: str = "tuned") -> None:
        self.models = models or shipped_models()
        folders = model_folders(models)
        tuned = folders["ner"] / "ner" / "ner.tar"
        self.engine = Engine(ner=tuned if ner == "tuned" and tuned.exists() else None)
        self.entities = EntityReader(self.models)
        self.employers = Judge.load(folders["attendance"] / "attendance", "employers")
        self.meetings = MeetingReader(folders["attendance"])
        self.topics = TopicModel.load(folders["topics"])

    def annotate(self, releases: Sequence[Release]) -> list[Annotation]:
        """One annotation per release, in order; raises TextTooLong before any work is done."""
        return [annotation for annotation, _ in self.annotate_with_docs(releases)]

    def annotate_with_docs(self, releases: Sequence[Release]) -> list[tuple[Annotation, Doc]]:
        for release in releases:
            if len(release.text) > LONGEST or len(release.title) > LONGEST:
                raise TextTooLong(f"{release.id}: {len(release.text):,} characters, at most {LONGEST:,} are read")
        docs = self.engine.parse([text for release in releases for text in (release.text, release.title)])
        with uncollected():
            return [
                (self.read(release, doc, title), doc)
                for release, doc, title in zip(releases, docs[::2], docs[1::2], strict=True)
            ]

    def read(self, release: Release, doc: Doc, title: Doc) -> Annotation:
        named = self.entities.read(release, doc, title)
        people, organisations, places = named.people, named.organisations, named.places
        held = positions.read(release, doc, people, organisations, places, self.employers)
        return Annotation(
            id=release.id,
            people=people,
            organisations=organisations,
            places=places,
            positions=held,
            meetings=self.meetings.read(release, doc, title, people, organisations, places, held),
            quotes=quotes.read(doc, people),
            topics=self.topics.classify(title, doc),
            lemmas=tuple(token.lemma for token in doc.tokens),
        )


@cache
def version(models: Path | None = None) -> str:
    """Changes whenever the code of `nlp` or a model file does, so that stored annotations know they are stale."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    known = (p for p in sorted(Path(str(files("data"))).rglob("*")) if p.suffix in (".toml", ".txt", ".tsv"))
    gazetteers = [p for p in known if "labels" not in p.parts]
    weights = sorted(p for kind, held in model_folders(models).items() for p in (held / kind).rglob("*") if p.is_file())
    for path in [*sorted(here.rglob("*.py")), *gazetteers, *weights]:
        if path.suffix == ".md":
            continue
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
