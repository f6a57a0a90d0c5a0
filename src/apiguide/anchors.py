"""Where the parts of a guide are shown: pages and their URLs, parts of pages and their anchors.

A page's URL is its place in the reference, the same in every release; so is an anchor in a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple
from urllib.parse import quote

from apiguide.model import LOCATIONS, Endpoint, Field, Section
from apiguide.view import GuideView

RESPONSE = "response"
OBJECT = "object"
DEPTH = 6
"""How deep the fields of objects inside objects are listed."""

_WORDS = re.compile(r"[^\W_]+")

NEWS = "whats-new"
"""The page of what is new in a release."""
COMPATIBILITY = "compatibility"
"""The page of the promise that no release breaks clients of older ones."""
NAMES = "names"
"""The page of all names of parameters and fields; where they are many, those below it have them by letter."""


def news_page(older: str) -> str:
    """The page of what differs between an older release and the one shown."""
    return f"{NEWS}/from-{older}"


def page_url(page: str) -> str:
    """The URL of a page below the release's home, as MkDocs encodes it: `books/get/`, "" for the start."""
    return f"{quote(page)}/" if page else ""


def anchor(*names: str) -> str:
    """The id of a part of a page, from its place and the path of names to it: `body-book-title`."""
    return "-".join(names)


def status_anchor(status: str) -> str:
    """The id of a status in the list of those that the guide explains."""
    return anchor("status", status)


def has_page(view: GuideView, page: str) -> bool:
    """Whether a release has the page of a resource or an endpoint, or one about releases."""
    if page == COMPATIBILITY:
        since = view.settings.compatible_since
        return since is not None and view.guide.order[since] <= view.index
    return page in view.endpoints or page in view.resources or page in (NEWS, NAMES)


def title_of(page: str, views: Iterable[GuideView]) -> str:
    """The title of a resource's or endpoint's page in the first of the views that has it, else its id."""
    for view in views:
        each = view.endpoints.get(page) or view.resources.get(page)
        if each is not None:
            return each.title
    return page


def has_part(view: GuideView, page: str, fragment: str) -> bool:
    """Whether a page of a release has a part with that anchor; one about releases is taken to have it."""
    if page in (NEWS, COMPATIBILITY, NAMES) or fragment in anchors(view, page, toward=fragment):
        return True
    return fragment in anchors(view, page)  # such as what a field inside a renamed one was called


def anchors(view: GuideView, page: str, *, toward: str | None = None) -> Iterator[str]:
    """The anchors of a resource's or endpoint's page: its headings, fields, and sections of fields.

    There are none where the release does not have the page. Those that are not `toward` may be missing.
    """
    endpoint = view.endpoints.get(page)
    if endpoint is not None:
        return _of_endpoint(view, endpoint, toward)
    return _of_resource(view, page, toward) if page in view.resources else iter(())


def _of_endpoint(view: GuideView, endpoint: Endpoint, toward: str | None) -> Iterator[str]:
    yield from ("request", "examples", "responses")
    for number, example in enumerate(endpoint.examples, 1):
        if example.title:
            yield f"example-{number}"
    for location in LOCATIONS:
        fields = view.parameters(endpoint, location)
        if fields:
            yield from ("parameters", location)
            yield from anchors_of(listed(view, fields, location, request=True, toward=toward))
    locations = response_anchors(view, endpoint)
    for response in view.responses(endpoint):
        if response.status in locations and response.body is not None:
            location = locations[response.status]
            yield location
            yield from anchors_of(listed_of_body(view, response.body, location, toward=toward))


def _of_resource(view: GuideView, page: str, toward: str | None) -> Iterator[str]:
    yield "resource"
    if view.guide.endpoints_of(page):
        yield "endpoints"
    for name in view.resources[page].objects:
        each, location = view.objects[name], anchor(OBJECT, name)
        yield location
        rows = listed(view, each.fields, location, sections=each.sections or (), toward=toward)
        yield from anchors_of(rows)


def response_anchors(view: GuideView, endpoint: Endpoint) -> dict[str, str]:
    """The anchors of the responses whose fields a page lists, by status; the first success is `response`."""
    responses = [response for response in view.responses(endpoint) if response.body is not None]
    first = next((response.status for response in responses if response.is_success), None)
    return {
        response.status: RESPONSE if response.status == first else anchor(RESPONSE, response.status)
        for response in responses
        if not response.by_rule and response.example is None
    }


class Listed(NamedTuple):
    """A field that a page lists."""

    names: tuple[str, ...]
    """Its place, and the names that lead to it."""
    field: Field
    held: Field | None
    """The object that it holds."""
    introduced: int
    """The release, as a number, from which its parent is there."""
    section: str | None
    """The title above it, of the section that it begins."""

    @property
    def section_anchor(self) -> str:
        """The anchor of the title: two hyphens, which no field has, stand before its words."""
        return anchor(*self.names[:-1], "", "-".join(_WORDS.findall((self.section or "").lower())))


