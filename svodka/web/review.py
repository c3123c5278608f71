"""Releases whose topics a person should tell, one by one; each answer is a line of labels in the dataset's folder."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from nlp.annotate import shipped_models
from pipelines.topic_review import Proposal, answer, answers, proposals
from store import topics
from svodka.web.site import Site

AHEAD = 10
"""Proposals found at once: the model is asked again when they are answered."""


class Desk:
    """What lies before the reviewer; several browsers share it."""

    def __init__(self, site: Site, models: Path) -> None:
        self.site, self.models = site, models
        self.path = site.data.folder / "labels" / "topics" / "review.jsonl"
        self.lock = threading.Lock()
        self.open: list[Proposal] = []

    def next(self) -> Proposal | None:
        with self.lock:
            done = answers(self.path)
            self.open = [proposal for proposal in self.open if proposal.id not in done]
            if not self.open:
                self.open = proposals(self.site.data, self.models, self.path, AHEAD)
            return self.open[0] if self.open else None

    def answered(self, id_: str, chosen: Sequence[str]) -> bool:
        """False where another reviewer has answered meanwhile, or nobody was asked."""
        with self.lock:
            asked = next((proposal for proposal in self.open if proposal.id == id_), None)
            if asked is None or id_ in answers(self.path):
                return False
            answer(self.path, asked, chosen)
            return True


async def form(request: Request) -> dict[str, list[str]]:
    """The fields of a form sent from our own page: another site's page cannot answer for the reviewer."""
    origin = request.headers.get("origin")
    if origin is not None and origin.split("://")[-1] != request.headers.get("host"):
        raise HTTPException(403, "ответы принимаются только со своей страницы")
    body = await request.body()
    if len(body) > 20_000:
        raise HTTPException(413, "ответ слишком велик")
    return parse_qs(body.decode("utf-8", "replace"))


def routes(site: Site) -> APIRouter:
    app, desk = APIRouter(), Desk(site, shipped_models())

    @app.get("/review/topics", include_in_schema=False)
    def review(request: Request) -> Response:
        return site.page(
            request, "review.html", proposal=desk.next(), topics=topics.labels(), done=len(answers(desk.path))
        )

    @app.post("/review/topics", include_in_schema=False)
    def reply(fields: Annotated[dict[str, list[str]], Depends(form)]) -> Response:
        known = topics.labels()
        first = [code for code in fields.get("first", []) if code in known]
        rest = [code for code in fields.get("topic", []) if code in known and code not in first]
        desk.answered(fields.get("id", [""])[0], [*first, *rest])
        return RedirectResponse("/review/topics", 303)

    return app
