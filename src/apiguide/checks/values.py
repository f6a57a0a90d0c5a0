"""Rules of values: examples and defaults fit their types in every release that shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from apiguide.examples.requests import other_responses, response_values
from apiguide.examples.values import FieldChoice, Null, Scalars, Tree, UndeclaredValue, Values
from apiguide.fingerprints import fingerprint
from apiguide.model import LOCATIONS, Endpoint, Example, Field, FieldKeys, Guide, Object, Part, Status
from apiguide.model.patterns import fault
from apiguide.model.scalars import NumberOutOfRange
from apiguide.problems import Mark, Problem, mark_of
from apiguide.rule import Rule, WarningRule
from apiguide.view import GuideView
from apiguide.yaml_source import MAX_DEPTH, Text


class BadPattern(Rule):
    """A `pattern` is not a regular expression of ECMA-262."""


class UntriedPattern(WarningRule):
    """A `pattern` is valid, but examples cannot be checked against it."""


class TypeAsFormat(WarningRule):
    """A `format` says what is a type here."""


class TooLargeExample(Rule):
    """An example would have more than 10,000 values."""


LIMIT = 10_000
"""The examples of an endpoint may have so many values."""
DEPTH = 2 * MAX_DEPTH
"""Values deeper than these are not looked at."""


def tasks(guide: Guide, views: Mapping[str, GuideView]) -> tuple[Callable[[], Iterator[Problem]], ...]:
    """A rule for each endpoint, object and status; they know nothing of each other."""
    releases = _releases(guide, views)
    return tuple(partial(_of_name, guide, releases, name) for name in _names(guide))


def check_values(
    guide: Guide, views: Mapping[str, GuideView], names: Sequence[str] | None = None
) -> Iterator[Problem]:
    """Values that a release in which they are shown does not allow; the message names the release.

    With `names`, those of some endpoints, objects and statuses.
    """
    releases = _releases(guide, views)
    for name in _names(guide) if names is None else names:
        yield from _of_name(guide, releases, name)


def check_patterns(parts: Iterable[Part]) -> Iterator[Problem]:
    """Patterns are regular expressions, and can be tried."""
    for part in parts:
        if isinstance(part, FieldKeys) and part.pattern is not None:
            found = fault(str(part.pattern))
            if found is not None and found.is_valid:
                message = f"no example is checked against this pattern: {found.why}"
                yield UntriedPattern.at(mark_of(part.pattern), message, found.hint)
            elif found is not None:
                message = f"this is not a regular expression: {found.why}"
                yield BadPattern.at(mark_of(part.pattern), message, found.hint)


_TYPES = {"date": "date", "date-time": "datetime", "date-time-local": "datetime-local"}
"""Types by the formats that say the same in OpenAPI."""


def check_formats(parts: Iterable[Part]) -> Iterator[Problem]:
    """What is a type here is stated as one, so that examples are checked and XML is right."""
    for part in parts:
        if isinstance(part, FieldKeys) and part.format in _TYPES and set(part.type or ()) <= {"string"}:
            hint = f"write `type: {_TYPES[part.format]}`, and delete `format`"
            yield TypeAsFormat.at(mark_of(part.format), f"`{part.format}` is a type, not a format", hint)


def _names(guide: Guide) -> list[str]:
    """Endpoints by id, objects by name and statuses by code: no two of these are alike."""
    return [*guide.endpoints, *guide.objects, *guide.settings.statuses]


def _releases(guide: Guide, views: Mapping[str, GuideView]) -> list[tuple[str, _Release]]:
    """The releases, the newest first."""
    scalars = Scalars()
    return [(release, _Release(views[release], scalars)) for release in reversed(guide.releases)]


def _of_name(guide: Guide, releases: Iterable[tuple[str, _Release]], name: str) -> Iterator[Problem]:
    found: dict[Problem, list[str]] = {}
    met: Counter[Mark] = Counter()
    last: Hashable = None
    for release, view in releases:
        part = view.parts.get(name)
        if part is None:
            continue
        if last != (last := fingerprint(view.view, part)):
            at = part.title if isinstance(part, Endpoint) else name
            problems, names = _collected(at, view.readings(part))
        for each in problems:
            found.setdefault(each, []).append(release)
        met.update(names)
    for problem, having in found.items():
        # What only some of the releases that show it lack is dropped from their examples, as it should be.
        if problem.code == UndeclaredValue.code and len(having) < met[problem.where]:
            continue
        if guide.releases[-1] in having:
            yield problem
        else:
            yield replace(problem, message=f"in release {having[0]}, {problem.message}")


class _Release:
    """A release, with what decides which values are read in it."""

    def __init__(self, view: GuideView, scalars: Scalars) -> None:
        self.view = view
        self.scalars = scalars
        self.parts: Mapping[str, Endpoint | Object | Status] = {
            **view.endpoints,
            **view.objects,
            **view.settings.statuses,
        }
        """What `_names` names."""

    def readings(self, part: Part) -> Iterator[_Reading]:
        """What is read of an endpoint, an object or a status."""
        if isinstance(part, Endpoint):
            made = 0
            shown: set[str] = set()
            for example in part.examples or (None,):
                readings = self._example(part, example, made, shown)
                yield from readings
                made = max(reading.count for reading in readings)
                if made > LIMIT:
                    break
            others = self._reading()
            others.count = made
            for _ in other_responses(others, part, shown):
                pass  # what it meets on its way is kept
            yield others
            yield from self._own_values(part)
        elif isinstance(part, Object):
            values = self._reading()
            for name, field in part.fields.items():
                _check_field(values, name, field)
            yield values
        elif isinstance(part, Status) and part.body is not None:
            values = self._reading()
            _check_field(values, "body", part.body)
            values.of(part.body, part.example, all_fields=True, name="body")
            yield values

    def _reading(self, *, request: bool = False) -> _Reading:
        return _Reading(self.view, request=request, scalars=self.scalars)

    def _example(
        self, endpoint: Endpoint, example: Example | None, made: int, shown: set[str]
    ) -> tuple[_Reading, _Reading]:
        """What is read for an example as pages show it, after `made` values of others.

        The statuses that it shows are added to those `shown`.
        """
        requests, responses = self._reading(request=True), self._reading()
        requests.count = responses.count = made
        sent = {}
        for location in LOCATIONS:
            stated = example.parameters.location(location) if example is not None else None
            sent[location] = requests.structure(endpoint.parameters.location(location), stated)
        answers = example.responses if example is not None else {}
        shown.update(each.status for each, _ in response_values(responses, endpoint, answers, sent["body"]))
        return requests, responses

    def _own_values(self, endpoint: Endpoint) -> tuple[_Reading, _Reading]:
        """What the fields of an endpoint say of their own values."""
        requests, responses = self._reading(request=True), self._reading()
        for location in LOCATIONS:
            for name, field in endpoint.parameters.location(location).items():
                _check_field(requests, name, field)
        for response in endpoint.responses.values():
            if response is not None and response.body is not None:
                _check_field(responses, "body", response.body)
        return requests, responses


class _Reading(Values):
    """Values that also keep where the names stand that were stated, and that come to an end.

    Objects that hold each other many times over would otherwise make a tree that no machine can hold.
    """

    def __init__(self, view: GuideView, *, request: bool, scalars: Scalars) -> None:
        super().__init__(view, request=request, scalars=scalars)
        self.names: list[Mark] = []
        self.count = 0
        self._depth = 0

    def of(
        self, field: Field, node: Any = None, *, all_fields: FieldChoice = False, name: str = "value"
    ) -> Tree:
        self.count += 1
        if self.count > LIMIT or self._depth > DEPTH:
            return Null()
        self._depth += 1
        try:
            return super().of(field, node, all_fields=all_fields, name=name)
        except ArithmeticError:
            if node is not None:
                message = f"the number in `{name}` is out of range"
                problem = NumberOutOfRange.at(mark_of(node), message, "write at most 300 digits")
                self.problems.append(problem)
            return Null()
        finally:
            self._depth -= 1

    def _members(
        self,
        fields: Mapping[str, Field],
        values: Mapping[str, Any],
        *,
        all_fields: FieldChoice,
        within_stated: FieldChoice = False,
    ) -> Iterator[tuple[str, Any]]:
        self.names.extend(mark_of(name) for name in values)
        return super()._members(fields, values, all_fields=all_fields, within_stated=within_stated)


def _collected(at: str, readings: Iterable[_Reading]) -> tuple[tuple[Problem, ...], tuple[Mark, ...]]:
    """What has been met: problems and where names stand that were stated, each once."""
    problems: dict[Problem, None] = {}
    names: dict[Mark, None] = {}
    for reading in readings:
        if reading.count > LIMIT:
            message = f"the examples of `{at}` would have more than {LIMIT:,} values"
            hint = "objects contain each other too often: choose fields with `only`"
            reading.problems.append(TooLargeExample.at(mark_of(at), message, hint))
        problems.update(dict.fromkeys(reading.problems))
        names.update(dict.fromkeys(reading.names))
    return tuple(problems), tuple(names)


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
