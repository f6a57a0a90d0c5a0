"""Findings as JSON, for programs of one's own."""

from __future__ import annotations

import json
from collections.abc import Sequence

from apiguide.checks.registry import RULES
from apiguide.formats.entries import Entry


def render(entries: Sequence[Entry]) -> str:
    """A list of objects, one for each finding."""
    found = [
        {
            "code": each.code,
            "family": RULES[each.code].family,
            "severity": each.severity,
            "message": each.message,
            "hint": each.hint,
            "path": each.path,
            "line": each.line,
            "column": each.column,
            "end_line": each.end_line,
            "end_column": each.end_column,
            "fingerprint": each.fingerprint,
        }
        for each in entries
    ]
    return json.dumps(found, indent=2)
