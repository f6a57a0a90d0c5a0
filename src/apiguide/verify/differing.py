"""Compares an answer with what is documented, and tells what differs at the lines of the reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apiguide.examples.values import fits
from apiguide.mock.bodies import Number
from apiguide.model import Field
from apiguide.problems import Mark, Problem, mark_of, name_mark
from apiguide.rule import Rule, WarningRule
from apiguide.view import GuideView


class UndocumentedField(Rule, family="server"):
    """The server returns a field that the guide does not have."""


class NeverSeen(WarningRule, family="server"):
    """The server never returned a field that the guide documents."""


class MissingField(Rule, family="server"):
    """The server leaves out a field that the guide says is always there."""


class OtherType(Rule, family="server"):
    """The server returns a value of another type."""


class UndocumentedNull(Rule, family="server"):
    """The server returns null for a field that the guide says is never null."""


class UndocumentedValue(Rule, family="server"):
    """The server returns a value that is not among those that the guide lists."""


class OtherShape(Rule, family="server"):
    """The server wraps, lists or nests values in another way."""


class OtherStatus(Rule, family="server"):
    """The server answers with a status that the guide does not have for the endpoint."""


class OtherMediaType(Rule, family="server"):
    """The server answers in another format than it was asked for."""


class Comparison:
    """Compares answers of a server, and remembers which documented fields were seen."""

    def __init__(self, view: GuideView, *, is_xml: bool, wraps: bool) -> None:
        self.view = view
        self.is_xml = is_xml
        self.wraps = wraps
        self.problems: list[Problem] = []
        self._told: set[tuple[str, str, int, str]] = set()
        self._fields: dict[int, tuple[str, Mark]] = {}
        """The fields of records that came, by identity, with what messages call them."""
        self._seen: set[int] = set()

    def body(self, field: Field, value: Any, where: Mark) -> None:
        """An answer's body; `where` is the line of its status."""
        if self.is_xml and isinstance(value, Mapping) and len(value) == 1:
            (value,) = value.values()
        self._value(field, value, "the body", where, is_root=True)

    def never_seen(self) -> Iterator[Problem]:
        """The documented fields of records that came without them, each time."""
        for key, (name, mark) in self._fields.items():
            if key not in self._seen:
                yield NeverSeen.at(mark, f"{name} never came", "delete it, or say when it comes")

    def tell(self, rule: type[Rule], where: Mark, message: str, hint: str) -> None:
        """Keeps a finding, once for a place."""
        key = (rule.code, where.source.path, where.line, message)
        if key not in self._told:
            self._told.add(key)
            self.problems.append(rule.at(where, message, hint))

    def _value(self, field: Field, value: Any, name: str, where: Mark, *, is_root: bool = False) -> None:
        if value is None:
            if not field.nullable and (field.type or field.is_object or field.is_array):
                self.tell(UndocumentedNull, where, f"{name} came as null", "write `nullable: true`")
        elif field.is_array:
            self._array(field, value, name, where)
        elif field.is_object:
            self._object(field, value, name, where, is_root=is_root)
        else:
            self._scalar(field, value, name, where)

    def _array(self, field: Field, value: Any, name: str, where: Mark) -> None:
        if self.is_xml and value == "":
            return
        if self.is_xml and isinstance(value, Mapping) and len(value) == 1:
            (inner,) = value.values()
            value = inner if isinstance(inner, list) else [inner]
        if not isinstance(value, list):
            self.tell(
                OtherShape, where, f"{name} came as {_kind(value)}, and is documented as a list", _AS_IT_IS
            )
            return
        for each in value:
            if field.items is not None:
                self._value(field.items, each, f"an item of {name}", where, is_root=True)

    def _object(self, field: Field, value: Any, name: str, where: Mark, *, is_root: bool) -> None:
        if is_root and not self.is_xml:
            value = self._unwrapped(field, value, name, where)
        if not isinstance(value, Mapping):
            if not (self.is_xml and value == ""):
                self.tell(
                    OtherShape,
                    where,
                    f"{name} came as {_kind(value)}, and is documented as an object",
                    _AS_IT_IS,
                )
            return
        members = self.view.members(field)
        if members is None:
            return
        owner = f"`{field.object}`" if field.object else name
        for key, field_of in members.items():
            mark = _mark(members, key, where)
            self._fields.setdefault(id(field_of), (f"field `{key}` of {owner}", mark))
            if key in value:
                self._seen.add(id(field_of))
                self._value(field_of, value[key], f"field `{key}` of {owner}", mark)
            elif field_of.required:
                self.tell(MissingField, mark, f"field `{key}` of {owner} did not come", "delete `required`")
        for key, inner in value.items():
            if key in members:
                continue
            if field.additional_fields is not None:
                self._value(field.additional_fields, inner, f"field `{key}` of {owner}", where)
            else:
                at = _of_object(self.view, field, where)
                hint = f"add `{key}: {{type: {_type(inner)}}}`"
                self.tell(UndocumentedField, at, f"field `{key}` of {owner} is not documented", hint)

    def _unwrapped(self, field: Field, value: Any, name: str, where: Mark) -> Any:
        """The object without the name that wraps it in JSON, where the dialect wraps."""
        each = self.view.objects.get(field.object or "")
        wrapped = field.wrapped if field.wrapped is not None else each.wrapped if each else None
        sent = self.view.sent_name(field.object) if field.object else field.name
        if not self.wraps or wrapped is False or sent is None:
            return value
        if isinstance(value, Mapping) and [*value] == [sent]:
            return value[sent]
        at = _of_object(self.view, field, where)
        self.tell(OtherShape, at, f"{name} did not come wrapped in `{sent}`", "write `wrapped: false`")
        return value

    def _scalar(self, field: Field, value: Any, name: str, where: Mark) -> None:
        if isinstance(value, Mapping | list):
            if field.type:
                kind = " or ".join(field.type)
                self.tell(
                    OtherShape,
                    where,
                    f"{name} came as {_kind(value)}, and is documented as {kind}",
                    _AS_IT_IS,
                )
            return
        if field.type and not any(self._is(type_, value, field) for type_ in field.type):
            kind = " or ".join(field.type)
            hint = f"write `type: {_type(value)}`, if that is what it is"
            self.tell(OtherType, where, f"{name} came as {_type(value)}, and is documented as {kind}", hint)
            return
        allowed = {str(each.value) for each in field.enum or ()}
        allowed = {str(field.const)} if field.const is not None else allowed
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if allowed and text not in allowed:
            self.tell(UndocumentedValue, where, f"{name} came with a value that is not listed", "list it")

    def _is(self, type_: str, value: Any, field: Field) -> bool:
        """Whether a value is one of a type."""
        if self.is_xml:
            return fits(value, type_) or type_ == "string" or value == ""
        if field.as_json is not None and field.as_json.type == "string":
            return isinstance(value, str) and not isinstance(value, Number)
        if type_ == "boolean":
            return isinstance(value, bool)
        if type_ in ("integer", "decimal", "float"):
            return isinstance(value, Number) and fits(str(value), type_)
        return isinstance(value, str) and not isinstance(value, Number) and fits(value, type_)


