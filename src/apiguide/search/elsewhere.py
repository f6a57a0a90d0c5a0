"""What a release lacks and other published releases have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from apiguide.anchors import page_url
from apiguide.names import uses
from apiguide.search.pages import Kind
from apiguide.site_releases import SiteReleases, address
from apiguide.view import GuideView


class _Call(NamedTuple):
    url: str
    method: str
    path: str


def elsewhere(site_releases: SiteReleases, release: str) -> dict[str, Any]:
    """Pages and names of other releases, each as in the newest that has it; empty where there are none.

    A call that has another method or path there is one of these, too.
    """
    others = [each for each in site_releases.releases if each not in (release, site_releases.planned)]
    pages = [*_pages(site_releases, release, others)]
    names = [*_names(site_releases, release, others)]
    return {"pages": pages, "names": names} if pages or names else {}


def _pages(site_releases: SiteReleases, release: str, others: list[str]) -> Iterator[list[Any]]:
    calls = {*_calls(site_releases.views[release])}
    urls = {*site_releases.pages[release]}
    for other in others:
        view = site_releases.views[other]
        about = {page_url(id_) for id_ in site_releases.made(other)}
        for url, title in site_releases.pages[other].items():
            id_ = url.rstrip("/")
            call = view.endpoints.get(id_)
            if call is not None:
                key = _Call(url, call.method, call.path)
                if key not in calls:
                    calls.add(key)
                    yield [other, int(Kind.CALL), _link(other, url), title, call.method, call.path]
            elif url not in urls and url not in about:
                urls.add(url)
                kind = Kind.RESOURCE if id_ in view.resources else Kind.PAGE
                yield [other, int(kind), _link(other, url), title, "", ""]


def _calls(view: GuideView) -> Iterator[_Call]:
    return (_Call(page_url(id_), each.method, each.path) for id_, each in view.endpoints.items())


def _names(site_releases: SiteReleases, release: str, others: list[str]) -> Iterator[list[str]]:
    known = {*first_places(site_releases.views[release])}
    missing: dict[str, list[str]] = {}
    for other in others:
        for name, url in first_places(site_releases.views[other]).items():
            if name not in known and name not in missing:
                missing[name] = [name, other, _link(other, url)]
    return (missing[name] for name in sorted(missing))


_PLACES = object()
"""Under a pair with it, what has been found of a view."""


def first_places(view: GuideView) -> Mapping[str, str]:
    """The names of a release, each with the first row that sends it, else the first that has it at all."""
    known: dict[str, dict[str, str]] = view.facts.get(_PLACES) or {}
    if view.release not in known:
        sent: dict[str, str] = {}
        returned: dict[str, str] = {}
        for id_ in (*view.endpoints, *view.resources):
            for use in uses(view, id_):
                (sent if use.is_sent else returned).setdefault(use.name, f"{page_url(id_)}#{use.anchor}")
        known[view.release] = returned | sent
        view.facts[_PLACES] = known
    return known[view.release]


def _link(release: str, url: str) -> str:
    """The link to a page of another release from the home of one."""
    return f"../{address(release, url)}"
