"""The commands that show a guide: a preview of it, its site, and what is online."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apiguide.cli import completion
from apiguide.cli.output import ROOT, Faulty, Unable, checked_or_exit, count, known_releases, progress, say

if TYPE_CHECKING:
    from apiguide.site.stop_request import StopRequest

_BUILDS = """\b
Examples:
  apiguide build
  apiguide build --release 1.0 --release 2.0 --site-dir ../guide
"""

_PUBLISHES = """\b
Examples:
  apiguide build && apiguide publish /srv/guide
  apiguide publish /srv/guide --site-dir one-machine --site-dir another
  apiguide rollback /srv/guide
"""


@click.command("serve")
@ROOT
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 picks a free one."
)
@click.option(
    "--release", shell_complete=completion.releases, help="Release to show; by default the newest one."
)
def serve_command(root: Path, port: int, release: str | None) -> None:
    """Preview the guide in the browser while you write.

    Open pages are updated after each change in reference/, docs/, macros/ and mkdocs.yml. Problems appear in
    the terminal and on the page, which keeps showing its last good state until they are fixed. Only this
    machine can reach the preview. Press Ctrl-C to stop it.
    """
    from apiguide.site.stop_request import StopRequest

    _serve(root, port, release, StopRequest.by_signals())
    click.echo("\nThe preview has ended.", err=True)


def _serve(root: Path, port: int, release: str | None, request: StopRequest) -> None:
    from apiguide.folders import GUIDE_FILE, REFERENCE
    from apiguide.reader import read
    from apiguide.site.preview import ServeError
    from apiguide.site.previewer import serve

    if release is not None or not (root / REFERENCE / GUIDE_FILE).is_file():
        reading = read(root)
        if reading.rest is None or (reading.guide is None and release is not None):
            checked_or_exit(root)
        elif release is not None and reading.guide is not None:
            known_releases(reading.guide, [release])
    try:
        serve(root, release, port, lambda text: say(text, err=True), request)
    except ServeError as error:
        raise Unable(str(error)) from error


@click.command("build", epilog=_BUILDS)
@ROOT
@click.option(
    "--release",
    "releases",
    multiple=True,
    shell_complete=completion.releases,
    help="Release to build; repeatable. By default all published ones.",
)
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Output folder; by default site/ in the project.",
)
@click.option("--site-url", help="Address where the site is published; by default that in mkdocs.yml.")
def build_command(root: Path, releases: tuple[str, ...], site_dir: Path | None, site_url: str | None) -> None:
    """Build the site: a folder per release, latest/, and entry pages.

    Everything is built beside the old site, which is replaced in one step once the build succeeds. If the
    guide has errors, the old site stays as it was. The guide of a release is the same no matter which others
    are built with it, so releases can be built on several machines and joined by `apiguide publish`.
    """
    from apiguide.site.unchanged import inputs_digest, unchanged

    target = site_dir or root / "site"
    with progress("Looking for what has changed…"):
        inputs = inputs_digest(root, site_url)
        there = unchanged(target, releases, inputs)
    if there:
        click.echo(f"nothing has changed: {target}/ holds {', '.join(there)}")
        _tell_how_to_read(target)
        return
    from apiguide.site.build import TargetError, build, get_ready
    from apiguide.site.build_errors import BuildError

    with progress("Checking…"):
        checked = checked_or_exit(root, partial(get_ready, root))
    assert checked.guide is not None, "a guide without errors has been read"
    wanted = known_releases(checked.guide, releases) or list(checked.guide.published)

    try:
        with progress("Building…") as tell:
            done: list[str] = []

            def tell_done(release: str) -> None:
                done.append(release)
                tell(f"built release {release} ({len(done)} of {len(wanted)})")

            build(checked, wanted, target, site_url=site_url, inputs=inputs, progress=tell_done)
    except TargetError as error:
        raise Unable(str(error)) from error
    except BuildError as error:
        raise Faulty(str(error)) from error
    click.echo(f"built {', '.join(wanted)} into {target}/")
    _tell_how_to_read(target)


def _tell_how_to_read(target: Path) -> None:
    click.echo(f"to read it: python3 -m http.server --directory {target}", err=True)


@click.command("publish", epilog=_PUBLISHES)
@click.argument("target", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--site-dir",
    "site_dirs",
    multiple=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="A built site; repeatable, to join builds from several machines. By default site/.",
)
@click.option("--keep", type=click.IntRange(2), default=5, show_default=True, help="How many builds to keep.")
@click.option(
    "--allow-gone", is_flag=True, help="Allow pages that are online to disappear without a redirect."
)
def publish_command(target: Path, site_dirs: tuple[Path, ...], keep: int, allow_gone: bool) -> None:
    """Put a built site online in DIR; a web server serves DIR/current.

    The site is copied into DIR/builds/, joined with the releases that are online but not part of it, and
    verified; then DIR/current is switched over to it in one step. If something is wrong with the site, what
    is online stays as it is, and the exit status is 1. If the very same site is online already, nothing
    changes.
    """
    from apiguide.site.publish import NothingToPublishError, PublishError, publish

    try:
        with progress("Publishing…"):
            done = publish(site_dirs or [Path("site")], target, keep=keep, allows_gone=allow_gone)
    except NothingToPublishError as error:
        raise Unable(str(error)) from error
    except PublishError as error:
        raise Faulty(str(error)) from error
    if not done.is_new:
        click.echo(f"nothing changed: {target / 'current'} has this site already ({done.build})")
        return
    click.echo(f"published {', '.join(done.releases)} in {target / 'current'} ({done.build})")
    if done.kept:
        click.echo(f"as they were: {', '.join(done.kept)}", err=True)
    if done.gone:
        click.echo(f"gone: {count(len(done.gone), 'page')}", err=True)


@click.command("rollback")
@click.argument("target", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
def rollback_command(target: Path) -> None:
    """Roll back DIR to the build before the current one."""
    from apiguide.site.publish import NothingToPublishError, PublishError, rollback

    try:
        done = rollback(target)
    except NothingToPublishError as error:
        raise Unable(str(error)) from error
    except PublishError as error:
        raise Faulty(str(error)) from error
    click.echo(f"back to {done.build}: {', '.join(done.releases)}")
