"""Which endpoints a path leads to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from apiguide.mock.bodies import MalformedError
from apiguide.model import Endpoint
from apiguide.model.endpoint import PLACEHOLDER
from apiguide.view import GuideView

_UNRESERVED = re.compile(r"%(?:2[de]|3[0-9]|[46][1-9a-f]|[57][0-9a]|5f|7e)", re.IGNORECASE)
"""Characters that mean the same when they are percent-encoded (RFC 3986 §2.3)."""


@dataclass(frozen=True)
class Route:
    """An endpoint at the end of a path."""

    id: str
    endpoint: Endpoint
    values: Mapping[str, str]
    """What stands in the placeholders, decoded."""
    format: str | None
    """The format that the path asks for by its extension; None where it has none."""


@dataclass(frozen=True)
class _Pattern:
    id: str
    endpoint: Endpoint
    expression: re.Pattern[str]
    rank: tuple[int, ...]
    """Fixed segments come before placeholders, from the left."""


class Routes:
    """The paths of a release."""

    def __init__(self, view: GuideView) -> None:
        self.view = view
        paths = [urlsplit(server.url).path.rstrip("/") for server in view.settings.servers]
        self.base = paths[0]
        self._bases = sorted(dict.fromkeys(paths), key=len, reverse=True)
        self._patterns = sorted(
            (_pattern(id_, each) for id_, each in view.endpoints.items()), key=lambda each: each.rank
        )

    def find(self, raw_path: str) -> list[Route]:
        """The endpoints of a path as it was sent, percent-encoded; the most fixed ones first.

        Raises MalformedError for a path that no client may send.
        """
        raw_path = _UNRESERVED.sub(lambda match: unquote(match[0]), raw_path)
        for base in self._bases:
            if raw_path.startswith(f"{base}/") and (found := self._below(raw_path.removeprefix(base))):
                return found
        return []

    def _below(self, path: str) -> list[Route]:
        """The endpoints of a path below the address of a server."""
        if any(step in (".", "..") for step in path.split("/")):
            return []
        for name, each in self.view.settings.formats.items():
            stem = path.removesuffix(each.extension)
            if each.asked_by(stem) == path != stem and (found := self._at(stem, name)):
                return found
        return self._at(path, None)

    def _at(self, path: str, format_: str | None) -> list[Route]:
        """The endpoints of a path that are equally fixed, the most fixed ones there are."""
        found: list[Route] = []
        rank: tuple[int, ...] | None = None
        for pattern in self._patterns:
            if found and pattern.rank != rank:
                break
            match = pattern.expression.fullmatch(path)
            if match is not None:
                values = {key: _decoded(value) for key, value in match.groupdict().items()}
                found.append(Route(pattern.id, pattern.endpoint, values, format_))
                rank = pattern.rank
        return found


def _pattern(id_: str, endpoint: Endpoint) -> _Pattern:
    expression, at = "", 0
    for match in PLACEHOLDER.finditer(endpoint.path):
        expression += f"{re.escape(endpoint.path[at : match.start()])}(?P<{match[1]}>[^/]+?)"
        at = match.end()
    expression += re.escape(endpoint.path[at:])
    rank = tuple(len(PLACEHOLDER.findall(step)) for step in endpoint.path.split("/"))
    return _Pattern(id_, endpoint, re.compile(expression), rank)


def _decoded(value: str) -> str:
    try:
        decoded = unquote(value, errors="strict")
    except UnicodeDecodeError as error:
        raise MalformedError("it is not UTF-8") from error
    if not decoded.isprintable():
        raise MalformedError("it has a control character")
    return decoded
