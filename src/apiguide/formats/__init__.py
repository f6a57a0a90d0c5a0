"""What a check found, in the formats that CI systems read. The same findings are in each.

Pure functions from problems to text; the format for people is `problems.report`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from apiguide.formats import github, gitlab, json, junit, sarif
from apiguide.formats.entries import Entry, entries
from apiguide.problems import Problem, ordered

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


def for_github(
    problems: Iterable[Problem], base: str = "", *, changed: Collection[str] = (), accepted: int = 0
) -> str:
    """The problems for GitHub, which shows the first ten of each kind: those of `changed` files come first.

    `accepted` says how much debt is left out of them.
    """
    found = sorted(ordered(problems), key=lambda problem: problem.where.source.path not in changed)
    return github.render([each for one in found for each in entries([one], base)], accepted)


__all__ = ["FORMATS", "Entry", "entries", "for_github", "render"]
