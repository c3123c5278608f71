"""Keeps requests inside the source: no foreign host, no private address unless the source says so.

Names are checked where they are resolved for the connection itself, so an answer that changes between a check and the
connection (DNS rebinding) gains nothing.
"""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler.address import is_own
from crawler.source import Source

PRIVATE_HOSTS = "PRIVATE_HOSTS"


class Refused(Exception):
    """An address that must not be asked for; the message says which and why. The link is reported as failed."""


def check(url: str, source: Source) -> None:
    """Raises Refused for another scheme, a foreign host, a literal private address, a name or password inside."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise Refused(f"{url}: не http")
    if parts.username is not None or parts.password is not None:
        raise Refused(f"{url}: имя или пароль в адресе")
    if not is_own(url, source):
        raise Refused(f"{url}: чужой узел {parts.hostname}")
    if not source.private and is_private_literal(parts.hostname or ""):
        raise Refused(f"{url}: адрес внутренней сети, а источник этого не разрешает")


def is_private_literal(host: str) -> bool:
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return is_private(host)
    except ValueError:
        return False


def is_private(address: str) -> bool:
    """Anything but a public unicast address. Raises ValueError when it is no address."""
    ip = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return not ip.is_global or ip.is_multicast or (mapped is not None and not mapped.is_global)


class PublicResolver(CachingThreadedResolver):
    """Gives private addresses only for the hosts that the setting PRIVATE_HOSTS names."""

    allowed: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> "PublicResolver":
        resolver = super().from_crawler(crawler, reactor)
        resolver.allowed = frozenset(crawler.settings.getlist(PRIVATE_HOSTS))
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802 Twisted's name
        return super().getHostByName(name, timeout).addCallback(self.checked, name)

    def checked(self, address: str, name: str) -> str:
        if name not in self.allowed and is_private(address):
            raise DNSLookupError(f"{name} ведёт во внутреннюю сеть ({address}), а источник этого не разрешает")
        return address
