"""Words in any case form, names by what they mean, pages that join up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.resolve import resolve
from store.dataset import Dataset
from store.query import BadQuery
from store.records import Piece
from store.search import BadToken
from tests.store import labelled
from tests.store.filled import fill


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    folder: Path = tmp_path_factory.mktemp("search")
    with Dataset.open(folder, create=True) as made:
        fill(made, labelled.ids()[:40])
        resolve(made)
        yield made


def titles(dataset: Dataset, query: str) -> set[str]:
    return {hit.heading for hit in dataset.search(query, 100).rows}


VOLGA = "В Белграде показали Волгу без открыток"


@pytest.mark.parametrize(
    "query",
    [
        "выставка",
        "выставками",
        "ВЫСТАВКУ",
        "саратовским музеям",
        '"русским домом"',
        "рус*",
        "person:Лебедь",
        "person:'Марины Лебедь'".replace("'", '"'),
        'org:"Русский дом"',
        "place:Белграде",
        "topic:culture выставка",
        "topic:культур выставка",
        "source:agency волга",
        "date:2023-10 волга",
        "kind:выставка волга",
        "волга NOT автопробег",
        "волга OR абракадабра",
    ],
)
def test_finds(dataset: Dataset, query: str) -> None:
    assert VOLGA in titles(dataset, query)


@pytest.mark.parametrize(
    "query",
    [
        "абракадабра",
        '"домом русским"',
        "волга NOT выставка",
        "-выставка",
        "person:Никакая",
        "date:2022 волга",
        "source:ministry волга",
        "topic:sport волга",
        "place:Саратова place:Никуда",
    ],
)
def test_does_not_find(dataset: Dataset, query: str) -> None:
    assert VOLGA not in titles(dataset, query)


def test_an_empty_query_is_everything_the_newest_first(dataset: Dataset) -> None:
    page = dataset.search("", 100)
    days = [hit.published or "" for hit in page.rows]
    assert page.total == len(page.rows) == 40
    assert days == sorted(days, reverse=True)


def test_snippets_show_the_words_as_the_text_has_them(dataset: Dataset) -> None:
    hit = next(hit for hit in dataset.search("открыть выставку").rows if hit.heading == VOLGA)
    marked = [piece.text for snippet in hit.snippets for piece in snippet if piece.hit]
    assert "выставку" in marked
    assert "открыл" in marked
    text = dataset.release(hit.id).text.replace("\n\n", " ")
    for snippet in hit.snippets:
        assert "".join(piece.text for piece in snippet).strip("…") in text


def test_a_hit_in_the_title_is_marked_there(dataset: Dataset) -> None:
    hit = next(hit for hit in dataset.search("волга").rows if hit.heading == VOLGA)
    assert Piece(text="Волгу", hit=True) in hit.title


def test_a_name_is_highlighted_where_it_is_filtered_by(dataset: Dataset) -> None:
    hit = next(hit for hit in dataset.search("person:Лебедь").rows if hit.heading == VOLGA)
    assert any(piece.hit and "Лебедь" in piece.text for snippet in hit.snippets for piece in snippet)


@pytest.mark.parametrize("order", ["date", "relevance"])
def test_pages_join_up_without_gap_or_repetition(dataset: Dataset, order: str) -> None:
    whole = [hit.id for hit in dataset.search("россия", 100, order=order).rows]  # type: ignore[arg-type]
    paged: list[str] = []
    after = None
    while True:
        page = dataset.search("россия", 3, after, order)  # type: ignore[arg-type]
        paged += [hit.id for hit in page.rows]
        after = page.after
        if after is None:
            break
    assert paged == whole
    assert len(whole) > 6


def test_a_token_of_another_query_is_refused(dataset: Dataset) -> None:
    token = dataset.search("россия", 3).after
    with pytest.raises(BadToken):
        dataset.search("москва", 3, token)
    with pytest.raises(BadToken):
        dataset.search("россия", 3, "ерунда")


def test_facets_count_all_that_match(dataset: Dataset) -> None:
    facets = dataset.facets("волга")
    total = dataset.search("волга").total
    assert sum(value.count for value in facets.source) == total
    assert sum(value.count for value in facets.year) == total
    label = {value.value: value.label for value in facets.topic}
    assert label["culture"] == "Культура"
    person = dataset.facets("person:Лебедь date:2023-10").person
    assert "Марина Лебедь" in {value.label for value in person}


def test_a_facet_value_is_a_filter(dataset: Dataset) -> None:
    for value in dataset.facets("").person[:5]:
        assert dataset.search(f"person:{value.value}").total == value.count


def test_a_bad_query_is_told(dataset: Dataset) -> None:
    with pytest.raises(BadQuery, match="знак 1"):
        dataset.search("(волга")


@pytest.mark.parametrize(
    "query", ['"', "'", "a:b:c", "\x00", "NEAR(a b)", "text:волга", "волга^2", "\ud800", "%", "👍"]
)
def test_no_query_breaks_the_index(dataset: Dataset, query: str) -> None:
    try:
        dataset.search(query)
        dataset.facets(query)
    except BadQuery:
        pass


def test_every_name_is_found_by_its_own_words(dataset: Dataset) -> None:
    """The index holds the nominative of every mention, so what the page shows can be searched for."""
    rows = dataset.db.execute(
        "SELECT r.id, a.name FROM appearance a JOIN release r ON r.n = a.release WHERE a.kind = 'person'"
    ).fetchall()
    missed = [name for id_, name in rows if id_ not in {h.id for h in dataset.search(name, 100).rows}]
    assert missed == []
