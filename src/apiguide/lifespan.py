"""When parts are there: from which release on, and up to which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from apiguide.model import Versioned


class Span(NamedTuple):
    """When a part is there: indices of releases, the end exclusive, None where it has not ended."""

    introduced: int = 0
    documented: bool = False
    """Whether `introduced` is only the first evidence."""
    end: int | None = None
    absent: tuple[tuple[int, int], ...] = ()
    """The gaps in it, oldest first: from when on, and up to when."""

    def within(self, parent: Span) -> Span:
        """This span cut to the parent's; where both begin together, the parent says how."""
        introduced, documented = self[:2] if self.introduced > parent.introduced else parent[:2]
        ends = [end for end in (self.end, parent.end) if end is not None]
        gaps = tuple(sorted({*self.absent, *parent.absent}))
        return Span(introduced, documented, min(ends) if ends else None, gaps)

    def has(self, index: int) -> bool:
        """Whether it is there in a release."""
        is_inside = self.introduced <= index and (self.end is None or index < self.end)
        return is_inside and not any(start <= index < end for start, end in self.absent)


ALWAYS = Span()
"""The span of the guide itself."""


def span_of(part: Versioned, order: Mapping[str | None, int], parent: Span = ALWAYS) -> Span:
    """When a part is there, cut to the span of its parent."""
    end = order[part.removed] if part.removed is not None else None
    gaps = tuple((order[each.from_], order[each.until]) for each in part.absent)
    return Span(order[part.introduced], part.since is None, end, gaps).within(parent)
