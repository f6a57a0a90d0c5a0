"""Sends requests to a server that nobody trusts: no redirects, no endless answers, no secrets in errors."""

from __future__ import annotations

import base64
import contextlib
import email.utils
import http.client
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

from apiguide.model import Authentication

TRIES = 3
"""How often a request is sent that the server wants to have later."""
SHORTEST = 6
"""A shorter name of a user, such as `admin`, is left in texts, of which it may be a word."""


class UnreachableError(Exception):
    """Why nothing can be asked of a server at all."""


class NoAnswerError(Exception):
    """Why one request got no answer that can be read."""


@dataclass(frozen=True)
class Limits:
    """How much patience there is with a server."""

    silence: float = 20.0
    """The seconds for which it may say nothing."""
    total: float = 120.0
    """The seconds that an answer may take."""
    size: int = 20_000_000
    """The bytes that an answer may have."""
    wait: float = 60.0
    """The seconds that are waited at most when it asks to."""


@dataclass(frozen=True)
class ServerAnswer:
    """What a server answered; its body may repeat secrets, all else is without them."""

    status: str
    media_type: str
    body: bytes
    location: str = ""


class Question(NamedTuple):
    """What an endpoint is asked, without credentials."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


class Client:
    """Requests to one server, with the credentials of one scheme."""

    def __init__(
        self,
        url: str,
        scheme: Authentication | None,
        secret: str,
        cacert: Path | None = None,
        *,
        limits: Limits | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.limits = limits or Limits()
        self._wait = wait
        self._parts = _address(url)
        self._base = quote(self._parts.path.rstrip("/"), safe="/%:@~!$&'()*+,;=")
        self._scheme = scheme
        self._secret = secret
        _check(scheme, secret)
        self._context = None
        if self._parts.scheme == "https":
            try:
                self._context = ssl.create_default_context(cafile=str(cacert) if cacert else None)
            except (OSError, ssl.SSLError):
                raise UnreachableError(f"{cacert} holds no certificates") from None

    def send(self, question: Question) -> ServerAnswer:
        """What the server answers, again where it wants to be asked later.

        Raises NoAnswerError, or UnreachableError where no request can succeed.
        """
        for attempt in range(TRIES):
            reply, wait = self._attempt(question)
            if wait is None or wait > self.limits.wait or attempt == TRIES - 1:
                return reply
            self._wait(wait)
        raise AssertionError("the last try returns")

    def clean(self, text: str) -> str:
        """A text without the secrets, however they may have got there."""
        for secret in self._secrets:
            text = re.sub(re.escape(secret), "…", text, flags=re.IGNORECASE)
        return text

    @property
    def _secrets(self) -> list[str]:
        """The credentials in all the ways in which they are written, the longest first."""
        user, _, password = self._secret.partition(":")
        is_basic = self._scheme is not None and self._scheme.type == "basic"
        found = {self._secret, base64.b64encode(self._secret.encode()).decode()}
        if is_basic:
            found |= {password} | ({user} if len(user) >= SHORTEST else set())
        found |= {quote(each, safe="") for each in found} | {repr(each)[1:-1] for each in found}
        return sorted(found - {""}, key=len, reverse=True)

    def _attempt(self, question: Question) -> tuple[ServerAnswer, float | None]:
        """An answer, and how many seconds to wait where it says that it is none yet."""
        headers = {"User-Agent": "apiguide-verify", "Connection": "close", **dict(question.headers)}
        pairs = [*question.query, *self._credentials(headers)]
        target = self._base + question.path
        if pairs:
            target += "?" + "&".join(
                f"{quote(name, safe='[]')}={quote(value, safe='')}" for name, value in pairs
            )
        with self._connected() as connection:
            connection.request(question.method, target, headers=headers)
            with connection.getresponse() as response:
                body = response.read(self.limits.size + 1)
            if len(body) > self.limits.size:
                raise NoAnswerError(f"the answer has more than {self.limits.size:,} bytes")
            if response.length and question.method != "HEAD":
                raise NoAnswerError("the answer broke off")
        status = str(response.status)
        media_type = (response.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        location = response.headers.get("Location") or ""
        reply = ServerAnswer(status, self.clean(media_type), body, self.clean(location))
        return reply, _seconds(status, response.headers)

    @contextmanager
    def _connected(self) -> Iterator[http.client.HTTPConnection]:
        """A connection that is cut when an answer takes too long; its errors are told in plain words."""
        connection = self._connection()
        cut = threading.Event()
        timer: threading.Timer | None = None
        try:
            self._connect(connection)
            timer = threading.Timer(self.limits.total, _cut, [connection.sock, cut])
            timer.daemon = True
            timer.start()
            yield connection
            if cut.is_set():  # an answer without a length just ends
                raise NoAnswerError(self._too_long)
        except (UnreachableError, NoAnswerError):
            if cut.is_set():
                raise NoAnswerError(self._too_long) from None
            raise
        except (http.client.HTTPException, OSError, ValueError) as error:
            if cut.is_set():
                raise NoAnswerError(self._too_long) from None
            if isinstance(error, TimeoutError):
                raise NoAnswerError(f"the server was silent for {self.limits.silence:g} seconds") from None
            is_rubbish = isinstance(error, http.client.HTTPException) and not isinstance(
                error, http.client.IncompleteRead | http.client.RemoteDisconnected
            )
            raise NoAnswerError("the answer is not HTTP" if is_rubbish else "the answer broke off") from None
        finally:
            if timer is not None:
                timer.cancel()
            connection.close()

    @property
    def _too_long(self) -> str:
        return f"the answer took more than {self.limits.total:g} seconds"

    def _connect(self, connection: http.client.HTTPConnection) -> None:
        """Connects. Raises UnreachableError: what fails here would fail for each request."""
        host = self._parts.hostname
        try:
            connection.connect()
        except ssl.SSLCertVerificationError as error:
            hint = "name a file with what signed it: --cacert FILE"
            raise UnreachableError(
                f"the certificate of {host} fails: {error.verify_message}; {hint}"
            ) from None
        except ssl.SSLError as error:
            why = (error.reason or type(error).__name__).replace("_", " ").lower()
            raise UnreachableError(f"no TLS with {self._parts.netloc}: {why}; does it speak http?") from None
        except TimeoutError:
            why = f"no connection within {self.limits.silence:g} seconds"
            raise UnreachableError(f"{self._parts.netloc} cannot be reached: {why}") from None
        except (OSError, UnicodeError) as error:
            why = getattr(error, "strerror", None) or "the name cannot be looked up"
            raise UnreachableError(f"{self._parts.netloc} cannot be reached: {why}") from None

    def _connection(self) -> http.client.HTTPConnection:
        host, port, silence = self._parts.hostname or "", self._parts.port, self.limits.silence
        if self._context is not None:
            return http.client.HTTPSConnection(host, port, timeout=silence, context=self._context)
        return http.client.HTTPConnection(host, port, timeout=silence)

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


def _address(url: str) -> SplitResult:
    """The parts of an address; errors do not repeat what may be a password."""
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good:
        raise UnreachableError("--url is not an address such as https://panel.example.test")
    if "@" in parts.netloc:
        raise UnreachableError("--url holds credentials: leave them out, and give them in the environment")
    if parts.query or parts.fragment:
        raise UnreachableError("--url ends with its path: leave out what follows `?` or `#`")
    return parts


def _check(scheme: Authentication | None, secret: str) -> None:
    """Raises UnreachableError for credentials that no request can carry."""
    if scheme is None:
        return
    if not secret:
        raise UnreachableError("there are no credentials")
    if scheme.type == "basic" and ":" not in secret:
        raise UnreachableError("the credentials are not `user:password`")
    if scheme.type != "basic" and not re.fullmatch(r"[!-~]+", secret):
        raise UnreachableError("the credentials hold a character that no token has, such as a space")


def _seconds(status: str, headers: Message) -> float | None:
    """How long a server wants to be left alone before the same request; None where it does not say so."""
    wait = headers.get("Retry-After") or ""
    if status not in ("429", "503"):
        return None
    if re.fullmatch(r"[0-9]{1,9}", wait):
        return float(wait)
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        return max(0.0, email.utils.parsedate_to_datetime(wait).timestamp() - time.time())
    return 1.0 if status == "429" else None


def _cut(sock: socket.socket, cut: threading.Event) -> None:
    cut.set()
    with contextlib.suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
