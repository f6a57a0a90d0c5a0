"""What a release lacks and other published releases have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from apiguide.anchors import COMPATIBILITY, NAMES, NEWS, page_url
from apiguide.names import names
from apiguide.search.pages import Kind
from apiguide.site_releases import SiteReleases, address
from apiguide.view import GuideView

_MADE = (NEWS, COMPATIBILITY, NAMES)
"""Pages about a release, which are of no use to readers of another."""


class _Endpoint(NamedTuple):
    url: str
    method: str
    path: str


def elsewhere(site_releases: SiteReleases, release: str) -> dict[str, Any]:
    """Pages and names of other releases, each as in the newest that has it; empty where there are none.

    An endpoint that has another method or path there is one of these, too.
    """
    others = [each for each in site_releases.releases if each not in (release, site_releases.planned)]
    pages = [*_pages(site_releases, release, others)]
    rows = [*_names(site_releases, release, others)]
    return {"pages": pages, "names": rows} if pages or rows else {}


def _pages(site_releases: SiteReleases, release: str, others: list[str]) -> Iterator[list[Any]]:
    endpoints = {*_endpoints(site_releases.views[release])}
    urls = {*site_releases.pages[release]}
    for other in others:
        view = site_releases.views[other]
        for url, title in site_releases.pages[other].items():
            id_ = url.rstrip("/")
            endpoint = view.endpoints.get(id_)
            if endpoint is not None:
                key = _Endpoint(url, endpoint.method, endpoint.path)
                if key not in endpoints:
                    endpoints.add(key)
                    yield [
                        other,
                        int(Kind.ENDPOINT),
                        _link(other, url),
                        title,
                        endpoint.method,
                        endpoint.path,
                    ]
            elif url not in urls and id_.partition("/")[0] not in _MADE:
                urls.add(url)
                kind = Kind.RESOURCE if id_ in view.resources else Kind.PAGE
                yield [other, int(kind), _link(other, url), title, "", ""]


def _endpoints(view: GuideView) -> Iterator[_Endpoint]:
    return (_Endpoint(page_url(id_), each.method, each.path) for id_, each in view.endpoints.items())


def _names(site_releases: SiteReleases, release: str, others: list[str]) -> Iterator[list[str]]:
    known = {*names(site_releases.views[release]).locations}
    missing: dict[str, list[str]] = {}
    for other in others:
        there = names(site_releases.views[other])
        for name in there.locations:
            if name not in known and name not in missing:
                missing[name] = [name, other, _link(other, there.first_row(name))]
    return (missing[name] for name in sorted(missing))


def _link(release: str, url: str) -> str:
    """The link to a page of another release from the home of one."""
    return f"../{address(release, url)}"
