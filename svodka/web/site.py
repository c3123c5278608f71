"""The dataset with the templates, and the addresses of pages and files: what every page needs."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, select_autoescape

from crawler.source import load
from store import topics
from store.dataset import Dataset
from store.records import Page
from svodka.web import formats, labels

MOST = 5000
"""Rows of one downloaded table."""
PAGE = 20
CSP = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "atom": "application/atom+xml",
    "ics": "text/calendar; charset=utf-8",
}
Limit = Annotated[int, Query(ge=1, le=MOST, description="Строк на странице")]
After = Annotated[str | None, Query(max_length=400, description="Метка следующей страницы из поля after")]


class Site:
    """The dataset with the templates: what every address needs."""

    def __init__(self, dataset: Dataset) -> None:
        self.data = dataset
        self.templates = Environment(
            loader=PackageLoader("svodka.web"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
        )
        self.templates.globals.update(
            day=labels.day, days=labels.days, clock=labels.clock, counted=labels.counted, source_name=source_name()
        )

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        language = language_of(request)
        other = dict(request.query_params) | {"lang": "en" if language == "ru" else "ru"}
        html = self.templates.get_template(template).render(
            t=labels.translator(language),
            language=language,
            other_language=urlencode(other),
            path=request.url.path,
            topic_label=lambda code: topic_label(code, language),
            **values,
        )
        response = HTMLResponse(html, status, headers={"Content-Security-Policy": CSP})
        if request.query_params.get("lang") in ("ru", "en"):
            response.set_cookie("lang", language, max_age=31_536_000, samesite="lax")
        return response


def language_of(request: Request) -> str:
    asked = request.query_params.get("lang") or request.cookies.get("lang")
    return "en" if asked == "en" else "ru"


def topic_label(code: str, language: str) -> str:
    return topics.labels(language).get(code, code)


def source_name() -> Callable[[str], str]:
    """Source id → the agency's name, where a source file tells it."""
    demo = Path(str(files("svodka.demo"))) / "sources"
    names = {id_: source.name for id_, source in load(demo).items()}
    return lambda id_: names.get(id_, id_)


def with_query(request: Request, path: str | None = None, **changes: str | None) -> str:
    """This address with some parameters changed (None: left out)."""
    values = {k: v for k, v in request.query_params.items() if v and k != "lang"} | changes
    query = urlencode({k: v for k, v in values.items() if v is not None})
    return (path or request.url.path) + (f"?{query}" if query else "")


def file(body: bytes, suffix: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{suffix}"'} if suffix in ("csv", "xlsx") else {}
    return Response(body, media_type=TYPES[suffix], headers=headers)


def listed(rows: Page[Any], suffix: str, name: str) -> Response:
    if suffix == "json":
        return JSONResponse(rows.as_json())
    return file(formats.as_csv(rows.rows) if suffix == "csv" else formats.as_xlsx(rows.rows), suffix, name)


def home(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def redirect(request: Request, id_: str) -> Response | None:
    """To the address under which a merged person, body or meeting lives now; None where this is it."""
    *folder, asked = request.url.path.split("/")
    return None if asked == id_ else RedirectResponse("/".join([*folder, id_]), 308)
