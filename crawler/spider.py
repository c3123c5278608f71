"""The one spider: Scrapy's downloader asks, `crawler.visit` decides; all sources at once, each at its own pace."""

import asyncio
import logging
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import scrapy
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from crawler.archive import Answer, Archive
from crawler.frontier import Frontier
from crawler.health import HealthReport
from crawler.settings import slot
from crawler.source import Source
from crawler.visit import Memory, Plan, Unreachable, Visit
from crawler.walk import visit_all

log = logging.getLogger(__name__)


class AgencySpider(scrapy.Spider):
    """Yields nothing: what it keeps goes to the frontier and the archive at once."""

    name = "agency"

    def __init__(
        self,
        *,
        sources: list[Source],
        frontier: Frontier,
        archive: Archive,
        plan: Plan,
        progress: Callable[[Visit], None],
        finished: Callable[[HealthReport], None],
    ) -> None:
        super().__init__()
        self.sources, self.plan, self.progress, self.finished = sources, plan, progress, finished
        self.memory = Memory(frontier, archive)
        self.fault: BaseException | None = None
        """What broke the dataset itself: the run ends, the caller tells."""

    async def start(self) -> AsyncIterator[Any]:
        clock = asyncio.ensure_future(self.memory.keep_committing())
        try:
            await asyncio.gather(*(self.visit(source) for source in self.sources))
        except Exception as error:
            self.fault = error
        finally:
            clock.cancel()
            if self.fault is None:
                self.memory.commit()
        if self.crawler is None:
            yield  # Scrapy wants a generator, although everything is done by now

    async def visit(self, source: Source) -> None:
        visit = Visit(
            source=source, memory=self.memory, fetch=Network(self.crawler), plan=self.plan, progress=self.progress
        )
        await visit_all(visit)
        report = visit.report()
        self.memory.frontier.finish(visit.run, report.as_json())
        self.finished(report)


class Network:
    """`crawler.visit.Fetch` over Scrapy's downloader: its slots, AutoThrottle, TLS, limits."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler
        told = crawler.settings
        self.headers = {**told.getdict("DEFAULT_REQUEST_HEADERS"), "User-Agent": told["USER_AGENT"]}

    async def __call__(self, url: str, source: Source, headers: Mapping[str, str]) -> Answer:
        request = scrapy.Request(
            url,
            headers={**self.headers, **dict(source.headers), **headers},
            dont_filter=True,
            meta={
                "download_slot": slot(url),
                "download_timeout": source.timeout,
                "download_maxsize": source.max_bytes,
                **({"proxy": None} if source.private else {}),
            },
        )
        try:
            response = await self.crawler.engine.download_async(request)
        except DownloadTimeoutError as error:
            raise Unreachable(f"{url}: нет ответа за {source.timeout:g} с", again=True) from error
        except DownloadCancelledError as error:
            raise Unreachable(f"{url}: больше {source.max_bytes} байт") from error
        except ResponseDataLossError as error:
            raise Unreachable(f"{url}: ответ оборван", again=True) from error
        except CannotResolveHostError as error:
            raise Unreachable(f"{url}: {resolving(error)}", again=True) from error
        except DownloadConnectionRefusedError as error:
            raise Unreachable(f"{url}: в соединении отказано", again=True) from error
        except DownloadFailedError as error:
            raise failure(url, error) from error
        except Exception as error:  # Twisted and OpenSSL have many names for a failed connection
            raise failure(url, error) from error
        return answer(url, response, source)

    def slow_down(self, url: str, source: Source, delay: float) -> None:
        downloader, name = self.crawler.engine.downloader, slot(url)
        downloader.per_slot_settings.setdefault(name, {})["delay"] = delay
        if name in downloader.slots:
            downloader.slots[name].delay = delay
        for extension in self.crawler.extensions.middlewares:
            if hasattr(extension, "floors"):
                extension.floors[name] = delay


def resolving(error: Exception) -> str:
    """What `crawler.guard` said, or that there is no such name."""
    text = str(error)
    return text.partition("DNS lookup failed: ")[2] or text if "внутреннюю сеть" in text else "имя узла не найдено"


def failure(url: str, error: Exception) -> Unreachable:
    text = f"{error} {error.__cause__ or ''}"
    if "certificate" in text.lower() or "SSL" in text or "service_identity" in text or "VerificationError" in text:
        return Unreachable(f"{url}: сертификат не проверен ({shortened(text)})")
    return Unreachable(f"{url}: {shortened(text)}", again=True)


def shortened(text: str) -> str:
    return " ".join(text.split())[:200]


def answer(url: str, response: Any, source: Source) -> Answer:
    headers = tuple(
        (name.decode("latin-1"), value.decode("utf-8", "surrogateescape"))
        for name, values in response.headers.items()
        for value in values
    )
    return Answer(
        url=url,
        status=response.status,
        headers=headers,
        body=decoded(url, response, source),
        fetched_at=datetime.now(UTC),
    )


def decoded(url: str, response: Any, source: Source) -> bytes:
    """The body, its content encoding undone. A broken or cut stream is no page: half a release must not be kept."""
    body: bytes = response.body
    encoding = response.headers.get("Content-Encoding", b"").decode("latin-1").strip().lower()
    if not encoding or encoding == "identity" or not body or (encoding == "gzip" and body[:2] != b"\x1f\x8b"):
        return body
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise Unreachable(f"{url}: неизвестное сжатие {encoding}")
    try:
        unpacker = zlib.decompressobj(47 if encoding != "deflate" or body[0] & 0x0F == 8 else -15)
        unpacked = unpacker.decompress(body, source.max_bytes + 1)
    except zlib.error as error:
        raise Unreachable(f"{url}: испорченный {encoding}", again=True) from error
    if len(unpacked) > source.max_bytes:
        raise Unreachable(f"{url}: больше {source.max_bytes} байт после распаковки")
    if not unpacker.eof:
        raise Unreachable(f"{url}: оборванный {encoding}", again=True)
    return unpacked
