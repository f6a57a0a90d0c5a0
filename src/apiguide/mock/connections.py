"""Connections that are ended when a request does not arrive, and requests that are no HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from apiguide.mock import app


class PatientProtocol(H11Protocol):
    """Waits for the head of a request as long as for its body."""

    def __init__(self, mock: app.Mock, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.mock = mock
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has connected."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """A part of a request has come."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self._deadline is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection has ended."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuses what is no request, and says so in the log."""
        super().send_400_response(msg)
        self.mock.log(app.Served("?", "?", 400, 0.0, msg))

    def _wait(self) -> None:
        self._deadline = self.loop.call_later(app.PATIENCE, self._end)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _end(self) -> None:
        """Ends a connection on which no request has arrived, and tells whoever began one."""
        if self.conn.trailing_data[0] and not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n")
            self.mock.log(app.Served("?", "?", 408, app.PATIENCE, "the head of the request did not arrive"))
        self.transport.close()
