"""Rules of endpoints: methods, paths, statuses, and what tells one from another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from apiguide.checks.names.characters import element_names
from apiguide.checks.names.spelling import squashed
from apiguide.checks.parts import file_of, key_mark
from apiguide.checks.references.fields import Fields
from apiguide.checks.references.said_twice import repeats_inherited
from apiguide.checks.references.symbols import Symbols, UnknownFormat, UnknownMethod, known
from apiguide.checks.requests.paths import path_problems
from apiguide.english import forms
from apiguide.folders import REFERENCE
from apiguide.lifespan import ALWAYS, span_of
from apiguide.model import LOCATIONS, Endpoint, Field, Guide, Response
from apiguide.model.endpoint import PLACEHOLDER, path_shape
from apiguide.model.forms import METHOD, METHODS
from apiguide.problems import Problem, did_you_mean, mark_of
from apiguide.rule import Rule, WarningRule
from apiguide.view import GuideView, statuses_by_rule


class PreferCircle(Rule, family="references"):
    """An endpoint is declared an older form of itself, or two endpoints are older forms of each other."""


class PlaceholderWithoutParameter(Rule):
    """A placeholder in the path has no parameter."""


class ParameterWithoutPlaceholder(Rule):
    """An endpoint declares a path parameter that its path does not have."""


class UnusedParameter(WarningRule):
    """A resource's path parameter is not used in the path of any of its endpoints."""


class BodyOfGet(WarningRule):
    """An endpoint has body parameters, but its method takes no body."""


class SafeNotSaid(WarningRule):
    """A GET endpoint does not say whether it is safe, and its path ends with a word that names no thing."""


class SameRequest(Rule):
    """Two endpoints of the same release describe the same request."""


class DuplicateTitle(Rule):
    """Two endpoints of the same resource have the same title."""


class UnknownStatus(Rule):
    """The meaning of a status is not stated anywhere."""


class UnnamedStatus(WarningRule):
    """An endpoint lists a status of which guide.yaml does not give the name."""


class ResponseWithoutBody(WarningRule):
    """A response has a body, but its method or status is one with which HTTP sends none."""


class UndeclaredStatus(Rule):
    """An example has a response with a status that the endpoint does not list."""


class NoBody(Rule):
    """An example gives values for a status that has no body."""


class NoPaging(Rule, family="settings"):
    """An endpoint is paginated, but the guide does not say how."""


_CODE = re.compile(r"[1-5][0-9][0-9]\Z")
_NO_CONTENT = re.compile(r"1[0-9][0-9]|20[45]|304")
"""Statuses that come without a body, RFC 9110 §6.4.1."""
BODILESS = ("GET", "HEAD", "TRACE")
"""Methods whose requests have a body without meaning, RFC 9110 §9.3."""


def check_requests(guide: Guide, symbols: Symbols) -> Iterator[Problem]:
    """Problems of endpoints as their files state them."""
    settings = guide.settings
    methods = [name for name in settings.methods if METHOD.pattern.match(name)] or METHODS
    extensions = tuple(format_.extension for format_ in settings.formats.values())
    things = things_of(guide)
    for id_, endpoint in guide.endpoints.items():
        xml = "xml" in settings.formats and "xml" in (endpoint.formats or settings.formats)
        formers = [change.before for change in endpoint.changes if change.before is not None]
        for keys in (endpoint, *formers):
            if keys.method is not None:
                yield from _method(keys.method, methods)
            if keys.path is not None:
                yield from path_problems(keys.path, extensions)
            for name in keys.formats or ():
                yield from known(UnknownFormat, name, settings.formats)
        if endpoint.paging and not settings.paging:
            mark = key_mark(endpoint.title, "paging")
            hint = "declare `paging:` in guide.yaml"
            yield NoPaging.at(mark, "the endpoint is paged, but the guide does not say how", hint)
        if not symbols.loses_objects:
            yield from _safe(endpoint, things)
        yield from _bodiless(endpoint)
        yield from _prefer(guide, id_, endpoint, symbols)
        yield from _placeholders(guide, id_, endpoint, symbols)
        fields = Fields(symbols, xml=xml, endpoint=endpoint)
        for location in LOCATIONS:
            yield from fields.named(endpoint.parameters.location(location), location)
        resource = guide.resources.get(id_.partition("/")[0])
        for name, field in endpoint.parameters.path.items():
            base = resource.parameters.get(name) if resource is not None else None
            if base is not None:
                yield from repeats_inherited(name, field, symbols.inheriting(base, None))
        for code, response in endpoint.responses.items():
            yield from _response(guide, code, response, fields)
            if response is not None and response.body is not None:
                yield from check_status_body(code, "HEAD" if endpoint.method == "HEAD" else code)
        yield from _examples(guide, endpoint)
        if xml:
            for example in endpoint.examples:
                for nodes in (example.parameters.body, example.responses):
                    for node in nodes.values():
                        yield from element_names(node)
    yield from _titles(guide)
    yield from _unused(guide, symbols)


