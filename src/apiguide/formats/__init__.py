"""What a check found, in the formats that CI systems read. The same findings are in each.

Pure functions from problems to text; the format for people is `problems.report`.
"""

from __future__ import annotations

from collections.abc import Iterable

from apiguide.formats import github, gitlab, json, junit, sarif
from apiguide.formats.entries import Entry, entries
from apiguide.problems import Problem

FORMATS = ("github", "gitlab", "json", "junit", "sarif")


def render(format_: str, problems: Iterable[Problem], base: str = "", *, strict: bool = False) -> str:
    """The problems in one of the `FORMATS`; with `strict`, warnings fail the check."""
    found = tuple(entries(problems, base))
    if format_ == "junit":
        return junit.render(found, strict=strict)
    writers = {
        "github": github.render,
        "gitlab": gitlab.render,
        "json": json.render,
        "sarif": sarif.render,
    }
    return writers[format_](found)


__all__ = ["FORMATS", "Entry", "entries", "render"]
