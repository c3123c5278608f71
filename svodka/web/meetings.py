"""Meetings: the listing with its filters, files and feeds, and the page of one meeting with everything told of it."""

from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from nlp.annotation import KINDS
from store import topics
from store.dataset import Dataset
from store.meetings import MeetingFilter
from store.records import Meeting, MeetingRow
from svodka.web import formats, labels
from svodka.web.site import MOST, PAGE, Limit, Site, file, home, listed, redirect, with_query

Day = Annotated[str | None, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="День, ГГГГ-ММ-ДД")]
Words = Annotated[str | None, Query(max_length=300, description="Имя или слова в любой форме")]
Code = Annotated[str | None, Query(max_length=100)]


def asked_for(
    since: Day = None,
    until: Day = None,
    person: Words = None,
    organisation: Words = None,
    place: Words = None,
    topic: Words = None,
    source: Code = None,
    kind: Code = None,
    format: Code = None,  # noqa: A002 the dataset's own word
    status: Code = None,
) -> MeetingFilter:
    return MeetingFilter(
        since=since or None,
        until=until or None,
        persons=tuple(filter(None, [person])),
        organisation=organisation or None,
        place=place or None,
        topic=topic or None,
        source=source or None,
        kind=kind or None,
        format=format or None,
        status=status or None,
    )


Asked = Annotated[MeetingFilter, Depends(asked_for)]
Offset = Annotated[int, Query(ge=0, le=10_000_000, alias="after", description="Метка следующей страницы из поля after")]


def routes(site: Site) -> APIRouter:
    app, data = APIRouter(), site.data

    @app.get("/meetings", include_in_schema=False)
    def meetings(request: Request, asked: Asked, after: Offset = 0) -> Response:
        page = data.meetings(asked, PAGE, after)
        return site.page(
            request,
            "meetings.html",
            asked=fields(asked),
            page=page,
            topics=topics.labels(),
            kinds=KINDS,
            formats=labels.FORMATS,
            statuses=labels.STATUSES,
            next=with_query(request, after=page.after),
            address=lambda suffix: with_query(request, f"/meetings.{suffix}", after=None),
        )

    @app.get("/meetings.{suffix}", tags=["Встречи"])
    def meetings_file(
        request: Request,
        suffix: Literal["json", "csv", "xlsx", "atom", "ics"],
        asked: Asked,
        limit: Limit = 100,
        after: Offset = 0,
    ) -> Response:
        """Встречи с присутствовавшими; таблицы и календари — целиком, не по страницам."""
        found = data.meetings(asked, limit if suffix in ("json", "atom") else MOST, after)
        if suffix == "atom":
            return file(formats.as_atom("Встречи", str(request.url), home(request), found.rows), suffix, "meetings")
        if suffix == "ics":
            return file(formats.as_ics(found.rows, home(request), datetime.now(UTC)), suffix, "meetings")
        return listed(found, suffix, "meetings")

    @app.get("/meetings/{id_}.json", tags=["Встречи"])
    def meeting_json(id_: str) -> Response:
        """Встреча: кто присутствовал, кто о ней рассказал, какими словами."""
        return JSONResponse(data.meeting(id_).as_json())

    @app.get("/meetings/{id_}.ics", tags=["Встречи"])
    def meeting_ics(request: Request, id_: str) -> Response:
        """Встреча для календаря."""
        return file(formats.as_ics([row_of(data.meeting(id_))], home(request), datetime.now(UTC)), "ics", "meeting")

    @app.get("/meetings/{id_}", include_in_schema=False)
    def meeting(request: Request, id_: str) -> Response:
        found = data.meeting(id_)
        return redirect(request, found.id) or site.page(request, "meeting.html", e=found)

    return app


def fields(asked: MeetingFilter) -> dict[str, Any]:
    return asdict(asked) | {"person": asked.persons[0] if asked.persons else None}


def row_of(meeting: Meeting) -> MeetingRow:
    return MeetingRow(
        id=meeting.id,
        kind=meeting.kind,
        name=meeting.name,
        date=meeting.date,
        date_end=meeting.date_end,
        place=meeting.place,
        format=meeting.format,
        status=meeting.status,
        tellings=len(meeting.tellings),
        sources=tuple(dict.fromkeys(told.source for told in meeting.tellings)),
        attendees=tuple(attendee.person for attendee in meeting.attendees),
        organisations=meeting.organisations,
        releases=tuple(dict.fromkeys(told.release for told in meeting.tellings)),
    )


def months(data: Dataset, columns: int = 36) -> list[dict[str, Any]]:
    """Columns of the chart, each a link to its listing: the months up to the latest meeting, empty ones too."""
    count = Counter(row.date[:7] for row in data.meetings(limit=MOST).rows if row.date)
    if not count:
        return []
    year, month = map(int, max(count).split("-"))
    last = year * 12 + month - 1
    first = max(last - columns + 1, min(int(m[:4]) * 12 + int(m[5:]) - 1 for m in count))
    names = [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1)]
    return [
        {"label": name, "count": count[name], "href": f"/meetings?since={name}-01&until={name}-31"} for name in names
    ]
