"""Texts and examples that are missing or poor."""

from __future__ import annotations

from apiguide.rules.rule import WarningRule


class NoDescription(WarningRule):
    """A part has no description."""


class RepeatsName(WarningRule):
    """A description says no more than the name."""


class RepeatedText(WarningRule):
    """A field repeats the description that it inherits from an object."""


class Todo(WarningRule):
    """A text that readers see contains `TODO`, `FIXME`, `TBD` or `XXX`."""


class TrailingSpaces(WarningRule):
    """A line of text ends with spaces."""


class CutText(WarningRule):
    """A text without quotes contains ` #`, and YAML takes the rest of the line for a comment."""


class NoExample(WarningRule):
    """A field has no stated value, so examples show one that is made up."""


class ExampleDiffers(WarningRule):
    """An example requests one record, but its response is about another."""


class Incomplete(WarningRule):
    """An endpoint's parameters or response are not known in detail."""
