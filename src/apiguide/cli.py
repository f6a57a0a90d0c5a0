"""The command line: `apiguide init`, `check`, `serve`, `build`.

Here, and nowhere else, problems become lines of a terminal and exit codes: 0 for success, 1 for a guide with
problems, 2 for a command that cannot run.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.text import Text

from apiguide import __version__
from apiguide.findings import Findings, findings, of
from apiguide.problems import Problem, Severity, errors, report

# The rest is imported where it is needed: a check of what has not changed needs nothing of it.
if TYPE_CHECKING:
    from apiguide.checks import Checked
    from apiguide.model import Guide

DEBUG = "APIGUIDE_DEBUG"
"""The environment variable that brings tracebacks."""

_HEAD = re.compile(r"^(\S.*?:\d+:\d+:) (error|warning)(\[[a-z0-9-]+\]:)", re.MULTILINE)
_CARETS = re.compile(r"^( +│ +)(\^+)", re.MULTILINE)
_PLACES = re.compile(r'^ *File "(.*)", line (\d+)', re.MULTILINE)
_COLORS = {"error": "red", "warning": "yellow"}
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff]"
)
"""Characters of a guide that could steer a terminal, hide, or stop the output."""


_FIRST_GUIDE = """\b
A first guide:
  apiguide init parcels   writes a small one to start from
  cd parcels
  apiguide serve          shows it in the browser while you write
  apiguide check          says what is wrong, and what to write instead
  apiguide build          makes the site, in site/
"""
_BUILDS = """\b
Examples:
  apiguide build
  apiguide build --release 1.0 --release 2.0 --site-dir ../guide
"""


_DIFFS = """\b
Examples:
  apiguide diff 3.1 3.5
  apiguide diff 3.1 3.5 --format markdown
  apiguide diff 3.1 3.5 --fail-on breaking
"""


_PUBLISHES = """\b
Examples:
  apiguide build && apiguide publish /srv/guide
  apiguide publish /srv/guide --site-dir one-machine --site-dir another
  apiguide rollback /srv/guide
"""


class Faulty(click.ClickException):
    """Ends a command with 1: there is something wrong in the guide."""

    def __init__(self, message: str) -> None:
        super().__init__(_visible(message))


class Unable(Faulty):
    """Ends a command with 2: it cannot run."""

    exit_code = 2


class Commands(click.Group):
    """The commands, in the order in which a guide is made; turns errors that nobody foresaw into one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands as they stand in this file."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; what nobody foresaw ends it with 2, and with a traceback only where asked for."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get(DEBUG):
                traceback.print_exc()
            raise Unable(_fault(error)) from error


