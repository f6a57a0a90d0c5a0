"""What releases share of an endpoint is made once; each page is as if it were made for itself."""

from collections.abc import Callable

import pytest

from apiguide.changes import changes, endpoints
from apiguide.checks import Checked
from apiguide.fingerprints import fingerprint
from apiguide.history import views
from apiguide.model import Guide
from apiguide.rendering.links import SharedByLinks
from apiguide.rendering.render import RenderedPage, Renderer
from apiguide.rendering.templates import Templates
from apiguide.site_releases import SiteReleases
from apiguide.view import GuideView

GuideOf = Callable[[str], Guide]

LIBRARY = """
=== guide.yaml
releases: [{release: "1.0"}, {release: "1.1"}, {release: "2.0"}, {release: "3.0"}]
errata: [{at: books/get, releases: ["1.1"], date: "2025-01-02", reason: It was wrong.}]
statuses: {404: {title: Not Found, when: path_parameters}}
=== books/resource.yaml
objects:
  book: {fields: {id: {type: integer}, title: {type: string, since: "1.1"}, author: {object: author}}}
=== authors/resource.yaml
since: "1.1"
objects: {author: {fields: {name: {type: string, description: "See [endpoint](ref:authors/list)."}}}}
=== authors/list.yaml
title: List authors
since: "2.0"
=== books/get.yaml
description: Books have [authors](ref:authors/list) since [this](ref:books/lend#query-days).
deprecated: {since: "3.0", use: books/lend}
responses: {200: {body: {object: book}}}
=== books/list.yaml
prefer: books/search
responses: {200: {body: {type: array, items: {object: book}}}}
=== books/search.yaml
title: Search books
since: "2.0"
=== books/lend.yaml
parameters:
  query:
    days: {type: integer, since: "1.1", maximum: 9, changes: [{release: "3.0", before: {maximum: 5}}]}
=== books/refers.yaml
description: See [search](ref:books/search).
=== books/plain.yaml
parameters: {query: {days: {type: integer}}}
"""


def pages_of(
    guide: Guide,
    seen: dict[str, GuideView],
    endpoints: list[str],
    finished: SharedByLinks[RenderedPage] | None,
) -> dict[tuple[str, str], RenderedPage]:
    """The pages of endpoints in all releases; without `finished`, each is made for itself."""
    templates, site_releases = Templates(), SiteReleases(guide, seen)
    pages = {}
    for release, view in seen.items():
        for id_ in endpoints:
            if id_ in view.endpoints:
                renderer = Renderer(view, templates, site_releases=site_releases, finished=finished)
                pages[release, id_] = renderer.endpoint(id_)
    return pages


def test_pages_that_releases_share_are_those_that_each_would_make(guide_of: GuideOf) -> None:
    guide = guide_of(LIBRARY)
    seen = views(guide)
    endpoints = [*guide.endpoints]
    shared = pages_of(guide, seen, endpoints, SharedByLinks())
    assert shared == pages_of(guide, seen, endpoints, None)
    assert len({id(shared[release, "books/plain"]) for release in seen}) == 1
    assert len({shared[release, "books/get"].html for release in seen}) == len(seen)
    assert shared["1.0", "books/list"].html != shared["2.0", "books/list"].html
    assert shared["2.0", "books/list"] is shared["3.0", "books/list"]
    leads = ['href="../search/"' in shared[release, "books/refers"].html for release in seen]
    assert leads == [False, False, True, True]
    assert shared["1.0", "books/refers"] is shared["1.1", "books/refers"]


def test_pages_of_a_large_guide_that_releases_share_are_those_that_each_would_make(
    reference: Checked,
) -> None:
    assert reference.guide is not None
    endpoints = [*reference.guide.endpoints][::12]
    seen = dict(reference.views)
    shared = pages_of(reference.guide, seen, endpoints, SharedByLinks())
    assert shared == pages_of(reference.guide, seen, endpoints, None)
    assert len({id(page) for page in shared.values()}) < len(shared) / 2


@pytest.mark.parametrize("pair", [("3.0", "4.2"), ("3.5", "4.0"), ("4.0", "4.1")])
def test_endpoints_with_the_very_same_parts_differ_in_nothing(
    pair: tuple[str, str], reference: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    older, newer = (reference.views[release] for release in pair)
    with_states = [*changes(older, newer, expands=True)]
    same = [id_ for id_, endpoint in older.endpoints.items() if _is_same(older, newer, id_)]
    assert len(same) > len(older.endpoints) / 10
    monkeypatch.setattr(endpoints, "fingerprint", lambda view, part: (id(view), id(part)))
    assert [*changes(older, newer, expands=True)] == with_states


def _is_same(older: GuideView, newer: GuideView, id_: str) -> bool:
    new = newer.endpoints.get(id_)
    return new is not None and fingerprint(older, older.endpoints[id_]) == fingerprint(newer, new)
