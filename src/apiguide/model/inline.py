"""Values in a line of text, as pages and messages show those that a field states."""

from __future__ import annotations

import json
from typing import Any

from apiguide.model.field import Field
from apiguide.model.scalars import NUMBER
from apiguide.yaml_source import Map, Seq, Text

_UNKNOWN = Field()


def in_line(node: Any, field: Field = _UNKNOWN) -> str:
    """A value as typed; a list or an object as JSON, whose values have the types of the field."""
    return _json(node, field) if isinstance(node, Map | Seq) else str(node)


def _json(node: Any, field: Field) -> str:
    if isinstance(node, Seq):
        return f"[{', '.join(_json(item, field.items or _UNKNOWN) for item in node)}]"
    if isinstance(node, Map):
        fields, others = field.fields or {}, field.additional_fields or _UNKNOWN
        pairs = (f"{_quoted(key)}: {_json(value, fields.get(key, others))}" for key, value in node.items())
        return f"{{{', '.join(pairs)}}}"
    return str(node) if _is_literal(node, field) else _quoted(node)


def _is_literal(text: Text, field: Field) -> bool:
    """Whether JSON carries a text as it is."""
    types = field.type or ()
    is_text = "string" in types or (field.as_json is not None and field.as_json.type == "string")
    if text.is_null:
        return True
    if (is_text and len(types) == 1) or (not text.plain and (is_text or not types)):
        return False
    return text in ("true", "false") or bool(NUMBER.match(text))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
