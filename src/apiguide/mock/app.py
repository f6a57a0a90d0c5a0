"""The API as an application (ASGI): one request in, one answer out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from apiguide.mock import authentication, bodies, queries, writing
from apiguide.mock.answers import Answer, Sent, answer, failure
from apiguide.mock.bodies import MalformedError
from apiguide.mock.items import Items
from apiguide.mock.judge import NOWHERE, Fault, Judge
from apiguide.mock.routes import Route, Routes
from apiguide.mock.store import Store
from apiguide.model import Endpoint, Field
from apiguide.view import GuideView
from apiguide.yaml_source import Map

LARGEST = 1_000_000
"""The bytes that a body may have."""
DRAINED = 16 * LARGEST
"""The bytes of a larger one that are read all the same, so that its sender sees the answer."""
PATIENCE = 10.0
"""The seconds in which the head of a request must arrive, and then its body."""

Log = Callable[["Served"], None]


@dataclass(frozen=True)
class Served:
    """A request that has been answered, for the log."""

    method: str
    target: str
    """Path and query as they were sent."""
    status: int
    seconds: float
    note: str = ""


class RefusedError(Exception):
    """A request that is answered with a failure."""

    def __init__(
        self,
        status: int,
        *messages: str,
        headers: Mapping[str, str] | None = None,
        endpoint: Endpoint | None = None,
    ) -> None:
        super().__init__("; ".join(messages))
        self.status = status
        self.messages = messages
        self.endpoint = endpoint
        self.headers = dict(headers or {})


@dataclass
class _Judged:
    """An endpoint with what a request sends to it."""

    route: Route
    sent: Sent
    faults: list[Fault]


class Mock:
    """Serves a release of a guide."""

    def __init__(self, view: GuideView, log: Log, *, is_stateful: bool = False) -> None:
        self.log = log
        self.is_stateful = is_stateful
        self.show(view)

    def show(self, view: GuideView) -> None:
        """Goes on with another view; records that were created stay no longer."""
        self.view = view
        self.routes = Routes(view)
        self.items = Items(view)
        self.store = Store(self.items) if self.is_stateful else None
        self.hosts = {"localhost", "127.0.0.1", "::1"}
        self.hosts |= {urlsplit(server.url).hostname or "" for server in view.settings.servers}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        assert scope["type"] == "http", "nothing but HTTP is served"
        start = time.perf_counter()
        request = Request(scope, receive)
        try:
            response, note = await self._response(request)
        except ClientDisconnect:
            return
        except Exception as error:
            response, note = Response(b"", 500), f"{type(error).__name__}: {error}"
        target = scope["raw_path"].decode("ascii", "replace")
        if scope["query_string"]:
            target += f"?{scope['query_string'].decode('ascii', 'replace')}"
        spent = time.perf_counter() - start
        self.log(Served(request.method, target, response.status_code, spent, note))
        await response(scope, receive, send)

    async def _response(self, request: Request) -> tuple[Response, str]:
        format_ = self._likely_format(request)
        try:
            routes = self._routes(request)
            format_ = self._format(request, routes)
            routes = [each for each in routes if format_ in self.view.formats(each.endpoint)]
            data = await _body(request)
            judged = self._judged(request, routes, data)
            answered = self._answer(request, judged)
            return self._written(answered, format_, {}), answered.note
        except RefusedError as error:
            failed = failure(self.view, str(error.status), error.messages, error.endpoint)
            return self._written(failed, format_, error.headers), "; ".join(error.messages)

    def _written(self, answered: Answer, format_: str, headers: Mapping[str, str]) -> Response:
        known = self.view.settings.formats[format_]
        content = None
        if answered.tree is not None and answered.status not in ("204", "304"):
            content = writing.body(format_, known.dialect, answered.tree)
        type_ = f"{known.media_type}; charset=utf-8" if content is not None else None
        return Response(content or b"", int(answered.status), dict(headers), type_)

    # Where it goes

    def _routes(self, request: Request) -> list[Route]:
        host = request.headers.get("host", "")
        if _host(host) not in self.hosts:
            raise RefusedError(421, f"this is not {host[:80]!r}")
        try:
            raw = request.scope["raw_path"].decode("ascii")
            routes = self.routes.find(raw)
        except (UnicodeDecodeError, MalformedError) as error:
            raise RefusedError(400, f"the path cannot be read: {error}") from error
        if not routes:
            raise RefusedError(404, "there is nothing at this path")
        fitting = [route for route in routes if _takes(route.endpoint, request.method)]
        if not fitting:
            methods = {each for route in routes for each in _methods(route.endpoint)}
            raise RefusedError(
                405, "the method is not allowed", headers={"Allow": ", ".join(sorted(methods))}
            )
        try:
            query = queries.read(_query(request))
        except MalformedError:
            query = {}
        schemes = self.view.settings.authentication
        if not authentication.is_known(schemes, request.headers, query):
            challenge = authentication.challenges(schemes)
            raise RefusedError(401, "the credentials are wrong", headers={"WWW-Authenticate": challenge})
        return fitting

    def _likely_format(self, request: Request) -> str:
        """The format of a failure before it is known where a request goes."""
        formats = self.view.settings.formats
        path = request.scope.get("path", "")
        for name, each in formats.items():
            if each.extension and path.endswith(each.extension):
                return name
        return _accepted(
            request.headers.get("accept", ""), {n: f.media_type for n, f in formats.items()}
        ) or next(iter(formats))

    def _format(self, request: Request, routes: Sequence[Route]) -> str:
        spoken = {name for route in routes for name in self.view.formats(route.endpoint)}
        formats = {name: each for name, each in self.view.settings.formats.items() if name in spoken}
        asked = routes[0].format
        if asked is not None:
            if asked not in formats:
                raise RefusedError(406, f"this endpoint does not speak {asked.upper()}")
            return asked
        bare = {name: each.media_type for name, each in formats.items() if not each.extension}
        accept = request.headers.get("accept", "")
        found = _accepted(accept, bare) or _accepted(accept, {n: f.media_type for n, f in formats.items()})
        if found is None:
            raise RefusedError(406, "none of the formats is acceptable")
        return found

    # What it sends

    def _judged(self, request: Request, routes: Sequence[Route], data: bytes) -> _Judged:
        """What is sent to the endpoint that it fits best."""
        content, format_ = None, None
        if data:
            format_ = self._sent_format(request)
            try:
                content = bodies.read(format_, data)
            except MalformedError as error:
                raise RefusedError(400, str(error)) from error
        try:
            query = queries.read(_query(request))
        except MalformedError as error:
            raise RefusedError(400, str(error)) from error
        judged = [self._judge(request, route, query, content, format_) for route in routes]
        best = min(judged, key=lambda each: len(each.faults))
        if best.faults:
            status = self._unprocessable(best.route.endpoint)
            raise RefusedError(status, *map(str, best.faults), endpoint=best.route.endpoint)
        return best

    def _unprocessable(self, endpoint: Endpoint) -> int:
        """The status for values that are not valid."""
        own = {each.status for each in self.view.responses(endpoint)}
        for known in (own, {*self.view.settings.statuses}):
            if known & {"400", "422"}:
                return 422 if "422" in known else 400
        return 422

    def _sent_format(self, request: Request) -> str:
        coding = request.headers.get("content-encoding", "identity").strip().lower()
        if coding != "identity":
            raise RefusedError(415, f"bodies with the content coding {coding[:80]} are not read")
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        for name, each in self.view.settings.formats.items():
            if media_type in (each.media_type.lower(), f"text/{name}"):
                return name
        raise RefusedError(415, f"bodies of the type {media_type[:80] or 'that is not said'} are not read")

    def _judge(
        self, request: Request, route: Route, query: Mapping[str, Any], content: Any, format_: str | None
    ) -> _Judged:
        endpoint, parameters = route.endpoint, route.endpoint.parameters
        path, others = Judge(self.view, is_text=True, casts=True), _anything(endpoint)
        documented = {name: each for name, each in route.values.items() if others or name in parameters.path}
        values = path.named(parameters.path, documented, others=others)
        if path.faults:
            raise RefusedError(404, *map(str, path.faults), endpoint=endpoint)
        judge = Judge(self.view, is_text=True, casts=True)
        keys = {each.name for each in self.view.settings.authentication if each.type == "api_key"}
        own = {name: value for name, value in query.items() if name not in keys or name in parameters.query}
        sent_query = judge.named(parameters.query, own, others=others)
        headers = {name: request.headers[name] for name in parameters.header if name in request.headers}
        cookies = queries.cookies(request.headers.get("cookie", ""))
        known = {name: value for name, value in cookies.items() if name in parameters.cookie}
        sent_header = judge.named(parameters.header, headers)
        sent_cookie = judge.named(parameters.cookie, known)
        of_body, body = self._body(endpoint, content, format_)
        sent = Sent(values, sent_query, sent_header, sent_cookie, body)
        return _Judged(route, sent, [*judge.faults, *of_body])

    def _body(self, endpoint: Endpoint, content: Any, format_: str | None) -> tuple[list[Fault], Map]:
        fields = endpoint.parameters.body
        dialect = self.view.settings.formats[format_].dialect if format_ else "plain"
        judge = Judge(self.view, is_text=format_ == "xml", casts=dialect == "rails")
        if content is None and format_ is None:
            content = {}
        if format_ == "json" and len(fields) == 1:
            ((name, held),) = fields.items()
            if held.is_object and content and not self.view.is_wrapped(held):
                content = {name: content}
        if not isinstance(content, Mapping):
            return [Fault("body", "is not an object")], Map.make({}, NOWHERE)
        objects = [name for name, field in fields.items() if field.is_object]
        if len(objects) == 1 and objects[0] not in content:
            members = self.view.members(fields[objects[0]], request=True) or {}
            if any(each.required for each in members.values()):
                content = {**content, objects[0]: {}}  # so that all that is missing in it is named
        body = judge.named(fields, content, others=_anything(endpoint))
        return judge.faults, body

    def _answer(self, request: Request, judged: _Judged) -> Answer:
        endpoint = judged.route.endpoint
        code = _preferred(request.headers.get("prefer", ""))
        if code is not None or self.store is None:
            return answer(self.items, endpoint, judged.sent, code)
        answered = self.store.answer(judged.route, judged.sent)
        if answered.status == "404":
            raise RefusedError(404, "there is no such record", endpoint=endpoint)
        return answered


async def _body(request: Request) -> bytes:
    """The body of a request, which is neither too large nor too slow."""
    too_large = RefusedError(
        413, f"the body has more than {LARGEST:,} bytes", headers={"Connection": "close"}
    )
    length = request.headers.get("content-length", "")
    is_awaited = request.headers.get("expect", "").lower() == "100-continue"
    if length.isdigit() and int(length) > (LARGEST if is_awaited else DRAINED):
        raise too_large
    data, size = bytearray(), 0
    try:
        async with asyncio.timeout(PATIENCE):
            async for chunk in request.stream():
                size += len(chunk)
                if size <= LARGEST:
                    data += chunk
                elif size > DRAINED:
                    break
    except TimeoutError as error:
        raise RefusedError(408, "the body did not arrive", headers={"Connection": "close"}) from error
    if size > LARGEST:
        raise too_large
    return bytes(data)


def _query(request: Request) -> str:
    """The query as it was sent."""
    return str(request.scope["query_string"].decode("latin-1"))


def _anything(endpoint: Endpoint) -> Field | None:
    """What names may hold that are not documented: anything, where the guide does not know all parameters."""
    return Field() if "parameters" in (endpoint.incomplete or ()) else None


def _takes(endpoint: Endpoint, method: str) -> bool:
    return method in _methods(endpoint)


def _methods(endpoint: Endpoint) -> tuple[str, ...]:
    return ("GET", "HEAD") if endpoint.method == "GET" else (str(endpoint.method),)


def _host(sent: str) -> str | None:
    """The name in a Host header, without its port; None where it is none."""
    if any(sign in sent for sign in "/?#@\\ "):
        return None
    try:
        return urlsplit(f"//{sent}").hostname
    except ValueError:
        return None


def _preferred(prefer: str) -> str | None:
    """The status that a client asks for by `Prefer: code=422` (RFC 7240)."""
    for part in prefer.split(","):
        name, _, value = part.partition(";")[0].partition("=")
        if name.strip().lower() == "code":
            return value.strip().strip('"')
    return None


def _accepted(accept: str, media_types: Mapping[str, str]) -> str | None:
    """The format that a client accepts best (RFC 9110 §12.5.1); the first one where it says nothing."""
    ranges = [_range(each) for each in accept.split(",") if each.strip()] or [("*/*", 1.0)]
    best: tuple[float, str | None] = 0.0, None
    for name, media_type in media_types.items():
        kinds = (media_type.lower(), f"{media_type.partition('/')[0].lower()}/*", "*/*")
        quality = next((q for kind in kinds for known, q in ranges if known == kind), 0.0)
        if quality > best[0]:
            best = quality, name
    return best[1]


def _range(text: str) -> tuple[str, float]:
    kind, *parameters = (part.strip().lower() for part in text.split(";"))
    quality = next((each[2:] for each in parameters if each.startswith("q=")), "1")
    try:
        return kind, min(max(float(quality), 0.0), 1.0)
    except ValueError:
        return kind, 0.0
