"""The command that holds the guide against a real server."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from apiguide.cli.output import ROOT, Unable, checked_or_exit, count, known_releases, progress, say, visible
from apiguide.cli.reports import FORMAT, IGNORE, OUTPUT, SELECT, choice, seen_from_here, write
from apiguide.problems import did_you_mean, ordered, report

if TYPE_CHECKING:
    from apiguide.checks import Checked
    from apiguide.model import Authentication
    from apiguide.problems import Problem
    from apiguide.verify.verify import Result
    from apiguide.view import GuideView

SECRET = "APIGUIDE_CREDENTIALS"
"""The environment variable with `user:password`, or with a token."""
NAMED = 5
"""So many of the endpoints that were not reached for the same reason are named."""

_VERIFIES = """\b
Examples:
  APIGUIDE_CREDENTIALS=user:password apiguide verify --url https://panel.example.test
  apiguide verify --url https://panel.example.test --release 2.0 --allow-unsafe servers/console
  apiguide verify --url https://panel.example.test --ignore never-seen --format json
"""


def server_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of each command that asks a server."""
    certificates = click.Path(exists=True, dir_okay=False, path_type=Path)
    for option in (
        click.option("--cacert", type=certificates, help="Certificates to trust, as a PEM file."),
        click.option("--release", help="Release that the server runs; by default the newest one."),
        click.option("--url", required=True, help="Address of the server, which paths of the API follow."),
        ROOT,
    ):
        command = option(command)
    return command


@click.command("verify", epilog=_VERIFIES)
@server_options
@click.option(
    "--allow-unsafe", "allowed", multiple=True, metavar="ENDPOINT", help="Also send this one; repeatable."
)
@SELECT
@IGNORE
@FORMAT
@OUTPUT
def verify_command(
    root: Path,
    *,
    url: str,
    release: str | None,
    allowed: tuple[str, ...],
    cacert: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    format_: str,
    output: Path | None,
) -> None:
    """Ask a real server what the guide documents, and report where the two differ.

    Each difference is reported at the line of the guide that is wrong, in the formats of `apiguide check`;
    `apiguide rule server` lists what is found. What was not reached is told afterwards, by reason.

    Only safe endpoints are sent: those that read, unless the guide says `safe: false`. The records that their
    paths name are those that the server's own lists have, never examples. The credentials come from the
    environment variable APIGUIDE_CREDENTIALS (user:password, or a token), or are asked for. They are never
    printed.

    The exit status is 1 if server and guide differ, and 2 if the server cannot be asked, or not to the end.
    """
    from apiguide.verify.client import Client, UnreachableError
    from apiguide.verify.verify import verify

    chosen = choice(select, ignore)
    checked, view = shown_release(root, release)
    for id_ in allowed:
        known_endpoint(view, id_, "--allow-unsafe")
    scheme = next(iter(view.settings.authentication), None)
    secret = credentials(scheme)
    try:
        with progress("Asking…") as tell:
            result = verify(view, Client(url, scheme, secret, cacert), allowed, tell)
    except UnreachableError as error:
        raise Unable(str(error)) from None
    problems = [each for each in kept(checked, result) if chosen.keeps(each)]
    lines: Iterator[str] = report(ordered(problems))
    if format_ != "text":
        from apiguide import formats

        text = formats.render(format_, problems, seen_from_here(root), strict=True)
        lines = iter((text,) if text else ())
    write(lines, format_, output)
    for line in summary(result, len(problems)):
        say(line, err=True)
    if problems:
        sys.exit(1)
    if not result.reached:
        raise Unable("no endpoint was reached")
    sys.exit(2 if result.stopped else 0)


def shown_release(root: Path, release: str | None) -> tuple[Checked, GuideView]:
    """The checked project, and its view of a release, by default the newest one."""
    checked = checked_or_exit(root)
    assert checked.guide is not None, "a guide without errors has been read"
    if release is not None:
        known_releases(checked.guide, [release])
    return checked, checked.views[release or checked.guide.newest]


def known_endpoint(view: GuideView, id_: str, what: str) -> None:
    """Ends the command where a release has no endpoint of that name."""
    if id_ not in view.endpoints:
        hint = did_you_mean(id_, view.endpoints)
        message = f"release {view.release} has no endpoint {id_!r}" + (f"; {hint}" if hint else "")
        raise click.BadParameter(visible(message), param_hint=what)


def credentials(scheme: Authentication | None) -> str:
    """What a scheme needs, from the environment or a prompt that does not show it."""
    secret = os.environ.get(SECRET, "")
    if scheme is not None and not secret:
        what = "user:password" if scheme.type == "basic" else "token"
        try:
            secret = click.prompt(f"Credentials ({what})", hide_input=True, err=True)
        except click.Abort:
            raise Unable(f"there are no credentials: set {SECRET} to {what}") from None
    return secret


def kept(checked: Checked, result: Result) -> Iterator[Problem]:
    """The differences, but for warnings that the guide ignores with a reason."""
    from apiguide.checks.choice import Choice

    assert checked.guide is not None, "a guide without errors has been read"
    return filter(Choice(ignore=frozenset(checked.guide.settings.rules.ignore)).keeps, result.problems)


def summary(result: Result, differ: int) -> Iterator[str]:
    """What was not reached, by reason, and how much was."""
    for reason, ids in _by_reason(result.not_reached).items():
        named = ", ".join(ids[:NAMED]) + (", …" if len(ids) > NAMED else "")
        yield f"not reached, since {reason}: {count(len(ids), 'endpoint')} ({named})"
    if result.stopped:
        yield f"stopped: {result.stopped}"
    asked, differences = count(len(result.reached), "endpoint"), count(differ, "difference")
    yield f"{asked} answered, {len(result.not_reached)} not reached: {differences}"


def _by_reason(not_reached: Mapping[str, str]) -> dict[str, list[str]]:
    """The endpoints by the reason, the most frequent one first."""
    found: dict[str, list[str]] = {}
    for id_, reason in sorted(not_reached.items()):
        found.setdefault(reason, []).append(id_)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[1])))
