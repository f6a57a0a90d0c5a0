"""A view's pages as HTML, and what a site builder needs beside it: title, table of contents, search."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from apiguide.editions import Editions
from apiguide.fingerprints import page_key
from apiguide.places import COMPATIBILITY, news_page, page_url
from apiguide.rendering.links import Kept, Links
from apiguide.rendering.news import AbsentPage, CompatibilityPage, News, NewsPage
from apiguide.rendering.pages import EndpointPage, Fields, Pages, ResourcePage
from apiguide.rendering.prose import Prose, plain
from apiguide.rendering.templates import Templates
from apiguide.view import GuideView

_HEADING = re.compile(r'<h([1-6]) id="([^"]*)">(.*?)(?:<a class="headerlink".*?)?</h\1>', re.DOTALL)
_SECTION = re.compile(r'<tr id="([^"]*)" class="ag-section(?: ag-level-1)?"><th[^>]*>(.*?)</th>')
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?=\n)")
_FOLD = re.compile(r'<details class="ag-fold">.*?</details>', re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """An entry of the table of contents."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class SearchEntry:
    """What search knows of a page."""

    url: str
    title: str
    paragraphs: tuple[str, ...]
    """What the page is about, its paths, and the names in it."""


@dataclass(frozen=True)
class RenderedPage:
    """A finished page: everything but the frame that the site builder puts around it."""

    url: str
    title: str
    description: str
    html: str
    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    """All ids in the page."""
    links: tuple[str, ...]
    """Where its links lead."""
    search: SearchEntry


class Renderer:
    """Renders the pages of one view."""

    def __init__(
        self,
        view: GuideView,
        templates: Templates,
        prose: Prose | None = None,
        changed: Mapping[str, str] | None = None,
        editions: Editions | None = None,
        *,
        finished: Kept[RenderedPage] | None = None,
    ) -> None:
        """`changed` are days by page; `editions` what is known of other releases, for pages to tell.

        `finished` pages of calls are those of views of the same guide, with the same templates and days.
        """
        prose = prose or Prose()
        self.finished = finished or Kept()
        self.view = view
        self.templates = templates
        self.pages = Pages(view, prose, changed or {})
        self.news = News(editions, view, prose) if editions is not None else None

    def description(self, id_: str) -> str:
        """What a page is about, in a sentence."""
        part = self.view.endpoints.get(id_) or self.view.resources.get(id_)
        return self.pages.summary(part.description) if part is not None else f"{self._title(id_)}."

    def _title(self, id_: str) -> str:
        """What a page about releases is called."""
        assert self.news is not None, "only guides that know other releases have pages about them"
        made = self.news.editions.made(self.view.release)
        return made[id_] if id_ in made else self.news.absent(page_url(id_)).title

    def page(self, id_: str) -> RenderedPage:
        """The page of an endpoint (`books/create`) or a resource (`books`), or one about releases."""
        if id_ in self.view.endpoints:
            return self.endpoint(id_)
        if id_ in self.view.resources:
            return self.resource(id_)
        assert self.news is not None, "only guides that know other releases have pages about them"
        made = self.news.editions.made(self.view.release)
        if id_ == COMPATIBILITY and id_ in made:
            return self._about_releases(id_, made[id_], "compatibility", self.news.compatibility())
        if id_ in made:
            before = self.news.editions.older(self.view.release)
            older = next((release for release in before if news_page(release) == id_), None)
            return self._about_releases(id_, made[id_], "news", self.news.news(older))
        page = self.news.absent(page_url(id_))
        return self._about_releases(id_, page.title, "absent", page)

    def _about_releases(
        self, id_: str, title: str, macro: str, page: NewsPage | CompatibilityPage | AbsentPage
    ) -> RenderedPage:
        html = _without_blank_lines(str(self.templates.macro(macro, page)))
        return _finished(page_url(id_), title, f"{title}.", html, (title,))

    def endpoint(self, id_: str) -> RenderedPage:
        """The page of an endpoint."""
        history = self.news.history(id_) if self.news is not None else ()
        errata = self.news.errata(id_) if self.news is not None else ()

        def make(links: Links) -> RenderedPage:
            page = replace(self.pages.endpoint(id_, links), history=history, errata=errata)
            html = str(self.templates.macro("endpoint", page))
            paths = " ".join(f"{page.method} {path}" for path in page.paths)
            names = dict.fromkeys(row.name for fields in _listed(page) for row in fields.rows)
            return _rendered(page, html, (page.summary, paths, " ".join(names)))

        key = (id_, page_key(self.view, id_), history, errata)
        return self.finished.of(key, Links(self.view, page_url(id_)), make)

    def resource(self, id_: str) -> RenderedPage:
        """The page of a resource."""
        page = self.pages.resource(id_)
        html = str(self.templates.macro("resource", page))
        calls = " ".join(row.title for row in page.endpoints)
        names = dict.fromkeys(row.name for each in page.objects for row in each.fields.rows)
        return _rendered(page, html, (page.summary, calls, " ".join(names)))


def _listed(page: EndpointPage) -> tuple[Fields, ...]:
    return (*page.parameters, *(reply.fields for reply in page.replies if reply.fields is not None))


def _rendered(page: EndpointPage | ResourcePage, html: str, search: tuple[str, ...]) -> RenderedPage:
    return _finished(page.url, page.title, page.summary, _without_blank_lines(html), search)


def _finished(url: str, title: str, summary: str, html: str, search: tuple[str, ...]) -> RenderedPage:
    return RenderedPage(
        url,
        title,
        summary,
        html,
        tuple(headings(html)),
        frozenset(_values("id", html)),
        tuple(_values("href", html)),
        SearchEntry(url, title, search),
    )


def headings(html: str) -> Iterator[Heading]:
    """The headings of a page's content, and below them the sections of its lists of fields."""
    has_sections = "ag-section" in html
    html = _FOLD.sub("", html) if has_sections else html
    found = [(m.start(), Heading(int(m[1]), m[2], plain(m[3]))) for m in _HEADING.finditer(html)]
    if has_sections:
        found += [(m.start(), Heading(4, m[1], plain(m[2]))) for m in _SECTION.finditer(html)]
    for _, heading in sorted(found, key=lambda each: each[0]):
        yield heading


def _values(attribute: str, html: str) -> Iterator[str]:
    """All values of an attribute in some HTML; several times as fast as a regular expression."""
    before, *pieces = html.split(f'{attribute}="')
    for piece in pieces:
        if before[-1:].isspace():
            yield piece[: piece.index('"')]
        before = piece


def _without_blank_lines(html: str) -> str:
    """The HTML without empty lines outside of `<pre>`, so that it is fit to read."""
    first, *rest = html.split("<pre")
    parts = [_BLANK_LINE.sub("", first)]
    for part in rest:
        code, end, after = part.partition("</pre>")
        parts += ["<pre", code, end, _BLANK_LINE.sub("", after)]
    return "".join(parts)
