"""Rules of time: releases that parts name are known, and in a possible order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apiguide.checks.parts import key_mark
from apiguide.docs_macros import UnknownRelease
from apiguide.model import LIFESPAN, Change, Endpoint, Guide, Resource, Versioned
from apiguide.problems import Problem, did_you_mean, mark_of
from apiguide.rule import Rule, WarningRule
from apiguide.yaml_source import Text


class UnquotedRelease(WarningRule):
    """A release is not quoted."""


class RemovedBeforeStart(Rule):
    """Something is removed in the release that introduced it, or in an earlier one."""


class AbsentOutOfOrder(Rule):
    """Absences are not listed oldest first, or not within the lifespan of the part."""


class DeprecatedBeforeStart(Rule):
    """Something is deprecated before it exists."""


class DeprecatedAfterEnd(Rule):
    """Something is deprecated in the release that removes it, or in a later one."""


class ChangesOutOfOrder(Rule):
    """Changes are not listed oldest first, one per release, after the start of the part."""


class ChangeAfterEnd(Rule):
    """Something is changed in the release that removes it, or in a later one."""


class EmptyChange(Rule):
    """A change does not say what has changed."""


class NeverUnstated(Rule):
    """A change says that a key used to be left out, but that key can never be left out."""


def check_lifespans(guide: Guide) -> Iterator[Problem]:
    """Problems of the lifespans of all parts, and of the releases that guide.yaml names."""
    settings = guide.settings
    for release in settings.releases:
        yield from _unquoted(release.release)
    if settings.compatible_since is not None:
        yield from release_problems(settings.compatible_since, guide.releases)
    for exception in settings.exceptions:
        yield from release_problems(exception.release, guide.releases)
    for erratum in settings.errata:
        for name in erratum.releases:
            yield from release_problems(name, guide.releases)
    for part in guide.parts:
        if isinstance(part, Versioned) and not part.stated.isdisjoint(LIFESPAN):
            yield from _span(guide, part)
            yield from _absences(guide, part)
            yield from _changes(guide, part)
        if isinstance(part, Endpoint | Resource):
            yield from _unstated(part)


def release_problems(release: str, releases: tuple[str, ...]) -> Iterator[Problem]:
    """What is wrong with the name of a release, where one is named."""
    if release not in releases:
        hint = did_you_mean(release, releases) or f"choose from {', '.join(releases)}"
        yield UnknownRelease.at(mark_of(release), f"there is no release `{release}`", hint)
    else:
        yield from _unquoted(release)


def _unquoted(release: str) -> Iterator[Problem]:
    if isinstance(release, Text) and release.plain:
        message = f"the release {release} is not quoted, so editors may read it as a number"
        yield UnquotedRelease.at(release.mark, message, f'write "{release}"')


def _span(guide: Guide, part: Versioned) -> Iterator[Problem]:
    """Start, deprecation and end come in this order."""
    deprecated = part.deprecated.since if part.deprecated is not None else None
    for release in (part.since, part.documented_since, part.removed, deprecated):
        if release is not None:
            yield from release_problems(release, guide.releases)
    order = guide.order
    introduced, removed = part.introduced, part.removed
    begins = f"was introduced in {introduced}" if introduced else "has been there from the first release"
    if introduced not in order:
        return
    if removed is not None and removed in order and order[removed] <= order[introduced]:
        message = f"it is removed in {removed}, but {begins}"
        hint = "name a release after the one that introduced it"
        yield RemovedBeforeStart.at(mark_of(removed), message, hint)
    elif deprecated is not None and deprecated in order:
        if order[deprecated] < order[introduced]:
            message = f"it is deprecated since {deprecated}, but {begins}"
            hint = "name the release that introduced it, or a later one"
            yield DeprecatedBeforeStart.at(mark_of(deprecated), message, hint)
        elif removed is not None and removed in order and order[deprecated] >= order[removed]:
            message = f"it is deprecated since {deprecated}, but removed in {removed}"
            hint = "name a release before the one that removes it"
            yield DeprecatedAfterEnd.at(mark_of(deprecated), message, hint)


def _absences(guide: Guide, part: Versioned) -> Iterator[Problem]:
    """Absences come oldest first, between start and end, with a release that has the part between any two."""
    moments = [moment for each in part.absent for moment in (each.from_, each.until)]
    for release in moments:
        yield from release_problems(release, guide.releases)
    order = guide.order
    if not {part.introduced, part.removed, *moments} <= order.keys():
        return
    last, what = order[part.introduced], "it is there from"
    for each in part.absent:
        if order[each.from_] <= last:
            message = f"it is absent from {each.from_}, but {what} {guide.releases[last]} on"
            yield AbsentOutOfOrder.at(mark_of(each.from_), message, "name a later release")
        elif order[each.until] <= order[each.from_]:
            message = f"it is absent from {each.from_} until {each.until}, which is no release"
            hint = "`until` names the release in which it is there again, later than `from`"
            yield AbsentOutOfOrder.at(mark_of(each.until), message, hint)
        elif part.removed is not None and order[each.until] >= order[part.removed]:
            message = f"it is there again in {each.until}, but removed in {part.removed}"
            hint = f'delete the absence, and write `removed: "{each.from_}"`'
            yield AbsentOutOfOrder.at(mark_of(each.until), message, hint)
        last, what = max(last, order[each.until]), "it is there again from"


def _unstated(part: Endpoint | Resource) -> Iterator[Problem]:
    """What a file must state, it has always stated."""
    changes: tuple[Change[Any], ...] = part.changes
    for index, change in enumerate(changes):
        before = change.before
        for key in ("title", "method", "path"):
            if before is not None and key in before.stated and getattr(before, key) is None:
                message = f"`{key}` cannot have been missing before {change.release}: {part.noun} needs one"
                mark = key_mark(part.title, "changes", index, "before", key)
                yield NeverUnstated.at(mark, message, "write the former one, or delete the key")


def _changes(guide: Guide, part: Versioned) -> Iterator[Problem]:
    """Changes come oldest first, one a release, between start and end, and each says something."""
    order = guide.order
    changes: tuple[Change[Any], ...] = getattr(part, "changes", ())
    last, before = order.get(part.introduced, 0), None
    end = order.get(part.removed, len(order)) if part.removed is not None else len(order)
    for change in changes:
        yield from release_problems(change.release, guide.releases)
        if change.note is None and (change.before is None or not change.before.stated):
            message = f"the change of {change.release} does not say what changed"
            hint = "write under `before` what was different, or describe it in a `note`"
            yield EmptyChange.at(mark_of(change.release), message, hint)
        if change.release not in order:
            continue
        if order[change.release] <= last:
            hint = "list changes oldest first, one per release, after the start"
            if before is None:
                message = (
                    f"the change of {change.release} is not after the start, which is {guide.releases[last]}"
                )
            elif before == change.release:
                message, hint = f"{before} has two changes", "merge them"
            else:
                message = f"the change of {change.release} is listed after that of {before}"
            yield ChangesOutOfOrder.at(mark_of(change.release), message, hint)
        elif order[change.release] >= end:
            message = f"the change of {change.release} comes too late: the part is removed in {part.removed}"
            yield ChangeAfterEnd.at(mark_of(change.release), message, "delete the change")
        if order[change.release] >= last:
            last, before = order[change.release], change.release
