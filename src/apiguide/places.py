"""Where the parts of a guide are shown: pages and their URLs, parts of pages and their anchors.

A page's URL is its place in the reference, the same in every release; so is an anchor in a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from apiguide.model import PLACES, Endpoint, Field
from apiguide.view import GuideView

REPLY = "reply"
OBJECT = "object"
DEPTH = 6
"""How deep the fields of objects inside objects are listed."""

NEWS = "whats-new"
"""The page of what is new in a release."""
COMPATIBILITY = "compatibility"
"""The page of the promise that no release breaks clients of older ones."""


def news_page(older: str) -> str:
    """The page of what differs between an older release and the one shown."""
    return f"{NEWS}/from-{quote(older)}"


def page_url(page: str) -> str:
    """The URL of a resource's or endpoint's page below the release's home: `books/create/`."""
    return f"{page}/"


def anchor(*names: str) -> str:
    """The id of a part of a page, from its place and the path of names to it: `body-book-title`."""
    return "-".join(names)


def has_page(view: GuideView, page: str) -> bool:
    """Whether a release has the page of a resource or an endpoint, or one about releases."""
    if page == COMPATIBILITY:
        since = view.settings.compatible_since
        return since is not None and view.guide.order[since] <= view.index
    return page in view.endpoints or page in view.resources or page == NEWS


def title_of(page: str, views: Iterable[GuideView]) -> str:
    """The title of a resource's or endpoint's page in the first of the views that has it, else its id."""
    for view in views:
        each = view.endpoints.get(page) or view.resources.get(page)
        if each is not None:
            return each.title
    return page


def has_part(view: GuideView, page: str, fragment: str) -> bool:
    """Whether a page of a release has the parameter, field or object whose anchor this is.

    Other anchors, those of headings, are taken to be there.
    """
    if fragment.partition("-")[0] not in (*PLACES, REPLY, OBJECT):
        return True
    endpoint = view.endpoints.get(page)
    lists = _of_resource(view, page) if endpoint is None else _of_endpoint(view, endpoint)
    return any(
        fragment == listed.anchor or _has_field(view, listed, fragment.removeprefix(f"{listed.anchor}-"))
        for listed in lists
        if fragment == listed.anchor or fragment.startswith(f"{listed.anchor}-")
    )


class _List(NamedTuple):
    """Fields that a page lists."""

    anchor: str
    fields: Mapping[str, Field]
    is_request: bool = False
    within: tuple[str, ...] = ()
    """The objects that the fields are inside of: these are not listed again."""
    depth: int = 1


def _of_endpoint(view: GuideView, endpoint: Endpoint) -> Iterator[_List]:
    for place in PLACES:
        fields = view.parameters(endpoint, place)
        if fields:
            yield _List(place, fields, is_request=True)
    is_first = True
    for reply in view.replies(endpoint):
        if reply.body is None:
            continue
        root = REPLY if is_first and reply.is_success else anchor(REPLY, reply.status)
        is_first = is_first and not reply.is_success
        if not reply.by_rule and reply.example is None:
            held = reply.body.held
            yield _List(root, view.members(held) or {}, within=(held.object,) if held.object else ())


def _of_resource(view: GuideView, page: str) -> Iterator[_List]:
    for name in view.resources[page].objects:
        yield _List(anchor(OBJECT, name), view.objects[name].fields)


def _has_field(view: GuideView, listed: _List, path: str) -> bool:
    """Whether there is a field at a path of names with `-` between them, which may stand in a name too."""
    for name, field in listed.fields.items():
        if path == name:
            return True
        held = holder(field) if path.startswith(f"{name}-") and listed.depth <= DEPTH else None
        if held is None or (held.object and held.object in listed.within):
            continue
        inner = listed._replace(
            fields=view.members(held, request=listed.is_request) or {},
            within=(*listed.within, held.object) if held.object else listed.within,
            depth=listed.depth + 1,
        )
        if _has_field(view, inner, path[len(name) + 1 :]):
            return True
    return False


def holder(field: Field) -> Field | None:
    """The object that a field, the items of a list or the values of a map hold."""
    if field.is_array:
        return holder(field.items) if field.items is not None else None
    if field.additional_fields is not None and field.fields is None and field.object is None:
        return holder(field.additional_fields)
    return field if field.is_object else None
