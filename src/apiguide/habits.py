"""What calls of a guide are usually like, to guess at one of which only the name is known.

Calls of the same name in other resources tell most: where all `reboot` calls are a POST to `/…/:id/reboot`,
one more will be. Else other calls of the resource tell, and at last the words that people use everywhere.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from apiguide.model import Endpoint, Guide, Response, resource_id
from apiguide.model.endpoint import PLACEHOLDER

_H = TypeVar("_H", bound=Hashable)
_LAST_PLACEHOLDER = re.compile(r"/:[A-Za-z_][A-Za-z0-9_]*\Z")


@dataclass(frozen=True)
class Usual:
    """What a call is by its verb."""

    method: str
    is_of_one: bool
    """Whether it is about one record, so that its path has a placeholder."""
    status: str = "200"
    answer: str = "one"
    """What it answers with: `one` record, a `list` of them, or nothing."""
    sends: bool = False
    """Whether it sends a record."""


_LIST = Usual("GET", is_of_one=False, answer="list")
_GET = Usual("GET", is_of_one=True)
_CREATE = Usual("POST", is_of_one=False, status="201", sends=True)
_EDIT = Usual("PUT", is_of_one=True, sends=True)
_DELETE = Usual("DELETE", is_of_one=True, status="204", answer="")
_ACTION = Usual("POST", is_of_one=True)

VERBS = {
    **dict.fromkeys(("list", "search", "index", "find"), _LIST),
    **dict.fromkeys(("get", "show", "read", "view"), _GET),
    **dict.fromkeys(("create", "add", "new"), _CREATE),
    **dict.fromkeys(("edit", "update", "change", "replace", "set"), _EDIT),
    **dict.fromkeys(("delete", "remove", "destroy"), _DELETE),
}
"""Verbs that say what a call does, at the beginning of its name; other names are those of actions."""


@dataclass(frozen=True)
class Guess:
    """What a call will be like."""

    method: str
    path: str
    status: str
    answer: str
    object: str | None
    """The object that the resource's calls send and return."""
    wrapper: str | None
    """The name under which a request sends the object; None where it sends none."""
    sends: bool
    paging: bool


def guess(guide: Guide, id_: str) -> Guess:
    """What the call `RESOURCE/CALL` will be like; the resource is one of the guide's."""
    resource, name = resource_id(id_), id_.partition("/")[2]
    usual = VERBS.get(_parts(name)[0], _ACTION)
    like = _alike(guide, resource, name)
    method = _most(each.method for _, each in like) or usual.method
    status = _most(code for _, each in like for code, _ in _success(each)) or _status(guide, usual.status)
    answers = [_answer(response) for _, each in like for _, response in _success(each)]
    answer = _most(answers) if answers else usual.answer
    object_ = _object(guide, resource, name)
    sends = _most(bool(each.parameters.body) for _, each in like) if like else usual.sends
    return Guess(
        method=method,
        path=_path(guide, resource, name, like, method),
        status=status,
        answer="" if status == "204" else answer or "",
        object=object_,
        wrapper=_wrapper(guide, resource, object_) if sends and object_ else None,
        sends=bool(sends),
        paging=bool(guide.settings.paging) and bool(_most(bool(each.paging) for _, each in like)),
    )


def home(guide: Guide, resource: str) -> str:
    """The path of the resource's records as a whole, `/books`."""
    calls = guide.endpoints_of(resource)
    usual = [
        _LAST_PLACEHOLDER.sub("", each.path) for id_, each in calls.items() if id_.partition("/")[2] in VERBS
    ]
    if usual:
        return min(usual, key=lambda path: (path.count("/"), len(path)))
    steps = zip(*(each.path.split("/") for each in calls.values()), strict=False)
    common = itertools.takewhile(lambda step: len(set(step)) == 1, steps)
    return _LAST_PLACEHOLDER.sub("", "/".join(step[0] for step in common)) or f"/{resource}"


def _of_one(guide: Guide, resource: str) -> str:
    """The path of one record, `/books/:id`; that of the resource where it seems to have no records."""
    calls = guide.endpoints_of(resource).values()
    verbs = [VERBS.get(_parts(id_)[0], _ACTION) for id_ in guide.endpoints_of(resource)]
    has_records = _LIST in verbs or _CREATE in verbs or guide.resources[resource].parameters
    if calls and not has_records and not any(each.placeholders for each in calls):
        return home(guide, resource)
    whole = home(guide, resource)
    after = re.compile(rf"{re.escape(whole)}/:(\w+)(?:/|\Z)")
    found = (after.match(each.path) for each in calls)
    parameters = guide.resources[resource].parameters
    usual = "id" if "id" in parameters or not parameters else next(iter(parameters))
    return f"{whole}/:{_most(match[1] for match in found if match) or usual}"


