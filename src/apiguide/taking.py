"""Resolves what parts take from others, so that every field stands on its own with its own history.

A field of a request takes each key that it does not state from the object's field of its name; an object
that extends another takes its fields; a call takes the path parameters of its resource and, with `paging`,
those of the guide. Everything after this step (views, pages, checks of values) knows nothing of taking. What
is taken keeps the place in time of what it is taken from: resolve first, then look at a release.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from apiguide.model import (
    TIMES,
    Dated,
    Endpoint,
    Field,
    FieldChange,
    FieldKeys,
    Guide,
    Object,
    Resource,
    Response,
    ResponseChange,
    resource_id,
)
from apiguide.model.endpoint import PLACEHOLDER
from apiguide.yaml_source import FrozenDict

KEYS = tuple(FieldKeys.model_fields)
INNER = ("fields", "items", "additional_fields")
"""Keys that hold fields."""
MEMBERS = ("fields", "sections", "only", "without", "additional_fields")
"""Keys that say what an object holds."""
SHAPE = ("type", "object", "items", *MEMBERS)
"""Keys that say whether a field is a single value, an object or a list, and of what."""
_MOVING = (*INNER, *TIMES)
OF_REPLIES = ("required", "nullable")
"""Keys that say of a reply's field what does not hold for a parameter."""


class Span(NamedTuple):
    """When a part is there: indices of releases, the end exclusive, None where it has not ended."""

    start: int = 0
    documented: bool = False
    """Whether the start is only the first evidence."""
    end: int | None = None

    def within(self, whole: Span) -> Span:
        """This span cut to that of the whole; at the whole's start, the whole's kind of start holds."""
        start, documented = self[:2] if self.start > whole.start else whole[:2]
        ends = [end for end in (self.end, whole.end) if end is not None]
        return Span(start, documented, min(ends) if ends else None)


ALWAYS = Span()
"""The span of the guide itself."""


def span_of(part: Dated, order: Mapping[str | None, int], whole: Span = ALWAYS) -> Span:
    """When a part is there, cut to the span of its whole."""
    end = order[part.removed] if part.removed is not None else None
    return Span(order[part.start], part.since is None, end).within(whole)


def resolve(guide: Guide) -> Guide:
    """The guide with nothing left to take.

    The guide must be free of errors that `checks.structure` finds: unknown releases and objects, circles of
    `extends`.
    """
    return Resolver(guide).guide()


@dataclass(frozen=True)
class _Source:
    """A field that another takes from."""

    field: Field
    span: Span
    """Its own, cut to that of the object that declares it."""


_Sources = Callable[[str], _Source | None]
"""Where the fields of a mapping take from, by their names."""
_Keys = dict[str, Any]
"""The keys of a field at one time; None for what it does not state."""


