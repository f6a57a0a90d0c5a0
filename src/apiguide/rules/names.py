"""Names of fields, parameters and elements."""

from __future__ import annotations

from apiguide.rules.rule import Rule, WarningRule


class BadName(Rule):
    """A name that cannot be sent where it stands."""


class NameWithBrackets(Rule):
    """A name is written with the brackets in which it is sent."""


class NameStyle(WarningRule):
    """A name is not in the style that guide.yaml sets for the API's names."""


class LookAlike(WarningRule):
    """A name differs from another only in capitals, `_` or `-`, or by what looks like a slip."""
