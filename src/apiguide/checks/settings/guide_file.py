"""Rules of guide.yaml: releases, formats, groups and whatever else a guide says once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apiguide.checks.parts import file_of
from apiguide.checks.references.symbols import Symbols, UnknownFormat, UnknownGroup, UnknownResource, known
from apiguide.checks.settings.synonyms import check_synonyms
from apiguide.folders import name_fault
from apiguide.model import Guide, Release
from apiguide.model.forms import RELEASE
from apiguide.model.settings import FORMATS
from apiguide.problems import Problem, mark_of
from apiguide.rule import Rule


class DuplicateRelease(Rule):
    """A release is listed twice, or differs from another only in capitals."""


class DuplicateGroup(Rule):
    """Two navigation groups have the same id."""


class DuplicateAuthentication(Rule):
    """Two ways to authenticate have the same id."""


class NotInGroup(Rule):
    """A group lists a resource under `first` that does not belong to it."""


class UnknownRule(Rule):
    """A name under `rules.ignore` is not a rule or a family of rules."""


class NotIgnorable(Rule):
    """A rule under `rules.ignore` finds errors, which cannot be ignored."""


_OF_THE_SITE = (
    *("latest", "index.html", "versions.json", "404.html", "sitemap.xml", "robots.txt", "apiguide.json"),
)
"""Names in the site's folder that no release can have."""


def check_settings(guide: Guide, symbols: Symbols) -> Iterator[Problem]:
    """Problems of guide.yaml, but for objects, fields, the releases that it names and `rules.ignore`."""
    settings = guide.settings
    yield from _releases(settings.releases)
    for name in settings.formats:
        yield from known(UnknownFormat, name, FORMATS)
    schemes = (scheme.id for scheme in settings.authentication)
    yield from _twice(DuplicateGroup, "group", (group.id for group in settings.groups))
    yield from _twice(DuplicateAuthentication, "authentication scheme", schemes)
    yield from check_synonyms(settings.synonyms)
    yield from _groups(guide, symbols.lost)
    for at in (*(each.at for each in settings.exceptions), *(each.at for each in settings.errata)):
        yield from symbols.location(at)


def _releases(releases: tuple[Release, ...]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for release in releases:
        name = release.release
        first = seen.setdefault(name.casefold(), name)
        if first is not name:
            what = "is listed twice" if first == name else f"differs from `{first}` only in capitals"
            yield DuplicateRelease.at(mark_of(name), f"the release `{name}` {what}", "delete one of the two")
        if name.casefold() in _OF_THE_SITE or (RELEASE.pattern.match(name) and name_fault(name)):
            yield RELEASE.problem(name)


def _twice(rule: type[Rule], what: str, ids: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            hint = "change the id of one of them"
            yield rule.at(mark_of(id_), f"the {what} `{id_}` is declared twice", hint)
        seen.add(id_)


def _groups(guide: Guide, lost: frozenset[str]) -> Iterator[Problem]:
    """The resources that lead a group are known and in it; groups that resources name are known."""
    groups = [group.id for group in guide.settings.groups]
    for group in guide.settings.groups:
        for id_ in group.first:
            if file_of(id_) not in lost:
                yield from known(UnknownResource, id_, guide.resources)
            resource = guide.resources.get(id_)
            if resource is not None and resource.group != group.id:
                hint = f"write `group: {group.id}` in {file_of(id_)}"
                message = f"`{id_}` is not in the group `{group.id}`, so it cannot be first there"
                yield NotInGroup.at(mark_of(id_), message, hint)
    for resource in guide.resources.values():
        formers = (change.before.group for change in resource.changes if change.before is not None)
        for named in (resource.group, *formers):
            if named is not None:
                hint = "list it under `groups` in guide.yaml"
                yield from known(UnknownGroup, named, groups, hint)
