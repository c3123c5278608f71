"""One story is one release, wherever it stands; an edit is a version, a better reading none."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.items import Article
from store import articles
from store.articles import address_key
from store.dataset import Dataset

STORY = Article(
    source="mid",
    url="https://mid.example/news/1/",
    title="О встрече послов",
    body="Послы встретились в Москве.\n\nГоворили о выставке.",
    published_at=datetime(2024, 4, 16, 12, 30, tzinfo=UTC),
    published_raw="16.04.2024 15:30",
    tags=("дипломатия",),
)


def saved(dataset: Dataset, article: Article, page: str | None = None) -> articles.Saved:
    with dataset.transaction() as db:
        return articles.save(db, article, page)


def test_everything_that_was_read_comes_back(dataset: Dataset) -> None:
    release = dataset.release(saved(dataset, STORY).id)
    assert (release.title, release.text, release.tags) == (STORY.title, STORY.body, STORY.tags)
    assert release.published == "2024-04-16T12:30:00+00:00"
    assert release.published_raw == "16.04.2024 15:30"


@pytest.mark.parametrize(
    "url",
    [
        "http://mid.example/news/1",
        "https://www.mid.example/news/1/?utm_source=rss",
        "https://mid.example/ru/news/1/",
        "https://mid.example/print/1",
    ],
)
def test_the_same_story_elsewhere_is_another_address(dataset: Dataset, url: str) -> None:
    first = saved(dataset, STORY)
    assert saved(dataset, replace(STORY, url=url)) == articles.Saved(id=first.id, change="same")
    assert dataset.summary().releases == 1


def test_the_same_words_of_another_agency_are_another_release(dataset: Dataset) -> None:
    assert saved(dataset, STORY).id != saved(dataset, replace(STORY, source="agency")).id


def test_the_same_words_on_another_day_are_another_release(dataset: Dataset) -> None:
    later = replace(STORY, url="https://mid.example/news/2/", published_at=datetime(2025, 4, 16, tzinfo=UTC))
    assert saved(dataset, STORY).id != saved(dataset, later).id


def test_an_edit_is_a_new_version_and_the_old_one_stays(dataset: Dataset) -> None:
    first = saved(dataset, STORY, "page-1")
    edited = saved(dataset, replace(STORY, body="Послы не встретились."), "page-2")
    assert edited == articles.Saved(id=first.id, change="edited")
    release = dataset.release(first.id)
    assert [version.text for version in release.versions] == [STORY.body, "Послы не встретились."]
    assert release.text == "Послы не встретились."
    assert dataset.search("выставка").total == 0, "the index holds the current version"


def test_other_spacing_is_no_edit(dataset: Dataset) -> None:
    saved(dataset, STORY)
    assert saved(dataset, replace(STORY, body=STORY.body.replace("\n\n", "\n"))).change == "same"


def test_the_same_page_read_better_replaces_its_version(dataset: Dataset) -> None:
    first = saved(dataset, replace(STORY, body="Меню. " + STORY.body), "page-1")
    assert saved(dataset, STORY, "page-1").change == "reread"
    assert [version.text for version in dataset.release(first.id).versions] == [STORY.body]


def test_an_older_page_read_again_does_not_become_the_current_one(dataset: Dataset) -> None:
    first = saved(dataset, STORY, "page-1")
    saved(dataset, replace(STORY, body="Послы разъехались."), "page-2")
    saved(dataset, replace(STORY, body="Послы встретились."), "page-1")
    release = dataset.release(first.id)
    assert [version.text for version in release.versions] == ["Послы встретились.", "Послы разъехались."]
    assert release.text == "Послы разъехались."


def test_a_page_without_a_date_is_kept_without_one(dataset: Dataset) -> None:
    release = dataset.release(saved(dataset, replace(STORY, published_at=None, published_raw=None)).id)
    assert release.published is None


def test_addresses_without_a_host_stand_as_they_are() -> None:
    assert address_key("file:///релиз.txt") == "file:///релиз.txt"
