from nlp.engine import Engine
from nlp.engine.conllu import conllu
from nlp.engine.tokens import tokens_json

PAST = "Aspect=Perf|Gender=Masc|Mood=Ind|Number=Sing|Tense=Past|VerbForm=Fin|Voice=Act"


def test_conllu(engine: Engine) -> None:
    (doc,) = engine.parse(["Иван Петров\nприбыл. Он рад!"])
    assert conllu(doc, "r 1").replace("\t", " ").splitlines() == [
        "# newdoc id = r 1",
        "# sent_id = r 1-1",
        "# text = Иван Петров прибыл.",
        "1 Иван иван PROPN _ Animacy=Anim|Case=Nom|Gender=Masc|Number=Sing 3 nsubj _ NE=B-PER",
        "2 Петров петров PROPN _ Animacy=Anim|Case=Nom|Gender=Masc|Number=Sing 1 appos _ NE=I-PER",
        f"3 прибыл прибыть VERB _ {PAST} 0 root _ SpaceAfter=No",
        "4 . . PUNCT _ _ 3 punct _ _",
        "",
        "# sent_id = r 1-2",
        "# text = Он рад!",
        "1 Он он PRON _ Case=Nom|Gender=Masc|Number=Sing|Person=3 2 nsubj _ _",
        "2 рад рад ADJ _ Degree=Pos|Gender=Masc|Number=Sing|Variant=Short 0 root _ SpaceAfter=No",
        "3 ! ! PUNCT _ _ 2 punct _ _",
        "",
    ]


def test_conllu_of_nothing(engine: Engine) -> None:
    (doc,) = engine.parse([""])
    assert conllu(doc, "пусто") == "# newdoc id = пусто\n\n"


def test_tokens_json(engine: Engine) -> None:
    (doc,) = engine.parse(["Посол прибыл в Москву."])
    fields = tokens_json(doc)
    assert fields["sentences"] == [[0, 22]]
    assert fields["ner"] == [{"start": 15, "stop": 21, "type": "LOC"}]
    assert fields["tokens"][3] == {
        "start": 15,
        "stop": 21,
        "pos": "PROPN",
        "feats": {"Animacy": "Inan", "Case": "Acc", "Gender": "Fem", "Number": "Sing"},
        "lemma": "москва",
        "head": 1,
        "rel": "obl",
    }
