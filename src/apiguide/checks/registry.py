"""All rules of a check, by family: for `apiguide rule`, the handbook and reports for CI systems.

Each rule is declared beside the function that reports it; here are the modules that declare some.
"""

from __future__ import annotations

from collections.abc import Iterator

from apiguide import docs_macros, reader, validation, yaml_source, yaml_syntax
from apiguide.checks import server, text, values
from apiguide.checks.docs import addresses, extensions, links, pages, texts
from apiguide.checks.names import characters, spelling
from apiguide.checks.references import fields, said_twice, symbols
from apiguide.checks.requests import endpoints
from apiguide.checks.settings import debt, guide_file, mkdocs_file, synonyms
from apiguide.checks.time import history, lifespans, promise
from apiguide.examples import values as example_values
from apiguide.model import endpoint, field, forms, part, scalars
from apiguide.rule import Rule

FAMILIES = {
    "files": "Files that are missing, in the wrong place, or not readable as text.",
    "syntax": "What is not YAML, or uses features of YAML that a guide may not use.",
    "structure": "Keys and values that the format does not allow.",
    "settings": "What guide.yaml states for the guide as a whole.",
    "references": "Names of parts of the guide that do not exist, or are ambiguous.",
    "values": "Types, and example values that do not match them.",
    "names": "Names of fields, parameters and elements.",
    "time": "Releases, what they added and removed, and the promise that nothing breaks.",
    "requests": "Paths, methods and statuses of endpoints.",
    "text": "Texts and examples that are missing or poor.",
    "docs": "Links in texts, and hand-written pages in docs/ with their macro calls.",
    "server": "What a server answers that the guide does not say: reported by `apiguide verify` alone.",
}
"""What the rules of each family are about, what must be right first leading."""

UNREADABLE = frozenset({"files", "syntax", "structure"})
"""Families of what keeps a file from being read: whatever else may be wrong in it, nobody knows yet."""

_MODULES = (
    *(yaml_source, yaml_syntax, scalars, part, field, endpoint, forms, reader, validation),
    *(example_values, docs_macros, symbols, fields, said_twice, guide_file, mkdocs_file, synonyms, debt),
    *(characters, spelling, lifespans, promise, history, endpoints, values, text),
    *(texts, links, addresses, extensions, pages, server),
)
"""The modules that declare rules, in the order in which the rules of a family are listed."""


def _declared() -> Iterator[type[Rule]]:
    for module in _MODULES:
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, Rule) and each.__module__ == module.__name__:
                yield each


RULES = {each.code: each for family in FAMILIES for each in _declared() if each.family == family}
"""All rules by their codes."""
