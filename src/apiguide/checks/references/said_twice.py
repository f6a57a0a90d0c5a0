"""What a field of an endpoint says word for word as a field of an object does, from which it could take it.

Nothing is reported where `extends` would say more, or another thing, than the field does in some release.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from apiguide.checks.parts import objects_of
from apiguide.inheritance import Resolver, Source
from apiguide.inheritance.history import INNER
from apiguide.lifespan import Span, span_of
from apiguide.model import (
    LIFESPAN,
    LOCATIONS,
    Endpoint,
    Field,
    FieldKeys,
    Guide,
    Resource,
    Value,
    inside,
    resource_id,
)
from apiguide.problems import Mark, Problem, mark_of
from apiguide.rule import WarningRule


class SaidTwice(WarningRule, family="text"):
    """A field repeats what it inherits from an object, or could take from one by `extends`."""


_MORE = frozenset({"type", "unit", "description", "example", "format", "name", "as_xml", "as_json"})
"""Keys with which a field tells more of the same; others would tell what may not be true of it."""
_OWN = frozenset({"required", "nullable", "replaces"})
"""Keys that are not taken, or that each field says for itself."""
_TAKEN = [key for key in FieldKeys.model_fields if key not in _OWN]


def repeats_inherited(name: str, field: Field, base: Field) -> Iterator[Problem]:
    """A description or allowed values that a field has anyway, from the field that it inherits from."""
    if field.description and _same_text(field.description, base.description):
        message = f"`{name}` repeats the description that it inherits"
        yield SaidTwice.at(mark_of(field.description), message, "delete it")
    has_changed = any(_has_changed("enum", each) for each in (field, base))
    if field.enum and base.enum and not has_changed and _stated_alike(field.enum, base.enum):
        message = f"`{name}` repeats the allowed values that it inherits"
        yield SaidTwice.at(mark_of(field.enum[0].value), message, "delete `enum`")


def check_said_twice(
    guide: Guide, endpoints: Collection[str] | None = None, resources: Collection[str] | None = None
) -> Iterator[Problem]:
    """Fields of endpoints and path parameters of resources, all or some, that repeat a field of an object.

    Looks at the objects that the endpoint, or one of the resource, sends or returns, and at their fields of
    the same name: `status`, or `book_status` for `book.status`.
    """
    repeats = _Repeats(guide)
    for id_ in guide.endpoints if endpoints is None else endpoints:
        yield from repeats.of_endpoint(id_, guide.endpoints[id_])
    for id_ in guide.resources if resources is None else resources:
        yield from repeats.of_resource(id_, guide.resources[id_])


class _Repeats:
    """Finds fields that repeat those of objects."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.resolver = Resolver(guide)
        self.order = guide.order

    def of_endpoint(self, id_: str, endpoint: Endpoint) -> Iterator[Problem]:
        """What an endpoint repeats."""
        objects = self._objects([endpoint])
        if not objects:
            return
        resource = self.guide.resources[resource_id(id_)]
        span = span_of(endpoint, self.order, span_of(resource, self.order))
        resolved = self.resolver.endpoint(id_, endpoint)
        for location in LOCATIONS:
            stated, full = (each.parameters.location(location) for each in (endpoint, resolved))
            inherited = resource.parameters if location == "path" else {}
            yield from self._fields(stated, full, span, objects, inherited)
        for code, response in endpoint.responses.items():
            of = resolved.responses[code]
            if response is not None and of is not None and response.body is not None and of.body is not None:
                yield from self._inside(response.body, of.body, span_of(response, self.order, span), objects)

    def of_resource(self, id_: str, resource: Resource) -> Iterator[Problem]:
        """What the path parameters of a resource repeat."""
        objects = {**self._objects(self.guide.endpoints_of(id_).values()), **dict.fromkeys(resource.objects)}
        span = span_of(resource, self.order)
        yield from self._fields(resource.parameters, resource.parameters, span, objects, {})

    def _objects(self, endpoints: Iterable[Endpoint]) -> dict[str, None]:
        """The names of the objects that endpoints send or return."""
        parts = (part for endpoint in endpoints for part in inside(endpoint))
        return dict.fromkeys(name for part in parts for name in objects_of(part))

    def _fields(
        self,
        stated: Mapping[str, Field],
        resolved: Mapping[str, Field],
        parent: Span,
        objects: Collection[str],
        inherited: Mapping[str, Field],
    ) -> Iterator[Problem]:
        """Named fields; what they say as those that they inherit from is told by `repeats_inherited`."""
        for name, field in stated.items():
            full = resolved.get(name)
            if full is None:
                continue
            span = span_of(full, self.order, parent)
            base = inherited.get(name)
            if field.extends is None and (base is None or not any(self._said(field, base, span))):
                yield from self._field(name, field, full, span, objects)
            yield from self._inside(field, full, span, objects)

    def _inside(
        self, field: Field, resolved: Field, span: Span, objects: Collection[str]
    ) -> Iterator[Problem]:
        for stated, full in ((field, resolved), (field.items, resolved.items)):
            if stated is not None and full is not None and stated.fields and full.fields:
                held = self.resolver.object_fields_of(full.object) if full.object else {}
                yield from self._fields(stated.fields, full.fields, span, objects, held)

    def _field(
        self, name: str, field: Field, resolved: Field, span: Span, objects: Collection[str]
    ) -> Iterator[Problem]:
        for object_name in objects if field.description or field.enum else ():
            for of in dict.fromkeys((name, name.removeprefix(f"{object_name}_"))):
                source = self.resolver.object_field(object_name, of)
                said = [*self._said(field, source.field, span)] if source is not None else []
                if source is not None and said and self._can_extend(field, resolved, span, source):
                    mark, what = said[0]
                    message = f"`{name}` repeats {what} of `{object_name}.{of}`"
                    hint = f"write `extends: {object_name}.{of}`, and beside it only what differs"
                    yield SaidTwice.at(mark, message, hint)
                    return

    def _can_extend(self, field: Field, resolved: Field, span: Span, source: Source) -> bool:
        """Whether a field that extends another would be there when it is now, and say nothing else."""
        of = source.field
        if source.span.within(span) != span or of.deprecated not in (None, resolved.deprecated):
            return False
        seen = [each for each in of.changes if self.order[each.release] > span.introduced]
        if any(each not in resolved.changes for each in seen):
            return False
        for key in _TAKEN:
            value, taken = getattr(resolved, key), getattr(of, key)
            more = value is None and key in _MORE
            is_own = key in field.stated and key not in INNER
            if taken is not None and not more and not is_own and value != taken:
                return False
        return True

    def _said(self, field: Field, source: Field, span: Span) -> Iterator[tuple[Mark, str]]:
        """What a field that is there for a span says as another does, and where."""
        if field.description and _same_text(field.description, source.description):
            yield mark_of(field.description), "the description"
        if field.enum and source.enum and self._are_same(field.enum, source.enum, span):
            yield mark_of(field.enum[0].value), "the allowed values"

    def _are_same(self, values: Sequence[Value], others: Sequence[Value], span: Span) -> bool:
        """Whether the same values are allowed in each release of a span."""
        mine, theirs = (self._spans(each, span) for each in (values, others))
        return [each[1:] for each in mine] == [each[1:] for each in theirs] and all(
            _same_meaning(one, other) for (one, *_), (other, *_) in zip(mine, theirs, strict=True)
        )

    def _spans(self, values: Sequence[Value], span: Span) -> list[tuple[Value, str, Span]]:
        """The values that are allowed in a span, and when."""
        spans = ((each, str(each.value), span_of(each, self.order, span)) for each in values)
        return [each for each in spans if each[2].end is None or each[2].introduced < each[2].end]


def _same_text(text: str, other: str | None) -> bool:
    return other is not None and text.split() == other.split()


def _same_meaning(value: Value, other: Value) -> bool:
    """Whether a value says no other thing of itself than another does."""
    return value.description is None or _same_text(value.description, other.description)


def _stated_alike(values: Sequence[Value], others: Sequence[Value]) -> bool:
    """Whether values are listed with the same lifespans and nothing else said of them."""
    keys = ("value", *LIFESPAN)
    return len(values) == len(others) and all(
        one.values_of(keys) == other.values_of(keys) and _same_meaning(one, other)
        for one, other in zip(values, others, strict=True)
    )


def _has_changed(key: str, field: Field) -> bool:
    return any(each.before is not None and key in each.before.stated for each in field.changes)
