"""The dictionary of names: which calls take a parameter or return a field of a name, and of what type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from apiguide.anchors import NAMES, anchor, page_url
from apiguide.identity import ByIdentity
from apiguide.model import Field, resource_id
from apiguide.name_ranges import OTHER, letter, range_of
from apiguide.names import MANY, Location, Use, names
from apiguide.rendering.rows import Badge, type_in_words
from apiguide.rendering.templates import fragment
from apiguide.site_releases import SiteReleases
from apiguide.texts import Texts, english
from apiguide.view import GuideView

FEW = 12
"""More places than these are folded."""


class NameLocation(NamedTuple):
    """A row where a name stands."""

    title: str
    href: str
    is_object: bool = False
    """Whether the title is the name of an object, else that of an endpoint."""
    endpoints: int = 0
    """How many endpoints of a resource it stands for; 0 for an endpoint or an object."""


class LocationGroup(NamedTuple):
    """Where a name stands in the endpoints of a resource."""

    title: str
    locations: tuple[NameLocation, ...]


class Role(NamedTuple):
    """What endpoints do with a name."""

    is_sent: bool
    """Whether they take it, else they return it."""
    number: int
    """How many endpoints take it, or in how many places it is returned."""
    locations: tuple[NameLocation, ...]
    """All of them, where they are few."""
    groups: tuple[LocationGroup, ...]
    """All of them by resource, where they are many."""


class TypeUses(NamedTuple):
    """Where a name is of one type."""

    type: str | None
    """In words; None where nobody knows it."""
    roles: tuple[Role, ...]


class NameEntry(NamedTuple):
    """A name."""

    name: str
    id: str
    """Its anchor on the page."""
    types: tuple[TypeUses, ...]
    badges: tuple[Badge, ...]
    is_conflict: bool
    """Whether it is known to be of several types."""


class NameLink(NamedTuple):
    """A link to a name."""

    name: str
    href: str
    types: str = ""
    """Its types, where it is of several."""


class Letter(NamedTuple):
    """The names with one initial."""

    title: str
    id: str
    entries: tuple[NameEntry, ...]
    links: tuple[NameLink, ...]
    """Where the entries are on pages of their own."""


class NamesPage(NamedTuple):
    """The dictionary, or a part of it."""

    title: str
    release: str
    number: int
    """How many names it has in all."""
    letters: tuple[Letter, ...]
    ranges: tuple[tuple[str, str], ...]
    """Titles and links of its parts, where there are any."""
    is_part: bool
    conflicts: tuple[NameLink, ...]
    """The names of several types, on the first page alone."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The anchors of the names that are told of on the page."""
        return tuple(entry.id for letter in self.letters for entry in letter.entries)


