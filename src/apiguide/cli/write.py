"""The commands that write files for people to go on with."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from apiguide.cli.output import Unable


@click.command("init")
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
