"""Tells what two views of a guide have in common: parts, pages of endpoints, bodies of responses.

History makes what releases share once, so it is enough to know that the objects are the very same: a part,
what it refers to, and what of the settings it is shown with.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property
from typing import NamedTuple

from apiguide.identity import ByIdentity, Identity
from apiguide.model import Field, FieldKeys, Part, Versioned, inside, resource_id
from apiguide.view import GuideView


def fingerprint(view: GuideView, part: Part) -> Hashable:
    """The same in two views of a guide where they have the very same part, with the same inside it.

    That is so for its fields, the objects that these refer to, and what the guide says of formats and
    statuses; not for its `owner`, nor for where links in its texts lead.
    """
    return _of(view).part(part)


def page_key(view: GuideView, id_: str) -> Hashable:
    """The same in two views where all is that the page of an endpoint shows, but for where links lead."""
    return _of(view).page(id_)


def body_key(body: Field) -> Hashable:
    """The same for bodies that hold the same in one view: the very same, or the same object or list of it."""
    held = body.held
    is_bare = held.object is not None and held.stated == {"object"}
    if is_bare and (held is body or body.stated <= {"type", "items"}):
        return held.object, held is body
    return Identity(body)


class _Inside(NamedTuple):
    """What is known of all that is inside a part."""

    objects: frozenset[str]
    """The names of the objects that it refers to."""
    starts: frozenset[str]
    """The releases that something in it came with."""


class _Fingerprints:
    """The fingerprints of a view."""

    def __init__(self, view: GuideView) -> None:
        self.view = view
        self.is_alone = len(view.guide.releases) == 1
        self.parts = ByIdentity[Hashable]()

    def part(self, part: Part) -> Hashable:
        """That of a part."""
        if self.is_alone:
            return Identity(part)
        known = self.parts.get(part)
        if known is None:
            named = (Identity(self.view.objects.get(name)) for name in self._objects_of(part))
            known = self.parts[part] = (Identity(part), *self._shown_with, *named)
        return known

    def page(self, id_: str) -> Hashable:
        """That of the page of an endpoint."""
        view, endpoint = self.view, self.view.endpoints[id_]
        if self.is_alone:
            return self.part(endpoint)
        names = [name for name in self._objects_of(endpoint) if name in view.objects]
        parts = (endpoint, *(view.objects[name] for name in names))
        is_news = any(view.release in self._look_into(part).starts for part in parts)
        return (
            self.part(endpoint),
            self._settings,
            view.release if is_news else None,
            view.introduced(view.resources[resource_id(id_)]),
            *map(view.object_introduced, names),
        )

    @cached_property
    def _shown_with(self) -> tuple[Identity, ...]:
        settings = self.view.settings
        statuses = settings.statuses.values()
        objects = (self.view.objects.get(name) for each in statuses for name in self._objects_of(each))
        return (Identity(settings.formats), *map(Identity, statuses), *map(Identity, objects))

    @cached_property
    def _settings(self) -> tuple[Identity, ...]:
        return tuple(Identity(value) for key, value in self.view.settings if key != "statuses")

    def _objects_of(self, part: Part) -> list[str]:
        """The names of the objects that a part refers to, and of those that these refer to."""
        found: set[str] = set()
        open_ = [part]
        while open_:
            new = self._look_into(open_.pop()).objects - found
            found |= new
            open_ += (self.view.objects[name] for name in new if name in self.view.objects)
        return sorted(found)

    def _look_into(self, part: Part) -> _Inside:
        known = self.view.facts.get(part)
        if known is None:
            parts = list(inside(part))
            objects = (each.object for each in parts if isinstance(each, FieldKeys) and each.object)
            starts = (each.introduced for each in parts if isinstance(each, Versioned) and each.introduced)
            known = self.view.facts[part] = _Inside(frozenset(objects), frozenset(starts))
        return known


def _of(view: GuideView) -> _Fingerprints:
    known: _Fingerprints | None = view.facts.get(view)
    if known is None:
        known = view.facts[view] = _Fingerprints(view)
    return known