class Resolver:
    """Resolves the parts of a guide."""

    def __init__(self, guide: Guide) -> None:
        self.source = guide
        self.order = guide.order
        self.names: tuple[str | None, ...] = guide.releases
        self.object_fields: dict[tuple[str, str], Field] = {}
        self.pending: set[tuple[str, str]] = set()

    def guide(self) -> Guide:
        """The guide with nothing left to take."""
        bare = self.without_calls()
        endpoints = {id_: self.endpoint(id_, each) for id_, each in self.source.endpoints.items()}
        return Guide(bare.settings, bare.resources, FrozenDict(endpoints))

    def without_calls(self) -> Guide:
        """The guide without its calls, with nothing left to take."""
        settings = self.source.settings
        statuses = {
            code: status.model_copy(update={"body": self._body(status.body, ALWAYS)})
            for code, status in settings.statuses.items()
        }
        changed = {
            "objects": self._objects(settings.objects),
            "statuses": FrozenDict(statuses),
            "paging": self._fields(settings.paging, ALWAYS, _nothing, reply=False),
        }
        resources = {
            id_: resource.model_copy(update={"objects": self._objects(resource.objects)})
            for id_, resource in self.source.resources.items()
        }
        return Guide(settings.model_copy(update=changed), FrozenDict(resources), FrozenDict())

    def _objects(self, declared: Mapping[str, Object]) -> FrozenDict[Object]:
        """The objects with all fields that they have or take."""
        return FrozenDict(
            {
                name: each.model_copy(
                    update={
                        "fields": FrozenDict(self._object_fields(name)),
                        "brief": self._brief(name),
                        "extends": None,
                    }
                )
                for name, each in declared.items()
            }
        )

    def _object_fields(self, name: str) -> Iterator[tuple[str, Field]]:
        for field_name in self._field_names(name):
            source = self._of_object(name, field_name)
            if source is not None:
                yield field_name, source.field

    def _brief(self, name: str) -> tuple[str, ...] | None:
        """Which fields are enough, by the object itself or by the one that it extends."""
        declared = self.source.objects[name]
        if declared.brief is not None or declared.extends is None:
            return declared.brief
        return self._brief(declared.extends)

    def _field_names(self, name: str) -> tuple[str, ...]:
        """The names of an object's fields, those of the object that it extends before its own."""
        declared = self.source.objects[name]
        base = self._field_names(declared.extends) if declared.extends is not None else ()
        return tuple(dict.fromkeys([*(n for n in base if _chosen(n, declared)), *declared.fields]))

    def _of_object(self, name: str, field_name: str) -> _Source | None:
        """An object's field, resolved; None where the object has none of that name.

        Resolved one by one, so that a field of an object may list fields of the same object.
        """
        declared = self.source.objects[name]
        own = declared.fields.get(field_name)
        base = None
        if declared.extends is not None and _chosen(field_name, declared):
            base = self._of_object(declared.extends, field_name)
        if own is None and base is None:
            return None
        key, span = (name, field_name), self._object_span(name)
        if key not in self.object_fields:
            if key in self.pending:
                own = own or Field()
                return _Source(own, span_of(own, self.order, span))
            self.pending.add(key)
            self.object_fields[key] = self._field(own or Field(), span, base, reply=True)
            self.pending.discard(key)
        field = self.object_fields[key]
        return _Source(field, span_of(field, self.order, span))

    def _object_span(self, name: str) -> Span:
        owner = self.source.object_owner[name]
        whole = span_of(self.source.resources[owner], self.order) if owner else ALWAYS
        return span_of(self.source.objects[name], self.order, whole)

    def _in(self, fields: Mapping[str, Field], span: Span) -> _Sources:
        """Named fields inside something that is there for a span, as fields to take from."""

        def source(name: str) -> _Source | None:
            field = fields.get(name)
            return None if field is None else _Source(field, span_of(field, self.order, span))

        return source

    def endpoint(self, id_: str, endpoint: Endpoint) -> Endpoint:
        """A call, which need not be one of the guide's, with nothing left to take."""
        resource = self.source.resources[resource_id(id_)]
        span = span_of(endpoint, self.order, span_of(resource, self.order))
        parameters = endpoint.parameters
        places = {
            place: self._fields(parameters.place(place), span, _nothing, reply=False)
            for place in ("header", "cookie", "body")
        }
        places["path"] = self._path_parameters(endpoint, resource, span)
        query = self._fields(parameters.query, span, _nothing, reply=False)
        places["query"] = FrozenDict(self._paging(endpoint, span) | query)
        responses = {
            code: response and self._response(response, span) for code, response in endpoint.responses.items()
        }
        return endpoint.model_copy(
            update={
                "parameters": parameters.model_copy(update=places),
                "responses": FrozenDict(responses),
            }
        )

    def _path_parameters(self, endpoint: Endpoint, resource: Resource, whole: Span) -> FrozenDict[Field]:
        """The parameters of the call's path and of those that it had before; always required."""
        formers = [c.before.path for c in endpoint.changes if c.before and c.before.path]
        names = [n for path in (endpoint.path, *formers) for n in PLACEHOLDER.findall(path)]
        stated = endpoint.parameters.path
        listed = {n: stated.get(n, Field()) for n in names if n in stated or n in resource.parameters}
        fields = self._fields(listed, whole, self._in(resource.parameters, whole), reply=False)
        return FrozenDict({n: field.model_copy(update={"required": True}) for n, field in fields.items()})

    def _paging(self, endpoint: Endpoint, whole: Span) -> dict[str, Field]:
        """The guide's paging parameters, for the newest stretch of releases in which the call has paging."""
        pages, start, end = bool(endpoint.paging), whole.start, None
        found = pages
        for change in reversed(endpoint.changes):
            if change.before is None or "paging" not in change.before.model_fields_set:
                continue
            paged_before = bool(change.before.paging)
            if pages and not paged_before:
                start = self.order[change.release]
                break
            if paged_before and not pages:
                found, end = True, self.order[change.release]
            pages = paged_before
        if not found:
            return {}
        span = Span(start, end=end).within(whole)
        paging = self.source.settings.paging
        listed = dict.fromkeys(paging, Field())
        taken = self._fields(listed, span, self._in(paging, span), reply=True)
        return {n: self._dated(each, span_of(each, self.order, span), whole) for n, each in taken.items()}

    def _response(self, response: Response, whole: Span) -> Response:
        span = span_of(response, self.order, whole)

        def resolved(change: ResponseChange) -> ResponseChange:
            if change.before is None or change.before.body is None:
                return change
            former = change.before.model_copy(update={"body": self._body(change.before.body, span)})
            return change.model_copy(update={"before": former})

        changes = tuple(resolved(change) for change in response.changes)
        return response.model_copy(update={"body": self._body(response.body, span), "changes": changes})

    def _body(self, body: Field | None, span: Span) -> Field | None:
        return body and self._field(body, span, None, reply=True)

    def _fields(
        self, fields: Mapping[str, Field], whole: Span, sources: _Sources, *, reply: bool
    ) -> FrozenDict[Field]:
        return FrozenDict(
            {name: self._field(field, whole, sources(name), reply=reply) for name, field in fields.items()}
        )

    def _field(self, field: Field, whole: Span, source: _Source | None, *, reply: bool) -> Field:
        """The field with what it takes, at each time of its history, and its place in time."""
        if source is None and field.model_fields_set.isdisjoint(_MOVING):
            return field  # nothing is taken, and it is there as long as what holds it
        span = span_of(field, self.order, whole)
        update: _Keys = {}
        if source is not None:
            taken = source.span.within(span)
            span = Span(*span[:2], taken.end) if field.start is not None else taken
            if field.deprecated is None and source.field.deprecated is not None:
                update["deprecated"] = source.field.deprecated
        if source is not None or field.changes:
            update |= _History(self, field, span, source, reply=reply).keys()
        elif any(getattr(field, key) is not None for key in INNER):
            update = self.inner(_keys(field), {}, span, None, reply=reply)
        return self._dated(field.model_copy(update=update) if update else field, span, whole)

    def _dated(self, field: Field, span: Span, whole: Span) -> Field:
        """The field with a start and an end of its own only where they differ from its whole's."""
        start = self.names[span.start] if span.start > whole.start else None
        end = self.names[span.end] if span.end is not None and span.end != whole.end else None
        times = {
            "since": None if span.documented else start,
            "documented_since": start if span.documented else None,
            "removed": end,
        }
        same = all(getattr(field, key) == value for key, value in times.items())
        return field if same else field.model_copy(update=times)

    def inner(
        self, own: _Keys, base: _Keys, span: Span, source: _Source | None, *, reply: bool
    ) -> dict[str, Any]:
        """The parts inside a field with what they take, as it states itself and as its source does."""
        inner: dict[str, Any] = {}
        from_source = None if source is None else source.span
        named = own["fields"]
        if named is None and base.get("fields") is not None:
            named = dict.fromkeys(base["fields"], Field())
        if named is not None:
            sources: _Sources = _nothing
            object_name = own["object"]
            if object_name is None and from_source is not None and base.get("fields") is not None:
                sources = self._in(base["fields"], from_source)
            elif object_name or base.get("object"):
                sources = partial(self._of_object, object_name or base["object"])
            inner["fields"] = self._fields(named, span, sources, reply=reply)
        for key in ("items", "additional_fields"):
            child, of = own[key], base.get(key)
            if child is not None or of is not None:
                child_source = None if of is None or from_source is None else _Source(of, from_source)
                inner[key] = self._field(child or Field(), span, child_source, reply=reply)
        return inner


