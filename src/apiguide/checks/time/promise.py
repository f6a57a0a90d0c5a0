"""Rules of the promise that no release breaks clients of the ones before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from apiguide.changes import Impact, changes
from apiguide.model import Guide
from apiguide.model.settings import PromiseException
from apiguide.problems import Problem, mark_of
from apiguide.rule import Rule, WarningRule
from apiguide.view import GuideView


class BreaksPromise(Rule):
    """A release breaks clients of the previous one, although `compatible_since` promises that none does."""


class NeedlessException(WarningRule):
    """An exception is not needed, either one to the promise or a name under `odd_names`."""


def check_promise(guide: Guide, views: Mapping[str, GuideView]) -> Iterator[Problem]:
    """Breaks of the promise that guide.yaml does not own up to, and exceptions for what breaks nothing."""
    since = guide.settings.compatible_since
    if since is None:
        return
    needed: set[PromiseException] = set()
    for older, newer in pairwise(guide.releases[guide.order[since] :]):
        owned = [each for each in guide.settings.exceptions if each.release == newer]
        for difference in changes(views[older], views[newer]):
            if difference.impact is not Impact.BREAKING:
                continue
            found = [each for each in owned if difference.is_at(each.at)]
            needed.update(found)
            if not found:
                message = f"release {newer} breaks clients of {older}: {difference.clause}"
                entry = f'{{at: {difference.at}, release: "{newer}", reason: …}}'
                hint = f"undo it, or add `{entry}` to `exceptions`"
                yield BreaksPromise.at(difference.where, message, hint)
    for each in guide.settings.exceptions:
        if each not in needed:
            message = f"nothing breaks at `{each.at}` in release {each.release}"
            yield NeedlessException.at(mark_of(each.at), message, "delete it")
