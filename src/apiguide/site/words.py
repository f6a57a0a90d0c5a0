"""What other words of a few calls make of a site: of their pages, of their resources' pages and of search."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from apiguide.changes.calls import Calls, objects_of_replies
from apiguide.checks import text
from apiguide.checks.endpoints import always
from apiguide.checks.few import Few, FewCalls
from apiguide.checks.parts import file_of
from apiguide.editions import Editions
from apiguide.model import Guide, resource_id
from apiguide.problems import errors
from apiguide.prose import Prose
from apiguide.rendering.links import Kept
from apiguide.rendering.render import RenderedPage, Renderer
from apiguide.rendering.templates import Templates
from apiguide.site.git_dates import page_dates
from apiguide.site.patch import patched, patched_search
from apiguide.yaml_source import FrozenDict

_HIDDEN = re.compile(r"&#|&\w+;|\\[_/:-]")
"""By which the name of a call may be written otherwise than it is."""

SEARCH = "search/search_index.json"


def files_of_calls(
    root: Path, site: Path, releases: Sequence[str], former: Mapping[str, str]
) -> dict[str, str] | None:
    """The files of a site that change, by name, where files of calls have; `former` is what was in these.

    None where more would change than is known, where the guide has errors, or where the site is not what
    would be made of the former contents.
    """
    few = FewCalls(root)
    if any(_HIDDEN.search((root / file_of(id_)).read_text(encoding="utf-8")) for id_ in former):
        return None
    now = few.check(list(former), siblings=True, former=former.values())
    if now is None or errors((*now.problems, *now.found)) or not now.views:
        return None
    before = few.with_former(now, former)
    templates, prose = Templates.of(root), Prose()
    if before is None or _told(before, former) != _told(now, former):
        return None
    outlines = ([_outline(each, id_, templates, prose) for id_ in former] for each in (before, now))
    if next(outlines) != next(outlines):
        return None
    dates = page_dates(now.guide, root)
    versions = [(each, Kept[RenderedPage]()) for each in (before, now)]
    files: dict[str, str] = {}
    for release in releases:
        there = [id_ for id_ in former if id_ in now.views[release].endpoints]
        made = []
        for each, finished in versions:
            editions = Editions.around(release, each.guide, each.views)
            renderer = Renderer(each.views[release], templates, prose, dates, editions, finished=finished)
            made.append([renderer.page(id_) for id_ in (*there, *dict.fromkeys(map(resource_id, there)))])
        for name, found, then, other in _of_release(site, release, *made):
            if found != then or other is None:
                return None
            files[name] = other
    return files


def _of_release(
    site: Path, release: str, before: Sequence[RenderedPage], now: Sequence[RenderedPage]
) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Names and texts of the files that change, these with the pages as before, and with those now."""
    for former, page in zip(before, now, strict=True):
        name = f"{release}/{page.url}index.html"
        file = _text(site / name)
        yield name, file, patched(file, former), patched(file, page)
    name = f"{release}/{SEARCH}"
    if now:
        file = _text(site / name)
        found = [patched_search(file, [page.search for page in pages]) for pages in (before, now)]
        yield name, file, found[0], found[1]


def _told(few: Few, ids: Iterable[str]) -> Mapping[tuple[str, str], int]:
    """How often each code is told of each file, for those calls: budgets and other calls depend on it."""
    found = [*few.found]
    if few.guide.settings.debt:
        calls = {id_: few.guide.endpoints[id_] for id_ in ids}
        found += text.check(Guide(few.guide.settings, FrozenDict({}), FrozenDict(calls)))
    return Counter((each.code, each.where.source.path) for each in found)


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
