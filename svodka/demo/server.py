"""Serves the five agencies' sites on loopback, each on a port of its own."""

import errno
import threading
from collections import Counter
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qsl, urlsplit

from svodka.demo.agencies import Agency, agencies
from svodka.demo.bitrix import Bitrix, Redesigned
from svodka.demo.gosweb import GosWeb
from svodka.demo.newsroom import Newsroom
from svodka.demo.oldsite import OldSite
from svodka.demo.site import Answer, Site
from svodka.demo.wordpress import WordPress

HOST = "127.0.0.1"
MANNERS: Mapping[str, type[Site]] = {
    "bitrix": Bitrix,
    "wordpress": WordPress,
    "gosweb": GosWeb,
    "oldsite": OldSite,
    "json": Newsroom,
}
REDESIGNED: Mapping[str, type[Site]] = {"bitrix": Redesigned}


class PortTaken(OSError):
    """Another program listens on a port that is needed: the message names it."""


class Agencies:
    """The five sites, from entering the `with` block to leaving it.

    `ports` gives each agency's port by id; addresses of releases hold the port, so a run that must find what an
    earlier one stored gives the earlier one's. Missing ones are chosen free. `redesigned` names the manner whose site
    is served as after a redesign; `first_wording` shows releases as they stood before they were corrected.
    """

    def __init__(
        self, ports: Mapping[str, int] | None = None, *, redesigned: str | None = None, first_wording: bool = False
    ) -> None:
        self.all = agencies(first_wording=first_wording)
        self.ports = dict(ports or {})
        self.redesigned = redesigned
        self.servers: dict[str, Server] = {}

    def __enter__(self) -> "Agencies":
        try:
            for agency in self.all:
                self.servers[agency.id] = started(agency, self.ports.get(agency.id, 0), self.manner(agency))
        except BaseException:
            self.stop()
            raise
        self.ports = {name: server.server_port for name, server in self.servers.items()}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        for server in self.servers.values():
            server.shutdown()
            server.server_close()
        self.servers = {}

    def manner(self, agency: Agency) -> type[Site]:
        if agency.manner == self.redesigned:
            return REDESIGNED[agency.manner]
        return MANNERS[agency.manner]

    @property
    def addresses(self) -> dict[str, str]:
        """Agency's id → address of its site, without a slash at the end."""
        return {name: server.base for name, server in self.servers.items()}

    def answered(self) -> dict[str, Counter[int]]:
        """Agency's id → how many answers of each status it has given."""
        return {name: Counter(server.statuses) for name, server in self.servers.items()}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    # Set on Linux anyway; without it a second run within a minute would find its own ports taken.
    allow_reuse_address = True

    def __init__(self, port: int) -> None:
        super().__init__((HOST, port), Handler)
        self.base = f"http://{HOST}:{self.server_port}"
        self.statuses: list[int] = []
        self.site: Site


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server
    # Headers and body leave in two writes; without this the second waits for the reader's acknowledgement (40 ms).
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self.give(with_body=True)

    def do_HEAD(self) -> None:
        self.give(with_body=False)

    def give(self, *, with_body: bool) -> None:
        url = urlsplit(self.path)
        answer = self.server.site.answer(url.path, dict(parse_qsl(url.query)))
        if answer.status == 200 and unchanged(answer.headers, dict(self.headers)):
            answer = Answer(status=304, headers={k: v for k, v in answer.headers.items() if k != "Content-Type"})
        self.server.statuses.append(answer.status)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if with_body and answer.status != 304:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the base class's name
        """Says nothing: standard error belongs to the demo's progress."""


def unchanged(sent: Mapping[str, str], asked: Mapping[str, str]) -> bool:
    """RFC 9110: If-None-Match decides where it is given, else If-Modified-Since."""
    wanted = asked.get("If-None-Match")
    if wanted is not None:
        return "ETag" in sent and any(bare(one) == bare(sent["ETag"]) for one in wanted.split(","))
    since = asked.get("If-Modified-Since")
    if since is None or "Last-Modified" not in sent:
        return False
    try:
        return parsedate_to_datetime(sent["Last-Modified"]) <= parsedate_to_datetime(since)
    except ValueError:
        return False


def bare(tag: str) -> str:
    return tag.strip().removeprefix("W/")


def started(agency: Agency, port: int, manner: type[Site]) -> Server:
    try:
        server = Server(port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(error.errno, f"порт {port} занят другой программой") from error
        raise
    server.site = manner(agency, server.base)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server
