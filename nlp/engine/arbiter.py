"""Sentences in which two answers are as good as equal, read once more by slovnet itself.

Floating-point sums depend on their order, ours is not Natasha's, and once in some hundred thousand tokens the best two
scores differ by less than that. Then her order decides: slovnet's own modules read the sentence (or, for names, the
document), slowly and with the same outcome as hers.
"""

from collections.abc import Callable
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from slovnet.exec import model as slovnet
from slovnet.exec.pack import Pack as SlovnetPack

from nlp.engine.weights import Pack, Vectors

Ids = NDArray[np.int64]

PIECE, HALO = 1_024, 3
"""Tokens of a document read at once, and those beside them on which their scores depend."""


class Arbiter:
    def __init__(self, morphology: Pack, syntax: Pack, names: Pack, vectors: Vectors) -> None:
        self.paths = {slovnet.Morph: morphology.path, slovnet.Syntax: syntax.path, slovnet.NER: names.path}
        weights = SimpleNamespace(indexes=vectors.indexes, codes=vectors.codes)
        self.navec = SimpleNamespace(meta=SimpleNamespace(id=vectors.id), pq=weights)

    def load(self, kind: Callable[..., Any]) -> Any:
        with SlovnetPack(str(self.paths[kind])) as pack:
            model = pack.load_model(kind)
            arrays = dict(pack.load_arrays(model.weights))
        return model.inject_arrays(arrays).inject_navec(self.navec)

    @cached_property
    def morphology(self) -> Any:
        return self.load(slovnet.Morph)

    @cached_property
    def syntax(self) -> Any:
        return self.load(slovnet.Syntax)

    @cached_property
    def names(self) -> Any:
        return self.load(slovnet.NER)

    def sentence(self, words: Ids, shapes: NDArray[np.int32]) -> tuple[Ids, Ids, Ids]:
        """Tags, heads counted from 1 (0 is the root), and relations."""
        inputs = words[None], shapes[None], np.zeros((1, len(words)), bool)
        tags = self.morphology.head.decode(self.morphology(*inputs))
        parse = self.syntax(*inputs)
        heads = self.syntax.head.decode(parse.head_id, ~inputs[2])
        return tags[0], heads[0], self.syntax.rel.decode(parse.rel_id, ~inputs[2])[0]

    def document(self, words: Ids, shapes: NDArray[np.int32]) -> Ids:
        """Name tags. Scores are computed piece by piece: slovnet would take 8 KB a token for the whole at once."""
        scores = []
        for start in range(0, len(words), PIECE):
            low = max(0, start - HALO)
            near = slice(low, start + PIECE + HALO)
            mask = np.zeros((1, len(words[near])), bool)
            scores.append(self.names(words[None, near], shapes[None, near], mask)[:, start - low :][:, :PIECE])
        mask = np.ones((1, len(words)), bool)
        tags: Ids = self.names.head.crf.decode(np.concatenate(scores, axis=1), mask)[0]
        return tags
