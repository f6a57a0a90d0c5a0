"""Rules of values: examples and defaults fit their types in every release that shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from apiguide.examples.requests import reply_values
from apiguide.examples.values import Null, Tree, Values, Whole
from apiguide.model import PLACES, Endpoint, Example, Field, Guide
from apiguide.problems import Mark, Problem, mark_of
from apiguide.view import GuideView
from apiguide.yaml_source import MAX_DEPTH, Text

LIMIT = 10_000
"""The examples of a call may have so many values."""
DEPTH = 2 * MAX_DEPTH
"""Values deeper than these are not looked at."""

TOO_LARGE = "too-large-example"
_UNDECLARED = "undeclared-value"


def check(guide: Guide, views: Mapping[str, GuideView]) -> Iterator[Problem]:
    """Values that a release in which they are shown does not allow; the message names the release."""
    found: dict[tuple[str, Problem], list[str]] = {}
    met: dict[tuple[str, Mark], int] = {}
    for release in reversed(guide.releases):
        problems, names = _of_view(views[release])
        for each in problems:
            found.setdefault(each, []).append(release)
        for name in names:
            met[name] = met.get(name, 0) + 1
    for (id_, problem), releases in found.items():
        # What only some of the releases that show it lack is dropped from their examples, as it should be.
        if problem.code == _UNDECLARED and len(releases) < met[id_, problem.where]:
            continue
        if guide.releases[-1] in releases:
            yield problem
        else:
            message = f"in release {releases[0]}, {problem.message}"
            yield Problem(problem.code, message, problem.where, problem.hint, problem.severity)


class _Reading(Values):
    """Values that also keep where the names stand that were stated, and that come to an end.

    Objects that hold each other many times over would otherwise make a tree that no machine can hold.
    """

    def __init__(self, view: GuideView, *, request: bool = False) -> None:
        super().__init__(view, request=request)
        self.names: list[Mark] = []
        self.count = 0
        self._depth = 0

    def of(self, field: Field, node: Any = None, *, whole: Whole = False, name: str = "value") -> Tree:
        self.count += 1
        if self.count > LIMIT or self._depth > DEPTH:
            return Null()
        self._depth += 1
        try:
            return super().of(field, node, whole=whole, name=name)
        except ArithmeticError:
            if node is not None:
                message = f"the number of `{name}` is out of range"
                problem = Problem("number-out-of-range", message, mark_of(node), "write at most 300 digits")
                self.problems.append(problem)
            return Null()
        finally:
            self._depth -= 1

    def _members(
        self, fields: Mapping[str, Field], values: Mapping[str, Any], *, whole: Whole
    ) -> Iterator[tuple[str, Any]]:
        self.names.extend(mark_of(name) for name in values)
        return super()._members(fields, values, whole=whole)


_Found = tuple[dict[tuple[str, Problem], None], dict[tuple[str, Mark], None]]


def _of_view(view: GuideView) -> _Found:
    """Problems of one release and the stated names met, each with the id of what has it."""
    problems: dict[tuple[str, Problem], None] = {}
    names: dict[tuple[str, Mark], None] = {}

    def keep(id_: str, at: str, readings: Iterable[_Reading]) -> None:
        for reading in readings:
            if reading.count > LIMIT:
                message = f"the examples of `{at}` would have more than {LIMIT:,} values"
                hint = "objects hold each other too often: choose fields by `only`"
                reading.problems.append(Problem(TOO_LARGE, message, mark_of(at), hint))
            problems.update(dict.fromkeys((id_, problem) for problem in reading.problems))
            names.update(dict.fromkeys((id_, name) for name in reading.names))

    for id_, endpoint in view.endpoints.items():
        made = 0
        for example in endpoint.examples or (None,):
            readings = _example(view, endpoint, example, made)
            keep(id_, endpoint.title, readings)
            made = max(reading.count for reading in readings)
            if made > LIMIT:
                break
        keep(id_, endpoint.title, _own_values(view, endpoint))
    for name, each in view.objects.items():
        values = _Reading(view)
        for field_name, field in each.fields.items():
            _check_field(values, field_name, field)
        keep(name, name, (values,))
    for code, status in view.settings.statuses.items():
        values = _Reading(view)
        if status.body is not None:
            _check_field(values, "body", status.body)
            values.of(status.body, status.example, whole=True, name="body")
        keep(code, code, (values,))
    return problems, names


def _example(
    view: GuideView, endpoint: Endpoint, example: Example | None, made: int
) -> tuple[_Reading, _Reading]:
    """What is read for an example as pages show it, after `made` values of others."""
    requests, replies = _Reading(view, request=True), _Reading(view)
    requests.count = replies.count = made
    sent = {}
    for place in PLACES:
        stated = example.parameters.place(place) if example is not None else None
        sent[place] = requests.structure(endpoint.parameters.place(place), stated)
    answers = example.responses if example is not None else {}
    for _ in reply_values(replies, endpoint, answers, sent["body"]):
        pass  # what it meets on its way is kept
    return requests, replies


def _own_values(view: GuideView, endpoint: Endpoint) -> tuple[_Reading, _Reading]:
    """What the fields of a call say of their own values."""
    requests, replies = _Reading(view, request=True), _Reading(view)
    for place in PLACES:
        for name, field in endpoint.parameters.place(place).items():
            _check_field(requests, name, field)
    for response in endpoint.responses.values():
        if response is not None and response.body is not None:
            _check_field(replies, "body", response.body)
    return requests, replies


def _check_field(values: Values, name: str, field: Field) -> None:
    """Each value that a field states of itself, and those of the fields inside it."""
    stated = [field.const, field.example, *(each.value for each in field.enum or ())]
    if not (isinstance(field.default, Text) and field.default.is_null):
        stated.append(field.default)
    for node in stated:
        if node is not None:
            values.of(field, node, name=name)
    for inner_name, inner in (field.fields or {}).items():
        _check_field(values, inner_name, inner)
    for child in (field.items, field.additional_fields):
        if child is not None:
            _check_field(values, name, child)
