"""Compares an answer with what is documented, and tells what differs at the lines of the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from apiguide.checks.server import (
    MissingField,
    NeverSeen,
    OtherShape,
    OtherType,
    UndocumentedField,
    UndocumentedNull,
    UndocumentedValue,
)
from apiguide.english import article
from apiguide.examples.values import fits
from apiguide.mock.bodies import Number
from apiguide.model import Field
from apiguide.problems import Mark, Problem, mark_of, name_mark, printable, quoted
from apiguide.rule import Rule
from apiguide.view import GuideView

MOST = 20
"""So many undocumented fields of one object are named; of more, it is said how many there are."""

Came = Callable[[str, Mapping[str, Any]], None]


class Comparison:
    """Compares answers of a server, and remembers which documented fields were seen.

    `came` is told of each record that came, as the body or in a list, with the object that it is; `clean`
    leaves secrets out of names that nobody knows.
    """

    def __init__(
        self, view: GuideView, *, is_xml: bool, wraps: bool, came: Came, clean: Callable[[str], str]
    ) -> None:
        self.view = view
        self.is_xml = is_xml
        self.wraps = wraps
        self.problems: list[Problem] = []
        self._came = came
        self._clean = clean
        self._told: set[tuple[str, str, int, str]] = set()
        self._fields: dict[int, tuple[str, Mark]] = {}
        """The fields of records that came, by identity, with what messages call them."""
        self._seen: set[int] = set()

    def body(self, field: Field, value: Any, where: Mark) -> None:
        """An answer's body; `where` is the line of its status."""
        if self.is_xml:
            value = without_root(self.view, field, value)
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
        has_scalars = any(each not in ("array", "object") for each in field.type or ())
        is_scalar = has_scalars and not isinstance(value, Mapping | list)
        if value is None:
            if not field.nullable and (field.type or field.is_object or field.is_array):
                self.tell(UndocumentedNull, where, f"{name} came as null", "write `nullable: true`")
        elif field.is_array and not is_scalar:
            self._array(field, value, name, where)
        elif field.is_object and not is_scalar:
            self._object(field, value, name, where, is_root=is_root)
        else:
            self._scalar(field, value, name, where)

    def _array(self, field: Field, value: Any, name: str, where: Mark) -> None:
        if self.is_xml:
            value = children(value)
        if not isinstance(value, list):
            self._other_shape(value, name, where, "a list")
            return
        for each in value:
            if field.items is not None:
                self._value(field.items, each, f"an item of {name}", where, is_root=True)

    def _object(self, field: Field, value: Any, name: str, where: Mark, *, is_root: bool) -> None:
        if is_root and not self.is_xml:
            value = self._unwrapped(field, value, name, where)
        if self.is_xml and value == "":
            value = {}
        if not isinstance(value, Mapping):
            self._other_shape(value, name, where, "an object")
            return
        if is_root and field.object is not None:
            self._came(field.object, value)
        members, others = self.view.members(field), field.additional_fields
        owner = f"`{field.object}`" if field.object else name
        for key, inner in (members or {}).items():
            self._member(inner, value, key, owner, _mark(members or {}, key, where))
        rest = [key for key in value if key not in (members or {})]
        if others is not None:
            for key in rest:
                self._value(others, value[key], f"a value of {name}", where, is_root=False)
        elif members is not None:
            self._undocumented(field, {key: value[key] for key in rest}, owner, where)

    def _member(self, field: Field, value: Mapping[str, Any], key: str, owner: str, mark: Mark) -> None:
        self._fields.setdefault(id(field), (f"field `{key}` of {owner}", mark))
        if key in value:
            self._seen.add(id(field))
            self._value(field, value[key], f"field `{key}` of {owner}", mark)
        elif field.required:
            self._seen.add(id(field))  # that it never came is told by this
            self.tell(MissingField, mark, f"field `{key}` of {owner} did not come", "delete `required`")

    def _undocumented(self, field: Field, values: Mapping[str, Any], owner: str, where: Mark) -> None:
        each = self.view.objects.get(field.object or "")
        for key, value in [*values.items()][:MOST]:
            name = self._clean(key)
            at, hint = (
                _of_object(self.view, field, where),
                f"add `{printable(name)}: {{type: {self._type(value)}}}`",
            )
            if each is not None and (field.fields is not None or key in each.fields):
                at, hint = where, "include it here too"
            self.tell(UndocumentedField, at, f"field {quoted(name)} of {owner} is not documented", hint)
        if len(values) > MOST:
            message = f"{len(values) - MOST} more fields of {owner} are not documented"
            at = _of_object(self.view, field, where)
            self.tell(UndocumentedField, at, message, "is it a map? write `additional_fields`")

    def _unwrapped(self, field: Field, value: Any, name: str, where: Mark) -> Any:
        """The object without the name that wraps it in JSON, where the dialect wraps."""
        sent = self.view.sent_name(field.object) if field.object else field.name
        if not self.wraps or sent is None or not isinstance(value, Mapping):
            return value
        is_wrapped = [*value] == [sent] and isinstance(value[sent], Mapping)
        inner = without_wrapper(self.view, field, value)
        if self.view.is_wrapped(field):
            if not is_wrapped:
                at = _of_object(self.view, field, where)
                self.tell(
                    OtherShape, at, f"{name} did not come wrapped in `{sent}`", "write `wrapped: false`"
                )
        elif inner is not value:
            self.tell(OtherShape, where, f"{name} came wrapped in `{sent}`", "delete `wrapped: false`")
        return inner

    def _scalar(self, field: Field, value: Any, name: str, where: Mark) -> None:
        kinds = " or ".join(field.type or ())
        if isinstance(value, Mapping | list):
            if kinds:
                self._other_shape(value, name, where, article(kinds))
            return
        if kinds and not any(self._is(type_, value, field) for type_ in field.type or ()):
            came = self._type(value)
            hint = f"write `type: {came}`, if that is what it is"
            self.tell(OtherType, where, f"{name} came as {came}, and is documented as {kinds}", hint)
            return
        allowed = {str(each.value) for each in field.enum or ()}
        allowed = {str(field.const)} if field.const is not None else allowed
        if allowed and _text(value) not in allowed:
            self.tell(UndocumentedValue, where, f"{name} came with a value that is not listed", "list it")

    def _other_shape(self, value: Any, name: str, where: Mark, documented: str) -> None:
        kind = {"object": "an object", "array": "a list"}.get(self._type(value), "a single value")
        message = f"{name} came as {kind}, and is documented as {documented}"
        self.tell(OtherShape, where, message, "document it as it is")

    def _is(self, type_: str, value: Any, field: Field) -> bool:
        """Whether a value is one of a type."""
        if self.is_xml:
            return fits(value, type_) or type_ == "string" or value == ""
        is_text = isinstance(value, str) and not isinstance(value, Number)
        if field.as_json is not None and field.as_json.type == "string":
            return is_text and fits(value, type_)
        if type_ == "boolean":
            return isinstance(value, bool)
        if type_ in ("integer", "decimal", "float"):
            return isinstance(value, Number) and fits(str(value), type_)
        return is_text and fits(value, type_)

    def _type(self, value: Any) -> str:
        """The type that a value has, of those that a guide can name."""
        if isinstance(value, Mapping):
            return "object"
        if isinstance(value, list):
            return "array"
        if isinstance(value, bool):
            return "boolean"
        if value is None:
            return "string, nullable: true"
        numbers = ("integer", "decimal")
        known = (
            ("boolean", *numbers, *_TIMES)
            if self.is_xml
            else numbers
            if isinstance(value, Number)
            else _TIMES
        )
        return next((kind for kind in known if fits(str(value), kind)), "string")


