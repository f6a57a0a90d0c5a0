"""The live preview: builds a release into a temporary folder, serves it, and builds again after each change.

Pages are those that `build` makes. As they are sent, a script is added that reloads them and shows what is
wrong. Only this machine is served.
"""

from __future__ import annotations

import errno
import html
import json
import os
import re
import secrets
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

from apiguide.checks import check
from apiguide.site.build import BuildError, build_alone
from apiguide.site.watch import changes, look

HOST = "127.0.0.1"

SCRIPT = "/.apiguide/preview.js"
STATE = "/.apiguide/state"

WAIT = 25.0
"""Seconds after which an open page is answered though nothing has happened."""

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


class Preview:
    """The state of a running preview, which one thread sets and others wait for."""

    def __init__(self) -> None:
        self.state = State()
        self._changed = threading.Condition()

    def built(self, folder: Path) -> None:
        """Tells open pages that there are new ones."""
        name = secrets.token_hex(8)
        self._set(State(folder, site=name, seen=name))

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


def serve(root: Path, release: str | None, port: int, say: Callable[[str], None]) -> None:
    """Previews a release of the project in `root`, by default the newest, until it is interrupted.

    With 0 for the port, any free one is taken. `say` is told what happens. Raises ServeError where the port
    cannot be had.
    """
    preview = Preview()
    with _listen(port, preview) as server, tempfile.TemporaryDirectory(prefix="apiguide-") as folder:
        address = f"http://{HOST}:{server.server_port}/"
        build_again = partial(_build, root, release, Path(folder, "site"), address)
        before = look(root)
        _update(preview, build_again, say)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(f"{address} shows the guide and follows your changes; Ctrl-C ends it.")
        try:
            for changed in changes(root, before):
                say(f"changed: {', '.join(changed)}")
                _update(preview, build_again, say)
        finally:
            server.shutdown()


def _update(preview: Preview, build_again: Callable[[], Path], say: Callable[[str], None]) -> None:
    """Builds, and tells the terminal and the open pages what came of it."""
    start = monotonic()
    try:
        folder = build_again()
    except BuildError as error:
        preview.failed(str(error))
        say(str(error))
    except Exception as error:  # whatever a faulty macro or a half-saved file raises, the preview goes on
        text = f"The guide could not be built: {type(error).__name__}: {error}"
        preview.failed(text)
        say(text)
    else:
        preview.built(folder)
        say(f"built release {folder.name} in {monotonic() - start:.1f} s")


def _build(root: Path, release: str | None, target: Path, address: str) -> Path:
    """Builds a release, by default the newest, into a folder below `target`; raises BuildError."""
    checked = check(root)
    shown = release or (checked.guide.newest if checked.guide else "")
    build_alone(checked, shown, target / shown, address)
    return target / shown


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # Windows would let two servers have one port

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Passes over what closed connections and odd paths raise."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def _listen(port: int, preview: Preview) -> _Server:
    try:
        return _Server((HOST, port), partial(_Handler, preview=preview))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServeError(f"port {port} is taken; name another one, or let --port 0 take any") from error
        raise ServeError(
            f"port {port} cannot be had ({error.strerror}); name another one, or let --port 0 take any"
        ) from error


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
        state = self.preview.after(query.get("seen", [""])[0], WAIT if waits else 0)
        news = {"site": state.site, "seen": state.seen, "problems": state.problems}
        self._send(HTTPStatus.OK, "application/json", json.dumps(news).encode())

    def _send_file(self, file: Path, path: str) -> None:
        if file.is_dir() and not path.endswith("/"):
            super().do_GET()  # leads on to the path with a slash
            return
        if path.endswith("/"):
            file /= "index.html"
        if not file.is_file():
            page = Path(self.directory, "404.html")
            text = page.read_bytes() if page.is_file() else _NOT_FOUND.encode()
            self._send_page(HTTPStatus.NOT_FOUND, text)
        elif file.suffix == ".html":
            self._send_page(HTTPStatus.OK, file.read_bytes())
        else:
            self._send(HTTPStatus.OK, self.guess_type(file), file.read_bytes())

    def _send_page(self, status: HTTPStatus, page: bytes) -> None:
        """Sends a page with the script at its end."""
        script = f'<script src="{SCRIPT}" data-state="{STATE}" data-site="{self.shown.site}"></script>\n'
        end = page.rfind(b"</body>")
        end = len(page) if end < 0 else end
        self._send(status, "text/html; charset=utf-8", page[:end] + script.encode() + page[end:])

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
