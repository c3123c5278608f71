"""Which words and phrases are found in lemmas, and how they count."""

from nlp.topics.features import Finder, Parts, ngrams


def test_pairs_do_not_reach_over_punctuation_or_numbers() -> None:
    assert list(ngrams(["мэр", "город", ",", "посол", "2024", "год"])) == [
        "мэр",
        "город",
        "мэр город",
        "посол",
        "год",
    ]


def test_a_phrase_and_the_words_in_it_are_all_found() -> None:
    finder = Finder(["мэр", "мэр город", "мэр город побратим"])
    found = finder.find(Parts(title=[], lead=[], body=["мэр", "город", "побратим"]), 3, 2)
    assert found == {"мэр": 1, "мэр город": 1, "мэр город побратим": 1}


def test_a_phrase_does_not_run_from_the_title_into_the_text() -> None:
    found = Finder(["мэр город"]).find(Parts(title=["мэр"], lead=["город"], body=[]), 3, 2)
    assert found == {}


def test_title_and_lead_count_more() -> None:
    found = Finder(["хор"]).find(Parts(title=["хор"], lead=["хор", "хор"], body=["хор"]), 3, 2)
    assert found == {"хор": 3 + 2 * 2 + 1}