def anchors_of(rows: Iterable[Listed]) -> Iterator[str]:
    """The anchors of fields, those that they had before too, and of the sections that they begin."""
    listed_ = tuple(rows)
    for row in listed_:
        if row.section:
            yield row.section_anchor
        yield anchor(*row.names)
    if any(row.field.replaces for row in listed_):
        yield from chain.from_iterable(former_anchors(listed_))


def former_anchors(rows: Sequence[Listed]) -> tuple[tuple[str, ...], ...]:
    """For each field of a list, the anchors that it had under names that it or what holds it replaces.

    One that another field of the list has, or had before it, is not among them.
    """
    taken = {anchor(*row.names) for row in rows}
    others: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    found: list[tuple[str, ...]] = []
    for *parent, name in (row.names for row in rows):
        field = rows[len(found)].field
        names = (name,) if field.replaces is None else (name, str(field.replaces))
        parents = (tuple(parent), *others.get(tuple(parent), ()))
        paths = [(*each, last) for each in parents for last in names]
        others[*parent, name] = paths[1:]
        found.append(tuple(old for path in paths[1:] if (old := anchor(*path)) not in taken))
        taken.update(found[-1])
    return tuple(found)


def listed(
    view: GuideView,
    fields: Mapping[str, Field],
    location: str,
    introduced: int = 0,
    *,
    request: bool = False,
    sections: Sequence[Section] = (),
    toward: str | None = None,
) -> Iterator[Listed]:
    """Named fields as a page lists them in a place, those inside objects after the field that holds them.

    `introduced` is the release, as a number, from which the parent of the fields is there. Those that do not
    lead `toward` an anchor may be missing.
    """
    return _Lister(view, request, toward).of(fields, (location,), introduced, sections)


def listed_of_body(
    view: GuideView, body: Field, location: str, introduced: int = 0, *, toward: str | None = None
) -> Iterator[Listed]:
    """The fields of a response, without the object or list that wraps them."""
    held = holder(body) or body
    return _Lister(view, False, toward).inside(held, (location,), introduced, ())


class _Lister(NamedTuple):
    """Lists fields, and those inside them."""

    view: GuideView
    request: bool
    toward: str | None

    def of(
        self,
        fields: Mapping[str, Field],
        names: tuple[str, ...],
        introduced: int,
        sections: Sequence[Section],
        within: tuple[str, ...] = (),
    ) -> Iterator[Listed]:
        """Fields and what is inside them, but for that of objects that they are `within`."""
        for title, name, field in _in_sections(fields, sections, required_first=self.request):
            path, held = (*names, name), holder(field)
            yield Listed(path, field, held, introduced, title)
            if held is not None and held.object not in within and len(names) <= DEPTH:
                yield from self.inside(held, path, self.view.introduced(field, introduced), within)

    def inside(
        self, held: Field, names: tuple[str, ...], introduced: int, within: tuple[str, ...]
    ) -> Iterator[Listed]:
        """The fields of an object, whether they are its own or those of one that it names."""
        if self.toward is not None and not self.toward.startswith(f"{anchor(*names)}-"):
            return
        members = self.view.members(held, request=self.request)
        if members:
            if held.fields is None and held.object in self.view.objects and held.object:
                introduced = max(introduced, self.view.object_introduced(held.object))
            else:
                introduced = self.view.introduced(held, introduced)
            within = (*within, held.object) if held.object else within
            yield from self.of(members, names, introduced, self.view.sections(held), within)


def _in_sections(
    fields: Mapping[str, Field], sections: Sequence[Section], *, required_first: bool
) -> Iterator[tuple[str | None, str, Field]]:
    """The fields in the order in which they are shown, the first one of each section with its title."""
    titled = {name for section in sections for name in section.fields}
    parts: list[tuple[str | None, list[str]]] = [(None, [name for name in fields if name not in titled])]
    parts += [(each.title, [name for name in each.fields if name in fields]) for each in sections]
    for title, names in parts:
        if required_first:
            names.sort(key=lambda name: not fields[name].required)
        for number, name in enumerate(names):
            yield (None if number else title), name, fields[name]


def holder(field: Field) -> Field | None:
    """The object that a field, the items of a list or the values of a map hold."""
    inner = inner_of(field)
    if inner is not None:
        return holder(inner)
    return field if field.is_object else None


def inner_of(field: Field) -> Field | None:
    """What each item of a list, or each value of a map, is."""
    if field.is_array:
        return field.items
    return field.additional_fields if field.fields is None and field.object is None else None
