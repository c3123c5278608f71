"""Natasha's models over texts: sentences, tokens, morphology, syntax, lemmas and name spans."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import pymorphy3
from navec import Navec
from razdel import sentenize, tokenize
from slovnet import NER, Morph, Syntax

from nlp.doc import Doc, Sentence, Span, Token


def natasha_file(name: str) -> Path:
    """A file of the installed natasha distribution, found without importing it."""
    spec = find_spec("natasha")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the natasha distribution is not installed: pip install natasha")
    return Path(spec.submodule_search_locations[0]) / "data" / name


class Engine:
    def __init__(self) -> None:
        navec = Navec.load(natasha_file("emb/navec_news_v1_1B_250K_300d_100q.tar"))
        self.ner = NER.load(natasha_file("model/slovnet_ner_news_v1.tar")).navec(navec)
        self.morph = Morph.load(natasha_file("model/slovnet_morph_news_v1.tar")).navec(navec)
        self.syntax = Syntax.load(natasha_file("model/slovnet_syntax_news_v1.tar")).navec(navec)
        self.words = pymorphy3.MorphAnalyzer()

    def parse(self, texts: Sequence[str]) -> list[Doc]:
        return [self.one(text) for text in texts]

    @lru_cache(100_000)
    def lemma(self, word: str, pos: str) -> str:
        best = self.words.parse(word)[0]
        return best.normal_form.replace("ё", "е")

    def one(self, text: str) -> Doc:
        sentences: list[Sentence] = []
        tokens: list[Token] = []
        for number, sent in enumerate(sentenize(text)):
            pieces = [(t.start + sent.start, t.stop + sent.start, t.text) for t in tokenize(sent.text)]
            if not pieces:
                continue
            first, words = len(tokens), [p[2] for p in pieces]
            morph, syntax = next(self.morph.map([words])), next(self.syntax.map([words]))
            for (start, stop, word), m, s in zip(pieces, morph.tokens, syntax.tokens, strict=True):
                head = int(s.head_id)
                tokens.append(
                    Token(
                        start,
                        stop,
                        word,
                        m.pos,
                        m.feats,
                        self.lemma(word.lower(), m.pos),
                        first + head - 1 if head else -1,
                        s.rel,
                        number,
                    )
                )
            sentences.append(Sentence(sent.start, sent.stop, first, len(tokens)))
        spans = [Span(s.start, s.stop, s.type) for s in self.ner(text).spans] if tokens else []
        return Doc(text, sentences, tokens, spans)
