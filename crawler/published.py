"""Where on a page its day of publication stands: a cascade from the markup's own word to a line beside the headline.

What a page prints elsewhere — a widget of events, the calendar, today's date in its header, a document's number,
the day of the last edit — is never the day of publication. Where the cascade finds nothing, there is none.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler import dates
from crawler.blocks import Block
from crawler.chrome import class_words_of
from crawler.dates import Clock, Moment
from crawler.document import Element, inside, select, words
from crawler.metadata import Metadata

DATE_CLASSES = frozenset(
    (
        *(
            "date",
            "time",
            "datetime",
            "published",
            "dt-published",
            "pubdate",
            "data",
            "created",
            "dateline",
            "timestamp",
        ),
        *("day", "postdate", "newsdate", "submitted", "posted", "publish", "when", "date-time"),
    )
)
NOT_PUBLISHED = frozenset(
    ("modified", "updated", "dt-updated", "event", "events", "start", "end", "deadline", "calendar")
)
INLINE = ("time", "span", "b", "em", "i", "small", "strong", "font", "a")
NEAR = 6
"""Blocks before or after the headline among which its date line stands."""

DATE_LENGTH = 90
URL_DAY = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>0[1-9]|1[0-2])[/-](?P<day>0[1-9]|[12]\d|3[01])(?=[/_-]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    at: datetime
    raw: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """All that the rules of the cascade look at."""

    root: Element
    blocks: list[Block]
    headline: Block | None
    metadata: Metadata
    clock: Clock
    url: str
    hint: str
    false_offsets: tuple[str, ...] = ()
    zone_known: bool = False
    """The clock's zone is the source's own, not assumed."""


def find(place: Place) -> Published | None:
    """The first witness in the order of trust; its clock corrected by the printed one where the zone's label lies."""
    for rule in CASCADE:
        for found in rule(place):
            return settled(refined(found, place), place)
    return None


def settled(found: Published, place: Place) -> Published:
    """In the agency's own zone: its day is the day of the agency's calendar. Of unknown sites only UTC moves."""
    if place.zone_known or found.at.utcoffset() == timedelta(0):
        return replace(found, at=found.at.astimezone(place.clock.zone))
    return found


def selected(css: str | None, place: Place) -> Published | None:
    """The source's own selector: an attribute as it is; a printed line only where it is one day and nothing else."""
    for element, value in select(place.root, css) if css else ():
        read = as_read(value, f"selector {css}", place)
        found = next(read, None) if "::attr" in (css or "") else next(as_printed(element, place), None)
        if found is not None:
            return settled(refined(replace(found, where=f"selector {css}"), place), place)
    return None


def stated(place: Place) -> Iterator[Published]:
    """JSON-LD and meta tags"""
    for where, raw in place.metadata.published():
        yield from as_read(raw, where, place)


def microdata(place: Place) -> Iterator[Published]:
    """`itemprop=datePublished`, `dt-published`, `time[pubdate]`, in the headline's own item"""
    found = [
        element
        for element in place.root.iter()
        if isinstance(element.tag, str)
        and (
            "datepublished" in element.get("itemprop", "").lower()
            or "dt-published" in element.get("class", "")
            or element.get("pubdate") is not None
        )
    ]
    for element in sorted(found, key=lambda element: distance(element, place.headline)):
        raw = element.get("content") or element.get("datetime") or words(element)
        yield from as_read(raw, "microdata", place)


def time_tag(place: Place) -> Iterator[Published]:
    """`<time datetime>` beside the headline"""
    for element in beside(place):
        if element.tag == "time" and element.get("datetime") and not class_words_of(element) & NOT_PUBLISHED:
            yield from as_read(element.get("datetime", ""), "time", place)


def feed(place: Place) -> Iterator[Published]:
    """What the feed or the listing said"""
    if place.hint:
        yield from as_read(place.hint, "hint", place)


def named_line(place: Place) -> Iterator[Published]:
    """A line beside the headline in an element called «date», or one that says «Дата публикации»"""
    for element in beside(place):
        if (class_words_of(element) & DATE_CLASSES and not class_words_of(element) & NOT_PUBLISHED) or dates.labelled(
            words(element)
        ):
            yield from as_printed(element, place)


def bare_line(place: Place) -> Iterator[Published]:
    """A line between the headline and the text, or right above, that is a date and nothing else"""
    for element in beside(place, within_text=False):
        yield from as_printed(element, place)


def labelled_line(place: Place) -> Iterator[Published]:
    """«Опубликовано: 28.03.2024» anywhere below the headline"""
    for block in place.blocks:
        below = place.headline is None or block.order > place.headline.order
        if below and len(block.text) <= DATE_LENGTH and dates.labelled(block.text):
            moment = dates.printed(block.text, place.clock)
            if moment is not None:
                yield Published(at=moment.at, raw=flat(block.text), where="labelled line")


