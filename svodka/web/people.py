"""People, organisations and places: listings and the page of one."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from store.dataset import Dataset
from store.faults import Unknown
from store.records import BodyRow, Page, PersonRow
from svodka.web import formats
from svodka.web.meetings import Offset
from svodka.web.site import Limit, Site, file, home, listed, redirect, with_query

Table = Literal["json", "csv", "xlsx"]
Name = Annotated[str, Query(max_length=200, description="Имя или его начало, в любой форме")]
ROWS = 50
HEADINGS = {
    "people": ("Люди", "Человек"),
    "organisations": ("Организации", "Организация"),
    "places": ("Места", "Место"),
}


def routes(site: Site) -> APIRouter:
    app, data = APIRouter(), site.data
    add_people(app, site)
    add_bodies(app, site, "organisations")
    add_bodies(app, site, "places")

    @app.get("/bodies/{id_}", include_in_schema=False)
    def body(id_: str) -> Response:
        """An employer may be an organisation or a place: the id alone does not tell which."""
        try:
            return RedirectResponse(f"/organisations/{data.organisation(id_).id}")
        except Unknown:
            return RedirectResponse(f"/places/{data.place(id_).id}")

    return app


def add_people(app: APIRouter, site: Site) -> None:
    data = site.data

    @app.get("/people", include_in_schema=False)
    def people(request: Request, name: Name = "", after: Offset = 0) -> Response:
        return listing(site, request, "people", name, after)

    @app.get("/people.{suffix}", tags=["Люди"])
    def people_file(suffix: Table, name: Name = "", limit: Limit = 100, after: Offset = 0) -> Response:
        """Люди с последней должностью, по числу встреч."""
        return listed(data.people(name, limit, after), suffix, "people")

    @app.get("/people/{id_}.json", tags=["Люди"])
    def person_json(id_: str) -> Response:
        """Человек: должности, встречи со словами, которые о них говорят, цитаты."""
        return JSONResponse(data.person(id_).as_json())

    @app.get("/people/{id_}.csv", tags=["Люди"])
    def person_csv(id_: str) -> Response:
        """Встречи человека таблицей."""
        return file(formats.as_csv([attended.meeting for attended in data.person(id_).meetings]), "csv", "person")

    @app.get("/people/{id_}.ics", tags=["Люди"])
    def person_ics(request: Request, id_: str) -> Response:
        """Встречи человека для календаря."""
        rows = [attended.meeting for attended in data.person(id_).meetings]
        return file(formats.as_ics(rows, home(request), datetime.now(UTC)), "ics", "person")

    @app.get("/people/{id_}", include_in_schema=False)
    def person(request: Request, id_: str) -> Response:
        found = data.person(id_)
        return redirect(request, found.id) or site.page(request, "person.html", p=found)


def add_bodies(app: APIRouter, site: Site, folder: Literal["organisations", "places"]) -> None:
    data, heading = site.data, HEADINGS[folder][0]
    rows = data.organisations if folder == "organisations" else data.places
    one = data.organisation if folder == "organisations" else data.place

    def bodies(request: Request, name: Name = "", after: Offset = 0) -> Response:
        return listing(site, request, folder, name, after)

    def bodies_file(suffix: Table, name: Name = "", limit: Limit = 100, after: Offset = 0) -> Response:
        return listed(rows(name, limit, after), suffix, folder)

    def body_json(id_: str) -> Response:
        return JSONResponse(one(id_).as_json())

    def body(request: Request, id_: str) -> Response:
        found = one(id_)
        return redirect(request, found.id) or site.page(request, "body.html", b=found, folder=folder)

    app.add_api_route(f"/{folder}", bodies, include_in_schema=False)
    app.add_api_route(f"/{folder}.{{suffix}}", bodies_file, tags=[heading], name=folder, summary=heading)
    app.add_api_route(f"/{folder}/{{id_}}.json", body_json, tags=[heading], name=f"{folder} one", summary=heading)
    app.add_api_route(f"/{folder}/{{id_}}", body, include_in_schema=False)


def listing(site: Site, request: Request, folder: str, name: str, after: int) -> Response:
    page = rows_of(site.data, folder, name, after)
    heading, column = HEADINGS[folder]
    return site.page(
        request,
        "people.html",
        folder=folder,
        heading=heading,
        column=column,
        name=name,
        page=page,
        next=with_query(request, after=page.after),
        address=lambda suffix: with_query(request, f"/{folder}.{suffix}", after=None),
    )


def rows_of(data: Dataset, folder: str, name: str, after: int) -> Page[PersonRow] | Page[BodyRow]:
    if folder == "people":
        return data.people(name, ROWS, after)
    return data.organisations(name, ROWS, after) if folder == "organisations" else data.places(name, ROWS, after)
