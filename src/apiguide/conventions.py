"""What an endpoint is probably like of which only the name is known.

An endpoint of the same name in another resource tells, else the verb at the beginning of the name
(`model.verbs`).
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from apiguide.checks.requests.endpoints import BODILESS
from apiguide.english import forms
from apiguide.model import Endpoint, Guide, resource_id
from apiguide.model.endpoint import path_shape
from apiguide.model.verbs import ACTION, VERBS, Verb

_LAST_PLACEHOLDER = re.compile(r"/:\w+\Z")


@dataclass(frozen=True)
class Guess:
    """What an endpoint will be like."""

    method: str
    path: str
    status: str
    answer: str
    """What it answers with: `one` record, a `list` of them, or nothing."""
    object: str | None
    """The object that it sends or returns."""
    sends: bool
    wrapper: str | None
    """The name under which it sends the object; None where it sends none."""
    paging: bool


def guess(guide: Guide, id_: str, method: str | None = None, path: str | None = None) -> Guess:
    """What the endpoint `RESOURCE/ENDPOINT` will be like, where it is not given."""
    resource, name = resource_id(id_), id_.partition("/")[2]
    verb = _verb(name)
    like = next((each for other, each in guide.endpoints.items() if other.endswith(f"/{name}")), None)
    found, sends = (like.method, bool(like.parameters.body)) if like else (verb.method, verb.sends)
    method = method or found
    sends = sends and method not in (*BODILESS, "DELETE")
    status, answer, _ = (like and _success(like)) or (_status(guide, verb.status), verb.answer, None)
    object_ = _object(guide, resource, name)
    return Guess(
        method=method,
        path=path or _path(guide, resource, name, method, like),
        status=status,
        answer="" if status == "204" else answer,
        object=object_,
        sends=sends,
        wrapper=_wrapper(guide, object_) if sends and object_ else None,
        paging=bool(guide.settings.paging and like and like.paging),
    )


def _verb(name: str) -> Verb:
    return VERBS.get(name.partition("_")[0], ACTION)


def same_request(guide: Guide, method: str, path: str) -> str | None:
    """The endpoint that has the same method, and the same path whatever its placeholders are called."""
    for id_, each in guide.endpoints.items():
        if each.method == method and path_shape(each.path) == path_shape(path):
            return id_
    return None


def _path(guide: Guide, resource: str, name: str, method: str, like: Endpoint | None) -> str:
    """The path of the resource, or of one of its records, and what the name says beyond the verb."""
    endpoints, parameters = guide.endpoints_of(resource), guide.resources[resource].parameters
    verb, rest = _verb(name), name.partition("_")[2]
    has_records = (
        parameters or not endpoints or f"{resource}/list" in endpoints or f"{resource}/create" in endpoints
    )
    path = _home(guide, resource)
    if has_records and (verb.is_of_one or (rest and _object(guide, resource, name))):
        path += "/:id" if "id" in parameters or not parameters else f"/:{next(iter(parameters))}"
    is_full = verb is ACTION or (like is not None and like.path.endswith(f"/{name}"))
    usual = "/".join(filter(None, (path, name if is_full else rest)))
    return f"{path}/{name}" if same_request(guide, method, usual) else usual


def _home(guide: Guide, resource: str) -> str:
    """The path of the resource's records as a whole, `/books`."""
    endpoints = guide.endpoints_of(resource).items()
    paths = {id_.partition("/")[2]: _LAST_PLACEHOLDER.sub("", each.path) for id_, each in endpoints}
    usual = [path for name, path in paths.items() if name in VERBS]
    if usual:
        return min(usual, key=lambda path: (path.count("/"), len(path)))
    return posixpath.commonpath([*paths.values()] or ["/"]).rstrip("/") or f"/{resource}"


def _object(guide: Guide, resource: str, name: str) -> str | None:
    """What an endpoint is about: what its name says after the verb, else the resource's records."""
    verb, _, rest = name.partition("_")
    about = rest if verb in VERBS and rest else resource
    if about not in guide.resources:
        return next((each for each in forms(about) if each in guide.objects), None)
    returned = [found[2] for endpoint in guide.endpoints_of(about).values() if (found := _success(endpoint))]
    return next(filter(None, (*returned, *guide.resources[about].objects)), None)


def _wrapper(guide: Guide, object_: str) -> str | None:
    """The name under which an endpoint sends an object, where endpoints of the guide wrap what they send."""
    bodies = [each.parameters.body for each in guide.endpoints.values() if len(each.parameters.body) == 1]
    wrappers = {field.object: name for body in bodies for name, field in body.items() if field.object}
    return wrappers.get(object_, guide.objects[object_].name or object_) if wrappers else None


def _success(endpoint: Endpoint) -> tuple[str, str, str | None] | None:
    """The first status of success, what the endpoint answers with then, and the object in it."""
    for code, response in endpoint.responses.items():
        if code.startswith("2") and response is not None:
            body = response.body
            return (code, "list" if body.is_array else "one", body.held.object) if body else (code, "", None)
    return None


def _status(guide: Guide, usual: str) -> str:
    """A status of success that the guide knows, the usual one if it is among them."""
    known = [code for code in guide.settings.statuses if code.startswith("2")]
    return usual if usual in known or not known else known[0]
