"""Values of fields as a typed tree, from what an example states and from the fields' own examples.

The same walk serves pages, which show the tree, and checks, which want the problems met on the way. The tree
knows nothing of formats but what the fields say of them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apiguide.english import article
from apiguide.examples.envelopes import is_envelope
from apiguide.identity import ByIdentity, Identity
from apiguide.inheritance.inherited import Inherited
from apiguide.model import Field
from apiguide.model.patterns import matches
from apiguide.model.scalars import INTEGER, NUMBER, NullNotAllowed, WrongKind, kind_of
from apiguide.problems import QUOTED_WIDTH, Problem, did_you_mean, listing, mark_of, quoted
from apiguide.rule import Rule
from apiguide.view import GuideView
from apiguide.yaml_source import Map, Seq, Text


class WrongType(Rule, family="values"):
    """A value does not have the type of its field."""


class UndeclaredValue(Rule, family="values"):
    """An example has a value that is not declared."""


class NotInEnum(Rule, family="values"):
    """A value is not among those allowed."""


class NotTheConstant(Rule, family="values"):
    """A value differs from the one that the field always has."""


class TooLong(Rule, family="values"):
    """A value is longer than `max_length` allows."""


class NotThePattern(Rule, family="values"):
    """A value does not match the field's `pattern`."""


class TooSmall(Rule, family="values"):
    """A number is smaller than the field's `minimum`."""


class TooLarge(Rule, family="values"):
    """A number is larger than the field's `maximum`."""


class NoItems(Rule, family="values"):
    """A list has values but does not say what its items are."""


@dataclass(frozen=True)
class Scalar:
    """A text of a type; `type` is None where nobody knows it."""

    text: str
    type: str | None = None
    xml_type: str | None = None
    """What XML's `type` attribute says instead of the type."""
    json_string: bool = False
    """Whether JSON carries it as text whatever its type."""


@dataclass(frozen=True)
class Null:
    """The absence of a value."""


@dataclass(frozen=True)
class Array:
    """A list; `item` is the element of each item in XML, `plural` the list's root where its object says."""

    items: tuple[Tree, ...]
    item: str | None = None
    plural: str | None = None


@dataclass(frozen=True)
class Structure:
    """Named values; `name` is the object's, under which JSON wraps it where the dialect wraps."""

    members: tuple[tuple[str, Tree], ...]
    name: str | None = None
    wrapped: bool = True


LISTED = 12
"""More allowed values than these are not listed in a hint."""

_Members = tuple[str | None, tuple[str, ...] | None, tuple[str, ...] | None]
"""An object's name, and the names of the fields that are chosen and left out."""

Tree = Scalar | Null | Array | Structure
Scalars = ByIdentity[dict[tuple[Identity | None, str], tuple[Tree, list[Problem]]]]
"""Single values and their problems, by field, then by node, if there is one, and name."""
FieldChoice = bool | tuple[str, ...]
"""Whether an object is shown with all of its fields, or with which of them."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_LOCAL = r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?"
_DATETIME = re.compile(_LOCAL + r"(?:[Zz]|[+-]\d\d:?\d\d)\Z")
_DATETIME_LOCAL = re.compile(_LOCAL + r"\Z")
"""The `date-time-local` of OpenAPI's registry of formats: one of RFC 3339 without its zone."""

_LIMITS = ("const", "enum", "maximum", "max_length", "minimum", "pattern")
"""Keys of fields that say which values these may have."""
_MADE = {
    "integer": "1",
    "decimal": "1.5",
    "float": "1.5",
    "boolean": "true",
    "date": "2024-01-31",
    "datetime": "2024-01-31T12:00:00Z",
    "datetime-local": "2024-01-31T12:00:00",
}
"""Values of fields that state none; checks count them as debt."""