def _fault(error: Exception) -> str:
    """An unforeseen error in one line."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    what = " ".join(f"{type(error).__name__}: {error}".split())
    # An error of another process carries the place where it arose as text.
    elsewhere = _PLACES.findall(str(error.__cause__ or ""))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    file, line = elsewhere[-1] if elsewhere else (frame.filename, frame.lineno)
    return (
        f"{what} ({Path(file).name}:{line}). This should not happen, whatever the guide "
        f"holds: please tell the maintainers of apiguide {__version__}, with what {DEBUG}=1 makes it print."
    )


ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="Folder of the project; by default the one you are in.",
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_FIRST_GUIDE)
@click.version_option(__version__, prog_name="apiguide")
@click.pass_context
def main(context: click.Context) -> None:
    """Makes the published guide of an HTTP API from structured YAML.

    The API is described in reference/, a file for each call; other pages are written in docs/. The guide of
    each release of the API, with its tables, examples and signs for what is new, is derived from them.

    Every command ends with 0 where all is well, with 1 where something is wrong in the guide, and with 2
    where the command cannot run.
    """
    if os.environ.get("NO_COLOR"):
        context.color = False
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@main.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init_command(folder: Path) -> None:
    """Write a small guide to start from into DIR.

    It describes a made-up API in a few commented files, has no problems, and can be built at once. DIR must
    be new or empty.
    """
    from apiguide.starter import NotEmpty, write

    try:
        files = write(folder)
    except NotEmpty as error:
        raise Unable(str(error)) from error
    click.echo(f"wrote {', '.join(files)} into {folder}/; go on with")
    if folder.resolve() != Path.cwd():
        click.echo(f"cd {shlex.quote(str(folder))}")
    click.echo("apiguide serve   # shows the guide while you write")
    click.echo("apiguide build   # makes the site, in site/")


@main.command("check")
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

        _show([problem for problem in found.problems if problem.code not in DEBT])
        for line in table(count(found.problems), found.debt):
            click.echo(line)
    else:
        _show(found.problems)
    _summary(found)
    failed = bool(found.problems) if strict else not found.is_good
    sys.exit(1 if failed else 0)


def _against(root: Path, ref: str) -> Findings:
    from apiguide.checks import check, check_against
    from apiguide.checks.against import AgainstError

    try:
        return of(check_against(check(root), ref))
    except AgainstError as error:
        raise Unable(str(error)) from error


@main.command("diff", epilog=_DIFFS)
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

    checked = _checked_or_exit(root)
    assert checked.guide is not None, "a guide without errors has been read"
    for release in (older, newer):
        _known_releases(checked.guide, [release], "OLDER or NEWER")
    views = checked.views[older], checked.views[newer]
    found = changes(*views)
    click.echo(_visible(difference_report(format_, *views, found)), nl=False)
    if fail_on and any(each.impact == fail_on for each in found):
        sys.exit(1)


@main.command("serve")
@ROOT
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes any."
)
@click.option("--release", help="Release to show; by default the newest.")
def serve_command(root: Path, port: int, release: str | None) -> None:
    """Show the guide in the browser while you write.

    Open pages follow each change in reference/, docs/, macros/ and mkdocs.yml. What is wrong stands in the
    terminal and on the page, which shows the last good state until it is mended. Only this machine can see
    it. Ctrl-C ends it.
    """
    from apiguide.reader import REFERENCE, read
    from apiguide.site.serve import ServeError, serve

    if release is not None or not (root / REFERENCE).is_dir():
        guide = read(root).guide
        if guide is None:
            _checked_or_exit(root)
        elif release is not None:
            _known_releases(guide, [release])
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        serve(root, release, port, lambda text: _say(text, err=True))
    except ServeError as error:
        raise Unable(str(error)) from error
    except KeyboardInterrupt:
        click.echo("\nThe preview has ended.", err=True)


@main.command("build", epilog=_BUILDS)
@ROOT
@click.option(
    "--release", "releases", multiple=True, help="Release to build; repeatable. By default all that are out."
)
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write; by default site/ in the project.",
)
@click.option("--site-url", help="Address where the site is published; by default that of mkdocs.yml.")
def build_command(root: Path, releases: tuple[str, ...], site_dir: Path | None, site_url: str | None) -> None:
    """Make the site: a folder for each release, latest/, and what leads to them.

    Everything is built beside the old site, which is replaced in one step when all is well; where the guide
    has errors, it stays as it was. A release's guide is the same whichever others are built with it, so
    releases can be built on several machines and joined by `apiguide publish`.
    """
    from apiguide.site.build import BuildError, PlaceError, build

    with _progress("Checking…"):
        checked = _checked_or_exit(root)
    assert checked.guide is not None, "a guide without errors has been read"
    wanted = _known_releases(checked.guide, releases) or list(checked.guide.published)
    target = site_dir or root / "site"
    try:
        with _progress("Building…") as tell:
            done: list[str] = []

            def progress(release: str) -> None:
                done.append(release)
                tell(f"built release {release} ({len(done)} of {len(wanted)})")

            build(checked, wanted, target, site_url=site_url, progress=progress)
    except PlaceError as error:
        raise Unable(str(error)) from error
    except BuildError as error:
        raise Faulty(str(error)) from error
    click.echo(f"built {', '.join(wanted)} into {target}/")
    click.echo(f"to read it: python3 -m http.server --directory {target}", err=True)


@main.command("publish", epilog=_PUBLISHES)
@click.argument("place", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--site-dir",
    "site_dirs",
    multiple=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="A built site; repeatable, to join builds of other machines. By default site/.",
)
@click.option("--keep", type=click.IntRange(2), default=5, show_default=True, help="How many builds to keep.")
@click.option("--allow-gone", is_flag=True, help="Let pages that are online go without a redirect.")
def publish_command(place: Path, site_dirs: tuple[Path, ...], keep: int, allow_gone: bool) -> None:
    """Put a built site online in DIR, whose folder `current` a web server serves.

    The site is copied into DIR/builds/, joined with the releases that are online and not in it, and
    verified; then DIR/current is moved to it in one step. Where something is wrong, what is online stays as
    it is, and this ends with 1.
    """
    from apiguide.site.publish import PublishError, publish

    try:
        with _progress("Publishing…"):
            done = publish(site_dirs or [Path("site")], place, keep=keep, allows_gone=allow_gone)
    except PublishError as error:
        raise Faulty(str(error)) from error
    click.echo(f"published {', '.join(done.releases)} in {place / 'current'} ({done.build})")
    if done.kept:
        click.echo(f"as they were: {', '.join(done.kept)}", err=True)
    if done.gone:
        click.echo(f"gone: {_count(len(done.gone), 'page')}", err=True)


@main.command("rollback")
@click.argument("place", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
def rollback_command(place: Path) -> None:
    """Put the site online again that was in DIR before the current one."""
    from apiguide.site.publish import PublishError, rollback

    try:
        done = rollback(place)
    except PublishError as error:
        raise Faulty(str(error)) from error
    click.echo(f"back to {done.build}: {', '.join(done.releases)}")


@contextmanager
def _progress(text: str) -> Iterator[Callable[[str], None]]:
    """Shows what is going on: on a terminal in one line that moves, elsewhere in a line for each step."""
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield lambda told: _say(told, err=True)
    else:
        with console.status(Text(text)) as status:
            yield lambda told: status.update(Text(told))


def _known_releases(guide: Guide, releases: Sequence[str], what: str = "--release") -> list[str]:
    """The releases in the guide's order; ends the command where the guide does not have one."""
    for release in releases:
        if release not in guide.releases:
            message = f"the guide has no release {release!r}; it has {', '.join(guide.releases)}"
            raise click.BadParameter(_visible(message), param_hint=what)
    return [release for release in guide.releases if release in releases]


