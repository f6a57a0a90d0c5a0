"""Resolves the parts of a guide one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from apiguide.inheritance.history import INNER, OF_PLACE, OF_RESPONSES, FieldHistory, Keys, keys_of
from apiguide.inheritance.sources import extended, extends_field, fields_of, inner_source
from apiguide.lifespan import ALWAYS, Span, span_of
from apiguide.model import (
    LIFESPAN,
    Absence,
    Endpoint,
    Field,
    Guide,
    Object,
    Resource,
    Response,
    ResponseChange,
    is_chosen,
    resource_id,
)
from apiguide.model.endpoint import PLACEHOLDER
from apiguide.yaml_source import FrozenDict

_MOVING = (*INNER, *LIFESPAN)


@dataclass(frozen=True)
class Source:
    """A field that another inherits from."""

    field: Field
    """It, with nothing left to inherit."""
    span: Span
    """Its own, cut to that of the object that declares it."""


_Sources = Callable[[str], Source | None]
"""Where the fields of a mapping inherit from, by their names."""


class Resolver:
    """Resolves the parts of a guide."""

    def __init__(self, guide: Guide) -> None:
        self.source = guide
        self.order = guide.order
        self.names: tuple[str | None, ...] = guide.releases
        self.object_fields: dict[tuple[str, str], Field] = {}
        self.pending: set[tuple[str, str]] = set()

    def guide(self) -> Guide:
        """The guide with nothing left to inherit."""
        bare = self.without_endpoints()
        endpoints = {id_: self.endpoint(id_, each) for id_, each in self.source.endpoints.items()}
        return Guide(bare.settings, bare.resources, FrozenDict(endpoints))

    def without_endpoints(self) -> Guide:
        """The guide without its endpoints, with nothing left to inherit."""
        settings = self.source.settings
        statuses = {
            code: status.replace(body=self._body(status.body, ALWAYS))
            for code, status in settings.statuses.items()
        }
        changed = {
            "objects": self._objects(settings.objects),
            "statuses": FrozenDict(statuses),
            "paging": self._fields(settings.paging, ALWAYS, _nothing, response=False),
        }
        resources = {
            id_: resource.replace(
                objects=self._objects(resource.objects),
                parameters=self._extended(resource.parameters, span_of(resource, self.order)),
            )
            for id_, resource in self.source.resources.items()
        }
        return Guide(settings.replace(**changed), FrozenDict(resources), FrozenDict())

    def object_fields_of(self, name: str) -> Mapping[str, Field]:
        """All fields that an object has or inherits; none where there is no such object."""
        return dict(self._object_fields(name)) if name in self.source.objects else {}

    def _objects(self, declared: Mapping[str, Object]) -> FrozenDict[Object]:
        """The objects with all fields that they have or inherit."""
        return FrozenDict(
            {
                name: each.replace(
                    fields=FrozenDict(self._object_fields(name)),
                    brief=self._brief(name),
                    extends=None,
                )
                for name, each in declared.items()
            }
        )

    def _object_fields(self, name: str) -> Iterator[tuple[str, Field]]:
        for field_name in fields_of(self.source.objects, name):
            source = self._of_object(name, field_name)
            if source is not None:
                yield field_name, source.field

    def _brief(self, name: str) -> tuple[str, ...] | None:
        """Which fields are enough, by the object itself or by the one that it extends."""
        row = (self.source.objects[at].brief for at in extended(self.source.objects, name))
        return next((brief for brief in row if brief is not None), None)

    def _of_object(self, name: str, field_name: str) -> Source | None:
        """An object's field, resolved; None where the object has none of that name.

        Resolved one by one, so that a field of an object may list fields of the same object.
        """
        declared = self.source.objects[name]
        own = declared.fields.get(field_name)
        base = None
        if declared.extends is not None and is_chosen(field_name, declared):
            base = self._of_object(declared.extends, field_name)
        if own is None and base is None:
            return None
        key, span = (name, field_name), self._object_span(name)
        if key not in self.object_fields:
            if key in self.pending:
                own = own or Field()
                return Source(own, span_of(own, self.order, span))
            self.pending.add(key)
            typed = next((each for each in declared.fields if each == field_name), None)
            self.object_fields[key] = self._field(own or Field(), span, base, response=True, name=typed)
        field = self.object_fields[key]
        return Source(field, span_of(field, self.order, span))

    def object_field(self, object_name: str, field_name: str) -> Source | None:
        """An object's field, with nothing left to inherit; None where there is none of that name."""
        return self._of_object(object_name, field_name) if object_name in self.source.objects else None

    def _object_span(self, name: str) -> Span:
        owner = self.source.object_owner[name]
        parent = span_of(self.source.resources[owner], self.order) if owner else ALWAYS
        return span_of(self.source.objects[name], self.order, parent)

    def _in(self, fields: Mapping[str, Field], span: Span) -> _Sources:
        """Named fields inside something that is there for a span, as fields to inherit from."""

        def source(name: str) -> Source | None:
            field = fields.get(name)
            if field is not None and field.extends is not None:
                field = self._field(field, span, None, response=False)
            return None if field is None else Source(field, span_of(field, self.order, span))

        return source

    def endpoint(self, id_: str, endpoint: Endpoint) -> Endpoint:
        """An endpoint, which need not be one of the guide's, with nothing left to inherit."""
        resource = self.source.resources[resource_id(id_)]
        span = span_of(endpoint, self.order, span_of(resource, self.order))
        parameters = endpoint.parameters
        locations = {
            location: self._fields(parameters.location(location), span, _nothing, response=False)
            for location in ("header", "cookie", "body")
        }
        locations["path"] = self._path_parameters(endpoint, resource, span)
        query = self._fields(parameters.query, span, _nothing, response=False)
        locations["query"] = FrozenDict(self._paging(endpoint, span) | query)
        responses = {
            code: response and self._response(response, span) for code, response in endpoint.responses.items()
        }
        return endpoint.replace(
            parameters=parameters.replace(**locations),
            responses=FrozenDict(responses),
        )

    def _path_parameters(self, endpoint: Endpoint, resource: Resource, parent: Span) -> FrozenDict[Field]:
        """The parameters of the endpoint's path and of those that it had before; always required."""
        formers = [c.before.path for c in endpoint.changes if c.before and c.before.path]
        names = [n for path in (endpoint.path, *formers) for n in PLACEHOLDER.findall(path)]
        stated = endpoint.parameters.path
        typed = {name: name for name in (*resource.parameters, *stated)}
        listed = {typed[n]: stated.get(n, Field()) for n in names if n in typed}
        fields = self._fields(listed, parent, self._in(resource.parameters, parent), response=False)
        return FrozenDict({n: field.replace(required=True) for n, field in fields.items()})

    def _paging(self, endpoint: Endpoint, parent: Span) -> dict[str, Field]:
        """The guide's paging parameters, for the newest stretch of releases with paging."""
        pages, introduced, end = bool(endpoint.paging), parent.introduced, None
        found = pages
        for change in reversed(endpoint.changes):
            if change.before is None or "paging" not in change.before.stated:
                continue
            paged_before = bool(change.before.paging)
            if pages and not paged_before:
                introduced = self.order[change.release]
                break
            if paged_before and not pages:
                found, end = True, self.order[change.release]
            pages = paged_before
        if not found:
            return {}
        span = Span(introduced, end=end).within(parent)
        paging = self.source.settings.paging
        listed = dict.fromkeys(paging, Field())
        inherited = self._fields(listed, span, self._in(paging, span), response=True)
        return {
            n: self._dated(each, span_of(each, self.order, span), parent) for n, each in inherited.items()
        }

    def _response(self, response: Response, parent: Span) -> Response:
        span = span_of(response, self.order, parent)

        def resolved(change: ResponseChange) -> ResponseChange:
            if change.before is None or change.before.body is None:
                return change
            former = change.before.replace(body=self._body(change.before.body, span))
            return change.replace(before=former)

        changes = tuple(resolved(change) for change in response.changes)
        return response.replace(body=self._body(response.body, span), changes=changes)

    def _body(self, body: Field | None, span: Span) -> Field | None:
        return body and self._field(body, span, None, response=True)

    def _extended(self, fields: Mapping[str, Field], parent: Span) -> Mapping[str, Field]:
        """Parameters as they are stated, but for those that extend an object's field."""
        if all(field.extends is None for field in fields.values()):
            return fields
        source = self._in(fields, parent)
        return FrozenDict({name: each.field for name in fields if (each := source(name)) is not None})

    def _fields(
        self, fields: Mapping[str, Field], parent: Span, sources: _Sources, *, response: bool
    ) -> FrozenDict[Field]:
        return FrozenDict(
            {
                name: self._field(field, parent, sources(name), response=response, name=name)
                for name, field in fields.items()
            }
        )

    def _field(
        self, field: Field, parent: Span, source: Source | None, *, response: bool, name: str | None = None
    ) -> Field:
        """The field with what it inherits, at each time of its history, and its lifespan.

        `name` is its name, as typed.
        """
        never = () if response else OF_RESPONSES
        if extended_ := extends_field(field):
            source, never = self.object_field(*extended_), (*never, *OF_PLACE)
        if field.extends is not None:
            field = field.replace(extends=None)
        if source is None and field.stated.isdisjoint(_MOVING):
            return field  # nothing is inherited, and it is there as long as what holds it
        span = span_of(field, self.order, parent)
        update: Keys = {}
        if source is not None:
            inherited = source.span.within(span)
            start = span if field.introduced is not None else inherited
            span = inherited._replace(introduced=start.introduced, documented=start.documented)
            if field.deprecated is None and source.field.deprecated is not None:
                update["deprecated"] = source.field.deprecated
        if source is not None or field.changes:
            inner = partial(self._inner, span=span, source=source, response=response, name=name)
            of = source.field if source is not None else None
            history = FieldHistory(field, of, self.order, span.introduced, inner, never, name)
            update |= history.keys()
        elif any(getattr(field, key) is not None for key in INNER):
            update = self._inner(keys_of(field), {}, span=span, source=None, response=response)
        return self._dated(field.replace(**update) if update else field, span, parent)

    def _dated(self, field: Field, span: Span, parent: Span) -> Field:
        """The field with a start and an end of its own only where they differ from its parent's."""
        introduced = self.names[span.introduced] if span.introduced > parent.introduced else None
        end = self.names[span.end] if span.end is not None and span.end != parent.end else None
        gaps = [(self.names[a], self.names[b]) for a, b in span.absent if (a, b) not in parent.absent]
        times = {
            "since": None if span.documented else introduced,
            "documented_since": introduced if span.documented else None,
            "absent": tuple(Absence.unchecked(from_=start, until=end) for start, end in gaps),
            "removed": end,
        }
        same = all(getattr(field, key) == value for key, value in times.items())
        return field if same else field.replace(**times)

    def _inner(
        self,
        own: Keys,
        base: Keys,
        *,
        span: Span,
        source: Source | None,
        response: bool,
        name: str | None = None,
    ) -> Keys:
        """The parts inside a field with what they inherit, as it states itself and as its source does."""
        inner: Keys = {}
        from_source = None if source is None else source.span
        named, base_fields = own["fields"], base.get("fields")
        if named is None and base_fields is not None:
            named = dict.fromkeys(base_fields, Field())
        if named is not None:
            of = inner_source(own["object"], base_fields, base.get("object"))
            sources: _Sources = _nothing
            if isinstance(of, str):
                sources = partial(self._of_object, of)
            elif of is not None and from_source is not None:
                sources = self._in(of, from_source)
            inner["fields"] = self._fields(named, span, sources, response=response)
        for key in ("items", "additional_fields"):
            child, of = own[key], base.get(key)
            if child is not None or of is not None:
                child_source = None if of is None or from_source is None else Source(of, from_source)
                inner[key] = self._field(child or Field(), span, child_source, response=response, name=name)
        return inner


def _nothing(_name: str) -> None:
    """Sources of fields that inherit from nowhere."""
