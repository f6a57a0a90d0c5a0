"""Types, and example values that do not match them."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class WrongType(Rule):
    """A value does not have the type of its field."""


class UndeclaredValue(Rule):
    """An example has a value that is not declared."""


class NotInEnum(Rule):
    """A value is not among those allowed."""


class NotTheConstant(Rule):
    """A value differs from the one that the field always has."""


class TooLong(Rule):
    """A value is longer than `max_length` allows."""


class NotThePattern(Rule):
    """A value does not match the field's `pattern`."""


class TooSmall(Rule):
    """A number is smaller than the field's `minimum`."""


class TooLarge(Rule):
    """A number is larger than the field's `maximum`."""


class NoItems(Rule):
    """A list has values but does not say what its items are."""


class ItemsWithoutName(Rule):
    """The items of a list have no name, but XML needs an element for each."""


class DuplicateValue(Rule):
    """A value is listed twice, or a field is in two sections."""


class Contradiction(Rule):
    """What a field states is contradictory."""


class TooLargeExample(Rule):
    """An example would have more than 10,000 values."""
