"""Sameness of objects: which one it is, not what it is equal to."""

from __future__ import annotations

from typing import Generic, TypeVar, final

V = TypeVar("V")


class ByIdentity(Generic[V]):
    """A mapping whose keys are told apart by which objects they are.

    It keeps them, so that none other gets the `id` of one.
    """

    def __init__(self) -> None:
        self._held: dict[int, tuple[V, object]] = {}

    def get(self, key: object) -> V | None:
        """What is known of an object; None where nothing is."""
        known = self._held.get(id(key))
        return None if known is None else known[0]

    def __setitem__(self, key: object, value: V) -> None:
        self._held[id(key)] = (value, key)


@final
class Identity:
    """An object as a part of a longer key: equal only to that of the very same object, which it keeps too."""

    __slots__ = ("of",)

    def __init__(self, of: object) -> None:
        self.of = of

    def __hash__(self) -> int:
        return id(self.of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identity) and other.of is self.of
