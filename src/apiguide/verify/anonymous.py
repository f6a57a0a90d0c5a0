"""Answers without what is private in them: texts are replaced by the guide's own documentation values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apiguide.examples.values import Scalar, Values, fits, own_value
from apiguide.mock.bodies import Number
from apiguide.mock.items import Items
from apiguide.model import Field
from apiguide.verify.differing import children, without_wrapper
from apiguide.yaml_source import Map, Text

ITEMS = 2
"""So many items of a list are enough for an example."""
_NUMBERS = ("integer", "decimal", "float")
_KEPT = (*_NUMBERS, "boolean", "date", "datetime", "datetime-local")
"""Types whose values tell nothing of anyone."""


class Anonymous:
    """Replaces the texts of an answer, and notes which names are not documented.

    Numbers, booleans, times and listed values stay, where the field is documented as one; but for the number
    that a record is known by. Any other text, and each key of a map, is the guide's own.
    """

    def __init__(self, items: Items, *, is_xml: bool = False, wraps: bool = True) -> None:
        self.items = items
        self.view = items.view
        self.is_xml = is_xml
        self.wraps = wraps
        self.undocumented: list[str] = []

    def of(self, field: Field, value: Any, name: str = "", *, is_root: bool = True) -> Any:
        """A value as it may be published; a body is stated without the name that wraps it."""
        if field.is_array and self.is_xml:
            value = children(value)
        if value is None:
            return None
        if isinstance(value, list):
            return [self.of(field.items or Field(), each, name) for each in value[:ITEMS]]
        if isinstance(value, Mapping):
            is_wrapped = is_root and self.wraps and not self.is_xml
            inner = without_wrapper(self.view, field, value) if is_wrapped else value
            return dict(self._members(field, inner, name))
        if field.is_object and self.is_xml and value == "":
            return {}
        return self._scalar(field, value, name)

    def _members(self, field: Field, value: Mapping[str, Any], at: str) -> Iterator[tuple[str, Any]]:
        members = self.view.members(field) or {}
        others = [key for key in value if key not in members]
        for key, inner in members.items():
            if key in value:
                path = f"{at}.{key}" if at else str(key)
                own = own_value(inner)
                if field.object is not None and key == self.items.key(field.object) and isinstance(own, Text):
                    yield str(key), _plain(own)
                else:
                    yield str(key), self.of(inner, value[key], path, is_root=False)
        if field.additional_fields is None:
            self.undocumented += [f"{at}.{key}" if at else key for key in others]
            return
        own = own_value(field)
        names = [str(key) for key in own] if isinstance(own, Map) else []
        names += [f"{_last(at) or 'key'}_{number}" for number in range(1, ITEMS + 1)]
        names = [each for each in dict.fromkeys(names) if each not in members]
        for key, name in zip(others[:ITEMS], names, strict=False):
            yield name, self.of(field.additional_fields, value[key], f"{at}.{name}", is_root=False)

    def _scalar(self, field: Field, value: Any, name: str) -> Any:
        types = field.type or ()
        text = str(value).lower() if isinstance(value, bool) else str(value)
        listed = {str(each.value) for each in field.enum or ()}
        if field.const is not None:
            listed.add(str(field.const))
        is_number = isinstance(value, Number) or self.is_xml
        if isinstance(value, bool) or (self.is_xml and text in ("true", "false")):
            if "boolean" in types:
                return text == "true"
        elif is_number and any(each in _NUMBERS and fits(text, each) for each in types):
            if isinstance(value, Number) or "string" not in types:
                return Number(text)
        elif types and set(types) <= {*_KEPT} and any(fits(text, each) for each in types):
            return text
        return text if text in listed or text == "" else self._own(field, name)

    def _own(self, field: Field, name: str) -> Any:
        """The guide's own value of a field."""
        own = own_value(field)
        if isinstance(own, Text):
            return _plain(own)
        made = Values(self.view).of(field, name=_last(name) or "text")
        return made.text if isinstance(made, Scalar) else None


def _plain(own: Text) -> Any:
    """A value of the guide, as it is written."""
    if own.is_null:
        return None
    is_literal = own.plain and any(fits(str(own), each) for each in (*_NUMBERS, "boolean"))
    return Number(own) if is_literal else str(own)


def _last(name: str) -> str:
    return name.rpartition(".")[2]
