"""The terms of a release: names, values, former names and statuses, and the pages that they stand on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum

from apiguide.anchors import inner_of, response_anchors, status_anchor
from apiguide.model import Field
from apiguide.model.inline import in_line
from apiguide.names import Uses, names
from apiguide.view import GuideView

LENGTH = 80
"""A longer value is no term: it is a text."""


class TermKind(IntEnum):
    """What a term is."""

    NAME = 0
    """Of a parameter or field."""
    VALUE = 1
    """That a parameter or field may have, or a permission."""
    FORMER = 2
    """What a parameter, a field or the file of an endpoint was called before."""
    STATUS = 3


Location = tuple[int, bool, str]
"""Where a term stands: the number of the page; whether a request has it or, of a status, whether the page
explains it; the row of the page, "" for the page as a whole."""
Terms = dict[tuple[str, TermKind], list[Location]]
"""The places of terms, in the order of pages: on each page the first that is sent, and the first returned."""


def terms(view: GuideView, numbers: Mapping[str, int], statuses: int | None = None) -> Terms:
    """The terms on pages with these numbers by id; `statuses` is that of the page that explains statuses.

    An endpoint has a status where it says something of it, or the guide does not.
    """
    by_name: dict[str, list[Location]] = {}
    found: Terms = {}
    if statuses is not None:
        for code in view.settings.statuses:
            found[code, TermKind.STATUS] = [(statuses, True, status_anchor(code))]
    for id_, number in numbers.items():
        uses = names(view).uses(id_)
        # Of equal keys the last one stays, so all is turned round, twice.
        first = {(use.name, use.is_sent): use.anchor for use in reversed(uses)}
        for name, is_sent in reversed(first):
            by_name.setdefault(name, []).append((number, is_sent, first[name, is_sent]))
        others: dict[tuple[str, TermKind, bool], str] = {}
        for text, kind, is_sent, anchor in _others(view, id_, uses):
            others.setdefault((text, kind, is_sent), anchor)
        for (text, kind, is_sent), anchor in others.items():
            found.setdefault((text, kind), []).append((number, is_sent, anchor))
    found.update({(name, TermKind.NAME): locations for name, locations in by_name.items()})
    return {key: found[key] for key in sorted(found)}


def _others(view: GuideView, id_: str, uses: Uses) -> Iterator[tuple[str, TermKind, bool, str]]:
    """The terms of a page that are no names."""
    for use in uses:
        field = use.field
        if field.replaces is not None:
            yield str(field.replaces), TermKind.FORMER, use.is_sent, use.anchor
        for value in _values(field):
            if 0 < len(value) <= LENGTH:
                yield value, TermKind.VALUE, use.is_sent, use.anchor
    endpoint = view.endpoints.get(id_)
    if endpoint is None:
        for former in view.resources[id_].formerly:
            yield str(former), TermKind.FORMER, True, ""
        return
    for permission in endpoint.permissions or ():
        yield str(permission.value), TermKind.VALUE, True, ""
    for former in endpoint.formerly:
        yield str(former), TermKind.FORMER, True, ""
    locations = response_anchors(view, endpoint)
    for response in view.responses(endpoint):
        own = endpoint.responses.get(response.status)
        if (own is not None and own.description) or response.status not in view.settings.statuses:
            yield response.status, TermKind.STATUS, False, locations.get(response.status, "responses")


def _values(field: Field) -> Iterator[str]:
    """The values that a field, or what its list or map holds, lists."""
    held: Field | None = field
    while held is not None:
        for each in held.enum or ():
            yield in_line(each.value, held)
        held = inner_of(held)
