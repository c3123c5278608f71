"""What robots.txt allows, odd answers included.

A missing file, a refusal, or the site's HTML home page in its place forbid nothing (RFC 9309, 2.3.1.3); a server error
forbids everything until the file can be read again, unless it was read within the last month.
"""

from datetime import UTC, datetime, timedelta

from protego import Protego

from crawler.frontier import RobotsFile

PRODUCT = "Svodka"
MAX = 512_000
"""Bytes that are read, as RFC 9309 asks for at least."""
KEEP = timedelta(hours=24)
"""How long one reading holds."""
STALE = timedelta(days=30)
LONGEST_DELAY = 60.0
"""Seconds; some files ask for an hour, which no listing would survive."""


class Rules:
    """Of one host."""

    def __init__(self, rules: Protego | None, *, forbidden: bool = False) -> None:
        self.rules, self.forbidden = rules, forbidden

    def allow(self, url: str) -> bool:
        if self.forbidden:
            return False
        return self.rules is None or bool(self.rules.can_fetch(url, PRODUCT))

    @property
    def delay(self) -> float:
        """Seconds between two requests that the file asks for, 0 for none."""
        told = self.rules.crawl_delay(PRODUCT) if self.rules is not None else None
        return min(float(told or 0), LONGEST_DELAY)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        return tuple(self.rules.sitemaps) if self.rules is not None else ()


def read(file: RobotsFile) -> Rules:
    if file.status >= 500 or file.status == 429:
        return Rules(None, forbidden=True)
    if file.status >= 300 or is_html(file.body):
        return Rules(None)
    return Rules(Protego.parse(file.body[:MAX].decode("utf-8-sig", "replace")))


def is_html(body: bytes) -> bool:
    head = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(b"<") or b"<html" in head


def is_fresh(file: RobotsFile, now: datetime | None = None) -> bool:
    return (now or datetime.now(UTC)) - file.fetched_at < KEEP


def chosen(file: RobotsFile, before: RobotsFile | None) -> RobotsFile:
    """What holds after this answer: a server error leaves a reading of the last month standing."""
    failed = file.status >= 500 or file.status == 429
    if failed and before is not None and before.status < 500 and file.fetched_at - before.fetched_at < STALE:
        return before
    return file
