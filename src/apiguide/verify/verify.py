"""Asks a server what the guide documents, and tells where the two differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from apiguide.examples.envelopes import records
from apiguide.mock import bodies
from apiguide.mock.bodies import MalformedError
from apiguide.mock.items import Items
from apiguide.model import Endpoint, Field
from apiguide.problems import Problem
from apiguide.verify.client import Client, NoAnswerError, Reply, UnreachableError
from apiguide.verify.differing import (
    Comparison,
    OtherMediaType,
    OtherStatus,
    UndocumentedField,
    status_mark,
)
from apiguide.verify.walk import NotReachedError, Walk
from apiguide.view import GuideView


@dataclass
class Result:
    """What a server has told."""

    problems: tuple[Problem, ...] = ()
    reached: list[str] = field(default_factory=list)
    """The endpoints that answered."""
    not_reached: dict[str, str] = field(default_factory=dict)
    """The others, each with the reason."""


def verify(
    view: GuideView,
    client: Client,
    allowed: Iterable[str] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> Result:
    """Asks each safe endpoint, and the `allowed` ones. Raises UnreachableError where nothing can be asked."""
    return Verification(view, client, allowed, tell).run()


class Verification:
    """One run through the endpoints of a release."""

    def __init__(
        self,
        view: GuideView,
        client: Client,
        allowed: Iterable[str],
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        formats = view.settings.formats
        self.format = "json" if "json" in formats else next(iter(formats))
        self.view = view
        self.client = client
        self.tell = tell
        self.items = Items(view)
        self.walk = Walk(self.items, allowed)
        wraps = formats[self.format].dialect == "rails"
        self.comparison = Comparison(view, is_xml=self.format == "xml", wraps=wraps)
        self.result = Result()

    def run(self) -> Result:
        """Asks all, and tells what differs."""
        for id_, endpoint in self.walk.endpoints():
            self.ask(id_, endpoint)
        self.result.problems = (*self.comparison.problems, *self.comparison.never_seen())
        return self.result

    def ask(self, id_: str, endpoint: Endpoint) -> None:
        """Asks one endpoint, if it can be reached, and compares the answer."""
        try:
            reply = self.reply(id_, endpoint)
        except (NotReachedError, NoAnswerError) as error:
            self.result.not_reached[id_] = str(error)
            return
        self.result.reached.append(id_)
        self._compare(endpoint, reply, self.view.settings.formats[self.format].media_type)

    def reply(self, id_: str, endpoint: Endpoint) -> Reply:
        """What the server answers. Raises NotReachedError, NoAnswerError or UnreachableError."""
        path, query = self.walk.target(id_, endpoint)
        if self.format not in self.view.formats(endpoint):
            raise NotReachedError(f"it does not speak {self.format.upper()}")
        known = self.view.settings.formats[self.format]
        self.tell(f"{endpoint.method} {path}")
        reply = self.client.get(endpoint.method, path + known.extension, query, known.media_type)
        self._refuse(reply)
        return reply

    def _refuse(self, reply: Reply) -> None:
        """Ends all where no request can succeed, or this one where the server wants no more."""
        if reply.status.startswith("3") and reply.location:
            raise UnreachableError(f"the server redirects to {reply.location}: name that address")
        if reply.status == "401" and not self.result.reached:
            raise UnreachableError("the server refuses the credentials")
        if reply.status == "429":
            raise NotReachedError("the server limits the rate")

    def _compare(self, endpoint: Endpoint, reply: Reply, media_type: str) -> None:
        comparison = self.comparison
        where = status_mark(endpoint.responses, reply.status, endpoint.title)
        responses = {each.status: each for each in self.view.responses(endpoint)}
        response = responses.get(reply.status)
        if response is None:
            message = f"the server answers with {reply.status}, which is not documented"
            comparison.tell(OtherStatus, where, message, f"add `{reply.status}` to `responses`")
            return
        if response.body is None:
            if reply.body.strip() and "reply" not in (endpoint.incomplete or ()) and response.is_success:
                message = f"the body of the response {reply.status} is not documented"
                comparison.tell(UndocumentedField, where, message, "add `body`")
            return
        if not self._is(reply.media_type, media_type):
            message = f"the server answers with {reply.media_type or 'no media type'}, not with {media_type}"
            comparison.tell(OtherMediaType, where, message, "say in `formats` what the endpoint speaks")
            return
        try:
            value = bodies.read(self.format, reply.body)
        except MalformedError as error:
            comparison.tell(OtherMediaType, where, str(error), "the server is wrong, or cuts its answers")
            return
        self._learn(response.body, value)
        comparison.body(response.body, value, where)

    def _is(self, media_type: str, expected: str) -> bool:
        return media_type in (expected, f"text/{self.format}") or media_type.endswith(f"+{self.format}")

    def _learn(self, body: Field, value: Any) -> None:
        """Remembers the keys of records that came."""
        for record in records(self.view, body):
            object_ = record.field.object
            key = self.items.key(object_) if object_ is not None else None
            if object_ is None or key is None:
                continue
            found = [
                (object_, str(each[key]))
                for each in _objects(value, record.path)
                if isinstance(each.get(key), str) and each[key]
            ]
            self.walk.learn(found)


def _objects(value: Any, path: tuple[str | None, ...]) -> Iterator[Mapping[str, Any]]:
    """The objects at the end of a path, without the names that wrap them."""
    for name in path:
        if isinstance(value, Mapping):
            value = value.get(name) if name is not None else [*value.values()]
    for each in value if isinstance(value, list) else [value]:
        inner = each
        if isinstance(inner, Mapping) and len(inner) == 1:
            (only,) = inner.values()
            inner = only if isinstance(only, Mapping | list) else inner
        for record in inner if isinstance(inner, list) else [inner]:
            if isinstance(record, Mapping):
                yield record
