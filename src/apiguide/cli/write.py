"""The commands that write files for people to go on with."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import click

from apiguide.cli.output import ROOT, Unable, count, show

_FORMATS = """\b
Examples:
  apiguide fmt
  apiguide fmt --check
  apiguide fmt reference/books reference/guide.yaml
"""


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


@click.command("fmt", epilog=_FORMATS)
@ROOT
@click.option("--check", "checks", is_flag=True, help="Write nothing; end with 1 where a file would change.")
@click.argument("paths", metavar="[PATHS]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
def fmt_command(root: Path, checks: bool, paths: tuple[Path, ...]) -> None:
    """Put the YAML files of reference/ into the usual layout, or those that PATHS name.

    Keys come in one order; names of the API stay in yours. Releases, and texts that editors would take for a
    number or a boolean, get quotes. Comments move with what they are about. No value changes: a file where
    one would, and one that cannot be read, stays as it is, and this ends with 1.
    """
    from apiguide.formatting.files import NoFile, files, format_files

    try:
        done = format_files(root, files(root, paths), writes=not checks)
    except NoFile as error:
        raise Unable(str(error)) from error
    show(done.problems)
    for path in done.changed:
        click.echo(path.as_posix())
    changed = count(len(done.changed), "file")
    what = f"{changed} would change" if checks else f"{changed} formatted"
    click.echo(f"{what}, of {done.files}", err=True)
    if done.problems or (checks and done.changed):
        sys.exit(1)
