"""How the dictionary of names is divided into pages: by letters, into as few as hold them all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

SIZE = 110_000
"""About so many bytes of names a page holds; what stands around them comes to that."""
DEPTH = 4
"""So many letters at most tell one page from the next."""

_START = re.compile(r"[\W_]*")
_SAFE = re.compile(r"[a-z0-9]+\Z")
OTHER = "Other"
"""What stands for the initials that are no English letters."""
_OTHER = "~"
"""Stands after all letters, before names that begin with none of the English ones."""


class Range(NamedTuple):
    """The names on one page of the dictionary."""

    id: str
    """The end of its address: `a-d`."""
    title: str
    """`A–D`."""
    first: str
    """What the keys of its first names begin with; they reach to the first ones of the next page."""


@lru_cache(maxsize=10_000)
def dictionary_key(name: str) -> tuple[str, str]:
    """Sorts names as a dictionary does: by letters, whatever the case and the signs before them."""
    key = _START.sub("", name, count=1).lower()
    return (key if "a" <= key[:1] <= "z" else f"{_OTHER}{key}"), name


def letter(name: str) -> str:
    """The heading that a name stands under: a letter, or `Other`."""
    first = dictionary_key(name)[0][:1]
    return OTHER if first == _OTHER else first.upper()


def ranges(weights: Mapping[str, int], other: str = OTHER) -> tuple[Range, ...]:
    """The pages for names with these weights, in bytes; none where one page holds all.

    `other` is what names are called that begin with no English letter.
    """
    if sum(weights.values()) <= SIZE:
        return ()
    keyed = sorted((dictionary_key(name)[0], weight) for name, weight in weights.items())
    pages: list[list[str]] = []
    full = 0
    for start, weight in _starts(keyed, 1):
        if not pages or full + weight > SIZE:
            pages.append([])
            full = 0
        pages[-1].append(start)
        full += weight
    return tuple(_range(number, starts[0], starts[-1], other) for number, starts in enumerate(pages, 1))


def range_of(pages: tuple[Range, ...], name: str) -> Range:
    """The page that a name is on."""
    key = dictionary_key(name)[0]
    return pages[max(0, bisect_right([page.first for page in pages], key) - 1)]


def _starts(keyed: list[tuple[str, int]], depth: int) -> Iterator[tuple[str, int]]:
    """What keys begin with, and the weight of those that do; longer where a page could not hold them."""
    groups: dict[str, list[tuple[str, int]]] = {}
    for key, weight in keyed:
        groups.setdefault(key[:depth], []).append((key, weight))
    for start, group in groups.items():
        weight = sum(weight for _, weight in group)
        if weight > SIZE and depth < DEPTH and len(group) > 1:
            yield from _starts(group, depth + 1)
        else:
            yield start, weight


def _range(number: int, first: str, last: str, other: str) -> Range:
    names = [*dict.fromkeys((first, last))]
    id_ = "-".join("other" if name == _OTHER else name for name in names)
    is_safe = all(name == _OTHER or _SAFE.match(name) for name in names)
    title = "–".join(other if name == _OTHER else name.removeprefix(_OTHER).capitalize() for name in names)
    return Range(id_ if is_safe else f"part-{number}", title, first)
