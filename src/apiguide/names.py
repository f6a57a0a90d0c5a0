"""Which parameters and fields the endpoints of a release take and return, and where pages list them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from apiguide.anchors import OBJECT, Listed, anchor, listed, listed_of_body, page_url, response_anchors
from apiguide.fingerprints import body_key, fingerprint
from apiguide.identity import ByIdentity
from apiguide.lifespan import ALWAYS, Span, span_of
from apiguide.model import LOCATIONS, Endpoint, Field, resource_id
from apiguide.name_ranges import dictionary_key
from apiguide.view import GuideView

MANY = 100
"""A name in more places is listed by resource."""


class Use(NamedTuple):
    """A parameter or field that a page lists."""

    name: str
    anchor: str
    """Its row on the page."""
    field: Field
    is_sent: bool
    """Whether a request has it; else a response or an object has."""
    introduced: int
    """The release, as a number, from which the page has it."""
    is_documented: bool
    """Whether that is only the first evidence."""


Uses = tuple[Use, ...]
Location = tuple[str, Use]
"""A page, and a row on it."""


def names(view: GuideView) -> Names:
    """The names of a release."""
    shared: _Shared | None = view.facts.get(_Shared)
    if shared is None:
        shared = view.facts[_Shared] = _Shared()
    known = shared.names.get(view)
    if known is None:
        known = shared.names[view] = Names(view, shared.uses)
    return known


class Names:
    """The names of parameters and fields in a release. Made by `names`."""

    def __init__(self, view: GuideView, shared: dict[Hashable, Uses]) -> None:
        """`shared` is what all releases of a guide know of pages."""
        self._view = view
        self._shared = shared
        self._own: dict[str, Uses] = {}
        self._bodies: dict[Hashable, Uses] = {}

    def uses(self, page: str) -> Uses:
        """What the page of an endpoint or resource lists, in its order: what is sent comes first."""
        return self.own(page) + self._repeated(page)

    def own(self, page: str) -> Uses:
        """What a page lists, without rows of responses that only repeat an object of a resource's page."""
        if page not in self._own:
            self._own[page] = self._found_on(page)
        return self._own[page]

    @cached_property
    def locations(self) -> Mapping[str, Sequence[Location]]:
        """All names in the order of a dictionary, each with the rows of pages' `own` that it stands in."""
        found: dict[str, list[Location]] = {}
        for page in (*self._view.endpoints, *self._view.resources):
            for use in self.own(page):
                found.setdefault(use.name, []).append((page, use))
        return {name: found[name] for name in sorted(found, key=dictionary_key)}

    @cached_property
    def weights(self) -> Mapping[str, int]:
        """All names, each with about how many bytes it takes in a dictionary."""
        titles = {id_: len(each.title) for id_, each in self._view.resources.items()}
        titles |= {id_: len(each.title) for id_, each in self._view.endpoints.items()}
        found = {}
        for name, rows in self.locations.items():
            sizes = (len(page) + len(use.anchor) + titles[page] + 40 for page, use in rows[:MANY])
            found[name] = 200 + 4 * len(name) + sum(sizes)
        return found

    def first_row(self, name: str) -> str:
        """The URL of the first row that sends a name, else of the first that has it at all."""
        rows = self.locations[name]
        page, use = next((row for row in rows if row[1].is_sent), rows[0])
        return f"{page_url(page)}#{use.anchor}"

    def _found_on(self, page: str) -> Uses:
        view = self._view
        part = view.endpoints.get(page) or view.resources.get(page)
        if part is None:
            return ()
        resource = span_of(view.resources[resource_id(page)], view.guide.order)
        key = (page, resource, fingerprint(view, part))
        if key not in self._shared:
            found = self._of_endpoint if page in view.endpoints else self._of_resource
            self._shared[key] = tuple(found(page, resource))
        return self._shared[key]

    def _of_endpoint(self, id_: str, resource: Span) -> Iterator[Use]:
        view, endpoint = self._view, self._view.endpoints[id_]
        parent = span_of(endpoint, view.guide.order, resource)
        for location in LOCATIONS:
            for row in listed(
                view, view.parameters(endpoint, location), location, parent.introduced, request=True
            ):
                yield self._use(row, parent, is_sent=True)
        for body, location in self._bodies_of(endpoint):
            if not self._is_repeated(body):
                for row in listed_of_body(view, body, location, parent.introduced):
                    yield self._use(row, parent)

    def _bodies_of(self, endpoint: Endpoint) -> Iterator[tuple[Field, str]]:
        """The bodies of responses whose fields a page lists, with the places of these."""
        locations = response_anchors(self._view, endpoint)
        for response in self._view.responses(endpoint):
            if response.body is not None and response.status in locations:
                yield response.body, locations[response.status]

    def _is_repeated(self, body: Field) -> bool:
        """Whether a response is an object, or a list of it, that the page of a resource lists."""
        held = body.held
        return held.fields is None and bool(self._view.guide.object_owner.get(held.object or ""))

    def _repeated(self, page: str) -> Uses:
        """The rows of an endpoint's responses that only repeat an object; many respond with the same one."""
        endpoint = self._view.endpoints.get(page)
        found: Uses = ()
        for body, location in self._bodies_of(endpoint) if endpoint is not None else ():
            if self._is_repeated(body):
                key = (body_key(body), location)
                if key not in self._bodies:
                    rows = listed_of_body(self._view, body, location)
                    self._bodies[key] = tuple(self._use(row, ALWAYS) for row in rows)
                found += self._bodies[key]
        return found

    def _of_resource(self, id_: str, resource: Span) -> Iterator[Use]:
        view = self._view
        for name in view.resources[id_].objects:
            each, location = view.objects[name], anchor(OBJECT, name)
            parent = span_of(each, view.guide.order, resource)
            for row in listed(view, each.fields, location, parent.introduced):
                yield self._use(row, parent)

    def _use(self, row: Listed, parent: Span, *, is_sent: bool = False) -> Use:
        """A row of a page; `parent` is the span of what the page shows.

        Where something between the two came later than the page and its first release is not known to have
        brought it, the row is only documented from then on.
        """
        introduced = self._view.introduced(row.field, row.introduced)
        is_documented = row.field.since is None if introduced > parent.introduced else parent.documented
        return Use(row.names[-1], anchor(*row.names), row.field, is_sent, introduced, is_documented)


class _Shared:
    """What the views of a guide know of names."""

    def __init__(self) -> None:
        self.names = ByIdentity[Names]()
        """By view."""
        self.uses: dict[Hashable, Uses] = {}
        """By page, and all else that decides what it lists."""
