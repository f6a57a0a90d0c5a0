"""The command that runs the examples of a built site."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from apiguide.cli.output import (
    ROOT,
    Unable,
    checked_or_exit,
    count,
    known_releases,
    missing,
    progress,
    say,
)

_RUNS = """\b
Examples:
  apiguide build && apiguide examples --run
  apiguide examples --run --release 2.0 --record examples.json
"""


@click.command("examples", epilog=_RUNS)
@ROOT
@click.option("--run", "runs", is_flag=True, help="Run each curl line, instead of counting them.")
@click.option("--release", "releases", multiple=True, help="Release whose guide to read; repeatable.")
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="The built site; by default site/ in the project.",
)
def examples_command(root: Path, *, runs: bool, releases: tuple[str, ...], site_dir: Path | None) -> None:
    """Run the examples that a built site shows, and compare what comes back with what the pages say.

    Each curl line is taken from the pages as they were built and run, untouched, by a real shell with the
    real curl, against the documented API itself (see `apiguide mock`). Status, media type and body must be
    those that the page shows. The exit status is 1 if a line does not agree.
    """
    from apiguide.proof.printed import lines_of

    site = site_dir or root / "site"
    checked = checked_or_exit(root)
    assert checked.guide is not None, "a guide without errors has been read"
    wanted = known_releases(checked.guide, releases) or list(checked.guide.published)
    absent = [release for release in wanted if not (site / release).is_dir()]
    if absent:
        raise Unable(f"{site}/ holds no guide of {', '.join(absent)}; build it with `apiguide build`")
    lines = {release: lines_of(site, release) for release in wanted}
    if not runs:
        for release, found in lines.items():
            click.echo(f"{release}: {len(found):,} curl lines")
        return
    try:
        from apiguide.proof.running import Outcome, RunError, run
    except ModuleNotFoundError as error:
        raise missing(error, "mock") from error
    for release, found in lines.items():
        pages = {each.page for each in found}
        bare = [id_ for id_ in checked.views[release].endpoints if f"{id_}/" not in pages]
        if bare:
            more = f" and {count(len(bare) - 1, 'other page')}" if len(bare) > 1 else ""
            raise Unable(
                f"{site}/{release}/{bare[0]}/{more}: no example is found there; build the site again"
            )
    from apiguide.proof.table import report

    outcomes: dict[str, list[Outcome]] = {}
    try:
        with progress("Running…") as tell:
            for release, found in lines.items():
                outcomes[release] = run(checked.views[release], found)
                tell(f"release {release}: {len(found):,} lines have been run")
    except RunError as error:
        raise Unable(str(error)) from error
    for text in report(outcomes):
        say(text)
    if any(each.wrong for found in outcomes.values() for each in found):
        sys.exit(1)
