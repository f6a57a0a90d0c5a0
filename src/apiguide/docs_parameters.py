"""Parameters of endpoints as hand-written pages name them: by the path of names to them, or by its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apiguide.anchors import Listed, listed
from apiguide.model import LOCATIONS, resource_id
from apiguide.problems import did_you_mean, listing
from apiguide.view import GuideView

LISTED = 5
"""So many parameters of an endpoint are named to who looks for another."""

Found = dict[tuple[str, str], Listed]
"""Parameters by their places and the paths of names to them: `("body", "book.title")`."""


class ParameterError(Exception):
    """An endpoint has no such parameter, or several; `hint` says what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        self.hint = hint
        super().__init__(message)


def parameter_of(
    view: GuideView, id_: str, name: str, locations: Sequence[str], releases: Mapping[str, GuideView]
) -> Listed:
    """The endpoint's parameter that a page names. `releases` are those that a page may name, oldest first.

    Raises ParameterError where the endpoint does not have it, or where several end so.
    """
    found = _parameters(view, id_, locations)
    exact = [path for path in found if path[1] == name]
    paths = exact or [path for path in found if _ends(path[1], name)]
    if len(paths) == 1:
        return found[paths[0]]
    if paths:
        ways = [f'"{path}", location="{location}"' if exact else f'"{path}"' for location, path in paths]
        more = " and others" if len(ways) > LISTED else ""
        raise ParameterError(
            f"`{id_}` has several parameters `{name}`", f"write {listing(ways[:LISTED])}{more}"
        )
    message = f"`{id_}` has no parameter `{name}` in release {view.release}"
    raise ParameterError(message, _hint(id_, name, [path for _, path in found], releases))


def _hint(id_: str, name: str, paths: Sequence[str], releases: Mapping[str, GuideView]) -> str:
    """What to write instead of a parameter that a release does not have."""
    for release, view in releases.items():
        if any(_ends(path, name) for _, path in _parameters(view, id_, LOCATIONS)):
            return f'release {release} is the first that has it: add `release="{release}"`'
    near = did_you_mean(name, (*paths, *(path.rpartition(".")[2] for path in paths)))
    more = " and others" if len(paths) > LISTED else ""
    return near or (f"it has {listing(paths[:LISTED])}{more}" if paths else "it has none")


def _ends(path: str, name: str) -> bool:
    return f".{path}".endswith(f".{name}")


def _parameters(view: GuideView, id_: str, locations: Sequence[str]) -> Found:
    """The parameters of an endpoint; none where the release does not have it."""
    endpoint = view.endpoints.get(id_)
    if endpoint is None:
        return {}
    introduced = view.introduced(endpoint, view.introduced(view.resources[resource_id(id_)]))
    return {
        (location, ".".join(row.names[1:])): row
        for location in locations
        for row in listed(view, view.parameters(endpoint, location), location, introduced, request=True)
    }
