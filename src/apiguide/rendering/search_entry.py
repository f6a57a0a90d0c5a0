"""What search knows of a page: its texts, without markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from apiguide.prose import plain
from apiguide.rendering.pages import EndpointPage, ResourcePage
from apiguide.rendering.rows import Each, FieldRow

_LETTER = re.compile(r"[^\W\d_]")

Text = Markup | str | None


@dataclass(frozen=True)
class SearchEntry:
    """What search knows of a page."""

    url: str
    title: str
    summary: str
    paragraphs: tuple[str, ...] = ()
    """Its paths, and the names in it, for the search of themes other than Material."""
    texts: tuple[str, ...] = ()
    """All that a writer says on it."""


def texts_of(page: EndpointPage | ResourcePage) -> tuple[str, ...]:
    """All that is said in words on a page, each text once, but for what a page only repeats of an object."""
    own = _of_endpoint(page) if isinstance(page, EndpointPage) else _of_resource(page)
    texts = (page.description, page.deprecation, *(each.html for each in page.admonitions), *own)
    found = (plain(text) if isinstance(text, Markup) else text for text in texts if text)
    return tuple(dict.fromkeys(text for text in found if _LETTER.search(text)))


def _of_endpoint(page: EndpointPage) -> Iterator[Text]:
    for permission in page.permissions:
        yield permission.description
    for fields in page.parameters:
        yield from _of_rows(fields.rows)
    for response in page.responses:
        yield response.description
        if response.value is not None:
            yield from _of_row(response.value)
        if response.fields is not None and response.fields.object_href is None:
            yield from _of_rows(response.fields.rows)
    for example in page.examples:
        yield example.title
        yield example.description
    for _, lines in page.history:
        for line in lines:
            yield line.note
            yield line.reason
    for _, reason in page.errata:
        yield reason


def _of_resource(page: ResourcePage) -> Iterator[Text]:
    for each in page.objects:
        yield each.description
        yield from _of_object(each.fields.rows)


def _of_object(rows: Iterable[FieldRow]) -> Iterator[Text]:
    """The rows of an object but for those inside others, which the pages of their resources have."""
    level = None
    for row in rows:
        if level is not None and row.level > level:
            continue
        level = row.level if row.object_href is not None and row.object_href[:1] != "#" else None
        yield from _of_row(row)


def _of_rows(rows: Iterable[FieldRow]) -> Iterator[Text]:
    for row in rows:
        yield from _of_row(row)


def _of_row(row: FieldRow) -> Iterator[Text]:
    yield from (row.section, row.description, row.deprecation, row.unit, row.default, row.const)
    each = row.each or Each()
    yield from (*each.descriptions, each.unit, each.default, each.const)
    for allowed in (*row.allowed, *each.allowed):
        yield allowed.description