class Values:
    """Makes the trees of one release, and keeps the problems that it meets."""

    def __init__(self, view: GuideView, *, request: bool = False, scalars: Scalars | None = None) -> None:
        """`scalars` are single values that others have made; they get those that this makes."""
        self.view = view
        self.request = request
        self.problems: list[Problem] = []
        self._within: list[_Members] = []
        self._allowed: ByIdentity[dict[str, None]] = ByIdentity()
        self._scalars = scalars

    def of(
        self, field: Field, node: Any = None, *, all_fields: FieldChoice = False, name: str = "value"
    ) -> Tree:
        """The value of a field: `node` where one is given, else the field's own.

        A stated object has the members that it states and required ones. A made one, or any with
        `all_fields`, has all, or those that `all_fields` names.
        """
        if node is None:
            node = own_value(field)
            if self.request and isinstance(node, Text) and node.is_null and not field.nullable:
                node = None
        if isinstance(node, Text) and node.is_null:
            if not field.nullable and (field.type or field.is_object or field.is_array):
                hint = 'state `nullable: true`, or quote "null"'
                self._problem(NullNotAllowed, f"`{name}` is not nullable", node, hint)
            return Null()
        if field.is_array:
            return self._array(field, node, all_fields=all_fields, name=name)
        if field.is_object or (isinstance(node, Map) and not field.type):
            return self._structure(field, node, all_fields=all_fields, name=name)
        return self._scalar(field, node, name)

    def structure(self, fields: Mapping[str, Field], stated: Mapping[str, Any] | None) -> Structure:
        """The values of named fields: stated and required ones, or all where nothing is stated."""
        return Structure(tuple(self._members(fields, stated or {}, all_fields=stated is None)))

    def _members(
        self,
        fields: Mapping[str, Field],
        values: Mapping[str, Any],
        *,
        all_fields: FieldChoice,
        within_stated: FieldChoice = False,
    ) -> Iterator[tuple[str, Tree]]:
        """Named values; those that are stated have the fields that they state, or `within_stated`."""
        for key in values:
            if key not in fields:
                hint = did_you_mean(key, fields) or "declare it, or delete it"
                self._problem(UndeclaredValue, f"`{key}` is not declared", key, hint)
        for name, field in fields.items():
            if name in values:
                yield name, self.of(field, values[name], all_fields=within_stated, name=name)
            elif not self._repeats(field) and (field.required or self._is_shown(name, field, all_fields)):
                yield name, self.of(field, name=name)

    def _is_shown(self, name: str, field: Field, all_fields: FieldChoice) -> bool:
        """Whether an object is made with the field that nothing asks for."""
        return (
            all_fields if isinstance(all_fields, bool) else name in all_fields
        ) and not self._only_replied(field)

    def _only_replied(self, field: Field) -> bool:
        """Whether a made request goes without the field: its value is null, which only responses may say."""
        own = own_value(field)
        return self.request and isinstance(own, Text) and own.is_null and not field.nullable

    def _repeats(self, field: Field) -> bool:
        """Whether the field holds an object that is being made already, with the same fields."""
        return field.object is not None and field.fields is None and _members_of(field) in self._within

    def _structure(self, field: Field, node: Any, *, all_fields: FieldChoice, name: str) -> Tree:
        if node is not None and not isinstance(node, Map):
            self._wrong_kind(field, f"`{name}` is an object", node, "write `key: value` pairs")
            node = None
        values: Mapping[str, Any] = node if node is not None else {}
        declared = self.view.members(field, request=self.request)
        is_free = declared is None and not self.view.is_lost(field)
        free = field.additional_fields or (Field() if is_free else None)
        fields = dict(declared or {})
        if free is not None:
            fields |= {key: free for key in values if key not in fields}
        self._within.append(_members_of(field))
        is_made = node is None and isinstance(all_fields, bool)
        wraps = all_fields is True and (free is not None or is_envelope(self.view, field))
        members = tuple(self._members(fields, values, all_fields=is_made or all_fields, within_stated=wraps))
        self._within.pop()
        return Structure(
            members,
            self.view.sent_name(field.object) if field.object else field.name,
            self.view.is_wrapped(field),
        )

    def _array(self, field: Field, node: Any, *, all_fields: FieldChoice, name: str) -> Tree:
        items = field.items
        if node is not None and not isinstance(node, Seq):
            self._wrong_kind(field, f"`{name}` is a list", node, "write […]")
            node = None
        if items is None:
            if node:
                hint = "state `items: {type: …}`"
                self._problem(NoItems, f"`{name}` does not say what its items are", node, hint)
            return Array(())
        element = items.name or (self.view.sent_name(items.object) if items.object else None)
        each = self.view.objects.get(items.object) if items.object else None
        nodes: Iterable[Any] = node if node is not None else () if self._repeats(items) else (None,)
        trees = [
            self.of(items, item, all_fields=all_fields, name=element or "item")
            for item in (() if self.view.is_lost(items) else nodes)
        ]
        return Array(tuple(trees), element, each.plural if each else None)

    def _scalar(self, field: Field, node: Any, name: str) -> Tree:
        if self._scalars is None:
            return self._made_scalar(field, node, name)
        of_field = self._scalars.get(field)
        if of_field is None:
            of_field = self._scalars[field] = {}
        key = (None if node is None else Identity(node), name)
        known = of_field.get(key)
        if known is None:
            before = len(self.problems)
            tree = self._made_scalar(field, node, name)
            of_field[key] = (tree, self.problems[before:])
            return tree
        self.problems += known[1]
        return known[0]

    def _made_scalar(self, field: Field, node: Any, name: str) -> Tree:
        xml_type = field.as_xml.type if field.as_xml else None
        json_string = field.as_json is not None and field.as_json.type == "string"
        if node is None:
            first = next(iter(field.type or ()), None)
            return Scalar(_MADE.get(str(first), name), first, xml_type, json_string)
        if isinstance(node, Map | Seq):
            self._wrong_kind(field, f"`{name}` is a single value", node, "write one value")
            return Scalar("", None)
        empty = field.allow_empty_value and node == ""
        types: tuple[str, ...] = field.type or ()
        kind = _kind(node, types)
        if kind is None and types and not empty:
            hint = _TYPE_HINTS.get(types[0])
            other = {"datetime": "datetime-local", "datetime-local": "datetime"}.get(types[0])
            if other is not None and fits(str(node), other):
                with_or_without = "without a time zone" if other == "datetime-local" else "with a time zone"
                hint = f"{hint}; the type of one {with_or_without} is `{other}`"
            self._problem(WrongType, f"`{node}` is not {article(' or '.join(types))}", node, hint)
        if not empty and not field.stated.isdisjoint(_LIMITS):
            self._limits(field, node)
        return Scalar(str(node), kind, xml_type, json_string)

    def _limits(self, field: Field, node: Text) -> None:
        """What else the field says of its values."""
        text = str(node)
        allowed = self._allowed_values(field)
        if allowed and text not in allowed:
            hint = did_you_mean(text, allowed) or f"choose from {listing([*allowed][:LISTED])}"
            self._problem(NotInEnum, f"`{text}` is not among the allowed values", node, hint)
        if field.const is not None and text != str(field.const):
            self._problem(NotTheConstant, f"the value must be `{field.const}`", node, "write that")
        if field.max_length is not None and len(text) > field.max_length:
            message = f"the text has {len(text)} characters; at most {field.max_length} are allowed"
            self._problem(TooLong, message, node, "shorten it")
        if field.pattern is not None and not matches(field.pattern, text):
            message = f"{quoted(text)} does not match {quoted(field.pattern)}"
            self._problem(NotThePattern, message, node, "write one that does, or correct the pattern")
        if NUMBER.match(text) and not {*(field.type or ())} & {"string"}:
            number = Decimal(text)
            if field.minimum is not None and number < field.minimum:
                self._problem(
                    TooSmall, f"{_short(text)} is less than the minimum {field.minimum}", node, _RANGE
                )
            if field.maximum is not None and number > field.maximum:
                self._problem(
                    TooLarge, f"{_short(text)} is more than the maximum {field.maximum}", node, _RANGE
                )

    def _allowed_values(self, field: Field) -> dict[str, None]:
        """The values that a field lists, kept: a long list is asked for once by each of its values."""
        known = self._allowed.get(field)
        if known is None:
            known = self._allowed[field] = {str(each.value): None for each in field.enum or ()}
        return known

    def _wrong_kind(self, field: Field, wanted: str, node: Any, hint: str) -> None:
        """A value is of another kind than its field; what is of several kinds is a problem by itself."""
        if len(field.type or ()) < 2 or not (field.is_object or field.is_array):
            self._problem(WrongKind, f"{wanted}, not {kind_of(node)}", node, hint)

    def _problem(self, rule: type[Rule], message: str, at: Any, hint: str | None = None) -> None:
        if isinstance(at, Inherited):
            message = f"{message}, and is inherited as `{at.key}`"
            hint = f"state `{at.key}` here too, with what is allowed"
        self.problems.append(rule.at(mark_of(at), message, hint))


