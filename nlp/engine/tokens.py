"""What the engine read of a document as JSON fields: exactly the natasha distribution's answers."""

from typing import Any

from nlp.doc import Doc


def tokens_json(doc: Doc) -> dict[str, Any]:
    """`sentences` as [start, stop]; `head` is the index of the head token in the document, -1 for a root."""
    columns = doc.columns
    rows = zip(
        columns.starts,
        columns.stops,
        columns.pos,
        columns.feats,
        columns.lemmas,
        columns.heads,
        columns.rels,
        strict=True,
    )
    return {
        "sentences": [[sentence.start, sentence.stop] for sentence in doc.sentences],
        "tokens": [
            {"start": start, "stop": stop, "pos": pos, "feats": feats, "lemma": lemma, "head": head, "rel": rel}
            for start, stop, pos, feats, lemma, head, rel in rows
        ],
        "ner": [{"start": span.start, "stop": span.stop, "type": span.type} for span in doc.ner],
    }
