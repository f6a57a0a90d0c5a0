"""The command that takes an example from a real server."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from apiguide.cli.output import ROOT, Unable, checked_or_exit, known_releases, say
from apiguide.cli.verify import credentials

_RECORDS = """\b
Examples:
  APIGUIDE_CREDENTIALS=user:password apiguide record --url https://panel.example.test books/get
  apiguide record --url https://panel.example.test books/get --dry-run
"""


@click.command("record", epilog=_RECORDS)
@ROOT
@click.argument("endpoint")
@click.option("--url", required=True, help="Address of the server, as paths follow it.")
@click.option("--release", help="Release that the server runs; by default the newest one.")
@click.option("--allow-unsafe", is_flag=True, help="Send the endpoint although it is not safe.")
@click.option(
    "--cacert",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Certificates to trust, as a PEM file.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def record_command(
    root: Path,
    endpoint: str,
    *,
    url: str,
    release: str | None,
    allow_unsafe: bool,
    cacert: Path | None,
    dry_run: bool,
) -> None:
    """Write a real answer of a server into an endpoint's file, as its example.

    Numbers, times and listed values are kept. Every other text is replaced by the value that the guide has
    for the field, so that no secret, host, address or name gets into the guide. Comments and the order of
    the file stay. The record that a path names is one that a list returned before.
    """
    from apiguide.formatting import formatted
    from apiguide.model import Endpoint
    from apiguide.verify.client import Client, NoAnswerError, UnreachableError
    from apiguide.verify.recording import recorded
    from apiguide.verify.walk import NotReachedError
    from apiguide.verify.writing import CannotWriteError, with_example

    checked = checked_or_exit(root)
    assert checked.guide is not None, "a guide without errors has been read"
    if release is not None:
        known_releases(checked.guide, [release])
    view = checked.views[release or checked.guide.newest]
    if endpoint not in view.endpoints:
        raise click.BadParameter(f"there is no endpoint {endpoint!r}", param_hint="ENDPOINT")
    scheme = next(iter(view.settings.authentication), None)
    path = root / "reference" / f"{endpoint}.yaml"
    before = path.read_text(encoding="utf-8")
    try:
        client = Client(url, scheme, credentials(scheme), cacert)
        answer = recorded(view, client, endpoint, allow_unsafe=allow_unsafe)
        after = with_example(before, answer.status, answer.value)
    except (UnreachableError, NoAnswerError, NotReachedError, CannotWriteError) as error:
        raise Unable(str(error)) from None
    after = formatted(after.encode(), str(path), Endpoint).decode()
    for name in answer.undocumented:
        say(f"left out, since it is not documented: {name}", err=True)
    if dry_run:
        lines = difflib.unified_diff(
            before.splitlines(), after.splitlines(), str(path), str(path), lineterm="", n=2
        )
        for line in lines:
            say(line)
        return
    path.write_text(after, encoding="utf-8", newline="\n")
    click.echo(f"wrote the response {answer.status} into {path}")
