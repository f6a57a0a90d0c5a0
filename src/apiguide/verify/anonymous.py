"""Answers without what is private in them: texts are replaced by the guide's own documentation values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apiguide.examples.values import fits, own_value
from apiguide.mock.bodies import Number
from apiguide.model import Field
from apiguide.view import GuideView
from apiguide.yaml_source import Text

_KEPT = ("integer", "decimal", "float", "boolean", "date", "datetime")
"""Types whose values tell nothing of anyone."""


class Anonymous:
    """Replaces the texts of an answer, and notes which names are not documented."""

    def __init__(self, view: GuideView) -> None:
        self.view = view
        self.undocumented: list[str] = []

    def of(self, field: Field, value: Any, name: str = "") -> Any:
        """A value as it may be published: numbers, booleans, times and listed values stay as they are."""
        if value is None:
            return None
        if isinstance(value, list):
            return [self.of(field.items or Field(), each, name) for each in value[:_ITEMS]]
        if isinstance(value, Mapping):
            return dict(self._members(field, self._unwrapped(field, value), name))
        if isinstance(value, bool | Number):
            return value
        return self._text(field, str(value))

    def _members(self, field: Field, value: Mapping[str, Any], at: str) -> Iterator[tuple[str, Any]]:
        members = self.view.members(field)
        for key, each in value.items():
            inner = (members or {}).get(key) or field.additional_fields
            if inner is None and members is not None:
                self.undocumented.append(f"{at}.{key}" if at else key)
                continue
            yield key, self.of(inner or Field(), each, f"{at}.{key}" if at else key)

    def _unwrapped(self, field: Field, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """The object without the name that wraps it: examples are stated without."""
        sent = self.view.sent_name(field.object) if field.object else field.name
        if sent is not None and len(value) == 1 and isinstance(value.get(sent), Mapping):
            members = self.view.members(field) or {}
            inner: Mapping[str, Any] = value[sent]
            return value if sent in members else inner
        return value

    @staticmethod
    def _text(field: Field, text: str) -> Any:
        if field.const is not None or any(str(each.value) == text for each in field.enum or ()):
            return text
        if any(type_ in _KEPT and fits(text, type_) for type_ in field.type or ()):
            return text
        own = own_value(field)
        return str(own) if isinstance(own, Text) and not own.is_null and text else "" if not text else "text"


_ITEMS = 2
"""So many items of a list are enough for an example."""
