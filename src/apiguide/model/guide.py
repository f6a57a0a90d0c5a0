"""The guide as a whole: what the reader makes of the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from apiguide.model.endpoint import Endpoint, Note
from apiguide.model.field import Field, Object
from apiguide.model.forms import FieldName, FormerResources
from apiguide.model.part import Change, Part, Versioned, inside
from apiguide.model.scalars import Names, Str
from apiguide.model.settings import Settings
from apiguide.model.verbs import LEADING
from apiguide.yaml_source import FrozenDict


class ResourceKeys(Part):
    """What may change in a resource."""

    noun = "a resource"

    title: Str | None = None
    """Its name, as a heading: "Books"."""
    group: Str | None = None
    """The navigation group it belongs to."""
    description: Str | None = None
    """What it is and what can be done with it, as Markdown."""


class Resource(ResourceKeys, Versioned):
    """A kind of thing that the API manages; the name of its folder is its id."""

    title: Str
    notes: tuple[Note, ...] = ()
    """Messages in boxes."""
    parameters: Names[FieldName, Field] = FrozenDict()
    """Path parameters, for all of its endpoints."""
    objects: Names[FieldName, Object] = FrozenDict()
    """Objects by name; any endpoint may use any of them."""
    formerly: FormerResources = ()
    """Names that the folder used to have."""
    changes: tuple[Change[ResourceKeys], ...] = ()


def resource_id(endpoint_id: str) -> str:
    """The resource that an endpoint belongs to, by the endpoint's id."""
    return endpoint_id.partition("/")[0]


@dataclass(frozen=True)
class Guide:
    """All facts of all releases: as stated or, after `resolve_inheritance`, with nothing to inherit."""

    settings: Settings
    resources: Mapping[str, Resource]
    """By id, in the order of their folders."""
    endpoints: Mapping[str, Endpoint]
    """By id, `books/create`, in the order of their files."""

    @cached_property
    def releases(self) -> tuple[str, ...]:
        """Names of the releases, oldest first."""
        return tuple(release.release for release in self.settings.releases)

    @cached_property
    def order(self) -> Mapping[str | None, int]:
        """The number of each release; None, for what states none, is that of the first."""
        return {None: 0} | {name: index for index, name in enumerate(self.releases)}

    @cached_property
    def published(self) -> tuple[str, ...]:
        """The releases that are out, oldest first; all where all are only planned."""
        out = tuple(r.release for r in self.settings.releases if r.status != "planned")
        return out or self.releases

    @cached_property
    def newest(self) -> str:
        """The newest release that is out."""
        return self.published[-1]

    @cached_property
    def objects(self) -> Mapping[str, Object]:
        """Objects of the guide and of all resources, by their unique names."""
        return {name: each for _, name, each in self.declared_objects()}

    @cached_property
    def object_owner(self) -> Mapping[str, str]:
        """The resource that declares an object, by the object's name; "" for those of guide.yaml."""
        return {name: owner for owner, name, _ in self.declared_objects()}

    def declared_objects(self) -> Iterator[tuple[str, str, Object]]:
        """The resource's id ("" for guide.yaml), the name and the object of each declaration."""
        for name, each in self.settings.objects.items():
            yield "", name, each
        for id_, resource in self.resources.items():
            for name, each in resource.objects.items():
                yield id_, name, each

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """All parts of all files, with those inside them."""
        roots = (self.settings, *self.resources.values(), *self.endpoints.values())
        return tuple(part for each in roots for part in inside(each))

    def endpoints_of(self, resource: str) -> Mapping[str, Endpoint]:
        """The resource's endpoints by id: list, get, create, edit, delete, then by path and title."""
        return self._endpoints_by_resource.get(resource, {})

    @cached_property
    def _endpoints_by_resource(self) -> Mapping[str, Mapping[str, Endpoint]]:
        grouped: dict[str, list[tuple[str, Endpoint]]] = {}
        for id_, each in self.endpoints.items():
            grouped.setdefault(resource_id(id_), []).append((id_, each))
        return {id_: _in_usual_order(found) for id_, found in grouped.items()}


def _in_usual_order(endpoints: list[tuple[str, Endpoint]]) -> dict[str, Endpoint]:
    home = min((each.path for _, each in endpoints), key=lambda path: (path.count("/"), len(path)))
    return dict(sorted(endpoints, key=lambda pair: _usual_order(home, *pair)))


def _usual_order(home: str, id_: str, endpoint: Endpoint) -> tuple[object, ...]:
    """Sorts endpoints as readers look for them: lists, one, create, edit, delete, then actions."""
    name = id_.partition("/")[2]
    word = name.partition("_")[0]
    rank = LEADING.index(word) if word in LEADING else len(LEADING)
    elsewhere = not endpoint.path.startswith(home)
    return (rank, name != word, elsewhere, endpoint.path.count("/"), endpoint.path, endpoint.title)
