"""Asks a server what the guide documents, and tells where the two differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from apiguide.checks.server import OtherMediaType, OtherShape, OtherStatus, UndocumentedBody
from apiguide.mock import bodies
from apiguide.mock.bodies import MalformedError
from apiguide.mock.items import Items
from apiguide.model import Endpoint
from apiguide.problems import Mark, Problem
from apiguide.verify.client import Client, NoAnswerError, ServerAnswer, UnreachableError
from apiguide.verify.differing import Comparison, status_mark
from apiguide.verify.walk import NotReachedError, Walk
from apiguide.view import GuideView, ResolvedResponse

IN_A_ROW = 3
"""After so many requests without an answer, no more are sent."""
_NOT_ASKED = "the server was not asked any more"


@dataclass
class Result:
    """What a server has told."""

    problems: tuple[Problem, ...] = ()
    reached: list[str] = field(default_factory=list)
    """The endpoints that answered."""
    not_reached: dict[str, str] = field(default_factory=dict)
    """The others, each with the reason."""
    stopped: str = ""
    """Why not all were asked that could have been."""


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
        self.items = Items(view)
        self.walk = Walk(self.items, allowed)
        self.result = Result()
        wraps = formats[self.format].dialect == "rails"
        is_xml = self.format == "xml"
        self.comparison = Comparison(view, is_xml=is_xml, wraps=wraps, came=self._learn, clean=client.clean)
        self._tell = tell
        self._path = ""
        """The path that is being asked."""
        self._failures = 0
        """The requests since the last one that was answered."""
        self._has_answered = False
        """Whether the server has ever said what an API would."""

    def run(self) -> Result:
        """Asks all, and tells what differs; what the server says of itself is told without secrets."""
        result = self.result
        for id_, endpoint in self.walk.endpoints():
            if result.stopped:
                result.not_reached[id_] = self.walk.why_not(id_, endpoint) or _NOT_ASKED
                continue
            try:
                self.ask(id_, endpoint)
            except UnreachableError as error:
                if not self._has_answered:
                    raise UnreachableError(self.client.clean(str(error))) from None
                result.stopped = self.client.clean(str(error))
                result.not_reached.setdefault(id_, _NOT_ASKED)
        found = (*self.comparison.problems, *self.comparison.never_seen())
        result.problems = tuple(map(self._clean, found))
        return result

    def ask(self, id_: str, endpoint: Endpoint) -> None:
        """Asks one endpoint, if it can be reached, and compares the answer. Raises UnreachableError."""
        try:
            reply = self.reply(id_, endpoint)
        except NotReachedError as error:
            self.result.not_reached[id_] = str(error)
            return
        except NoAnswerError as error:
            self.result.not_reached[id_] = str(error)
            self._fail(f"{error}, {IN_A_ROW} times in a row")
            return
        response = self._documented(endpoint, reply)
        if self._is_strange(reply, response):
            what = f"{reply.status} and {reply.media_type or 'no media type'}"
            self._fail(f"the server answers with {what} again and again: is --url the address of the API?")
        else:
            self._failures, self._has_answered = 0, True
        if response is not None and reply.status >= "400":
            self.result.not_reached[id_] = f"the server answers with {reply.status}"
        else:
            self.result.reached.append(id_)
        self._compare(endpoint, reply, response)

    def reply(self, id_: str, endpoint: Endpoint) -> ServerAnswer:
        """What the server answers. Raises NotReachedError, NoAnswerError or UnreachableError."""
        question = self.walk.question(id_, endpoint)
        if self.format not in self.view.formats(endpoint):
            raise NotReachedError(f"it does not speak {self.format.upper()}")
        known = self.view.settings.formats[self.format]
        self._path = question.path
        self._tell(self.client.clean(f"{question.method} {question.path}"))
        headers = (("Accept", known.media_type), *question.headers)
        reply = self.client.send(question._replace(path=question.path + known.extension, headers=headers))
        self._refuse(reply, self._documented(endpoint, reply))
        return reply

    def _refuse(self, reply: ServerAnswer, response: ResolvedResponse | None) -> None:
        """Raises an error for an answer that says nothing of the endpoint."""
        if reply.status == "401" and not self._has_answered:
            raise UnreachableError("the server refuses the credentials (401)")
        if reply.status == "429":
            raise NoAnswerError("the server limits the rate (429)")
        if response is None and reply.status.startswith("5"):
            raise NoAnswerError(f"the server fails ({reply.status})")
        if response is None and reply.status.startswith("3") and reply.location and not self._has_answered:
            raise UnreachableError(f"the server redirects to {reply.location}: name that address")

    def _fail(self, reason: str) -> None:
        """Counts a request that was sent in vain. Raises UnreachableError where it is enough."""
        self._failures += 1
        if self._failures >= IN_A_ROW:
            raise UnreachableError(reason)

    def _is_strange(self, reply: ServerAnswer, response: ResolvedResponse | None) -> bool:
        """Whether something else than the API may have answered, which has never answered yet."""
        is_elsewhere = response is None and reply.status in ("404", "405")
        return not self._has_answered and (is_elsewhere or "html" in reply.media_type)

    def _documented(self, endpoint: Endpoint, reply: ServerAnswer) -> ResolvedResponse | None:
        return next((each for each in self.view.responses(endpoint) if each.status == reply.status), None)

    def _compare(self, endpoint: Endpoint, reply: ServerAnswer, response: ResolvedResponse | None) -> None:
        tell = self.comparison.tell
        where = status_mark(endpoint.responses, reply.status, endpoint.title)
        if response is not None and response.by_rule:
            where = status_mark(self.view.settings.statuses, reply.status, endpoint.title)
        if response is None:
            message = f"the server answers with {reply.status}, which is not documented"
            tell(OtherStatus, where, message, f"add `{reply.status}` to `responses`")
        elif response.body is None:
            is_known = "reply" not in (endpoint.incomplete or ()) and response.is_success
            if reply.body.strip() and is_known:
                message = f"the server answers {reply.status} with a body, and none is documented"
                tell(UndocumentedBody, where, message, "add `body`")
        elif not reply.body.strip():
            if endpoint.method != "HEAD":
                message = f"the server answers {reply.status} without a body, and one is documented"
                tell(OtherShape, where, message, "delete `body`")
        else:
            self._compare_bodies(reply, response, where)

    def _compare_bodies(self, reply: ServerAnswer, response: ResolvedResponse, where: Mark) -> None:
        assert response.body is not None, "a body is documented"
        expected = self.view.settings.formats[self.format].media_type
        if not self._is(reply.media_type, expected):
            message = f"the server answers with {reply.media_type or 'no media type'}, not with {expected}"
            hint = "say in `formats` what the endpoint speaks"
            self.comparison.tell(OtherMediaType, where, message, hint)
            return
        try:
            value = self.read(reply)
        except MalformedError as error:
            self.comparison.tell(
                OtherMediaType, where, str(error), "the server is wrong, or cuts its answers"
            )
            return
        self.comparison.body(response.body, value, where)

    def read(self, reply: ServerAnswer) -> Any:
        """The body of an answer. Raises MalformedError."""
        return bodies.read(self.format, reply.body)

    def _is(self, media_type: str, expected: str) -> bool:
        return media_type in (expected, f"text/{self.format}") or media_type.endswith(f"+{self.format}")

    def _learn(self, object_: str, record: Mapping[str, Any]) -> None:
        """Remembers the key of a record that came."""
        key = self.walk.key(object_)
        value = record.get(key) if key is not None else None
        if isinstance(value, str) and value:
            self.walk.learn(self._path, [(object_, str(value))])

    def _clean(self, problem: Problem) -> Problem:
        hint = self.client.clean(problem.hint) if problem.hint is not None else None
        return replace(problem, message=self.client.clean(problem.message), hint=hint)
