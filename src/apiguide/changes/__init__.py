"""What a client of one release finds different in another: computed, never typed.

`changes` compares two guides, `history` follows one call through the releases. What is only documented from a
release on is told apart and is never news; wording is no difference at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from apiguide.changes.calls import Calls
from apiguide.changes.rules import RULES, Difference, Impact, Kind, Rule
from apiguide.view import GuideView

__all__ = ["RULES", "Difference", "Impact", "Kind", "Rule", "changes", "changes_of_call", "history"]


def changes(older: GuideView, newer: GuideView, *, expands: bool = False) -> tuple[Difference, ...]:
    """What a client of `older` finds different in `newer`, which may be of another guide.

    Calls are matched by their files, not by method and path, so that a moved path is one difference. An
    object's fields are compared where the object is declared; with `expands`, wherever a reply holds it.
    Ordered as the guide is: by resource, call, place, name.
    """
    return tuple(Calls(older, newer, expands=expands).all())


def changes_of_call(older: GuideView, newer: GuideView, id_: str) -> tuple[Difference, ...]:
    """What differs for those who use one call that both have, the fields of its reply's objects included."""
    return tuple(Calls(older, newer, expands=True).call(id_))


def history(
    views: Mapping[str, GuideView], id_: str, until: str
) -> Iterator[tuple[str, tuple[Difference, ...]]]:
    """The releases that changed a call, newest first, up to the release `until`; its start is not told."""
    releases = list(views)[: list(views).index(until) + 1]
    for older, newer in reversed(list(pairwise(releases))):
        if id_ in views[older].endpoints and id_ in views[newer].endpoints:
            found = changes_of_call(views[older], views[newer], id_)
            if found:
                yield newer, found
