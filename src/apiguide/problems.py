"""What is wrong, where it is, and how to mend it.

Checks yield `Problem` values; only the edge (command line, site plugin) prints or raises them.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from apiguide.spelling import distance

LISTED_PER_FILE = 100
EXCERPT_WIDTH = 140
QUOTED_WIDTH = 60
MOST_SLIPS = 3.0
LONGEST_WORD = 80
"""Longer words are texts, not names that somebody has mistyped."""
COMPARISONS = 100_000

_OTHER_WORDS = {
    "$ref": "object",
    "additionalProperties": "additional_fields",
    "allOf": "extends",
    "bool": "boolean",
    "double": "float",
    "hash": "object",
    "int": "integer",
    "list": "array",
    "map": "object",
    "number": "decimal",
    "properties": "fields",
    "summary": "title",
    "text": "string",
    "timestamp": "datetime",
    "verb": "method",
}
"""What OpenAPI, JSON Schema and habit call what has another name in the format."""


class Severity(StrEnum):
    """How much a problem weighs: an error stops a build, a warning is debt."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Source:
    """A text file as it was read."""

    path: str
    """Path shown to people, relative to the project, with forward slashes."""
    text: str = field(default="", repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """The file's lines without their ends."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def mark(self, start: tuple[int, int], end: tuple[int, int]) -> Mark:
        """The stretch between two places, lines and columns counted from 0; it ends where the text does."""
        last = len(self.lines) - 1
        if end[0] > last:
            beyond = (last, len(self.lines[last]))
            start, end = start if start[0] <= last else beyond, beyond
        return Mark(self, start[0] + 1, start[1] + 1, end[0] + 1, end[1] + 1)


class Mark(NamedTuple):
    """A stretch of a source: lines and columns count from 1, columns in code points, the end is exclusive."""

    source: Source
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    @property
    def sort_key(self) -> tuple[str, int, int]:
        """Orders marks by file, line and column."""
        return (self.source.path, self.line, self.column)


def mark_of(value: object) -> Mark:
    """Where a value was typed; the beginning of the file where it was not."""
    mark = getattr(value, "mark", None)
    return mark if isinstance(mark, Mark) else Mark(Source(""))


def name_mark(names: Iterable[str], name: str) -> Mark:
    """Where a name of a mapping or list was typed."""
    return mark_of(next((key for key in names if key == name), None))


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, in the writer's words."""

    code: str
    """Stable, kebab-case name of the rule."""
    message: str
    where: Mark
    hint: str | None = None
    """What to write instead."""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        mark = self.where
        return printable(
            f"{mark.source.path}:{mark.line}:{mark.column}: {self.severity}[{self.code}]: {self.message}"
        )


class ProblemsError(Exception):
    """Raised at the edge when problems stop the work; carries all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those of the problems that stop a build."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


_comparisons: ContextVar[list[int] | None] = ContextVar("comparisons", default=None)


@contextmanager
def few_guesses() -> Iterator[None]:
    """Within, words are compared at most `COMPARISONS` times; after that, nobody guesses what was meant.

    Each guess compares a word with all that are known, so in a file of many misspelt ones the time it takes
    would grow with the square of their number.
    """
    token = _comparisons.set([COMPARISONS])
    try:
        yield
    finally:
        _comparisons.reset(token)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant by `word`, or None where none is near.

    Not near is a word of which more than a third is wrong, or more than three letters, nor is one with digits
    (a release, say) where several others are as like it. A word that is cut short is near if a single known
    one begins so.
    """
    names = known if isinstance(known, Collection) else [*known]
    left = _comparisons.get()
    if left is not None:
        left[0] -= len(names)
        if left[0] < 0:
            return None
    names = sorted(names)
    if word in names:
        return word
    if _OTHER_WORDS.get(word) in names:
        return _OTHER_WORDS[word]
    in_other_case = [name for name in names if _plain(name) == _plain(word)]
    if in_other_case:
        return in_other_case[0]
    most = min(max(1.0, len(word) / 3), MOST_SLIPS)
    near: list[tuple[float, str]] = []
    for name in names if len(word) <= LONGEST_WORD else ():
        slips = distance(word, name, most)
        # Of a word of two letters one must be right.
        if slips is not None and slips < 0.7 * max(len(word), len(name)):
            near.append((slips, name))
            most = min(most, slips)
    best = [name for slips, name in near if slips == most]
    if len(best) > 1 and any(letter.isdigit() for letter in word):
        return None
    if best:
        return min(best, key=lambda name: (not name.startswith(word[:1]), -_alike(word, name)))
    longer = [name for name in names if len(word) > 2 and name.startswith(word.lower())]
    return longer[0] if len(longer) == 1 else None


def _plain(word: str) -> str:
    return word.lower().replace("-", "_")


def _alike(word: str, name: str) -> int:
    """How many letters two words have in common at their beginning and at their end."""
    pairs = (zip(word, name, strict=False), zip(reversed(word), reversed(name), strict=False))
    return sum(len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], each))) for each in pairs)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the known word nearest to `word`, or None where none is near."""
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else None


def quoted(word: str) -> str:
    """The writer's words inside a message: between backticks, in one line, and cut where they are long."""
    short = word if len(word) <= QUOTED_WIDTH else f"{word[: QUOTED_WIDTH - 1]}…"
    return f"`{short}`".replace("\n", "\\n")


