"""Findings as GitLab's code quality report."""

from __future__ import annotations

import json
from collections.abc import Sequence

from apiguide.formats.entries import Entry
from apiguide.problems import Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def render(entries: Sequence[Entry]) -> str:
    """A list of objects, one for each finding; GitLab tells new ones from old ones by their fingerprints."""
    found = [
        {
            "description": each.text,
            "check_name": each.code,
            "fingerprint": each.fingerprint,
            "severity": _SEVERITIES[each.severity],
            "location": {
                "path": each.path,
                "positions": {
                    "begin": {"line": each.line, "column": each.column},
                    "end": {"line": each.end_line, "column": each.end_column},
                },
            },
        }
        for each in entries
    ]
    return json.dumps(found, indent=2)
