"""What a rule is: a code, a severity, a family, a docstring that says what is wrong, and a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from apiguide.problems import Mark, Problem, Severity

_PAGES = Path(__file__).with_name("rule_pages")
_WORD = re.compile(r"(?<!^)(?=[A-Z])")
_EXAMPLE = re.compile(r"^(Wrong|Right)(?:, in `([^`]+)`)?:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """What a page shows of a rule."""

    file: str
    """The file that it is a part of: below reference/, or in docs/."""
    wrong: str
    right: str


class Rule:
    """Something that a check may find wrong; subclasses are declared and never made.

    Each is declared beside the function that reports it. Its docstring says what is wrong in one line; the
    file `rule_pages/CODE.md` is the rest of its page: why that matters, how to fix it, and an example of
    wrong and right. `checks.registry` lists the modules that declare rules.
    """

    code: ClassVar[str]
    """Stable name, made from the class's where none is stated."""
    family: ClassVar[str]
    """The module or package of `checks` that declares it, unless the class says otherwise."""
    severity: ClassVar[Severity] = Severity.ERROR

    def __init_subclass__(cls, *, family: str | None = None) -> None:
        """Names the rule after its class, and its family after its module."""
        cls.code = cls.__dict__.get("code") or _WORD.sub("-", cls.__name__).lower()
        cls.family = family or cls.__module__.removeprefix("apiguide.checks.").partition(".")[0]

    @classmethod
    def at(cls, where: Mark, message: str, hint: str | None = None) -> Problem:
        """A problem that it finds, with its code and its severity."""
        return Problem(cls.code, message, where, hint, cls.severity)

    @classmethod
    def title(cls) -> str:
        """What is wrong, in one line."""
        return cls.__doc__ or ""

    @classmethod
    def body(cls) -> str:
        """The rest of the page, as Markdown."""
        return (_PAGES / f"{cls.code}.md").read_text(encoding="utf-8").strip()

    @classmethod
    def example(cls) -> Example | None:
        """The example of the page; None where it is about files as a whole."""
        found = _EXAMPLE.findall(cls.body() + "\n")
        return Example(found[0][1], found[0][2], found[1][2]) if found else None

    @classmethod
    def can_be_ignored(cls) -> bool:
        """Whether a guide can do without it: an error means that no guide can be made."""
        return cls.severity is Severity.WARNING


class WarningRule(Rule):
    """A rule whose findings are warnings."""

    severity = Severity.WARNING
