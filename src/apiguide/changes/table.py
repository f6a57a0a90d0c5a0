"""What each difference means for clients: by the key that differs, and by what happened to it.

The comparison finds keys and what happened; whether that is a difference at all, and which, is said here and
nowhere else. The handbook shows the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

ITSELF = "itself"
"""In the place of a key: the part as a whole."""


class What(StrEnum):
    """What happened to a key, or to a part as a whole."""

    CAME = "came"
    WENT = "went"
    WIDER = "wider"
    """It allows more than before."""
    NARROWER = "narrower"
    """It allows less than before."""
    OTHER = "other"
    """It is something else now."""
    UNKNOWN = "unknown"
    """It differs, but nobody can tell which of the two allows more."""
    DOCUMENTED = "documented"
    """It is documented from here on, and may be older."""


CAME, WENT, WIDER, NARROWER, OTHER, UNKNOWN, DOCUMENTED = What

Codes = tuple[str | None, str | None]
"""The rule for requests and the one for responses; None where it is no difference."""
Rows = Mapping[What, Codes]
Table = Mapping[str, Rows]

WORDING: Rows = {}
"""Only people notice it."""
INSIDE: Rows = {}
"""It is resolved: what comes of it is compared, part by part."""


def _both(code: str) -> Codes:
    return code, code


_LIMIT: Rows = {
    WIDER: ("range-widened", "response-range-widened"),
    NARROWER: ("range-narrowed", "response-range-narrowed"),
}
_FORM: Rows = {each: _both("form-changed") for each in (CAME, WENT, OTHER)}
_DEPRECATED: Rows = {CAME: _both("deprecated"), WENT: _both("deprecation-ended")}
_SPAN: Table = dict.fromkeys(("since", "documented_since", "absent", "removed"), INSIDE)
_VALUES: Rows = {
    WIDER: ("value-added", "response-value-added"),
    NARROWER: ("value-removed", "response-value-removed"),
    DOCUMENTED: _both("value-documented"),
}

FIELD: Table = {
    ITSELF: {
        CAME: ("parameter-added", "field-added"),
        WENT: ("parameter-removed", "field-removed"),
        OTHER: ("parameter-moved", None),
        DOCUMENTED: ("parameter-documented", "field-documented"),
    },
    f"{ITSELF}, required": {CAME: ("required-parameter-added", "field-added")},
    "type": {
        WIDER: ("type-widened", "field-retyped"),
        NARROWER: ("type-narrowed", "field-type-narrowed"),
        OTHER: ("type-narrowed", "field-retyped"),
        UNKNOWN: (None, None),
    },
    "unit": {OTHER: _both("unit-changed"), UNKNOWN: (None, None)},
    "description": WORDING,
    "required": {
        CAME: ("parameter-required", "field-required"),
        WENT: ("parameter-optional", "field-optional"),
    },
    "nullable": {
        CAME: ("parameter-nullable", "field-nullable"),
        WENT: ("parameter-not-nullable", "field-not-nullable"),
    },
    "allow_empty_value": {CAME: ("empty-value-allowed", None), WENT: ("empty-value-refused", None)},
    "default": dict.fromkeys((CAME, WENT, OTHER), ("default-changed", "response-default-changed")),
    "const": _VALUES,
    "example": WORDING,
    "enum": _VALUES,
    "minimum": _LIMIT,
    "maximum": _LIMIT,
    "max_length": _LIMIT,
    "pattern": {
        WENT: ("range-widened", "response-range-widened"),
        CAME: ("range-narrowed", "response-range-narrowed"),
        UNKNOWN: _both("pattern-changed"),
    },
    "format": {each: _both("format-changed") for each in (CAME, WENT, OTHER)},
    "name": _FORM,
    "object": INSIDE,
    "only": INSIDE,
    "without": INSIDE,
    "wrapped": {OTHER: _both("form-changed")},
    "items": INSIDE,
    "fields": INSIDE,
    "sections": WORDING,
    "additional_fields": {
        CAME: ("parameter-added", "field-added"),
        WENT: ("parameter-removed", "field-removed"),
        UNKNOWN: (None, None),
    },
    "xml": _FORM,
    "json": _FORM,
    "replaces": INSIDE,
    "extends": INSIDE,
    **_SPAN,
    "deprecated": _DEPRECATED,
}
"""A parameter, or a field of a request or response."""

VALUE: Table = {
    "value": _VALUES,
    "description": WORDING,
    **_SPAN,
    "deprecated": _DEPRECATED,
}
"""An allowed value."""

PERMISSION: Table = {
    ITSELF: {
        CAME: ("permission-added", None),
        WENT: ("permission-removed", None),
        DOCUMENTED: ("permission-documented", None),
    },
    "value": INSIDE,
    "description": WORDING,
    **_SPAN,
    "deprecated": WORDING,
}

ENDPOINT: Table = {
    ITSELF: {
        CAME: ("endpoint-added", None),
        WENT: ("endpoint-removed", None),
        DOCUMENTED: ("endpoint-documented", None),
    },
    "title": WORDING,
    "method": {OTHER: ("endpoint-moved", None)},
    "path": {OTHER: ("endpoint-moved", None)},
    "description": WORDING,
    "permissions": INSIDE,
    "safe": {CAME: ("safety-added", None), WENT: ("safety-removed", None)},
    "prefer": WORDING,
    "formats": {CAME: ("format-added", None), WENT: ("format-removed", None)},
    "incomplete": WORDING,
    "paging": INSIDE,
    "notes": {DOCUMENTED: ("note-documented", None)},
    "parameters": INSIDE,
    "responses": INSIDE,
    "examples": WORDING,
    "formerly": INSIDE,
    **_SPAN,
    "deprecated": _DEPRECATED,
}

RESPONSE: Table = {
    f"{ITSELF}, 2xx": {
        CAME: (None, "success-added"),
        WENT: (None, "status-removed"),
        DOCUMENTED: (None, "status-documented"),
    },
    f"{ITSELF}, other": {
        CAME: (None, "status-added"),
        WENT: (None, "status-removed"),
        DOCUMENTED: (None, "status-documented"),
    },
    "description": WORDING,
    "body": {
        CAME: (None, "body-added"),
        WENT: (None, "body-removed"),
        DOCUMENTED: (None, "body-documented"),
    },
    **_SPAN,
    "deprecated": _DEPRECATED,
}
"""A status with what it returns."""

OBJECT: Table = {
    ITSELF: {
        CAME: (None, "object-added"),
        WENT: (None, "object-removed"),
        DOCUMENTED: (None, "object-documented"),
    },
    "name": _FORM,
    "plural": _FORM,
    "wrapped": _FORM,
    "description": WORDING,
    "sections": WORDING,
    "brief": WORDING,
    "extends": INSIDE,
    "only": INSIDE,
    "without": INSIDE,
    "fields": INSIDE,
    **_SPAN,
    "deprecated": _DEPRECATED,
}

RESOURCE: Table = {
    ITSELF: {
        CAME: ("resource-added", None),
        WENT: ("resource-removed", None),
        DOCUMENTED: ("resource-documented", None),
    },
    "title": WORDING,
    "group": WORDING,
    "description": WORDING,
    "notes": {DOCUMENTED: ("note-documented", None)},
    "parameters": INSIDE,
    "objects": INSIDE,
    "formerly": INSIDE,
    **_SPAN,
    "deprecated": _DEPRECATED,
}

TABLES: Mapping[str, Table] = {
    "parameter or field": FIELD,
    "allowed value": VALUE,
    "permission": PERMISSION,
    "endpoint": ENDPOINT,
    "response": RESPONSE,
    "object": OBJECT,
    "resource": RESOURCE,
}
"""The tables by what they are about."""


def code_of(key: str, what: What, *, is_request: bool) -> str | None:
    """The rule of what happened to a key of a parameter or field; None where it is no difference."""
    return FIELD[key][what][0 if is_request else 1]


def rule_of(noun: str, key: str, what: What) -> str:
    """The rule of what happened to a key of one of the `TABLES`, for a part that knows its own side."""
    return next(code for code in TABLES[noun][key][what] if code is not None)


def of_status(status: str) -> str:
    """The row of a response as a whole."""
    return f"{ITSELF}, {'2xx' if status.startswith('2') else 'other'}"