class _History:
    """The states of a field that takes: today's, and the former ones of its own and of what it takes from."""

    def __init__(
        self, resolver: Resolver, field: Field, span: Span, source: _Source | None, *, reply: bool
    ) -> None:
        self.resolver = resolver
        self.field = field
        self.span = span
        self.source = source
        self.reply = reply

    def keys(self) -> _Keys:
        """Today's keys, the taken ones among them, with `changes`."""
        order = self.resolver.order
        own, base = _keys(self.field), _keys(self.source.field) if self.source else {}
        mine = {change.release: change for change in self.field.changes}
        theirs = {change.release: change for change in self.source.field.changes} if self.source else {}
        today = later = self._state(own, base)
        changes = []
        for release in sorted({*mine, *theirs}, key=lambda name: order[name], reverse=True):
            own, base = own | _former(mine.get(release)), base | _former(theirs.get(release))
            state = self._state(own, base)
            change = self._change(release, mine.get(release), theirs.get(release), later, state)
            if change is not None:
                changes.append(change)
            later = state
        changes.reverse()
        return today | {"changes": tuple(changes)}

    def _state(self, own: _Keys, base: _Keys) -> _Keys:
        """The keys at one time."""
        refused = _refused(own, base) if self.reply else {*_refused(own, base), *OF_REPLIES}
        base = {key: value for key, value in base.items() if key not in refused}
        state = {key: base.get(key) if value is None else value for key, value in own.items()}
        return state | self.resolver.inner(own, base, self.span, self.source, reply=self.reply)

    def _change(
        self,
        release: str,
        mine: FieldChange | None,
        theirs: FieldChange | None,
        later: _Keys,
        state: _Keys,
    ) -> FieldChange | None:
        """A release's change, from the states after and before it; None where nothing travels."""
        stated = _former(mine)
        before = {key: state[key] for key in KEYS if key in stated or state[key] != later[key]}
        if theirs is not None:
            is_seen = self.resolver.order[release] > self.span.start
            differs = theirs.before is None or not before.keys().isdisjoint(_former(theirs).keys() - stated)
            theirs = theirs if is_seen and differs else None
        if mine is None and theirs is None:
            return None
        notes = [change.note for change in (mine, theirs) if change is not None and change.note]
        former = FieldKeys.model_construct(**before) if before else None
        return FieldChange(release=release, note=notes[0] if notes else None, before=former)


