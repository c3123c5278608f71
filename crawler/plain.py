"""Text as a person copied it from a browser, the page's furniture included → the release.

Nothing but the words is left of such a page, so the rules are about lines: a headline is repeated in the breadcrumbs
or stands above the prose; prose is long or ends a sentence; boxes begin with headings that every site has.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise

from crawler import chrome, dates, language
from crawler.document import CONTROL, EmptyPage
from crawler.headline import MAX, is_section
from crawler.items import Article

CRUMBS = re.compile(r"\s+[/>»›→|•]\s+|\s*[»›→]\s*")
SENTENCE_END = re.compile(r"[.!?…:;][»\")\]]?$")
LIST_MARK = re.compile(r"^(?:[-–—•*·]|\d{1,2}[.)])\s")
SIGNATURE = re.compile(r"(?i)^(?:фото|источник|автор|текст|пресс-служба|справочно|справка|подготовил[аи]?)\b")
CONTACT = re.compile(r"(?i)^(?:тел(?:ефон)?\b|факс|e-?mail|адрес\b|\+?[78][\s(-]*\d{3}|\S+@\S+\.\w+$|https?://\S+$)")
WRAPPED = range(45, 110)
"""Lengths of lines that a mail program or an editor broke."""


@dataclass(frozen=True)
class Line:
    text: str
    first: bool
    """A blank line stands before it."""

    @cached_property
    def prose(self) -> bool:
        if self.furniture:
            return False
        return len(self.text) >= 120 or (SENTENCE_END.search(self.text) is not None and self.text.count(" ") >= 3)

    @cached_property
    def furniture(self) -> bool:
        text = self.text
        return chrome.is_line(text) or CONTACT.match(text) is not None or is_crumbs(text)


def read_text(text: str, url: str = "", *, now: datetime | None = None) -> Article:
    """Title and body; the day only where a line beside the title tells it. Raises EmptyPage when there are no words."""
    lines = units(CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")))
    if not any(any(map(str.isalpha, line.text)) for line in lines):
        raise EmptyPage(url, "в файле нет текста")
    place, where = title_place(lines)
    told = body_lines(lines, place)
    if not told:
        told, place = [line for line in lines if not line.furniture] or lines, None
    found = day_beside(lines, place, dates.Clock(now=now or datetime.now(UTC))) if place is not None else None
    body = joined(told)
    title = lines[place].text if place is not None else re.split(r"(?<=[.!?…])\s", body, maxsplit=1)[0][:200]
    return Article(
        source="",
        url=url,
        title=" ".join(title.split()),
        body=body,
        published_at=found[0].at if found else None,
        published_raw=found[1] if found else None,
        language=language.of(body),
        provenance={"title": where if place is not None else "first sentence", "body": "prose after the title"}
        | ({"published_at": "line beside the title"} if found else {}),
    )


def units(text: str) -> list[Line]:
    """Lines; those that an editor broke in mid-sentence are one."""
    found = []
    for chunk in re.split(r"\n[ \t\u00a0]*\n", text):
        lines = [" ".join(line.split()) for line in chunk.split("\n")]
        lines = [line for line in lines if line]
        if is_wrapped(lines):
            lines = [" ".join(lines)]
        found += [Line(line, first=number == 0) for number, line in enumerate(lines)]
    return found


def is_wrapped(lines: list[str]) -> bool:
    """Most lines but the last are of one breadth, and most do not end a sentence; of two, the second begins small."""
    inner = lines[:-1]
    if len(lines) == 2:
        return (
            len(lines[0]) in WRAPPED
            and not SENTENCE_END.search(lines[0])
            and (lines[1][0].islower() or lines[1][0] in "«(")
        )
    if len(inner) < 2 or any(LIST_MARK.match(line) for line in lines[1:]):
        return False
    alike = sum(len(line) in WRAPPED for line in inner)
    unfinished = sum(not SENTENCE_END.search(line) for line in inner)
    return alike >= 0.8 * len(inner) and unfinished >= 0.6 * len(inner)


def is_crumbs(text: str) -> bool:
    """«Главная / Новости / …»"""
    parts = [part for part in CRUMBS.split(text) if part]
    return len(parts) >= 2 and (chrome.normal(parts[0]) == "главная" or (len(parts) >= 3 and is_section(parts[0])))


def title_place(lines: list[Line]) -> tuple[int | None, str]:
    repeated = repeated_title(lines)
    if repeated is not None:
        return repeated, "repeated line"
    above = line_above_prose(lines)
    return above, "line above the prose"


def repeated_title(lines: list[Line]) -> int | None:
    """The last of the lines that the breadcrumbs or an earlier line say too, with prose soon after."""
    seen: set[str] = set()
    found = None
    for number, line in enumerate(lines):
        key = chrome.normal(line.text)
        if (
            15 <= len(line.text) <= MAX
            and key in seen
            and not line.prose
            and not line.furniture
            and leads_to_prose(lines, number)
        ):
            found = number
        seen.add(key)
        if is_crumbs(line.text):
            seen.add(chrome.normal(CRUMBS.split(line.text)[-1]))
            seen |= {chrome.normal(line.text[found.end() :]) for found in CRUMBS.finditer(line.text)}
    return found


def leads_to_prose(lines: list[Line], number: int) -> bool:
    return any(line.prose for line in lines[number + 1 : number + 7])


def line_above_prose(lines: list[Line]) -> int | None:
    """The nearest line that can be a headline above the longest run of prose."""
    start = prose_start(lines)
    if start is None:
        return None
    for number in range(start - 1, max(-1, start - 8), -1):
        line = lines[number]
        if can_be_title(line):
            return number
    # A file of two lines: the headline may end with a point or be long.
    return (
        0 if start == 0 and len(lines) > 1 and len(lines[0].text) <= 250 and not lines[0].text.endswith(".") else None
    )


def can_be_title(line: Line) -> bool:
    text = line.text
    if not 10 <= len(text) <= MAX or line.furniture or is_section(text) or chrome.heads_box(text):
        return False
    return is_day(text) is None and " " in text and not text.endswith((".", ";", ","))


def is_day(text: str) -> str | None:
    clock = dates.Clock(now=datetime(2100, 1, 1, tzinfo=UTC))
    return text if len(text) <= 60 and re.search(r"\d", text) and dates.printed(text, clock) else None


def prose_start(lines: list[Line]) -> int | None:
    """Where the longest run of prose begins; up to two short lines inside it do not break it."""
    best, best_mass = None, 0
    start, mass, gap = None, 0, 0
    for number, line in enumerate(lines):
        if line.prose:
            start, mass, gap = (number if start is None else start), mass + len(line.text), 0
            if mass > best_mass:
                best, best_mass = start, mass
        elif (gap := gap + 1) > 2 or chrome.heads_box(line.text):
            start, mass, gap = None, 0, 0
    return best


def body_lines(lines: list[Line], place: int | None) -> list[Line]:
    """From the title down: furniture left out, up to a box's heading beyond which little prose stands."""
    after = lines[place + 1 :] if place is not None else lines
    found: list[Line] = []
    begun = False
    for number, line in enumerate(after):
        if chrome.heads_box(line.text) and is_end(after, number):
            break
        if line.furniture or chrome.heads_box(line.text) or (not begun and is_day(line.text)):
            continue
        begun = begun or line.prose
        found.append(line)
    return without_ends(found, lines)


