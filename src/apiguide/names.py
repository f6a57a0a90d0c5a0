"""Which parameters and fields the calls of a release take and return, and where pages list them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from apiguide.anchors import OBJECT, Listed, anchor, listed, listed_of_body, reply_places
from apiguide.fingerprints import fingerprint
from apiguide.model import PLACES, Field, resource_id
from apiguide.view import GuideView

_USES = object()
"""Under it, the views of a guide share what is known of the pages that they have in common."""


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


def uses(view: GuideView, page: str) -> tuple[Use, ...]:
    """What the page of a call or resource lists: what is sent first, and each in the order of the page.

    It is the very same in releases that have the very same page.
    """
    part = view.endpoints.get(page) or view.resources.get(page)
    if part is None:
        return ()
    known: dict[Hashable, tuple[Use, ...]] | None = view.facts.get(_USES)
    if known is None:
        known = view.facts[_USES] = {}
    start = view.start(view.resources[resource_id(page)])
    key = (page, start, fingerprint(view, part))
    if key not in known:
        found = _of_call(view, page, start) if page in view.endpoints else _of_resource(view, page)
        known[key] = tuple(found)
    return known[key]


def _of_call(view: GuideView, id_: str, start: int) -> Iterator[Use]:
    call = view.endpoints[id_]
    start = view.start(call, start)
    for place in PLACES:
        for row in listed(view, view.parameters(call, place), place, start, request=True):
            yield _use(view, row, is_sent=True)
    places = reply_places(view, call)
    for reply in view.replies(call):
        if reply.body is None or reply.status not in places:
            continue
        held = reply.body.held
        is_whole = held.object is not None and held.fields is None
        whole = held.object if is_whole and view.guide.object_owner.get(held.object or "") else None
        for row in listed_of_body(view, reply.body, places[reply.status], start):
            yield _use(view, row, whole)


def _of_resource(view: GuideView, id_: str) -> Iterator[Use]:
    for name in view.resources[id_].objects:
        start, place = view.object_start(name), anchor(OBJECT, name)
        for row in listed(view, view.objects[name].fields, place, start):
            yield _use(view, row)


def _use(view: GuideView, row: Listed, whole: str | None = None, *, is_sent: bool = False) -> Use:
    start = view.start(row.field, row.start)
    return Use(row.names[-1], anchor(*row.names), row.field, is_sent, whole, start)
