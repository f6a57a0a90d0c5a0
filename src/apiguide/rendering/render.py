"""A view's pages as HTML, and what a site builder needs beside it: title, table of contents, search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from apiguide.anchors import COMPATIBILITY, NAMES, news_page, page_url
from apiguide.docs_macros import explained
from apiguide.fingerprints import page_key
from apiguide.proof_record import ProofRecord
from apiguide.prose import Prose
from apiguide.rendering.dictionary import Dictionary, NamesPage
from apiguide.rendering.links import Links, SharedByLinks
from apiguide.rendering.news import AbsentPage, CompatibilityPage, News, NewsPage
from apiguide.rendering.pages import EndpointPage, Pages, ResourcePage
from apiguide.rendering.rows import FieldRow
from apiguide.rendering.search_entry import SearchEntry, texts_of
from apiguide.rendering.templates import Heading, Rendered, Templates
from apiguide.site_releases import SiteReleases
from apiguide.view import GuideView


@dataclass(frozen=True)
class RenderedPage:
    """A finished page: everything but the frame that the site builder puts around it."""

    url: str
    title: str
    description: str
    html: str
    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    """The ids of its headings, fields and sections of fields."""
    search: SearchEntry
    examples: tuple[tuple[str, ...], ...] = ()
    """For each example the digests of its curl lines with their answers, one in each format."""
    is_complete: bool = True
    """Whether it does not say of an example that more may have to be sent."""


class Renderer:
    """Renders the pages of one view."""

    def __init__(
        self,
        view: GuideView,
        templates: Templates,
        prose: Prose | None = None,
        changed: Mapping[str, str] | None = None,
        site_releases: SiteReleases | None = None,
        *,
        finished: SharedByLinks[RenderedPage] | None = None,
        record: ProofRecord | None = None,
    ) -> None:
        """`changed` are days by page; `site_releases` what is known of other releases, for pages to tell.

        `finished` pages of endpoints are those of views of the same guide, with the same templates and days.
        `record` says which examples have been run.
        """
        prose = prose or Prose(view.settings.links_base)
        self.finished = finished or SharedByLinks()
        self.record = record or ProofRecord()
        self._said: dict[tuple[int, bool], Markup] = {}
        self.view = view
        self.templates = templates
        docs = site_releases.docs_of(view.release) if site_releases is not None else ()
        self.pages = Pages(view, prose, changed or {}, explained(docs), templates.texts)
        self.news = News(site_releases, view, prose, templates.texts) if site_releases is not None else None

    def description(self, id_: str) -> str:
        """What a page is about, in a sentence."""
        part = self.view.endpoints.get(id_) or self.view.resources.get(id_)
        return self.pages.summary(part.description) if part is not None else f"{self._title(id_)}."

    def _title(self, id_: str) -> str:
        """What a page about releases is called."""
        assert self.news is not None, "only guides that know other releases have pages about them"
        made = self.news.site_releases.made(self.view.release)
        return made[id_] if id_ in made else self.news.absent(page_url(id_)).title

    def page(self, id_: str) -> RenderedPage:
        """The page of an endpoint (`books/create`) or a resource (`books`), or one about releases."""
        if id_ in self.view.endpoints:
            return self.endpoint(id_)
        if id_ in self.view.resources:
            return self.resource(id_)
        assert self.news is not None, "only guides that know other releases have pages about them"
        made = self.news.site_releases.made(self.view.release)
        if id_ == COMPATIBILITY and id_ in made:
            return self._about_releases(id_, made[id_], "compatibility", self.news.compatibility())
        if id_.partition("/")[0] == NAMES and id_ in made:
            return self._about_releases(id_, made[id_], "names", self._dictionary.page(id_))
        if id_ in made:
            before = self.news.site_releases.older(self.view.release)
            older = next((release for release in before if news_page(release) == id_), None)
            return self._about_releases(id_, made[id_], "news", self.news.news(older))
        page = self.news.absent(page_url(id_))
        return self._about_releases(id_, page.title, "absent", page)

    @cached_property
    def _dictionary(self) -> Dictionary:
        assert self.news is not None, "only guides that know other releases have pages about them"
        return Dictionary(self.news.site_releases, self.view, self.templates.texts)

    def _about_releases(
        self, id_: str, title: str, macro: str, page: NewsPage | CompatibilityPage | AbsentPage | NamesPage
    ) -> RenderedPage:
        made = self.templates.rendered(macro, page)
        entry = SearchEntry(page_url(id_), title, f"{title}.")
        return _finished(entry, made, page.ids if isinstance(page, NamesPage) else ())

    def endpoint(self, id_: str) -> RenderedPage:
        """The page of an endpoint."""
        found = self.news.differences(id_) if self.news is not None else ()
        errata = self.news.errata(id_) if self.news is not None else ()

        def make(links: Links) -> RenderedPage:
            history = self.news.history(found, links) if self.news is not None else ()
            page = replace(self.pages.endpoint(id_, links), history=history, errata=errata)
            responses = (response.fields for response in page.responses if response.fields is not None)
            rows = [row for fields in (*page.parameters, *responses) for row in fields.rows]
            paths = " ".join(f"{page.method} {path}" for path in page.paths)
            return replace(
                self._of_reference("endpoint", page, rows, paths),
                examples=tuple(example.digests for example in page.examples),
                is_complete=not any(code.lacks for example in page.examples for code in example.requests),
            )

        key = (id_, page_key(self.view, id_), found, errata, *self.pages.explained.items())
        return self.finished.of(key, Links(self.view, page_url(id_)), make)

    def resource(self, id_: str) -> RenderedPage:
        """The page of a resource."""
        history = self.news.history_of_resource(id_) if self.news is not None else ()
        page = replace(self.pages.resource(id_), history=history)
        rows = [row for each in page.objects for row in each.fields.rows]
        about = " ".join(row.title for row in page.endpoints)
        return self._of_reference("resource", page, rows, about)

    def foot(self, page: RenderedPage) -> Markup:
        """What is said below a page: that its examples have been run, if all have; it differs by release."""
        digests = [each for example in page.examples for each in example]
        if not page.is_complete or not self.record.covers(self.view.release, digests):
            return Markup()
        return self._says_run(len(page.examples), of_page=True)

    def on_start_page(self, digests: Sequence[str]) -> Markup:
        """What the start page says: that all these examples of the guide have been run, if they have."""
        if not self.record.covers(self.view.release, digests):
            return Markup()
        return self._says_run(len(digests), of_page=False)

    def _says_run(self, number: int, *, of_page: bool) -> Markup:
        key = (number, of_page)
        if key not in self._said:
            day = self.record.days[self.view.release]
            self._said[key] = self.templates.macro("proof", number, day, of_page)
        return self._said[key]

    def _of_reference(
        self, macro: str, page: EndpointPage | ResourcePage, rows: Sequence[FieldRow], about: str
    ) -> RenderedPage:
        names = " ".join(dict.fromkeys(row.name for row in rows))
        made = self.templates.rendered(macro, page)
        entry = SearchEntry(page.url, page.title, page.summary, (about, names), texts_of(page))
        return _finished(entry, made, _anchors(rows))


def _finished(search: SearchEntry, made: Rendered, anchors: Iterable[str]) -> RenderedPage:
    found = frozenset((*(heading.id for heading in made.headings), *anchors))
    html, headings = str(made.html), made.headings
    return RenderedPage(search.url, search.title, search.summary, html, headings, found, search)


def _anchors(rows: Iterable[FieldRow]) -> Iterator[str]:
    for row in rows:
        yield row.anchor
        yield from row.former
        if row.section:
            yield row.section_anchor
