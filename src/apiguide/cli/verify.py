"""The command that holds the guide against a real server."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apiguide.cli.output import ROOT, Unable, checked_or_exit, count, known_releases, progress, say
from apiguide.problems import ordered, report

if TYPE_CHECKING:
    from apiguide.model import Authentication

SECRET = "APIGUIDE_CREDENTIALS"
"""The environment variable with `user:password`, or with a token."""

_VERIFIES = """\b
Examples:
  APIGUIDE_CREDENTIALS=user:password apiguide verify --url https://panel.example.test
  apiguide verify --url https://panel.example.test --release 2.0 --allow-unsafe servers/console
"""


@click.command("verify", epilog=_VERIFIES)
@ROOT
@click.option("--url", required=True, help="Address of the server, as paths follow it.")
@click.option("--release", help="Release that the server runs; by default the newest one.")
@click.option(
    "--allow-unsafe", "allowed", multiple=True, metavar="ENDPOINT", help="Also send this one; repeatable."
)
@click.option(
    "--cacert",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Certificates to trust, as a PEM file.",
)
def verify_command(
    root: Path, *, url: str, release: str | None, allowed: tuple[str, ...], cacert: Path | None
) -> None:
    """Ask a real server what the guide documents, and report where the two differ.

    Only endpoints that are safe are sent, with records for their paths that lists returned before. The
    credentials come from the environment variable APIGUIDE_CREDENTIALS (user:password, or a token), or are
    asked for; they are never printed. The exit status is 1 if server and guide differ, and 2 if the server
    cannot be asked.
    """
    from apiguide.verify.client import Client, UnreachableError
    from apiguide.verify.verify import verify

    checked = checked_or_exit(root)
    assert checked.guide is not None, "a guide without errors has been read"
    if release is not None:
        known_releases(checked.guide, [release])
    view = checked.views[release or checked.guide.newest]
    for id_ in allowed:
        if id_ not in view.endpoints:
            raise click.BadParameter(f"there is no endpoint {id_!r}", param_hint="--allow-unsafe")
    scheme = next(iter(view.settings.authentication), None)
    secret = credentials(scheme)
    try:
        with progress("Asking…") as tell:
            result = verify(view, Client(url, scheme, secret, cacert), allowed, tell)
    except UnreachableError as error:
        raise Unable(str(error)) from None
    for text in report(ordered(result.problems)):
        say(text)
    for id_, reason in result.not_reached.items():
        say(f"not reached: {id_}: {reason}", err=True)
    asked, differ = count(len(result.reached), "endpoint"), count(len(result.problems), "difference")
    say(f"{asked} answered, {len(result.not_reached)} not reached: {differ}", err=True)
    sys.exit(1 if result.problems else 0)


def credentials(scheme: Authentication | None) -> str:
    """What a scheme needs, from the environment or a prompt that does not show it."""
    secret = os.environ.get(SECRET, "")
    if scheme is not None and not secret:
        what = "user:password" if scheme.type == "basic" else "token"
        secret = click.prompt(f"Credentials ({what})", hide_input=True, err=True)
    return secret
