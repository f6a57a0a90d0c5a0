"""The files at the root of a site, and its `latest` folder: all made from the folders of its releases."""

from __future__ import annotations

import json
import re
import shutil
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote

from apiguide.editions import address
from apiguide.folders import LATEST
from apiguide.site.exchange import link
from apiguide.site.frame import NO_INDEX, redirect
from apiguide.site.manifest import Manifest, save

_LOC = re.compile(r"<loc>([^<]*)</loc>")
_ENTRY = re.compile(r"<url>.*?</url>\n", re.DOTALL)


def write_front(folder: Path, manifest: Manifest) -> None:
    """Completes a site: `latest`, index and 404 pages, versions.json, sitemap.xml, robots.txt, manifest."""
    newest = manifest.newest or next(iter(manifest.built))
    is_whole = newest == manifest.releases[0]
    home = manifest.url + address(LATEST if is_whole else newest)
    sitemap = (folder / newest / "sitemap.xml").read_text(encoding="utf-8")
    if is_whole:
        shutil.rmtree(folder / LATEST, ignore_errors=True)
        shutil.copytree(folder / newest, folder / LATEST, copy_function=link)
        sitemap = sitemap.replace(f"<loc>{escape(manifest.url + address(newest))}", f"<loc>{escape(home)}")
        _write(folder / LATEST / "sitemap.xml", sitemap)
    to = home.removeprefix(manifest.url)
    _write(folder / "index.html", redirect(manifest.title, to, home))
    _write(folder / "404.html", (folder / newest / "404.html").read_text(encoding="utf-8"))
    _write(folder / "sitemap.xml", _ENTRY.sub(lambda m: _if_indexed(m, folder / newest, home), sitemap))
    _write(folder / "robots.txt", f"User-agent: *\nSitemap: {manifest.url}sitemap.xml\n")
    versions = [
        {"version": release, "title": release, "aliases": [LATEST] if is_whole and release == newest else []}
        for release in manifest.built
    ]
    _write(folder / "versions.json", json.dumps(versions, indent=2, ensure_ascii=False) + "\n")
    save(manifest, folder)


def _if_indexed(entry: re.Match[str], pages: Path, home: str) -> str:
    """A sitemap's entry, or nothing where the page is not for search engines."""
    found = _LOC.search(entry[0])
    url = unescape(found[1]).removeprefix(home) if found else ""
    with (pages / unquote(url) / "index.html").open(encoding="utf-8") as page:
        return "" if NO_INDEX in page.read(20_000) else entry[0]


def _write(path: Path, text: str) -> None:
    """Writes a file anew: one of that name may be another's too."""
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
