"""Findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from apiguide.formats.entries import Entry


def render(entries: Sequence[Entry], accepted: int = 0) -> str:
    """A line for each finding, `::error file=…,line=…::message`, and one for all `accepted` debt."""
    lines = [*map(_command, entries)]
    if accepted:
        what = f"debt within its budget: {accepted}; `apiguide check --debt` counts it by resource"
        lines.append(f"::notice title=debt::{_data(what)}")
    return "\n".join(lines)


def _command(entry: Entry) -> str:
    location = {"file": entry.path, "line": entry.line, "endLine": entry.end_line}
    if entry.line == entry.end_line:  # columns count within one line only
        location |= {"col": entry.column, "endColumn": entry.end_column}
    location["title"] = entry.code
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in location.items())
    return f"::{entry.severity} {properties}::{_data(entry.text)}"


def _data(text: str) -> str:
    """The text of a command as GitHub's own toolkit escapes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
