"""The guide as of one release: what pages, examples and checks of values read.

Everything in a view is there in its release and as it was then; starts are kept, so that pages can mark what
is new.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from apiguide.identity import ByIdentity
from apiguide.model import (
    Endpoint,
    Field,
    Group,
    Guide,
    Object,
    Resource,
    Section,
    Settings,
    Versioned,
    is_chosen,
)
from apiguide.yaml_source import FrozenDict

LONG = 24
"""An object with more fields is long: where it is repeated, its list folds and its examples are cut."""
BRIEF = 10
"""So many fields of a long object are shown where it does not say which."""


@dataclass(frozen=True)
class ResolvedResponse:
    """A status with which an endpoint answers, listed by the endpoint or by the guide's rules."""

    status: str
    title: str
    description: str | None
    body: Field | None
    example: Any = None
    """Values of the body that the guide gives for the status; None where it gives none."""
    by_rule: bool = False
    """Whether the guide's rules gave it, not the endpoint."""
    introduced: str | None = None

    @property
    def is_success(self) -> bool:
        """Whether the status says that the request succeeded (2xx)."""
        return self.status.startswith("2")


def as_parameter(field: Field) -> Field:
    """A response's field as a parameter: `required` and `nullable`, also inside it, are about responses."""
    update: dict[str, Any] = {
        key: None for key in ("required", "nullable") if getattr(field, key) is not None
    }
    for key in ("items", "additional_fields"):
        child: Field | None = getattr(field, key)
        if child is not None and (parameter := as_parameter(child)) is not child:
            update[key] = parameter
    if field.fields is not None:
        fields = {name: as_parameter(each) for name, each in field.fields.items()}
        if any(each is not field.fields[name] for name, each in fields.items()):
            update["fields"] = FrozenDict(fields)
    return field.replace(**update) if update else field


def statuses_by_rule(settings: Settings, *, path: bool, body: bool) -> frozenset[str]:
    """The statuses that the guide's rules give to an endpoint with or without parameters in path and body."""
    rules = {"always": True, "path_parameters": path, "body_parameters": body}
    return frozenset(code for code, status in settings.statuses.items() if rules.get(str(status.when)))


Facts = ByIdentity[Any]
"""What is known of parts."""


