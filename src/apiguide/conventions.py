"""What calls of a guide are usually like, to guess at one of which only the name is known.

A neighbour tells: a call of the same name in another resource, else one that begins with the same verb, else
another action of the resource; where there is none, the verb at the beginning of the name (`model.verbs`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from apiguide.english import singular
from apiguide.model import Endpoint, Guide, Response, resource_id
from apiguide.model.endpoint import PLACEHOLDER
from apiguide.model.verbs import ACTION, VERBS

_LAST_PLACEHOLDER = re.compile(r"/:[A-Za-z_][A-Za-z0-9_]*\Z")


@dataclass(frozen=True)
class Guess:
    """What a call will be like."""

    method: str
    path: str
    status: str
    answer: str
    """What it answers with: `one` record, a `list` of them, or nothing."""
    object: str | None
    """The object that the resource's calls send and return."""
    wrapper: str | None
    """The name under which a request sends the object; None where it sends none."""
    sends: bool
    paging: bool


def guess(guide: Guide, id_: str) -> Guess:
    """What the call `RESOURCE/CALL` will be like; the resource is one of the guide's."""
    resource, name = resource_id(id_), id_.partition("/")[2]
    verb = VERBS.get(_parts(name)[0], ACTION)
    like = _neighbour(guide, resource, name)
    each = guide.endpoints[like] if like is not None else None
    method, sends = (each.method, bool(each.parameters.body)) if each else (verb.method, verb.sends)
    status, response = (each and _success(each)) or (_status(guide, verb.status), None)
    answer = _answer(response) if response is not None else verb.answer
    object_ = _object(guide, resource, name)
    return Guess(
        method=method,
        path=_path(guide, resource, name, like, method),
        status=status,
        answer="" if status == "204" else answer,
        object=object_,
        wrapper=_wrapper(guide, resource, object_) if sends and object_ else None,
        sends=sends,
        paging=bool(guide.settings.paging and each and each.paging),
    )


def home(guide: Guide, resource: str) -> str:
    """The path of the resource's records as a whole, `/books`."""
    paths = {id_.partition("/")[2]: each.path for id_, each in guide.endpoints_of(resource).items()}
    usual = [_LAST_PLACEHOLDER.sub("", path) for name, path in paths.items() if name in VERBS]
    if usual:
        return min(usual, key=lambda path: (path.count("/"), len(path)))
    steps = zip(*(path.split("/") for path in paths.values()), strict=False)
    common = itertools.takewhile(lambda step: len(set(step)) == 1, steps)
    return _LAST_PLACEHOLDER.sub("", "/".join(step[0] for step in common)) or f"/{resource}"


def _of_one(guide: Guide, resource: str) -> str:
    """The path of one record, `/books/:id`; that of the resource where it seems to have no records."""
    whole, parameters = home(guide, resource), guide.resources[resource].parameters
    calls = guide.endpoints_of(resource)
    after = re.compile(rf"{re.escape(whole)}/:(\w+)(?:/|\Z)")
    found = next((match[1] for each in calls.values() if (match := after.match(each.path))), None)
    has_records = parameters or f"{resource}/list" in calls or f"{resource}/create" in calls
    if calls and found is None and not has_records:
        return whole
    usual = "id" if "id" in parameters or not parameters else next(iter(parameters))
    return f"{whole}/:{found or usual}"


def _neighbour(guide: Guide, resource: str, name: str) -> str | None:
    """A call, by its id, that is probably like one of a name."""
    verb, rest = _parts(name)
    names = {id_: id_.partition("/")[2] for id_ in guide.endpoints if id_ != f"{resource}/{name}"}
    same = [id_ for id_, each in names.items() if each == name]
    if verb in VERBS:
        like = [id_ for id_, each in names.items() if rest and each.startswith(f"{verb}_")]
    else:
        actions = [id_ for id_, each in names.items() if _parts(each)[0] not in VERBS]
        like = [id_ for id_ in actions if resource_id(id_) == resource] or actions
    return next(iter((*same, *like)), None)


def _path(guide: Guide, resource: str, name: str, like: str | None, method: str) -> str:
    """The path as that of the neighbour, else by the verb; a longer one where that is taken."""
    verb, rest = _parts(name)
    is_of_one, step = VERBS.get(verb, ACTION).is_of_one, rest if verb in VERBS else name
    if like is not None:
        after = PLACEHOLDER.sub(":", guide.endpoints[like].path.removeprefix(home(guide, resource_id(like))))
        one, other = after.startswith("/:"), like.partition("/")[2]
        inner = after.removeprefix("/:").strip("/")
        if other == name and ":" not in inner:
            is_of_one, step = one, inner
        elif inner == other:
            is_of_one, step = one, name
        elif inner == _parts(other)[1] and rest:
            is_of_one, step = one, rest
    whole = _of_one(guide, resource) if is_of_one else home(guide, resource)
    found = f"{whole}/{step}" if step else whole
    calls = guide.endpoints_of(resource).values()
    taken = {PLACEHOLDER.sub(":", each.path) for each in calls if each.method == method}
    return f"{whole}/{name}" if PLACEHOLDER.sub(":", found) in taken else found


def _object(guide: Guide, resource: str, name: str) -> str | None:
    """What a call is about: what its name says after the verb, else the resource's records."""
    verb, rest = _parts(name)
    if verb not in VERBS or not rest:
        return _record(guide, resource)
    if rest in guide.resources:
        return _record(guide, rest)
    return next((each for each in (rest, singular(rest)) if each in guide.objects), None)


def _record(guide: Guide, resource: str) -> str | None:
    """The object that a call of a resource returns, else the first that it declares."""
    replies = [reply for each in guide.endpoints_of(resource).values() if (reply := _success(each))]
    returned = [response.body.held.object for _, response in replies if response.body is not None]
    return next(filter(None, (*returned, *guide.resources[resource].objects)), None)


def _wrapper(guide: Guide, resource: str, object_: str) -> str | None:
    """The name under which calls of a resource, or else of the guide, send an object."""
    own = (name for name, of in _wrappers(guide.endpoints_of(resource).values()) if of == object_)
    is_usual = any(True for _ in _wrappers(guide.endpoints.values()))
    return next(own, guide.objects[object_].name or object_ if is_usual else None)


def _wrappers(endpoints: Iterable[Endpoint]) -> Iterator[tuple[str, str | None]]:
    """The names that wrap what calls send, with the objects in them."""
    for each in endpoints:
        body = each.parameters.body
        yield from ((name, field.object) for name, field in body.items() if len(body) == 1 and field.object)


def _parts(name: str) -> tuple[str, str]:
    """The first word of a call's name and the others."""
    verb, _, rest = name.partition("_")
    return verb, rest


def _success(endpoint: Endpoint) -> tuple[str, Response] | None:
    """The first status that says that all is well, with its response."""
    responses = endpoint.responses.items()
    return next(((code, each) for code, each in responses if code.startswith("2") and each), None)


def _answer(response: Response) -> str:
    if response.body is None:
        return ""
    return "list" if response.body.is_array else "one"


def _status(guide: Guide, usual: str) -> str:
    """A status of success that the guide knows, the usual one if it is among them."""
    known = [code for code in guide.settings.statuses if code.startswith("2")]
    return usual if usual in known or not known else known[0]
