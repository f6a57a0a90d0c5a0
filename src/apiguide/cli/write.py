"""The commands that write files for people to go on with."""

from __future__ import annotations

import json
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


@click.command("schema")
@click.argument(
    "folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), default="schemas"
)
def schema_command(folder: Path) -> None:
    """Write JSON Schema of the YAML files into DIR, by default schemas/, for editors.

    An editor that knows them completes keys, says what each is for, and finds what is wrong while you type.
    Where it is to find them stands in a line at the beginning of a file, or in its settings: for those of
    VS Code, the lines are printed.
    """
    from apiguide.schema import GLOBS, write

    paths = write(folder)
    for path in paths:
        click.echo(path.as_posix())
    shown = {"yaml.schemas": {path.as_posix(): GLOBS[path.name] for path in paths}}
    click.echo(f"for .vscode/settings.json:\n{json.dumps(shown, indent=2)}", err=True)
