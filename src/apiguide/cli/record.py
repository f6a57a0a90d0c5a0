"""The command that takes an example from a real server."""

from __future__ import annotations

import difflib
import os
import stat
from pathlib import Path

import click

from apiguide.cli.output import Unable, say, visible
from apiguide.cli.verify import credentials, known_endpoint, server_options, shown_release
from apiguide.folders import REFERENCE

_RECORDS = """\b
Examples:
  APIGUIDE_CREDENTIALS=user:password apiguide record --url https://panel.example.test books/get
  apiguide record --url https://panel.example.test books/get --dry-run
"""


@click.command("record", epilog=_RECORDS)
@server_options
@click.argument("endpoint")
@click.option("--allow-unsafe", is_flag=True, help="Send the endpoint although it is not safe.")
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
    """Write a real answer of a server into the file of ENDPOINT, as its first example.

    The record that a path names is one that a list returned before. Numbers, booleans, times and listed
    values are kept. Every other text, the key of a record and the keys of maps are replaced by the values
    that the guide has for them, so that no secret, host, address or name gets into it. What is not
    documented is left out, and named. Comments and the order of the file stay.

    The credentials come from the environment variable APIGUIDE_CREDENTIALS (user:password, or a token), or
    are asked for. The exit status is 2 if nothing can be recorded.
    """
    from apiguide.verify.client import Client, NoAnswerError, UnreachableError
    from apiguide.verify.recording import recorded
    from apiguide.verify.walk import NotReachedError
    from apiguide.verify.writing import CannotWriteError, check_fits, with_answer
    from apiguide.writing import replace_file

    _, view = shown_release(root, release)
    known_endpoint(view, endpoint, "ENDPOINT")
    scheme = next(iter(view.settings.authentication), None)
    path = root / REFERENCE / f"{endpoint}.yaml"
    shown = f"{REFERENCE}/{endpoint}.yaml"
    if not dry_run and not os.access(path, os.W_OK):
        raise Unable(f"{shown} is read-only")
    try:
        client = Client(url, scheme, credentials(scheme), cacert)
        answer = recorded(view, client, endpoint, allow_unsafe=allow_unsafe)
        before = path.read_bytes()
        after = with_answer(before, shown, answer.status, answer.value)
        check_fits(view, after, shown, answer.status, answer.body)
    except (NotReachedError, NoAnswerError) as error:
        raise Unable(f"{endpoint}: {error}") from None
    except (UnreachableError, CannotWriteError) as error:
        raise Unable(str(error)) from None
    for name in answer.undocumented:
        say(f"left out, since it is not documented: {name}", err=True)
    if after == before:
        click.echo(f"{shown} has this response {answer.status} already")
    elif dry_run:
        for line in _difference(before, after, shown):
            say(line)
    else:
        replace_file(path, after, stat.S_IMODE(path.stat().st_mode))
        click.echo(visible(f"wrote the response {answer.status} into {shown}"))


def _difference(before: bytes, after: bytes, path: str) -> list[str]:
    old, new = (each.decode("utf-8").splitlines() for each in (before, after))
    return [*difflib.unified_diff(old, new, path, path, lineterm="", n=2)]
