"""What a change of the tree does to the guide of each release: two trees, compared release by release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apiguide.changes import Difference, changes
from apiguide.view import GuideView

Views = Mapping[str, GuideView]


@dataclass(frozen=True)
class Section:
    """What differs in the guides of some releases, and in no other guide."""

    heading: str
    releases: tuple[str, ...]
    views: tuple[GuideView, ...]
    """Guides that have what the differences are about, or had it."""
    differences: tuple[Difference, ...]


def by_release(before: Views, now: Views) -> tuple[Section, ...]:
    """What clients of each release find different than before; newest releases first, each difference once.

    A release that was not there before is compared with the one that precedes it.
    """
    return (*_of_new(before, now), *_of_both(before, now), *_of_gone(before, now))


def _of_new(before: Views, now: Views) -> Iterator[Section]:
    releases = list(now)
    for at, release in reversed([*enumerate(releases)]):
        if release in before:
            continue
        if at == 0:
            yield Section(f"{release}, which is new", (release,), (now[release],), ())
            continue
        older = now[releases[at - 1]]
        heading = f"{release}, which is new, after {older.release}"
        yield Section(heading, (release,), (now[release], older), changes(older, now[release]))


def _of_both(before: Views, now: Views) -> Iterator[Section]:
    found: dict[tuple[str, str, str], tuple[Difference, list[str]]] = {}
    for release in reversed([release for release in now if release in before]):
        for each in changes(before[release], now[release]):
            found.setdefault((each.code, each.at, each.text), (each, []))[1].append(release)
    sections: dict[tuple[str, ...], list[Difference]] = {}
    for each, releases in found.values():
        sections.setdefault(tuple(releases), []).append(each)
    for names, differences in sections.items():
        views = (now[names[0]], before[names[0]])
        yield Section(", ".join(names), names, views, tuple(differences))


def _of_gone(before: Views, now: Views) -> Iterator[Section]:
    for release in before:
        if release not in now:
            yield Section(f"{release}, which is gone", (release,), (before[release],), ())