_AS_IT_IS = "document it as it is"


def _mark(names: Mapping[str, Field], name: str, otherwise: Mark) -> Mark:
    mark = name_mark(names, name)
    return mark if mark.source.path else otherwise


def _of_object(view: GuideView, field: Field, otherwise: Mark) -> Mark:
    """Where an object is declared."""
    if field.object is None:
        return otherwise
    names = next((names for names in _declared(view) if field.object in names), {})
    mark = name_mark(names, field.object)
    return mark if mark.source.path else otherwise


def _declared(view: GuideView) -> Iterator[Mapping[str, Any]]:
    yield view.settings.objects
    yield from (resource.objects for resource in view.resources.values())


def _type(value: Any) -> str:
    """The type that a value has, of those that a guide can name."""
    if isinstance(value, Mapping):
        return "object"
    if isinstance(value, list):
        return "array"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, Number):
        return "integer" if fits(str(value), "integer") else "decimal"
    if value is None:
        return "string, nullable: true"
    kinds = ("datetime", "date")
    return next((kind for kind in kinds if fits(str(value), kind)), "string")


def _kind(value: Any) -> str:
    return {"object": "an object", "array": "a list"}.get(_type(value), "a single value")


def status_mark(names: Mapping[str, Any], status: str, title: object) -> Mark:
    """Where an endpoint lists a status; else where it has its title."""
    mark = name_mark(names, status)
    return mark if mark.source.path else mark_of(title)
