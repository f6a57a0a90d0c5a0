"""What leads from the pages of a release's guide to those of others, where they stand side by side."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from apiguide.folders import LATEST
from apiguide.rendering.links import relative
from apiguide.rendering.templates import Templates
from apiguide.site.page_list import PageEntry
from apiguide.site_releases import SiteReleases, address

_REDIRECT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<link rel="icon" href="data:,">
<meta http-equiv="refresh" content="0; url={to}">
<p><a href="{to}">{title}</a></p>
</html>
"""


class ReleaseLinks:
    """Leads from the pages of one release to those of others."""

    def __init__(self, site_releases: SiteReleases, release: str, templates: Templates, base: str) -> None:
        """`base` is the address of the site, which holds the folders of the releases; "" where unknown."""
        self.site_releases = site_releases
        self.release = release
        self.templates = templates
        self.base = f"{base.rstrip('/')}/" if base else ""

    @property
    def home(self) -> str:
        """The address of the release's start page; "" where that of the site is unknown."""
        return self.base + address(self.release) if self.base else ""

    @property
    def has_others(self) -> bool:
        """Whether there is any other release to lead to."""
        return len(self.site_releases.releases) > 1

    @property
    def is_old(self) -> bool:
        """Whether the release is another than the newest: an older one, or one that is only planned."""
        return self.release != self.site_releases.newest

    def canonical(self, url: str) -> str | None:
        """The address of the page that search engines should show for this one; None where unknown."""
        return self.base + address(self.site_releases.canonical(url), url) if self.base else None

    def links_of(self, url: str) -> tuple[tuple[str, str], ...]:
        """The releases, newest first, with links to the page in the guide of each."""
        found = self.site_releases.other_releases(url, self.release)
        return tuple((release, self._to(release, url)) for release in found)

    def _to(self, folder: str, url: str, source: str | None = None) -> str:
        """The link to a page in a folder of the site from one of the release, by default at the same URL."""
        start = url if source is None else source
        if folder == self.release and start == url:
            return "./"
        if folder != self.release and (not start or start.endswith("/")):
            return "../" * (start.count("/") + 1) + address(folder, url)
        return relative(address(folder, url), address(self.release, start))

    def is_indexed(self, url: str) -> bool:
        """Whether search engines should show the release's page at a URL."""
        return self.site_releases.is_indexed(url, self.release)

    def around(self, content: str, url: str) -> str:
        """The content of a page between what says that it is an old one, and links to other releases."""
        if not self.has_others:
            return content
        releases = [
            (release, href, url in self.site_releases.pages[release]) for release, href in self.links_of(url)
        ]
        links = self.templates.macro("release_links", self.release, releases)
        return f"{self._banner(url)}{content}{links}"

    def redirects(self) -> dict[str, str]:
        """The pages at former URLs, which lead to those of today, by URL."""
        titles = {**self.site_releases.absent(self.release), **self.site_releases.pages[self.release]}
        return {
            old: redirect(titles[new], relative(new, old), self.canonical(new) or "")
            for old, new in self.site_releases.redirects(self.release).items()
            if new in titles
        }

    def _banner(self, url: str) -> str:
        newest = self.site_releases.newest
        if not self.is_old or url not in self.site_releases.pages[self.release]:
            return ""
        is_there = url in self.site_releases.pages[newest]
        href = self._to(LATEST, url if is_there else "", url)
        is_planned = self.release == self.site_releases.planned
        banner = self.templates.macro(
            "banner", self.release, newest, href, is_there, is_planned, of="release_links"
        )
        return f"{banner}\n"

    def pages(self, changed: Mapping[str, str]) -> tuple[PageEntry, ...]:
        """All pages of the release, and those that say what it lacks; `changed` are days by page."""
        titles = {**self.site_releases.pages[self.release], **self.site_releases.absent(self.release)}
        return tuple(
            PageEntry(url, title, self.is_indexed(url), changed.get(url.rstrip("/")))
            for url, title in sorted(titles.items())
        )


def redirect(title: str, to: str, canonical: str) -> str:
    """A page that leads on; `to` is its link, `canonical` the whole address."""
    return _REDIRECT.format(title=escape(title), to=escape(to), canonical=escape(canonical))
