"""Совет Федерации: releases are numbered; the page's time element tells the day. Unverified."""

from crawler.source import Expect, Listing, Selectors, Source

SOURCE = Source(
    id="council",
    name="Совет Федерации",
    home="http://council.gov.ru",
    discovery=(Listing(url="/events/news/", pages="/events/news/?page={n}"),),
    article=r"^/events/news/\d+/$",
    selectors=Selectors(
        title="h1.header_title, h1", body=".body_text", published="time.dt-published::attr(datetime), time.dt-published"
    ),
    expect=Expect(a_week=60, fresh_days=6),
)