def address(place: Place) -> Iterator[Published]:
    """«/2024/03/28/» in the page's address"""
    found = URL_DAY.search(place.url)
    if found:
        yield from as_read("-".join(found.group("year", "month", "day")), "url", place)


CASCADE: tuple[Callable[[Place], Iterator[Published]], ...] = (
    stated,
    microdata,
    time_tag,
    feed,
    named_line,
    bare_line,
    labelled_line,
    address,
)


def as_read(raw: str, where: str, place: Place) -> Iterator[Published]:
    moment = dates.read(raw, place.clock)
    if moment is not None and moment.at.year > 1990:
        moment = without_false_offset(moment, raw, place)
        yield Published(at=moment.at, raw=flat(raw), where=where)


def without_false_offset(moment: Moment, raw: str, place: Place) -> Moment:
    """The source's file says that the site labels its own clock with another zone."""
    if moment.offset and raw.strip().endswith(place.false_offsets or "\0"):
        return replace(moment, at=moment.at.replace(tzinfo=place.clock.zone), offset=False)
    return moment


def as_printed(element: Element, place: Place) -> Iterator[Published]:
    text = words(element)
    moment = dates.printed(text, place.clock)
    if moment is not None and not one_of_a_list(element, place):
        yield Published(at=moment.at, raw=text, where=f"line {name_of(element)}")


def one_of_a_list(element: Element, place: Place) -> bool:
    """Three and more alike boxes with dates are a list of other releases or events."""
    names = element.get("class")
    if not names:
        return False
    alike = [node for node in place.root.iter(element.tag) if node.get("class") == names]
    return len({words(node) for node in alike if dates.printed(words(node), place.clock)}) >= 3


def beside(place: Place, *, within_text: bool = True) -> Iterator[Element]:
    """Short elements about the headline: the widest first, so that «28» and «марта 2024» in two boxes are one date."""
    if place.headline is None:
        return
    low, high = place.headline.order - NEAR, place.headline.order + NEAR
    near = [block for block in place.blocks if low <= block.order <= high and block is not place.headline]
    near = without_prose_between(near, place.headline, within_text)
    seen: set[Element] = set()
    middle = place.headline.order
    for block in sorted(near, key=lambda block: abs(block.order - middle)):
        if len(block.text) > DATE_LENGTH:
            continue
        for element in (*wrappers(block.element), block.element, *block.element.iterdescendants(*INLINE)):
            if element not in seen and not inside(place.headline.element, element):
                seen.add(element)
                yield element


def wrappers(element: Element) -> list[Element]:
    """Boxes around a line that hold hardly more than it, the widest first."""
    found: list[Element] = []
    for node in element.iterancestors():
        if len(found) == 3 or len(words(node)) > DATE_LENGTH:
            break
        found.append(node)
    return found[::-1]


def without_prose_between(near: list[Block], headline: Block, within_text: bool) -> list[Block]:
    """Beyond a paragraph above the headline another story begins; below it, the text, whose dates are its own."""
    found = []
    for block in near:
        if block.order > headline.order:
            if block.prose and not within_text:
                break
            found.append(block)
    above = [block for block in near if block.order < headline.order]
    for block in reversed(above):
        if block.prose or (block.kind == "heading" and block.order < headline.order - 1):
            break
        found.append(block)
    return found


def distance(element: Element, headline: Block | None) -> int:
    """Steps up from the element to a node that holds the headline as well."""
    if headline is None:
        return 0
    for steps, node in enumerate((element, *element.iterancestors())):
        if inside(headline.element, node):
            return steps
    return 99


def refined(found: Published, place: Place) -> Published:
    """The day of the markup with the clock that the page prints beside the headline.

    The markup says 15:30+04:00 and the page prints «15:30»: the clock is the agency's own, the label is wrong.
    The markup says 2024-03-28 and the page prints «28 марта 2024, 15:30»: the page knows more.
    """
    local = found.at.replace(tzinfo=place.clock.zone)
    labelled = found.at.utcoffset() != local.utcoffset()
    told = dates.CLOCK.search(found.raw) is not None
    if "line" in found.where or (told and not labelled):
        return found
    for element in beside(place):
        text = words(element)
        seen = dates.printed(text, place.clock)
        if not told and seen is not None and seen.clock and seen.at.date() == local.date():
            return replace(found, at=seen.at, raw=text, where=f"{found.where}, the clock as printed")
        if told and (text == f"{local:%H:%M}" or (seen and seen.clock and seen.at == local.replace(second=0))):
            return replace(found, at=local, where=f"{found.where}, the zone corrected by the printed clock")
    return found


def flat(raw: str) -> str:
    return " ".join(raw.split())


def name_of(element: Element) -> str:
    names = element.get("class", "").split()
    return f"{element.tag}.{names[0]}" if names else str(element.tag)
