"""Which words and phrases are found in lemmas, and how they count."""

import numpy as np

from nlp.topics.features import Finder, Parts, ngrams


def found(finder: Finder, title: str, lead: str, body: str) -> dict[str, float]:
    release = Parts(title=title.split(), lead=lead.split(), body=body.split())
    phrases, counts = finder.find(release, np.array((3.0, 2.0, 1.0)))
    return {finder.phrases[n]: count for n, count in zip(phrases.tolist(), counts.tolist(), strict=True)}


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
    assert found(finder, "", "", "мэр город побратим") == {"мэр": 1, "мэр город": 1, "мэр город побратим": 1}


def test_the_beginning_of_a_phrase_alone_is_nothing() -> None:
    finder = Finder(["мэр город побратим", "город"])
    assert found(finder, "", "", "мэр город , побратим мэр") == {"город": 1}


def test_a_phrase_does_not_run_from_the_title_into_the_text() -> None:
    assert found(Finder(["мэр город"]), "мэр", "город мэр", "город") == {}


def test_title_and_lead_count_more() -> None:
    assert found(Finder(["хор"]), "хор", "хор хор", "хор") == {"хор": 3 + 2 * 2 + 1}


def test_nothing_is_found_where_nothing_is_known() -> None:
    assert found(Finder([]), "хор", "", "хор") == {}
