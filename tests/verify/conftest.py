"""Servers that answer as a test says, and what they were asked."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from apiguide.model import Authentication, Guide
from apiguide.verify.client import Client, Limits

SECRET = "tatyana:s3cr3t-Pa$$ /w"
"""Credentials that stand nowhere else."""

IMPATIENT = Limits(silence=0.3, total=0.6, size=10_000, wait=60)


@dataclass
class Served:
    """A server that runs, and what it was asked."""

    port: int = 0
    targets: list[str] = field(default_factory=list)
    """The method and the target of each request."""
    heads: list[str] = field(default_factory=list)
    """The whole head of each request."""

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"


Answer = Callable[[str, socket.socket], bytes | None]
"""Takes the method and the target of a request, and gives what is sent; it may use the connection itself."""
Serve = Callable[[Answer], Served]


def said(body: str | bytes = "", status: int = 200, type_: str = "application/json", **headers: str) -> bytes:
    """An answer in HTTP."""
    data = body.encode() if isinstance(body, str) else body
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {status} Said\r\nContent-Type: {type_}\r\n{more}Content-Length: {len(data)}\r\n\r\n"
    return head.encode() + data


@contextmanager
def serving(answer: Answer) -> Iterator[Served]:
    """Serves until the test ends."""
    served = Served()
    threads: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        served.port = listener.getsockname()[1]

        def respond(connection: socket.socket) -> None:
            with connection, connection.makefile("rb") as lines:
                try:
                    head = b"".join(iter(lambda: lines.readline().strip() + b"\n", b"\n")).decode()
                    target = " ".join(head.split("\n")[0].split(" ")[:2])
                    served.targets.append(target)
                    served.heads.append(head)
                    data = answer(target, connection)
                    if data is not None:
                        connection.sendall(data)
                except OSError:
                    pass  # who asked has gone

        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threads.append(threading.Thread(target=respond, args=[connection], daemon=True))
                threads[-1].start()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield served
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """`serve(answer)`: a server that runs until the test ends."""
    with ExitStack() as stack:

        def start(answer: Answer) -> Served:
            context: AbstractContextManager[Served] = serving(answer)
            return stack.enter_context(context)

        yield start


@pytest.fixture
def waited() -> list[float]:
    """The seconds that clients were asked to wait."""
    return []


@pytest.fixture
def client_of(waited: list[float]) -> Callable[..., Client]:
    """`client_of(guide, url)`: a client with little patience, which never really waits."""

    def make(guide: Guide, url: str, secret: str = SECRET, **options: Any) -> Client:
        scheme: Authentication | None = next(iter(guide.settings.authentication), None)
        return Client(url, scheme, secret, limits=IMPATIENT, wait=waited.append, **options)

    return make
