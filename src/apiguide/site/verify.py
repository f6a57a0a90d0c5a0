"""Whether a site is whole: every link and anchor in it leads somewhere, every alias and version is there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

from apiguide.folders import LATEST
from apiguide.site.manifest import Manifest

_LINK = re.compile(r'\s(?:href|src)="([^"]*)"(?!\shreflang=)')
"""One with a language leads to another site, which says the same in that language."""
_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
"""How a link begins that names a scheme or a host: it leads outside the site, or runs something."""
_ID = re.compile(r'\sid="([^"]*)"')


def faults(folder: Path, manifest: Manifest) -> Iterator[str]:
    """What is wrong with a site, in sentences; nothing where it is whole."""
    yield from _versions(folder, manifest)
    yield from link_faults(folder, unquote(urlsplit(manifest.url).path) or "/")


def link_faults(folder: Path, home: str = "/") -> Iterator[str]:
    """Links and anchors of a site that lead nowhere, in sentences; it is published at the path `home`."""
    yield from _Links(folder, home).faults()


def _versions(folder: Path, manifest: Manifest) -> Iterator[str]:
    stated = json.loads((folder / "versions.json").read_text(encoding="utf-8"))
    if [each["version"] for each in stated] != list(manifest.built):
        yield f"versions.json does not name the releases {', '.join(manifest.built)}"
    names = [name for each in stated for name in (each["version"], *each["aliases"])]
    for name in names:
        if not (folder / name / "index.html").is_file():
            yield f"the release or alias {name} has no start page"
    if manifest.newest == manifest.releases[0] and LATEST not in names:
        yield f"no release has the alias {LATEST}"


class _Links:
    """The links of all pages of a site that is published at the path `home`."""

    def __init__(self, folder: Path, home: str) -> None:
        self.folder = folder
        self.home = home
        self.files: dict[str, bool] = {}
        self.wanted: dict[str, dict[str, str]] = {}
        """Anchors that other pages link to, by page; each with one of these pages."""

    def faults(self) -> Iterator[str]:
        pages = sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        for page in pages:
            yield from self._of(page)
        for page, anchors in sorted(self.wanted.items()):
            ids = set(_ID.findall(self._text(page)))
            for anchor, source in anchors.items():
                if anchor not in ids:
                    yield f"{source} links to {page}#{anchor}, which is not there"

    def _of(self, page: str) -> Iterator[str]:
        text = self._text(page)
        links = set(_LINK.findall(text))
        ids = set(_ID.findall(text)) if any(link.startswith("#") for link in links) else set()
        for link in sorted(links):
            if link.startswith("#"):
                if len(link) > 1 and unquote(unescape(link[1:])) not in ids and link[1:] not in ids:
                    yield f"{page} links to {link}, which is not in it"
            elif not _SCHEME.match(link) and not self._is_elsewhere(unescape(link)):
                yield from self._to(page, unescape(link))

    def _is_elsewhere(self, link: str) -> bool:
        """Whether a link names no host, and leads out of the path at which the site is published."""
        return link.startswith("/") and not f"{unquote(link.partition('#')[0])}/".startswith(self.home)

    def _to(self, page: str, link: str) -> Iterator[str]:
        path, _, fragment = link.partition("#")
        path = unquote(path.partition("?")[0])
        base = self.home + page.rpartition("/")[0]
        target = normpath(join(base, path))
        if path.endswith(("/", ".")):
            target = f"{target.rstrip('/')}/"
        if f"{target}/" == self.home:
            target = self.home
        if not target.startswith(self.home):
            yield f"{page} links to {link}, which is outside of the site"
            return
        target = target.removeprefix(self.home)
        if not target or target.endswith("/"):
            target += "index.html"
        if not self._is_file(target):
            yield f"{page} links to {link}, which is not there"
        elif fragment and target.endswith(".html"):
            self.wanted.setdefault(target, {}).setdefault(unquote(fragment), page)

    def _is_file(self, path: str) -> bool:
        if path not in self.files:
            self.files[path] = (self.folder / path).is_file()
        return self.files[path]

    def _text(self, page: str) -> str:
        return (self.folder / page).read_text(encoding="utf-8")
