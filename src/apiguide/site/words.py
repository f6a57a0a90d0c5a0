"""What other words of a few calls make of a site: of their pages, of their resources' pages and of search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from apiguide.changes.calls import Calls, objects_of_replies
from apiguide.checks.endpoints import always
from apiguide.checks.few import Few, FewCalls
from apiguide.editions import Editions
from apiguide.model import resource_id
from apiguide.problems import errors
from apiguide.rendering.links import Kept
from apiguide.rendering.prose import Prose
from apiguide.rendering.render import RenderedPage, Renderer
from apiguide.rendering.templates import Templates
from apiguide.site.git_dates import page_dates
from apiguide.site.patch import patched, patched_search

SEARCH = "search/search_index.json"


def files_of_calls(
    root: Path, site: Path, releases: Sequence[str], former: Mapping[str, str]
) -> dict[str, str] | None:
    """The files of a site that change, by name, where files of calls have; `former` is what was in these.

    None where more would change than is known, or where the guide has errors.
    """
    few = FewCalls(root)
    now = few.check(list(former), siblings=True)
    if now is None or errors(now.problems) or not now.views:
        return None
    before = few.with_former(now, former)
    templates, prose = Templates.of(root), Prose()
    if before is None:
        return None
    outlines = ([_outline(each, id_, templates, prose) for id_ in former] for each in (before, now))
    if next(outlines) != next(outlines):
        return None
    dates = page_dates(now.guide, root)
    finished: Kept[RenderedPage] = Kept()
    files: dict[str, str] = {}
    for release in releases:
        editions = Editions.around(release, now.guide, now.views)
        renderer = Renderer(now.views[release], templates, prose, dates, editions, finished=finished)
        there = [id_ for id_ in former if id_ in now.views[release].endpoints]
        found = {id_: renderer.page(id_) for id_ in (*there, *dict.fromkeys(map(resource_id, there)))}
        for name, text in _of_release(site, release, found):
            if text is None:
                return None
            files[name] = text
    return files


def _of_release(
    site: Path, release: str, pages: Mapping[str, RenderedPage]
) -> Iterator[tuple[str, str | None]]:
    """The files of a release that change, by their names in the site."""
    for page in pages.values():
        name = f"{release}/{page.url}index.html"
        yield name, patched(_text(site / name), page)
    name = f"{release}/{SEARCH}"
    if pages:
        yield name, patched_search(_text(site / name), [page.search for page in pages.values()])


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _outline(few: Few, id_: str, templates: Templates, prose: Prose) -> list[object]:
    """What other pages than a call's own and its resource's tell of it."""
    found: list[object] = []
    finished: Kept[RenderedPage] = Kept()
    for release, view in few.views.items():
        call = view.endpoints.get(id_)
        if call is not None:
            pages = Renderer(view, templates, prose, finished=finished)
            found += [release, call.title, call.method, call.path, call.prefer, call.formerly, call.start]
            found += [
                call.removed,
                call.deprecated,
                call.changes,
                call.permissions,
                sorted(always(view, call)),
            ]
            found += [sorted(pages.page(id_).anchors), sorted(objects_of_replies(view, [call]))]
    for older, newer in combinations(few.views.values(), 2):
        if id_ in newer.endpoints:
            differences = Calls(older, newer, expands=False).call(id_)
            found += [(each.code, each.names, each.text, each.note) for each in differences]
    return found
