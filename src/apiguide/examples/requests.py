"""Example requests: where they go and what they carry, before any format is chosen."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote

from apiguide.examples.envelopes import Record, records
from apiguide.examples.values import Array, FieldChoice, Scalar, Structure, Tree, Values
from apiguide.fingerprints import body_key
from apiguide.model import LOCATIONS, Endpoint, Example, ExampleParameters, Field
from apiguide.model.endpoint import PLACEHOLDER
from apiguide.problems import Mark, Problem, Source
from apiguide.view import GuideView, ResolvedResponse
from apiguide.yaml_source import Map, Text

_NOWHERE = Mark(Source(""))


@dataclass(frozen=True)
class Request:
    """A request with its values filled in."""

    method: str
    path: str
    """The path with its placeholders replaced, percent-encoded (RFC 3986), without the format's extension."""
    query: tuple[tuple[str, str | None], ...] = ()
    """Names and values, not yet encoded; None for a bare name."""
    headers: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()
    body: Structure | None = None
    """What the body names; None where nothing is sent."""


@dataclass(frozen=True)
class ShownExample:
    """A request and the responses to it, as one release shows them."""

    title: str | None
    description: str | None
    request: Request
    responses: tuple[tuple[ResolvedResponse, Tree | None], ...]
    """Each with its body; None where it has none."""
    problems: tuple[Problem, ...] = ()


def examples_of(
    view: GuideView, endpoint: Endpoint, known: dict[Hashable, Tree] | None = None
) -> tuple[ShownExample, ...]:
    """The endpoint's stated examples, or one made of all fields' own values.

    Responses in which nothing is the endpoint's own are taken from the view's `known` ones, or added to them.
    """
    stated = endpoint.examples or (None,)
    return tuple(_shown(view, endpoint, example, known) for example in stated)


def _shown(
    view: GuideView, endpoint: Endpoint, example: Example | None, known: dict[Hashable, Tree] | None
) -> ShownExample:
    requests, responses = Values(view, request=True), Values(view)
    request = _request(requests, endpoint, example.parameters if example else None)
    stated = example.responses if example else {}
    made = tuple(response_values(responses, endpoint, stated, request.body, known))
    return ShownExample(
        example.title if example else None,
        example.description if example else None,
        request,
        made,
        (*requests.problems, *responses.problems),
    )


def response_values(
    values: Values,
    endpoint: Endpoint,
    stated: Mapping[str, Any],
    body: Structure | None,
    known: dict[Hashable, Tree] | None = None,
) -> Iterator[tuple[ResolvedResponse, Tree | None]]:
    """The responses with their bodies that an example shows which states these and sends a body.

    That are the stated ones alone; an example that states none shows the first success that has a body.
    """
    responses = values.view.responses(endpoint)
    if stated:
        shown = [each for each in responses if each.status in stated]
    else:
        successes = (each for each in responses if each.is_success and each.body is not None)
        shown = sorted(successes, key=lambda each: each.by_rule)[:1]
    for response in shown:
        if response.body is not None:
            yield response, _response_tree(values, endpoint, response, stated, body, known=known)
        elif stated[response.status] == {}:
            yield response, None


def other_responses(
    values: Values,
    endpoint: Endpoint,
    shown: Container[str],
    known: dict[Hashable, Tree] | None = None,
) -> Iterator[tuple[ResolvedResponse, Tree]]:
    """The responses whose bodies no example shows: those whose statuses are not `shown`."""
    for response in values.view.responses(endpoint):
        if response.body is not None and response.status not in shown:
            yield response, _response_tree(values, endpoint, response, {}, None, known=known)


def _response_tree(
    values: Values,
    endpoint: Endpoint,
    response: ResolvedResponse,
    stated: Mapping[str, Any],
    body: Structure | None,
    *,
    known: dict[Hashable, Tree] | None,
) -> Tree:
    """The body of a response, made once where nothing in it is the endpoint's own."""
    assert response.body is not None, "only responses with a body have a value"
    view = values.view
    back, shown = sent_back(view, endpoint, body, response), shown_of(view, endpoint, response)
    if known is None or back or response.status in stated or response.example is not None:
        return response_value(values, response, stated, back, shown)
    key = (body_key(response.body), shown)
    if key not in known:
        known[key] = response_value(values, response, stated, back, shown)
    return known[key]


def response_value(
    values: Values,
    response: ResolvedResponse,
    stated: Mapping[str, Any],
    sent: SentBack | None = None,
    all_fields: FieldChoice = True,
) -> Tree:
    """The body of a response: what an example states, or the guide for the status, over the fields' values.

    So a response is shown whole; values inside a stated value are as stated. `sent` are values of the request
    that come back in what the example does not state; `all_fields` is `shown_of` the response.
    """
    assert response.body is not None, "only respond with a body have a value"
    node = stated.get(response.status, response.example)
    if isinstance(node, Map) and isinstance(response.example, Map):
        node = _over(node, response.example)
    if sent is not None:
        node = _laid_at(node, sent.path, sent.values)
    return values.of(response.body, node, all_fields=all_fields, name="body")


