"""Serves the API on this machine, and again whenever files of the guide change."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import trustme
import uvicorn
from watchfiles import awatch

from apiguide.folders import REFERENCE
from apiguide.mock.app import Mock, Served
from apiguide.mock.connections import PatientProtocol
from apiguide.view import GuideView

HOST = "127.0.0.1"


Reread = Callable[[], GuideView | str]
"""Gives the view as files say it now, or why there is none."""


class ServeError(Exception):
    """Why nothing can be served."""


def serve(
    root: Path,
    view: GuideView,
    port: int,
    *,
    is_stateful: bool,
    has_tls: bool,
    reread: Reread,
    log: Callable[[Served], None],
    tell: Callable[[str], None],
) -> None:
    """Serves a view until it is stopped, and what `reread` gives whenever the reference of `root` changes.

    Raises ServeError where the port is taken.
    """
    with ExitStack() as stack:
        listener = stack.enter_context(open_listener(port))
        certificate, how = None, ""
        if has_tls:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="apiguide-mock-")))
            certificate = make_certificate(folder, view)
            how = f" (certificate: --cacert {folder / 'ca.pem'})"
        mock = Mock(view, log, is_stateful=is_stateful)
        number = listener.getsockname()[1]
        address = f"{'https' if has_tls else 'http'}://{HOST}:{number}{mock.routes.base}"
        ready = f"release {view.release} of the API is at {address}{how}; stop it with Ctrl-C"
        server = _Server(_config(mock, certificate), lambda: tell(ready))
        asyncio.run(_served(server, listener, _reload(root, mock, reread, tell)))


class _Server(uvicorn.Server):
    """A server that says when it can be used, and stopped."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begins to serve."""
        await super().startup(sockets)
        await asyncio.sleep(0)  # until files are watched
        self.ready()


async def _served(
    server: uvicorn.Server, listener: socket.socket, reload: Coroutine[None, None, None]
) -> None:
    watcher = asyncio.create_task(reload)
    try:
        await server.serve(sockets=[listener])
    finally:
        watcher.cancel()


async def _reload(root: Path, mock: Mock, reread: Reread, tell: Callable[[str], None]) -> None:
    """Shows what files say now, after each change without errors."""
    async for _ in awatch(root / REFERENCE):
        try:
            found = await asyncio.to_thread(reread)
        except OSError as error:
            found = f"the reference cannot be read: {error}"
        if isinstance(found, str):
            tell(f"{found}; the last good state is served")
        else:
            mock.show(found)
            tell("the reference has changed: it is served as it is now")


@contextmanager
def in_thread(mock: Mock, keys: Path | None = None) -> Iterator[int]:
    """The port at which a thread serves; `keys` is a certificate with its key."""
    with open_listener(0) as listener:
        server = uvicorn.Server(_config(mock, keys))
        thread = threading.Thread(
            target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True, name="mock"
        )
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


def _config(mock: Mock, keys: Path | None) -> uvicorn.Config:
    return uvicorn.Config(
        mock,
        http=partial(PatientProtocol, mock),  # type: ignore[arg-type]  # what uvicorn calls is a class
        proxy_headers=False,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=1,
        ssl_certfile=keys,
        ssl_keyfile=keys,
    )


def open_listener(port: int) -> socket.socket:
    """A socket of this machine alone. Raises ServeError where the port is taken."""
    # Of a socket that does not name TCP, asyncio would hold back each second packet for 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(100)  # who connects now waits until all is ready
    except OSError as error:
        listener.close()
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        raise ServeError(f"port {port} {why}; name another one, or let --port 0 take any") from error
    return listener


def make_certificate(folder: Path, view: GuideView) -> Path:
    """A certificate for the hosts of the guide and for this machine, with its key, in one file."""
    hosts = [urlsplit(server.url).hostname for server in view.settings.servers]
    authority = trustme.CA()
    own = authority.issue_cert(HOST, "localhost", *dict.fromkeys(host for host in hosts if host))
    path = folder / "server.pem"
    own.private_key_and_cert_chain_pem.write_to_path(str(path))
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(path)
    return path
