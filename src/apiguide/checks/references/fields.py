"""Rules of objects and fields: names, what they inherit from others, and what cannot be true together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from apiguide.checks.names.characters import element_names, name_problems
from apiguide.checks.parts import first_mark, objects_of
from apiguide.checks.references.extended_fields import CHAIN, INHERITED
from apiguide.checks.references.said_twice import repeats_inherited
from apiguide.checks.references.symbols import Symbols, UnknownField
from apiguide.checks.references.uses import check_used_field
from apiguide.inheritance.history import inherited
from apiguide.inheritance.sources import extended, field_named, inner_source
from apiguide.model import LIFESPAN, LOCATIONS, Endpoint, Field, FieldKeys, Guide, Object, Section, inside
from apiguide.model.field import LIMITS, NUMBERS
from apiguide.problems import Mark, Problem, did_you_mean, listing, mark_of
from apiguide.rule import Rule, WarningRule
from apiguide.yaml_source import EmptyValue


class DuplicateObject(Rule):
    """Two objects have the same name."""


class UnusedObject(WarningRule):
    """No endpoint, status or other object uses an object."""


class ExtendsCircle(Rule):
    """An object, or a field of one, extends itself, directly or through others."""


class NothingToTake(Rule):
    """A field states nothing, and the object it inherits from has no field with that name."""


class NothingToChoose(Rule):
    """`only` or `without` is used without an object whose fields it could select."""


class ExtendsTooMuch(Rule):
    """Too many objects or fields extend each other, or they inherit too many fields."""


class ItemsWithoutName(Rule, family="values"):
    """The items of a list have no name, but XML needs an element for each."""


class DuplicateValue(Rule, family="values"):
    """A value is listed twice, or a field is in two sections."""


class Contradiction(Rule, family="values"):
    """What a field states is contradictory."""


class MixedTypes(Rule, family="values"):
    """A field has several types, and one of them is `object` or `array`."""


_BLANK = frozenset({"required", "nullable", "replaces", *LIFESPAN})
"""Keys that do not say what a field is."""


def check_duplicate_objects(guide: Guide) -> Iterator[Problem]:
    """Names of objects are unique in the whole guide."""
    first: dict[str, Mark] = {}
    for _, name, _each in guide.declared_objects():
        mark = mark_of(name)
        if name in first:
            where = f"{first[name].source.path}:{first[name].line}"
            message = f"the object `{name}` is declared twice; the first is in {where}"
            yield DuplicateObject.at(mark, message, "rename one of them")
        first.setdefault(name, mark)


def check_unused_objects(guide: Guide, symbols: Symbols) -> Iterator[Problem]:
    """Each object is used by another part of the guide, now or before a change."""
    if symbols.lost:
        return
    used = {name for part in guide.parts for name in objects_of(part)}
    for _, name, _ in guide.declared_objects():
        if name not in used:
            hint = "name it under `object` where it is sent or returned, or delete it"
            yield UnusedObject.at(mark_of(name), f"nothing uses the object `{name}`", hint)


class Fields:
    """The rules of objects and fields, perhaps of an endpoint; with `xml`, bodies name elements too."""

    def __init__(self, known: Symbols, *, xml: bool, endpoint: Endpoint | None = None) -> None:
        self.known = known
        self.xml = xml
        locations = map(endpoint.parameters.location, LOCATIONS) if endpoint is not None else ()
        self.parameters = frozenset(name for named in locations for name in named)
        """The parameters of the endpoint that the fields are of."""

    def object(self, name: str, each: Object) -> Iterator[Problem]:
        """Problems of an object and its fields."""
        formers = [change.before for change in each.changes if change.before is not None]
        for keys in (each, *formers):
            for sent in (keys.name, keys.plural):
                if sent is not None:
                    yield from name_problems(sent, location="body", xml=self.xml)
        yield from name_problems(name, location="body", xml=self.xml)
        chosen = (*(each.only or ()), *(each.without or ()))
        source = None
        if each.extends is not None:
            yield from self.known.object(each.extends)
            yield from self._circle(name, each.extends)
            yield from self.known.field_names(each.extends, chosen)
            source = self.known.fields(each.extends)
        elif chosen:
            yield _nothing_to_choose(chosen[0], "extends")
        yield from _sections(each.sections, self.known.fields(name))
        yield from self.known.field_names(name, each.brief or ())
        yield from self.named(each.fields, "body", source)
        for field_name, field in each.fields.items():
            yield from self._extending(name, field_name, field)

    def _extending(self, object_name: str, name: str, field: Field) -> Iterator[Problem]:
        """No field of an object extends itself, or others without end; also not inside it."""
        node, extended = (object_name, name), self.known.extended_fields
        for part in inside(field):
            if not isinstance(part, Field) or part.extends is None:
                continue
            if {node, field_named(part.extends)} <= extended.circular:
                message = f"`{object_name}.{name}` extends itself"
                if field_named(part.extends) != node:
                    message += f" through `{part.extends}`"
                yield ExtendsCircle.at(mark_of(part.extends), message, "delete one `extends`")
            elif node in extended.too_long:
                limits = f"{CHAIN} fields extend each other, or {INHERITED:,} fields are inherited"
                message = f"with this, more than {limits}"
                yield ExtendsTooMuch.at(mark_of(part.extends), message, "describe the field here")

    def _circle(self, name: str, base: str) -> Iterator[Problem]:
        """No object extends itself, by way of others or not."""
        objects = self.known.guide.objects
        way = [*islice(extended(objects, name), CHAIN + 1)]
        if objects[way[-1]].extends == name:
            by_way = f" through {listing(way[1:])}" if way[1:] else ""
            message = f"`{name}` extends itself{by_way}"
            yield ExtendsCircle.at(mark_of(base), message, "delete one `extends`")
        elif name in self.known.extending_too_much:
            limits = f"{CHAIN} objects extend each other, or {INHERITED:,} fields are inherited"
            message = f"with this, more than {limits}"
            yield ExtendsTooMuch.at(mark_of(base), message, "declare the fields here, or inherit fewer")

    def named(
        self, fields: Mapping[str, Field], location: str, source: Mapping[str, Field] | None = None
    ) -> Iterator[Problem]:
        """Problems of named fields in a place; `source` is what they inherit from, by name."""
        for name, field in fields.items():
            yield from name_problems(name, location=location, xml=self.xml and location == "body")
            base = self.known.extended(field) or (source.get(name) if source is not None else None)
            if source is not None and base is None and field.stated <= _BLANK:
                message = f"`{name}` is not described, and there is no field of that name to inherit from"
                hint = did_you_mean(name, source) or "give it a `type` and a `description`, or delete it"
                yield NothingToTake.at(mark_of(name), message, hint)
            if base is not None:
                yield from repeats_inherited(name, field, base)
            if field.replaces is not None:
                yield from _replaced(name, field.replaces, {*fields, *(source or ())} - {name})
            if field.deprecated is not None:
                siblings = {*fields, *(source or ()), *self.parameters} - {name}
                yield from check_used_field(field, siblings, self.known)
            yield from self.field(field, mark_of(name), location, base)

    def field(
        self,
        field: FieldKeys,
        mark: Mark,
        location: str = "body",
        base: Field | None = None,
        then: Field | None = None,
    ) -> Iterator[Problem]:
        """Problems of a field and all inside it; `mark` is where it stands, `base` what it inherits from.

        Of a former state, `then` is all that the field itself said at that time.
        """
        if isinstance(field, Field) and field.extends is not None:
            yield from self._extends(field, field.extends)
            base = self.known.extended(field)
        if field.object is not None:
            yield from self.known.object(field.object)
        if field.name is not None:
            yield from name_problems(field.name, location=location, xml=self.xml)
        yield from self._chosen(field, base)
        yield from _mixed_types(field)
        yield from _contradictions(field, then or field, base, mark)
        if field.sections is not None:
            held = field.fields if field.fields is not None else self._source(field, base)
            yield from _sections(field.sections, held)
        if location == "body" and self.xml:
            for node in (field.const, field.example, field.default):
                yield from element_names(node)
        if field.fields is not None:
            yield from self.named(field.fields, location, self._source(field, base))
        if field.items is not None:
            of = self.known.extended(field.items) or (base.items if base is not None else None)
            if location == "body" and self.xml and not _names_items(field.items, of):
                message = "items that are not objects need a name for their XML element"
                at = mark_of(field.items.type[0]) if field.items.type else mark
                yield ItemsWithoutName.at(at, message, "add `name: …`, in the singular")
            yield from self.field(field.items, first_mark(field.items) or mark, location, of)
        if field.additional_fields is not None:
            of = base.additional_fields if base is not None else None
            yield from self.field(field.additional_fields, mark, location, of)
        if isinstance(field, Field):
            for change in reversed(field.changes):
                if change.before is not None:
                    then = (then or field).replace(**dict(change.before.stated_values()))
                    yield from self.field(change.before, mark_of(change.release), location, base, then)

    def _extends(self, field: Field, reference: str) -> Iterator[Problem]:
        """What a field extends is there, and the field does not say in another way what it holds."""
        mark = mark_of(reference)
        object_name, name = field_named(reference)
        if not name:
            message = f"`{reference}` does not name a field of an object"
            yield UnknownField.at(mark, message, f"write `extends: OBJECT.{reference}`")
        else:
            for problem in (*self.known.object(object_name), *self.known.field_names(object_name, [name])):
                yield replace(problem, where=mark)
        key = next((key for key in ("object", "fields") if getattr(field, key) is not None), None)
        if key is not None:
            message = f"the field takes what it is from `{reference}`, but also has `{key}`"
            yield Contradiction.at(mark, message, f"delete `extends` or `{key}`")

    def _source(self, field: FieldKeys, base: Field | None) -> Mapping[str, Field] | None:
        """What the fields inside a field inherit from."""
        of = (base.fields, base.object) if base is not None else (None, None)
        source = inner_source(field.object, *of)
        return self.known.fields(source) if isinstance(source, str) else source

    def _chosen(self, field: FieldKeys, base: Field | None) -> Iterator[Problem]:
        """What `only` and `without` name is there."""
        chosen = (*(field.only or ()), *(field.without or ()))
        held = field.object or (base.object if base is not None else None)
        if chosen and held is not None:
            yield from self.known.field_names(held, chosen)
        elif chosen:
            yield _nothing_to_choose(chosen[0], "object")


def _sections(sections: tuple[Section, ...] | None, fields: Mapping[str, Field] | None) -> Iterator[Problem]:
    """Each section names fields that are there, and no field stands in two; `fields` is None if not known."""
    seen: set[str] = set()
    for name in (name for section in sections or () for name in section.fields):
        if fields is not None and name not in fields:
            message = f"there is no field `{name}` to put into a section"
            hint = did_you_mean(name, fields) or "declare it under `fields`, or delete it here"
            yield UnknownField.at(mark_of(name), message, hint)
        elif name in seen:
            message = f"the field `{name}` is already in a section"
            yield DuplicateValue.at(mark_of(name), message, "delete one of the two")
        seen.add(name)


def _nothing_to_choose(name: str, key: str) -> Problem:
    message = "`only` and `without` choose fields of an object, but no object is named"
    return NothingToChoose.at(mark_of(name), message, f"add `{key}: …`")


def _names_items(items: Field, base: Field | None) -> bool:
    """Whether XML has an element for the items of a list."""
    return any(each is not None and (each.object or each.name) for each in (items, base))


def _replaced(name: str, replaced: str, siblings: set[str]) -> Iterator[Problem]:
    """A field that another one is said to replace stands beside it."""
    if replaced not in siblings:
        message = f"`{name}` replaces `{replaced}`, but there is no such field beside it"
        hint = did_you_mean(replaced, siblings) or "keep the old field, with `removed: …`"
        yield UnknownField.at(mark_of(replaced), message, hint)


def _mixed_types(field: FieldKeys) -> Iterator[Problem]:
    """A value is an object, a list, or a single value: pages and examples can show just one of these."""
    types: tuple[str, ...] = field.type or ()
    for each in types if len(types) > 1 else ():
        if each in ("object", "array"):
            others = listing(other for other in types if other != each)
            message = f"a field whose type is `{each}` cannot be {others} as well"
            hint = "keep the usual type, and say in `description` what else there may be"
            yield MixedTypes.at(mark_of(each), message, hint)
            return


_CONTRADICTING = ("additional_fields", "enum", "fields", "items", "object", "type", *LIMITS)
"""Keys without one of which a field cannot contradict itself, or what it inherits."""
_INNER = ("object", "fields", "additional_fields")
"""Keys that are for objects."""


def _contradictions(field: FieldKeys, state: FieldKeys, base: Field | None, mark: Mark) -> Iterator[Problem]:
    """What a field says of itself can be true together, and with what it inherits from `base`.

    `state` is the field, or all that it said of itself at the time of which `field` is the former state.
    """
    if field.stated.isdisjoint(_CONTRADICTING):
        return
    if base is not None and base.changes and field is not state:
        base = None  # it may have been another then
    full = inherited(state, base) if isinstance(state, Field) and base is not None else state
    types = state.type or (base.type if base is not None else None) or ()
    what_it_is = f"{'the type is' if state.type else 'it inherits the type'} {' or '.join(types)}"
    at = mark_of(field.type[0]) if field.type else mark
    yield from _shape(field, types, what_it_is, at)
    for key, limited in LIMITS.items():
        is_said = not field.stated.isdisjoint((key, "type")) and getattr(full, key) is not None
        if types and is_said and limited.isdisjoint(types):
            meant = "numbers" if limited == NUMBERS else "strings"
            hint = f"delete `{key}`, or {'correct' if state.type else 'state'} the type"
            yield Contradiction.at(at, f"`{key}` is for {meant}, but {what_it_is}", hint)
    low, high = full.minimum, full.maximum
    is_said = not field.stated.isdisjoint(("minimum", "maximum"))
    if is_said and low is not None and high is not None and low > high:
        other = next((key for key in ("minimum", "maximum") if getattr(field, key) is None), None)
        hint = "swap them" if other is None else f"correct it, or state the {other} too"
        yield Contradiction.at(mark, f"the minimum {low} is greater than the maximum {high}", hint)
    if field.max_length is not None and field.max_length < 0:
        message = f"no string has at most {field.max_length} characters"
        yield Contradiction.at(mark, message, "write a number from 0 on, or delete `max_length`")
    yield from _values(field, mark)


def _shape(field: FieldKeys, types: Collection[str], what_it_is: str, at: Mark) -> Iterator[Problem]:
    """What a field holds is of its types."""
    other = "leave `type` out" if field.type else "write `type: object`"
    inner = next((key for key in _INNER if getattr(field, key) is not None), None)
    if types and field.items is not None and "array" not in types:
        yield Contradiction.at(at, f"`items` is for lists, but {what_it_is}", "write `type: array`")
    elif inner is not None and (field.items is not None or (types and "object" not in types)):
        is_list = field.items is not None or "array" in types
        what = "it has `items`" if field.items is not None else what_it_is
        hint = f"write `items: {{{inner}: …}}`" if is_list else other
        yield Contradiction.at(at, f"`{inner}` is for objects, but {what}", hint)


def _values(field: FieldKeys, mark: Mark) -> Iterator[Problem]:
    """Allowed values are there, and each stands once."""
    if field.enum == ():
        yield EmptyValue.at(mark, "the list of allowed values is empty", "fill it, or delete `enum`")
    seen: set[str] = set()
    for each in field.enum or ():
        if str(each.value) in seen:
            message = f"the value `{each.value}` is listed twice"
            yield DuplicateValue.at(mark_of(each.value), message, "delete one of the two")
        seen.add(str(each.value))
