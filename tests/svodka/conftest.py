"""A dataset of forty labelled releases behind the real page on loopback."""

import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote

import pytest
import uvicorn

from pipelines.resolve import resolve
from store import annotations, articles
from store.dataset import Dataset
from store.lemmas import of_names, unannotated
from svodka.web import listen
from svodka.web.app import create
from tests.store import labelled

RELEASES = ("a-003", *(id_ for id_ in labelled.ids() if id_.startswith(("b-", "c-"))))[:40]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass(frozen=True, slots=True)
class Site:
    address: str
    directory: Path

    def get(self, path: str) -> Answer:
        """Redirects are followed; Cyrillic in the path may stand as it is."""
        url = self.address + quote(path, safe="/?&=:.;%-_~")
        try:
            with urllib.request.urlopen(url, timeout=30) as response:
                return Answer(response.status, response.headers, response.read())
        except HTTPError as error:
            return Answer(error.code, error.headers, error.read())


def fill(directory: Path) -> None:
    with Dataset.open(directory, create=True) as dataset:
        for id_ in RELEASES:
            article, annotation = labelled.article(id_), labelled.annotation(id_)
            with dataset.transaction() as db:
                saved = articles.save(db, article)
                (n,) = db.execute("SELECT n FROM release WHERE id = ?", (saved.id,)).fetchone()
                indexed = replace(unannotated(article.title, article.body), names=of_names(annotation, article.body))
                annotations.write(db, n, article.body, annotation, indexed)
        resolve(dataset)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    directory = tmp_path_factory.mktemp("web") / "dataset"
    fill(directory)
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(create(directory), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}", directory)
    server.should_exit = True
    thread.join(10)
    listener.close()
