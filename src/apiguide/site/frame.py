"""What stands around each page of a release's guide where the guides of all releases stand side by side."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlsplit

from apiguide.editions import Editions, address
from apiguide.folders import LATEST
from apiguide.rendering.links import relative
from apiguide.rendering.templates import Templates

_BEGIN = '<article class="md-content__inner md-typeset">'
_END = "</article>"
NO_INDEX = '<meta name="robots" content="noindex">'
"""What a page says that search engines should pass over."""
_SITEMAP = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
)

_REDIRECT = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>{title}</title>
    <link rel="canonical" href="{canonical}">
    <meta http-equiv="refresh" content="0; url={to}">
  </head>
  <body><a href="{to}">{title}</a></body>
</html>
"""


class Frame:
    """Leads from the pages of one release to those of others."""

    def __init__(self, editions: Editions, release: str, templates: Templates, base: str) -> None:
        """`base` is the address of the site, which holds the folders of the releases; "" where unknown."""
        self.editions = editions
        self.release = release
        self.templates = templates
        self.base = f"{base.rstrip('/')}/" if base else ""

    @property
    def home(self) -> str:
        """The address of the release's start page; "" where that of the site is unknown."""
        return self.base + address(self.release) if self.base else ""

    def canonical(self, url: str) -> str | None:
        """The address of the page that search engines should show for this one; None where unknown."""
        return self.base + address(self.editions.canonical(url), url) if self.base else None

    def editions_of(self, url: str) -> tuple[tuple[str, str], ...]:
        """The releases, newest first, with links to the page in the guide of each."""
        found = self.editions.beside(url, self.release)
        return tuple((release, self._to(release, url)) for release in found)

    def _to(self, folder: str, url: str, source: str | None = None) -> str:
        """The link to a page in a folder of the site from one of the release, by default at the same URL."""
        start = url if source is None else source
        if folder == self.release and start == url:
            return "./"
        if folder != self.release and (not start or start.endswith("/")):
            return "../" * (start.count("/") + 1) + address(folder, url)
        return relative(address(folder, url), address(self.release, start))

    def around(self, page: str, url: str) -> str:
        """A finished page with links to other releases, and what search engines should know of it."""
        if not self.editions.is_indexed(url, self.release):
            page = page.replace("</head>", f"{NO_INDEX}</head>", 1)
        links = self.templates.macro("editions", self.release, self.editions_of(url), of="edition")
        page = page.replace(_BEGIN, f"{_BEGIN}\n{self._banner(url)}", 1)
        end = page.rfind(_END)
        return f"{page[:end]}{links}\n{page[end:]}" if end >= 0 else page

    def redirects(self) -> dict[str, str]:
        """The pages at former URLs, which lead to those of today, by URL."""
        titles = {**self.editions.absent(self.release), **self.editions.pages[self.release]}
        return {
            old: redirect(titles[new], relative(new, old), self.canonical(new) or "")
            for old, new in self.editions.redirects.items()
            if new in titles
        }

    def _banner(self, url: str) -> str:
        newest = self.editions.newest
        if self.release == newest:
            return ""
        is_there = url in self.editions.pages[newest]
        href = self._to(LATEST, url if is_there else "", url)
        is_planned = self.release == self.editions.planned
        return self.templates.macro("banner", self.release, newest, href, is_there, is_planned, of="edition")

    def sitemap(self, changed: Mapping[str, str]) -> str:
        """All pages of the release and those that say what it lacks, for the selector of releases."""
        urls = [*self.editions.pages[self.release], *self.editions.absent(self.release)]
        return sitemap(self.home, urls, changed)

    def of_newest(self, page: str) -> str:
        """The 404 page, whose links are absolute, with links into the guide of the newest release."""
        path = urlsplit(self.home).path
        return page.replace(f'="{path}', f'="{urlsplit(self.base).path}{LATEST}/') if self.base else page


def redirect(title: str, to: str, canonical: str) -> str:
    """A page that leads on; `to` is its link, `canonical` the whole address."""
    return _REDIRECT.format(title=escape(title), to=escape(to), canonical=escape(canonical))


def sitemap(home: str, urls: list[str], changed: Mapping[str, str]) -> str:
    """A sitemap (sitemaps.org) of pages below a home; `changed` are days by page."""
    lines = []
    for url in sorted(urls):
        day = changed.get(url.rstrip("/"))
        lastmod = f"<lastmod>{day}</lastmod>" if day else ""
        lines.append(f"<url><loc>{escape(home + url)}</loc>{lastmod}</url>\n")
    return _SITEMAP + "".join(lines) + "</urlset>\n"
