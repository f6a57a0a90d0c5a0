"""The files at the root of a site, and its `latest` folder: all made from the folders of its releases."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from apiguide.folders import LATEST
from apiguide.site.atomic_swap import link
from apiguide.site.manifest import Manifest, save
from apiguide.site.page_list import load, sitemap
from apiguide.site.release_links import redirect
from apiguide.site_releases import address
from apiguide.texts import ENGLISH

_LANGUAGE = re.compile(r'<html lang="([A-Za-z-]+)"')


def write_site_root(folder: Path, manifest: Manifest) -> None:
    """Completes a site: `latest`, index and 404 pages, versions.json, sitemap.xml, robots.txt, manifest."""
    newest = manifest.newest or next(iter(manifest.built))
    is_full = newest == manifest.releases[0]
    home = manifest.url + address(LATEST if is_full else newest)
    pages = load(folder / newest)
    if is_full:
        shutil.rmtree(folder / LATEST, ignore_errors=True)
        shutil.copytree(folder / newest, folder / LATEST, copy_function=link)
        _write(folder / LATEST / "sitemap.xml", sitemap(home, pages))
    to = home.removeprefix(manifest.url)
    missing = (folder / newest / "404.html").read_text(encoding="utf-8")
    language = _LANGUAGE.search(missing)
    _write(folder / "index.html", redirect(manifest.title, to, home, language[1] if language else ENGLISH))
    _write(folder / "404.html", missing)
    _write(folder / "sitemap.xml", sitemap(home, (page for page in pages if page.is_indexed)))
    _write(folder / "robots.txt", f"User-agent: *\nSitemap: {manifest.url}sitemap.xml\n")
    versions = [
        {"version": release, "title": release, "aliases": [LATEST] if is_full and release == newest else []}
        for release in manifest.built
    ]
    _write(folder / "versions.json", json.dumps(versions, indent=2, ensure_ascii=False) + "\n")
    save(manifest, folder)


def _write(path: Path, text: str) -> None:
    """Writes a file anew: one of that name may be another's too."""
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
