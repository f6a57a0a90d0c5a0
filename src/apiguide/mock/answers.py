"""What an endpoint answers: a documented status, with the body that its example has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apiguide.examples.envelopes import Record
from apiguide.examples.values import Array, Null, Scalar, Structure, Tree, Values
from apiguide.mock import errors
from apiguide.mock.items import Items, record_of
from apiguide.mock.judge import NOWHERE
from apiguide.model import LOCATIONS, Endpoint, Example, Field
from apiguide.view import GuideView, ResolvedResponse
from apiguide.yaml_source import Map, Node, Seq, Text

_UNKNOWN = {"parameters": "all parameters", "reply": "all of the answer"}


@dataclass(frozen=True)
class Sent:
    """What a request carries, by place, as a guide would state it."""

    path: Map
    query: Map
    header: Map
    cookie: Map
    body: Map

    def location(self, name: str) -> Map:
        """What it carries in one of the `LOCATIONS`."""
        found: Map = getattr(self, name)
        return found


@dataclass(frozen=True)
class Answer:
    """A status with its body."""

    status: str
    tree: Tree | None = None
    note: str = ""
    """What the log says of it."""


def answer(items: Items, endpoint: Endpoint, sent: Sent, code: str | None = None) -> Answer:
    """The answer to a valid request: the success, or the failure whose `code` a client asks for."""
    view = items.view
    example, repeats = example_of(endpoint, sent)
    response = _response(view, endpoint, example, code)
    if response is None:
        return Answer("200", note="no status of success is documented")
    note = " and ".join(_UNKNOWN[gap] for gap in endpoint.incomplete or ())
    note = f"the guide does not know {note}" if note else ""
    if response.body is None:
        return Answer(response.status, note=note)
    node = _stated(endpoint, example, response)
    if response.is_success:
        record = record_of(view, response.body)
        given = _sent_back(items, endpoint, sent, record)
        if record is not None and given:
            node = laid_at(node, tuple(map(str, record.path)), given, over=not repeats)
    return Answer(response.status, Values(view).of(response.body, node, all_fields=True, name="body"), note)


def failure(
    view: GuideView, status: str, messages: tuple[str, ...], endpoint: Endpoint | None = None
) -> Answer:
    """A failure in the API's own error object: that for the status, else for another failure."""
    statuses = view.settings.statuses
    likely = [(each.status, each.body, each.example) for each in view.responses(endpoint)] if endpoint else []
    likely += [(code, each.body, each.example) for code, each in statuses.items()]
    failures = [(code, body, example) for code, body, example in likely if body and code >= "400"]
    failures.sort(key=lambda each: each[0] != status)
    if not failures:
        return Answer(status)
    _, body, example = failures[0]
    node = errors.stated(view, body, messages)
    if isinstance(node, Map) and isinstance(example, Map):
        node = Map.make({**example, **node}, NOWHERE)
    return Answer(status, Values(view).of(body, node, all_fields=not isinstance(example, Map), name="body"))


def example_of(endpoint: Endpoint, sent: Sent) -> tuple[Example | None, bool]:
    """The example that a request repeats, and whether it does: else the first one that succeeds."""
    for example in endpoint.examples:
        if all(_states(example.parameters.location(name), sent.location(name)) for name in LOCATIONS):
            return example, True
    succeeding = (
        each
        for each in endpoint.examples
        if not each.responses or any(status.startswith("2") for status in each.responses)
    )
    return next(succeeding, None), not endpoint.examples


def laid_at(stated: Any, path: tuple[str, ...], values: Mapping[str, Any], *, over: bool) -> Any:
    """What is stated, with the values of the object at the end of a path; `over` it, or under it."""
    if stated is not None and not isinstance(stated, Map):
        return stated
    given: Mapping[Any, Any] = stated or {}
    if path:
        inner = laid_at(given.get(path[0]), path[1:], values, over=over)
        return Map.make({**given, path[0]: inner}, NOWHERE)
    return Map.make({**given, **values} if over else {**values, **given}, NOWHERE)


def node_of(tree: Tree) -> Node:
    """A value as a guide would state it."""
    if isinstance(tree, Structure):
        return Map.make({Text.make(name, NOWHERE): node_of(each) for name, each in tree.members}, NOWHERE)
    if isinstance(tree, Array):
        return Seq.make([node_of(each) for each in tree.items], NOWHERE)
    if isinstance(tree, Null):
        return Text.make("null", NOWHERE)
    return Text.make(tree.text, NOWHERE, plain=tree.type not in (None, "string"))


def _response(
    view: GuideView, endpoint: Endpoint, example: Example | None, code: str | None
) -> ResolvedResponse | None:
    """The response that is asked for, else the one that the example states, else the first success."""
    known = {each.status: each for each in view.responses(endpoint)}
    if code is not None and code in known:
        return known[code]
    stated = [status for status in (example.responses if example else ()) if status in known]
    if stated:
        return known[stated[0]]
    successes = [each for each in known.values() if each.is_success]
    successes.sort(key=lambda each: (each.by_rule, each.body is None))
    return next(iter(successes), None)


def _stated(endpoint: Endpoint, example: Example | None, response: ResolvedResponse) -> Any:
    """What an example states for a status, over what the guide gives for it."""
    others = (each for each in endpoint.examples if each is not example)
    for each in (example, *others):
        if each is not None and response.status in each.responses:
            node = each.responses[response.status]
            if isinstance(node, Map) and isinstance(response.example, Map):
                return Map.make({**response.example, **node}, NOWHERE)
            return node
        if each is example and response.is_success:
            break
    return response.example


def _states(stated: Any, sent: Any) -> bool:
    """Whether a request sends all that an example states."""
    if isinstance(stated, Text):
        return isinstance(sent, Text) and (stated == sent or (stated.is_null and sent.is_null))
    if isinstance(stated, Seq):
        return isinstance(sent, Seq) and len(stated) == len(sent) and all(map(_states, stated, sent))
    return isinstance(sent, Map | Mapping) and all(
        name in sent and _states(value, sent[name]) for name, value in stated.items()
    )


def _sent_back(items: Items, endpoint: Endpoint, sent: Sent, record: Record | None) -> dict[str, Text]:
    """The single values of a request that the object of its response has too."""
    if record is None:
        return {}
    members = items.view.members(record.field) or {}
    return {
        name: value
        for name, value in _offered(items, endpoint, sent, record)
        if name in members and isinstance(value, Text) and _fits(items.view, members[name], value)
    }


def _offered(items: Items, endpoint: Endpoint, sent: Sent, record: Record) -> Iterator[tuple[str, Any]]:
    for each in items.named(endpoint, {str(name): str(value) for name, value in sent.path.items()}):
        if each.object == record.field.object:
            yield each.key, Text.make(each.value, NOWHERE)
    for name, value in sent.body.items():
        field = endpoint.parameters.body.get(name)
        is_same = field is not None and field.object is not None and field.object == record.field.object
        if is_same and isinstance(value, Map):
            yield from value.items()
        elif field is not None and not field.is_object:
            yield name, value


def _fits(view: GuideView, field: Field, value: Text) -> bool:
    probe = Values(view)
    return isinstance(probe.of(field, value), Scalar) and not probe.problems