def things_of(guide: Guide) -> frozenset[str]:
    """The names of objects and resources, in the singular and the plural."""
    names = [*guide.resources]
    for _, name, each in guide.declared_objects():
        names += (name, *(sent for sent in (each.name, each.plural) if sent is not None))
    return frozenset(squashed(form) for name in names for form in forms(name.lower()))


def is_plainly_safe(method: str, path: str, things: frozenset[str]) -> bool:
    """Whether nobody asks if an endpoint is safe: it is no GET, or its path ends with the name of a thing.

    A plural names things (`/account/settings`), but secrets are not given out without saying so.
    """
    last = path.rstrip("/").rpartition("/")[2].lower()
    is_value = not last or (last[0] == ":" and ":" not in PLACEHOLDER.sub("", last))
    is_named = is_value or squashed(last) in things
    return method != "GET" or is_named or bool(_NOUN.search(last) and not _SECRETS.search(last))


_NOUN = re.compile(r"(?:(?<![sui])s|ity)\Z")
"""How words end that name several things, or a quality; `process`, `status`, `analysis` name neither."""
_SECRETS = re.compile(r"(?:credential|key|password|secret|token)s\Z")


def _safe(endpoint: Endpoint, things: frozenset[str]) -> Iterator[Problem]:
    """A GET whose path ends with a word that names no thing says whether it is safe."""
    if endpoint.safe is None and not is_plainly_safe(endpoint.method, endpoint.path, things):
        last = endpoint.path.rstrip("/").rpartition("/")[2]
        message = f"`{last}` is not an object or a resource, and the endpoint does not say whether it is safe"
        hint = (
            "write `safe: true` if it only reads, `safe: false` if it changes something or gives out a secret"
        )
        yield SafeNotSaid.at(mark_of(endpoint.path), message, hint)


def _method(name: str, known_: Collection[str]) -> Iterator[Problem]:
    """A method is one of those that the API uses; one that HTTP has is no slip of the fingers."""
    if name in METHODS and name not in known_:
        hint = f"add `{name}: {{description: …}}` to `methods` in guide.yaml"
        yield UnknownMethod.at(mark_of(name), f"guide.yaml does not list the method `{name}`", hint)
    else:
        yield from known(UnknownMethod, name, known_, "list it under `methods` in guide.yaml")


def _bodiless(endpoint: Endpoint) -> Iterator[Problem]:
    """An endpoint whose method takes no body has no parameters in one."""
    names = endpoint.parameters.body
    if names and endpoint.method in BODILESS:
        message = f"the body of a {endpoint.method} request has no meaning, and may be dropped on its way"
        hint = "move the parameters to `query`, or correct the method"
        yield BodyOfGet.at(mark_of(next(iter(names))), message, hint)


def _prefer(guide: Guide, id_: str, endpoint: Endpoint, symbols: Symbols) -> Iterator[Problem]:
    """The newer form of an endpoint is another endpoint, of which it is not the newer form."""
    newer = endpoint.prefer
    if newer is None:
        return
    yield from symbols.endpoint(newer)
    hint = "delete one `prefer`"
    if newer == id_:
        yield PreferCircle.at(mark_of(newer), "`prefer` names the endpoint itself", hint)
    elif newer in guide.endpoints and guide.endpoints[newer].prefer == id_:
        message = f"`{id_}` and `{newer}` name each other in `prefer`"
        yield PreferCircle.at(mark_of(newer), message, hint)


