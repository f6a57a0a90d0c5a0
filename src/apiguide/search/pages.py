"""The pages that can be found, in the order by which an index numbers them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from apiguide.anchors import page_url
from apiguide.rendering.search_entry import SearchEntry
from apiguide.view import GuideView


class Kind(IntEnum):
    """What a page is."""

    ENDPOINT = 0
    RESOURCE = 1
    PAGE = 2
    """Written by hand, or about releases."""
    SECTION = 3
    """A part of such a page, under a heading."""


@dataclass(frozen=True)
class Found:
    """A page, or a section of one, that can be found."""

    kind: Kind
    url: str
    """Below the release's home; that of a section has an anchor."""
    title: str
    summary: str = ""
    text: str = ""
    """All that it says, in words."""
    method: str = ""
    path: str = ""
    parent: int = -1
    """The number of its resource, or of the page whose section it is; -1 where it has none."""
    boost: float = 1
    """How much more a writer wants it to be found than others."""

    @property
    def row(self) -> list[Any]:
        """It as an index has it."""
        row = [int(self.kind), self.url, self.title, self.method, self.path, self.summary, self.parent]
        return row if self.boost == 1 else [*row, self.boost]


def found_in(
    view: GuideView, entries: Mapping[str, SearchEntry], others: Sequence[Found]
) -> tuple[Found, ...]:
    """All that can be found in a release: other pages first, then each resource with its endpoints.

    `entries` are what pages of the reference say, by id; pages without are left out.
    """
    return (*others, *_of_reference(view, entries, len(others)))


def _of_reference(view: GuideView, entries: Mapping[str, SearchEntry], number: int) -> Iterator[Found]:
    for _, resources in view.groups():
        for id_, resource in resources:
            parent = -1
            if id_ in entries:
                parent, number = number, number + 1
                yield _found(Kind.RESOURCE, entries[id_], page_url(id_), resource.title)
            for endpoint_id, endpoint in view.guide.endpoints_of(id_).items():
                if endpoint_id in entries:
                    number += 1
                    yield _found(
                        Kind.ENDPOINT,
                        entries[endpoint_id],
                        page_url(endpoint_id),
                        endpoint.title,
                        method=endpoint.method,
                        path=endpoint.path,
                        parent=parent,
                    )


def _found(kind: Kind, entry: SearchEntry, url: str, title: str, **of_endpoint: Any) -> Found:
    text = " ".join(dict.fromkeys(entry.texts))
    return Found(kind, url, title, entry.summary, text, **of_endpoint)


def ids(pages: Iterable[Found]) -> dict[str, int]:
    """The numbers of pages of the reference by their ids."""
    return {
        page.url.rstrip("/"): number
        for number, page in enumerate(pages)
        if page.kind in (Kind.ENDPOINT, Kind.RESOURCE)
    }
