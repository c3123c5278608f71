from nlp.doc import Doc, Sentence, Span, Token

TOKENS = [
    Token(0, 6, "Послом", "NOUN", {"Case": "Ins", "Gender": "Masc", "Number": "Sing"}, "посол", 1, "obl", 0),
    Token(7, 10, "был", "AUX", {}, "быть", -1, "root", 0),
    Token(11, 15, "Иван", "PROPN", {"Case": "Nom", "Gender": "Masc", "Number": "Sing"}, "иван", 1, "nsubj", 0),
]


def test_a_doc_written_down_from_tokens_has_columns() -> None:
    doc = Doc("Послом был Иван", [Sentence(0, 15, 0, 3)], TOKENS, [Span(11, 15, "PER")])
    assert doc.words == ["Послом", "был", "Иван"]
    assert doc.lemmas == ["посол", "быть", "иван"]
    assert (doc.pos, doc.heads, doc.rels) == (["NOUN", "AUX", "PROPN"], [1, -1, 1], ["obl", "root", "nsubj"])
    assert (doc.starts, doc.stops) == ([0, 7, 11], [6, 10, 15])
    assert doc.normal(Span(0, 6, "PER")) == "Посол"


def test_columns_become_tokens_once() -> None:
    doc = Doc("Послом был Иван", columns=Doc("", tokens=TOKENS).columns)
    assert doc.tokens == TOKENS
    assert doc.tokens is doc.tokens


def test_an_empty_doc() -> None:
    doc = Doc("")
    assert (list(doc.tokens), list(doc.words), list(doc.sentences), list(doc.ner)) == ([], [], [], [])