def _alike(guide: Guide, resource: str, name: str) -> list[tuple[str, Endpoint]]:
    """Calls, by their ids, that are probably like one of a name."""
    verb, rest = _parts(name)
    calls = [(id_, each) for id_, each in guide.endpoints.items() if id_ != f"{resource}/{name}"]
    same = [pair for pair in calls if pair[0].partition("/")[2] == name]
    if same:
        return same
    if verb in VERBS:
        return [pair for pair in calls if rest and pair[0].partition("/")[2].startswith(f"{verb}_")]
    actions = [pair for pair in calls if pair[0].partition("/")[2].partition("_")[0] not in VERBS]
    return [pair for pair in actions if resource_id(pair[0]) == resource] or actions


def _path(guide: Guide, resource: str, name: str, like: Iterable[tuple[str, Endpoint]], method: str) -> str:
    """The path by those of calls that are alike, else by the verb; a longer one where that is taken."""
    verb, rest = _parts(name)
    usual = VERBS.get(verb, _ACTION)
    step = (rest or None) if verb in VERBS else name
    whole = _of_one(guide, resource) if usual.is_of_one else home(guide, resource)
    calls = guide.endpoints_of(resource).values()
    taken = {PLACEHOLDER.sub(":", each.path) for each in calls if each.method == method}
    by_verb = f"{whole}/{step}" if step else whole
    common = _most(filter(None, (_pattern(guide, *pair, name) for pair in like)))
    found = by_verb
    if common is not None:
        filled = common.format(name=name, rest=rest or name)
        start = _of_one(guide, resource) if filled.startswith("/:") else home(guide, resource)
        found = start + filled.removeprefix("/:")
    return f"{whole}/{name}" if PLACEHOLDER.sub(":", found) in taken else found


def _pattern(guide: Guide, id_: str, endpoint: Endpoint, like: str) -> str | None:
    """The path of a call after that of its resource's records, `/:/{name}`.

    None where there are words in it that another call cannot have, unless that has the same name.
    """
    whole, name = home(guide, resource_id(id_)), id_.partition("/")[2]
    verb, rest = _parts(name)
    if not endpoint.path.startswith(whole) or "{" in endpoint.path:
        return None
    after = PLACEHOLDER.sub(":", endpoint.path[len(whole) :])
    if ":" in after.removeprefix("/:"):
        return None
    head, slash, last = after.rpartition("/")
    if slash and last == name:
        return f"{head}/{{name}}"
    if slash and last == rest and verb in VERBS:
        return f"{head}/{{rest}}"
    return after if like == name else None


def _object(guide: Guide, resource: str, name: str) -> str | None:
    """What a call is about: what its name says after the verb, else the resource's records."""
    verb, rest = _parts(name)
    if verb not in VERBS or not rest:
        return _record(guide, resource)
    if rest in guide.resources:
        return _record(guide, rest)
    return next((each for each in (rest, singular(rest)) if each in guide.objects), None)


def _record(guide: Guide, resource: str) -> str | None:
    """The object that most calls of a resource return, else the first that it declares."""
    bodies = (
        response.body for each in guide.endpoints_of(resource).values() for _, response in _success(each)
    )
    returned = _most(filter(None, (body.held.object for body in bodies if body is not None)))
    return returned or next(iter(guide.resources[resource].objects), None)


def _wrapper(guide: Guide, resource: str, object_: str) -> str | None:
    """The name under which calls of a resource, or else of the guide, send an object."""
    own = _most(name for name, of in _wrappers(guide.endpoints_of(resource).values()) if of == object_)
    is_usual = any(True for _ in _wrappers(guide.endpoints.values()))
    return own or (guide.objects[object_].name or object_ if is_usual else None)


def _wrappers(endpoints: Iterable[Endpoint]) -> Iterator[tuple[str, str | None]]:
    """The names that wrap what calls send, with the objects in them."""
    for each in endpoints:
        body = each.parameters.body
        yield from ((name, field.object) for name, field in body.items() if len(body) == 1 and field.object)


def singular(words: str) -> str:
    """One of what a name or title in the plural calls many."""
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("us", "us"), ("s", "")):
        if words.endswith(ending):
            return words.removesuffix(ending) + instead
    return words


def _parts(id_: str) -> tuple[str, str]:
    """The first word of a call's name and the others."""
    verb, _, rest = id_.rpartition("/")[2].partition("_")
    return verb, rest


def _success(endpoint: Endpoint) -> list[tuple[str, Response]]:
    """The first status that says that all is well, with its response."""
    codes = (pair for pair in endpoint.responses.items() if pair[0].startswith("2"))
    return [(code, response) for code, response in codes if response is not None][:1]


def _answer(response: Response) -> str:
    if response.body is None:
        return ""
    return "list" if response.body.is_array else "one"


def _status(guide: Guide, usual: str) -> str:
    """A status of success that the guide knows, the usual one if it is among them."""
    known = [code for code in guide.settings.statuses if code.startswith("2")]
    return usual if usual in known or not known else known[0]


def _most(values: Iterable[_H]) -> _H | None:
    """The value that comes most often, the first of those that come as often; None where there is none."""
    counted = Counter(values).most_common(1)
    return counted[0][0] if counted else None