class Dictionary:
    """Makes the pages of one release's dictionary."""

    def __init__(self, site_releases: SiteReleases, view: GuideView, texts: Texts | None = None) -> None:
        self.site_releases = site_releases
        self.view = view
        self.texts = texts or english()
        self.ranges = site_releases.name_ranges
        self.locations = names(view).locations
        self._types = ByIdentity[str]()
        self._typed: dict[str, dict[str | None, list[Location]]] = {}
        self._pages: dict[str, list[str]] = {}
        """The names on each page, and the page of each name."""
        self._page_of: dict[str, str] = {}
        for name in self.locations:
            page = range_of(self.ranges, name).id if self.ranges else ""
            self._pages.setdefault(page, []).append(name)
            self._page_of[name] = page

    def page(self, id_: str) -> NamesPage:
        """The page `names`, or one below it that has some of them."""
        part = next((each for each in self.ranges if f"{NAMES}/{each.id}" == id_), None)
        chosen = [*self.locations] if part is None else self._pages.get(part.id, [])
        is_list = part is None and bool(self.ranges)
        home = "../" * (page_url(id_).count("/"))
        shown = [] if is_list else [self._entry(name, home) for name in chosen]
        links = [self._link(name) for name in chosen] if is_list else []
        letters = tuple(self._letters(shown, links))
        up = "../" if part is not None else ""
        return NamesPage(
            self.site_releases.made(self.view.release)[id_],
            self.view.release,
            len(self.locations),
            letters,
            tuple((each.title, f"{up}{each.id}/") for each in self.ranges),
            part is not None,
            () if part is not None else tuple(self._conflicts()),
        )

    def _letters(self, entries: Sequence[NameEntry], links: Sequence[NameLink]) -> Iterator[Letter]:
        for initial, group in groupby(entries, key=lambda entry: letter(entry.name)):
            yield Letter(self._title(initial), anchor("letter", initial.lower()), tuple(group), ())
        for initial, linked in groupby(links, key=lambda link: letter(link.name)):
            yield Letter(self._title(initial), anchor("letter", initial.lower()), (), tuple(linked))

    def _title(self, initial: str) -> str:
        """What stands above the names with an initial."""
        return initial if initial != OTHER else self.texts.text("names.other")

    def _link(self, name: str, types: str = "") -> NameLink:
        page = f"{self._page_of[name]}/" if self.ranges else ""
        return NameLink(name, f"{page}#{fragment(_id(name))}", types)

    def _type(self, field: Field) -> str | None:
        known = self._types.get(field)
        if known is None:
            known = self._types[field] = type_in_words(field, self.texts) or ""
        return known or None

    def _conflicts(self) -> Iterator[NameLink]:
        for name in self.locations:
            types = [type_ for type_ in self._by_type(name) if type_ is not None]
            if len(types) > 1:
                yield self._link(name, ", ".join(types))

    def _by_type(self, name: str) -> dict[str | None, list[Location]]:
        """The places of a name by its type; where only one is known, it is taken for all."""
        if name not in self._typed:
            found: dict[str | None, list[Location]] = {}
            for location in self.locations[name]:
                found.setdefault(self._type(location[1].field), []).append(location)
            if len(found) == 2 and None in found:
                known = next(type_ for type_ in found if type_ is not None)
                found = {known: [*self.locations[name]]}
            self._typed[name] = found
        return self._typed[name]

    def _entry(self, name: str, home: str) -> NameEntry:
        types = tuple(
            TypeUses(type_, tuple(self._roles(each, home))) for type_, each in self._by_type(name).items()
        )
        is_conflict = sum(each.type is not None for each in types) > 1
        return NameEntry(name, _id(name), types, self._badges(self.locations[name]), is_conflict)

    def _roles(self, found: Sequence[Location], home: str) -> Iterator[Role]:
        for is_sent in (True, False):
            chosen = [(page, use) for page, use in found if use.is_sent == is_sent]
            if len(chosen) > FEW:
                number = len({page for page, _ in chosen}) if is_sent else len(chosen)
                yield Role(is_sent, number, (), tuple(self._groups(chosen, home)))
            elif chosen:
                yield Role(is_sent, len(chosen), tuple(self._location(*each, home) for each in chosen), ())

    def _groups(self, found: Sequence[Location], home: str) -> Iterator[LocationGroup]:
        ordered = sorted(found, key=lambda location: resource_id(location[0]))
        for id_, group in groupby(ordered, key=lambda location: resource_id(location[0])):
            title = self.view.resources[id_].title
            rows = [*group]
            if len(found) > MANY:
                pages = len({page for page, _ in rows})
                yield LocationGroup(title, (NameLocation(title, f"{home}{page_url(id_)}", endpoints=pages),))
            else:
                yield LocationGroup(title, tuple(self._location(page, use, home) for page, use in rows))

    def _location(self, page: str, use: Use, home: str) -> NameLocation:
        href = f"{home}{page_url(page)}#{fragment(use.anchor)}"
        endpoint = self.view.endpoints.get(page)
        if endpoint is not None:
            return NameLocation(endpoint.title, href)
        return NameLocation(use.anchor.split("-")[1], href, is_object=True)

    def _badges(self, found: Sequence[Location]) -> tuple[Badge, ...]:
        if any(not use.introduced for _, use in found):
            return ()
        first = min((use for _, use in found), key=lambda use: (use.introduced, use.is_documented))
        release = self.view.guide.releases[first.introduced]
        kind = "documented" if first.is_documented else "new" if release == self.view.release else "since"
        return (Badge(kind, release),)


def _id(name: str) -> str:
    return anchor("name", name)