def listing(words: Iterable[str]) -> str:
    """Words as a sentence part: `a`, `b` and `c`."""
    names = [quoted(word) for word in words]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Problems without repetition, by file, line, column, code and message."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda each: (*each.where.sort_key, each.code, each.message))


def report(problems: Iterable[Problem]) -> Iterator[str]:
    """The problems as text blocks, one each.

    Of a file, at most `LISTED_PER_FILE` are listed, errors before warnings, and then how many more there are.
    """
    for path, group in itertools.groupby(ordered(problems), key=lambda problem: problem.where.source.path):
        found = list(group)
        by_weight = sorted(found, key=lambda problem: problem.severity is not Severity.ERROR)
        for problem in ordered(by_weight[:LISTED_PER_FILE]):
            yield f"{problem}{_excerpt(problem)}"
        more = len(found) - LISTED_PER_FILE
        if more > 0:
            noun = "problem is" if more == 1 else "problems are"
            yield f"{printable(path)}: {more} more {noun} not listed"


def _excerpt(problem: Problem) -> str:
    """The line where the problem stands, with carets under it; long lines are cut around the carets."""
    mark = problem.where
    lines = mark.source.lines
    hint = printable(problem.hint or "")
    if not mark.source.text or mark.line > len(lines):
        return f"\n  = {hint}" if hint else ""
    line = lines[mark.line - 1]
    start = mark.column - 1
    end = mark.end_column - 1 if mark.end_line == mark.line else len(line)
    left = max(0, start - EXCERPT_WIDTH // 2)
    shown, end = line[left : left + EXCERPT_WIDTH], min(end, left + EXCERPT_WIDTH)
    before = "".join("\t" if c == "\t" else " " * _cells(c) for c in line[left:start])
    carets = "^" * max(1, sum(map(_cells, line[start:end])))
    gutter = " " * len(str(mark.line))
    return f"\n  {mark.line} │ {printable(shown)}\n  {gutter} │ {before}{carets} {hint}".rstrip()


def _cells(character: str) -> int:
    """Terminal cells that a character takes; one that cannot be seen is shown as a replacement character."""
    if unicodedata.category(character) in ("Mn", "Me") or "\u1160" <= character <= "\u11ff":
        return 0  # combining marks, and the vowels and finals of a Hangul syllable
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def printable(text: str) -> str:
    """The text with a replacement character for each that would hide, break or reorder the text around it."""
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character != "\t"
    return "\N{REPLACEMENT CHARACTER}" if hidden else character
