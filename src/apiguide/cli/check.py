"""The commands that report what is wrong in a guide, and what differs between its releases."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apiguide.cli import completion
from apiguide.cli.output import (
    ROOT,
    Unable,
    count,
    exit_with_errors,
    known_releases,
    say,
    status,
    summary,
    visible,
)
from apiguide.cli.reports import FORMAT, IGNORE, OUTPUT, SELECT, choice, seen_from_here, write
from apiguide.findings import Findings, findings, of
from apiguide.problems import Problem, errors, report

# Rules and formats are imported where an option asks for them: a plain check needs nothing of them.
if TYPE_CHECKING:
    from apiguide.changes import Difference
    from apiguide.checks import Checked

_CHECKS = """\b
Examples:
  apiguide check --strict
  apiguide check --ignore no-example,look-alike
  apiguide check --select text --statistics
  apiguide check --format sarif --output apiguide.sarif
"""

_DIFFS = """\b
Examples:
  apiguide diff 3.1 3.5
  apiguide diff 3.1 3.5 --format markdown
  apiguide diff 3.1 3.5 --fail-on breaking
  apiguide diff --against main
"""


@click.command("check", epilog=_CHECKS)
@ROOT
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--debt", is_flag=True, help="Count debt (what is missing or poor) by resource, instead of listing it."
)
@click.option("--against", metavar="REF", help="Also report changes to published guides since this git ref.")
@SELECT
@IGNORE
@FORMAT
@OUTPUT
@click.option("--statistics", is_flag=True, help="Count by code instead of listing.")
@click.option("--quiet", "-q", is_flag=True, help="Omit the summary.")
def check_command(
    root: Path,
    *,
    strict: bool,
    debt: bool,
    against: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    format_: str,
    output: Path | None,
    statistics: bool,
    quiet: bool,
) -> None:
    """Report what is wrong in reference/ and docs/.

    Each problem is printed with its file, line and column and with what to write instead, followed by a
    count of them all. The exit status is 1 if there is an error or, with --strict, a warning. A missing or
    poor description or example is a warning, and counts as debt; `debt` in guide.yaml limits how much of it
    a resource may have.

    With --against, the guide is also compared with what it said at a git ref, such as main. A difference in
    the guide of a release that was already out then is an error if it breaks clients, otherwise a warning.

    `apiguide rule` lists the codes, and `apiguide rule CODE` explains one. --select and --ignore can be
    repeated, and accept comma-separated lists. Errors cannot be ignored.
    """
    _agree(format_, debt=debt, statistics=statistics)
    chosen = choice(select, ignore) if select or ignore else None
    if chosen is not None and chosen.asks_server:
        raise click.BadParameter(
            "what only a server can tell is reported by `apiguide verify`", param_hint="--select"
        )
    every = findings(root) if against is None else _against(root, against)
    found = every
    if chosen is not None:
        found = replace(every, problems=tuple(filter(chosen.keeps, every.problems)))
    if debt:
        lines = _debt(found)
    elif statistics:
        lines = _statistics(found.problems, format_)
    elif format_ == "text":
        lines = report(found.problems)
    else:
        lines = _machine_readable(found, format_, root, against, strict=strict)
    write(lines, format_, output)
    if not quiet:
        summary(found, left_out=len(every.problems) - len(found.problems))
    failed = bool(found.problems) if strict else not found.is_good
    sys.exit(status(every) if every.endpoints is None else 1 if failed else 0)


def _agree(format_: str, *, debt: bool, statistics: bool) -> None:
    """Refuses options that say two things at once."""
    if debt and statistics:
        raise click.UsageError("--debt and --statistics count in two ways: give one of them")
    if debt and format_ != "text":
        raise click.UsageError("--debt is a table for people: it goes with --format text alone")
    if statistics and format_ not in ("text", "json"):
        raise click.UsageError(
            "--statistics goes with --format text or json: the other formats list findings"
        )


def _statistics(problems: Sequence[Problem], format_: str) -> Iterable[str]:
    from apiguide.formats import statistics

    return statistics.table(problems) if format_ == "text" else (statistics.render(problems),)


def _machine_readable(
    found: Findings, format_: str, root: Path, against: str | None, *, strict: bool
) -> Iterable[str]:
    """The report, with paths as they are seen from the folder where the command runs."""
    from apiguide import formats

    base = seen_from_here(root)
    if format_ == "github":
        text = _annotations(found, root, base, against, strict=strict)
    else:
        text = formats.render(format_, found.problems, base, strict=strict)
    return (text,) if text else ()


def _annotations(found: Findings, root: Path, base: str, against: str | None, *, strict: bool) -> str:
    """The report for GitHub, of which a person sees the beginning."""
    from apiguide.checks.settings.debt import accepted
    from apiguide.checks.time.history import AgainstError, changed_files
    from apiguide.formats import for_github

    left_out = accepted(found.problems, found.debt) if not strict else frozenset()
    problems = [problem for problem in found.problems if problem not in left_out]
    paths = {problem.where.source.path for problem in problems}
    try:
        changed = changed_files(root, against, paths) if against is not None else frozenset()
    except AgainstError as error:
        raise Unable(str(error)) from error
    return for_github(problems, base, changed=changed, accepted=len(left_out))


def _debt(found: Findings) -> Iterable[str]:
    """What is wrong besides debt, and the table of debt."""
    from apiguide.checks.settings.debt import count, table
    from apiguide.checks.text import DEBT

    others = report(problem for problem in found.problems if problem.code not in DEBT)
    return (*others, *table(count(found.problems), found.debt))


def _against(root: Path, ref: str) -> Findings:
    from apiguide.checks import check, check_against
    from apiguide.checks.time.history import AgainstError

    try:
        return of(check_against(check(root), ref))
    except AgainstError as error:
        raise Unable(str(error)) from error


@click.command("diff", epilog=_DIFFS)
@ROOT
@click.argument("older", metavar="[OLDER", required=False, shell_complete=completion.releases)
@click.argument("newer", metavar="NEWER]", required=False, shell_complete=completion.releases)
@click.option("--against", metavar="REF", help="Compare the guide of each release with that at a git ref.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Report format.",
)
@click.option(
    "--fail-on", type=click.Choice(["breaking"]), help="Exit with status 1 if there is such a difference."
)
def diff_command(
    root: Path,
    older: str | None,
    newer: str | None,
    *,
    against: str | None,
    format_: str,
    fail_on: str | None,
) -> None:
    """Show what changed for clients between releases OLDER and NEWER.

    With --against instead, show what the tree changes in the guide of each release since a git ref, such as
    main: what a pull request does to its readers.

    Breaking changes come first. What is merely documented for the first time comes last, since it may be
    older. Changes of wording do not count. The exit status is 0 whatever is found, unless --fail-on is given.
    Errors in values, and breaks of the promise, hide no difference.
    """
    if against is not None:
        if older is not None:
            raise click.UsageError("--against compares two trees: give it, or OLDER and NEWER")
        checked, text, found = _between_trees(root, against, format_)
    elif older is None or newer is None:
        raise click.UsageError("give OLDER and NEWER, or --against")
    else:
        checked, text, found = _between_releases(root, older, newer, format_)
    click.echo(visible(text), nl=False)
    if not checked.is_good:
        number = count(len(errors(checked.problems)), "error")
        say(f"The guide has {number}; `apiguide check` lists what is wrong.", err=True)
    if fail_on and any(each.impact == fail_on for each in found):
        sys.exit(1)


Compared = tuple["Checked", str, Sequence["Difference"]]
"""What was checked, the report of what differs, and what differs."""


def _between_releases(root: Path, older: str, newer: str, format_: str) -> Compared:
    from apiguide.changes import changes
    from apiguide.changes.report import report as difference_report

    checked = _with_views(root)
    assert checked.guide is not None, "a guide with views has been read"
    for release in (older, newer):
        known_releases(checked.guide, [release], "OLDER or NEWER")
    views = checked.views[older], checked.views[newer]
    found = changes(*views)
    return checked, difference_report(format_, *views, found), found


def _between_trees(root: Path, ref: str, format_: str) -> Compared:
    from apiguide.changes.by_release import by_release
    from apiguide.changes.report import report_by_release
    from apiguide.checks.time.history import AgainstError, former_guide
    from apiguide.history import views

    checked = _with_views(root)
    try:
        sections = by_release(views(former_guide(root, ref)), checked.views)
    except AgainstError as error:
        raise Unable(str(error)) from error
    found = [difference for each in sections for difference in each.differences]
    return checked, report_by_release(format_, sections), found


def _with_views(root: Path) -> Checked:
    """The checked project; where errors leave nothing to compare, they are printed, and the command ends."""
    from apiguide.checks import check

    checked = check(root)
    if not checked.views:
        exit_with_errors(checked)
    return checked
