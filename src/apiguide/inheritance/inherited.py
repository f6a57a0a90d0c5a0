"""Values that a field inherits although it says itself which ones are allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apiguide.model import Value
from apiguide.problems import Mark
from apiguide.yaml_source import Map, Seq, Text

VALUES = ("default", "enum", "example")
"""Keys with values that must be allowed."""
_ALLOWED = (
    *("additional_fields", "const", "enum", "fields", "items", "max_length", "maximum", "minimum"),
    *("object", "only", "pattern", "type", "without"),
)
"""Keys that say which values are allowed."""


class Inherited(Text):
    """A value that a field inherits, at the place of the field: that is where to state another."""

    __slots__ = ("key",)
    key: str
    """What the value is of the field."""


def narrows(own: Mapping[str, Any]) -> bool:
    """Whether a field says itself which values are allowed."""
    return any(own[key] is not None for key in _ALLOWED)


def moved(value: Any, key: str, mark: Mark) -> Any:
    """An inherited value at another place."""
    if isinstance(value, Text):
        text = Inherited.make(value, mark, plain=value.plain)
        assert isinstance(text, Inherited), "made by its own class"
        text.key = key
        return text
    if isinstance(value, Value):
        return value.replace(value=moved(value.value, key, mark))
    if isinstance(value, Map):
        entries = {moved(name, key, mark): moved(each, key, mark) for name, each in value.items()}
        return Map.make(entries, mark)
    if isinstance(value, Seq):
        return Seq.make((moved(each, key, mark) for each in value), mark)
    return tuple(moved(each, key, mark) for each in value) if isinstance(value, tuple) else value
