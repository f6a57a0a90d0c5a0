"""What the model wants at each place of a file: keys, names, a list, a text, or anything."""

from __future__ import annotations

import types
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from apiguide.formatting.order import order
from apiguide.model import Part
from apiguide.model.forms import NewRelease
from apiguide.model.scalars import ReleaseName


class Kind(Enum):
    """What a scalar is to the model."""

    TEXT = "text"
    RELEASE = "release"
    OTHER = "other"
    """A number, a boolean, or a value that is not the model's: it means what its field says."""


@dataclass(frozen=True)
class Keys:
    """A mapping whose keys are a model's."""

    model: type[Part]

    @property
    def order(self) -> tuple[str, ...]:
        """The keys in the order in which they come."""
        return order(self.model)

    def at(self, key: str) -> Shape:
        """The shape of what stands under a key; that of anything where the model has no such key."""
        return _of_keys(self.model).get(key, Kind.OTHER)


@dataclass(frozen=True)
class Names:
    """A mapping whose keys are names of the API."""

    of: Shape


@dataclass(frozen=True)
class Items:
    """A list, or one item of it."""

    of: Shape


Shape = Keys | Names | Items | Kind


@cache
def _of_keys(model: type[Part]) -> dict[str, Shape]:
    fields = model.model_fields.items()
    return {info.alias or name: _shape(info.rebuild_annotation()) for name, info in fields}


def _shape(hint: Any) -> Shape:
    """The shape of a type of the model, the first that says something where there are several."""
    if hint in (ReleaseName, NewRelease):
        return Kind.RELEASE
    if hint is str:
        return Kind.TEXT
    origin, inner = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and issubclass(hint, Part):
        return Keys(hint)
    if origin is Annotated:
        return _shape(inner[0])
    if origin in (Union, types.UnionType):
        return next((found for found in map(_shape, inner) if found is not Kind.OTHER), Kind.OTHER)
    if origin is dict:
        return Names(_shape(inner[1]))
    return Items(_shape(inner[0])) if origin is tuple else Kind.OTHER


def inner(shape: Shape, key: str | int) -> Shape:
    """The shape of what a mapping or list of a shape holds at a key or place."""
    if isinstance(shape, Items) and isinstance(key, str):
        shape = shape.of  # one item, without a list around it
    if isinstance(shape, Keys):
        return shape.at(str(key))
    return shape.of if isinstance(shape, Names | Items) else Kind.OTHER
