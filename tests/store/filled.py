"""A dataset of labelled releases, as a perfect reader would have filled it."""

from collections.abc import Sequence

from nlp.annotation import Annotation
from pipelines.annotate import STAGE
from store import annotations, articles, lemmas, stages
from store.dataset import Dataset
from tests.store import labelled


def fill(dataset: Dataset, ids: Sequence[str]) -> dict[str, str]:
    """Label id → release id."""
    return {id_: put(dataset, labelled.article(id_), labelled.annotation(id_)) for id_ in ids}


def put(dataset: Dataset, article: articles.Article, annotation: Annotation) -> str:
    with dataset.transaction() as db:
        saved = articles.save(db, article)
        n, hash_ = db.execute(
            "SELECT r.n, v.hash FROM release r JOIN version v ON v.n = r.version WHERE r.id = ?", (saved.id,)
        ).fetchone()
        text = lemmas.of_text(article.body)
        names = lemmas.of_names(annotation, article.body)
        indexed = lemmas.Indexed(title=lemmas.of_text(article.title), text=text, names=names)
        annotations.write(db, n, article.body, annotation, indexed)
        stages.done(db, STAGE, saved.id, hash_, "test")
    return saved.id
