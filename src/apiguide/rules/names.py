"""Names of fields, parameters and elements."""

from __future__ import annotations

from apiguide.rules.rule import Rule, WarningRule


class BadName(Rule):
    """A name cannot be sent where it is used."""


class NameWithBrackets(Rule):
    """A name is written with the brackets that it is sent with."""


class NameStyle(WarningRule):
    """A name does not follow the style that guide.yaml sets for the API's names."""


class LookAlike(WarningRule):
    """A name differs from another only in capitals, `_` or `-`, or by what looks like a typo."""
