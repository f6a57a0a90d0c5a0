"""The command that runs the examples of a built site."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apiguide.cli import completion
from apiguide.cli.output import ROOT, Unable, checked_or_exit, known_releases, missing, progress, say
from apiguide.folders import EPOCH, PROOF

if TYPE_CHECKING:
    from apiguide.checks import Checked
    from apiguide.proof.printed import Printed
    from apiguide.proof.running import Outcome
    from apiguide.proof_record import ProofRecord

_RUNS = f"""\b
Examples:
  apiguide build && apiguide examples --run
  apiguide examples --run --record {PROOF} --badge docs/examples.svg
  apiguide examples --run --release 2.0
"""
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("examples", epilog=_RUNS)
@ROOT
@click.option("--run", "runs", is_flag=True, help="Run each curl line, instead of counting them.")
@click.option(
    "--release",
    "releases",
    multiple=True,
    shell_complete=completion.releases,
    help="Release whose guide to read; repeatable. By default all published ones.",
)
@click.option(
    "--record",
    "record_file",
    type=_FILE,
    help=f"Write down which lines agreed; builds read {PROOF} in the project.",
)
@click.option("--badge", "badge_file", type=_FILE, help="Write an SVG image that says how many were run.")
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="The built site; by default site/ in the project.",
)
def examples_command(
    root: Path,
    *,
    runs: bool,
    releases: tuple[str, ...],
    record_file: Path | None,
    badge_file: Path | None,
    site_dir: Path | None,
) -> None:
    """Run the examples that a built site shows, and compare what comes back with what the pages say.

    Each curl line is taken from the pages as they were built and run, untouched, by a real shell with the
    real curl, against the documented API itself (see `apiguide mock`). Status, media type and body must be
    those that the page shows. The exit status is 1 if a line does not agree.

    With --record, each line that agreed is written down together with its answers, in place of what the file
    said of the same releases. The next build says on each page, and on the start page, where all examples
    have been run.
    """
    if not runs and (record_file or badge_file):
        raise click.UsageError("--record and --badge need --run")
    for file in (record_file, badge_file):
        if file is not None:
            _refuse_unwritable(file)
    checked = checked_or_exit(root)
    assert checked.guide is not None, "a guide without errors has been read"
    wanted = known_releases(checked.guide, releases) or list(checked.guide.published)
    record = _read(record_file)
    day = _day(root) if record_file is not None else None
    if runs:
        _need_mock()
    lines = _lines(site_dir or root / "site", checked, wanted)
    if not runs:
        for release, found in lines.items():
            click.echo(f"{release}: {len(found):,} curl lines")
        return
    outcomes = _run(checked, lines)
    from apiguide.proof.table import report

    for text in report(outcomes):
        say(text)
    every = [each for found in outcomes.values() for each in found]
    failed = sum(bool(each.wrong) for each in every)
    if record_file is not None:
        for release, ran in outcomes.items():
            agreed = (each.printed.digest for each in ran if not each.wrong)
            record = record.with_run(release, agreed, day)
        _write(record_file, record.only(checked.guide.releases).dumps())
    if badge_file is not None:
        from apiguide.proof.badge import badge

        _write(badge_file, badge(len(every), failed))
    if failed:
        sys.exit(1)


def _lines(site: Path, checked: Checked, releases: Sequence[str]) -> dict[str, list[Printed]]:
    """The curl lines of a site, by release."""
    from apiguide.proof.printed import PageError, lines_of, without_example

    absent = [release for release in releases if not (site / release).is_dir()]
    if absent:
        raise Unable(f"{site}/ holds no guide of {', '.join(absent)}; build it with `apiguide build`")
    found: dict[str, list[Printed]] = {}
    for release in releases:
        try:
            found[release] = lines_of(site, release)
            lost = [*without_example(site, release, checked.views[release].endpoints, found[release])]
        except PageError as error:
            raise Unable(str(error)) from error
        if lost:
            rest = f" (nor on {len(lost) - 1} more)" if len(lost) > 1 else ""
            raise Unable(f"no example can be found on {lost[0]}{rest}; build the site with `apiguide build`")
    return found


def _need_mock() -> None:
    """Ends the command where what serves the API is not installed."""
    try:
        import apiguide.proof.running  # noqa: F401
    except ModuleNotFoundError as error:
        raise missing(error, "mock") from error


def _run(checked: Checked, lines: Mapping[str, Sequence[Printed]]) -> dict[str, list[Outcome]]:
    """What came of each line, by release."""
    from apiguide.proof.running import RunError, run

    outcomes = {}
    try:
        with progress("Running…") as tell:
            for release, found in lines.items():
                outcomes[release] = run(checked.views[release], found)
                tell(f"release {release}: {len(found):,} lines have been run")
    except RunError as error:
        raise Unable(str(error)) from error
    return outcomes


def _day(root: Path) -> str | None:
    """The day of what is run: that of the newest commit."""
    from apiguide.site.git_dates import newest_day

    try:
        return newest_day(root)
    except ValueError as error:
        raise Unable(f"{EPOCH} must be a number of seconds, and is {os.environ[EPOCH]!r}") from error


def _read(file: Path | None) -> ProofRecord:
    """What a record says already."""
    from apiguide.proof_record import ProofRecord, RecordError, read_record

    try:
        return read_record(file) if file is not None else ProofRecord()
    except RecordError as error:
        raise Unable(f"{file} cannot be read: {error}; delete it, or name another file") from error


def _refuse_unwritable(file: Path) -> None:
    """Refuses a file that cannot be written, before anything is run."""
    if not file.parent.is_dir():
        raise Unable(f"{file} cannot be written: there is no folder {file.parent}/")
    if not os.access(file.parent, os.W_OK):
        raise Unable(f"{file} cannot be written: {file.parent}/ is read-only")


def _write(file: Path, text: str) -> None:
    from apiguide.writing import replace_file

    try:
        replace_file(file, text.encode(), 0o644)
    except OSError as error:
        raise Unable(f"{file} cannot be written: {error.strerror}") from error
    click.echo(f"wrote {file}", err=True)
