"""What a client of one release finds different in another: computed, never typed.

`changes` compares two guides; `history` follows one endpoint or resource through the releases. What is only
documented from a release on is told apart and is never news; wording is no difference at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from apiguide.changes.endpoints import Endpoints
from apiguide.changes.rules import RULES, Difference, Impact, Kind, Rule
from apiguide.view import GuideView

__all__ = [
    "RULES",
    "Difference",
    "Impact",
    "Kind",
    "Rule",
    "changes",
    "changes_of_endpoint",
    "history",
]


def changes(older: GuideView, newer: GuideView, *, expands: bool = False) -> tuple[Difference, ...]:
    """What a client of `older` finds different in `newer`, which may be of another guide.

    Endpoints are matched by their files, not by method and path, so that a moved path is one difference. An
    object's fields are compared where the object is declared; with `expands`, wherever a response holds it.
    Ordered as the guide is: by resource, endpoint, place, name.
    """
    return tuple(Endpoints(older, newer, expands=expands).all())


def changes_of_endpoint(older: GuideView, newer: GuideView, id_: str) -> tuple[Difference, ...]:
    """What differs for those who use an endpoint that both have, the fields of its response's objects too."""
    return tuple(Endpoints(older, newer, expands=True).endpoint(id_))


History = Iterator[tuple[str, tuple[Difference, ...]]]
"""Releases, each with what differs from the one before."""


def history(views: Mapping[str, GuideView], id_: str, until: str) -> History:
    """The releases that brought or changed an endpoint or a resource, newest first, up to `until`.

    To a resource belong its list of endpoints and its objects.
    """
    return _of(views).history(id_, until)


class _Histories:
    """What each release of a guide changed in its pages, compared once for the guides of all later ones."""

    def __init__(self, views: Mapping[str, GuideView]) -> None:
        self.releases = list(views)
        pairs = pairwise(views.values())
        self.pairs = {newer.release: Endpoints(older, newer, expands=True) for older, newer in pairs}
        self._found: dict[tuple[str, str], tuple[Difference, ...]] = {}

    def history(self, id_: str, until: str) -> History:
        """The releases that changed the page of an endpoint or a resource."""
        for release in reversed(self.releases[1 : self.releases.index(until) + 1]):
            key = release, id_
            if key not in self._found:
                self._found[key] = tuple(self.pairs[release].page(id_))
            if self._found[key]:
                yield release, self._found[key]


def _of(views: Mapping[str, GuideView]) -> _Histories:
    facts = next(iter(views.values())).facts
    known: _Histories | None = facts.get(views)
    if known is None:
        known = facts[views] = _Histories(views)
    return known
