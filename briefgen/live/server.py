"""What is shown in, a server on 127.0.0.1 out that gives it to a browser on this machine, and tells open pages when it changes.

Only what is shown can be asked for: names are looked up in it, never on the disk, so there is no path to climb and no folder to
list. A request must name this machine in its Host header, else a page from elsewhere could read the brief through a name
that it has pointed at 127.0.0.1 (DNS rebinding). Nothing is ever changed by a request.

Changes are told as server-sent events, in a thread for each open page. Limit: browsers open six connections to one server,
so the seventh tab waits.
"""

from __future__ import annotations

import os
import socketserver
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from threading import Condition, Thread
from typing import Any
from urllib.parse import unquote

from briefgen.live.pages import INDEX, Shown
from briefgen.model.errors import UsageError

HERE, NAMES = "127.0.0.1", ("127.0.0.1", "localhost")
EVENTS = "/.changes"
#: Seconds between two signs of life to an open page; whoever has left is noticed then.
HEARTBEAT = 10
TYPES = {"html": "text/html", "json": "application/json", "eml": "message/rfc822"}
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


class Server(socketserver.ThreadingTCPServer):
    """Serves what ``show`` was last given; ``start`` runs it in threads that end with the process."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere that would let two servers share a port

    def __init__(self, port: int) -> None:
        self.shown, self.changed = Shown(), Condition()
        try:
            super().__init__((HERE, port), _Request)
        except OSError as error:
            message = f"port {port} cannot be had: {error.strerror}. Choose another with --port, or any free one with --port 0"
            raise UsageError("port", message) from None

    @property
    def address(self) -> str:
        """Where to look."""
        return f"http://{HERE}:{self.server_address[1]}/"

    def start(self) -> None:
        """Answer from now on."""
        Thread(target=self.serve_forever, daemon=True).start()

    def show(self, shown: Shown) -> None:
        """Serve ``shown`` from now on and tell the open pages."""
        with self.changed:
            self.shown = shown
            self.changed.notify_all()

    def knows(self, host: str) -> bool:
        """Whether a Host header names this server."""
        name, _, port = host.strip().lower().rpartition(":") if ":" in host else (host.strip().lower(), "", "80")
        return name in NAMES and port == str(self.server_address[1])

    def next_version(self, known: str) -> str:
        """The version once it is no longer ``known``, or still that one after a while."""
        with self.changed:
            self.changed.wait_for(lambda: self.shown.version != known, HEARTBEAT)
            return self.shown.version

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever closes a page in the middle of an answer is no news."""


class _Request(BaseHTTPRequestHandler):
    server: Server
    timeout = 30

    def do_GET(self) -> None:
        path = unquote(self.path.partition("?")[0])
        shown = self.server.shown
        name = path.removeprefix("/") or INDEX
        if not self.server.knows(self.headers.get("Host", "")):
            self._say(HTTPStatus.MISDIRECTED_REQUEST, "This server answers only for this machine.")
        elif path == EVENTS:
            self._tell_changes()
        elif shown.error is not None and name.endswith(".html"):
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, "text/html", shown.error)
        elif name in shown.files:
            self._answer(HTTPStatus.OK, TYPES.get(name.rpartition(".")[2], "text/plain"), shown.files[name])
        else:
            self._say(HTTPStatus.NOT_FOUND, f"There is: {', '.join(sorted(shown.files))}")

    def do_HEAD(self) -> None:
        self.do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the base class objects to: a method that has no ``do_`` here, a request that is none."""
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        self._say(status, message or status.phrase)

    def version_string(self) -> str:
        """What answers, without versions of it."""
        return "briefgen"

    def _say(self, status: HTTPStatus, text: str) -> None:
        self._answer(status, "text/plain", f"{text}\n".encode())

    def _answer(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self._head(status, kind, {"Content-Length": str(len(data)), "Allow": "GET, HEAD"})
        if self.command != "HEAD":
            self.wfile.write(data)

    def _head(self, status: HTTPStatus, kind: str, more: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": f"{kind}; charset=utf-8", **HEADERS, **more}.items():
            self.send_header(name, value)
        self.end_headers()

    def _tell_changes(self) -> None:
        self._head(HTTPStatus.OK, "text/event-stream", {})
        known = ""
        with suppress(OSError):  # the page was closed
            self.wfile.write(b"retry: 500\n\n")
            while self.command != "HEAD":
                version = self.server.next_version(known)
                self.wfile.write(b":\n\n" if version == known else f"data: {version}\n\n".encode())
                known = version

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are not told."""
