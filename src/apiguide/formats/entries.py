"""A problem as reports for machines have it: plain text in one line, a path from where the command runs."""

from __future__ import annotations

import hashlib
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from apiguide.problems import Problem, Severity, ordered, printable


@dataclass(frozen=True)
class Entry:
    """One finding."""

    code: str
    severity: Severity
    message: str
    hint: str | None
    path: str
    line: int
    """Lines and columns count from 1, columns in code points; the end is exclusive."""
    column: int
    end_line: int
    end_column: int
    fingerprint: str
    """The same for the same finding as long as its file, its code and its words stay, wherever it stands."""

    @property
    def text(self) -> str:
        """What is wrong and what to write instead, as one sentence."""
        return f"{self.message}; {self.hint}" if self.hint else self.message


def entries(problems: Iterable[Problem], base: str = "") -> Iterator[Entry]:
    """The problems as entries, by file, line and column; `base` leads from here to the project."""
    met: Counter[tuple[str, str, str]] = Counter()
    for problem in ordered(problems):
        path = printable(posixpath.normpath(posixpath.join(base, problem.where.source.path)))
        message = printable(problem.message)
        key = (problem.code, path, message)
        words = "\0".join((*key, str(met[key])))
        met[key] += 1
        yield Entry(
            problem.code,
            problem.severity,
            message,
            printable(problem.hint) if problem.hint else None,
            path,
            *problem.where[1:],
            hashlib.sha256(words.encode()).hexdigest(),
        )