def _laid_at(stated: Any, path: tuple[str, ...], values: Mapping[str, Any]) -> Any:
    """What is stated, over the values of an object that a path of names leads to; as it is if it has none."""
    if stated is not None and not isinstance(stated, Map):
        return stated
    given = stated or Map()
    if not path:
        return _over(given, values)
    inner = _laid_at(given.get(path[0]), path[1:], values)
    return Map.make({**given, path[0]: inner}, given.mark if given else _NOWHERE)


def _over(stated: Map, values: Mapping[str, Any]) -> Map:
    """What is stated laid over other values; its names stay those that know where they were typed."""
    more = {name: value for name, value in values.items() if name not in stated}
    return Map.make({**stated, **more}, stated.mark if stated else _NOWHERE)


def shown_of(view: GuideView, endpoint: Endpoint, response: ResolvedResponse) -> FieldChoice:
    """What an example shows of a response beside what it states: all, or the brief of a long object."""
    body = response.body
    if body is None or body.object is None or not view.is_repeated(endpoint, body):
        return True
    return view.brief(body.object)


class SentBack(NamedTuple):
    """Values of a request that come back in a response."""

    path: tuple[str, ...]
    """The names that lead to the object which carries them."""
    values: Mapping[str, Text]


def sent_back(
    view: GuideView, endpoint: Endpoint, body: Structure | None, response: ResolvedResponse
) -> SentBack | None:
    """The single values of a request that come back with the same object; None where none does."""
    wrappers = endpoint.parameters.body
    if body is None or response.body is None or len(wrappers) != 1 or not response.is_success:
        return None
    ((name, wrapper),) = wrappers.items()
    held = dict(body.members).get(name)
    record = _record_of(view, name, wrapper, response.body)
    if record is None or not isinstance(held, Structure):
        return None
    fields = view.members(record.field) or {}
    found = {}
    for member, tree in held.members:
        if isinstance(tree, Scalar) and member in fields:
            text = Text.make(tree.text, _NOWHERE, plain=tree.type not in (None, "string"))
            probe = Values(view)
            if isinstance(probe.of(fields[member], text), Scalar) and not probe.problems:
                found[member] = text
    return SentBack(tuple(map(str, record.path)), found) if found else None


def _record_of(view: GuideView, name: str, sent: Field, body: Field) -> Record | None:
    """Where a response holds the object that was sent under a name; None where it is not known."""
    if sent.object is None:
        return None
    alike = [each for each in records(view, body) if each.is_single and each.field.object == sent.object]
    named = [each for each in alike if each.path[-1:] == (name,)]
    return next(iter(alike if len(alike) == 1 else named), None)


def _request(values: Values, endpoint: Endpoint, given: ExampleParameters | None) -> Request:
    locations = {
        location: values.structure(
            endpoint.parameters.location(location),
            _stated(values, endpoint, given, location) if given else None,
        )
        for location in LOCATIONS
    }
    filled = {name: _plain(tree) for name, tree in locations["path"].members}
    path = PLACEHOLDER.sub(lambda match: quote(filled.get(match[1], match[0]), safe=""), endpoint.path)
    return Request(
        endpoint.method,
        path,
        tuple(
            pair
            for name, tree in locations["query"].members
            for pair in _query(name, tree, flag=bool(endpoint.parameters.query[name].allow_empty_value))
        ),
        tuple((name, _plain(tree)) for name, tree in locations["header"].members),
        tuple((name, _plain(tree)) for name, tree in locations["cookie"].members),
        locations["body"] if locations["body"].members else None,
    )


def _stated(values: Values, endpoint: Endpoint, given: ExampleParameters, location: str) -> Mapping[str, Any]:
    """What an example states in a place; a wrapper of required parameters is there without being stated."""
    stated = given.location(location)
    fields = endpoint.parameters.location(location)
    if location != "body" or len(fields) != 1:
        return stated
    ((name, field),) = fields.items()
    wraps = field.is_object and any(
        each.required for each in (values.view.members(field, request=True) or {}).values()
    )
    return {name: Map(), **stated} if wraps else stated


def _query(name: str, tree: Tree, *, flag: bool = False) -> Iterator[tuple[str, str | None]]:
    """Query pairs of a value: nested names go in brackets (`period[startdate]`), a set flag is bare."""
    if isinstance(tree, Structure):
        for key, value in tree.members:
            yield from _query(f"{name}[{key}]", value)
    elif isinstance(tree, Array):
        for item in tree.items:
            yield from _query(f"{name}[]", item)
    else:
        text = _plain(tree)
        yield name, None if flag and text in ("", "true") else text


def _plain(tree: Tree) -> str:
    """A value outside of bodies and queries; the items of a list stand between commas."""
    if isinstance(tree, Array):
        return ",".join(_plain(item) for item in tree.items)
    return tree.text if isinstance(tree, Scalar) else ""
