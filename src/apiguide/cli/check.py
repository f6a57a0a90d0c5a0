"""The commands that tell what is wrong in a guide, and what differs between its releases."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from apiguide.cli.output import ROOT, Unable, checked_or_exit, known_releases, show, summary, visible
from apiguide.findings import Findings, findings, of

_DIFFS = """\b
Examples:
  apiguide diff 3.1 3.5
  apiguide diff 3.1 3.5 --format markdown
  apiguide diff 3.1 3.5 --fail-on breaking
"""


@click.command("check")
@ROOT
@click.option("--strict", is_flag=True, help="Let warnings fail the check too.")
@click.option(
    "--debt", is_flag=True, help="Count what is missing or poor, by resource, instead of listing it."
)
@click.option(
    "--against", metavar="REF", help="Tell too what published guides say otherwise than at this git ref."
)
def check_command(root: Path, strict: bool, debt: bool, against: str | None) -> None:
    """Report what is wrong in reference/ and docs/.

    Prints each problem with file, line, column and what to write instead, and at last how many there are.
    Ends with 1 where there is an error, or with --strict a warning. A description or an example that is
    missing or poor is a warning: debt. `debt` in guide.yaml says how much of it a resource may have.

    With --against, the guide is also compared with what it said at a git ref, main for example: what readers
    of releases that were out then would find otherwise is an error if it breaks them, else a warning.
    """
    found = findings(root) if against is None else _against(root, against)
    if debt:
        from apiguide.checks.debt import count, table
        from apiguide.checks.text import DEBT

        show([problem for problem in found.problems if problem.code not in DEBT])
        for line in table(count(found.problems), found.debt):
            click.echo(line)
    else:
        show(found.problems)
    summary(found)
    failed = bool(found.problems) if strict else not found.is_good
    sys.exit(1 if failed else 0)


def _against(root: Path, ref: str) -> Findings:
    from apiguide.checks import check, check_against
    from apiguide.checks.against import AgainstError

    try:
        return of(check_against(check(root), ref))
    except AgainstError as error:
        raise Unable(str(error)) from error


@click.command("diff", epilog=_DIFFS)
@ROOT
@click.argument("older", metavar="OLDER")
@click.argument("newer", metavar="NEWER")
@click.option(
    "--format", "format_", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True
)
@click.option(
    "--fail-on", type=click.Choice(["breaking"]), help="End with 1 where there is a difference of that kind."
)
def diff_command(root: Path, older: str, newer: str, format_: str, fail_on: str | None) -> None:
    """Tell what a client of release OLDER finds different in release NEWER.

    What breaks clients comes first, and what is only documented from a release on comes last: it may be
    older. Wording is no difference. Ends with 0 whatever is found, unless --fail-on says otherwise.
    """
    from apiguide.changes import changes
    from apiguide.changes.report import report as difference_report

    checked = checked_or_exit(root)
    assert checked.guide is not None, "a guide without errors has been read"
    for release in (older, newer):
        known_releases(checked.guide, [release], "OLDER or NEWER")
    views = checked.views[older], checked.views[newer]
    found = changes(*views)
    click.echo(visible(difference_report(format_, *views, found)), nl=False)
    if fail_on and any(each.impact == fail_on for each in found):
        sys.exit(1)
