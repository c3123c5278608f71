"""Every answer as WARC records: gzipped one by one, in files that are rotated, readable by any WARC tool.

Written by hand because it is a third of warcio's cost; `tests/crawler/test_archive.py` has warcio check every file.
"""

import base64
import hashlib
import logging
import os
import uuid
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from crawler.frontier import Place, StoredPage
from crawler.items import RawPage

log = logging.getLogger(__name__)

LIMIT = 256 * 1024 * 1024
"""Bytes after which a file is closed and the next begun."""

LEVEL = 4
"""Of gzip: a third of level 6's time for 8 % more bytes on pages of 25 KB."""

TAIL = 64 * 1024 * 1024
"""No process writes more than this between two commits."""

UNCHANGED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
SAME_BYTES = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

# The body is stored decoded, as most crawlers do; these would then be lies.
DROPPED = frozenset(("content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive"))


class BrokenArchive(Exception):
    """A record isn't where the dataset says: the file was cut, moved or damaged. Names the file and the offset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    """As sent, names in their own case."""
    body: bytes
    """Content encoding undone."""
    fetched_at: datetime

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name), None)

    def lower(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.headers}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record read back."""

    type: str
    url: str
    date: datetime
    answer: Answer | None
    """None for records that hold no HTTP answer."""
    profile: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


class Archive:
    """Appends records to the newest file of a folder. Nothing counts until `flush` gives the lengths to commit."""

    def __init__(self, folder: Path, committed: Mapping[str, int], *, agent: str = "", limit: int = LIMIT) -> None:
        """`committed`: file → bytes that the dataset knows of; what a killed process wrote behind them is cut off."""
        self.folder, self.agent, self.limit = folder, agent, limit
        folder.mkdir(parents=True, exist_ok=True)
        self.lengths = dict(committed)
        self.repair()
        self.file: BinaryIO | None = None
        self.name, self.size = "", 0

    def repair(self) -> None:
        """Cuts off what a killed process wrote and never committed; whatever that cannot explain is left in place."""
        for path in sorted(self.folder.glob("svodka-*.warc.gz")):
            size, length = path.stat().st_size, self.lengths.get(path.name)
            if length is None:
                path.rename(path.with_name(f"{path.name}.orphan-{uuid.uuid4().hex[:8]}"))
            elif size < length or size - length > TAIL:
                raise BrokenArchive(f"{path}: {size} байт, а в наборе данных записано {length}")
            elif size > length:
                os.truncate(path, length)

    def page(self, answer: Answer) -> Place:
        """An answer with its body."""
        head = http_head(answer)
        return self.write(
            "response",
            answer.url,
            answer.fetched_at,
            head + answer.body,
            ("Content-Type: application/http; msgtype=response", f"WARC-Payload-Digest: {digest(answer.body)}"),
        )

    def revisit(self, answer: Answer, *, profile: str = UNCHANGED) -> Place:
        """An answer that says, by its status or its bytes, that nothing changed."""
        extra = ["Content-Type: application/http; msgtype=response", f"WARC-Profile: {profile}"]
        if profile == SAME_BYTES:
            extra.append(f"WARC-Payload-Digest: {digest(answer.body)}")
        return self.write("revisit", answer.url, answer.fetched_at, http_head(answer), extra)

    def conversion(self, url: str, page: bytes, date: datetime, origin: str) -> Place:
        """A release that a feed or JSON answer (`origin`) held whole, as a page of its own."""
        extra = ("Content-Type: text/html; charset=utf-8", f"WARC-Refers-To-Target-URI: {origin}")
        return self.write("conversion", url, date, page, extra)

    def write(self, kind: str, url: str, date: datetime, block: bytes, extra: Iterable[str]) -> Place:
        if self.file is None or self.size >= self.limit:
            self.open()
        return self.append(kind, url, date, block, extra)

    def append(self, kind: str, url: str, date: datetime, block: bytes, extra: Iterable[str]) -> Place:
        assert self.file is not None  # noqa: S101 write opens it
        member = record(kind, url, date, block, extra)
        self.file.write(member)
        place = Place(file=self.name, offset=self.size, length=len(member))
        self.size += len(member)
        return place

    def open(self) -> None:
        """Goes on with the newest file if it has room, else begins the next."""
        self.close()
        newest = max(self.lengths, default="")
        if not newest or self.lengths[newest] >= self.limit:
            newest = f"svodka-{next_number(newest):05d}.warc.gz"
        self.name, self.size = newest, self.lengths.get(newest, 0)
        self.file = (self.folder / newest).open("ab")
        if self.size == 0:
            info = f"software: svodka\r\nformat: WARC File Format 1.1\r\nhttp-header-user-agent: {self.agent}\r\n"
            extra = ("Content-Type: application/warc-fields", f"WARC-Filename: {newest}")
            self.append("warcinfo", "", datetime.now(UTC), info.encode(), extra)

    def flush(self) -> dict[str, int]:
        """Puts everything on disk; the lengths are then safe to commit."""
        if self.file is not None:
            self.file.flush()
            os.fsync(self.file.fileno())
            self.lengths[self.name] = self.size
        return dict(self.lengths)

    def close(self) -> None:
        self.flush()
        if self.file is not None:
            self.file.close()
            self.file = None


