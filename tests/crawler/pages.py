"""What the tests of reading share: a page of given markup, and how near a text is to another."""

import re
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from crawler.items import RawPage
from tests.crawler.layouts import Page, Told

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")


def raw(
    body: str | bytes, *, url: str = "https://agency.example/news/1/", now: datetime = NOW, **fields: object
) -> RawPage:
    content = body.encode() if isinstance(body, str) else body
    content_type = str(fields.pop("content_type", "text/html; charset=utf-8"))
    return RawPage(
        source="agency",
        url=url,
        body=content,
        fetched_at=now,
        headers={"content-type": content_type},
        **fields,  # type: ignore[arg-type]
    )


def fetched(page: Page) -> RawPage:
    return raw(page.body, url=page.url, content_type=page.content_type)


def expected_day(told: Told, page: Page) -> datetime | None:
    if not page.dated:
        return None
    day = told.published.replace(tzinfo=MOSCOW)
    return day if page.clock else day.replace(hour=0, minute=0)


def likeness(text: str, truth: str) -> float:
    """F1 of the words, each counted as often as it stands."""
    ours, theirs = (Counter(re.findall(r"\w+", one.lower())) for one in (text, truth))
    return 2 * sum((ours & theirs).values()) / max(1, sum(ours.values()) + sum(theirs.values()))


def news(markup: str, *, title: str = "Министр прибыл на Кубу", date: str = "28 марта 2024", more: str = "") -> str:
    """A small page: headline, date line, a body of the given markup, and what stands after it."""
    return f"""<html><head><title>{title}</title></head><body>
<div class="main"><h1>{title}</h1><div class="date">{date}</div>
<div class="text">{markup}</div></div>{more}</body></html>"""


PROSE = (
    "Министр культуры Пётр Ильин 27 марта прибыл в Гавану и встретился с руководителем Института кино Марией Гонсалес.",
    "Стороны обсудили неделю российского кино, которая пройдёт осенью, и обмен студентами киношкол двух стран.",
    "«Мы договорились о совместном фильме», — сказал Ильин после встречи.",
)
"""Written for the tests."""


def prose(tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in PROSE)
