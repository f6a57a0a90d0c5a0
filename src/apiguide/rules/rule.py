"""What a rule is: a code, a severity, a docstring that says what is wrong, and a page in `pages/`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from apiguide.problems import Mark, Problem, Severity

_PAGES = Path(__file__).with_name("pages")
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

    A subclass's docstring says what is wrong in one line. The file `pages/CODE.md` is the rest of its page:
    why that matters, how to fix it, and an example of wrong and right. What finds it is in
    `apiguide.checks` or in what reads the files.
    """

    code: ClassVar[str]
    """Stable name, made from the class's where none is stated."""
    severity: ClassVar[Severity] = Severity.ERROR

    def __init_subclass__(cls) -> None:
        """Names the rule after its class."""
        cls.code = cls.__dict__.get("code") or _WORD.sub("-", cls.__name__).lower()

    @classmethod
    def at(cls, where: Mark, message: str, hint: str | None = None) -> Problem:
        """A problem that it finds, with its code and its severity."""
        return Problem(cls.code, message, where, hint, cls.severity)

    @classmethod
    def family(cls) -> str:
        """The family, which is the module that it stands in."""
        return cls.__module__.rpartition(".")[2]

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
