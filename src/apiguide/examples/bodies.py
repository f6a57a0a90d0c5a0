"""Bodies of requests and responses in a format of the guide."""

from __future__ import annotations

from apiguide.examples import json, xml
from apiguide.examples.tokens import Tokens
from apiguide.examples.values import Structure, Tree
from apiguide.model import Format


def request_body(name: str, format_: Format, body: Structure) -> Tokens | None:
    """What a request sends in the format called `name`; None where the format cannot.

    XML has one root element: it cannot carry several parameters side by side.
    """
    if name == "json":
        return json.write(_unwrapped(body), format_.dialect, root=False)
    if len(body.members) != 1:
        return None
    root, tree = body.members[0]
    return xml.write(root, tree, format_.dialect, request=True)


def _unwrapped(body: Structure) -> Structure:
    """A request's body without the name of an object that is not wrapped."""
    if len(body.members) == 1:
        inner = body.members[0][1]
        if isinstance(inner, Structure) and not inner.wrapped:
            return Structure(inner.members)
    return body


def response_body(name: str, format_: Format, tree: Tree) -> Tokens | None:
    """What a response carries in the format called `name`; None where XML has no name for its root."""
    if name == "json":
        return json.write(tree, format_.dialect)
    root = xml.root_of_response(tree)
    return xml.write(*root, format_.dialect) if root else None
