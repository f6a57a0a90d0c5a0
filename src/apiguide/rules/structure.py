"""Keys and values that are not those of the format."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class UnknownKey(Rule):
    """A key that the format does not have."""


class MissingKey(Rule):
    """A key is missing that the part needs."""


class WrongKind(Rule):
    """A list, a mapping or a text stands where another of these is needed."""


class UnknownWord(Rule):
    """A value that is none of the few words which its key knows."""


class NullNotAllowed(Rule):
    """A null stands where none can."""


class EmptyText(Rule):
    """A text has nothing in it."""


class NotABoolean(Rule):
    """A value that is neither `true` nor `false`."""


class NotAnInteger(Rule):
    """A key that takes a whole number has something else."""


class NotANumber(Rule):
    """A key that takes a number has something else."""


class NumberOutOfRange(Rule):
    """A number with more than 300 digits."""


class NotADate(Rule):
    """A date that is not written as year, month and day, or that no calendar has."""


class BadPattern(Rule):
    """A `pattern` that is no regular expression."""


class BodyWithoutName(Rule):
    """A request's body is written as a schema, where it is a map of names."""


class BodyWithName(Rule):
    """A response's body is written as a map of names, where it is one schema."""


class NoteKind(Rule):
    """A note that says nothing, or two things at once."""
