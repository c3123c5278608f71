"""Scrapy's settings for a crawl: few middlewares, verified TLS, no private addresses, every host at its own pace."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from crawler.guard import PRIVATE_HOSTS
from crawler.source import Source

FLOORS = "THROTTLE_FLOORS"


def settings(
    sources: Iterable[Source],
    *,
    agent: str,
    concurrency: int = 16,
    log_level: str = "WARNING",
) -> dict[str, Any]:
    several = list(sources)
    private = {host for source in several if source.private for host in names(source)} | proxies()
    return {
        "USER_AGENT": agent,
        "CONCURRENT_REQUESTS": concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": max((source.concurrency for source in several), default=1),
        "CONCURRENT_ITEMS": 1,
        "DOWNLOAD_SLOTS": slots(several),
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_DELAY_JITTER": 0.3,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_HANDLERS": {
            "data": None,
            "file": None,
            "ftp": None,
            "s3": None,
        },
        "TWISTED_DNS_RESOLVER": "crawler.guard.PublicResolver",
        PRIVATE_HOSTS: sorted(private),
        "DNS_TIMEOUT": 20,
        # What these do is done by `crawler.visit`, once and with the frontier at hand.
        "DOWNLOADER_MIDDLEWARES_BASE": {
            **cookies(several),
            **proxy(),
        },
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {"crawler.throttle.Throttle": 0},
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.8,*/*;q=0.5",
            "Accept-Language": "ru,en;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        },
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": 0,
        "AUTOTHROTTLE_MAX_DELAY": 60,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
        FLOORS: {slot: values["delay"] for slot, values in slots(several).items()},
        "STATS_DUMP": False,
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "TELNETCONSOLE_ENABLED": False,
        "WARN_ON_GENERATOR_RETURN_VALUE": False,
        "LOG_LEVEL": log_level,
        "LOG_VERSIONS": [],
        "LOG_INSTALL_ROOT_HANDLER": False,
    }


def names(source: Source) -> set[str]:
    return {
        *(host.partition(":")[0] for host in source.hosts if host.count(":") < 2),
        urlsplit(source.home).hostname or "",
    }


def cookies(sources: list[Source]) -> dict[str, int]:
    wanted = any(source.cookies for source in sources)
    return {"scrapy.downloadermiddlewares.cookies.CookiesMiddleware": 700} if wanted else {}


def proxy() -> dict[str, int]:
    """Where the environment names one (http_proxy, https_proxy)."""
    return {"scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750} if getproxies() else {}


def proxies() -> set[str]:
    """Hosts of the proxies, which may well live in the private network."""
    return {host for url in getproxies().values() if (host := urlsplit(url).hostname) is not None}


def slots(sources: list[Source]) -> dict[str, dict[str, float]]:
    """Sources that share a host share its pace: the slowest one's."""
    several: dict[str, dict[str, float]] = {}
    for source in sources:
        for host in source.hosts:
            name = host.removeprefix("www.")
            before = several.get(name, {"delay": 0.0, "concurrency": 16})
            several[name] = {
                "delay": max(before["delay"], source.delay),
                "concurrency": min(before["concurrency"], source.concurrency),
            }
    return several


def slot(url: str) -> str:
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}:{parts.port}" if parts.port not in (None, 80, 443) else host