def _nothing(_name: str) -> None:
    """Sources of fields that take from nowhere."""


def _chosen(name: str, holder: Object) -> bool:
    """Whether `only` and `without` leave the name in."""
    return (holder.only is None or name in holder.only) and name not in (holder.without or ())


def _keys(field: FieldKeys) -> _Keys:
    stated = field.__dict__
    return {key: stated[key] for key in KEYS}


def _former(change: FieldChange | None) -> _Keys:
    """The keys that differed before a change."""
    if change is None or change.before is None:
        return {}
    return {key: getattr(change.before, key) for key in change.before.model_fields_set}


def _refused(own: _Keys, base: _Keys) -> tuple[str, ...]:
    """Keys that are not taken since they would contradict what the field says it is."""
    mine, theirs = _kind(own), _kind(base)
    if mine is not None and theirs is not None and mine != theirs:
        return SHAPE
    return MEMBERS if own["object"] not in (None, base.get("object")) else ()


def _kind(keys: _Keys) -> str | None:
    """Whether keys are those of a list, of an object or of a single value; None where they do not say."""
    types = keys.get("type") or ()
    if keys.get("items") is not None or "array" in types:
        return "array"
    if "object" in types or any(
        keys.get(key) is not None for key in ("object", "fields", "additional_fields")
    ):
        return "object"
    return "value" if types else None
