"""Reports of findings: the options that choose rules and formats, and where a report goes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apiguide.cli import completion
from apiguide.cli.output import say, visible

# Rules and formats are imported where an option asks for them: a plain check needs nothing of them.
if TYPE_CHECKING:
    from apiguide.checks.choice import Choice

FORMATS = ("text", "github", "gitlab", "json", "junit", "sarif")

SELECT = click.option(
    "--select",
    multiple=True,
    metavar="CODE",
    shell_complete=completion.codes,
    help="Report only these rules, or families of rules.",
)
IGNORE = click.option(
    "--ignore",
    multiple=True,
    metavar="CODE",
    shell_complete=completion.codes,
    help="Hide warnings from these rules, or families of rules.",
)
FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Report format.",
)
OUTPUT = click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to a file."
)


def choice(select: Sequence[str], ignore: Sequence[str]) -> Choice:
    """What --select and --ignore say; ends the command where they name no rule, or one that finds errors."""
    from apiguide.checks.choice import Choice, FindsErrors, NoSuchRule, codes, ignorable

    named = {}
    for option, given, check in (("--select", select, codes), ("--ignore", ignore, ignorable)):
        words = frozenset(word.strip() for each in given for word in each.split(","))
        try:
            for word in sorted(words):
                check(word)
        except NoSuchRule as error:
            raise click.BadParameter(visible(f"{error}; {error.hint}"), param_hint=option) from error
        except FindsErrors as error:
            raise click.BadParameter(str(error), param_hint=option) from error
        named[option] = words
    return Choice(named["--select"], named["--ignore"])


def seen_from_here(root: Path) -> str:
    """The project's folder as it is seen from where the command runs; paths in reports follow it."""
    try:
        return os.path.relpath(root).replace(os.sep, "/")
    except ValueError:  # another drive
        return root.resolve().as_posix()


def write(lines: Iterable[str], format_: str, output: Path | None) -> None:
    """Prints a report, or writes it into a file."""
    if output is not None:
        output.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
        return
    for line in lines:
        say(line) if format_ == "text" else click.echo(line)
