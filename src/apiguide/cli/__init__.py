"""The command line: `apiguide init`, `check`, `serve`, `build` and others, a module for those of a kind.

Here, and nowhere else, problems become lines of a terminal and exit codes: 0 for success, 1 for a guide with
problems, 2 for a command that cannot run.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from apiguide import __version__
from apiguide.cli.check import check_command, diff_command
from apiguide.cli.examples import examples_command
from apiguide.cli.mock import mock_command
from apiguide.cli.output import Unable
from apiguide.cli.record import record_command
from apiguide.cli.rule import rule_command
from apiguide.cli.site import build_command, publish_command, rollback_command, serve_command
from apiguide.cli.verify import verify_command
from apiguide.cli.write import fmt_command, init_command, new_command, schema_command

DEBUG = "APIGUIDE_DEBUG"
"""The environment variable that brings tracebacks."""

_LOCATIONS = re.compile(r'^ *File "(.*)", line (\d+)', re.MULTILINE)

_FIRST_GUIDE = """\b
A first guide:
  apiguide init parcels   writes a small guide to start from
  cd parcels
  apiguide serve          previews it in the browser while you write
  apiguide check          reports what is wrong, and how to fix it
  apiguide build          builds the site, in site/
"""


class Commands(click.Group):
    """The commands, in the order in which a guide is made; turns errors that nobody foresaw into one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands as they stand at the end of this file."""
        return list(self.commands)

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Reads the command line."""
        with _in_one_line():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command."""
        with _in_one_line():
            return super().invoke(ctx)


@contextmanager
def _in_one_line() -> Iterator[None]:
    """Exits with status 2 on an unforeseen error, and shows a traceback only where asked for."""
    try:
        yield
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
    if type(error).__name__ == "BrokenProcessPool":  # to import it takes a moment
        return "a process that worked for this one was ended from outside, perhaps since memory ran out"
    what = " ".join(f"{type(error).__name__}: {error}".split())
    # An error of another process carries the place where it arose as text.
    elsewhere = _LOCATIONS.findall(str(error.__cause__ or ""))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    file, line = elsewhere[-1] if elsewhere else (frame.filename, frame.lineno)
    return (
        f"{what} ({Path(file).name}:{line}). This should not happen, whatever the guide "
        f"holds: please tell the maintainers of apiguide {__version__}, with what {DEBUG}=1 makes it print."
    )


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_FIRST_GUIDE)
@click.version_option(__version__, prog_name="apiguide")
@click.pass_context
def main(context: click.Context) -> None:
    """Publishes reference guides for an HTTP API from structured YAML.

    The API is described in reference/, one file per endpoint; other pages are written in docs/. The guide
    for each release of the API, with its tables, examples and badges for what is new, is derived from them.

    Every command has exit status 0 on success, 1 if something is wrong with the guide, and 2 if the command
    could not run.
    """
    if os.environ.get("NO_COLOR"):
        context.color = False
    # A guide is a million small things that stay until the end; to look for garbage among them takes long.
    gc.set_threshold(1_000_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


for each in (
    init_command,
    new_command,
    schema_command,
    fmt_command,
    check_command,
    rule_command,
    diff_command,
    serve_command,
    mock_command,
    examples_command,
    verify_command,
    record_command,
    build_command,
    publish_command,
    rollback_command,
):
    main.add_command(each)


def run() -> NoReturn:
    """The installed command: does what the arguments ask for, and ends this process.

    It ends as soon as all that others registered with `atexit` has been called. To tear a large guide down
    thing by thing, as Python does then, takes as long as to read it.
    """
    codes: list[int] = []
    atexit.register(_end, codes)  # what is registered later is called earlier
    try:
        main()
    except SystemExit as end:
        if not isinstance(end.code, str):
            codes.append(end.code or 0)
        raise
    raise AssertionError("click ends what it runs")


def _end(codes: list[int]) -> None:
    """Ends this process if it is known with what, and all that it printed has arrived."""
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except OSError:
        return  # Python says that what was printed is lost
    for code in codes:
        os._exit(code)
