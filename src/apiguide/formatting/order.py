"""The order of keys: what a part is, when it was there, what it says, and last what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from apiguide.model import Endpoint, Example, Field, Note, Object, Part, Resource, Response, Value

_TIME = "since documented_since absent removed deprecated"

_USUAL: dict[type[Part], str] = {
    Resource: f"title group {_TIME} formerly description notes parameters objects changes",
    Object: f"name plural wrapped extends only without {_TIME} description brief sections fields changes",
    Field: (
        "object extends type name format unit only without wrapped required nullable allow_empty_value "
        f"{_TIME} replaces const enum default minimum maximum max_length pattern "
        "description items additional_fields sections example fields xml json changes"
    ),
    Value: f"value description {_TIME} changes",
    Endpoint: (
        f"title method path {_TIME} formerly formats safe prefer incomplete paging "
        "description permissions notes parameters responses examples changes"
    ),
    Note: f"info note warning {_TIME}",
    Response: f"{_TIME} description body changes",
    Example: f"title description {_TIME} parameters responses changes",
}
"""The keys of what has a lifespan; those of all else come as the model states them."""


@cache
def order(model: type[Part]) -> tuple[str, ...]:
    """All keys of a model, or of its former states, in the order in which they come in a file."""
    known = model.key_names()
    for base, words in _USUAL.items():
        if issubclass(base, model):
            return tuple(key for key in words.split() if key in known)
    return known


def ranks(keys: Sequence[str], usual: tuple[str, ...]) -> list[int]:
    """The place of each key in the usual order; one that is not known stays after the one before it."""
    positions: list[int] = []
    for key in keys:
        positions.append(usual.index(key) if key in usual else (positions[-1] if positions else -1))
    return positions
