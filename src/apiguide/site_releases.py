"""The guides of all releases side by side: which pages each has, and where one leads to others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from urllib.parse import quote

from apiguide.anchors import COMPATIBILITY, NAMES, NEWS, has_page, news_page, page_url
from apiguide.docs import DocsPage, docs_url
from apiguide.folders import LATEST
from apiguide.model import Guide
from apiguide.name_ranges import Range, ranges
from apiguide.names import names
from apiguide.texts import Texts, english
from apiguide.view import GuideView

_HEADING = re.compile(r"# +(.+?)\s*#*$")


@dataclass(frozen=True)
class SiteReleases:
    """All that is published of a guide, and a release that is only planned where that is shown."""

    guide: Guide
    views: Mapping[str, GuideView]
    docs: tuple[DocsPage, ...] = ()
    planned: str | None = None
    """The planned release that is shown too."""
    texts: Texts = field(default_factory=english, compare=False)
    """What its pages say, titles among it."""

    @classmethod
    def around(
        cls,
        release: str,
        guide: Guide,
        views: Mapping[str, GuideView],
        docs: tuple[DocsPage, ...] = (),
        texts: Texts | None = None,
    ) -> SiteReleases:
        """What the guide of a release knows of the others, and of itself where it is only planned."""
        planned = None if release in guide.published else release
        return cls(guide, views, docs, planned, texts or english())

    @cached_property
    def releases(self) -> tuple[str, ...]:
        """The releases that readers find, newest first."""
        shown = (*self.guide.published, self.planned)
        return tuple(release for release in reversed(self.guide.releases) if release in shown)

    @property
    def newest(self) -> str:
        """The newest release that is out."""
        return self.guide.newest

    @cached_property
    def pages(self) -> Mapping[str, Mapping[str, str]]:
        """The titles of each release's pages, and of what leads to them, by URLs below the release's home."""
        return {release: self._pages(release) for release in self.releases}

    def _pages(self, release: str) -> dict[str, str]:
        view = self.views[release]
        docs = {page.url: _title(page) for page in self.docs_of(release)}
        titles = {page_url(id_): each.title for id_, each in view.resources.items()}
        titles |= {page_url(id_): each.title for id_, each in view.endpoints.items()}
        about = {page_url(id_): title for id_, title in self.made(release).items()}
        about |= {url: self._difference(older, release) for older, url in self._before(release)}
        return docs | about | titles

    def _difference(self, older: str, newer: str) -> str:
        """What a page is called that tells what differs between two releases."""
        return self.texts.text("news.changes", older=older, newer=newer)

    def docs_of(self, release: str) -> tuple[DocsPage, ...]:
        """The hand-written pages of a release's guide."""
        return tuple(page for page in self.docs if page.is_in(release, self.guide.order))

    def made(self, release: str) -> dict[str, str]:
        """The pages about releases that a release's guide has, with their titles."""
        found = {NEWS: self.texts.text("news.title", release=release)}
        for older in self.older(release)[1:]:
            found[news_page(older)] = self._difference(older, release)
        if has_page(self.views[release], COMPATIBILITY):
            found[COMPATIBILITY] = self.texts.text("compatibility.title")
        found[NAMES] = self.texts.text("names.title")
        return found | self._parts_of_names

    @cached_property
    def _parts_of_names(self) -> dict[str, str]:
        """The pages that are parts of the dictionary of names, with their titles."""
        title = self.texts.text
        return {
            f"{NAMES}/{each.id}": title("names.title-of-part", part=each.title) for each in self.name_ranges
        }

    @cached_property
    def name_ranges(self) -> tuple[Range, ...]:
        """The pages of the dictionary of names, the same in all releases; none where one page holds all."""
        greatest: dict[str, int] = {}
        for release in self.releases:
            for name, weight in names(self.views[release]).weights.items():
                greatest[name] = max(greatest.get(name, 0), weight)
        return ranges(greatest, self.texts.text("names.other"))

    def count_names(self) -> None:
        """Finds all names of all releases, for processes that are copies of this one."""
        _ = self.name_ranges

    def news_page(self, release: str, older: str) -> str:
        """The page of what differs from an older release: for the one before, that of what is new."""
        return NEWS if older == self.older(release)[0] else news_page(older)

    def other_releases(self, url: str, release: str) -> tuple[str, ...]:
        """The releases with something at a URL, newest first: a page, or what is said where it is not there.

        What only a planned release has is not known to the guides of those that are out.
        """
        out = [each for each in self.releases if each != self.planned]
        is_known = any(url in self.pages[each] for each in out)
        return tuple(each for each in self.releases if each == release or (is_known and each in out))

    def older(self, release: str) -> tuple[str, ...]:
        """The releases before one, newest first."""
        return tuple(r for r in self.releases if self.guide.order[r] < self.guide.order[release])

    def absent(self, release: str) -> dict[str, str]:
        """The titles, by URL, of pages that only other releases have; each as in the nearest of these."""
        own = self.pages[release]
        urls = dict.fromkeys(url for other in self.releases for url in self.pages[other] if url not in own)
        return {url: self.pages[self.nearest(url, release)][url] for url in sorted(urls)}

    def redirects(self, release: str) -> dict[str, str]:
        """Where a release has what is looked for at other URLs, by these.

        What was called otherwise before, and what differs from the release before, which is what is new.
        """
        return {**self._renamed, **{url: page_url(NEWS) for _, url in self._before(release)}}

    def _before(self, release: str) -> Iterator[tuple[str, str]]:
        """The release before one, if any, with the URL that is like those of what differs from older ones."""
        for older in self.older(release)[:1]:
            yield older, page_url(news_page(older))

    @cached_property
    def _renamed(self) -> Mapping[str, str]:
        """Where pages are whose files were called otherwise before, by their former URLs."""
        taken = {url for pages in self.pages.values() for url in pages}
        return {old: new for old, new in self._formers() if old not in taken}

    def _formers(self) -> Iterator[tuple[str, str]]:
        """Former URLs, each with that of today; what is said of a page comes after what its folder tells."""
        for id_, resource in self.guide.resources.items():
            for former in resource.formerly:
                yield page_url(former), page_url(id_)
                for endpoint_id in self.guide.endpoints_of(id_):
                    yield page_url(former + endpoint_id.removeprefix(id_)), page_url(endpoint_id)
        for id_, endpoint in self.guide.endpoints.items():
            for former in endpoint.formerly:
                yield page_url(former), page_url(id_)
        for page in self.docs:
            for path in page.formerly:
                yield docs_url(path), page.url

    def nearest(self, url: str, release: str) -> str:
        """The first later release that has a page, else the last earlier one."""
        index = self.guide.order[release]
        having = [r for r in reversed(self.releases) if url in self.pages[r]]
        return next((r for r in having if self.guide.order[r] > index), having[-1])

    def canonical(self, url: str) -> str:
        """The folder with the page that search engines should show: `latest`, else the last with it."""
        having = [release for release in self.releases if url in self.pages[release]]
        return LATEST if self.newest in having or not having else having[0]

    def is_indexed(self, url: str, release: str) -> bool:
        """Whether search engines should show a release's page."""
        if release == self.planned:
            return False
        folder = LATEST if release == self.newest else release
        is_page = url in self.pages[release] and url not in self.redirects(release)
        return is_page and self.canonical(url) == folder


def address(folder: str, url: str = "") -> str:
    """The URL of a page below the site's home, from the folder of its release."""
    return f"{_quoted(folder)}/{url}"


_quoted = lru_cache(quote)


def _title(page: DocsPage) -> str:
    """What a hand-written page is called by its first heading, else by its file."""
    for line in page.source.lines[page.first_line - 1 :]:
        heading = _HEADING.match(line)
        if heading and "{{" not in line:
            return heading[1]
    return page.path.rpartition("/")[2].removesuffix(".md").replace("-", " ").capitalize()
