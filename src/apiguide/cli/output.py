"""What commands share: how problems and progress are shown, and how a command ends."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from apiguide.findings import Findings, of
from apiguide.problems import Problem, Severity, errors, report

# The rest is imported where it is needed: a check of what has not changed needs nothing of it.
if TYPE_CHECKING:
    from apiguide.checks import Checked
    from apiguide.model import Guide

_HEAD = re.compile(r"^(\S.*?:\d+:\d+:) (error|warning)(\[[a-z0-9-]+\]:)", re.MULTILINE)
_CARETS = re.compile(r"^( +│ +)(\^+)", re.MULTILINE)
_COLORS = {"error": "red", "warning": "yellow"}
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff]"
)
"""Characters of a guide that could steer a terminal, hide, or stop the output."""


ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="Project folder; by default the current one.",
)


class Faulty(click.ClickException):
    """Ends a command with exit status 1: something is wrong in the guide."""

    def __init__(self, message: str) -> None:
        super().__init__(visible(message))


class Unable(Faulty):
    """Ends a command with exit status 2: it cannot run."""

    exit_code = 2


@contextmanager
def progress(text: str) -> Iterator[Callable[[str], None]]:
    """Shows what is going on: on a terminal in one line that moves, elsewhere in a line for each step."""
    if not sys.stderr.isatty():
        yield lambda message: say(message, err=True)
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True, highlight=False).status(Text(text)) as status:
        yield lambda message: status.update(Text(message))


def known_releases(guide: Guide, releases: Sequence[str], what: str = "--release") -> list[str]:
    """The releases in the guide's order; ends the command where the guide does not have one."""
    for release in releases:
        if release not in guide.releases:
            message = f"the guide has no release {release!r}; it has {', '.join(guide.releases)}"
            raise click.BadParameter(visible(message), param_hint=what)
    return [release for release in guide.releases if release in releases]


def checked_or_exit(root: Path, first: Callable[[], object] = lambda: None) -> Checked:
    """The checked project; where it has errors, they are printed, and the command ends.

    While others check, this process does something else `first`.
    """
    from apiguide.checks import check

    checked = check(root, first=first)
    if not checked.is_good:
        exit_with_errors(checked)
    return checked


def exit_with_errors(checked: Checked) -> NoReturn:
    """Prints the errors of a checked project, and ends the command."""
    show(errors(checked.problems))
    summary(of(checked))
    sys.exit(status(of(checked)))


def status(found: Findings) -> int:
    """The exit status of a command that needs a guide without errors: 2 where there is no guide at all."""
    if found.endpoints is None:
        return 2
    return 0 if found.is_good else 1


def missing(error: ModuleNotFoundError, extra: str) -> Unable:
    """Says which package is missing, and that an extra of this one brings it."""
    package = str(error.name).partition(".")[0]
    return Unable(f"{package} is missing: pip install 'apiguide[{extra}]'")


def show(problems: Sequence[Problem]) -> None:
    """Prints problems."""
    for text in report(problems):
        say(text)


def say(text: str, *, err: bool = False) -> None:
    """Prints a text that may hold problems, with colors, which click leaves out if there is no terminal."""
    text = _HEAD.sub(_styled, visible(text))
    click.echo(_CARETS.sub(lambda match: match[1] + click.style(match[2], bold=True), text), err=err)


def _styled(head: re.Match[str]) -> str:
    where, severity, code = head.groups()
    return f"{click.style(where, bold=True)} {click.style(severity + code, fg=_COLORS[severity], bold=True)}"


def visible(text: str) -> str:
    """The text with a replacement character for each one that a terminal should not get from a guide."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def summary(found: Findings, left_out: int = 0) -> None:
    """Prints how many problems there are, and how many were left out, on standard error."""
    wrong = len(errors(found.problems))
    warnings = sum(problem.severity is Severity.WARNING for problem in found.problems)
    what = "no guide"
    if found.endpoints is not None:
        what = f"{count(found.endpoints, 'endpoint')} in {count(found.resources, 'resource')}"
    counts = [count(wrong, "error")] if wrong else []
    counts += [count(warnings, "warning")] if warnings else []
    rest = f"; {left_out} more {'is' if left_out == 1 else 'are'} left out" if left_out else ""
    if found.not_checked:
        click.echo(visible(found.not_checked), err=True)
    click.echo(f"{what}: {', '.join(counts) or 'no problems'}{rest}", err=True)


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 error`, `2 errors`."""
    return f"{number} {noun}" + ("" if number == 1 else "s")
