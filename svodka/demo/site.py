"""An agency's site: an address asked for → the answer a web server would give."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from importlib.resources import files
from typing import ClassVar

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from svodka.demo.agencies import Agency, Release

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
HTML = "text/html"


@dataclass(frozen=True, kw_only=True)
class Answer:
    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Site:
    """Serves one agency; each manner of building sites is a subclass with routes of its own."""

    routes: ClassVar[Sequence[tuple[str, str]]] = ()
    """(pattern of the whole path, name of the method that answers it), tried in order."""
    charset: ClassVar[str] = "utf-8"
    content_type: ClassVar[str] = "text/html; charset=utf-8"
    robots: ClassVar[str] = "User-agent: *\nDisallow: /search/\n"

    def __init__(self, agency: Agency, base: str) -> None:
        self.agency = agency
        self.base = base
        """Without a slash at the end."""

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/robots.txt":
            return Answer(body=self.robots.format(base=self.base).encode(), headers={"Content-Type": "text/plain"})
        for pattern, method in self.routes:
            if match := re.fullmatch(pattern, path):
                found: Answer | None = getattr(self, method)(query, *match.groups())
                return self.missing() if found is None else found
        return self.missing()

    def missing(self) -> Answer:
        return Answer(
            body="<h1>404</h1><p>Страница не найдена.</p>".encode(self.charset),
            status=404,
            headers={"Content-Type": self.content_type},
        )

    def page(self, template: str, modified: datetime | None = None, **values: object) -> Answer:
        """A rendered template, in the site's encoding. `modified` is for manners whose servers tell it."""
        text = (
            environment()
            .get_template(template)
            .render(agency=self.agency, base=self.base, latest=self.agency.releases[:5], **values)
        )
        body = text.encode(self.charset, "xmlcharrefreplace")
        return Answer(body=body, headers={"Content-Type": self.content_type} | self.validators(body, modified))

    def validators(self, body: bytes, modified: datetime | None) -> dict[str, str]:
        """What this manner of server sends for a later «has it changed?»; many send nothing."""
        return {}

    def by_address(self, address: str) -> Release | None:
        return next((release for release in self.agency.releases if release.address == address), None)

    def beside(self, release: Release, count: int = 3) -> list[Release]:
        """«Читайте также»: the releases next to this one."""
        place = self.agency.releases.index(release)
        ring = self.agency.releases[place + 1 :] + self.agency.releases[:place]
        return list(ring[:count])


def redirect(url: str) -> Answer:
    return Answer(status=301, headers={"Location": url})


def etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:20]}"'


def number(text: str | None, otherwise: int = 1) -> int:
    """A page's number in the query; nonsense is taken for the first page, as real sites do."""
    return int(text) if text and text.isdecimal() else otherwise


def paragraphs(release: Release) -> Markup:
    """The text as an editor's paragraphs, bulleted lines as a list."""
    return Markup("\n").join(bulleted(text) if "\n• " in text else plain(text) for text in release.paragraphs)


def plain(text: str) -> Markup:
    return Markup("<p>{}</p>").format(lines(text))


def lines(text: str) -> Markup:
    return Markup("<br>\n").join(escape(line) for line in text.split("\n"))


def bulleted(text: str) -> Markup:
    head, *rest = text.split("\n• ")
    items = Markup("").join(Markup("<li>{}</li>\n").format(lines(item)) for item in rest)
    return Markup("<p>{}</p>\n<ul>\n{}</ul>").format(lines(head), items)


def day_in_words(moment: datetime) -> str:
    """«28 марта 2024»."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


@cache
def environment() -> Environment:
    folder = files("data") / "demo" / "templates"
    templates = {entry.name: entry.read_text("utf-8") for entry in folder.iterdir()}
    made = Environment(loader=DictLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters.update(paragraphs=paragraphs, lines=lines, day_in_words=day_in_words, rfc822=format_datetime)
    return made
