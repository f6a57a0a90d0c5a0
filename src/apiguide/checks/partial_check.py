"""A few endpoints, checked without the others: what a preview reports while the guide is being checked.

What takes other endpoints to see (two with one title, a debt over its budget, a promise that is broken) is
not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from apiguide.checks.docs.texts import check_texts
from apiguide.checks.parts import file_of, objects_of
from apiguide.checks.references.said_twice import check_said_twice
from apiguide.checks.references.symbols import Symbols
from apiguide.checks.references.uses import check_uses
from apiguide.checks.requests.endpoints import check_requests
from apiguide.checks.stated import check_forms, check_resources
from apiguide.checks.text import check_shown_text
from apiguide.checks.time.lifespans import check_lifespans
from apiguide.checks.values import check_formats, check_patterns, check_values
from apiguide.history import Releases
from apiguide.identity import Identity
from apiguide.model import Guide, Part, inside, resource_id
from apiguide.problems import Problem, errors, ordered
from apiguide.reader import ParseCache, endpoints_in, read
from apiguide.view import GuideView
from apiguide.yaml_source import FrozenDict

_ENDPOINT = re.compile(r"[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_-]*")
"""What may be the id of an endpoint."""


@dataclass(frozen=True)
class Partial:
    """A guide with a few of its endpoints."""

    guide: Guide
    views: Mapping[str, GuideView]
    """The guide as of each release; empty where there are errors in what was read."""
    problems: tuple[Problem, ...]
    """What is wrong in the files of the endpoints."""


class PartialCheck:
    """Checks a few endpoints of a project over and over; keeps what it has read of the others."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.parse_cache: ParseCache = {}
        self._releases: Releases | None = None
        self._of: list[Identity] = []

    def check(self, ids: Collection[str], *, full_resources: Collection[str] = ()) -> Partial | None:
        """The guide with these endpoints and those that they name; None where it cannot be read.

        Of `full_resources`, what their own files say is checked as well.
        """
        reading = read(self.root, only=ids, parse_cache=self.parse_cache)
        if reading.guide is not None:
            named = _named_in(reading.guide) & {*endpoints_in(self.root)}
            reading = read(self.root, only={*ids, *named}, parse_cache=self.parse_cache)
        guide, files = reading.guide, {file_of(id_) for id_ in (*ids, *full_resources)}
        if guide is None:
            return None
        found = [problem for problem in reading.problems if problem.where.source.path in files]
        views: Mapping[str, GuideView] = {}
        rules: list[Problem] = []
        if not errors(reading.problems):
            views = self._views(guide)
            rules = self._problems(guide, views, ids, full_resources, Symbols(guide, reading.unread))
        reported = ordered(p for p in (*found, *rules) if p.where.source.path in files)
        return Partial(guide, views, tuple(reported))

    def _problems(
        self,
        guide: Guide,
        views: Mapping[str, GuideView],
        ids: Collection[str],
        full_resources: Collection[str],
        symbols: Symbols,
    ) -> list[Problem]:
        chosen = Guide(
            guide.settings, guide.resources, FrozenDict({id_: guide.endpoints[id_] for id_ in ids})
        )
        resources = [guide.resources[id_] for id_ in full_resources]
        found = [*check_lifespans(chosen), *check_requests(chosen, symbols)]
        found += check_resources(guide, resources, symbols)
        found += (
            *check_uses(chosen.parts, symbols),
            *check_forms(chosen.parts),
            *check_patterns(chosen.parts),
            *check_formats(chosen.parts),
        )
        if not errors(found):
            names = [*ids, *(name for resource in resources for name in resource.objects)]
            found += check_values(guide, views, names)
            found += check_said_twice(guide, ids, full_resources)
            for each in chosen.endpoints.values():
                found += check_texts(views, each, symbols)
            found += check_shown_text(guide, views[guide.newest])
        return found

    def _views(self, guide: Guide) -> dict[str, GuideView]:
        of = [*map(Identity, (guide.settings, *guide.resources.values()))]
        if self._releases is None or of != self._of:
            self._releases, self._of = Releases(guide, guide.releases), of
        return self._releases.views(guide.endpoints)


def _named_in(guide: Guide) -> set[str]:
    """Possible ids of endpoints in texts: of endpoints, resources, their objects, and the settings."""
    open_: list[Part] = [guide.settings, *guide.endpoints.values()]
    for id_ in {*map(resource_id, guide.endpoints)} & {*guide.resources}:
        open_.append(guide.resources[id_])
    named: set[str] = set()
    seen: set[str] = set()
    while open_:
        for part in inside(open_.pop()):
            for _, words in part.stated_values():
                if isinstance(words, str) and "/" in words:
                    named |= {*_ENDPOINT.findall(words)}
            for name in objects_of(part):
                if name in guide.objects and name not in seen:
                    seen.add(name)
                    open_.append(guide.objects[name])
    return named
