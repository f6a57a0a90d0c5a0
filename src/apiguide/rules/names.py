"""Names of fields, parameters and elements."""

from __future__ import annotations

from apiguide.rules.rule import Rule, Warned


class BadName(Rule):
    """A name that cannot be sent where it stands."""


class NameWithBrackets(Rule):
    """A name is written with the brackets in which it is sent."""


class NameStyle(Warned):
    """A name is not in the style that guide.yaml sets for the API's names."""


class LookAlike(Warned):
    """A name differs from another only in capitals, `_` or `-`, or by what looks like a slip."""
