import json
import warnings
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from nlp.engine import Engine

Original = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Engine(cache=tmp_path_factory.mktemp("lemmas"))


@pytest.fixture(scope="session")
def releases() -> list[str]:
    folder = Path(str(files("data"))) / "labels" / "releases"
    return [json.loads(path.read_text())["text"] for path in sorted(folder.glob("*.json"))]


@pytest.fixture(scope="session")
def original() -> Original:
    """What the installed natasha says of a text: the fields of `tokens_json`, words and normal forms.

    It is a development dependency and does not import on every Python; then there is nothing to compare with.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import natasha
        except Exception as error:  # pkg_resources and inspect.getargspec fail in ways of their own
            pytest.skip(f"natasha does not import here: {error!r}")
        vectors = natasha.NewsEmbedding()
        return partial(
            as_natasha,
            natasha,
            natasha.Segmenter(),
            natasha.NewsMorphTagger(vectors),
            natasha.NewsSyntaxParser(vectors),
            natasha.NewsNERTagger(vectors),
            natasha.MorphVocab(),
        )


def as_natasha(
    natasha: Any, segmenter: Any, morphology: Any, syntax: Any, names: Any, vocabulary: Any, text: str
) -> dict[str, Any]:
    doc = natasha.Doc(text)
    doc.segment(segmenter)
    doc.tag_morph(morphology)
    doc.parse_syntax(syntax)
    doc.tag_ner(names)
    for token in doc.tokens:
        token.lemmatize(vocabulary)
    for span in doc.spans:
        span.normalize(vocabulary)
    index = {token.id: place for place, token in enumerate(doc.tokens)}
    return {
        "sentences": [[sentence.start, sentence.stop] for sentence in doc.sents],
        "tokens": [
            {
                "start": token.start,
                "stop": token.stop,
                "pos": token.pos,
                "feats": token.feats,
                "lemma": token.lemma,
                "head": index.get(token.head_id, -1),
                "rel": token.rel,
            }
            for token in doc.tokens
        ],
        "ner": [{"start": span.start, "stop": span.stop, "type": span.type} for span in doc.spans],
        "words": [token.text for token in doc.tokens],
        "normals": [span.normal for span in doc.spans],
    }
