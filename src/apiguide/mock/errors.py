"""Messages in the error object of an API, whatever its shape."""

from __future__ import annotations

from collections.abc import Callable

from apiguide.examples.values import own_value
from apiguide.mock.judge import NOWHERE
from apiguide.model import Field
from apiguide.view import GuideView
from apiguide.yaml_source import Map, Node, Seq, Text

_DEEPEST = 5
_WHOLE = "base"
"""The name under which Rails tells what is wrong with a whole object."""


def stated(view: GuideView, body: Field, messages: tuple[str, ...], depth: int = 0) -> Node | None:
    """An error object with messages, as a guide would state it; None where it has no place for them.

    They go into the first list of texts, else into the first text that is a sentence in the guide too, else
    into the first text, else into what is nested.
    """
    if depth == _DEEPEST:
        return None
    if body.is_array:
        items = body.items
        if items is None:
            return None
        found = [stated(view, items, (each,), depth + 1) for each in messages]
        nodes = [node for node in found if node is not None]
        return Seq.make(nodes, NOWHERE) if len(nodes) == len(found) else None
    if not body.is_object:
        return Text.make("; ".join(messages), NOWHERE, plain=False) if _is_text(body) else None
    members = view.members(body) or {}
    for fits in _ORDER:
        for name, field in members.items():
            node = stated(view, field, messages, depth + 1) if fits(field) else None
            if node is not None:
                others = {name: own_value(other) for name, other in members.items() if depth}
                given = {name: value for name, value in others.items() if value is not None}
                return Map.make({**given, name: node}, NOWHERE)
    free = body.additional_fields
    node = stated(view, free, messages, depth + 1) if free is not None else None
    return None if node is None else Map.make({Text.make(_WHOLE, NOWHERE): node}, NOWHERE)


def _is_text(field: Field) -> bool:
    is_single = not field.is_array and not field.is_object
    is_free = field.const is None and not field.enum
    return is_single and is_free and (not field.type or "string" in field.type)


def _is_sentence(field: Field) -> bool:
    return _is_text(field) and " " in str(own_value(field) or "")


def _is_list_of_texts(field: Field) -> bool:
    return field.is_array and field.items is not None and _is_text(field.items)


def _is_nested(field: Field) -> bool:
    return field.is_array or field.is_object


_ORDER: tuple[Callable[[Field], bool], ...] = (_is_list_of_texts, _is_sentence, _is_text, _is_nested)
