"""Queries and cookies as plain values: brackets nest names, and empty brackets make lists."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote_plus

from apiguide.mock.bodies import MalformedError

_NAME = re.compile(r"\A([^\[\]]+)((?:\[[^\[\]]*\])*)\Z")
_INNER = re.compile(r"\[([^\[\]]*)\]")


class Bare:
    """The value of a name without `=`."""

    def __repr__(self) -> str:
        return "BARE"


BARE = Bare()


def read(query: str) -> dict[str, Any]:
    """What a query holds, by names. Raises MalformedError."""
    found: dict[str, Any] = {}
    for pair in filter(None, query.split("&")):
        name, equals, value = pair.partition("=")
        _put(found, _decoded(name), _decoded(value) if equals else BARE)
    return found


def cookies(header: str) -> dict[str, str]:
    """The cookies of a header by name."""
    pairs = (each.strip().partition("=") for each in header.split(";"))
    return {name: _decoded(value) for name, equals, value in pairs if equals}


def _decoded(text: str) -> str:
    try:
        return unquote_plus(text, errors="strict")
    except UnicodeDecodeError as error:
        raise MalformedError("the query is not UTF-8") from error


def _put(found: dict[str, Any], name: str, value: Any) -> None:
    match = _NAME.match(name)
    if match is None:
        found[name] = value
        return
    steps = [match[1], *_INNER.findall(match[2])]
    at: Any = found
    for step, after in zip(steps, [*steps[1:], None], strict=True):
        inner: Any = value if after is None else [] if after == "" else {}
        if isinstance(at, list):
            if after is None:
                at.append(value)
                return
            at.append(inner)
            at = at[-1]
            continue
        held = at.get(step)
        if after is None or not isinstance(held, type(inner)):
            if held is not None and after is not None:
                raise MalformedError(f"the query says of `{match[1]}` two things that do not fit together")
            at[step] = held = inner
        at = held
