"""What the last check of a project found, kept for as long as nothing in it has changed.

Entries are JSON, keyed by the content of all files that a check reads and by this tool's own files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apiguide import cache
from apiguide.folders import CONFIG, DOCS, MACROS, REFERENCE
from apiguide.problems import Mark, Problem, Severity, Source, errors

if TYPE_CHECKING:
    from apiguide.checks import Checked

READ = (REFERENCE, DOCS, MACROS, CONFIG)
"""The folders and files that a check looks into."""
KEPT = 100
"""How many entries are kept."""


@dataclass(frozen=True)
class Findings:
    """What a check found."""

    problems: tuple[Problem, ...]
    endpoints: int | None
    """How many endpoints there are; None where there is no guide."""
    resources: int
    debt: Mapping[str, int]
    """How much debt guide.yaml allows resources."""
    not_checked: str = ""
    """A line that says what was not looked at, and why."""

    @property
    def is_good(self) -> bool:
        """Whether there are no errors."""
        return not errors(self.problems)


def findings(root: Path) -> Findings:
    """What a check of the project in `root` finds, from the last one where nothing has changed."""
    folder = cache.folder()
    entry = folder / f"check-{cache.key(root, READ)}.json" if folder is not None else None
    found = _load(entry, root) if entry is not None else None
    if found is None:
        from apiguide.checks import check

        found = of(check(root))
        if entry is not None:
            _save(found, entry)
    return found


def of(checked: Checked) -> Findings:
    """What a check found, without the guide itself."""
    guide = checked.guide
    if guide is None:
        return Findings(checked.problems, None, 0, {})
    counts, debt = (len(guide.endpoints), len(guide.resources)), dict(guide.settings.debt)
    return Findings(checked.problems, *counts, debt, checked.not_checked)


def _load(entry: Path, root: Path) -> Findings | None:
    values = cache.load(entry)
    try:
        sources: dict[str, Source] = {}
        problems = tuple(_problem(each, root, sources) for each in values["problems"])
        counts = values["endpoints"], int(values["resources"])
        return Findings(problems, *counts, dict(values["debt"]), values["not_checked"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _problem(values: Mapping[str, Any], root: Path, sources: dict[str, Source]) -> Problem:
    path, *location = values["where"]
    if path not in sources:
        text = (root / path).read_bytes().decode("utf-8").removeprefix("\ufeff") if values["text"] else ""
        sources[path] = Source(path, text)
    where = Mark(sources[path], *map(int, location))
    return Problem(values["code"], values["message"], where, values["hint"], Severity(values["severity"]))


def _save(found: Findings, entry: Path) -> None:
    """Writes an entry; where that fails, there is none."""
    problems = [
        {
            "code": each.code,
            "message": each.message,
            "where": [each.where.source.path, *each.where[1:]],
            "text": bool(each.where.source.text),
            "hint": each.hint,
            "severity": each.severity,
        }
        for each in found.problems
    ]
    values = {
        "problems": problems,
        "endpoints": found.endpoints,
        "resources": found.resources,
        "debt": dict(found.debt),
        "not_checked": found.not_checked,
    }
    cache.save(entry, values, most=KEPT)
