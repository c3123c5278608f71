"""The engine against the installed natasha: tokens, sentences, tags, heads, relations, names, lemmas, normal forms."""

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from nlp.engine import Engine
from nlp.engine.tokens import tokens_json
from tests.nlp.engine.conftest import Original

SHARED = Path(__file__).resolve().parents[4] / "shared" / "eval" / "gold"

ODD = [
    "а",
    "!",
    "5",
    "…",
    "  Пробелы вокруг  \n\n и между  ",
    "!!! ??? ... — « » ( ) ;",
    "Без точки в конце и без заглавных",
    "ВСЁ ЗАГЛАВНЫМИ: МИНИСТР ИВАН ПЕТРОВ ПРИБЫЛ В МОСКВУ",
    "Незакрытая «кавычка и (скобка. Дальше текст.",
    "Лишняя» кавычка. Ещё) одна.",
    "The Ministry of Energy met with Mr. Smith in London. Yahoo! announced it.",
    "Встреча 🤝 прошла 😀😀 хорошо! 👍🏽",
    "тел.: +7 (495) 000-00-00, e-mail: press@example.org, https://example.org/a_b?c=1",
    "Цена 5,5 млн руб., рост 1/2, 12.05.2024 г. в 10:30",
    "Иванов И. И. и А.С. Пушкин, т. е. и т. п.",
    "слово" * 400,
    "И. " * 60,
    "Δσ mβж ²³ ½ № § © ™ Ⅻ \u00a0\u2009узкие\u00a0пробелы\u2028строка",
    "одно\u0301 ударе\u0301ние и пе\u00adре\u00adнос",
    ":) ;-) :-((( текст :)",
]

PYMORPHY3_LEMMAS = {
    ("каков", "каковой"),
    ("таков", "таковой"),
    ("нелидов", "нелид"),
    ("тавариша", "тавариш"),
    ("гутерриша", "гутерриш"),
    ("емилый", "емил"),
    ("негруца", "негруц"),
    ("сурм", "сурма"),
}
"""(natasha's, ours) on 2,081 documents, 35 of 750,857 tokens: pymorphy3's dictionary is newer than pymorphy2's."""


def differences(engine: Engine, original: Original, texts: Iterable[str]) -> tuple[Counter[str], set[tuple[str, str]]]:
    """How often a field differs, and the lemmas that do (natasha's, ours)."""
    found: Counter[str] = Counter()
    lemmas: set[tuple[str, str]] = set()
    texts = list(texts)
    for text, doc in zip(texts, engine.parse(texts), strict=True):
        ours = tokens_json(doc) | {"words": doc.words, "normals": [doc.normal(span) for span in doc.ner]}
        theirs = original(text)
        assert len(theirs["tokens"]) == len(ours["tokens"]), text
        for a, b in zip(theirs["tokens"], ours["tokens"], strict=True):
            found.update(field for field in a if field != "lemma" and a[field] != b[field])
            if a["lemma"] != b["lemma"]:
                lemmas.add((a["lemma"], b["lemma"]))
        found.update(field for field in ("sentences", "ner", "words", "normals") if theirs[field] != ours[field])
        found["documents"] += 1
    return found, lemmas


def test_no_difference_on_releases_and_odd_input(engine: Engine, original: Original, releases: list[str]) -> None:
    texts = [text[: 400 + 7 * place] for place, text in enumerate(releases[::7])] + ODD
    found, lemmas = differences(engine, original, texts)
    assert found == {"documents": len(texts)}
    assert lemmas <= PYMORPHY3_LEMMAS


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_no_difference_on_a_thousand_documents(engine: Engine, original: Original, releases: list[str]) -> None:
    """Releases, and what badly kept archives make of them: no line ends, no capitals, no points, cut anywhere."""
    texts = releases[::4] + [
        variant
        for text in releases
        for variant in (text[:500].replace("\n", " "), text[-300:].lower(), text[400:800].replace(".", ""))
    ]
    assert len(texts) >= 1_000
    found, lemmas = differences(engine, original, texts)
    assert found == {"documents": len(texts)}
    assert lemmas <= PYMORPHY3_LEMMAS


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.skipif(not SHARED.exists(), reason="the public sets are not beside the repository")
def test_no_difference_on_the_public_sets(engine: Engine, original: Original) -> None:
    texts = []
    for path in sorted(SHARED.glob("*.jsonl.gz")):
        with gzip.open(path, "rt") as lines:
            texts += [json.loads(line)["text"] for line in lines][::20]
    found, lemmas = differences(engine, original, texts)
    assert found == {"documents": len(texts)}
    assert lemmas <= PYMORPHY3_LEMMAS


@pytest.mark.slow
def test_no_difference_on_a_hundred_thousand_characters(
    engine: Engine, original: Original, releases: list[str]
) -> None:
    text = "\n".join(releases)[:100_000]
    found, lemmas = differences(engine, original, [text])
    assert found == {"documents": 1}
    assert lemmas <= PYMORPHY3_LEMMAS
