"""How often each rule found something."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from apiguide.checks.registry import RULES
from apiguide.problems import Problem


def counts(problems: Iterable[Problem]) -> list[tuple[str, int]]:
    """Codes with their numbers, the largest first."""
    found = Counter(problem.code for problem in problems)
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))


def table(problems: Iterable[Problem]) -> Iterator[str]:
    """The counts as lines: number, severity, code, what is wrong."""
    found = counts(problems)
    digits = max((len(str(number)) for _, number in found), default=0)
    width = max((len(code) for code, _ in found), default=0)
    for code, number in found:
        rule = RULES[code]
        yield f"{number:>{digits}}  {rule.severity:<7}  {code:<{width}}  {rule.title()}"


def render(problems: Iterable[Problem]) -> str:
    """The counts as JSON."""
    found = [
        {"code": code, "severity": RULES[code].severity, "title": RULES[code].title(), "count": number}
        for code, number in counts(problems)
    ]
    return json.dumps(found, indent=2)
