"""Президент России: an Atom feed with whole texts; 403 after some 150 fast requests. Unverified."""

from crawler.source import Expect, Feed, Selectors, Source

SOURCE = Source(
    id="kremlin",
    name="Президент России",
    home="http://kremlin.ru",
    discovery=(Feed(url="/events/all/feed", pages="/events/all/feed/page/{n}", full_text=True),),
    article=r"^/events/(?:president|administration|councils|state-council|security-council)/.*\d+$|^/catalog/.*/events/\d+$",
    exclude=r"/(?:photos|videos|audios|copy|print|supplement|page)(?:/|$)",
    # The feed and the pages print Moscow's clock beside +04:00, its offset until 2014.
    false_offsets=("+04:00",),
    selectors=Selectors(
        title="h1.entry-title",
        lead=".read__lead",
        body=".entry-content",
        published="time.read__published::attr(datetime)",
        tags=".read__tags .p-category a",
        drop=(".read__tags", ".read__tooltip"),
    ),
    delay=5.0,
    expect=Expect(a_week=40, fresh_days=5),
)
