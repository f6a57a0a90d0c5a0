"""Keys and values that the format does not allow."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class UnknownKey(Rule):
    """A key is not part of the format."""


class MissingKey(Rule):
    """A required key is missing."""


class WrongKind(Rule):
    """A list, a mapping or a text is used where another of these is needed."""


class UnknownWord(Rule):
    """A value is not one of the words that its key accepts."""


class NullNotAllowed(Rule):
    """A value is null where null is not allowed."""


class EmptyText(Rule):
    """A text is empty."""


class NotABoolean(Rule):
    """A value is neither `true` nor `false`."""


class NotAnInteger(Rule):
    """A key that takes an integer has another value."""


class NotANumber(Rule):
    """A key that takes a number has another value."""


class NumberOutOfRange(Rule):
    """A number has more than 300 digits."""


class NotADate(Rule):
    """A date is not written as year, month and day, or does not exist."""


class BadPattern(Rule):
    """A `pattern` is not a regular expression."""


class BodyWithoutName(Rule):
    """A request's body is written as a schema, but must be a map of names."""


class BodyWithName(Rule):
    """A response's body is written as a map of names, but must be a single schema."""


class NoteKind(Rule):
    """A note has no message, or several."""
