"""The commands that write files for people to work on."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apiguide.cli.output import ROOT, Faulty, Unable, count, show, visible
from apiguide.problems import errors

if TYPE_CHECKING:
    from apiguide.model import Guide
    from apiguide.scaffold import Draft

_NEW = """\b
Examples:
  apiguide new resource books --title Books
  apiguide new endpoint books/create
  apiguide new endpoint books/lend --method PUT --path /books/:id/loan
"""

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

    It describes a made-up API in a few commented files, passes the check, and can be built right away. DIR
    must not exist yet, or be empty.
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


@click.group("new", epilog=_NEW)
def new_command() -> None:
    """Start a new file in reference/: an endpoint or a resource.

    What you leave out is guessed from the name and from similar endpoints. `TODO` marks what is left for you
    to write; until then it counts as debt, a warning in `apiguide check`. No file is overwritten.
    """


@new_command.command("endpoint")
@ROOT
@click.argument("id_", metavar="RESOURCE/ENDPOINT")
@click.option("--method", help="HTTP method.")
@click.option("--path", help="Path with :placeholders.")
@click.option("--title", help="What the endpoint does, as a heading.")
def new_endpoint_command(
    root: Path, id_: str, method: str | None, path: str | None, title: str | None
) -> None:
    """Start the file of an endpoint, reference/RESOURCE/ENDPOINT.yaml."""
    from apiguide.scaffold import endpoint_draft

    guide, lost = _readable(root)
    with _begun(root) as write:
        write(endpoint_draft(guide, id_, method=method, path=path, title=title, lost=lost))


@new_command.command("resource")
@ROOT
@click.argument("name", metavar="NAME")
@click.option("--title", help="Name of the resource, as a heading.")
@click.option("--group", help="The navigation group it belongs to.")
def new_resource_command(root: Path, name: str, title: str | None, group: str | None) -> None:
    """Start the file of a resource, reference/NAME/resource.yaml."""
    from apiguide.scaffold import resource_draft

    guide, lost = _readable(root)
    with _begun(root) as write:
        write(resource_draft(guide, name, title=title, group=group, lost=lost))


def _readable(root: Path) -> tuple[Guide, frozenset[str]]:
    """The guide, and the paths of its files with errors; without a guide the command ends."""
    from apiguide.reader import read

    reading = read(root)
    wrong = errors(reading.problems)
    if reading.guide is None:
        show(wrong)
        if reading.rest is None:
            raise Unable("there is no guide to add to")
        raise Faulty("there is no guide to add to until guide.yaml can be read")
    return reading.guide, frozenset(problem.where.source.path for problem in wrong)


@contextmanager
def _begun(root: Path) -> Iterator[Callable[[Draft], None]]:
    """Writes what is begun, and says what comes next; ends the command where it cannot be begun."""
    from apiguide.scaffold import DraftError

    def write(draft: Draft) -> None:
        draft.write(root)
        click.echo(draft.path)
        click.echo("what is marked TODO is debt until you write it; `apiguide check` lists it", err=True)
        if draft.planned is not None:
            hint = f'if it comes with the planned release, write `since: "{draft.planned}"`'
            click.echo(visible(hint), err=True)
        if draft.budget is not None:
            allowed = f"guide.yaml allows this resource a debt of {draft.budget}"
            click.echo(f"{allowed}: until then the check may find more", err=True)

    try:
        yield write
    except DraftError as error:
        raise Unable(str(error)) from error


@click.command("schema")
@click.argument(
    "folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), default="schemas"
)
def schema_command(folder: Path) -> None:
    """Write JSON Schemas for editors into DIR, by default schemas/.

    An editor that knows them completes keys, explains what each is for, and finds mistakes while you type.
    It learns where they are from a line at the top of a file or from its settings; the settings for VS Code
    are printed.
    """
    from apiguide.schema import GLOBS, write

    paths = write(folder)
    for path in paths:
        click.echo(path.as_posix())
    shown = {"yaml.schemas": {path.as_posix(): GLOBS[path.name] for path in paths}}
    click.echo(f"for .vscode/settings.json:\n{json.dumps(shown, indent=2)}", err=True)


@click.command("fmt", epilog=_FORMATS)
@ROOT
@click.option(
    "--check", "checks", is_flag=True, help="Write nothing; exit with status 1 if a file would change."
)
@click.argument("paths", metavar="[PATHS]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
def fmt_command(root: Path, checks: bool, paths: tuple[Path, ...]) -> None:
    """Apply canonical formatting to the YAML files in reference/.

    With PATHS, only these files and folders are formatted. Keys are put into a fixed order, while names of
    your API stay in the order in which you wrote them. Quotes are added to releases, and to text that editors
    would take for a number or a boolean. Comments move with what they describe. No value ever changes: a file
    where one would, or that cannot be read, stays as it is, and the exit status is 1.
    """
    from apiguide.formatting.files import NoFile, files, format_files

    try:
        done = format_files(root, files(root, paths), writes=not checks)
    except NoFile as error:
        raise Unable(str(error)) from error
    show(done.problems)
    for line in done.refused:
        click.echo(visible(line))
    for path in done.changed:
        click.echo(visible(path.as_posix()))
    changed = count(len(done.changed), "file")
    what = f"{changed} would change" if checks else f"{changed} formatted"
    click.echo(f"{what}, of {done.files}", err=True)
    if done.problems or done.refused or (checks and done.changed):
        sys.exit(1)
