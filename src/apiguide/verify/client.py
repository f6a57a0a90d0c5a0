"""Sends requests to a server that nobody trusts: no redirects, no endless answers, no secrets in errors."""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from apiguide.model import Authentication

LARGEST = 20_000_000
"""The bytes that an answer may have."""
TIMEOUT = 20.0
"""The seconds for which the server may be silent."""
PATIENCE = 30
"""The seconds that are waited at most when a server asks to."""
TRIES = 3


class UnreachableError(Exception):
    """Why nothing can be asked of a server at all."""


class NoAnswerError(Exception):
    """Why one request got no answer that can be read."""


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: str
    media_type: str
    body: bytes
    location: str = ""


class Client:
    """Requests to one server, with the credentials of one scheme."""

    def __init__(
        self, url: str, scheme: Authentication | None, secret: str, cacert: Path | None = None
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UnreachableError(f"{url!r} is not an address such as https://panel.example.test")
        self.base = parts.path.rstrip("/")
        self._parts = parts
        self._scheme = scheme
        self._secret = secret
        self._context = None
        if parts.scheme == "https":
            try:
                self._context = ssl.create_default_context(cafile=str(cacert) if cacert else None)
            except (OSError, ssl.SSLError) as error:
                raise UnreachableError(f"{cacert} holds no certificates") from error

    def get(self, method: str, path: str, query: list[tuple[str, str]], accept: str) -> Reply:
        """What the server answers. Raises NoAnswerError, or UnreachableError where no request can succeed."""
        for attempt in range(TRIES):
            reply, wait = self._once(method, path, query, accept)
            if reply.status not in ("429", "503") or wait is None or attempt == TRIES - 1:
                return reply
            time.sleep(min(wait, PATIENCE))
        raise AssertionError("the last try returns")

    def _once(
        self, method: str, path: str, query: list[tuple[str, str]], accept: str
    ) -> tuple[Reply, int | None]:
        headers = {"Accept": accept, "User-Agent": "apiguide-verify", "Connection": "close"}
        pairs = [*query, *self._credentials(headers)]
        target = self.base + path
        if pairs:
            target += "?" + "&".join(
                f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs
            )
        connection = self._connection()
        try:
            connection.request(method, target, headers=headers)
            response = connection.getresponse()
            body = response.read(LARGEST + 1)
        except ssl.SSLError as error:
            raise UnreachableError(
                self._clean(f"the certificate of {self._parts.hostname} fails: {error}")
            ) from None
        except (ConnectionRefusedError, socket.gaierror) as error:
            raise UnreachableError(self._clean(f"{self._parts.netloc} cannot be reached: {error}")) from None
        except TimeoutError:
            raise NoAnswerError(f"the server was silent for {TIMEOUT:.0f} seconds") from None
        except (http.client.HTTPException, OSError, ValueError) as error:
            raise NoAnswerError(self._clean(f"the answer broke off: {type(error).__name__}")) from None
        finally:
            connection.close()
        if len(body) > LARGEST:
            raise NoAnswerError(f"the answer has more than {LARGEST:,} bytes")
        wait = response.headers.get("Retry-After", "")
        media_type = (response.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        location = self._clean(response.headers.get("Location") or "")
        return Reply(str(response.status), media_type, body, location), int(wait) if wait.isdigit() else None

    def _connection(self) -> http.client.HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        if self._context is not None:
            return http.client.HTTPSConnection(host, port, timeout=TIMEOUT, context=self._context)
        return http.client.HTTPConnection(host, port, timeout=TIMEOUT)

    def _credentials(self, headers: dict[str, str]) -> list[tuple[str, str]]:
        """Adds the credentials to headers, or returns them for the query."""
        scheme = self._scheme
        if scheme is None:
            return []
        if scheme.type == "basic":
            headers["Authorization"] = f"Basic {base64.b64encode(self._secret.encode()).decode()}"
        elif scheme.type == "bearer":
            headers["Authorization"] = f"Bearer {self._secret}"
        elif scheme.location == "header":
            headers[str(scheme.name)] = self._secret
        else:
            return [(str(scheme.name), self._secret)]
        return []

    def _clean(self, text: str) -> str:
        """A text without the secret, however it may have got there."""
        encoded = base64.b64encode(self._secret.encode()).decode()
        for secret in {self._secret, quote(self._secret, safe=""), encoded, *self._secret.split(":", 1)} - {
            ""
        }:
            text = text.replace(secret, "…")
        return text
