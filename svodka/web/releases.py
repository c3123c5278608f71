"""Search, its facets and files, and the page of one release: the text in colour, the facts beside it."""

from collections.abc import Iterable
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from store.query import BadQuery
from store.records import Appearance, FacetValue, Release
from store.search import BadToken, Order
from svodka.web import formats
from svodka.web.meetings import months
from svodka.web.site import PAGE, After, Limit, Site, file, home, listed, with_query
from svodka.web.spans import Mark, paragraphs


def routes(site: Site) -> APIRouter:
    app, data = APIRouter(), site.data

    @app.get("/", include_in_schema=False)
    def front(request: Request) -> Response:
        page = data.search("", limit=8)
        return site.page(request, "home.html", summary=data.summary(), page=page, months=months(data))

    @app.get("/releases", include_in_schema=False)
    def releases(
        request: Request, q: Annotated[str, Query(max_length=2000)] = "", after: After = None, order: Order = "date"
    ) -> Response:
        try:
            page, facets = data.search(q, PAGE, after, order), data.facets(q)
        except (BadQuery, BadToken) as error:
            return site.page(request, "releases.html", 400, q=q, error=str(error), address=lambda s: "")
        return site.page(
            request,
            "releases.html",
            q=q,
            page=page,
            facets=facets,
            order=order,
            next=with_query(request, after=page.after),
            address=lambda suffix: with_query(request, f"/releases.{suffix}", after=None),
            narrowed=lambda field, value: with_query(request, q=narrowed(q, field, value), after=None),
            reordered=lambda wanted: with_query(request, order=wanted, after=None),
        )

    @app.get("/releases.{suffix}", tags=["Сообщения"])
    def releases_file(
        request: Request,
        suffix: Literal["json", "csv", "xlsx", "atom"],
        q: Annotated[str, Query(max_length=2000, description="Запрос: слова, фразы, поля")] = "",
        limit: Limit = 100,
        after: After = None,
        order: Order = "date",
    ) -> Response:
        """Сообщения, отвечающие запросу."""
        found = data.search(q, limit, after, order)
        if suffix == "atom":
            return file(
                formats.as_atom(q or "Сообщения", str(request.url), home(request), found.rows), suffix, "svodka"
            )
        return listed(found, suffix, "releases")

    @app.get("/facets.json", tags=["Сообщения"])
    def facets(q: Annotated[str, Query(max_length=2000)] = "") -> Response:
        """Сколько сообщений отвечает запросу по источникам, темам, людям, организациям, местам и годам."""
        return JSONResponse(data.facets(q).as_json())

    @app.get("/releases/{id_}.json", tags=["Сообщения"])
    def release_json(id_: str) -> Response:
        """Сообщение со всем, что в нём прочитано."""
        return JSONResponse(data.release(id_).as_json())

    @app.get("/releases/{id_}", include_in_schema=False)
    def release(request: Request, id_: str) -> Response:
        found = data.release(id_)
        return site.page(request, "release.html", r=found, paragraphs=list(paragraphs(found.text, marks(found))))

    return app


def narrowed(query: str, field: str, value: FacetValue) -> str:
    name = {"organisation": "org", "year": "date"}.get(field, field)
    term = f'{name}:"{value.value}"' if " " in value.value else f"{name}:{value.value}"
    return f"{query} {term}".strip() if term not in query else query


def marks(release: Release) -> Iterable[Mark]:
    yield from entity_marks(release.people, "person", "people")
    yield from entity_marks(release.organisations, "organisation", "organisations")
    yield from entity_marks(release.places, "place", "places")
    for p in release.positions:
        yield Mark(start=p.position_span[0], stop=p.position_span[1], kind="position", title=p.person.name)
    for told in release.meetings:
        event = told.telling.event
        yield Mark(
            start=told.telling.start,
            stop=told.telling.stop,
            kind="meeting",
            title=told.telling.name,
            href=f"/meetings/{event}" if event else None,
        )
        for attendee in told.attendees:
            for said in attendee.evidence:
                yield Mark(start=said.start, stop=said.stop, kind="fact")
    for quote in release.quotes:
        yield Mark(start=quote.start, stop=quote.stop, kind="quote", title=quote.person.name)


def entity_marks(entities: Iterable[Appearance], kind: str, folder: str) -> Iterable[Mark]:
    for entity in entities:
        href = f"/{folder}/{entity.id}" if entity.id else None
        for mention in entity.mentions:
            yield Mark(start=mention.start, stop=mention.stop, kind=kind, href=href, title=entity.name)