def is_end(lines: list[Line], number: int) -> bool:
    return mass(lines[:number]) >= mass(lines[number:])


def mass(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines if line.prose)


def without_ends(found: list[Line], lines: list[Line]) -> list[Line]:
    """Short lines before the first prose and after the last, where the file shows that it was copied with furniture."""
    prose = [number for number, line in enumerate(found) if line.prose]
    if not prose:
        return []
    if not any(line.furniture or chrome.heads_box(line.text) for line in lines):
        return found
    end = prose[-1] + 1
    while end < len(found) and (SIGNATURE.match(found[end].text) or LIST_MARK.match(found[end].text)):
        end += 1
    start = prose[0]
    while start and not is_label(found[start - 1].text):
        start -= 1
    return found[start:end]


def is_label(text: str) -> bool:
    """A word or two before the text: a rubric, a city, a counter."""
    return len(text) < 40 and not SENTENCE_END.search(text)


def day_beside(lines: list[Line], place: int, clock: dates.Clock) -> tuple[dates.Moment, str] | None:
    """A date between the title and the prose, or alone right above the title: widgets have several."""
    below = []
    for line in lines[place + 1 : place + 6]:
        if line.prose:
            break
        below.append(line.text)
    pairs = [" ".join(pair) for pair in pairwise(below) if re.fullmatch(r"(?:19|20)\d\d", pair[1])]
    for text in (*pairs, *below):
        if len(text) <= 90 and (moment := dates.printed(text, clock)):
            return moment, text
    if place and not any(is_day(line.text) for line in lines[max(0, place - 6) : place - 1]):
        text = lines[place - 1].text
        if len(text) <= 90 and (moment := dates.printed(text, clock)):
            return moment, text
    return None


def joined(lines: list[Line]) -> str:
    """Paragraphs joined by a blank line; marked items of a list that stood line by line, one below the other."""
    parts: list[str] = []
    for before, line in zip([None, *lines], lines, strict=False):
        item = before is not None and not line.first and LIST_MARK.match(line.text) and LIST_MARK.match(before.text)
        parts.append(("\n" if item else "\n\n") + line.text)
    return "".join(parts).strip()
