"""Texts and examples that are missing or poor."""

from __future__ import annotations

from apiguide.rules.rule import WarningRule


class NoDescription(WarningRule):
    """A part has no description."""


class RepeatsName(WarningRule):
    """A description says no more than the name."""


class RepeatedText(WarningRule):
    """A field repeats the description that it takes from an object."""


class Todo(WarningRule):
    """`TODO`, `FIXME`, `TBD` or `XXX` stands in what readers see."""


class TrailingSpaces(WarningRule):
    """A line of a text ends with spaces."""


class CutText(WarningRule):
    """` #` in a text without quotes: YAML takes the rest of the line for a comment."""


class NoExample(WarningRule):
    """Nobody has stated a value of a field, so examples show one that is made up."""


class ExampleDiffers(WarningRule):
    """An example asks for one record, and the response is about another."""


class Incomplete(WarningRule):
    """An endpoint's parameters or response are not known in detail."""
