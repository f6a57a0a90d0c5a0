"""The command that serves the documented API itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from apiguide.cli.output import ROOT, Unable, checked_or_exit, count, known_releases, missing, say, visible
from apiguide.problems import errors

if TYPE_CHECKING:
    from apiguide.mock.app import Served
    from apiguide.view import GuideView

_MOCKS = """\b
Examples:
  apiguide mock
  apiguide mock --release 1.0 --port 0 --stateful
"""

_LONGEST = 500
_COLORS = {2: "green", 4: "yellow", 5: "red"}


@click.command("mock", epilog=_MOCKS)
@ROOT
@click.option("--release", help="Release to serve; by default the newest one.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="Port; 0 picks a free one."
)
@click.option("--stateful", is_flag=True, help="Keep in memory what requests create, change and delete.")
@click.option("--tls", is_flag=True, help="Serve HTTPS, with a certificate made for this run.")
def mock_command(root: Path, release: str | None, port: int, *, stateful: bool, tls: bool) -> None:
    """Serve the documented API on this machine, to try requests against.

    Requests are judged by the reference alone: an unknown path is answered with 404, a wrong method with 405,
    wrong credentials with 401, a body that cannot be read with 400, and values that are not documented with
    422. Valid ones get the documented status and example, in the format that they ask for. `Prefer: code=422`
    picks a documented failure. Only this machine can reach it. Press Ctrl-C to stop it.
    """
    checked = checked_or_exit(root)
    assert checked.guide is not None, "a guide without errors has been read"
    if release is not None:
        known_releases(checked.guide, [release])
    try:
        from apiguide.mock.server import ServeError, serve
    except ModuleNotFoundError as error:
        raise missing(error, "mock") from error
    view = checked.views[release or checked.guide.newest]
    try:
        serve(
            root,
            view,
            port,
            is_stateful=stateful,
            has_tls=tls,
            reread=lambda: _reread(root, view.release),
            log=_log,
            tell=lambda text: say(text, err=True),
        )
    except KeyboardInterrupt:
        return  # so it is meant to end
    except ServeError as error:
        raise Unable(str(error)) from error


def _reread(root: Path, release: str) -> GuideView | str:
    """The release as files say it now, or why it cannot be served."""
    from apiguide.checks import check

    checked = check(root)
    view = checked.views.get(release)
    if checked.is_good:
        return view or f"there is no release {release} any more"
    found = errors(checked.problems)
    return f"the reference has {count(len(found), 'error')}, the first is: {found[0]}"


def _log(served: Served) -> None:
    """One line for a request."""
    status = click.style(str(served.status), fg=_COLORS.get(served.status // 100), bold=True)
    method, target, note = (_in_one_line(text) for text in (served.method, served.target, served.note))
    click.echo(f"{method} {target} {status} {served.seconds * 1000:.0f} ms{note and f'  {note}'}")


def _in_one_line(text: str) -> str:
    """A text of a request, as much of it as a terminal should get."""
    shown = visible(" ".join(text[: _LONGEST + 1].split()))
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
