"""When parts are there: from which release on, and up to which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from apiguide.model import Dated


class Span(NamedTuple):
    """When a part is there: indices of releases, the end exclusive, None where it has not ended."""

    start: int = 0
    documented: bool = False
    """Whether the start is only the first evidence."""
    end: int | None = None

    def within(self, whole: Span) -> Span:
        """This span cut to that of the whole; at the whole's start, the whole's kind of start holds."""
        start, documented = self[:2] if self.start > whole.start else whole[:2]
        ends = [end for end in (self.end, whole.end) if end is not None]
        return Span(start, documented, min(ends) if ends else None)


ALWAYS = Span()
"""The span of the guide itself."""


def span_of(part: Dated, order: Mapping[str | None, int], whole: Span = ALWAYS) -> Span:
    """When a part is there, cut to the span of its whole."""
    end = order[part.removed] if part.removed is not None else None
    return Span(order[part.start], part.since is None, end).within(whole)
