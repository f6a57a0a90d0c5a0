"""Builds the guides of releases into one folder, which takes the old one's place only when all is well."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import traceback
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import jinja2

from apiguide.checks import Checked
from apiguide.problems import errors, report
from apiguide.site.exchange import exchange, repair

LATEST = "latest"
CONFIG = "mkdocs.yml"

_REDIRECT = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>{title}</title>
    <link rel="canonical" href="{to}">
    <meta http-equiv="refresh" content="0; url={to}">
  </head>
  <body><a href="{to}">{title}</a></body>
</html>
"""


class BuildError(Exception):
    """A site that could not be built; the message says what to do."""


class PlaceError(BuildError):
    """A folder that a site may not take the place of."""


def build(
    checked: Checked,
    releases: Sequence[str],
    site_dir: Path,
    *,
    site_url: str | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Builds the guide of each release and of the newest as `latest`; the folder changes when all are done.

    `progress` is told each release as its turn comes. Raises BuildError where no site can be built, with all
    that is wrong in the guide if that is why.
    """
    from apiguide.site.plugin import prepare

    guide = checked.guide
    if guide is None or not checked.is_good:
        raise BuildError("\n".join(report(errors(checked.problems))))
    for release in releases:
        if release not in guide.releases:
            raise BuildError(f"the guide has no release {release!r}; it has {', '.join(guide.releases)}")
    site_dir = site_dir.resolve()
    _refuse_foreign(site_dir, checked.root)
    site_dir.parent.mkdir(parents=True, exist_ok=True)
    repair(site_dir)
    prepared = prepare(checked.root, checked=checked)
    beside = Path(tempfile.mkdtemp(prefix=f".{site_dir.name}.", dir=site_dir.parent))
    try:
        for release in releases:
            progress(release)
            _mkdocs(checked.root, beside / release, release, prepared, site_url)
        newest = guide.newest if guide.newest in releases else releases[-1]
        shutil.copytree(beside / newest, beside / LATEST)
        front = _REDIRECT.format(title=escape(guide.settings.title), to=f"{LATEST}/")
        (beside / "index.html").write_text(front, encoding="utf-8")
        beside.chmod(0o755)
        exchange(beside, site_dir)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _refuse_foreign(site_dir: Path, root: Path) -> None:
    """Refuses to replace anything that no build has made."""
    if root.resolve().is_relative_to(site_dir):
        raise PlaceError(f"{site_dir} holds the project itself; choose another --site-dir")
    if site_dir.exists() and not site_dir.is_dir():
        raise PlaceError(f"{site_dir} is a file; delete it or choose another --site-dir")
    if site_dir.exists() and any(site_dir.iterdir()) and not (site_dir / LATEST).is_dir():
        raise PlaceError(f"{site_dir} holds other files; empty it or choose another --site-dir")


def _mkdocs(root: Path, target: Path, release: str, prepared: Any, site_url: str | None) -> None:
    """One release's site, by MkDocs."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, MkDocsException

    from apiguide.site.plugin import ApiguidePlugin

    if not (root / CONFIG).is_file():
        raise BuildError(f"there is no {CONFIG} in {root}; `apiguide init DIR` writes one")
    options: dict[str, Any] = {"site_url": site_url} if site_url else {}
    messages = _Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(messages)
    try:
        config = load_config(str(root / CONFIG), site_dir=str(target), strict=True, **options)
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
    except (Abort, MkDocsException) as error:
        said = "\n".join(messages.lines) or str(error)
        raise BuildError(f"release {release} could not be built:\n{said}") from error
    except Exception as error:
        fault = _macro_fault(error)
        if fault is None:
            raise
        raise BuildError(f"release {release} could not be built:\n{fault}") from error
    finally:
        logger.removeHandler(messages)


def _macro_fault(error: Exception) -> str | None:
    """Where in `macros/` an error arose, and what it is; None where it did not arise there."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.filename}:{error.lineno}: {error.message}"
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return f"{template.filename}:{template.get_corresponding_lineno(line)}: {error}"
        if not isinstance(error, jinja2.TemplateError):
            return None
    return None


class _Messages(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