def _placeholders(guide: Guide, id_: str, endpoint: Endpoint, symbols: Symbols) -> Iterator[Problem]:
    """Each placeholder has a parameter, and each path parameter a placeholder."""
    resource_id = id_.partition("/")[0]
    resource = guide.resources.get(resource_id)
    file = file_of(resource_id)
    declared = {**(resource.parameters if resource else {}), **endpoint.parameters.path}
    paths = _paths(endpoint)
    for path in paths:
        for name in dict.fromkeys(PLACEHOLDER.findall(path)):
            if name not in declared and file not in symbols.lost:
                message = f"the placeholder `:{name}` has no parameter"
                hint = did_you_mean(name, declared) or f"declare `{name}` under `parameters` in {file}"
                yield PlaceholderWithoutParameter.at(mark_of(path), message, hint)
    placeholders = {name for path in paths for name in PLACEHOLDER.findall(path)}
    for name in endpoint.parameters.path:
        if name not in placeholders:
            message = f"the path `{endpoint.path}` has no placeholder `:{name}`"
            hint = did_you_mean(name, placeholders) or "delete the parameter, or put it into the path"
            if any(f":{name}" in path for path in paths):
                hint = f"write `/:{name}`: a colon after a letter or a digit begins no placeholder"
            yield ParameterWithoutPlaceholder.at(mark_of(name), message, hint)


def _paths(endpoint: Endpoint) -> tuple[str, ...]:
    """The path of an endpoint and those that it had before."""
    formers = (change.before.path for change in endpoint.changes if change.before is not None)
    return (endpoint.path, *(path for path in formers if path is not None))


def _response(guide: Guide, code: str, response: Response | None, fields: Fields) -> Iterator[Problem]:
    if response is None:
        return
    if code not in guide.settings.statuses and _CODE.match(code):
        hint = f"list it under `statuses` in guide.yaml: `{code}: {{title: {_phrase(code)}, …}}`"
        if response.description is None:
            yield UnknownStatus.at(mark_of(code), f"nothing says what {code} means", hint)
        else:
            yield UnnamedStatus.at(mark_of(code), f"guide.yaml does not say what {code} is called", hint)
    if response.body is not None:
        yield from fields.field(response.body, mark_of(code))
    for change in response.changes:
        if change.before is not None and change.before.body is not None:
            yield from fields.field(change.before.body, mark_of(change.release))


def _phrase(code: str) -> str:
    """What HTTP calls a status."""
    try:
        return HTTPStatus(int(code)).phrase
    except ValueError:
        return "…"


def check_status_body(code: str, of: str) -> Iterator[Problem]:
    """A response with a body is none that HTTP sends without one; `of` is HEAD or the status itself."""
    if of == "HEAD" or _NO_CONTENT.match(of):
        message = f"HTTP sends no body {'in response to' if of == 'HEAD' else 'with'} {of}"
        hint = f"delete `body`, or correct the {'method' if of == 'HEAD' else 'status'}"
        yield ResponseWithoutBody.at(mark_of(code), message, hint)


def _examples(guide: Guide, endpoint: Endpoint) -> Iterator[Problem]:
    """Examples answer with a status that the endpoint has, and with values only where there is a body."""
    path = any(PLACEHOLDER.search(path) for path in _paths(endpoint))
    by_rule = statuses_by_rule(guide.settings, path=path, body=bool(endpoint.parameters.body))
    for example in endpoint.examples:
        for code, values in example.responses.items():
            response = endpoint.responses.get(code)
            if response is None and (code in endpoint.responses or code not in by_rule):
                message = f"the example answers {code}, but the endpoint does not list it"
                hint = "list it under `responses`"
                if code in endpoint.responses:
                    message = f"the example answers {code}, but the endpoint says that it never does"
                    hint = f"delete it here, or `{code}: null` under `responses`"
                yield UndeclaredStatus.at(mark_of(code), message, hint)
            elif values != {} and not _has_body(guide, code, response):
                message = f"the example gives values for {code}, which has no body"
                hint = f"declare the `body` of {code}, or write `{code}: {{}}`"
                yield NoBody.at(mark_of(code), message, hint)


