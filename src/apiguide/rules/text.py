"""Texts and examples that are missing or poor."""

from __future__ import annotations

from apiguide.rules.rule import Warned


class NoDescription(Warned):
    """A part has no description."""


class RepeatsName(Warned):
    """A description says no more than the name."""


class RepeatedText(Warned):
    """A field repeats the description that it takes from an object."""


class Todo(Warned):
    """`TODO`, `FIXME`, `TBD` or `XXX` stands in what readers see."""


class TrailingSpaces(Warned):
    """A line of a text ends with spaces."""


class CutText(Warned):
    """` #` in a text without quotes: YAML takes the rest of the line for a comment."""


class NoExample(Warned):
    """Nobody has stated a value of a field, so examples show one that is made up."""


class ExampleDiffers(Warned):
    """An example asks for one record, and the reply is about another."""


class Incomplete(Warned):
    """A call's parameters or reply are not known in detail."""
