"""What a response is about, inside the objects that only wrap it, as in `{"book": {…}, "links": {…}}`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from apiguide.anchors import inner_of
from apiguide.model import Field
from apiguide.view import GuideView


class Record(NamedTuple):
    """An object that a response holds."""

    path: tuple[str | None, ...]
    """The names that lead to it; None stands for each key of a map."""
    field: Field
    is_single: bool
    """Whether there is just one, in no list or map."""


def is_envelope(view: GuideView, field: Field) -> bool:
    """Whether an object only holds others: it is no object of the guide, or has no single value."""
    members = view.members(field) or {}
    if not any(_holds_object(view, each) for each in members.values()):
        return False
    return field.object is None or all(each.is_object or each.is_array for each in members.values())


def records(view: GuideView, body: Field) -> Iterator[Record]:
    """The objects that a response is about: its body, or what the body wraps or lists."""
    return _records(view, body, (), is_single=True)


def _records(
    view: GuideView, field: Field, path: tuple[str | None, ...], *, is_single: bool
) -> Iterator[Record]:
    inner = inner_of(field)
    if inner is not None:
        more = () if field.is_array else (None,)
        yield from _records(view, inner, (*path, *more), is_single=False)
    elif (field.object is None or not path) and is_envelope(view, field):
        for name, member in (view.members(field) or {}).items():
            if _holds_object(view, member):
                yield from _records(view, member, (*path, name), is_single=is_single)
    elif field.is_object:
        yield Record(path, field, is_single)


def _holds_object(view: GuideView, field: Field) -> bool:
    """Whether a field is, lists or wraps an object of the guide."""
    inner = inner_of(field)
    if inner is not None:
        return _holds_object(view, inner)
    return field.object is not None or is_envelope(view, field)