def _checked_or_exit(root: Path) -> Checked:
    """The checked project; where it has errors, they are printed and the command ends with 1."""
    from apiguide.checks import check

    checked = check(root)
    if not checked.is_good:
        _show(errors(checked.problems))
        _summary(of(checked))
        sys.exit(1)
    return checked


def _show(problems: Sequence[Problem]) -> None:
    for text in report(problems):
        _say(text)


def _say(text: str, *, err: bool = False) -> None:
    """Prints a text that may hold problems, with colours, which click leaves out where no terminal is."""
    text = _HEAD.sub(_styled, _visible(text))
    click.echo(_CARETS.sub(lambda match: match[1] + click.style(match[2], bold=True), text), err=err)


def _styled(head: re.Match[str]) -> str:
    where, severity, code = head.groups()
    return f"{click.style(where, bold=True)} {click.style(severity + code, fg=_COLORS[severity], bold=True)}"


def _visible(text: str) -> str:
    """The text with a replacement character for each one that a terminal should not get from a guide."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _summary(found: Findings) -> None:
    wrong = len(errors(found.problems))
    warnings = sum(problem.severity is Severity.WARNING for problem in found.problems)
    what = "no guide"
    if found.endpoints is not None:
        what = f"{_count(found.endpoints, 'endpoint')} in {_count(found.resources, 'resource')}"
    counts = [_count(wrong, "error")] if wrong else []
    counts += [_count(warnings, "warning")] if warnings else []
    click.echo(f"{what}: {', '.join(counts) or 'no problems'}", err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
