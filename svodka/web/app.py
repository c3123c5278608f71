"""The application: pages and files over one dataset, errors in one shape."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

import svodka
from store.dataset import Dataset
from store.faults import DatasetFault, Unknown
from store.query import BadQuery
from store.search import BadToken
from svodka.web import meetings, people, releases, review
from svodka.web.site import TYPES, Site


def create(directory: Path) -> FastAPI:
    """Every listing has `.json .csv .xlsx` and, where it fits, feeds; raises DatasetFault where nothing is readable."""
    site = Site(Dataset.open(directory))
    app = FastAPI(title="Сводка", version=svodka.__version__, docs_url=None, redoc_url=None)
    app.mount("/static", StaticFiles(packages=[("svodka.web", "static")]), name="static")
    add_errors(app, site)
    add_rest(app, site)
    for part in (releases, meetings, people, review):
        app.include_router(part.routes(site))
    return app


def add_rest(app: FastAPI, site: Site) -> None:
    data = site.data

    @app.get("/about", include_in_schema=False)
    def about(request: Request) -> Response:
        return site.page(request, "about.html", summary=data.summary(), facets=data.facets(), failures=data.failures())

    @app.get("/summary.json", tags=["О данных"])
    def summary() -> Response:
        """Сколько чего в наборе данных и кто самый занятый."""
        return JSONResponse(data.summary().as_json())

    @app.get("/healthz", tags=["О данных"])
    def healthz() -> Response:
        """Жив ли сервер и читается ли набор данных."""
        return JSONResponse({"status": "ok", "releases": data.search("", limit=1).total})


def add_errors(app: FastAPI, site: Site) -> None:
    def answer(request: Request, status: int, code: str, message: str, **more: Any) -> Response:
        if request.url.path.rsplit(".", 1)[-1] in TYPES or request.url.path == "/healthz":
            return JSONResponse({"error": {"code": code, "message": message, **more}}, status)
        return site.page(request, "error.html", status, message=message)

    @app.exception_handler(Unknown)
    def unknown(request: Request, error: Unknown) -> Response:
        return answer(request, 404, "unknown", str(error))

    @app.exception_handler(BadQuery)
    def bad_query(request: Request, error: BadQuery) -> Response:
        return answer(request, 400, "bad_query", str(error), position=error.position)

    @app.exception_handler(BadToken)
    def bad_token(request: Request, error: BadToken) -> Response:
        return answer(request, 400, "bad_token", str(error))

    @app.exception_handler(DatasetFault)
    def broken(request: Request, error: DatasetFault) -> Response:
        return answer(request, 503, "dataset", str(error))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"][1:])
        return answer(request, 422, "bad_parameter", f"{field}: {first['msg']}", field=field)

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        message = "Такого адреса нет" if error.status_code == 404 else str(error.detail)
        return answer(request, error.status_code, "http", message)