def next_number(name: str) -> int:
    return int(name.removeprefix("svodka-").partition(".")[0]) + 1 if name else 1


def record(kind: str, url: str, date: datetime, block: bytes, extra: Iterable[str]) -> bytes:
    lines = ["WARC/1.1", f"WARC-Type: {kind}", f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>"]
    if url:
        lines.append(f"WARC-Target-URI: {url}")
    lines += [f"WARC-Date: {date.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", *extra]
    head = "\r\n".join([*lines, f"Content-Length: {len(block)}", "", ""])
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, 31)
    return packer.compress(b"".join((head.encode(), block, b"\r\n\r\n"))) + packer.flush()


def http_head(answer: Answer) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {reason(answer.status)}"]
    lines += [f"{name}: {value}" for name, value in answer.headers if name.lower() not in DROPPED]
    if answer.status != HTTPStatus.NOT_MODIFIED:
        lines.append(f"Content-Length: {len(answer.body)}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape")


def reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def raw(folder: Path, page: StoredPage) -> RawPage:
    """The page behind a row of the dataset. Raises BrokenArchive."""
    answer = read(folder, page.place)
    return RawPage(
        source=page.source,
        url=page.url,
        body=answer.body,
        fetched_at=page.fetched_at,
        status=answer.status,
        headers=answer.lower(),
        hints=page.hints,
    )


def read(folder: Path, place: Place) -> Answer:
    """The answer at one place of the archive. Raises BrokenArchive."""
    path = folder / place.file
    try:
        with path.open("rb") as file:
            file.seek(place.offset)
            data = zlib.decompress(file.read(place.length), 31)
    except (OSError, zlib.error) as error:
        raise BrokenArchive(f"{path}, смещение {place.offset}: {error}") from error
    answer = parse(data).answer
    if answer is None:
        raise BrokenArchive(f"{path}, смещение {place.offset}: здесь не страница")
    return answer


def records(path: Path) -> Iterator[Record]:
    """All whole records of a WARC file made by any tool, in its order; a damaged one is told and left out.

    Raises BrokenArchive where the file is none or cannot be read any further.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    with path.open("rb") as file:
        try:
            for entry in ArchiveIterator(file, check_digests=True):
                body = entry.content_stream().read()
                if entry.digest_checker.passed is False or entry.raw_stream.limit > 0:
                    log.warning("%s: повреждённая запись %s", path, entry.rec_headers.get_header("WARC-Target-URI"))
                else:
                    yield foreign_record(entry, body)
        except (ArchiveLoadFailed, EOFError, zlib.error) as error:
            raise BrokenArchive(f"{path}: {error}") from error


def foreign_record(entry: object, body: bytes) -> Record:
    """warcio's record as ours."""
    headers = {name.lower(): value for name, value in entry.rec_headers.headers}  # type: ignore[attr-defined]
    url = headers.get("warc-target-uri", "").strip("<>")
    date = datetime.fromisoformat(headers["warc-date"]).astimezone(UTC)
    http = entry.http_headers  # type: ignore[attr-defined]
    answer = None
    if http is not None and entry.rec_type in ("response", "revisit"):  # type: ignore[attr-defined]
        kept = tuple((name, value) for name, value in http.headers if name.lower() not in DROPPED)
        answer = Answer(url=url, status=int(http.get_statuscode()), headers=kept, body=body, fetched_at=date)
    return Record(
        type=entry.rec_type,  # type: ignore[attr-defined]
        url=url,
        date=date,
        answer=answer,
        profile=headers.get("warc-profile"),
        fields=headers,
    )


def parse(data: bytes) -> Record:
    """One record, ungzipped."""
    head, _, rest = data.partition(b"\r\n\r\n")
    fields = header_fields(head.decode("utf-8", "replace"))
    names = {name.lower(): value for name, value in fields}
    block = rest[: int(names["content-length"])]
    url, date = names.get("warc-target-uri", ""), datetime.fromisoformat(names["warc-date"])
    answer = None
    if names.get("content-type", "").startswith("application/http"):
        answer = parse_http(url, date, block)
    elif names["warc-type"] == "conversion":
        headers = (("Content-Type", names["content-type"]),)
        answer = Answer(url=url, status=200, headers=headers, body=block, fetched_at=date)
    return Record(
        type=names["warc-type"], url=url, date=date, answer=answer, profile=names.get("warc-profile"), fields=names
    )


def parse_http(url: str, date: datetime, block: bytes) -> Answer:
    head, _, body = block.partition(b"\r\n\r\n")
    status, _, rest = head.decode("utf-8", "surrogateescape").partition("\r\n")
    fields = tuple(header_fields(rest, skip=0))
    return Answer(url=url, status=int(status.split()[1]), headers=fields, body=body, fetched_at=date)


def header_fields(text: str, skip: int = 1) -> list[tuple[str, str]]:
    pairs = (line.partition(":") for line in text.split("\r\n")[skip:] if ":" in line)
    return [(name, value.strip()) for name, _, value in pairs]
