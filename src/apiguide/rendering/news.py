"""What pages tell about releases: what changed, whether the promise was kept, what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup

from apiguide.anchors import (
    COMPATIBILITY,
    NEWS,
    OBJECT,
    has_page,
    has_part,
    news_page,
    page_url,
    title_of,
)
from apiguide.changes import RULES, Difference, Impact, Kind, Rule, changes, history
from apiguide.changes.report import heading_of
from apiguide.lifespan import ALWAYS, span_of
from apiguide.model import Endpoint, resource_id
from apiguide.prose import Prose, resolve_refs
from apiguide.rendering.links import Links, relative
from apiguide.rendering.parts import Line
from apiguide.site_releases import SiteReleases, address
from apiguide.view import GuideView


@dataclass(frozen=True)
class Changed:
    """A resource or call, and what changed in it."""

    title: str
    href: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """Changes of one kind, by resource."""

    id: str
    title: str
    intro: str
    resources: tuple[tuple[str, tuple[Changed, ...]], ...]


@dataclass(frozen=True)
class NewsPage:
    """What differs between two releases."""

    title: str
    older: str | None
    """The release that the page starts from; None where there is none before the one shown."""
    release: str
    sections: tuple[Section, ...]
    others: tuple[tuple[str, str], ...]
    """Older releases with the pages of what changed since them."""


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
    calls: int
    """How many calls the release shown has."""
    pairs: tuple[tuple[str, str], ...]
    """Neighbouring releases that have been compared."""
    broken: tuple[Broken, ...]
    errata: tuple[Broken, ...]
    rules: tuple[Rule, ...]
    """What counts as a break."""


@dataclass(frozen=True)
class AbsentPage:
    """A page that this release does not have."""

    title: str
    release: str
    reason: Markup
    whole: tuple[str, str] | None
    """The resource in this release: its title and link."""
    nearest: str
    nearest_href: str


_SECTIONS = (
    ("breaking", "Breaking changes", "Programs that worked with {older} may have to be changed."),
    (Kind.ADDED, "Added", ""),
    (Kind.CHANGED, "Changed", ""),
    (Kind.DEPRECATED, "Deprecated", "It still works, but should no longer be used."),
    (Kind.REMOVED, "Removed", "Programs that worked with {older} go on working all the same."),
    (
        Kind.DOCUMENTED,
        "Documented from here on",
        "It may be older: this is the first release for which it is known, so it is no news of the API.",
    ),
)


_NONE = Markup()


class News:
    """Makes the pages about releases of one release's guide."""

    def __init__(self, site_releases: SiteReleases, view: GuideView, prose: Prose) -> None:
        self.site_releases = site_releases
        self.view = view
        self.prose = prose

    def news(self, older: str | None = None) -> NewsPage:
        """What differs from an older release, by default from the one before."""
        before = self.site_releases.older(self.view.release)
        start = older or (before[0] if before else None)
        links = Links(self.view, page_url(news_page(older) if older else NEWS))
        found = changes(self.site_releases.views[start], self.view) if start else ()
        return NewsPage(
            self.site_releases.made(self.view.release)[news_page(older) if older else NEWS],
            start,
            self.view.release,
            tuple(self._sections(found, start or "", links)),
            tuple((name, links.to(news_page(name))) for name in before),
        )

    def _sections(self, found: Iterable[Difference], older: str, links: Links) -> Iterator[Section]:
        ordered = self._in_order(found)
        for kind, title, intro in _SECTIONS:
            chosen = [each for each in ordered if heading_of(each) == kind]
            grouped = groupby(chosen, key=lambda each: resource_id(each.page))
            resources = tuple(
                (self._title(resource), tuple(self._changed(list(group), links)))
                for resource, group in grouped
            )
            if resources:
                yield Section(str(kind), title, intro.format(older=older), resources)

    def _in_order(self, found: Iterable[Difference]) -> list[Difference]:
        """The differences in the order of the navigation; what is gone comes last."""
        order = [id_ for _, resources in self.view.groups() for id_, _ in resources]
        places = {id_: place for place, id_ in enumerate(order)}
        return sorted(found, key=lambda each: places.get(resource_id(each.page), len(places)))

    def _changed(self, found: list[Difference], links: Links) -> Iterator[Changed]:
        whole = [each for each in found if _is_known(each) and not each.names]
        if whole:
            pages = [each.page for each in whole if "/" in each.page] or [whole[0].page]
            listed = [Markup('<a href="{}">{}</a>').format(links.to(p), self._title(p)) for p in pages]
            calls = Markup(", ").join(listed) + Markup(".")
            yield Changed("Calls" if "/" in pages[0] else "Resource", None, (Line(calls),))
        rest = [each for each in found if each.names or not _is_known(each)]
        for page, group in groupby(rest, key=lambda each: each.page):
            href = links.to(page) if has_page(self.view, page) else None
            yield Changed(self._title(page), href, tuple(self._lines(list(group), links)))

    def _title(self, page: str) -> str:
        views = self.site_releases.views
        return title_of(page, (self.view, *(views[release] for release in self.site_releases.releases)))

    def history(self, id_: str) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """What changed in a call, by release, newest first."""
        links = Links(self.view, page_url(id_))
        found = history(self.site_releases.views, id_, self.view.release)
        lead = Markup("Documented from here on. ")
        return tuple((release, tuple(self._lines(list(each), links, lead))) for release, each in found)

    def _lines(self, found: list[Difference], links: Links, lead: Markup = _NONE) -> Iterator[Line]:
        """The differences of one page as lines; what is only documented is named in one, after a lead."""
        known = [each for each in found if _is_known(each) and each.names]
        for each in found:
            if not (_is_known(each) and each.names):
                yield self._line(each, links)
        if known:
            yield Line(lead + _named(known))

    def _line(self, difference: Difference, links: Links) -> Line:
        page, anchor = difference.page, difference.anchor
        is_there = anchor and has_page(self.view, page) and has_part(self.view, page, anchor)
        owned = [e for e in self.view.settings.exceptions if difference.is_at(e.at)]
        return Line(
            self._inline(difference.text, links),
            links.to(page, anchor) if is_there else None,
            self._inline(difference.note, links) if difference.note else None,
            self._inline(owned[0].reason, links) if owned and difference.impact is Impact.BREAKING else None,
        )

    def _inline(self, text: str, links: Links) -> Markup:
        return resolve_refs(self.prose.inline(text), links.ref)

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
                Broken(each.release, *self._place(each.at, links), self._inline(each.reason, links))
                for each in settings.exceptions
                if order[each.release] <= self.view.index
            ),
            tuple(
                Broken(each.date, *self._place(each.at, links), self._inline(each.reason, links))
                for each in settings.errata
                if self.view.release in each.releases
            ),
            tuple(rule for rule in RULES.values() if rule.impact is Impact.BREAKING),
        )

    def _place(self, at: str, links: Links) -> tuple[str, str | None]:
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
        whole = self.view.resources.get(resource) if resource != page else None
        return AbsentPage(
            self.site_releases.pages[nearest][url],
            release,
            self._reason(page, nearest, here),
            (whole.title, here.to(resource)) if whole is not None else None,
            nearest,
            relative(address(nearest, url), address(release, url)),
        )

    def _reason(self, page: str, nearest: str, links: Links) -> Markup:
        """Why a release does not have a page."""
        view, order = self.site_releases.views[nearest], self.view.guide.order
        part = view.endpoints.get(page) or view.resources.get(page)
        if part is None:
            if order[nearest] > self.view.index:
                return Markup("It came with the guide of {}.").format(nearest)
            return Markup("The guide of {} is the last that has it.").format(nearest)
        if order[nearest] < self.view.index:
            stated = self.view.guide.settings.releases
            after = [r.release for r in stated if order[r.release] > order[nearest]]
            use = part.deprecated.use if part.deprecated else None
            href = links.ref(use) if use else None
            removed = Markup("It was removed in {}.").format(after[0])
            if href and use:
                return removed + Markup(' Use <a href="{}">{}</a> instead.').format(href, self._title(use))
            return removed + (Markup(" Use {} instead.").format(use) if use else Markup())
        span = ALWAYS
        if isinstance(part, Endpoint):
            span = span_of(view.resources[resource_id(page)], order)
        if span_of(part, order, span).documented:
            text = "It is known from release {} on; whether {} has it is not documented."
            return Markup(text).format(nearest, self.view.release)
        return Markup("It came with release {}.").format(nearest)


def _is_known(difference: Difference) -> bool:
    """Whether something is only known from the release on."""
    return difference.kind is Kind.DOCUMENTED


def _named(found: Iterable[Difference]) -> Markup:
    """What is only documented, by name: `parameters a, b; fields c of the reply`."""
    by_place: dict[tuple[str, ...], list[str]] = {}
    for each in found:
        depth = 2 if each.names[0] == OBJECT else 1
        name = ".".join(each.names[depth:]) or each.text
        by_place.setdefault(each.names[:depth], []).append(name)
    parts = []
    for place, names in by_place.items():
        listed = Markup(", ").join(Markup("<code>{}</code>").format(name) for name in names)
        parts.append(Markup("{}: {}").format(_PLACES.get(place[0]) or f"Fields of {place[1]}", listed))
    return Markup(". ").join(parts) + "."


_PLACES = {
    "path": "Path parameters",
    "query": "Query parameters",
    "header": "Headers",
    "cookie": "Cookies",
    "body": "Parameters",
    "reply": "Fields of the reply",
}
