"""Rules of guide.yaml: releases, formats, groups and whatever else a guide says once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from apiguide.checks.parts import file_of
from apiguide.checks.references import Known, known
from apiguide.model import Guide, Release
from apiguide.problems import Problem, mark_of

FORMATS = ("xml", "json")

STATUS = re.compile(r"[1-5][0-9][0-9]\Z")
RELEASE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._+~-]*[A-Za-z0-9_+~-])?\Z")
_OF_THE_SITE = ("latest", "index.html", "versions.json", "404.html", "sitemap.xml", "robots.txt")
"""Names in the site's folder that no release can have."""
URL = re.compile(r"https?://[^\s{}?#\"'<>\\^`|]+\Z")
OPTION = re.compile(r"--?[A-Za-z0-9#][A-Za-z0-9@%+=:,./_ -]*\Z")
EXTENSION = re.compile(r"[A-Za-z0-9._-]*\Z")
MEDIA_TYPE = re.compile(r"[A-Za-z0-9.+-]+/[A-Za-z0-9.+*-]+(?:; ?[A-Za-z0-9.=-]+)*\Z")
METHOD = re.compile(r"[A-Z]+\Z")


def check(guide: Guide, references: Known) -> Iterator[Problem]:
    """Problems of guide.yaml, but for its objects and fields and the releases that it names."""
    settings = guide.settings
    yield from _releases(settings.releases)
    for server in settings.servers:
        if not URL.match(server.url):
            hint = "write it as in https://api.example.com/v1, without a query"
            yield _bad("bad-url", server.url, "is not the address of a server", hint)
    for name, format_ in settings.formats.items():
        yield from known("format", name, FORMATS)
        if not EXTENSION.match(format_.extension):
            hint = 'write it as in ".json", or ""'
            yield _bad("bad-extension", format_.extension, "is not what a path ends with", hint)
        if not MEDIA_TYPE.match(format_.media_type):
            hint = "write it as in application/json"
            yield _bad("bad-media-type", format_.media_type, "is not a media type", hint)
    for option in settings.curl.options:
        if not OPTION.match(option):
            hint = "begin it with `-`; what a shell treats as special cannot stand in it"
            yield _bad("bad-option", option, "is not an option of curl", hint)
    for name in settings.methods:
        if not METHOD.match(name):
            yield _bad("bad-method", name, "is not an HTTP method", "write it in capitals, as in GET")
    for code in settings.statuses:
        yield from status_problems(code)
    yield from _ignored(settings.rules.ignore)
    yield from _twice("group", (group.id for group in settings.groups))
    yield from _twice("authentication scheme", (scheme.id for scheme in settings.authentication))
    yield from _groups(guide, references.lost)
    for at in (*(each.at for each in settings.exceptions), *(each.at for each in settings.errata)):
        yield from references.place(at)


def _ignored(words: Iterable[str]) -> Iterator[Problem]:
    """What the guide ignores are rules, and a guide can do without them."""
    for word in words:
        from apiguide.rules import choice

        try:
            choice.ignorable(word)
        except choice.UnknownRule as error:
            yield Problem("unknown-rule", str(error), mark_of(word), error.hint)
        except choice.NotIgnorable as error:
            yield Problem(
                "not-ignorable", str(error), mark_of(word), "mend what it finds, and delete the line"
            )


def status_problems(code: str) -> Iterator[Problem]:
    """What is wrong with the code of an HTTP status."""
    if not STATUS.match(code):
        yield _bad("not-a-status", code, "is not an HTTP status", "write three digits, as in 201")


def _bad(code: str, value: str, what: str, hint: str) -> Problem:
    return Problem(code, f"`{value}` {what}", mark_of(value), hint)


def _releases(releases: tuple[Release, ...]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for release in releases:
        name = release.release
        first = seen.setdefault(name.casefold(), name)
        if first is not name:
            what = (
                "stands twice"
                if first == name
                else f"differs from `{first}` in small and capital letters alone"
            )
            yield Problem(
                "duplicate-release", f"the release `{name}` {what}", mark_of(name), "delete one of the two"
            )
        if not RELEASE.match(name) or name.casefold() in _OF_THE_SITE:
            hint = "use letters, digits, `.`, `-` and `_`; `latest` is taken"
            yield _bad("bad-release", name, "cannot be a release, whose name is a folder of the site", hint)


def _twice(what: str, ids: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            code = f"duplicate-{what.partition(' ')[0]}"
            hint = "give one of the two another id"
            yield Problem(code, f"the {what} `{id_}` stands twice", mark_of(id_), hint)
        seen.add(id_)


def _groups(guide: Guide, lost: frozenset[str]) -> Iterator[Problem]:
    """The resources that lead a group are known and in it; groups that resources name are known."""
    groups = [group.id for group in guide.settings.groups]
    for group in guide.settings.groups:
        for id_ in group.first:
            if file_of(id_) not in lost:
                yield from known("resource", id_, guide.resources)
            resource = guide.resources.get(id_)
            if resource is not None and resource.group != group.id:
                hint = f"write `group: {group.id}` in {file_of(id_)}"
                yield _bad("not-in-group", id_, f"is not in the group `{group.id}`, and cannot lead it", hint)
    for resource in guide.resources.values():
        formers = (change.before.group for change in resource.changes if change.before is not None)
        for named in (resource.group, *formers):
            if named is not None:
                hint = "list it under `groups` in guide.yaml"
                yield from known("group", named, groups, hint)