def _short(number: str) -> str:
    return number if len(number) <= QUOTED_WIDTH else quoted(number)


def _members_of(field: Field) -> _Members:
    """What a field that has no fields of its own says of those it holds."""
    return field.object, field.only, field.without


def own_value(field: Field) -> Any:
    """What a field says of its own value: const, else example, default, the first of enum; else None."""
    for node in (field.const, field.example, field.default):
        if node is not None:
            return node
    return field.enum[0].value if field.enum else None


def _kind(node: Text, types: tuple[str, ...]) -> str | None:
    """Which of a field's types a value has; None where it fits none.

    Where a text is one of them, quotes tell it from the others.
    """
    if len(types) > 1 and "string" in types:
        others = (each for each in types if each != "string" and node.plain and fits(node, each))
        return next(others, "string")
    return next((each for each in types if fits(node, each)), None)


def fits(text: str, type_: str) -> bool:
    """Whether a text is a value of one of `model.TYPES` (numbers by RFC 8259, date-times by RFC 3339)."""
    check = _FITS.get(type_)
    return check(text) if check else type_ == "string"


def _is_date(text: str) -> bool:
    return bool(_DATE.match(text)) and _parses(datetime.date.fromisoformat, text)


def _is_datetime(text: str, form: re.Pattern[str] = _DATETIME) -> bool:
    return bool(form.match(text)) and _parses(datetime.datetime.fromisoformat, text.upper())


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


_FITS: Mapping[str, Callable[[str], bool]] = {
    "integer": lambda text: bool(INTEGER.match(text)),
    "decimal": lambda text: bool(NUMBER.match(text)),
    "float": lambda text: bool(NUMBER.match(text)),
    "boolean": lambda text: text in ("true", "false"),
    "date": _is_date,
    "datetime": _is_datetime,
    "datetime-local": lambda text: _is_datetime(text, _DATETIME_LOCAL),
}
_RANGE = "write one within the limits, or correct the limit"
_TYPE_HINTS = {
    "integer": "write only digits, as in 42",
    "decimal": "write it as JSON does, as in 9.90",
    "float": "write it as JSON does, as in 0.5",
    "boolean": "write true or false",
    "date": "write it as in 2024-01-31",
    "datetime": "write it as in 2024-01-31T12:00:00Z",
    "datetime-local": "write it as in 2024-01-31T12:00:00",
}
