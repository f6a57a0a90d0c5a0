"""Types, and values of examples that do not fit them."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class WrongType(Rule):
    """A value is not of the type that its field has."""


class UndeclaredValue(Rule):
    """An example has a value that nothing declares."""


class NotInEnum(Rule):
    """A value that is not among those allowed."""


class NotTheConstant(Rule):
    """A value other than the one that the field always has."""


class TooLong(Rule):
    """A value longer than `max_length` allows."""


class NotThePattern(Rule):
    """A value that does not match the field's `pattern`."""


class TooSmall(Rule):
    """A number less than the field's `minimum`."""


class TooLarge(Rule):
    """A number more than the field's `maximum`."""


class NoItems(Rule):
    """A list has values, and does not say what its items are."""


class ItemsWithoutName(Rule):
    """Items of a list have no name, and XML needs an element for each."""


class DuplicateValue(Rule):
    """A value is listed twice, or a field stands in two sections."""


class Contradiction(Rule):
    """What a field says of itself cannot be true together."""


class TooLargeExample(Rule):
    """An example would have more than 10,000 values."""
