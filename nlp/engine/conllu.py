"""A document as CoNLL-U (https://universaldependencies.org/format.html), names as `NE=B-PER` in the last column."""

from collections.abc import Iterator, Mapping

from nlp.doc import Doc, Sentence


def conllu(doc: Doc, id: str) -> str:  # noqa: A002 - the word of the format: «newdoc id»
    """Ends with an empty line, so that documents may follow each other; heads stay as the model gave them."""
    name = " ".join(id.split())
    names = name_tags(doc)
    lines = [f"# newdoc id = {name}"]
    for number, sentence in enumerate(doc.sentences, 1):
        text = " ".join(doc.text[sentence.start : sentence.stop].split())
        lines += [f"# sent_id = {name}-{number}", f"# text = {text}", *rows(doc, sentence, names), ""]
    return "\n".join(lines if doc.sentences else [*lines, ""]) + "\n"


def rows(doc: Doc, sentence: Sentence, names: Mapping[int, str]) -> Iterator[str]:
    for token in range(sentence.first, sentence.last):
        head = doc.heads[token]
        miscellany = [f"NE={names[token]}"] if token in names else []
        if token + 1 < sentence.last and doc.starts[token + 1] == doc.stops[token]:
            miscellany.append("SpaceAfter=No")
        columns = (
            str(token - sentence.first + 1),
            doc.words[token],
            doc.lemmas[token],
            doc.pos[token],
            "_",
            "|".join(f"{key}={value}" for key, value in sorted(doc.feats[token].items())) or "_",
            str(head - sentence.first + 1 if head >= 0 else 0),
            doc.rels[token],
            "_",
            "|".join(miscellany) or "_",
        )
        yield "\t".join(columns)


def name_tags(doc: Doc) -> dict[int, str]:
    """B-PER, I-PER … of the tokens inside names."""
    tags: dict[int, str] = {}
    spans = iter(doc.ner)
    span = next(spans, None)
    for token, start in enumerate(doc.starts):
        while span is not None and start >= span.stop:
            span = next(spans, None)
        if span is not None and start >= span.start:
            tags[token] = ("B-" if start == span.start else "I-") + span.type
    return tags
