"""A small site on loopback for tests: pages are put into a dictionary, requests can be looked at afterwards."""

import gzip
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Reply:
    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    """Bytes of the body sent before the connection is closed, although Content-Length promised all."""

    @property
    def data(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else self.body.encode()


@dataclass(frozen=True)
class Asked:
    path: str
    """With the query."""
    headers: dict[str, str]
    """Names in lower case."""


Page = Reply | str | bytes | Callable[[Asked], Reply]


class Site:
    """`with Site({"/": "<h1>…"}) as site: … site.base … site.asked`. Unknown addresses answer 404.

    A page is text, bytes, a Reply, or a function of the request. ETags are not invented: give them in a Reply.
    """

    def __init__(self, pages: dict[str, Page] | None = None, *, certificate: Path | None = None) -> None:
        self.pages: dict[str, Page] = {"/robots.txt": Reply(status=404), **(pages or {})}
        self.asked: list[Asked] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self.server.daemon_threads = True
        self.scheme = "http"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            self.scheme = "https"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    @property
    def base(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def count(self, path: str) -> int:
        return self.paths().count(path)

    def reply(self, asked: Asked) -> Reply:
        page = self.pages.get(asked.path, Reply(status=404, body="нет такой страницы"))
        if isinstance(page, str | bytes):
            return html(page)
        return page if isinstance(page, Reply) else page(asked)


def html(body: str | bytes, **headers: str) -> Reply:
    kind = {"Content-Type": "text/html; charset=utf-8"}
    return Reply(body=body, headers=kind | {name.replace("_", "-"): value for name, value in headers.items()})


def xml(body: str | bytes, **headers: str) -> Reply:
    kind = {"Content-Type": "application/xml"}
    return Reply(body=body, headers=kind | {name.replace("_", "-"): value for name, value in headers.items()})


def gzipped(reply: Reply) -> Reply:
    return Reply(
        body=gzip.compress(reply.data), status=reply.status, headers={**reply.headers, "Content-Encoding": "gzip"}
    )


def tagged(body: str, etag: str) -> Callable[[Asked], Reply]:
    """A page with an ETag that answers 304 when asked with it."""

    def reply(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == etag:
            return Reply(status=304, headers={"ETag": etag})
        return html(body, ETag=etag)

    return reply


def handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def do_GET(self) -> None:
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
            site.asked.append(asked)
            reply = site.reply(asked)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in reply.headers:
                self.send_header("Content-Length", str(len(reply.data)))
            self.end_headers()
            self.wfile.write(reply.data if reply.cut is None else reply.data[: reply.cut])
            if reply.cut is not None:
                self.close_connection = True

        def log_message(self, *args: object) -> None:
            """Tests are quiet."""

    return Handler
