"""What pages tell about releases: what changed, whether the promise was kept, what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup

from apiguide.anchors import COMPATIBILITY, NEWS, has_page, page_url, title_of
from apiguide.changes import Difference, Kind, Rule, breaks, changes, history
from apiguide.changes.report import heading_of
from apiguide.changes.summary import ENDPOINT_CAME, RESOURCE_CAME, in_a_sentence, reported
from apiguide.lifespan import ALWAYS, span_of
from apiguide.model import Endpoint, resource_id
from apiguide.prose import Prose
from apiguide.rendering.differences import History, Line, Lines
from apiguide.rendering.links import Links, relative
from apiguide.site_releases import SiteReleases, address
from apiguide.texts import Texts, english
from apiguide.view import GuideView


@dataclass(frozen=True)
class Changed:
    """An endpoint or another part of a resource, and what changed in it."""

    title: str
    href: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ChangedResource:
    """What changed in a resource."""

    id: str
    """The anchor in the page."""
    title: str
    href: str | None
    """Its page, if the release shown has it."""
    parts: tuple[Changed, ...]


@dataclass(frozen=True)
class Section:
    """Changes of one kind, by resource."""

    id: str
    title: str
    count: int
    intro: str
    resources: tuple[ChangedResource, ...]


@dataclass(frozen=True)
class NewsPage:
    """What differs between two releases."""

    title: str
    older: str | None
    """The release that the page starts from; None where there is none before the one shown."""
    release: str
    lead: str
    """What there is to tell, in a sentence."""
    sections: tuple[Section, ...]
    others: tuple[tuple[str, str | None], ...]
    """Older releases with the pages of what changed since them; no link to the page itself."""


@dataclass(frozen=True)
class Broken:
    """A break of the promise that the guide owns up to."""

    release: str
    at: str
    href: str | None
    reason: Markup


@dataclass(frozen=True)
class CompatibilityPage:
    """The promise to stay compatible, and what it is worth."""

    since: str
    release: str
    endpoints: int
    """How many endpoints the release shown has."""
    pairs: tuple[tuple[str, str], ...]
    """Neighbouring releases that have been compared."""
    broken: tuple[Broken, ...]
    errata: tuple[Broken, ...]
    rules: tuple[Rule, ...]
    """What counts as a break."""


Differences = tuple[tuple[str, tuple[Difference, ...]], ...]
"""Those of one page, by release."""


@dataclass(frozen=True)
class AbsentPage:
    """A page that this release does not have."""

    title: str
    release: str
    reason: Markup
    resource: tuple[str, str] | None
    """The resource in this release: its title and link."""
    others: tuple[tuple[str, str], ...]
    """The nearest release that has it, and the newest that is out if it does too, each with a link."""


_SECTIONS = ("breaking", Kind.ADDED, Kind.CHANGED, Kind.DEPRECATED, Kind.REMOVED, Kind.DOCUMENTED)
"""The sections of a page, in their order."""
_INTRODUCED = ("breaking", Kind.DEPRECATED, Kind.REMOVED, Kind.DOCUMENTED)
"""Those that say something before they list anything."""


class News:
    """Makes the pages about releases of one release's guide."""

    def __init__(
        self, site_releases: SiteReleases, view: GuideView, prose: Prose, texts: Texts | None = None
    ) -> None:
        self.site_releases = site_releases
        self.view = view
        self.prose = prose
        self.texts = texts or english()
        self._first = self.texts.html("changes.documented")
        self._anchors: dict[str, frozenset[str]] = {}

    def _lines(self, links: Links) -> Lines:
        return Lines(self.view, links, self.prose, self._anchors, self.texts)

    def news(self, older: str | None = None) -> NewsPage:
        """What differs from an older release, by default from the one before."""
        release, before = self.view.release, self.site_releases.older(self.view.release)
        start = older or (before[0] if before else None)
        page = self.site_releases.news_page(release, start) if start else NEWS
        links = Links(self.view, page_url(page))
        found = changes(self.site_releases.views[start], self.view) if start else ()
        pages = ((name, self.site_releases.news_page(release, name)) for name in before)
        return NewsPage(
            self.site_releases.made(release)[page],
            start,
            release,
            in_a_sentence(found, start, release, self.texts) if start else "",
            tuple(self._sections(found, start or "", links)),
            tuple((name, links.to(each) if each != page else None) for name, each in pages),
        )

    def _sections(self, found: Iterable[Difference], older: str, links: Links) -> Iterator[Section]:
        ordered = self._in_order(found)
        for kind in _SECTIONS:
            chosen = [each for each in ordered if heading_of(each) == kind]
            grouped = groupby(chosen, key=lambda each: resource_id(each.page))
            resources = tuple(
                ChangedResource(
                    f"{kind}-{id_}",
                    self._title(id_),
                    links.to(id_) if has_page(self.view, id_) else None,
                    tuple(self._changed(list(group), links)),
                )
                for id_, group in grouped
            )
            if resources:
                count = len(reported(chosen))
                said = self.texts.text
                intro = said(f"news.{kind}-intro", older=older) if kind in _INTRODUCED else ""
                yield Section(str(kind), said(f"news.{kind}"), count, intro, resources)

    def _in_order(self, found: Iterable[Difference]) -> list[Difference]:
        """The differences in the order of the navigation; what is gone comes last."""
        order = [id_ for _, resources in self.view.groups() for id_, _ in resources]
        locations = {id_: location for location, id_ in enumerate(order)}
        return sorted(found, key=lambda each: locations.get(resource_id(each.page), len(locations)))

    def _changed(self, found: list[Difference], links: Links) -> Iterator[Changed]:
        """What changed in a resource, by part; endpoints that came are named in one line."""
        lines = self._lines(links)
        came = [each for each in found if each.code in RESOURCE_CAME]
        endpoints = [each.page for each in found if each.code in ENDPOINT_CAME]
        if came or endpoints:
            line = (
                lines.endpoints(self._titles(endpoints))
                if endpoints
                else Line(lines.inline(came[0].said.by(self.texts)))
            )
            title = self.texts.text("changes.full-resource" if came else "changes.endpoints")
            yield Changed(title, None, (line,))
        rest = (each for each in found if each.code not in RESOURCE_CAME | ENDPOINT_CAME)
        for (page, title), group in groupby(rest, key=lambda each: (each.page, self._part(each))):
            href = links.to(page) if "/" in page and has_page(self.view, page) else None
            yield Changed(title, href, tuple(lines.of(group)))

    def _part(self, difference: Difference) -> str:
        """The part of a resource in which something differs: an endpoint, else its objects, else itself."""
        if "/" in difference.page:
            return self._title(difference.page)
        return self.texts.text("changes.objects" if difference.names else "changes.full-resource")

    def _title(self, page: str) -> str:
        views = self.site_releases.views
        return title_of(page, (self.view, *(views[release] for release in self.site_releases.releases)))

    def _titles(self, pages: Iterable[str]) -> dict[str, str]:
        return {page: self._title(page) for page in pages}

    def differences(self, id_: str) -> Differences:
        """How an endpoint or resource differs from release to release, newest first."""
        return tuple(history(self.site_releases.views, id_, self.view.release))

    def history(self, found: Differences, links: Links) -> History:
        """What changed in an endpoint, by release, on the page from which the links lead."""
        lines = self._lines(links)
        return tuple((release, tuple(lines.of(each, self._first))) for release, each in found)

    def history_of_resource(self, id_: str) -> History:
        """What changed in a resource, its list of endpoints and its objects, by release, newest first."""
        lines = self._lines(Links(self.view, page_url(id_)))
        history = []
        for release, found in self.differences(id_):
            own = list(lines.of((each for each in found if each.page == id_), self._first))
            for code in ("added", "documented", "removed"):
                pages = [each.page for each in found if each.code == f"endpoint-{code}"]
                if pages:
                    own.append(lines.endpoints(self._titles(pages), self.texts.html(f"changes.{code}")))
            history.append((release, tuple(own)))
        return tuple(history)

    def _inline(self, text: str, links: Links) -> Markup:
        return self._lines(links).inline(text)

    def compatibility(self) -> CompatibilityPage:
        """The promise to stay compatible, what has been verified, and what is owned up to."""
        settings, order = self.view.settings, self.view.guide.order
        since = settings.compatible_since
        assert since is not None, "the page is only made where there is a promise"
        links = Links(self.view, page_url(COMPATIBILITY))
        names = self.view.guide.releases[order[since] : self.view.index + 1]
        return CompatibilityPage(
            since,
            self.view.release,
            len(self.view.endpoints),
            tuple(pairwise(names)),
            tuple(
                Broken(each.release, *self._location(each.at, links), self._inline(each.reason, links))
                for each in settings.exceptions
                if order[each.release] <= self.view.index
            ),
            tuple(
                Broken(each.date, *self._location(each.at, links), self._inline(each.reason, links))
                for each in settings.errata
                if self.view.release in each.releases
            ),
            tuple(breaks(self.texts).values()),
        )

    def _location(self, at: str, links: Links) -> tuple[str, str | None]:
        """A place that guide.yaml names, and a link to it or to what held it."""
        if at.startswith("objects."):
            name, _, rest = at.removeprefix("objects.").partition(".")
            href = links.object(name) if name in self.view.objects else None
            return f"{name}.{rest}" if rest else name, href
        page, _, anchor = at.partition("#")
        return at, links.ref(at) or links.ref(page) if anchor else links.ref(page)

    def errata(self, page: str) -> tuple[tuple[str, Markup], ...]:
        """Corrections of what the guide of this release said on a page: day and reason."""
        links = Links(self.view, page_url(page))
        return tuple(
            (each.date, self._inline(each.reason, links))
            for each in self.view.settings.errata
            if self.view.release in each.releases and each.at.partition("#")[0] == page
        )

    def absent(self, url: str) -> AbsentPage:
        """The page at the URL of one that only other releases have."""
        release, nearest = self.view.release, self.site_releases.nearest(url, self.view.release)
        here = Links(self.view, url)
        page = url.rstrip("/")
        resource = resource_id(page)
        found = self.view.resources.get(resource) if resource != page else None
        newest = self.site_releases.newest
        having = [nearest, newest] if url in self.site_releases.pages[newest] else [nearest]
        return AbsentPage(
            self.site_releases.pages[nearest][url],
            release,
            self._reason(page, nearest, here),
            (found.title, here.to(resource)) if found is not None else None,
            tuple((each, self._elsewhere(each, url)) for each in dict.fromkeys(having)),
        )

    def _elsewhere(self, release: str, url: str) -> str:
        """The link from a URL of this release's guide to the same one in that of another."""
        there = self.site_releases.redirects(release).get(url, url)
        return relative(address(release, there), address(self.view.release, url))

    def _reason(self, page: str, nearest: str, links: Links) -> Markup:
        """Why a release does not have a page."""
        view, order, said = self.site_releases.views[nearest], self.view.guide.order, self.texts.html
        part = view.endpoints.get(page) or view.resources.get(page)
        if part is None:
            if order[nearest] > self.view.index:
                return said("absent.guide-came", release=nearest)
            return said("absent.guide-last", release=nearest)
        holders = [part, view.resources[resource_id(page)]]
        gaps = (each for holder in holders for each in holder.absent)
        here = (each for each in gaps if order[each.from_] <= self.view.index < order[each.until])
        gap = next(here, None)
        if gap is not None:
            removed = said("absent.removed", release=gap.from_)
            return removed + " " + said("absent.again", release=gap.until)
        if order[nearest] < self.view.index:
            stated = self.view.guide.settings.releases
            after = [r.release for r in stated if order[r.release] > order[nearest]]
            use = part.deprecated.use if part.deprecated else None
            href = links.ref(use) if use else None
            removed = said("absent.removed", release=after[0])
            if href and use:
                other = Markup('<a href="{}">{}</a>').format(href, self._title(use))
                return removed + " " + said("absent.use", other=other)
            return removed + (" " + said("absent.use", other=use) if use else Markup())
        span = ALWAYS
        if isinstance(part, Endpoint):
            span = span_of(view.resources[resource_id(page)], order)
        if span_of(part, order, span).documented:
            return said("absent.known-from", release=nearest, shown=self.view.release)
        return said("absent.came", release=nearest)
