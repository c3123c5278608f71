"""What the crawler remembers between runs: addresses found, pages kept, validators, how far each listing was walked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A release's address as a listing, feed or sitemap gave it."""

    url: str
    key: str
    """Equal for all addresses of the same page, see `crawler.address.key`."""
    published: datetime | None = None
    modified: datetime | None = None
    """A sitemap's lastmod or a feed's `updated`: a later one than the last fetch has the page fetched again."""
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A release's address in the frontier, due for fetching."""

    id: int
    source: str
    url: str
    key: str
    hints: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    """sha1 of the body last kept, in hexadecimal; None: never fetched."""
    published: datetime | None = None
    found_at: datetime | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a record stands in the archive."""

    file: str
    """Name inside the dataset's `warc/` folder."""
    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """One version of one page: a row of the dataset that points at the archive."""

    id: int
    """Grows with time: `since(id)` gives what came after."""
    link: int
    """The same for all versions of a page and all its addresses."""
    source: str
    url: str
    addresses: tuple[str, ...]
    """All addresses this page is known by, `url` first."""
    fetched_at: datetime
    status: int
    digest: str
    place: Place
    hints: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, Place] = field(default_factory=dict)
    """Files beside the release that were fetched with it, by address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """Of a feed, listing or sitemap: asked again with these, an unchanged one costs nothing."""

    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """robots.txt as last read."""

    status: int
    body: bytes
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Of all that is known of a source; None where nothing is."""

    oldest: datetime | None
    newest: datetime | None
    """Dates of releases, by listings and pages."""
    first_found: datetime | None
    last_found: datetime | None
    """When addresses came to be known."""


class Frontier(Protocol):
    """Implemented over the dataset file by `store.frontier.SqliteFrontier`; one process writes at a time.

    Whatever `flush` has not reached is forgotten when the process dies, and then done again: never half of it.
    """

    def start(self, source: str) -> int:
        """The number of a new run."""

    def finish(self, run: int, report: Mapping[str, object]) -> None: ...

    def covered(self, source: str, way: str) -> int:
        """The last run in which this way was walked to its end, 0 for none."""

    def cover(self, source: str, way: str, run: int) -> None: ...

    def runs_of(self, source: str, keys: Iterable[str]) -> dict[str, int]:
        """Which of these keys are known, and the run that found each."""

    def add(
        self, source: str, run: int, found: Iterable[Found], *, skip: bool = False, wake: bool = False
    ) -> int:  # fmt: skip
        """Remembers addresses (`skip`: known now, but not to be fetched) and returns how many were new.

        A known page whose `modified` is later than its last fetch becomes due at once; with `wake`, one skipped before
        is new again.
        """

    def due(self, source: str, before: datetime, count: int, *, recheck: bool = False) -> list[Link]:
        """New addresses first, then those to be looked at again before this moment (`recheck`: all not looked at since
        it); not those handed out in this process whose outcome isn't flushed."""

    def keep(
        self,
        link: Link,
        *,
        url: str,
        fetched_at: datetime,
        status: int,
        digest: str,
        place: Place,
        etag: str | None,
        last_modified: str | None,
        due_at: datetime | None,
        run: int,
        hints: Mapping[str, str],
    ) -> None:
        """A new version of a page."""  # fmt: skip

    def attach(self, link: Link, url: str, place: Place) -> None:
        """A document that the page links to."""

    def attached(self, link: Link) -> frozenset[str]:
        """Addresses of documents kept with this page."""

    def unchanged(self, link: Link, checked_at: datetime, due_at: datetime) -> None: ...

    def drop(self, link: Link, state: str, reason: str, *, due_at: datetime | None = None) -> None:
        """Not fetched: `state` is gone, failed, blocked or skipped; `due_at`: when to try again, None for never."""

    def date(self, link: Link, published: datetime) -> None:
        """The page itself told when it was published, where the listing had not."""

    def dates_of(self, source: str, keys: Iterable[str]) -> dict[str, datetime]:
        """Of these keys, those whose date is known."""

    def alias(self, source: str, key: str, url: str, link: int) -> None:
        """One more address of a page."""

    def rename(self, link: Link, key: str, url: str) -> Link:
        """The page says that this is its address; the old one becomes an alias."""

    def find(self, source: str, key: str) -> Link | None:
        """The page known by this key, aliases included."""

    def forget(self, link: Link) -> None:
        """As if it had never been found; for numbers that nothing stands at yet."""

    def urls(self, source: str, start: str) -> Iterable[str]:
        """Known addresses that begin so."""

    def waiting_count(self, source: str) -> int:
        """Addresses found and never fetched yet."""

    def same_body(self, source: str, digest: str) -> int | None:
        """The link of a page of this source with the same bytes."""

    def validators(self, url: str) -> Validators: ...

    def validate(self, source: str, url: str, validators: Validators) -> None: ...

    def robots(self, host: str) -> RobotsFile | None: ...

    def keep_robots(self, host: str, robots: RobotsFile) -> None: ...

    def archived(self) -> dict[str, int]:
        """Archive file → bytes of it that rows refer to; what stands behind them was never committed."""

    def flush(self, archive: Mapping[str, int] | None = None) -> None:
        """Commits everything; `archive` gives the flushed lengths of the archive's files."""

    def published_since(self, source: str, day: datetime) -> int:
        """How many known releases are dated at or after this moment."""

    def span(self, source: str) -> Span: ...
