"""What a preview sends to browsers: the pages of a built site, and word of each change.

As pages are sent, a script is added that reloads them and shows what is wrong. Only this machine is served.
"""

from __future__ import annotations

import errno
import hashlib
import html
import json
import os
import re
import secrets
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

HOST = "127.0.0.1"

SCRIPT = "/.apiguide/preview.js"
STATE = "/.apiguide/state"

WAIT = 25.0
"""Seconds after which an open page is answered though nothing has happened."""
OPEN = 10
"""So many open pages are shown before all is built."""

_HERE = re.compile(r"(?:localhost|127\.0\.0\.1)(?::[0-9]+)?\Z", re.IGNORECASE)
"""The Host of requests that are answered; a foreign name made to lead here (DNS rebinding) is none."""

_NOT_BUILT = "<!doctype html>\n<html lang=en>\n<title>Not built</title>\n<h1>Not built</h1>\n<pre>{}</pre>\n"
_NOT_FOUND = "<!doctype html>\n<html lang=en>\n<title>Not found</title>\n<h1>Not found</h1>\n"


class ServeError(Exception):
    """A preview that cannot begin; the message says what to do."""


@dataclass(frozen=True)
class State:
    """What open pages want to know."""

    folder: Path | None = None
    """Where the last good pages are; None before the first."""
    site: str = ""
    """Another text for each build that succeeded."""
    seen: str = ""
    """Another text for each build."""
    problems: str = ""
    """What kept the last build from succeeding; empty where nothing did."""
    around: str = ""
    """Another text for each change of more than pages: of styles, images, settings."""


class Preview:
    """The state of a running preview, which one thread sets and others wait for."""

    def __init__(self) -> None:
        self.state = State()
        self._changed = threading.Condition()
        self._asked: dict[str, float] = {}
        """When open pages last asked for the state, by path."""

    def built(self, folder: Path, *, around: bool = False) -> None:
        """Tells open pages that there are new ones, and whether what stands around them is new too."""
        name = secrets.token_hex(8)
        self._set(State(folder, name, name, around=name if around else self.state.around))

    def failed(self, problems: str) -> None:
        """Tells open pages what is wrong; the pages stay as they are."""
        self._set(replace(self.state, seen=secrets.token_hex(8), problems=problems))

    def _set(self, state: State) -> None:
        with self._changed:
            self.state = state
            self._changed.notify_all()

    def after(self, seen: str, timeout: float) -> State:
        """The state as soon as it is another than the one seen, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.state.seen != seen, timeout)
            return self.state

    def asked(self, path: str) -> None:
        """Keeps in mind that a page is open."""
        with self._changed:
            self._asked[path] = monotonic()

    def open_pages(self) -> tuple[str, ...]:
        """The paths of pages that are open in a browser, without slashes at the ends; the last ones first."""
        with self._changed:
            self._asked = {path: at for path, at in self._asked.items() if monotonic() - at < 2 * WAIT}
            newest = sorted(self._asked, key=self._asked.__getitem__, reverse=True)
        return tuple(path.strip("/") for path in newest[:OPEN])


class Server(ThreadingHTTPServer):
    """Answers browsers, each in a thread."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # Windows would let two servers have one port

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Passes over what closed connections and odd paths raise."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def listen(port: int, preview: Preview) -> Server:
    """A server of the preview; raises ServeError where it cannot have the port."""
    try:
        return Server((HOST, port), partial(_Handler, preview=preview))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServeError(f"port {port} is taken; name another one, or let --port 0 take any") from error
        raise ServeError(
            f"port {port} cannot be had ({error.strerror}); name another one, or let --port 0 take any"
        ) from error


def _version(page: bytes, state: State) -> str:
    """Another text for each state of a page and of what stands around it: open pages reload by it."""
    return hashlib.sha256(page + state.around.encode()).hexdigest()[:16] if state.folder else ""


class _Handler(SimpleHTTPRequestHandler):
    """Answers one request."""

    def __init__(self, *arguments: Any, preview: Preview) -> None:
        self.preview = preview
        self.shown = preview.state
        super().__init__(*arguments, directory=str(self.shown.folder))

    def do_GET(self) -> None:
        """Sends a page, another file of the site, the script, or the state that the script asks for."""
        path, _, query = self.path.partition("?")
        if not _HERE.match(self.headers.get("Host", "")):
            self.send_error(
                HTTPStatus.FORBIDDEN, explain=f"The preview answers at {HOST} and localhost alone."
            )
        elif path == SCRIPT:
            script = Path(__file__).with_name("preview.js").read_bytes()
            self._send(HTTPStatus.OK, "text/javascript", script)
        elif path == STATE:
            self._send_state(parse_qs(query))
        elif self.shown.folder is None:
            page = _NOT_BUILT.format(html.escape(self.shown.problems))
            self._send_page(HTTPStatus.SERVICE_UNAVAILABLE, page.encode())
        else:
            self._send_file(Path(self.translate_path(path)), path)

    def do_HEAD(self) -> None:
        """Sends what `do_GET` does, without the body."""
        self.do_GET()

    def _send_state(self, query: Mapping[str, list[str]]) -> None:
        waits = query.get("wait") == ["true"]
        page = query.get("page", [""])[0]
        if page:
            self.preview.asked(page)
        state = self.preview.after(query.get("seen", [""])[0], WAIT if waits else 0)
        self.directory = str(state.folder)  # another release may have become the newest
        site = _version(self._found(page)[1], state) if page and state.folder else state.site
        news = {"site": site, "seen": state.seen, "problems": state.problems}
        self._send(HTTPStatus.OK, "application/json", json.dumps(news).encode())

    def _send_file(self, file: Path, path: str) -> None:
        if os.path.isdir(file) and not path.endswith("/"):  # noqa: PTH112 # false for what can be no path
            super().do_GET()  # leads on to the path with a slash
        elif path.endswith("/") or file.suffix == ".html" or not os.path.isfile(file):  # noqa: PTH113
            self._send_page(*self._found(path))
        else:
            self._send(HTTPStatus.OK, self.guess_type(file), file.read_bytes())

    def _found(self, path: str) -> tuple[HTTPStatus, bytes]:
        """The page at a path, or the one that says that there is none."""
        file = Path(self.translate_path(path))
        if path.endswith("/"):
            file /= "index.html"
        try:
            return HTTPStatus.OK, file.read_bytes()
        except (OSError, ValueError):
            missing = Path(self.directory, "404.html")
            text = missing.read_bytes() if missing.is_file() else _NOT_FOUND.encode()
            return HTTPStatus.NOT_FOUND, text

    def _send_page(self, status: HTTPStatus, page: bytes) -> None:
        """Sends a page with the script behind it, where HTML takes it for a part of the body."""
        version = _version(page, self.shown)
        script = f'<script src="{SCRIPT}" data-state="{STATE}" data-site="{version}"></script>\n'
        self._send(status, "text/html; charset=utf-8", page + script.encode())

    def _send(self, status: HTTPStatus, type_: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def end_headers(self) -> None:
        """Adds what all answers carry; none is kept, so that a reload shows the newest."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Keeps the terminal for what the writer does."""
