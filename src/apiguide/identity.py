"""Sameness of objects: which one it is, not what it is equal to."""

from __future__ import annotations

from typing import final


@final
class Identity:
    """A key that equals only another one of the very same object.

    It keeps the object, so that none other gets its `id` as long as there is the key.
    """

    __slots__ = ("of",)

    def __init__(self, of: object) -> None:
        self.of = of

    def __hash__(self) -> int:
        return id(self.of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identity) and other.of is self.of