@dataclass(frozen=True)
class GuideView:
    """A resolved guide as of a release. Made by `history.at`."""

    release: str
    guide: Guide
    facts: Facts = field(default_factory=Facts, repr=False, compare=False)
    """The views of a guide share them, as they share most parts."""

    @property
    def settings(self) -> Settings:
        """What guide.yaml says."""
        return self.guide.settings

    @property
    def resources(self) -> Mapping[str, Resource]:
        """Resources of this release by id."""
        return self.guide.resources

    @property
    def endpoints(self) -> Mapping[str, Endpoint]:
        """Endpoints of this release by id."""
        return self.guide.endpoints

    @property
    def objects(self) -> Mapping[str, Object]:
        """Objects of this release by name."""
        return self.guide.objects

    @cached_property
    def index(self) -> int:
        """The release, as a number: its place among the guide's."""
        return self.guide.order[self.release]

    def introduced(self, part: Versioned, parent_introduced: int = 0) -> int:
        """The release, as a number, from which a part is there; its parent is from `parent_introduced` on."""
        return max(parent_introduced, self.guide.order[part.introduced])

    @cached_property
    def _object_starts(self) -> Mapping[str, int]:
        starts = {}
        for owner, name, each in self.guide.declared_objects():
            parent_introduced = self.introduced(self.resources[owner]) if owner else 0
            starts[name] = self.introduced(each, parent_introduced)
        return starts

    def object_introduced(self, name: str) -> int:
        """The release, as a number, from which an object is there."""
        return self._object_starts[name]

    def members(self, field: Field, *, request: bool = False) -> Mapping[str, Field] | None:
        """The named fields inside a field: its own, else those of its object; None where none are known.

        In a request, what the object says of `required` and `nullable` does not count: it is about responses.
        """
        if field.fields is not None:
            return field.fields
        if field.object is None or field.object not in self.objects:
            return None
        fields = self.objects[field.object].fields
        if not fields:
            return None
        return FrozenDict(
            {
                name: as_parameter(each) if request else each
                for name, each in fields.items()
                if is_chosen(name, field)
            }
        )

    def is_repeated(self, endpoint: Endpoint, body: Field) -> bool:
        """Whether a response only repeats a long object that the endpoint has changed."""
        if endpoint.method in ("GET", "HEAD") or body.is_array or body.fields or body.only or body.without:
            return False
        return body.object is not None and len(self.members(body) or ()) > LONG

    def brief(self, name: str) -> tuple[str, ...]:
        """The fields of an object that are enough where it is only repeated."""
        each = self.objects[name]
        return each.brief if each.brief is not None else tuple(each.fields)[:BRIEF]

    def sections(self, field: Field) -> tuple[Section, ...]:
        """The titles for the named fields inside a field: its own, else those of its object."""
        if field.sections is None and field.object in self.objects and field.object is not None:
            return self.objects[field.object].sections or ()
        return field.sections or ()

    def parameters(self, endpoint: Endpoint, location: str) -> Mapping[str, Field]:
        """The parameters of a place as they are sent: of an object that no format wraps, its fields."""
        fields = endpoint.parameters.location(location)
        if location != "body" or len(fields) != 1 or "xml" in self.formats(endpoint):
            return fields
        held = next(iter(fields.values()))
        members = self.members(held, request=True)
        return members if members and not self.is_wrapped(held) else fields

    def is_wrapped(self, field: Field) -> bool:
        """Whether a dialect that wraps objects in their names does so with this one."""
        each = self.objects.get(field.object or "")
        stated = field.wrapped if field.wrapped is not None else each.wrapped if each else None
        return stated is not False

    def is_lost(self, field: Field) -> bool:
        """Whether the field is an object whose fields are not known in this release."""
        if field.fields is None and field.object is not None and field.object not in self.objects:
            return True
        members = self.members(field)
        return members is not None and not members

    def sent_name(self, object_name: str) -> str:
        """The name that an object is sent under."""
        each = self.objects.get(object_name)
        return each.name if each is not None and each.name else object_name

    def responses(self, endpoint: Endpoint) -> tuple[ResolvedResponse, ...]:
        """The statuses that an endpoint answers with, by code: those it lists and those it has by rule."""
        known = self._known_responses.get(endpoint)
        if known is None:
            known = self._known_responses[endpoint] = self._responses_of(endpoint)
        return known

    @cached_property
    def _known_responses(self) -> ByIdentity[tuple[ResolvedResponse, ...]]:
        return ByIdentity()

    def _responses_of(self, endpoint: Endpoint) -> tuple[ResolvedResponse, ...]:
        responses = []
        listed = endpoint.responses
        parameters = endpoint.parameters
        by_rule = statuses_by_rule(self.settings, path=bool(parameters.path), body=bool(parameters.body))
        for code in sorted({*listed, *(by_rule - {*listed})}):
            stated = listed.get(code)
            if code in listed and stated is None:
                continue
            status = self.settings.statuses.get(code)
            body = stated.body if stated is not None else None
            of_guide = body is None and status is not None and endpoint.method != "HEAD"
            responses.append(
                ResolvedResponse(
                    status=code,
                    title=status.title if status else "",
                    description=(stated.description if stated else None)
                    or (status.description if status else None),
                    body=status.body if of_guide and status else body,
                    example=status.example if of_guide and status else None,
                    by_rule=stated is None,
                    introduced=stated.introduced if stated else None,
                )
            )
        return tuple(responses)

    def formats(self, endpoint: Endpoint) -> tuple[str, ...]:
        """The names of the formats that an endpoint speaks."""
        return tuple(endpoint.formats or self.settings.formats)

    def groups(self) -> tuple[tuple[Group, tuple[tuple[str, Resource], ...]], ...]:
        """The groups of the navigation with their resources: those that lead, then the others by title."""
        grouped = []
        for group in self.settings.groups:
            found = {id_: each for id_, each in self.resources.items() if each.group == group.id}
            first = [id_ for id_ in group.first if id_ in found]
            rest = sorted((id_ for id_ in found if id_ not in first), key=lambda id_: found[id_].title)
            if found:
                grouped.append((group, tuple((id_, found[id_]) for id_ in [*first, *rest])))
        loose = sorted(
            ((id_, each) for id_, each in self.resources.items() if each.group is None),
            key=lambda pair: pair[1].title,
        )
        if loose:
            grouped.append((Group(id="reference", title="Reference"), tuple(loose)))
        return tuple(grouped)
