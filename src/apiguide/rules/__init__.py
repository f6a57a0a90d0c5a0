"""The rules of a check: each has a code, a severity, and a page that says what is wrong, why, and the fix.

A module holds a family. What a rule looks for is written in `apiguide.checks` and in what reads the files;
these are their names, and `pages/` has a Markdown file for each code. From both, the handbook,
`apiguide rule` and reports for CI systems are made.
"""

from __future__ import annotations

from types import ModuleType

from apiguide.rules import (
    docs,
    files,
    names,
    references,
    requests,
    settings,
    structure,
    syntax,
    text,
    time,
    values,
)
from apiguide.rules.rule import Example, Rule, WarningRule

FAMILIES: dict[str, ModuleType] = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        *(files, syntax, structure, settings, references, values),
        *(names, time, requests, text, docs),
    )
}
"""The modules by the names of their families, what must be right first leading."""

UNREADABLE = frozenset({"files", "syntax", "structure"})
"""Families of what keeps a file from being read: what else may be wrong in it is not known yet."""

RULES: dict[str, type[Rule]] = {
    each.code: each
    for module in FAMILIES.values()
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, Rule) and each.__module__ == module.__name__
}
"""All rules by their codes."""

__all__ = ["FAMILIES", "RULES", "UNREADABLE", "Example", "Rule", "WarningRule"]
