"""Natasha's models over texts: sentences, tokens, morphology, syntax, lemmas and name spans.

The same weight files and the same answers as the natasha distribution, many times faster: see docs/engine.md.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple
from weakref import finalize

import numpy as np
from numpy.typing import NDArray
from slovnet.shape import word_shape
from threadpoolctl import ThreadpoolController

from nlp.doc import Columns, Doc, Sentence, Span
from nlp.engine import marks
from nlp.engine.dictionary import Lemmas, Nominatives
from nlp.engine.memory import Memory, user_cache
from nlp.engine.nets import Nets, Reading, Stream
from nlp.engine.normal import normal
from nlp.engine.segment import sentenize, tokenize
from nlp.engine.weights import VECTORS, BadWeights, Pack, Vectors, Words, identifiers, natasha_file

__all__ = ["BadWeights", "Engine", "natasha_file", "uncollected"]

BATCH = 8_192
"""Tokens after which the documents gathered so far are read."""
SPELLINGS = 50_000
"""Different words whose keys are held."""
SHAPE_BITS, SHAPE = 8, 255


class Cut(NamedTuple):
    """A text cut into tokens and sentences."""

    text: str
    starts: NDArray[np.int32]
    stops: NDArray[np.int32]
    words: list[str]
    sentences: list[tuple[int, int]]
    firsts: NDArray[np.int64]
    """Index of the first token of each sentence."""


class Engine:
    """Loads the nets once; `parse` may then be called any number of times from one thread.

    `ner` is another weight file for names, such as a tuned one (see `nlp.engine.weights`); Natasha's own unless told.
    `cache` is the folder of lemmas kept between runs, the user's cache unless told; a folder that cannot be written is
    done without.
    """

    def __init__(self, ner: Path | None = None, cache: Path | None = None) -> None:
        folder = cache or user_cache()
        vectors = Vectors(natasha_file(VECTORS))
        morphology = Pack(natasha_file("model/slovnet_morph_news_v1.tar"))
        syntax = Pack(natasha_file("model/slovnet_syntax_news_v1.tar"))
        names = Pack(ner or natasha_file("model/slovnet_ner_news_v1.tar"))
        for pack in (syntax, names):
            if not pack.same_words(morphology):
                raise BadWeights(f"{pack.path}: its words are not those of {morphology.path.name}")
        self.spelling = Spelling(morphology)
        shapes = names.items("shape")
        self.name_shapes = None if shapes == morphology.items("shape") else identifiers(shapes)
        self.nets = Nets(morphology, syntax, names, vectors)
        self.lemmas = Lemmas(self.nets.morphology.pos, self.nets.morphology.feats, folder)
        self.nominatives = Nominatives(folder)
        self.normal = partial(normal, nominatives=self.nominatives)
        self.blas = ThreadpoolController()
        finalize(self, flush, self.lemmas.memory, self.nominatives.memory)

    def parse(self, texts: Sequence[str]) -> list[Doc]:
        """One Doc per text, in order; what is read does not depend on the other texts."""
        # Two threads of BLAS are two to four times slower than one.
        with uncollected(), self.blas.limit(limits=1, user_api="blas"):
            return [doc for batch in batches(texts) for doc in self.read(batch)]

    def save(self) -> None:
        """Writes down the lemmas met since the last full block; done by itself when the interpreter ends."""
        flush(self.lemmas.memory, self.nominatives.memory)

    def read(self, batch: Sequence[Cut]) -> list[Doc]:
        documents = np.cumsum([0, *(len(cut.words) for cut in batch)])
        firsts = [cut.firsts + start for cut, start in zip(batch, documents, strict=False)]
        keys = self.spelling.of([word for cut in batch for word in cut.words])
        shapes = (keys & SHAPE).astype(np.int32)
        stream = Stream(
            words=keys >> SHAPE_BITS,
            shapes=shapes,
            name_shapes=shapes if self.name_shapes is None else marked(batch, self.name_shapes),
            sentences=np.concatenate([*firsts, documents[-1:]]),
            documents=documents,
        )
        reading = self.nets.read(stream)
        return [
            self.doc(cut, Reading(reading.tags[a:b], reading.heads[a:b], reading.relations[a:b], reading.names[a:b]), a)
            for cut, a, b in zip(batch, documents.tolist(), documents[1:].tolist(), strict=False)
        ]

    def doc(self, cut: Cut, reading: Reading, offset: int) -> Doc:
        morphology, labels = self.nets.morphology, self.nets.syntax.labels
        tags = reading.tags.tolist()
        borders = [*cut.firsts.tolist(), len(cut.words)]
        columns = Columns(
            starts=cut.starts.tolist(),
            stops=cut.stops.tolist(),
            words=cut.words,
            pos=[morphology.pos[tag] for tag in tags],
            feats=[morphology.feats[tag] for tag in tags],
            lemmas=self.lemmas.of(cut.words, tags),
            heads=np.where(reading.heads < 0, -1, reading.heads - offset).tolist(),
            rels=[labels[label] for label in reading.relations.tolist()],
            sentence_numbers=np.repeat(np.arange(len(cut.firsts)), np.diff(borders)).tolist(),
        )
        sentences = [
            Sentence(start, stop, first, last)
            for (start, stop), first, last in zip(cut.sentences, borders, borders[1:], strict=False)
        ]
        return Doc(cut.text, sentences, None, spans(reading.names, self.nets.names.tags, columns), columns, self.normal)


class Spelling(dict[str, int]):
    """The key of a word: its id among the words of the nets and, in the low bits, the id of its shape."""

    def __init__(self, pack: Pack) -> None:
        self.ids, self.shapes = Words(pack), identifiers(pack.items("shape"))
        self.unknown = self.ids.get("<unk>", 0)

    def __missing__(self, word: str) -> int:
        key = self.ids.get(word.lower(), self.unknown) << SHAPE_BITS | self.shapes[word_shape(word)]
        self[word] = key
        return key

    def of(self, words: Sequence[str]) -> NDArray[np.int64]:
        if len(self) > SPELLINGS:
            self.clear()
        return np.array([self[word] for word in words], np.int64)


def marked(batch: Sequence[Cut], ids: Mapping[str, int]) -> NDArray[np.int32]:
    """Shapes for a net of names that was trained on those of `nlp.engine.marks`."""
    return np.array([ids[shape] for cut in batch for shape in marks.shapes(cut.words)], np.int32)


def batches(texts: Sequence[str]) -> Iterator[list[Cut]]:
    batch: list[Cut] = []
    size = 0
    for text in texts:
        batch.append(cut(text))
        size += len(batch[-1].words)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def cut(text: str) -> Cut:
    starts, stops = tokenize(text)
    words = [text[a:b] for a, b in zip(starts.tolist(), stops.tolist(), strict=True)]
    sentences = sentenize(text)
    firsts = np.searchsorted(starts, [start for start, _ in sentences]).astype(np.int64)
    return Cut(text, starts, stops, words, sentences, firsts)


def spans(tags: NDArray[np.uint8], vocabulary: Sequence[tuple[str, str]], columns: Columns) -> list[Span]:
    """slovnet's reading of tags: B opens, O closes, I of any type prolongs, <pad> does nothing."""
    out: list[Span] = []
    first, last, kind, seen = 0, 0, "", -1
    inside = np.flatnonzero(tags != vocabulary.index(("O", "")))
    for i, tag in zip(inside.tolist(), tags[inside].tolist(), strict=True):
        part, named = vocabulary[tag]
        if kind and (part == "B" or i != seen + 1):
            out.append(Span(columns.starts[first], columns.stops[last], kind))
            kind = ""
        if part == "B":
            first, last, kind = i, i, named
        elif part == "I":
            last = i
        seen = i
    if kind:
        out.append(Span(columns.starts[first], columns.stops[last], kind))
    return out


@contextmanager
def uncollected() -> Iterator[None]:
    """A batch makes ten thousands of objects, hardly any of them in a circle: there is nothing to collect."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def flush(*memories: Memory) -> None:
    for memory in memories:
        memory.flush()
