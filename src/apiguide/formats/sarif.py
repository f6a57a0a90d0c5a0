"""Findings as SARIF 2.1.0, the format of OASIS that code scanning services read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from apiguide import __version__
from apiguide.checks.registry import RULES
from apiguide.formats.entries import Entry
from apiguide.project_urls import project_url, rule_url
from apiguide.rule import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(entries: Sequence[Entry]) -> str:
    """A log of one run, with the pages of the rules that found something."""
    codes = list(dict.fromkeys(each.code for each in entries))
    home = project_url("Homepage")
    run = {
        "tool": {
            "driver": {
                "name": "apiguide",
                "version": __version__,
                "semanticVersion": __version__,
                **({"informationUri": home} if home is not None else {}),
                "rules": [_rule(RULES[code]) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, codes.index(each.code)) for each in entries],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(rule: type[Rule]) -> dict[str, Any]:
    page = f"{rule.title()}\n\n{rule.body()}"
    url = rule_url(rule.code)
    return {
        "id": rule.code,
        "name": rule.__name__,
        "shortDescription": {"text": rule.title()},
        "help": {"text": page, "markdown": page},
        **({"helpUri": url} if url is not None else {}),
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": [rule.family]},
    }


def _result(entry: Entry, index: int) -> dict[str, Any]:
    region = {
        "startLine": entry.line,
        "startColumn": entry.column,
        "endLine": entry.end_line,
        "endColumn": entry.end_column,
    }
    location = {"artifactLocation": {"uri": quote(entry.path)}, "region": region}
    return {
        "ruleId": entry.code,
        "ruleIndex": index,
        "level": entry.severity,
        "message": {"text": entry.text},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"apiguide/v1": entry.fingerprint},
    }
