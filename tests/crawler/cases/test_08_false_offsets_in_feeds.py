"""8. In feeds: +04:00 for Moscow time, Moscow time labelled UTC, regional time zones."""

from datetime import UTC, datetime

import pytest

from crawler.archive import Answer
from crawler.discovery import read
from crawler.source import Feed, Sitemap, Source

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def published(raw: str, **fields: object) -> datetime | None:
    source = Source(id="a", name="А", home="https://a.ru", **fields)  # type: ignore[arg-type]
    body = (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/1'/><published>{raw}</published></entry></feed>"
    )
    answer = Answer(url="https://a.ru/feed", status=200, headers=(), body=body.encode(), fetched_at=NOW)
    return read(Feed(url="/feed"), answer, source).found[0].published


@pytest.mark.parametrize(
    ("raw", "fields", "expected"),
    [
        ("2026-11-20T15:30:00+04:00", {"false_offsets": ("+04:00",)}, "2026-11-20T12:30:00+00:00"),
        ("2026-11-20T15:30:00Z", {"false_offsets": ("Z",)}, "2026-11-20T12:30:00+00:00"),
        ("Fri, 20 Nov 2026 15:30:00 GMT", {"false_offsets": ("Z",)}, "2026-11-20T12:30:00+00:00"),
        ("Fri, 20 Nov 2026 15:30:00 +0300", {"false_offsets": ("+04:00",)}, "2026-11-20T12:30:00+00:00"),
        ("2026-11-20T15:30:00", {"timezone": "Asia/Vladivostok"}, "2026-11-20T05:30:00+00:00"),
        ("2026-11-20T15:30:00+04:00", {}, "2026-11-20T11:30:00+00:00"),
    ],
)
def test_the_clock_is_right_where_the_label_is_not(raw: str, fields: dict[str, object], expected: str) -> None:
    at = published(raw, **fields)
    assert at is not None
    assert at.astimezone(UTC).isoformat() == expected


def test_a_news_sitemap_is_corrected_likewise() -> None:
    source = Source(id="a", name="А", home="https://a.ru", false_offsets=("Z",))
    body = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        "<url><loc>https://a.ru/1</loc><n:news><n:publication_date>2026-11-20T15:30:00Z</n:publication_date>"
        "<n:title>Заголовок</n:title></n:news></url></urlset>"
    )
    answer = Answer(url="https://a.ru/sitemap.xml", status=200, headers=(), body=body.encode(), fetched_at=NOW)
    found = read(Sitemap(url="/sitemap.xml"), answer, source).found[0]
    assert found.published is not None
    assert found.published.astimezone(UTC).isoformat() == "2026-11-20T12:30:00+00:00"
    assert found.hints["title"] == "Заголовок"
