"""Builds the guides of releases into one folder, which takes the old one's place only when all is well."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from apiguide.checks import Checked
from apiguide.folders import CONFIG, EPOCH
from apiguide.model import Guide
from apiguide.problems import errors, report
from apiguide.processes import map_parallel
from apiguide.site.atomic_swap import file_lock, lock_of, reason, staged
from apiguide.site.build_errors import BuildError, explained
from apiguide.site.git_dates import newest_commit
from apiguide.site.manifest import NAME as MANIFEST
from apiguide.site.manifest import Manifest, fingerprint
from apiguide.site.page_list import save, sitemap
from apiguide.site.site_root import write_site_root


class TargetError(BuildError):
    """A folder that a site may not take the place of."""


def get_ready(root: Path) -> None:
    """Does what a build needs of any guide: imports, and compiled templates. What fails will fail again."""
    with suppress(Exception), explained(""):
        from apiguide.rendering.templates import Templates
        from apiguide.site.layout import layout_of

        Templates.of(root).compile()
        layout_of(_config(root)).compile()


def build(
    checked: Checked,
    releases: Sequence[str],
    site_dir: Path,
    *,
    site_url: str | None = None,
    inputs: str = "",
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Builds the guides of releases, side by side; the folder changes when all are done.

    The bytes of a release's guide are the same whichever others are built with it. `inputs` is the digest of
    what the site is made of, by which a later build sees whether it has changed. `progress` is told each
    release when it is done. Raises BuildError where no site can be built, with all that is wrong in the guide
    if that is why.
    """
    guide = _good(checked, releases)
    with explained("the site could not be built"):
        config = _config(checked.root)
    base = _base(config, site_url)
    _refuse_foreign(site_dir.resolve(), checked.root)
    with (
        file_lock(lock_of(site_dir.resolve())),
        _dated(checked.root),
        _staged_site(site_dir.resolve()) as folder,
    ):
        prepared = _prepared(checked, config, is_side_by_side=True)
        prepared.site_releases(guide.newest).count_names()
        if len(releases) > 1:
            prepared = prepared.with_endpoints(releases)
        built = {}
        task = partial(_release, folder, prepared, base)
        for release, made in map_parallel(task, _by_size(checked, releases)):
            built[release] = made
            progress(release)
        known = dict.fromkeys(releases, inputs) if inputs else {}
        manifest = Manifest(guide.settings.title, base, tuple(reversed(guide.published)), {}, known)
        write_site_root(folder, manifest.with_built(built))


def _release(folder: Path, prepared: Any, base: str, release: str) -> str:
    """Builds the guide of one release, and gives the hash of its files."""
    _mkdocs(prepared.checked.root, folder / release, release, prepared, base)
    return fingerprint(folder / release)


def _by_size(checked: Checked, releases: Sequence[str]) -> list[str]:
    """The releases, the largest guides first, so that no process is left alone with one of them."""
    return sorted(releases, key=lambda release: len(checked.views[release].endpoints), reverse=True)


def build_alone(checked: Checked, release: str, folder: Path, site_url: str) -> None:
    """Builds the guide of one release that leads to no others; the folder, whatever it holds, is replaced."""
    _good(checked, [release])
    with explained("the site could not be built"):
        config = _config(checked.root)
    with _dated(checked.root), _staged_site(folder) as made:
        prepared = _prepared(checked, config, is_side_by_side=False)
        _mkdocs(checked.root, made, release, prepared, site_url)


def _good(checked: Checked, releases: Sequence[str]) -> Guide:
    """The guide, if it can be built."""
    guide = checked.guide
    if guide is None or not checked.is_good:
        raise BuildError("\n".join(report(errors(checked.problems))))
    for release in releases:
        if release not in guide.releases:
            raise BuildError(f"the guide has no release {release!r}; it has {', '.join(guide.releases)}")
    return guide


def _prepared(checked: Checked, config: Any, *, is_side_by_side: bool) -> Any:
    from apiguide.site.prepared import prepare

    with explained("the site could not be built"):
        return prepare(checked.root, config, checked, is_side_by_side=is_side_by_side)


@contextmanager
def _staged_site(site_dir: Path) -> Iterator[Path]:
    """A new folder that takes the site's place unless there is an error."""
    site_dir.parent.mkdir(parents=True, exist_ok=True)
    try:
        with staged(site_dir) as folder:
            yield folder
    except OSError as error:
        raise BuildError(f"the site could not be written: {reason(error)}") from error


def _refuse_foreign(site_dir: Path, root: Path) -> None:
    """Refuses to replace anything that no build has made."""
    if root.resolve().is_relative_to(site_dir):
        raise TargetError(f"{site_dir} holds the project itself; choose another --site-dir")
    if site_dir.exists() and not site_dir.is_dir():
        raise TargetError(f"{site_dir} is a file; delete it or choose another --site-dir")
    if site_dir.exists() and any(site_dir.iterdir()) and not (site_dir / MANIFEST).is_file():
        raise TargetError(f"{site_dir} holds other files; empty it or choose another --site-dir")


def _mkdocs(root: Path, target: Path, release: str, prepared: Any, site_url: str) -> None:
    """One release's site, by MkDocs."""
    from mkdocs.commands.build import build as mkdocs_build

    from apiguide.site.plugin import ApiguidePlugin

    with explained(f"release {release} could not be built"):
        config = _config(root, site_dir=str(target), strict=True, site_url=site_url)
        plugin = next((p for p in config.plugins.values() if isinstance(p, ApiguidePlugin)), None)
        if plugin is None:
            raise BuildError(f"{CONFIG} does not list the plugin `apiguide` under `plugins`")
        plugin.prepared = prepared
        plugin.config.release = release
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()
    links = plugin.release_links
    if links is not None:
        pages = links.pages(prepared.dates)
        save(pages, target)
        (target / "sitemap.xml").write_text(sitemap(links.home, pages), encoding="utf-8")
        for url, page in links.redirects().items():
            folder = target / unquote(url)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "index.html").write_text(page, encoding="utf-8")
    # It carries the time when it was packed, and says what sitemap.xml does.
    (target / "sitemap.xml.gz").unlink(missing_ok=True)


def _base(config: Any, site_url: str | None) -> str:
    """The address of the site, which ends with a slash."""
    url = site_url or config.site_url
    if not url:
        raise BuildError(f"{CONFIG} has no `site_url`, the site's address; add it, or give --site-url")
    return f"{url.rstrip('/')}/"


def _config(root: Path, **options: Any) -> Any:
    """The settings of mkdocs.yml."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config
    from mkdocs.config.defaults import MkDocsConfig

    if not (root / CONFIG).is_file():
        raise BuildError(f"there is no {CONFIG} in {root}; `apiguide init DIR` writes one")
    # It keeps plugins from one load to the next, and with them temporary folders that processes would share.
    MkDocsConfig.plugins.plugin_cache.clear()  # type: ignore[attr-defined]
    return load_config(str(root / CONFIG), **options)


@contextmanager
def _dated(root: Path) -> Iterator[None]:
    """Lets MkDocs, which wants a day for each page, take that of the newest commit instead of today's."""
    if EPOCH in os.environ:
        yield
        return
    os.environ[EPOCH] = str(newest_commit(root) or 0)
    try:
        yield
    finally:
        del os.environ[EPOCH]
