"""Which endpoints a path leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from apiguide.mock.bodies import MalformedError
from apiguide.model import Endpoint
from apiguide.model.endpoint import PLACEHOLDER
from apiguide.view import GuideView


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
        self.base = urlsplit(view.settings.servers[0].url).path.rstrip("/")
        self._patterns = sorted(
            (_pattern(id_, each) for id_, each in view.endpoints.items()), key=lambda each: each.rank
        )

    def find(self, raw_path: str) -> list[Route]:
        """The endpoints of a path as it was sent, percent-encoded; the most fixed ones first.

        Raises MalformedError for a path that no client may send.
        """
        if not raw_path.startswith(f"{self.base}/"):
            return []
        path = raw_path.removeprefix(self.base)
        if any(step in ("", ".", "..") for step in path[1:].split("/")) and path != "/":
            return []
        found = list(self._matching(path))
        best = [route for route in found if route[0] == found[0][0]] if found else []
        return [route for _, route in best]

    def _matching(self, path: str) -> Iterator[tuple[tuple[int, ...], Route]]:
        formats = self.view.settings.formats
        ends = {format_.extension: name for name, format_ in formats.items() if format_.extension}
        extension = next((end for end in ends if path.endswith(end) and len(path) > len(end) + 1), None)
        tries = [(path.removesuffix(extension), ends[extension])] if extension else []
        for stem, name in [*tries, (path, None)]:
            for pattern in self._patterns:
                match = pattern.expression.fullmatch(stem)
                if match is not None:
                    values = {key: _decoded(value) for key, value in match.groupdict().items()}
                    yield pattern.rank, Route(pattern.id, pattern.endpoint, values, name)


def shape(path: str) -> str:
    """A path without the names of its placeholders."""
    return PLACEHOLDER.sub(":", path)


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
        return unquote(value, errors="strict")
    except UnicodeDecodeError as error:
        raise MalformedError("the path is not UTF-8") from error