_TIMES = ("datetime", "datetime-local", "date")


def without_wrapper(view: GuideView, field: Field, value: Mapping[str, Any]) -> Mapping[str, Any]:
    """An object in JSON without the name that wraps it; one without it may have such a field."""
    sent = view.sent_name(field.object) if field.object else field.name
    inner = value.get(sent) if sent is not None and len(value) == 1 else None
    if not isinstance(inner, Mapping):
        return value
    return inner if view.is_wrapped(field) or sent not in (view.members(field) or {}) else value


def without_root(view: GuideView, field: Field, value: Any) -> Any:
    """What a body in XML holds below its root, which is the one field of an object that has no name."""
    if not isinstance(value, Mapping) or len(value) != 1:
        return value
    ((root, inner),) = value.items()
    is_member = field.is_object and not view.is_wrapped(field) and [*(view.members(field) or {})] == [root]
    return value if is_member else inner


def children(value: Any) -> Any:
    """The items of a list in XML, which may say that it is one, or only hold elements with one name."""
    if value == "":
        return []
    if isinstance(value, Mapping) and len(value) == 1:
        (inner,) = value.values()
        return inner if isinstance(inner, list) else [inner]
    return value


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


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def status_mark(names: Mapping[str, Any], status: str, title: object) -> Mark:
    """Where a status is listed; else where the endpoint has its title."""
    mark = name_mark(names, status)
    return mark if mark.source.path else mark_of(title)