def _has_body(guide: Guide, code: str, response: Response | None) -> bool:
    """Whether a response has a body, of its own or of the guide, now or before."""
    status = guide.settings.statuses.get(code)
    bodies = [status and status.body]
    if response is not None:
        formers = (change.before.body for change in response.changes if change.before is not None)
        bodies += (response.body, *formers)
    return any(body is not None for body in bodies)


def _titles(guide: Guide) -> Iterator[Problem]:
    """No two endpoints that a release has in one resource share a title."""
    found: dict[tuple[int, str, str], str] = {}
    reported: set[tuple[str, str]] = set()
    for id_, endpoint in guide.endpoints.items():
        resource = id_.partition("/")[0]
        for index, title in _titles_of(guide, endpoint):
            first = found.setdefault((index, resource, title.casefold()), id_)
            if first != id_ and (id_, title) not in reported:
                reported.add((id_, title))
                message = f"the title `{title}` is also that of {file_of(first)}"
                yield DuplicateTitle.at(mark_of(title), message, "say in the title what is different")


def _titles_of(guide: Guide, endpoint: Endpoint) -> Iterator[tuple[int, str]]:
    """The title of an endpoint in each release that has it, by the release's place."""
    order = guide.order
    gaps = {moment for each in endpoint.absent for moment in (each.from_, each.until)}
    if not {endpoint.introduced, endpoint.removed, *gaps} <= order.keys():
        return
    span = span_of(endpoint, order, ALWAYS)
    for index in filter(span.has, range(len(guide.releases))):
        title = endpoint.title
        for change in reversed(endpoint.changes):
            if order.get(change.release, 0) > index and change.before is not None:
                title = change.before.title or title
        yield index, title


def _unused(guide: Guide, symbols: Symbols) -> Iterator[Problem]:
    """A path parameter of a resource is in the path of an endpoint."""
    for resource_id, resource in guide.resources.items():
        endpoints = [each for id_, each in guide.endpoints.items() if id_.startswith(f"{resource_id}/")]
        lost = any(path.startswith(f"{REFERENCE}/{resource_id}/") for path in symbols.lost)
        if not endpoints or lost:
            continue
        used = {
            name for endpoint in endpoints for path in _paths(endpoint) for name in PLACEHOLDER.findall(path)
        }
        for name in resource.parameters:
            if name not in used:
                message = f"no endpoint of the resource has a placeholder `:{name}`"
                hint = did_you_mean(name, used - resource.parameters.keys()) or "delete the parameter"
                yield UnusedParameter.at(mark_of(name), message, hint)


def check_same_requests(views: Mapping[str, GuideView]) -> Iterator[Problem]:
    """Endpoints with one method and path differ in a query or body parameter that is required or constant."""
    found: set[tuple[str, str]] = set()
    for view in views.values():
        seen: dict[tuple[Any, ...], str] = {}
        for id_, endpoint in view.endpoints.items():
            path = path_shape(endpoint.path)
            first = seen.setdefault((endpoint.method, path, frozenset(always(view, endpoint))), id_)
            if first != id_ and (first, id_) not in found:
                found.add((first, id_))
                message = f"{endpoint.method} {endpoint.path} is also the request of {file_of(first)}"
                hint = "tell them apart by a parameter with `required` or `const`, or delete one"
                yield SameRequest.at(mark_of(endpoint.path), message, hint)


def always(view: GuideView, endpoint: Endpoint) -> Iterator[tuple[str, ...]]:
    """What a request to an endpoint always has in its query and body."""
    for location in ("query", "body"):
        yield from _always(view, endpoint.parameters.location(location), (location,))


def _always(view: GuideView, fields: Mapping[str, Field], path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, field in fields.items():
        if field.required or field.const is not None:
            yield (*path, name, str(field.const))
        if field.fields is not None:
            yield from _always(view, field.fields, (*path, name))
