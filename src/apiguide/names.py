"""Which parameters and fields the calls of a release take and return, and where pages list them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from apiguide.anchors import OBJECT, Listed, anchor, listed, listed_of_body, reply_places
from apiguide.fingerprints import body_key, fingerprint
from apiguide.lifespan import Span, span_of
from apiguide.model import PLACES, Field, resource_id
from apiguide.name_ranges import dictionary_key
from apiguide.view import GuideView

_USES, _BODIES, _PLACES, _WEIGHTS = object(), object(), object(), object()
"""Under them, the views of a guide share what is known of names."""


class Use(NamedTuple):
    """A parameter or field that a page lists."""

    name: str
    anchor: str
    """Its row on the page."""
    field: Field
    is_sent: bool
    """Whether a request has it; else a reply or an object has."""
    object: str | None
    """The object, of some resource, that the whole reply is: that resource's page lists the field too."""
    start: int
    """The place in time from which on the page has it."""
    is_documented: bool
    """Whether that is only the first evidence."""


def uses(view: GuideView, page: str) -> tuple[Use, ...]:
    """What the page of a call or resource lists: what is sent first, and each in the order of the page.

    It is the very same in releases that have the very same page.
    """
    part = view.endpoints.get(page) or view.resources.get(page)
    if part is None:
        return ()
    known = _shared(view, _USES)
    resource = span_of(view.resources[resource_id(page)], view.guide.order)
    key = (page, resource, fingerprint(view, part))
    if key not in known:
        is_call = page in view.endpoints
        found = _of_call(view, page, resource) if is_call else _of_resource(view, page, resource)
        known[key] = tuple(found)
    made: tuple[Use, ...] = known[key]
    return made


def _shared(view: GuideView, key: object) -> dict[Hashable, Any]:
    """What the views of a guide share under a key."""
    known = view.facts.get(key)
    if known is None:
        known = view.facts[key] = {}
    found: dict[Hashable, Any] = known
    return found


def _of_call(view: GuideView, id_: str, resource: Span) -> Iterator[Use]:
    call = view.endpoints[id_]
    whole = span_of(call, view.guide.order, resource)
    for place in PLACES:
        for row in listed(view, view.parameters(call, place), place, whole.start, request=True):
            yield _use(view, row, whole, is_sent=True)
    places = reply_places(view, call)
    for reply in view.replies(call):
        if reply.body is None or reply.status not in places:
            continue
        yield from _of_body(view, reply.body, places[reply.status], whole)


def _of_body(view: GuideView, body: Field, place: str, whole: Span) -> tuple[Use, ...]:
    """The rows of a reply; many calls reply with the same object."""
    known = _shared(view, _BODIES)
    key = (view.release, body_key(body), place, whole)
    if key not in known:
        held = body.held
        owner = view.guide.object_owner.get(held.object or "") if held.fields is None else None
        object_ = held.object if owner else None
        rows = listed_of_body(view, body, place, whole.start)
        known[key] = tuple(_use(view, row, whole, object_) for row in rows)
    found: tuple[Use, ...] = known[key]
    return found


def _of_resource(view: GuideView, id_: str, resource: Span) -> Iterator[Use]:
    for name in view.resources[id_].objects:
        each, place = view.objects[name], anchor(OBJECT, name)
        whole = span_of(each, view.guide.order, resource)
        for row in listed(view, each.fields, place, whole.start):
            yield _use(view, row, whole)


def _use(
    view: GuideView, row: Listed, whole: Span, object_: str | None = None, *, is_sent: bool = False
) -> Use:
    """A row of a page; `whole` is the span of what the page shows.

    Where something between the two came later than the page and its first release is not known to have
    brought it, the row is only documented from then on.
    """
    start = view.start(row.field, row.start)
    is_documented = row.field.since is None if start > whole.start else whole.documented
    return Use(row.names[-1], anchor(*row.names), row.field, is_sent, object_, start, is_documented)


Place = tuple[str, Use]
"""A page and a row on it."""


def places(view: GuideView) -> Mapping[str, Sequence[Place]]:
    """The names of a release in the order of a dictionary, each with the rows that it stands in.

    Rows of replies are left out that only repeat an object: the page of its resource has them.
    """
    known = _shared(view, _PLACES)
    if view.release not in known:
        found: dict[str, list[Place]] = {}
        for page in (*view.endpoints, *view.resources):
            for use in uses(view, page):
                if use.object is None:
                    found.setdefault(use.name, []).append((page, use))
        known[view.release] = {name: found[name] for name in sorted(found, key=dictionary_key)}
    made: Mapping[str, Sequence[Place]] = known[view.release]
    return made


MANY = 100
"""A name in more places is listed by resource."""


def weights(view: GuideView) -> Mapping[str, int]:
    """The names of a release, each with about how many bytes it takes in a dictionary."""
    known = _shared(view, _WEIGHTS)
    if view.release not in known:
        titles = {id_: len(each.title) for id_, each in view.resources.items()}
        titles |= {id_: len(each.title) for id_, each in view.endpoints.items()}
        found = known[view.release] = {}
        for name, rows in places(view).items():
            sizes = (len(page) + len(use.anchor) + titles[page] + 40 for page, use in rows[:MANY])
            found[name] = 200 + 4 * len(name) + sum(sizes)
    made: Mapping[str, int] = known[view.release]
    return made
