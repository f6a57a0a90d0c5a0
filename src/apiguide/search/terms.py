"""The terms of a release: names, values, former names and statuses, and the pages that they stand on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import NamedTuple

from apiguide.anchors import reply_places, status_anchor
from apiguide.names import names
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
    """What a parameter, a field or the file of a call was called before."""
    STATUS = 3


class Place(NamedTuple):
    """Where a term stands."""

    page: int
    """The number of the page."""
    is_sent: bool
    """Whether a request has it; of a status, whether the page explains it."""
    anchor: str
    """The row of the page; "" for the page as a whole."""


Terms = dict[tuple[str, TermKind], list[Place]]
"""The places of terms, in the order of pages: on each page the first that is sent, and the first returned."""


def terms(view: GuideView, numbers: Mapping[str, int], statuses: int | None = None) -> Terms:
    """The terms on pages with these numbers by id; `statuses` is that of the page that explains statuses.

    A call has a status where it says something of it, or the guide does not.
    """
    found: Terms = {}
    if statuses is not None:
        for code in view.settings.statuses:
            found[code, TermKind.STATUS] = [Place(statuses, True, status_anchor(code))]
    for id_, number in numbers.items():
        seen: set[tuple[str, TermKind, bool]] = set()
        for text, kind, is_sent, place in _on(view, id_):
            if (text, kind, is_sent) not in seen:
                seen.add((text, kind, is_sent))
                found.setdefault((text, kind), []).append(Place(number, is_sent, place))
    return {key: found[key] for key in sorted(found)}


def _on(view: GuideView, id_: str) -> Iterator[tuple[str, TermKind, bool, str]]:
    """The terms of a page."""
    for use in names(view).uses(id_):
        yield use.name, TermKind.NAME, use.is_sent, use.anchor
        field = use.field
        if field.replaces:
            yield str(field.replaces), TermKind.FORMER, use.is_sent, use.anchor
        for each in field.enum or ():
            value = str(each.value)
            if 0 < len(value) <= LENGTH:
                yield value, TermKind.VALUE, use.is_sent, use.anchor
    call = view.endpoints.get(id_)
    if call is None:
        return
    for permission in call.permissions or ():
        yield str(permission.value), TermKind.VALUE, True, ""
    for former in call.formerly:
        yield str(former), TermKind.FORMER, True, ""
    places = reply_places(view, call)
    for reply in view.replies(call):
        own = call.responses.get(reply.status)
        if (own is not None and own.description) or reply.status not in view.settings.statuses:
            yield reply.status, TermKind.STATUS, False, places.get(reply.status, "replies")
